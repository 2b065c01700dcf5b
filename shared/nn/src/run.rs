//! One training run, as slowly as one likes: epoch by epoch, or update by update.
//!
//! ```
//! use nn::{Activation, Batch, Cost, Examples, Network, Training, seeded};
//! use ndarray::array;
//!
//! let line = Examples::new(array![[0.0], [1.0], [2.0]], array![[1.0], [3.0], [5.0]]);
//! let mut network = Network::new(&[1, 1], Activation::Identity, &mut seeded(1));
//! let training = Training { cost: Cost::Quadratic, rate: 0.4, batch: Batch::Rows(1), epochs: 500 };
//! let rng = &mut seeded(2);
//! let mut run = training.start(&mut network, &line, rng)?;
//! while let Some(cost) = run.epoch()? {
//!     run.rate = 0.4 / (1.0 + run.epochs_done() as f64 / 50.0);
//!     if cost < 1e-12 {
//!         break;
//!     }
//! }
//! assert!((network.layers[0].weights[[0, 0]] - 2.0).abs() < 1e-5);
//! # Ok::<(), nn::TrainingError>(())
//! ```

use ndarray::ArrayView2;
use rand::{Rng, seq::SliceRandom};

use crate::{
    Backprop, Batch, Examples, GradientDescent, Gradients, History, Mismatch, Network,
    Training, TrainingError, UpdateRule,
};

/// A training run under way; [`Training::start`] begins one.
///
/// Two calls make an update: [`look`](Run::look) finds cost and gradient of the batch whose turn it is, and
/// [`step`](Run::step) follows that gradient. Between them one may read it, change it, or stop.
/// [`update`](Run::update), [`epoch`](Run::epoch) and [`finish`](Run::finish) do more at a time.
pub struct Run<'a> {
    /// The network, as the updates so far have left it.
    pub network: &'a mut Network,
    /// The learning rate of the next update.
    pub rate: f64,
    /// λ: with each update the weights, but not the biases, first shrink by η λ of themselves. 0 is none.
    pub decay: f64,
    /// For each layer, whether updates leave it as it is.
    pub frozen: Vec<bool>,
    training: Training,
    examples: &'a Examples,
    rng: &'a mut dyn Rng,
    rules: Vec<Box<dyn UpdateRule>>, // one for each block of the network
    backprop: Backprop,
    start: Network,    // as it was before the first update
    order: Vec<usize>, // in which this epoch takes the rows
    from: usize,       // the place in it at which the batch begins
    batch_rows: usize,
    cost: Option<f64>, // of the batch, once it was looked at
    total: f64,        // of the costs of this epoch's rows
    history: History,
}

/// For how many epochs a history has room from the start; it grows if there are more.
const MOST_ROOM: usize = 1 << 16;

impl<'a> Run<'a> {
    pub(crate) fn new(
        training: Training,
        batch_rows: usize,
        network: &'a mut Network,
        examples: &'a Examples,
        rng: &'a mut dyn Rng,
    ) -> Run<'a> {
        let costs = Vec::with_capacity(training.epochs.min(MOST_ROOM));
        let run = Run {
            rate: training.rate,
            decay: 0.0,
            frozen: vec![false; network.layers.len()],
            training,
            examples,
            rng,
            rules: Vec::new(),
            backprop: Backprop::new(network, batch_rows),
            start: network.clone(),
            order: (0..examples.rows()).collect(),
            from: 0,
            batch_rows,
            cost: None,
            total: 0.0,
            history: History { costs, updates: 0 },
            network,
        };
        run.with(|| GradientDescent)
    }

    /// The same run with another update rule: one for each array of weights or biases, as `rule` makes them.
    pub fn with<Rule: UpdateRule + 'static>(
        mut self,
        rule: impl Fn() -> Rule,
    ) -> Run<'a> {
        let blocks = 2 * self.network.layers.len();
        self.rules =
            (0..blocks).map(|_| Box::new(rule()) as Box<dyn UpdateRule>).collect();
        self
    }

    /// Looks at the batch whose turn it is: its mean cost, and the gradient is then in [`Run::gradients`].
    /// None if all epochs are done. Without a step in between, the next look is at the same batch.
    ///
    /// # Errors
    /// [`TrainingError::Diverged`] or [`TrainingError::Overflow`] if the cost is not finite.
    pub fn look(&mut self) -> Result<Option<f64>, TrainingError> {
        if self.epochs_done() == self.training.epochs {
            return Ok(None);
        }
        if self.from == 0 && self.cost.is_none() && self.training.batch != Batch::Full {
            self.order.shuffle(self.rng);
        }
        let rows = batch(&self.order, self.from, self.batch_rows);
        self.backprop.take(self.examples, rows.iter().copied());
        let cost = self.backprop.pass(self.network, self.training.cost);
        if !cost.is_finite() {
            return Err(self.failed("the cost", cost));
        }
        self.cost = Some(cost);
        Ok(self.cost)
    }

    /// Follows the gradient that the last look found: one update.
    ///
    /// # Errors
    /// As [`Run::look`] if this ends an epoch, and a weight, a bias or the sum of the costs is not finite.
    ///
    /// # Panics
    /// If nothing was looked at since the last step, or the rate is not a finite number from 0 up.
    pub fn step(&mut self) -> Result<(), TrainingError> {
        let cost = self.cost.take().expect("a step follows a look: call `look` first");
        assert!(
            self.rate.is_finite() && self.rate >= 0.0,
            "a learning rate must be a finite number from 0 up, but is {:?}",
            self.rate
        );
        let gradients = self.backprop.gradients().blocks();
        let blocks = self.network.blocks_mut().zip(gradients).zip(&mut self.rules);
        for (index, ((block, slopes), rule)) in blocks.enumerate() {
            if self.frozen[index / 2] {
                continue;
            }
            if self.decay != 0.0 && index % 2 == 0 {
                let kept = 1.0 - self.rate * self.decay;
                block.iter_mut().for_each(|weight| *weight *= kept);
            }
            rule.update(self.rate, block, slopes);
        }
        self.history.updates += 1;
        let rows = self.rows().len();
        self.total += cost * rows as f64;
        self.from += rows;
        if self.from == self.order.len() { self.end_epoch() } else { Ok(()) }
    }

    fn end_epoch(&mut self) -> Result<(), TrainingError> {
        // A sigmoid hides an infinite weight from the cost, and after the last update nobody asks for it.
        if let Err(Mismatch::Network { value, .. }) =
            Mismatch::in_parameters(self.network)
        {
            return Err(self.failed("a weight or bias", value));
        }
        if !self.total.is_finite() {
            return Err(self.failed("the sum of the costs", self.total));
        }
        self.history.costs.push(self.total / self.order.len() as f64);
        (self.from, self.total) = (0, 0.0);
        Ok(())
    }

    /// Why something is no longer finite: because of the numbers that training started from, or of the rate.
    fn failed(&mut self, what: &'static str, value: f64) -> TrainingError {
        for rows in self.order.chunks(self.batch_rows) {
            self.backprop.take(self.examples, rows.iter().copied());
            let value = self.backprop.pass(&self.start, self.training.cost);
            if !value.is_finite() {
                return TrainingError::Overflow { what: "the cost", value };
            }
            let mut slopes = self.backprop.gradients().entries();
            if let Some(value) = slopes.find(|slope| !slope.is_finite()) {
                return TrainingError::Overflow { what: "a slope of the cost", value };
            }
        }
        let (epoch, step) = (self.epochs_done() + 1, self.history.updates);
        TrainingError::Diverged { epoch, step, what, value, rate: self.rate }
    }

    /// One update: the mean cost of its batch before it. None if all epochs are done.
    ///
    /// # Errors
    /// As [`Run::look`] and [`Run::step`].
    ///
    /// # Panics
    /// As [`Run::step`].
    pub fn update(&mut self) -> Result<Option<f64>, TrainingError> {
        let cost = self.look()?;
        if cost.is_some() {
            self.step()?;
        }
        Ok(cost)
    }

    /// The updates up to the end of this epoch: the mean cost of its rows, each as it was when the row was
    /// seen. None if all epochs are done.
    ///
    /// # Errors
    /// As [`Run::look`] and [`Run::step`].
    ///
    /// # Panics
    /// As [`Run::step`].
    pub fn epoch(&mut self) -> Result<Option<f64>, TrainingError> {
        let done = self.epochs_done();
        while self.update()?.is_some() {
            if self.epochs_done() > done {
                return Ok(self.history.costs.last().copied());
            }
        }
        Ok(None)
    }

    /// All updates that are left.
    ///
    /// # Errors
    /// As [`Run::look`] and [`Run::step`].
    ///
    /// # Panics
    /// As [`Run::step`].
    pub fn finish(mut self) -> Result<History, TrainingError> {
        while self.update()?.is_some() {}
        Ok(self.history)
    }

    /// What has happened so far.
    pub fn history(&self) -> &History {
        &self.history
    }

    /// How many epochs are done.
    pub fn epochs_done(&self) -> usize {
        self.history.costs.len()
    }

    /// The numbers of the rows whose turn it is, counted from 0.
    pub fn rows(&self) -> &[usize] {
        batch(&self.order, self.from, self.batch_rows)
    }

    /// What the network answered to these rows when they were last looked at, `(rows, outputs)`.
    pub fn outputs(&self) -> ArrayView2<'_, f64> {
        self.backprop.outputs()
    }

    /// The gradient that the last look found.
    pub fn gradients(&self) -> &Gradients {
        self.backprop.gradients()
    }

    /// The same, to be changed before the step.
    pub fn gradients_mut(&mut self) -> &mut Gradients {
        self.backprop.gradients_mut()
    }
}

/// The rows of one batch.
fn batch(order: &[usize], from: usize, most: usize) -> &[usize] {
    &order[from..order.len().min(from + most)]
}
