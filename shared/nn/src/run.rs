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

use std::{iter::once, ops::Range};

use rand::{Rng, seq::SliceRandom};

use crate::dense::flat;
use crate::{
    Backprop, Batch, Examples, GradientDescent, History, Mismatch, Network, Training,
    TrainingError, UpdateRule,
};

/// A training run under way; [`Training::start`] begins one.
///
/// Two calls make an update: [`look`](Run::look) finds cost and gradient of the batch whose turn it is, and
/// [`step`](Run::step) follows that gradient. Between them one may read it, change it, or stop.
/// [`update`](Run::update), [`epoch`](Run::epoch) and [`finish`](Run::finish) do more at a time.
pub struct Run<'a> {
    /// The network, as the updates so far have left it. It may be changed, but not its shape.
    pub network: &'a mut Network,
    /// The learning rate of the next update.
    pub rate: f64,
    /// What the last look found: the gradient, to be read or changed, and the answers to the rows of the batch.
    pub backprop: Backprop,
    training: Training,
    examples: &'a Examples,
    rng: &'a mut dyn Rng,
    rules: Vec<[Box<dyn UpdateRule>; 2]>, // for the weights and the biases of each layer
    start: Network,                       // as it was before the first update
    order: Vec<usize>,                    // in which this epoch takes the rows
    from: usize,                          // the place in it at which the batch begins
    batch_rows: usize,                    // of all batches but the last
    cost: Option<f64>,                    // of the batch, once it was looked at
    total: f64,                           // of the costs of this epoch's rows
    history: History,
}

impl Training {
    /// Trains by plain gradient descent.
    ///
    /// # Errors
    /// [`TrainingError::Mismatch`] before the first step, when network, examples and cost do not go together.
    /// When a cost, or at the end of an epoch a weight, is infinite or not a number:
    /// [`TrainingError::Overflow`] if it had to be, and [`TrainingError::Diverged`] if a smaller rate may help.
    /// The network is left as it was then.
    ///
    /// # Panics
    /// If the rate is not a positive number, or a mini-batch has no rows.
    pub fn run(
        &self,
        network: &mut Network,
        examples: &Examples,
        rng: &mut impl Rng,
    ) -> Result<History, TrainingError> {
        self.start(network, examples, rng)?.finish()
    }

    /// A training run that has not made its first step: to be walked, watched, changed and stopped.
    ///
    /// # Errors
    /// [`TrainingError::Mismatch`], when network, examples and cost do not go together.
    ///
    /// # Panics
    /// As [`Training::run`].
    pub fn start<'a>(
        &self,
        network: &'a mut Network,
        examples: &'a Examples,
        rng: &'a mut dyn Rng,
    ) -> Result<Run<'a>, TrainingError> {
        Mismatch::look(network, examples, Some(self.cost))?;
        Mismatch::in_parameters(network)?;
        let Training { rate, batch, epochs, .. } = *self;
        assert!(
            rate.is_finite() && rate > 0.0,
            "a learning rate must be a positive number, but is {rate:?}"
        );
        assert!(
            batch != Batch::Rows(0),
            "a mini-batch needs at least one row, but has 0"
        );
        let rows = examples.rows();
        let batch_rows = match batch {
            Batch::Full => rows,
            Batch::Rows(few) => few.min(rows),
        };
        let costs = Vec::with_capacity(epochs.min(1 << 16)); // it grows if there are more
        let run = Run {
            rate,
            training: *self,
            examples,
            rng,
            rules: Vec::new(),
            backprop: Backprop::new(network, batch_rows),
            start: network.clone(),
            order: (0..rows).collect(),
            batch_rows,
            from: 0,
            cost: None,
            total: 0.0,
            history: History { costs, updates: 0 },
            network,
        };
        Ok(run.with(|| GradientDescent))
    }
}

impl Run<'_> {
    /// The same run with another update rule: one for each array of weights or biases, as `rule` makes them.
    pub fn with<Rule: UpdateRule + 'static>(mut self, rule: impl Fn() -> Rule) -> Self {
        let new = || Box::new(rule()) as Box<dyn UpdateRule>;
        self.rules = self.network.layers.iter().map(|_| [new(), new()]).collect();
        self
    }

    /// Looks at the batch whose turn it is: its mean cost, and the gradient is then in [`Run::backprop`].
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
        let rows = self.order[self.batch()].iter().copied();
        self.backprop.take(self.network, self.examples, rows);
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
    /// If nothing was looked at since the last step, the rate is not a finite number from 0 up, or the shapes
    /// of the network or the gradient were changed.
    pub fn step(&mut self) -> Result<(), TrainingError> {
        let cost = self.cost.take().expect("a step follows a look: call `look` first");
        let rate = self.rate;
        assert!(
            rate.is_finite() && rate >= 0.0,
            "a learning rate must be a finite number from 0 up, but is {rate:?}"
        );
        let gradients = self.backprop.gradients_mut();
        gradients.expect_fit(self.network);
        let layers = self.network.layers.iter_mut().zip(&mut gradients.layers);
        for ((layer, gradient), [of_weights, of_biases]) in layers.zip(&mut self.rules) {
            of_weights.update(
                rate,
                flat(&mut layer.weights),
                flat(&mut gradient.weights),
            );
            of_biases.update(rate, flat(&mut layer.biases), flat(&mut gradient.biases));
        }
        self.history.updates += 1;
        let rows = self.rows().len();
        self.total += cost * rows as f64;
        self.from += rows;
        if self.from == self.order.len() { self.end_epoch() } else { Ok(()) }
    }

    fn end_epoch(&mut self) -> Result<(), TrainingError> {
        // A sigmoid hides an infinite weight from the cost, and after the last update nobody asks for it.
        let lost = self.network.parameters().find(|number| !number.is_finite());
        if let Some(value) = lost {
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
            self.backprop.take(&self.start, self.examples, rows.iter().copied());
            let cost = self.backprop.pass(&self.start, self.training.cost);
            let slopes =
                self.backprop.gradients().entries().map(|s| ("a slope of the cost", s));
            let mut numbers = once(("the cost", cost)).chain(slopes);
            if let Some((what, value)) = numbers.find(|(_, value)| !value.is_finite()) {
                return TrainingError::Overflow { what, value };
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
        while self.epochs_done() == done {
            if self.update()?.is_none() {
                return Ok(None);
            }
        }
        Ok(self.history.costs.last().copied())
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
        &self.order[self.batch()]
    }

    /// The places of these rows in the order of this epoch.
    fn batch(&self) -> Range<usize> {
        self.from..self.order.len().min(self.from + self.batch_rows)
    }
}
