//! How to train: in epochs and mini-batches. What it leaves behind, and what may go wrong.
//!
//! A [`Training`] is only the plan; the [`Run`](crate::Run) that it starts follows it.

use thiserror::Error;

use crate::{Cost, Mismatch};

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
#[allow(missing_docs, reason = "the text of a variant explains its fields")]
pub enum TrainingError {
    /// Network, examples and cost do not go together. Nothing was changed.
    #[error("training did not start: {0}")]
    Mismatch(#[from] Mismatch),
    /// The cost or its gradient was not finite from the start, so no learning rate would have helped: `what`
    /// (`the cost`, or `a slope of the cost`) has this value for some batch and the untrained network.
    #[error(
        "before the first update, {what} is {value} already: the numbers are too large for it. Standardise \
         the inputs, and bring targets and weights to the size of what the network puts out"
    )]
    Overflow { what: &'static str, value: f64 },
    /// Training ran off to infinity, or to what is not a number: `what` (`the cost`, `the sum of the costs`, or
    /// `a weight or bias`) had this value in this epoch, after this update, at this learning rate. Epochs and
    /// updates are counted from 1, updates over all epochs.
    #[error(
        "training diverged at step {step} (epoch {epoch}): {what} is {value:?}. \
         A learning rate smaller than {rate:?} may help; so may standardised inputs"
    )]
    Diverged { epoch: usize, step: usize, what: &'static str, value: f64, rate: f64 },
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Activation, Dense, Examples, Momentum, Network, seeded};
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
            .with(|| Momentum::new(0.9))
            .finish()
            .unwrap();
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
        assert!(error.to_string().contains("smaller than 10.0 may help"), "{error}");
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
                        "training did not start: a network needs {which} that are finite, but {which}[[{row}, 0]] is {bad}; "
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
