//! Ten layers deep: how much of the gradient is left when it arrives at the first one?

pub(crate) mod shown;

use lesson::Spread;
use ndarray::Array2;
use nn::math::pow;
use nn::{Activation, Backprop, Batch, Cost, Dense, Examples, Network, Training, seeded};
use rayon::prelude::*;

use crate::handful::Handful;

/// A bend, and how large its random weights are: their variance is `gain` / inputs.
#[derive(Clone, Copy, Debug)]
pub struct Start {
    name: &'static str,
    bend: Activation,
    gain: f64,
}

const STARTS: [Start; 5] = [
    Start { name: "sigmoid", bend: Activation::Sigmoid, gain: 1.0 },
    Start { name: "sigmoid × 4", bend: Activation::Sigmoid, gain: 16.0 },
    Start { name: "tanh", bend: Activation::Tanh, gain: 1.0 },
    Start { name: "ReLU", bend: Activation::Relu, gain: 1.0 },
    Start { name: "ReLU, He", bend: Activation::Relu, gain: 2.0 },
];

/// How many hidden layers there are, and how many neurons each has.
const DEPTH: usize = 10;
const WIDTH: usize = 16;

/// A deep network with random weights.
pub fn deep(start: Start, seed: u64) -> Network {
    let rng = &mut seeded(seed);
    let mut layers = Vec::new();
    let mut inputs = 64;
    for _ in 0..DEPTH {
        let deviation = (start.gain / inputs as f64).sqrt();
        layers.push(Dense::random(inputs, WIDTH, start.bend, deviation, rng));
        inputs = WIDTH;
    }
    let deviation = (1.0 / inputs as f64).sqrt();
    layers.push(Dense::random(inputs, 10, Activation::Identity, deviation, rng));
    Network::from_layers(layers)
}

/// The size of the gradient in each hidden layer: the root of the sum of its squares over all weights.
pub fn sizes(network: &Network, digits: &Examples) -> Vec<f64> {
    let mut backprop = Backprop::new(network, digits.rows());
    backprop.run(network, digits, Cost::SoftmaxCrossEntropy);
    let hidden = &backprop.gradients().layers[..DEPTH];
    let size = |weights: &Array2<f64>| weights.iter().map(|g| g * g).sum::<f64>().sqrt();
    hidden.iter().map(|layer| size(&layer.weights)).collect()
}

const SEED: u64 = 2_000;

/// How often each kind of network is made, from other random numbers.
const RUNS: usize = 20;

/// How many digits the gradient is taken over.
const ROWS: usize = 100;

/// For one kind of network, the sizes layer by layer, run by run.
fn measure(start: Start, handfuls: &[Handful]) -> Vec<Vec<f64>> {
    let runs = handfuls.par_iter();
    runs.map(|digits| sizes(&deep(start, digits.seed), &digits.known)).collect()
}

/// Where the sizes in a layer lie, which is counted from 1.
fn in_layer(runs: &[Vec<f64>], layer: usize) -> Spread {
    Spread::of(runs.iter().map(|sizes| sizes[layer - 1]))
}

/// How many times as large as in a layer the gradient is in the last.
fn last_over(runs: &[Vec<f64>], layer: usize) -> Spread {
    Spread::of(runs.iter().map(|sizes| sizes[DEPTH - 1] / sizes[layer - 1]))
}

/// By what the gradient shrinks from layer to layer, on its way from layer 10 to layer 4.
fn per_layer(runs: &[Vec<f64>]) -> f64 {
    pow(last_over(runs, 4).median(), 1.0 / (DEPTH as f64 - 4.0))
}

/// How many rows share an update.
const BATCH: usize = 10;

/// Rates from which each kind of network takes the one that suits it.
const RATES: [f64; 4] = [0.02, 0.1, 0.5, 2.0];

/// How many digits a network is trained on, how many are for the test, and how often that is repeated.
const TRAIN_ROWS: usize = 150;
const TEST_ROWS: usize = 500;
const TRAIN_RUNS: usize = 5;

/// Settings that all rates share.
const TRAINING: Training = Training {
    cost: Cost::SoftmaxCrossEntropy,
    rate: 0.1,
    batch: Batch::Rows(BATCH),
    epochs: 10,
};

/// The share of new digits that a deep network gets right after a short training; none if its cost overflowed.
fn learn(start: Start, rate: f64, digits: &Handful) -> f64 {
    let mut network = deep(start, digits.seed);
    let rng = &mut seeded(digits.seed + 1);
    match (Training { rate, ..TRAINING }).run(&mut network, &digits.known, rng) {
        Ok(_) => network.accuracy(&digits.unseen),
        Err(_) => 0.0,
    }
}

/// What one kind of network has learnt at the best of the rates.
struct Trained {
    rate: f64,
    right: Spread,
}

/// A short training at each rate; the best is the one with the highest median.
fn trained(start: Start, handfuls: &[Handful]) -> Trained {
    let at = |rate| {
        let runs = handfuls.par_iter().map(|digits| learn(start, rate, digits));
        Trained { rate, right: Spread::of(runs.collect::<Vec<f64>>()) }
    };
    let better = |a: Trained, b: Trained| {
        if b.right.median() > a.right.median() { b } else { a }
    };
    let tried: Vec<Trained> = RATES.into_par_iter().map(at).collect();
    tried.into_iter().reduce(better).expect("some rate was tried")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ratio(start: Start) -> f64 {
        let runs = measure(start, &Handful::draw(RUNS, ROWS, TEST_ROWS, 77));
        last_over(&runs, 1).median()
    }

    #[test]
    fn a_sigmoid_keeps_about_a_quarter_per_layer_and_tanh_nearly_nothing() {
        // Nine layers of slopes of at most ¼ make 4⁹; what comes in differs in size from layer to layer.
        let known = pow(4.0, DEPTH as f64 - 1.0);
        let found = ratio(STARTS[0]);
        assert!((0.25..4.0).contains(&(found / known)), "{found} {known}");
        assert!((0.2..5.0).contains(&ratio(STARTS[2])), "{}", ratio(STARTS[2]));
        assert!((0.2..5.0).contains(&ratio(STARTS[4])), "{}", ratio(STARTS[4]));
    }

    #[test]
    fn without_the_two_of_he_the_gradient_of_relu_fades_in_all_layers_alike() {
        // A layer takes √½ off, on the way forward or on the way back: nine of the ten lie on either way. The
        // errors at the outputs differ too, so this is the order of magnitude.
        let known = pow(0.5, (DEPTH as f64 - 1.0) / 2.0);
        let [plain, he] = [STARTS[3], STARTS[4]]
            .map(|start| measure(start, &Handful::draw(RUNS, ROWS, TEST_ROWS, 77)));
        for layer in 1..=DEPTH {
            let [plain, he] = [&plain, &he].map(|runs| in_layer(runs, layer).median());
            let fraction = plain / he;
            assert!(
                (0.33..3.0).contains(&(fraction / known)),
                "{layer}: {fraction} {known}"
            );
        }
    }
}
