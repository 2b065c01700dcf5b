//! Stack as many layers as you like: without a bend between them they are one layer, found at a higher price.

pub(crate) mod shown;

use lesson::Result;
use ndarray::{Array, Dimension};
use nn::{Activation, Batch, Cost, Dense, Examples, Network, Training, matmul, seeded};
use rayon::prelude::*;

use crate::houses::{Houses, TRAIN};

/// The one layer that does what a network of linear layers does.
pub fn product(network: &Network) -> Dense {
    let mut layers = network.layers.iter();
    let mut whole = layers.next().expect("a network has a layer").clone();
    for layer in layers {
        whole.weights = matmul(&whole.weights, &layer.weights); // (inputs, outputs)
        whole.biases = whole.biases.dot(&layer.weights) + &layer.biases; // (outputs)
    }
    whole
}

/// Multiplications of one update: a product of matrices forward, one for the weights' slopes, and
/// one to carry the error back, which the first layer is spared.
pub fn multiplications(sizes: &[usize], rows: usize) -> usize {
    let weights: Vec<usize> = sizes.windows(2).map(|pair| pair[0] * pair[1]).collect();
    let all: usize = weights.iter().sum();
    rows * (3 * all - weights[0])
}

/// Multiplications of least squares, about: rows × unknowns² (Golub and Van Loan, *Matrix Computations*).
pub fn multiplications_at_once(rows: usize, unknowns: usize) -> usize {
    rows * unknowns * unknowns
}

/// Four inputs, two hidden layers of five, one output.
pub const STACKED: &[usize] = &[4, 5, 5, 1];
/// Four inputs, one output.
pub const PLAIN: &[usize] = &[4, 1];

/// Multiplications of least squares on the houses.
fn at_once() -> usize {
    multiplications_at_once(TRAIN, PLAIN[0] + 1)
}

/// From how many unknowns on this many updates of one layer, of two multiplications for each row and
/// unknown, are less work than least squares.
pub fn break_even(updates: usize) -> usize {
    2 * updates
}

/// The largest difference between two networks' answers to the same questions.
fn largest_difference<D: Dimension>(a: &Array<f64, D>, b: &Array<f64, D>) -> f64 {
    a.iter().zip(b).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max)
}

/// What the best weighted sum still costs.
fn least_cost(houses: &Houses) -> f64 {
    let fit = houses.least_squares().predict(houses.scaled.inputs.view());
    let error = &houses.scaled.targets.column(0) - &fit;
    0.5 * error.dot(&error) / error.len() as f64
}

/// A fit is as good as least squares when its cost is at most this share higher.
pub const CLOSE: f64 = 1e-6;
/// The rates that each network may choose from.
pub const RATES: [f64; 5] = [1.5, 1.0, 0.5, 0.2, 0.1];
/// After so many updates a run counts as lost.
const PATIENCE: usize = 3_000;
/// How many random starts each network gets.
pub const STARTS: usize = 7;

/// One way to the fit.
#[derive(Clone, Debug)]
pub struct Descent {
    sizes: &'static [usize],
    rate: f64,
    /// The cost before each update and after the last.
    costs: Vec<f64>,
}

impl Descent {
    fn updates(&self) -> usize {
        self.costs.len() - 1
    }

    /// Weights and biases.
    fn unknowns(&self) -> usize {
        self.sizes.windows(2).map(|pair| (pair[0] + 1) * pair[1]).sum()
    }

    /// Multiplications of one update.
    fn each(&self) -> usize {
        multiplications(self.sizes, TRAIN)
    }

    /// Multiplications of all updates.
    fn all(&self) -> usize {
        self.each() * self.updates()
    }

    /// How many times the work of least squares that is.
    fn times(&self) -> f64 {
        self.all() as f64 / at_once() as f64
    }
}

/// Descends until the cost is at most `goal`, and keeps the cost before each update and after the last; none
/// if that takes more than `patience` updates.
fn descend(
    mut network: Network,
    houses: &Examples,
    rate: f64,
    goal: f64,
    patience: usize,
) -> Option<Vec<f64>> {
    let (cost, batch) = (Cost::Quadratic, Batch::Full);
    let training = Training { cost, rate, batch, epochs: patience + 1 };
    let rng = &mut seeded(0); // not asked: nothing is shuffled
    let mut run = training.start(&mut network, houses, rng).ok()?;
    let mut costs = Vec::new();
    while let Some(cost) = run.look().ok()? {
        costs.push(cost);
        if cost <= goal {
            return Some(costs);
        }
        run.step().ok()?;
    }
    None
}

/// The quickest of all rates from one random start.
fn quickest(sizes: &'static [usize], houses: &Houses, seed: u64) -> Option<Descent> {
    let start = Network::new(sizes, Activation::Identity, &mut seeded(seed));
    let goal = least_cost(houses) * (1.0 + CLOSE);
    let mut best: Option<Descent> = None;
    for rate in RATES {
        let patience = best.as_ref().map_or(PATIENCE, |best| best.updates() - 1);
        let costs = descend(start.clone(), &houses.scaled, rate, goal, patience);
        best = costs.map(|costs| Descent { sizes, rate, costs }).or(best);
    }
    best
}

/// The quickest descent from every start, sorted by updates.
pub fn race(sizes: &'static [usize], houses: &Houses, seed: u64) -> Result<Vec<Descent>> {
    let starts = (0..STARTS as u64).into_par_iter();
    let mut runs = starts
        .map(|start| quickest(sizes, houses, seed + start))
        .collect::<Option<Vec<Descent>>>()
        .ok_or("a start reached least squares at no rate")?;
    runs.sort_by_key(Descent::updates);
    Ok(runs)
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::{Array2, array};
    use nn::random::normal;

    #[test]
    fn layers_without_a_bend_equal_their_product() {
        for seed in 0..5 {
            let rng = &mut seeded(seed);
            let mut network = Network::new(&[4, 7, 3, 5, 2], Activation::Identity, rng);
            for layer in &mut network.layers {
                layer.biases.mapv_inplace(|_| normal(rng));
            }
            let x = Array2::from_shape_simple_fn((20, 4), || normal(rng));
            let one = Network::from_layers(vec![product(&network)]);
            let apart =
                largest_difference(&network.predict(x.view()), &one.predict(x.view()));
            assert!(apart < 1e-13, "{apart}");
            // With a bend they part: it is the missing bend that makes them one.
            for layer in &mut network.layers {
                layer.activation = Activation::Tanh;
            }
            let apart =
                largest_difference(&network.predict(x.view()), &one.predict(x.view()));
            assert!(apart > 0.1, "{apart}");
        }
    }

    #[test]
    fn multiplications_are_those_that_one_counts_by_hand() {
        // 2-3-1, one row: 6 + 3 forward, 6 + 3 for the gradients, 3 to carry the error back.
        assert_eq!(multiplications(&[2, 3, 1], 1), 21);
        assert_eq!(multiplications(&[4, 1], 700), 5_600);
    }

    #[test]
    fn three_layers_reach_the_fit_of_one_and_pay_more() {
        let (train, _) = Houses::split(31);
        let [plain, stacked] =
            [PLAIN, STACKED].map(|sizes| quickest(sizes, &train, 1).unwrap().all());
        assert!(stacked > 10 * plain);
        assert!(plain > 10 * multiplications_at_once(TRAIN, 5));
    }

    #[test]
    fn the_product_of_two_layers_can_be_worked_out_by_hand() {
        let layer = |weights, biases| Dense::new(weights, biases, Activation::Identity);
        let network = Network::from_layers(vec![
            layer(array![[1.0, 2.0]], array![1.0, 0.0]),
            layer(array![[3.0], [4.0]], array![5.0]),
        ]);
        // 3 (x + 1) + 4 (2x) + 5 = 11 x + 8.
        assert_eq!(product(&network), layer(array![[11.0]], array![8.0]));
    }
}
