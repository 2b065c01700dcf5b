//! Ten layers deep: how much of the gradient is left when it arrives at the first one?

mod live;
pub(crate) mod shown;

pub use live::MESSAGE;

use datasets::digits;
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

/// A deep network with random weights, and so many neurons in each hidden layer.
pub fn deep(start: Start, width: usize, seed: u64) -> Network {
    let rng = &mut seeded(seed);
    let mut layers = Vec::new();
    let mut inputs = 64;
    for _ in 0..DEPTH {
        let deviation = (start.gain / inputs as f64).sqrt();
        layers.push(Dense::random(inputs, width, start.bend, deviation, rng));
        inputs = width;
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
    runs.map(|digits| sizes(&deep(start, WIDTH, digits.seed), &digits.known)).collect()
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

/// How many digits there are to learn from and to choose a rate on, and how many are kept aside for the test.
const POOL_ROWS: usize = 1_437;
const TEST_ROWS: usize = 360;

/// How deep networks are trained.
struct Setting {
    width: usize,
    /// How many digits of the pool a run learns from.
    rows: usize,
    /// How many rows share an update.
    batch: usize,
    epochs: usize,
    /// How many runs the test judges.
    runs: u64,
    rates: &'static [f64],
    choice: Choice,
}

/// How each kind of network gets its rate: runs of their own, judged on digits of the pool that they have not seen.
struct Choice {
    rows: usize,
    epochs: usize,
    runs: u64,
}

/// Narrow layers, few digits, few updates.
const NARROW: Setting = Setting {
    width: WIDTH,
    rows: 150,
    batch: 10,
    epochs: 10,
    runs: 5,
    rates: &[0.02, 0.05, 0.1, 0.2, 0.5, 2.0],
    choice: Choice { rows: 150, epochs: 10, runs: 2 },
};

/// Wide layers, and all digits that are not for the test. A choice after all epochs would take too long here.
const WIDE: Setting = Setting {
    width: 64,
    rows: POOL_ROWS,
    batch: 20,
    epochs: 5,
    runs: 3,
    rates: &[0.02, 0.05, 0.1],
    choice: Choice { rows: POOL_ROWS - TEST_ROWS, epochs: 2, runs: 1 },
};

/// What one kind of network has learnt at the rate that was chosen for it.
struct Trained {
    start: Start,
    rate: f64,
    right: Spread,
}

impl Setting {
    fn train_all(&self, starts: &[Start], seed: u64) -> Vec<Trained> {
        let [choosing, judged] = self.draw(seed);
        let trained = |start: &Start| {
            let rate = self.choose(*start, &choosing);
            Trained {
                start: *start,
                rate,
                right: self.learn(*start, rate, self.epochs, &judged),
            }
        };
        starts.par_iter().map(trained).collect()
    }

    /// The digits of the runs that choose, and of those that the test judges.
    fn draw(&self, seed: u64) -> [Vec<Handful>; 2] {
        let (pool, test) = digits().split(POOL_ROWS, &mut seeded(seed));
        let places: Vec<usize> = (0..TEST_ROWS).collect();
        let choosing = (0..self.choice.runs).map(|run| {
            let seed = seed + 3 * run + 1;
            let (known, rest) = pool.split(self.choice.rows, &mut seeded(seed));
            Handful { known, unseen: rest.select(&places), seed: seed + 1 }
        });
        let judged = (self.choice.runs..self.choice.runs + self.runs).map(|run| {
            let seed = seed + 3 * run + 1;
            let known = match self.rows {
                POOL_ROWS => pool.clone(),
                few => pool.split(few, &mut seeded(seed)).0,
            };
            Handful { known, unseen: test.clone(), seed: seed + 1 }
        });
        [choosing.collect(), judged.collect()]
    }

    /// The rate at which these runs have the highest median.
    fn choose(&self, start: Start, choosing: &[Handful]) -> f64 {
        let right = self
            .rates
            .par_iter()
            .map(|rate| self.learn(start, *rate, self.choice.epochs, choosing).median());
        let tried = self.rates.iter().copied().zip(right.collect::<Vec<f64>>());
        let best = tried.reduce(|best, next| if next.1 > best.1 { next } else { best });
        best.expect("there are rates").0
    }

    /// The shares of unseen digits that deep networks get right; none if the cost overflowed.
    fn learn(
        &self,
        start: Start,
        rate: f64,
        epochs: usize,
        handfuls: &[Handful],
    ) -> Spread {
        let batch = Batch::Rows(self.batch);
        let training = Training { cost: Cost::SoftmaxCrossEntropy, rate, batch, epochs };
        let runs = handfuls.par_iter().map(|digits| {
            let mut network = deep(start, self.width, digits.seed);
            let rng = &mut seeded(digits.seed + 1);
            match training.run(&mut network, &digits.known, rng) {
                Ok(_) => network.accuracy(&digits.unseen),
                Err(_) => 0.0,
            }
        });
        Spread::of(runs.collect::<Vec<f64>>())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ratio(start: Start) -> f64 {
        let runs = measure(start, &Handful::draw(RUNS, ROWS, 1, 77));
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
            .map(|start| measure(start, &Handful::draw(RUNS, ROWS, 1, 77)));
        for layer in 1..=DEPTH {
            let [plain, he] = [&plain, &he].map(|runs| in_layer(runs, layer).median());
            let fraction = plain / he;
            assert!(
                (0.33..3.0).contains(&(fraction / known)),
                "{layer}: {fraction} {known}"
            );
        }
    }

    #[test]
    fn no_digit_of_the_test_is_learnt_from_or_chosen_on() {
        for setting in [NARROW, WIDE] {
            let [choosing, judged] = setting.draw(5);
            let test = &judged[0].unseen;
            let is_in = |rows: &Examples| {
                let rows: Vec<_> = rows.inputs.rows().into_iter().collect();
                test.inputs.rows().into_iter().filter(|row| rows.contains(row)).count()
            };
            assert_eq!(is_in(test), TEST_ROWS);
            for digits in choosing.iter().flat_map(|run| [&run.known, &run.unseen]) {
                assert_eq!(is_in(digits), 0);
            }
            for run in &judged {
                assert_eq!((is_in(&run.known), &run.unseen), (0, test));
            }
        }
    }
}
