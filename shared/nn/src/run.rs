//! One training run, as slowly as one likes: epoch by epoch, or update by update.
//!
//! [`Training::run`] goes from the first update to the last. A [`Run`] goes as far as it is told, and then
//! waits. Meanwhile one may read how it stands, change the rate, the network or the gradient, or stop:
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

use ndarray::{Array, Dimension};
use rand::{Rng, seq::SliceRandom};

use crate::{
    Backprop, Batch, Examples, GradientDescent, History, Mismatch, Network, Training,
    TrainingError, UpdateRule,
};

/// A training run under way; [`Training::start`] begins one.
///
/// An update has two halves: [`look`](Run::look) finds cost and gradient of the batch whose turn it is, and
/// [`step`](Run::step) moves the parameters. Between them one may read the gradient, change it, or stop.
/// [`update`](Run::update), [`epoch`](Run::epoch) and [`finish`](Run::finish) do more at a time.
pub struct Run<'a> {
    /// The network, as the updates so far have left it. It may be changed, but not its shape.
    pub network: &'a mut Network,
    /// The learning rate of the next update.
    pub rate: f64,
    /// What the last look found, also after an error: the gradient, to be read or changed, and the answers to
    /// the rows of the batch.
    pub backprop: Backprop,
    training: Training,
    examples: &'a Examples,
    rng: &'a mut dyn Rng,
    rules: Vec<[Box<dyn UpdateRule>; 2]>, // for the weights and the biases of each layer
    untrained: Network,                   // as it was before the first update
    order: Vec<usize>,                    // in which this epoch takes the rows
    batch_start: usize,                   // the place in it at which the batch begins
    batch_rows: usize,                    // of all batches but the last
    cost: Option<f64>,                    // of the batch, once it was looked at
    total: f64,                           // of the costs of this epoch's rows
    history: History,
    failure: Option<TrainingError>,
}

impl Training {
    /// Trains by plain gradient descent.
    ///
    /// # Errors
    /// [`TrainingError::Mismatch`] before the first update, when network, examples and cost do not go together.
    /// When a cost, or at the end of an epoch a weight, is infinite or not a number:
    /// [`TrainingError::Overflow`] if the untrained network has such a cost or slope already, and
    /// [`TrainingError::Diverged`] if not, so that a smaller rate may help. The network is left as it was then.
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

    /// A training run that has not made its first update: to be walked, watched, changed and stopped.
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
        Mismatch::check(network, examples, Some(self.cost))?;
        Mismatch::in_parameters(network)?;
        let Training { rate, batch, epochs, .. } = *self;
        assert!(
            rate.is_finite() && rate > 0.0,
            "a learning rate must be a positive number, but is {rate:?}"
        );
        let rows = examples.rows();
        let batch_rows = match batch {
            Batch::Full => rows,
            Batch::Rows(0) => panic!("a mini-batch needs at least one row, but has 0"),
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
            untrained: network.clone(),
            order: (0..rows).collect(),
            batch_rows,
            batch_start: 0,
            cost: None,
            total: 0.0,
            history: History { costs, updates: 0 },
            failure: None,
            network,
        };
        Ok(run.with_rule(|| GradientDescent))
    }
}

impl Run<'_> {
    /// The same run with another update rule: one for each array of weights or biases, as `rule` makes them.
    pub fn with_rule<R: UpdateRule + 'static>(mut self, rule: impl Fn() -> R) -> Self {
        let new = || Box::new(rule()) as Box<dyn UpdateRule>;
        self.rules = self.network.layers.iter().map(|_| [new(), new()]).collect();
        self
    }

    /// Looks at the batch whose turn it is: its mean cost, and the gradient is then in [`Run::backprop`].
    /// None if all epochs are done. Without a [`step`](Run::step) in between, the next look is at the same batch.
    ///
    /// # Errors
    /// [`TrainingError::Diverged`] or [`TrainingError::Overflow`] if the cost is not finite. A run that has failed
    /// stays so: each later look returns the same error.
    ///
    /// # Panics
    /// If the shape of the network was changed, or its last activation to one that the cost does not take.
    pub fn look(&mut self) -> Result<Option<f64>, TrainingError> {
        if let Some(failure) = &self.failure {
            return Err(failure.clone());
        }
        if self.epochs_done() == self.training.epochs {
            return Ok(None);
        }
        let is_new_epoch = self.batch_start == 0 && self.cost.is_none();
        if is_new_epoch && self.training.batch != Batch::Full {
            self.order.shuffle(self.rng);
        }
        let rows = self.order[self.batch()].iter().copied();
        self.backprop.take(self.network, self.examples, rows);
        let cost = self.backprop.pass(self.network, self.training.cost);
        self.cost = cost.is_finite().then_some(cost);
        if self.cost.is_none() { self.fail("the cost", cost) } else { Ok(self.cost) }
    }

    /// Moves the parameters by the gradient that the last look found: the second half of an update.
    ///
    /// # Errors
    /// As [`Run::look`] if this ends an epoch, and a weight, a bias or the sum of the costs is not finite.
    ///
    /// # Panics
    /// If nothing was looked at since the last update, the rate is not a finite number from 0 up, or the shapes
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
        for ((layer, gradient), rules) in layers.zip(&mut self.rules) {
            rules[0].update(rate, flat(&mut layer.weights), flat(&mut gradient.weights));
            rules[1].update(rate, flat(&mut layer.biases), flat(&mut gradient.biases));
        }
        self.history.updates += 1;
        let rows = self.rows().len();
        self.total += cost * rows as f64;
        self.batch_start += rows;
        if self.batch_start == self.order.len() { self.end_epoch() } else { Ok(()) }
    }

    fn end_epoch(&mut self) -> Result<(), TrainingError> {
        // A sigmoid hides an infinite weight from the cost, and after the last update nobody asks for it.
        let lost = self.network.parameters().find(|number| !number.is_finite());
        if let Some(value) = lost {
            return self.fail("a weight or bias", value);
        }
        if !self.total.is_finite() {
            return self.fail("the sum of the costs", self.total);
        }
        self.history.costs.push(self.total / self.order.len() as f64);
        (self.batch_start, self.total) = (0, 0.0);
        Ok(())
    }

    /// Ends the run: this number is no longer finite, because of the rate unless the run started so.
    fn fail<T>(&mut self, what: &'static str, value: f64) -> Result<T, TrainingError> {
        let (epoch, update) = (self.epochs_done() + 1, self.history.updates);
        let diverged =
            TrainingError::Diverged { epoch, update, what, value, rate: self.rate };
        Err(self.failure.insert(self.overflow().unwrap_or(diverged)).clone())
    }

    /// What is not finite for the untrained network already, on the same rows.
    fn overflow(&self) -> Option<TrainingError> {
        let mut backprop = Backprop::new(&self.untrained, self.batch_rows);
        self.order.chunks(self.batch_rows).find_map(|rows| {
            backprop.take(&self.untrained, self.examples, rows.iter().copied());
            let cost = backprop.pass(&self.untrained, self.training.cost);
            let slopes = backprop.gradients().entries();
            let slopes = slopes.map(|slope| ("a slope of the cost", slope));
            let mut numbers = once(("the cost", cost)).chain(slopes);
            let (what, value) = numbers.find(|(_, value)| !value.is_finite())?;
            Some(TrainingError::Overflow { what, value })
        })
    }

    /// One update: the mean cost of its batch before it. None if all epochs are done.
    ///
    /// # Errors
    /// As [`Run::look`] and [`Run::step`].
    ///
    /// # Panics
    /// As [`Run::look`] and [`Run::step`].
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
    /// As [`Run::look`] and [`Run::step`].
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
    /// As [`Run::look`] and [`Run::step`].
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
        self.batch_start..self.order.len().min(self.batch_start + self.batch_rows)
    }
}

/// An array as a slice, row by row. If it is stored otherwise, it is first put in order.
fn flat<D: Dimension>(array: &mut Array<f64, D>) -> &mut [f64] {
    if !array.is_standard_layout() {
        *array = array.as_standard_layout().into_owned();
    }
    array.as_slice_mut().expect("in order now")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Activation, Cost, Dense, Momentum, seeded};
    use ndarray::array;

    fn line() -> Examples {
        // y = 2x + 1
        Examples::new(
            array![[0.0], [1.0], [2.0], [3.0], [4.0]],
            array![[1.0], [3.0], [5.0], [7.0], [9.0]],
        )
    }

    fn straight() -> Network {
        Network::from_layers(vec![Dense::new(
            array![[0.0]],
            array![0.0],
            Activation::Identity,
        )])
    }

    fn training(batch: Batch) -> Training {
        Training { cost: Cost::Quadratic, rate: 0.1, batch, epochs: 400 }
    }

    #[test]
    fn every_kind_of_batch_finds_the_line() {
        for batch in [Batch::Full, Batch::Rows(1), Batch::Rows(2), Batch::Rows(99)] {
            let mut network = straight();
            training(batch).run(&mut network, &line(), &mut seeded(1)).unwrap();
            let layer = &network.layers[0];
            assert!((layer.weights[[0, 0]] - 2.0).abs() < 1e-3, "{batch:?} {layer:?}");
            assert!((layer.biases[0] - 1.0).abs() < 1e-3, "{batch:?} {layer:?}");
        }
    }

    #[test]
    fn an_epoch_makes_an_update_per_batch_and_keeps_the_short_last_one() {
        for (batch, updates) in
            [(Batch::Full, 1), (Batch::Rows(1), 5), (Batch::Rows(2), 3)]
        {
            let once = Training { epochs: 1, rate: 0.01, ..training(batch) };
            let history = once.run(&mut straight(), &line(), &mut seeded(1)).unwrap();
            assert_eq!(history.updates, updates, "{batch:?}");
        }
    }

    #[test]
    fn the_first_cost_is_that_of_the_untrained_network() {
        let history =
            training(Batch::Full).run(&mut straight(), &line(), &mut seeded(1)).unwrap();
        assert_eq!(history.costs[0], straight().cost(&line(), Cost::Quadratic));
    }

    #[test]
    fn the_same_seed_gives_the_same_history() {
        let run = |seed| {
            training(Batch::Rows(2))
                .run(&mut straight(), &line(), &mut seeded(seed))
                .unwrap()
        };
        assert_eq!(run(3), run(3));
        assert_ne!(run(3), run(4));
    }

    #[test]
    fn a_rule_with_memory_trains_too() {
        let mut network = straight();
        let slow = Training { rate: 0.01, ..training(Batch::Full) };
        let (line, rng) = (line(), &mut seeded(1));
        slow.start(&mut network, &line, rng)
            .unwrap()
            .with_rule(|| Momentum::new(0.9))
            .finish()
            .unwrap();
        assert!((network.layers[0].weights[[0, 0]] - 2.0).abs() < 1e-3);
    }

    #[test]
    fn a_run_that_has_failed_says_so_again() {
        // A cost is lost in a look; an infinite weight is found at the end of an epoch.
        for (rate, lost) in [(1e100, "the cost"), (1e308, "a weight or bias")] {
            let wild = Training { rate, ..training(Batch::Full) };
            let (mut network, line, rng) = (straight(), line(), &mut seeded(1));
            let mut run = wild.start(&mut network, &line, rng).unwrap();
            let error = loop {
                let answers = run.network.predict(line.inputs.view());
                if let Err(error) = run.update() {
                    assert_eq!(run.backprop.outputs(), answers, "those of the last look");
                    break error;
                }
            };
            assert!(error.to_string().contains(lost), "{error}");
            assert_eq!(run.look(), Err(error.clone()));
            assert_eq!(run.epoch(), Err(error.clone()));
            assert_eq!(run.finish(), Err(error));
        }
    }

    #[test]
    fn training_that_diverges_says_at_which_update() {
        let wild = Training { rate: 10.0, epochs: 1000, ..training(Batch::Full) };
        let error = wild.run(&mut straight(), &line(), &mut seeded(1)).unwrap_err();
        let TrainingError::Diverged { epoch, update, what: "the cost", value, rate } =
            error
        else {
            panic!("{error}")
        };
        // In batch descent, the update after which the cost was lost belongs to the epoch before.
        assert!(update > 1 && update == epoch - 1, "{error}");
        assert!(!value.is_finite() && rate == 10.0, "{error}");
        assert!(error.to_string().starts_with("training diverged at update "), "{error}");
        assert!(error.to_string().contains("smaller than 10.0 may help"), "{error}");
    }

    #[test]
    fn a_first_update_that_ruins_the_network_is_named() {
        for batch in [Batch::Full, Batch::Rows(2)] {
            let wild = Training { rate: 1e308, epochs: 3, ..training(batch) };
            let error = wild.run(&mut straight(), &line(), &mut seeded(1)).unwrap_err();
            let message = error.to_string();
            assert!(
                message.starts_with("training diverged at update 1 (epoch 1): "),
                "{message}"
            );
            assert!(message.contains("smaller than 1e308 may help"), "{message}");
        }
    }

    #[test]
    fn a_last_update_to_an_infinite_weight_is_not_passed_over() {
        // The sigmoid of an infinite sum is 1, which is right here, so no cost would ever tell.
        let yes = Examples::new(array![[4.0]], array![[1.0]]);
        for epochs in [1, 5] {
            let huge = Training {
                cost: Cost::BinaryCrossEntropy,
                rate: f64::MAX,
                batch: Batch::Full,
                epochs,
            };
            let mut network = straight().with_output(Activation::Sigmoid);
            let error = huge.run(&mut network, &yes, &mut seeded(1)).unwrap_err();
            assert_eq!(network.cost(&yes, huge.cost), 0.0);
            let TrainingError::Diverged {
                epoch: 1,
                update: 1,
                what: "a weight or bias",
                value,
                ..
            } = error
            else {
                panic!("{error}")
            };
            assert_eq!(value, f64::INFINITY);
        }
    }

    #[test]
    fn a_row_that_is_no_number_is_named_before_any_update() {
        for (row, bad) in [(2, f64::NAN), (0, f64::INFINITY), (4, f64::NEG_INFINITY)] {
            for batch in [Batch::Full, Batch::Rows(2)] {
                let (mut inputs, mut targets) = (line(), line());
                inputs.inputs[[row, 0]] = bad;
                targets.targets[[row, 0]] = bad;
                for (which, examples) in [("inputs", inputs), ("targets", targets)] {
                    let mut network = straight();
                    let error =
                        training(batch).run(&mut network, &examples, &mut seeded(1));
                    let message = error.unwrap_err().to_string();
                    let start = format!(
                        "training did not start: a network needs {which} that are finite, but {which}[[{row}, 0]] is {bad}; "
                    );
                    assert!(message.starts_with(&start), "{message}");
                    assert_eq!(network, straight());
                }
            }
        }
    }

    #[test]
    fn a_network_that_is_lost_already_is_named_before_any_update() {
        let mut network = straight();
        network.layers[0].biases[0] = f64::NAN;
        let message = training(Batch::Full)
            .run(&mut network, &line(), &mut seeded(1))
            .unwrap_err()
            .to_string();
        assert!(message.contains("layer 0 of the network holds NaN"), "{message}");
    }

    #[test]
    fn numbers_too_large_for_the_cost_are_not_blamed_on_the_rate() {
        for batch in [Batch::Full, Batch::Rows(1)] {
            let mut examples = line();
            examples.targets[[3, 0]] = 1e200;
            let small = Training { rate: 1e-300, ..training(batch) };
            let error =
                small.run(&mut straight(), &examples, &mut seeded(1)).unwrap_err();
            let value = f64::INFINITY;
            assert_eq!(error, TrainingError::Overflow { what: "the cost", value });
            assert!(error.to_string().contains("before the first update"), "{error}");
        }
    }

    #[test]
    fn a_gradient_too_large_to_be_stored_is_not_blamed_on_the_rate() {
        let far = Examples::new(array![[1e200]], array![[1e150]]);
        let error = training(Batch::Full).run(&mut straight(), &far, &mut seeded(1));
        let wanted = TrainingError::Overflow {
            what: "a slope of the cost",
            value: f64::NEG_INFINITY,
        };
        assert_eq!(error, Err(wanted));
    }

    #[test]
    fn costs_whose_sum_cannot_be_stored_are_refused_for_every_batch() {
        // Each row costs 8.45e307, three of them more than the largest number.
        let rows = Examples::new(
            array![[0.0], [0.0], [0.0]],
            array![[1.3e154], [1.3e154], [1.3e154]],
        );
        for batch in [Batch::Full, Batch::Rows(1)] {
            let slow = Training { rate: 1e-300, ..training(batch) };
            let error = slow.run(&mut straight(), &rows, &mut seeded(1)).unwrap_err();
            let (TrainingError::Overflow { value, .. }
            | TrainingError::Diverged { value, .. }) = error
            else {
                panic!("{error}")
            };
            assert_eq!(value, f64::INFINITY, "{batch:?}");
        }
        // What the rate did is still said of the rate.
        let wild = Training { rate: 1e3, ..training(Batch::Rows(1)) };
        let error = wild.run(&mut straight(), &rows, &mut seeded(1)).unwrap_err();
        assert!(matches!(error, TrainingError::Diverged { .. }), "{error}");
    }

    #[test]
    fn a_cost_outside_its_domain_is_refused_before_any_update() {
        let binary = Training { cost: Cost::BinaryCrossEntropy, ..training(Batch::Full) };
        let message =
            binary.run(&mut straight(), &line(), &mut seeded(1)).unwrap_err().to_string();
        assert!(
            message
                .contains("the binary cross-entropy cost needs outputs between 0 and 1"),
            "{message}"
        );
        assert!(message.contains("which the identity does not promise"), "{message}");
    }

    #[test]
    fn endless_training_may_begin() {
        let endless =
            Training { epochs: usize::MAX, rate: 10.0, ..training(Batch::Full) };
        let (mut network, line, rng) = (straight(), line(), &mut seeded(1));
        let mut run = endless.start(&mut network, &line, rng).unwrap();
        while run.epoch().is_ok() {
            assert!(run.epochs_done() < 10_000, "it should have diverged");
        }
    }

    #[test]
    fn no_epochs_change_nothing() {
        let none = Training { epochs: 0, ..training(Batch::Full) };
        let mut network = straight();
        let history = none.run(&mut network, &line(), &mut seeded(1)).unwrap();
        assert_eq!((history.costs.len(), history.updates, network), (0, 0, straight()));
    }

    #[test]
    fn a_rate_that_is_none_is_refused() {
        for rate in [0.0, -1e308, f64::NAN, f64::INFINITY] {
            let wrong = Training { rate, ..training(Batch::Full) };
            let run = || wrong.run(&mut straight(), &line(), &mut seeded(1));
            let panic = std::panic::catch_unwind(run).unwrap_err();
            let message = panic.downcast_ref::<String>().expect("a message");
            assert!(
                message.starts_with("a learning rate must be a positive number, but is "),
                "{message}"
            );
            assert!(message.len() < 70, "{message}");
        }
    }

    #[test]
    #[should_panic(expected = "a learning rate must be a positive number, but is -1")]
    fn a_negative_rate_is_refused() {
        let wrong = Training { rate: -1.0, ..training(Batch::Full) };
        let _ = wrong.run(&mut straight(), &line(), &mut seeded(1));
    }

    #[test]
    #[should_panic(expected = "a mini-batch needs at least one row, but has 0")]
    fn an_empty_mini_batch_is_refused() {
        let _ = training(Batch::Rows(0)).run(&mut straight(), &line(), &mut seeded(1));
    }
}
