//! Zero or as it is: how many outputs a ReLU silences, which neurons never speak again, and whether its kink matters.

pub(crate) mod shown;

use datasets::moons;
use lesson::Spread;
use ndarray::{Array2, ArrayView2};
use nn::{Activation, Batch, Cost, Network, Training, TrainingError, seeded};
use rayon::prelude::*;

/// Which hidden neurons say 0 to every row: their slope is 0 everywhere, so no row can change them.
pub fn dead(network: &Network, inputs: ArrayView2<f64>) -> Vec<bool> {
    let outputs = hidden_outputs(network, inputs);
    outputs.columns().into_iter().map(|neuron| neuron.iter().all(|a| *a == 0.0)).collect()
}

/// What the hidden layer puts out: a row per example, a column per neuron.
pub fn hidden_outputs(network: &Network, inputs: ArrayView2<f64>) -> Array2<f64> {
    let layer = &network.layers[0];
    let mut outputs = Array2::zeros((inputs.nrows(), layer.outputs())); // (rows, hidden)
    layer.forward(inputs, outputs.view_mut());
    outputs
}

const SEED: u64 = 300;

/// How often each rate is tried, from other random numbers.
const RUNS: usize = 20;

/// How many points the two moons have, and how far they are scattered.
const ROWS: usize = 200;
const NOISE: f64 = 0.2;

/// How many hidden neurons there are.
const HIDDEN: usize = 16;

/// The learning rates.
const RATES: [f64; 8] = [0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0];

/// A rate at which nearly nothing dies.
const GENTLE: f64 = 0.1;

/// How many rows share an update.
const BATCH: usize = 10;

/// Settings that all rates share.
const TRAINING: Training = Training {
    cost: Cost::BinaryCrossEntropy,
    rate: GENTLE,
    batch: Batch::Rows(BATCH),
    epochs: 20,
};

/// What one training run leaves behind.
#[derive(Clone, Debug)]
struct Outcome {
    /// The share of hidden outputs that are exactly zero, before and after training.
    zeros: [f64; 2],
    /// How many hidden neurons are dead after training.
    dead: usize,
    /// How many of the dead spoke again after more training at a gentle rate.
    revived: usize,
    /// The share of new points on the right side.
    right: f64,
    /// Of all weighted sums of the hidden layer after training, how many are exactly zero.
    on_the_kink: usize,
}

fn learn(bend: Activation, rate: f64, seed: u64) -> Result<Outcome, TrainingError> {
    let points = moons(ROWS, NOISE, &mut seeded(seed));
    let unseen = moons(ROWS, NOISE, &mut seeded(seed + 1));
    let inputs = points.inputs.view();
    let mut network = Network::new(&[2, HIDDEN, 1], bend, &mut seeded(seed + 2))
        .with_output(Activation::Sigmoid);
    let before = zeros(&network, inputs);
    let training = Training { rate, ..TRAINING };
    training.run(&mut network, &points, &mut seeded(seed + 3))?;
    let silent = dead(&network, inputs);
    let mut outcome = Outcome {
        zeros: [before, zeros(&network, inputs)],
        dead: silent.iter().filter(|&&dead| dead).count(),
        revived: 0,
        right: network.accuracy(&unseen),
        on_the_kink: on_the_kink(&network, inputs),
    };
    if outcome.dead > 0 {
        TRAINING.run(&mut network, &points, &mut seeded(seed + 4))?;
        let still = dead(&network, inputs);
        let back = silent.iter().zip(&still).filter(|(then, now)| **then && !**now);
        outcome.revived = back.count();
    }
    Ok(outcome)
}

/// The share of the hidden layer's outputs that are exactly zero.
fn zeros(network: &Network, inputs: ArrayView2<f64>) -> f64 {
    let outputs = hidden_outputs(network, inputs);
    outputs.iter().filter(|a| **a == 0.0).count() as f64 / outputs.len() as f64
}

/// How many weighted sums of the hidden layer are exactly zero, where ReLU has its kink.
fn on_the_kink(network: &Network, inputs: ArrayView2<f64>) -> usize {
    let mut sums = Array2::zeros((inputs.nrows(), HIDDEN));
    network.layers[0].weighted_sums(inputs, sums.view_mut());
    sums.iter().filter(|z| **z == 0.0).count()
}

/// All runs with one bend at one rate.
struct Trial {
    rate: f64,
    outcomes: Vec<Outcome>,
}

impl Trial {
    /// Runs with the same starts for every bend and rate.
    fn run(bend: Activation, rate: f64, seed: u64) -> Result<Trial, TrainingError> {
        let runs = (0..RUNS as u64).into_par_iter();
        let runs = runs.map(|run| learn(bend, rate, seed + 10 * run));
        Ok(Trial { rate, outcomes: runs.collect::<Result<_, _>>()? })
    }

    /// Where a number of each run lies.
    fn spread(&self, number: impl Fn(&Outcome) -> f64) -> Spread {
        Spread::of(self.outcomes.iter().map(number))
    }

    /// Where the share of dead neurons lies.
    fn dead(&self) -> Spread {
        self.spread(|outcome| outcome.dead as f64 / HIDDEN as f64)
    }
}

/// The two smooth bends at the gentle rate.
fn smooth(seed: u64) -> Result<Vec<(Activation, Trial)>, TrainingError> {
    let bends = [Activation::Sigmoid, Activation::Tanh].into_par_iter();
    bends.map(|bend| Ok((bend, Trial::run(bend, GENTLE, seed)?))).collect()
}

/// ReLU at all rates.
fn rates(seed: u64) -> Result<Vec<Trial>, TrainingError> {
    RATES.into_par_iter().map(|rate| Trial::run(Activation::Relu, rate, seed)).collect()
}

/// The sum of a number over all runs at all rates.
fn total(trials: &[Trial], number: fn(&Outcome) -> usize) -> usize {
    trials.iter().flat_map(|trial| &trial.outcomes).map(number).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;
    use nn::Dense;

    #[test]
    fn a_neuron_is_dead_if_no_row_wakes_it() {
        let layer = Dense::new(array![[1.0, 1.0]], array![0.0, -9.0], Activation::Relu);
        let network = Network::from_layers(vec![layer]);
        assert_eq!(dead(&network, array![[-1.0], [2.0]].view()), [false, true]);
    }

    #[test]
    fn large_rates_kill_and_the_dead_stay_dead() {
        let dead = |rate: f64| {
            let trial = Trial::run(Activation::Relu, rate, 9_000).unwrap();
            assert!(trial.outcomes.iter().all(|outcome| outcome.revived == 0));
            trial.dead().median()
        };
        let [gentle, wild] = [GENTLE, 30.0].map(dead);
        assert!(gentle < 0.1 && wild > 0.3, "{gentle} {wild}");
    }

    #[test]
    fn about_half_of_the_outputs_are_zero_before_training() {
        let trial = Trial::run(Activation::Relu, GENTLE, 9_000).unwrap();
        let zeros = trial.spread(|outcome| outcome.zeros[0]).median();
        assert!((zeros - 0.5).abs() < 0.1, "{zeros}");
    }
}
