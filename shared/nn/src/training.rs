//! Epochs and mini-batches: gradient after gradient, step after step.

use ndarray::{Array2, s};
use rand::{Rng, seq::SliceRandom};
use thiserror::Error;

use crate::{Backprop, Cost, Examples, GradientDescent, Network, UpdateRule};

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

/// Training that ran off to infinity, or to what is not a number.
#[derive(Clone, Debug, PartialEq, Error)]
#[error(
    "training diverged at step {step} (epoch {epoch}): the cost is {cost}. \
     A learning rate smaller than {rate} may help; so may standardised inputs"
)]
pub struct Diverged {
    /// The epoch, counted from 1.
    pub epoch: usize,
    /// The update, counted from 1 over all epochs, after which the cost could not be used.
    pub step: usize,
    /// The cost that was met.
    pub cost: f64,
    /// The learning rate in use.
    pub rate: f64,
}

impl Training {
    /// Trains by plain gradient descent.
    ///
    /// # Errors
    /// [`Diverged`] when a cost is infinite or not a number. The network is left as it was then.
    ///
    /// # Panics
    /// If the rate is not a positive number, a mini-batch has no rows, or the examples do not fit.
    pub fn run(
        &self,
        network: &mut Network,
        examples: &Examples,
        rng: &mut impl Rng,
    ) -> Result<History, Diverged> {
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
    ) -> Result<History, Diverged> {
        let batch_rows = self.expect_sense(network, examples);
        let mut backprop = Backprop::new(network, batch_rows);
        let mut rules = vec![rule; 2 * network.layers.len()];
        let mut order: Vec<usize> = (0..examples.rows()).collect();
        let mut inputs = Array2::zeros((batch_rows, network.inputs()));
        let mut targets = Array2::zeros((batch_rows, network.outputs()));
        let mut history = History { costs: Vec::with_capacity(self.epochs), updates: 0 };

        for epoch in 1..=self.epochs {
            if self.batch != Batch::Full {
                order.shuffle(rng);
            }
            let mut total = 0.0;
            for rows in order.chunks(batch_rows) {
                examples.gather(rows, &mut inputs, &mut targets);
                let x = inputs.slice(s![..rows.len(), ..]); // (rows, inputs)
                let y = targets.slice(s![..rows.len(), ..]); // (rows, outputs)
                let cost = backprop.run(network, x, y, self.cost);
                if !cost.is_finite() {
                    let step = history.updates;
                    return Err(Diverged { epoch, step, cost, rate: self.rate });
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
            history.costs.push(total / examples.rows() as f64);
            watch(epoch, network);
        }
        Ok(history)
    }

    /// How many rows the largest batch has, once all settings have been found to make sense.
    fn expect_sense(&self, network: &Network, examples: &Examples) -> usize {
        assert!(
            self.rate.is_finite() && self.rate > 0.0,
            "a learning rate must be a positive number, but is {}",
            self.rate
        );
        network.expect_fit(examples);
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
        assert!(error.step > 1 && error.step == error.epoch - 1, "{error}");
        assert!(error.to_string().starts_with("training diverged at step "), "{error}");
        assert!(error.to_string().contains("smaller than 10 may help"), "{error}");
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
