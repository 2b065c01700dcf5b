//! The eight students again: one update an epoch, eight, or three, and what of it hangs on chance.

pub(crate) mod shown;

use datasets::{Scaling, students};
use lesson::Spread;
use ndarray::{Array2, array};
use nn::{Activation, Backprop, Cost, Dense, Examples, Network, seeded};
use rand::seq::SliceRandom;

/// The learning rate of every run on this page.
const RATE: f64 = 0.1;
/// Rows per update: all, some, one.
const BATCHES: [usize; 3] = [8, 3, 1];
/// How often each run is repeated.
const SEEDS: u64 = 20;
/// How long it goes on.
const EPOCHS: usize = 40;

/// One look at one student during an epoch.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Look {
    /// The student's place in the data.
    pub student: usize,
    /// What the neuron answered, with the weights that it had then.
    pub answer: f64,
    /// How many updates had been made after this look.
    pub updates: usize,
}

/// One epoch: the students in this order, an update after every `batch` of them.
pub fn epoch(
    network: &mut Network,
    students: &Examples,
    order: &[usize],
    batch: usize,
) -> Vec<Look> {
    let mut backprop = Backprop::new(network, batch);
    let mut looks = Vec::new();
    for (done, rows) in order.chunks(batch).enumerate() {
        let few = students.select(rows);
        backprop.run(network, &few, Cost::Quadratic);
        let answers = backprop.outputs();
        for (place, &student) in rows.iter().enumerate() {
            // The update comes after the last row of the batch.
            let updates = if place + 1 == rows.len() { done + 1 } else { done };
            looks.push(Look { student, answer: answers[[place, 0]], updates });
        }
        network.update(RATE, backprop.gradients());
    }
    looks
}

/// The students, inputs and exam standardised.
pub(crate) fn scaled_students() -> Examples {
    let raw = students();
    let scaled =
        |rows: &Array2<f64>| Scaling::standardise(rows.view()).apply(rows.view());
    Examples::new(scaled(&raw.inputs), scaled(&raw.targets))
}

/// One linear neuron that knows nothing yet.
fn start() -> Network {
    let weights = Array2::zeros((3, 1));
    Network::from_layers(vec![Dense::new(weights, array![0.0], Activation::Identity)])
}

/// One epoch of a neuron that knew nothing, and the cost of all students afterwards.
fn one_epoch(students: &Examples, order: &[usize], batch: usize) -> (Vec<Look>, f64) {
    let mut network = start();
    let looks = epoch(&mut network, students, order, batch);
    (looks, network.cost(students, Cost::Quadratic))
}

/// The cost of all students, before training and after each epoch. Without a seed, the order stays the same.
fn costs(students: &Examples, batch: usize, seed: Option<u64>) -> Vec<f64> {
    let mut network = start();
    let mut order: Vec<usize> = (0..students.rows()).collect();
    let mut rng = seed.map(seeded);
    let mut costs = vec![network.cost(students, Cost::Quadratic)];
    for _ in 0..EPOCHS {
        if let Some(rng) = &mut rng
            && batch < students.rows()
        {
            order.shuffle(rng);
        }
        epoch(&mut network, students, &order, batch);
        costs.push(network.cost(students, Cost::Quadratic));
    }
    costs
}

/// Many runs of each kind: rows per update, and whether each epoch has an order of its own.
const KINDS: [(usize, bool); 4] = [(8, true), (3, true), (1, true), (1, false)];

/// The costs of all runs of each kind.
fn repeat(students: &Examples, seed: u64) -> [Vec<Vec<f64>>; 4] {
    KINDS.map(|(batch, shuffles)| {
        let seed = |run| shuffles.then_some(seed + run);
        (0..SEEDS).map(|run| costs(students, batch, seed(run))).collect()
    })
}

/// The lowest cost that a linear neuron can have here: batch descent finds it, given time.
fn lowest_cost(students: &Examples) -> f64 {
    let mut network = start();
    let order: Vec<usize> = (0..students.rows()).collect();
    for _ in 0..2_000 {
        epoch(&mut network, students, &order, order.len());
    }
    network.cost(students, Cost::Quadratic)
}

/// Where repeated runs end: the mean of their costs, the lowest, the highest, and the standard deviation.
fn ends(runs: &[Vec<f64>]) -> [f64; 4] {
    let ends: Vec<f64> = runs.iter().map(|costs| costs[EPOCHS]).collect();
    let count = ends.len() as f64;
    let mean = ends.iter().sum::<f64>() / count;
    let squares: f64 = ends.iter().map(|cost| (cost - mean) * (cost - mean)).sum();
    let spread = Spread::of(ends);
    let (lowest, highest) = (spread.least(), spread.most());
    // Equal runs deviate by exactly nothing; their mean may be off by a rounding.
    let deviation = if lowest == highest { 0.0 } else { (squares / count).sqrt() };
    [mean, lowest, highest, deviation]
}

#[cfg(test)]
mod tests {
    use super::*;

    const ORDER: [usize; 8] = [3, 0, 7, 1, 6, 2, 5, 4];

    #[test]
    fn eight_students_make_one_update_or_three_or_eight() {
        let students = scaled_students();
        for (batch, updates) in [(8, 1), (3, 3), (1, 8), (5, 2)] {
            let looks = epoch(&mut start(), &students, &ORDER, batch);
            assert_eq!(looks.len(), 8);
            assert_eq!(looks[7].updates, updates, "m = {batch}");
        }
    }

    #[test]
    fn all_looks_of_a_batch_use_the_same_weights() {
        let students = scaled_students();
        // The neuron starts at zero: whatever it answers before its first update is zero.
        let answers = |batch| -> Vec<bool> {
            let looks = epoch(&mut start(), &students, &ORDER, batch);
            looks.iter().map(|look| look.answer == 0.0).collect()
        };
        let first = |zeros| -> Vec<bool> { (0..8).map(|place| place < zeros).collect() };
        assert_eq!(answers(8), first(8));
        assert_eq!(answers(3), first(3));
        assert_eq!(answers(1), first(1));
    }

    #[test]
    fn batch_descent_and_a_fixed_order_repeat_themselves_and_shuffled_rows_do_not() {
        let students = scaled_students();
        assert_eq!(costs(&students, 8, Some(1)), costs(&students, 8, Some(2)));
        assert_eq!(costs(&students, 1, None), costs(&students, 1, None));
        assert_eq!(costs(&students, 1, Some(1)), costs(&students, 1, Some(1)));
        assert_ne!(costs(&students, 1, Some(1)), costs(&students, 1, Some(2)));
    }
}
