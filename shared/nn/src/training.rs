//! Epochs and mini-batches: gradient after gradient, step after step.

use ndarray::{Array2, s};
use rand::{Rng, seq::SliceRandom};
use thiserror::Error;

use crate::{Backprop, Cost, Examples, GradientDescent, Mismatch, Network, UpdateRule};

/// How many rows share one update.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Batch {
    /// All of them: batch gradient descent, one update per epoch. Nothing is shuffled.
    Full,
    /// This many: 1 is stochastic gradient descent, a few are a mini-batch. The rows are shuffled anew
    /// in each epoch; the last mini-batch takes what is left.
    Rows(usize),
}

/// How to train: what to make small, how fast, on how many rows at a time, for how long.
#[derive(Clone, Copy, Debug)]
pub struct Training {
    /// What to make small.
    pub cost: Cost,
    /// The learning rate η: how far to step along the gradient.
    pub rate: f64,
    /// How many rows share an update.
    pub batch: Batch,
    /// How often to go through all rows.
    pub epochs: usize,
}

/// What happened during training.
#[derive(Clone, Debug, PartialEq)]
pub struct History {
    /// Per epoch, the mean cost of its rows, each as it was when the row was seen.
    pub costs: Vec<f64>,
    /// How many updates were made.
    pub updates: usize,
}

/// Why training did not come to its end.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum TrainingError {
    /// Network, examples and cost do not go together. Nothing was changed.
    #[error("training did not start: {0}")]
    Mismatch(#[from] Mismatch),
    /// The cost of the examples was not finite from the start, so no learning rate would have helped.
    #[error(
        "before the first update, the cost of the examples is {cost} already: the numbers are too large \
         for it. Standardise the inputs, and bring targets and weights to the size of what the network \
         puts out"
    )]
    Overflow {
        /// The mean cost of the untrained network.
        cost: f64,
    },
    /// Training ran off to infinity, or to what is not a number.
    #[error(
        "training diverged at step {step} (epoch {epoch}): {what} is {value:?}. \
         A learning rate smaller than {} may help; so may standardised inputs", short(*rate)
    )]
    Diverged {
        /// The epoch in which it was seen, counted from 1.
        epoch: usize,
        /// The update, counted from 1 over all epochs, after which it was seen.
        step: usize,
        /// What could not be used: `the cost`, or `a weight or bias`.
        what: &'static str,
        /// Its value.
        value: f64,
        /// The learning rate in use.
        rate: f64,
    },
}

/// A number as one would write it: 0.5 and 10, but 1e308 without its zeros.
fn short(number: f64) -> String {
    if (1e-4..1e6).contains(&number.abs()) || number == 0.0 {
        format!("{number}")
    } else {
        format!("{number:e}")
    }
}

/// For how many epochs the history has room from the start; it grows if there are more.
const MOST_ROOM: usize = 1 << 16;

impl Training {
    /// Trains by plain gradient descent.
    ///
    /// # Errors
    /// [`TrainingError::Mismatch`] before the first step, when network, examples and cost do not go together;
    /// [`TrainingError::Diverged`] when a cost, or at the end of an epoch a weight, is infinite or not a
    /// number. The network is left as it was then.
    ///
    /// # Panics
    /// If the rate is not a positive number, or a mini-batch has no rows.
    pub fn run(
        &self,
        network: &mut Network,
        examples: &Examples,
        rng: &mut impl Rng,
    ) -> Result<History, TrainingError> {
        self.run_with(GradientDescent, network, examples, rng, |_, _| {})
    }

    /// Trains by any update rule, and calls `watch(epoch, network)` after each epoch, counted from 1.
    ///
    /// # Errors
    /// As [`Training::run`].
    ///
    /// # Panics
    /// As [`Training::run`].
    pub fn run_with(
        &self,
        rule: impl UpdateRule + Clone,
        network: &mut Network,
        examples: &Examples,
        rng: &mut impl Rng,
        mut watch: impl FnMut(usize, &Network),
    ) -> Result<History, TrainingError> {
        let batch_rows = self.expect_sense(examples);
        Mismatch::look(
            network,
            examples.inputs.view(),
            examples.targets.view(),
            Some(self.cost),
        )?;
        Mismatch::in_parameters(network)?;
        let mut backprop = Backprop::new(network, batch_rows);
        let mut rules = vec![rule; 2 * network.layers.len()];
        let mut order: Vec<usize> = (0..examples.rows()).collect();
        let mut inputs = Array2::zeros((batch_rows, network.inputs()));
        let mut targets = Array2::zeros((batch_rows, network.outputs()));
        let start = network.clone();
        let room = self.epochs.min(MOST_ROOM);
        let mut history = History { costs: Vec::with_capacity(room), updates: 0 };

        for epoch in 1..=self.epochs {
            if self.batch != Batch::Full {
                order.shuffle(rng);
            }
            let mut total = 0.0;
            for rows in order.chunks(batch_rows) {
                examples.gather(rows, &mut inputs, &mut targets);
                let x = inputs.slice(s![..rows.len(), ..]); // (rows, inputs)
                let y = targets.slice(s![..rows.len(), ..]); // (rows, outputs)
                let cost = backprop.pass(network, x, y, self.cost);
                if !cost.is_finite() {
                    let start = start.cost(examples, self.cost);
                    return Err(if start.is_finite() {
                        self.diverged(epoch, history.updates, "the cost", cost)
                    } else {
                        TrainingError::Overflow { cost: start }
                    });
                }
                let gradients = backprop.gradients();
                for ((rule, block), slope) in
                    rules.iter_mut().zip(network.blocks_mut()).zip(gradients.blocks())
                {
                    rule.update(self.rate, block, slope);
                }
                history.updates += 1;
                total += cost * rows.len() as f64;
            }
            // A sigmoid hides an infinite weight from the cost, and after the last update nobody asks for it.
            if let Err(Mismatch::Network { value, .. }) = Mismatch::in_parameters(network)
            {
                return Err(self.diverged(
                    epoch,
                    history.updates,
                    "a weight or bias",
                    value,
                ));
            }
            history.costs.push(total / examples.rows() as f64);
            watch(epoch, network);
        }
        Ok(history)
    }

    fn diverged(
        &self,
        epoch: usize,
        step: usize,
        what: &'static str,
        value: f64,
    ) -> TrainingError {
        TrainingError::Diverged { epoch, step, what, value, rate: self.rate }
    }

    /// How many rows the largest batch has, once all settings have been found to make sense.
    fn expect_sense(&self, examples: &Examples) -> usize {
        assert!(
            self.rate.is_finite() && self.rate > 0.0,
            "a learning rate must be a positive number, but is {}",
            short(self.rate)
        );
        match self.batch {
            Batch::Full => examples.rows(),
            Batch::Rows(rows) => {
                assert!(rows > 0, "a mini-batch needs at least one row, but has 0");
                rows.min(examples.rows())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Activation, Dense, Momentum, seeded};
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
        let rule = Momentum::new(0.9);
        let slow = Training { rate: 0.01, ..training(Batch::Full) };
        slow.run_with(rule, &mut network, &line(), &mut seeded(1), |_, _| {}).unwrap();
        assert!((network.layers[0].weights[[0, 0]] - 2.0).abs() < 1e-3);
    }

    #[test]
    fn training_that_diverges_says_at_which_step() {
        let wild = Training { rate: 10.0, epochs: 1000, ..training(Batch::Full) };
        let error = wild.run(&mut straight(), &line(), &mut seeded(1)).unwrap_err();
        let TrainingError::Diverged { epoch, step, what: "the cost", value, rate } =
            error
        else {
            panic!("{error}")
        };
        // In batch descent, the update after which the cost was lost belongs to the epoch before.
        assert!(step > 1 && step == epoch - 1, "{error}");
        assert!(!value.is_finite() && rate == 10.0, "{error}");
        assert!(error.to_string().starts_with("training diverged at step "), "{error}");
        assert!(error.to_string().contains("smaller than 10 may help"), "{error}");
    }

    #[test]
    fn a_first_update_that_ruins_the_network_is_step_one() {
        for batch in [Batch::Full, Batch::Rows(2)] {
            let wild = Training { rate: 1e308, epochs: 3, ..training(batch) };
            let error = wild.run(&mut straight(), &line(), &mut seeded(1)).unwrap_err();
            let message = error.to_string();
            assert!(
                message.starts_with("training diverged at step 1 (epoch 1): "),
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
                step: 1,
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
    fn a_row_that_is_no_number_is_named_before_any_step() {
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
                        "training did not start: {which}[[{row}, 0]] is {bad}, but"
                    );
                    assert!(message.starts_with(&start), "{message}");
                    assert_eq!(network, straight());
                }
            }
        }
    }

    #[test]
    fn a_network_that_is_lost_already_is_named_before_any_step() {
        let mut network = straight();
        network.layers[0].biases[0] = f64::NAN;
        let message = training(Batch::Full)
            .run(&mut network, &line(), &mut seeded(1))
            .unwrap_err()
            .to_string();
        assert!(
            message.contains("layer 0 of the network (counted from 0) holds NaN"),
            "{message}"
        );
    }

    #[test]
    fn numbers_too_large_for_the_cost_are_not_blamed_on_the_rate() {
        for batch in [Batch::Full, Batch::Rows(1)] {
            let mut examples = line();
            examples.targets[[3, 0]] = 1e200;
            let small = Training { rate: 1e-300, ..training(batch) };
            let error =
                small.run(&mut straight(), &examples, &mut seeded(1)).unwrap_err();
            assert_eq!(error, TrainingError::Overflow { cost: f64::INFINITY });
            assert!(error.to_string().contains("before the first update"), "{error}");
        }
    }

    #[test]
    fn a_cost_outside_its_domain_is_refused_before_any_step() {
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
        let watch =
            |epoch, _: &Network| assert!(epoch < 10_000, "it should have diverged");
        let rng = &mut seeded(1);
        let ran = endless.run_with(GradientDescent, &mut straight(), &line(), rng, watch);
        assert!(ran.is_err());
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
