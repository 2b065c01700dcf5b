//! One curve, fitted by more and more neurons: each of them may bend the line once.

mod live;
pub(crate) mod shown;

pub use live::BENDS;

use lesson::Result;
use ndarray::{Array2, array};
use nn::math::sin;
use nn::random::normal;
use nn::{Activation, Batch, Cost, Examples, Momentum, Network, Training, seeded};
use rand::{Rng, RngExt};
use rayon::prelude::*;

/// The curve that the points come from.
pub fn curve(x: f64) -> f64 {
    sin(3.0 * x) + 0.5 * x
}

/// Where the points lie.
pub const REACH: f64 = 2.0;
/// How far a point may stray from the curve: the standard deviation.
pub const NOISE: f64 = 0.2;
/// How many points we learn from, and how many are kept for the test.
pub const ROWS: [usize; 2] = [30, 300];
/// How many hidden neurons we try.
pub const SIZES: [usize; 6] = [1, 2, 3, 5, 10, 30];
/// How many random starts each network gets.
pub const STARTS: u64 = 5;

/// How each network is trained.
pub const TRAINING: Training =
    Training { cost: Cost::Quadratic, rate: 0.02, batch: Batch::Full, epochs: 1_500 };
/// The memory of the descent (see [`Momentum`]).
pub const MEMORY: f64 = 0.9;

/// Points around the curve, evenly spread at random.
pub fn points(rows: usize, rng: &mut impl Rng) -> Examples {
    let x = || REACH * (2.0 * rng.random::<f64>() - 1.0);
    let x = Array2::from_shape_simple_fn((rows, 1), x);
    let y = x.mapv(|x| curve(x) + NOISE * normal(rng));
    Examples::new(x, y)
}

/// Those of `points` that lie between the outermost of `others`.
pub fn between(points: &Examples, others: &Examples) -> Examples {
    let reach = others.inputs.iter().copied();
    let low = reach.clone().fold(f64::INFINITY, f64::min);
    let high = reach.fold(f64::NEG_INFINITY, f64::max);
    let inside = |row: &usize| (low..=high).contains(&points.inputs[[*row, 0]]);
    points.select(&(0..points.rows()).filter(inside).collect::<Vec<_>>())
}

/// A network of one input, `neurons` ReLU neurons and one output, whose bends lie here and there.
pub fn start(neurons: usize, seed: u64) -> Network {
    let rng = &mut seeded(seed);
    let mut network = Network::new(&[1, neurons, 1], Activation::Relu, rng);
    for bias in &mut network.layers[0].biases {
        *bias = 2.0 * normal(rng);
    }
    network
}

/// What the curve itself would cost on these points: the noise alone.
pub fn cost_of_the_curve(points: &Examples) -> f64 {
    let errors = points.inputs.iter().zip(&points.targets).map(|(&x, y)| curve(x) - y);
    0.5 * errors.map(|error| error * error).sum::<f64>() / points.rows() as f64
}

/// Where the line bends: at −b / w for a ReLU of weight w and bias b, if that lies among the points.
pub fn bends(network: &Network) -> Vec<f64> {
    let [hidden, output] = &network.layers[..] else { return Vec::new() };
    let neurons = hidden.weights.iter().zip(&hidden.biases).zip(&output.weights);
    let mut places: Vec<f64> = neurons
        // What changes the slope by less than a hundredth is no bend to the eye.
        .filter(|((weight, _), onward)| (*weight * *onward).abs() > 0.01)
        .map(|((weight, bias), _)| -bias / weight)
        .filter(|place| place.abs() < REACH)
        .collect();
    places.sort_by(f64::total_cmp);
    places
}

/// A trained network, and what it costs on the points that it has seen.
fn learn(neurons: usize, points: &Examples, seed: u64) -> Result<(f64, Network)> {
    let mut network = start(neurons, seed);
    let rng = &mut seeded(seed);
    TRAINING
        .start(&mut network, points, rng)?
        .with_rule(|| Momentum::new(MEMORY))
        .finish()?;
    Ok((network.cost(points, TRAINING.cost), network))
}

/// Every start of one size, the one with the lowest cost first.
pub fn learn_all(
    neurons: usize,
    points: &Examples,
    seed: u64,
) -> Result<Vec<(f64, Network)>> {
    let starts = (0..STARTS).into_par_iter();
    let networks = starts.map(|start| learn(neurons, points, seed + start));
    let mut networks = networks.collect::<Result<Vec<_>>>()?;
    networks.sort_by(|a, b| a.0.total_cmp(&b.0));
    Ok(networks)
}

/// The places between which a network's line is straight: both ends, and its bends between them.
pub fn corners(network: &Network) -> Vec<(f64, f64)> {
    let answer = |x: f64| network.predict(array![[x]].view())[[0, 0]];
    let ends = [-REACH].into_iter().chain(bends(network)).chain([REACH]);
    ends.map(|x| (x, answer(x))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use nn::Dense;

    #[test]
    fn a_line_bends_where_a_neuron_wakes() {
        // relu(x − 1) + 2 relu(−x + ½): bends at 1 and at ½.
        let network = Network::from_layers(vec![
            Dense::new(array![[1.0, -1.0]], array![-1.0, 0.5], Activation::Relu),
            Dense::new(array![[1.0], [2.0]], array![0.0], Activation::Identity),
        ]);
        assert_eq!(bends(&network), [0.5, 1.0]);
    }

    #[test]
    fn between_two_bends_the_line_is_straight() {
        let train = points(30, &mut seeded(1));
        let (_, network) = learn(5, &train, 1).unwrap();
        let answer = |x: f64| network.predict(array![[x]].view())[[0, 0]];
        let corners = corners(&network);
        for pair in corners.windows(2) {
            let middle = answer(0.5 * (pair[0].0 + pair[1].0));
            let straight = 0.5 * (pair[0].1 + pair[1].1);
            // What was too small a bend to count may still show here.
            assert!((middle - straight).abs() < 0.01, "between {pair:?}");
        }
        assert!(corners.len() > 3, "it should have learnt to bend: {corners:?}");
    }

    #[test]
    fn with_few_neurons_it_is_luck_which_bends_are_found_and_with_many_it_is_not() {
        let points = live::examples(&live::few(0));
        let costs = |neurons| {
            let starts = (0..10).map(|start| live::FIRST + start);
            let mut costs = starts.map(|seed| learn(neurons, &points, seed).unwrap().0);
            let first = costs.next().unwrap();
            costs.fold([first; 2], |[low, high], cost| [low.min(cost), high.max(cost)])
        };
        let ([low, high], [_, worst_of_many]) = (costs(3), costs(30));
        assert!(high > 4.0 * low, "three neurons: from {low} to {high}");
        assert!(worst_of_many < low, "thirty neurons: up to {worst_of_many}");
    }

    #[test]
    fn ten_neurons_fit_what_one_cannot() {
        let train = points(30, &mut seeded(1));
        let best = |neurons| learn_all(neurons, &train, 80).unwrap()[0].0;
        assert!(best(10) < 0.2 * best(1));
    }
}
