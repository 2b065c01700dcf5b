//! People learn fast from big mistakes: does a neuron?

pub(crate) mod shown;

use datasets::reader::{DigitReader, order, untrained};
use nn::Activation::Sigmoid;
use nn::{Batch, Cost, Examples, Training};
use rayon::prelude::*;

use crate::faster::Digits;
use crate::light_read;

/// Updates of every run.
const UPDATES: usize = 300;
/// The rate of the quadratic runs.
const RATE: f64 = 0.15;
/// A larger one: with it the quadratic cost pushes an output near one half as hard as cross-entropy does at [`RATE`].
const LARGE_RATE: f64 = 4.0 * RATE;
/// The smaller rate at which the text runs cross-entropy.
const SMALL_RATE: f64 = 0.005;
/// The two starts: weight and bias.
const STARTS: [[f64; 2]; 2] = [[0.6, 0.9], [2.0, 2.0]];

/// The costs that the digits' whole network is trained with, and the rates that are tried.
const COSTS: [(Cost, &str, [f64; 3]); 2] = [
    (Cost::Quadratic, "quadratic", [1.0, 2.0, 4.0]),
    (Cost::BinaryCrossEntropy, "cross-entropy", [0.2, 0.5, 1.0]),
];
/// How long each of those runs goes on.
const EPOCHS: usize = 6;
/// How many runs choose a rate, and how many others, in pairs, report on it.
const CHOOSING: u64 = 4;
const PAIRS: u64 = 12;

/// What is made small, for the target 0: ½a², or −ln(1 − a).
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Way {
    /// Quadratic cost.
    Quadratic,
    /// Cross-entropy.
    CrossEntropy,
    /// The slope of the cross-entropy along the output, taken for the slope along the sum.
    Mistaken,
}

/// The runs of the table, from both starts: the cost, its name, and the rate.
const RUNS: [(Way, &str, f64); 3] = [
    (Way::Quadratic, "quadratic", RATE),
    (Way::Quadratic, "quadratic", LARGE_RATE),
    (Way::CrossEntropy, "cross-entropy", RATE),
];

/// The slope of the cost along the weighted sum, δ, where the output is `a`.
pub fn delta(way: Way, a: f64) -> f64 {
    match way {
        Way::Quadratic => a * Sigmoid.slope(a),
        Way::CrossEntropy => a,
        Way::Mistaken => 1.0 / (1.0 - a),
    }
}

/// One input of 1: weight and bias get the same push. Outputs before and after each update.
pub fn learn(way: Way, [mut w, mut b]: [f64; 2], rate: f64) -> Run {
    let mut outputs = vec![Sigmoid.value(w + b)];
    for _ in 0..UPDATES {
        let push = rate * delta(way, outputs[outputs.len() - 1]);
        (w, b) = (w - push, b - push);
        outputs.push(Sigmoid.value(w + b));
    }
    Run { outputs, w, b }
}

/// The outputs over the updates, and the weight and the bias at the end.
#[derive(Clone, Debug)]
pub struct Run {
    outputs: Vec<f64>,
    w: f64,
    b: f64,
}

impl Run {
    /// The first update after which the output is below one half, if there is one.
    fn turn(&self) -> Option<usize> {
        self.outputs.iter().position(|a| *a < 0.5)
    }

    fn end(&self) -> f64 {
        self.outputs[UPDATES]
    }
}

/// How many times as hard as the quadratic cost cross-entropy pushes an output of `a`.
fn ratio(a: f64) -> f64 {
    delta(Way::CrossEntropy, a) / delta(Way::Quadratic, a)
}

/// Runs from both starts.
fn learn_from_both(way: Way, rate: f64) -> [Run; 2] {
    STARTS.map(|start| learn(way, start, rate))
}

/// The outputs in the end at the small rate: with the slope of cross-entropy, and with the mistaken one.
fn at_small_rate(start: [f64; 2]) -> [f64; 2] {
    [Way::CrossEntropy, Way::Mistaken].map(|way| learn(way, start, SMALL_RATE).end())
}

/// The light read's network at its published rates, trained with the quadratic cost and with cross-entropy.
fn other_cost() -> Vec<(f64, [light_read::Run; 2])> {
    let both = |rate| {
        let pushes: [light_read::Push; 2] =
            [light_read::quadratic, light_read::cross_entropy];
        (rate, pushes.map(|push| light_read::learn(rate, push)))
    };
    light_read::PUBLISHED.into_par_iter().map(both).collect()
}

/// The whole network: 64 pixels, 32 hidden neurons with tanh, ten sigmoids. The share of unseen digits that it reads
/// after each epoch, when this cost is made small.
fn read_digits(
    cost: Cost,
    rate: f64,
    seed: u64,
    digits: &Digits,
    unseen: &Examples,
) -> Vec<f64> {
    let mut network = untrained(seed).with_output(Sigmoid);
    let rng = &mut order(seed);
    let training = Training { cost, rate, batch: Batch::Rows(32), epochs: EPOCHS };
    let mut run = training.start(&mut network, &digits.train, rng).expect("digits fit");
    let mut accuracies = Vec::new();
    while run.epoch().expect("no rate that is tried diverges").is_some() {
        accuracies.push(run.network.accuracy(unseen));
    }
    accuracies
}

/// One of the [`COSTS`] at its best rate.
struct Reading {
    rate: f64,
    /// The share of test digits after each epoch, of each seed.
    accuracies: Vec<Vec<f64>>,
}

/// Each cost at the rate that reads most validation digits over all epochs, from other weights than those that chose it.
/// Runs of both costs are pairs: they begin with the same weights and see the rows in the same order.
fn read_with_both(seed: u64, read: &(impl Fn() + Sync)) -> [Reading; 2] {
    let digits = Digits::new(&DigitReader::new(seed), seed + 9);
    let run = |cost, rate, seed, unseen: &Examples| {
        let accuracies = read_digits(cost, rate, seed, &digits, unseen);
        read();
        accuracies
    };
    COSTS.map(|(cost, _, rates)| {
        let right = |rate: f64| -> f64 {
            let seeds = (0..CHOOSING).into_par_iter().map(|k| seed + 100 + 10 * k);
            let runs = seeds.map(|seed| run(cost, rate, seed, &digits.validation));
            let runs: Vec<Vec<f64>> = runs.collect();
            runs.iter().flatten().sum()
        };
        let tried = rates.map(|rate| (rate, right(rate)));
        // The first of equals.
        let (rate, _) = tried
            .into_iter()
            .rev()
            .max_by(|a, b| a.1.total_cmp(&b.1))
            .expect("there are rates");
        let seeds = (0..PAIRS).into_par_iter().map(|k| seed + 1_000 + 10 * k);
        let runs = seeds.map(|seed| run(cost, rate, seed, &digits.test));
        Reading { rate, accuracies: runs.collect() }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(found: f64, published: f64, tolerance: f64) {
        assert!((found - published).abs() < tolerance, "{found}, published {published}");
    }

    /// Nielsen, "Neural Networks and Deep Learning", 2015, chapter 3.
    #[test]
    fn the_quadratic_runs_end_as_published() {
        let mild = learn(Way::Quadratic, STARTS[0], 0.15);
        near(mild.outputs[0], 0.817_574, 5e-7);
        near(mild.end(), 0.093_956, 5e-7);
        near(mild.w, -1.283_132, 5e-7);
        near(mild.b, -0.983_132, 5e-7);
        let saturated = learn(Way::Quadratic, STARTS[1], 0.15);
        near(saturated.outputs[0], 0.982_014, 5e-7);
        near(saturated.outputs[150], 0.933_417, 5e-7);
        near(saturated.end(), 0.202_848, 5e-7);
        near(saturated.w, -0.684_293, 5e-7);
        near(saturated.b, -0.684_293, 5e-7);
    }

    #[test]
    fn cross_entropy_ends_where_its_right_slope_leads() {
        let end = |start, rate| learn(Way::CrossEntropy, start, rate).end();
        near(end(STARTS[0], 0.15), 0.011_64, 5e-6);
        near(end(STARTS[1], 0.15), 0.012_01, 5e-6);
        near(end(STARTS[0], 0.005), 0.4177, 5e-5);
        near(end(STARTS[1], 0.005), 0.7796, 5e-5);
    }

    /// What the interactive figures of the same chapter end at.
    #[test]
    fn the_published_widgets_follow_the_mistaken_slope() {
        let end = |start| learn(Way::Mistaken, start, 0.005).end();
        near(end(STARTS[0]), 0.0404, 5e-5);
        near(end(STARTS[1]), 0.0479, 5e-5);
    }

    #[test]
    fn either_cost_teaches_the_whole_network_to_read() {
        let digits = Digits::new(&DigitReader::new(1), 2);
        for (cost, name, rates) in COSTS {
            let read = read_digits(cost, rates[1], 1, &digits, &digits.test);
            assert_eq!(read.len(), EPOCHS);
            assert!(read[EPOCHS - 1] > 0.9, "{name}: {read:?}");
        }
    }

    #[test]
    fn the_slopes_are_the_limits_of_differences() {
        let h = 1e-6;
        for z in [-2.0, 0.3, 4.0] {
            let quadratic = |z| 0.5 * Sigmoid.value(z) * Sigmoid.value(z);
            let entropy = |z| -nn::math::ln(1.0 - Sigmoid.value(z));
            let a = Sigmoid.value(z);
            let slope = |cost: fn(f64) -> f64| (cost(z + h) - cost(z - h)) / (2.0 * h);
            near(slope(quadratic), delta(Way::Quadratic, a), 1e-8);
            near(slope(entropy), delta(Way::CrossEntropy, a), 1e-8);
        }
    }
}
