//! Yes or no: why descent cannot teach a neuron with a threshold, and what a smooth bend changes.

pub(crate) mod shown;

use std::collections::BTreeSet;
use std::iter::successors;

use datasets::{Scaling, students};
use nn::{Activation, Examples, Neuron, random::normal, seeded};

/// The mean of ½(a − y)² over all rows.
pub fn mean_cost(neuron: &Neuron, examples: &Examples) -> f64 {
    let rows = examples.inputs.rows().into_iter().zip(&examples.targets);
    let costs = rows.map(|(row, y)| {
        let error = neuron.output(&row.to_vec()) - y;
        0.5 * error * error
    });
    costs.sum::<f64>() / examples.rows() as f64
}

/// The learning rate of every neuron.
const RATE: f64 = 0.5;

/// One step downhill on that cost, for a neuron that believes its bend has this slope.
pub fn step(neuron: &mut Neuron, examples: &Examples, slope: impl Fn(f64) -> f64) {
    let before = neuron.clone(); // all rows are judged by the same weights
    let share = RATE / examples.rows() as f64;
    for (row, y) in examples.inputs.rows().into_iter().zip(&examples.targets) {
        let a = before.output(&row.to_vec());
        let delta = (a - y) * slope(a);
        for (weight, x) in neuron.weights.iter_mut().zip(row) {
            *weight -= share * delta * x;
        }
        neuron.bias -= share * delta;
    }
}

/// The exam result from which on a student has passed.
const PASS: f64 = 70.0;

/// The eight students, standardised; the target is 1 for those who passed.
pub fn passes() -> Examples {
    let students = students();
    let raw = students.inputs.view();
    let passed = students.targets.mapv(|exam| f64::from(exam >= PASS));
    Examples::new(Scaling::standardise(raw).apply(raw), passed)
}

/// How a neuron bends, and which slope it believes in.
#[derive(Clone, Copy, Debug)]
struct Learner {
    name: &'static str,
    bend: Activation,
    believes: fn(f64) -> f64,
}

const LEARNERS: [Learner; 3] = [
    Learner {
        name: "threshold",
        bend: Activation::Threshold,
        believes: |a| Activation::Threshold.slope(a),
    },
    Learner {
        name: "sigmoid",
        bend: Activation::Sigmoid,
        believes: |a| Activation::Sigmoid.slope(a),
    },
    Learner { name: "pretender", bend: Activation::Threshold, believes: |_| 1.0 },
];

/// A start from which there is something to learn.
const SEED: u64 = 5;

/// How many steps each neuron takes.
const STEPS: usize = 200;

/// How many values of the first weight are tried, from −4 to 4.
const TRIED: u32 = 8_001;

/// How far that weight is shaken to see whether the cost moves.
const SHAKE: f64 = 1e-6;

impl Learner {
    /// The neuron that every learner starts from, but for its bend.
    fn start(self, seed: u64) -> Neuron {
        let rng = &mut seeded(seed);
        let weights = [normal(rng), normal(rng), normal(rng)];
        Neuron::new(&weights, normal(rng), self.bend)
    }

    /// The neuron before the first step and after each one.
    fn learn(self, seed: u64) -> Vec<Neuron> {
        let examples = passes();
        let next = |before: &Neuron| {
            let mut after = before.clone();
            step(&mut after, &examples, self.believes);
            Some(after)
        };
        successors(Some(self.start(seed)), next).take(STEPS + 1).collect()
    }

    /// The cost of the neuron that it starts from, with another first weight.
    fn cost_at(self, weight: f64, examples: &Examples, seed: u64) -> f64 {
        let mut neuron = self.start(seed);
        neuron.weights[0] = weight;
        mean_cost(&neuron, examples)
    }

    /// At how many of the values tried a little shake of the first weight moves the cost, and how many
    /// different costs they have.
    fn shaken(self, seed: u64) -> [usize; 2] {
        let examples = passes();
        let cost = |weight| self.cost_at(weight, &examples, seed);
        let weights =
            || (0..TRIED).map(|i| 8.0 * f64::from(i) / f64::from(TRIED - 1) - 4.0);
        let moved = weights().filter(|w| cost(w + SHAKE) != cost(w - SHAKE)).count();
        let different: BTreeSet<u64> = weights().map(|w| cost(w).to_bits()).collect();
        [moved, different.len()]
    }
}

/// How many students the neuron is right about.
pub fn right(neuron: &Neuron, examples: &Examples) -> usize {
    let rows = examples.inputs.rows().into_iter().zip(&examples.targets);
    rows.filter(|(row, y)| (neuron.output(&row.to_vec()) >= 0.5) == (**y == 1.0)).count()
}

/// The first of these neurons that is right about everybody.
fn first_right(neurons: &[Neuron], examples: &Examples) -> Option<usize> {
    neurons.iter().position(|neuron| right(neuron, examples) == examples.rows())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn from_no_start_does_descent_move_a_threshold() {
        for seed in 0..50 {
            let neurons = LEARNERS[0].learn(seed);
            assert_eq!(neurons[0], neurons[STEPS], "seed {seed}");
        }
    }

    #[test]
    fn from_every_start_the_sigmoid_gets_better() {
        let examples = passes();
        for seed in 0..50 {
            let neurons = LEARNERS[1].learn(seed);
            let [first, last] =
                [0, STEPS].map(|step| mean_cost(&neurons[step], &examples));
            assert!(last < first, "seed {seed}: {first} {last}");
        }
    }

    #[test]
    fn the_step_is_the_gradient_of_the_cost() {
        let examples = passes();
        let before = LEARNERS[1].start(1);
        let mut after = before.clone();
        step(&mut after, &examples, LEARNERS[1].believes);
        for index in 0..3 {
            let cost = |shake: f64| {
                let mut neuron = before.clone();
                neuron.weights[index] += shake;
                mean_cost(&neuron, &examples)
            };
            let slope = (cost(1e-5) - cost(-1e-5)) / 2e-5;
            let stepped = (before.weights[index] - after.weights[index]) / RATE;
            assert!((slope - stepped).abs() < 1e-9, "{slope} {stepped}");
        }
    }

    #[test]
    fn the_pretender_descends_how_far_the_sums_lie_on_the_wrong_side() {
        let examples = passes();
        let cost = |neuron: &Neuron| {
            let rows = examples.inputs.rows().into_iter().zip(&examples.targets);
            let far = rows.map(|(row, y)| {
                let z = neuron.weighted_sum(&row.to_vec());
                f64::max(0.0, if *y == 1.0 { -z } else { z })
            });
            far.sum::<f64>() / examples.rows() as f64
        };
        for seed in 0..20 {
            let before = LEARNERS[2].start(seed);
            let mut after = before.clone();
            step(&mut after, &examples, LEARNERS[2].believes);
            for index in 0..3 {
                let shaken = |shake: f64| {
                    let mut neuron = before.clone();
                    neuron.weights[index] += shake;
                    cost(&neuron)
                };
                let slope = (shaken(1e-5) - shaken(-1e-5)) / 2e-5;
                let stepped = (before.weights[index] - after.weights[index]) / RATE;
                assert!((slope - stepped).abs() < 1e-9, "{slope} {stepped}");
            }
        }
    }

    #[test]
    fn a_threshold_that_pretends_follows_the_perceptron_rule() {
        let one_row =
            Examples::new(ndarray::array![[3.0, -2.0, 0.5]], ndarray::array![[0.0]]);
        let mut neuron = Neuron::new(&[1.0, 0.0, 0.0], 0.0, Activation::Threshold);
        step(&mut neuron, &one_row, LEARNERS[2].believes);
        // w + (y − a) x with y − a = −1, times the rate.
        assert_eq!(neuron.weights, [1.0 - RATE * 3.0, RATE * 2.0, -RATE * 0.5]);
        assert_eq!(neuron.bias, -RATE);
    }
}
