//! Eight students go through the same weights, their costs are added up, and the weights move once.

pub(crate) mod shown;

use datasets::{Scaling, students};
use ndarray::{Array2, Axis, array, concatenate};
use nn::{Activation, Backprop, Cost, Dense, Examples, Gradients, Network, Neuron};

/// η, for the sum of the costs of all rows.
pub const RATE: f64 = 0.5;

/// How many updates we make when we compare sum and mean.
pub const UPDATES: usize = 100;

/// Standardised inputs, and the exam as a share from 0 to 1.
pub fn scaled_students() -> Examples {
    let students = students();
    let inputs = students.inputs.view();
    let inputs = Scaling::standardise(inputs).apply(inputs);
    Examples::new(inputs, students.targets / 100.0)
}

/// The one neuron that all students meet, before it has learnt anything.
pub fn neuron() -> Neuron {
    Neuron::new(&[0.2, -0.1, 0.1], 1.0, Activation::Sigmoid)
}

/// The same neuron as a network, so that backpropagation can be asked.
pub fn network(neuron: &Neuron) -> Network {
    let weights =
        Array2::from_shape_vec((neuron.weights.len(), 1), neuron.weights.clone());
    let weights = weights.expect("one column"); // (inputs, 1)
    Network::from_layers(vec![Dense::new(
        weights,
        array![neuron.bias],
        neuron.activation,
    )])
}

/// How the costs of the rows become one cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Total {
    /// They are added up.
    Sum,
    /// They are added up and divided by their number.
    Mean,
}

/// ½ (a − y)² of each row.
pub fn costs(network: &Network, rows: &Examples) -> Vec<f64> {
    let answers = network.predict(rows.inputs.view()); // (rows, 1)
    let pairs = answers.iter().zip(&rows.targets);
    pairs.map(|(answer, target)| 0.5 * (answer - target) * (answer - target)).collect()
}

/// The gradient of the mean cost: three weights and the bias.
fn gradient(network: &Network, rows: &Examples) -> Gradients {
    let mut backprop = Backprop::new(network, rows.rows());
    backprop.run(network, rows, Cost::Quadratic);
    backprop.gradients().clone()
}

/// One update from all rows; returns how far the weights moved.
pub fn update(network: &mut Network, rows: &Examples, total: Total, rate: f64) -> f64 {
    let gradient = gradient(network, rows);
    let times = if total == Total::Sum { rows.rows() as f64 } else { 1.0 };
    network.update(rate * times, &gradient);
    let squares: f64 = gradient.entries().map(|slope| slope * slope).sum();
    rate * times * squares.sqrt()
}

/// How each row's cost grows with the three weights and the bias.
pub fn pulls(network: &Network, rows: &Examples) -> Vec<Vec<f64>> {
    let alone = |row| gradient(network, &rows.select(&[row]));
    (0..rows.rows()).map(|row| alone(row).entries().collect()).collect()
}

/// What the pulls of all rows add up to.
pub fn added(pulls: &[Vec<f64>]) -> Vec<f64> {
    (0..4).map(|number| pulls.iter().map(|pulls| pulls[number]).sum()).collect()
}

/// How many costs fall and how many rise.
pub fn better_and_worse(before: &[f64], after: &[f64]) -> [usize; 2] {
    let pairs = || before.iter().zip(after);
    let better = pairs().filter(|(before, after)| after < before).count();
    [better, pairs().filter(|(before, after)| after > before).count()]
}

/// How many times each student is taken.
pub const COPIES: [usize; 4] = [1, 2, 10, 100];

/// The same rows so many times: the same problem, more rows.
pub fn repeated(rows: &Examples, copies: usize) -> Examples {
    let repeat = |matrix: &Array2<f64>| {
        concatenate(Axis(0), &vec![matrix.view(); copies]).expect("equal columns")
    };
    Examples::new(repeat(&rows.inputs), repeat(&rows.targets))
}

/// What became of the neuron.
#[derive(Clone, Copy, Debug)]
pub struct Trained {
    /// How far its weights moved at the first update.
    pub first_step: f64,
    /// The mean cost of a row in the end.
    pub cost: f64,
    /// The least that it says to any row in the end.
    pub least_answer: f64,
}

/// Trains the neuron with either total.
pub fn train(rows: &Examples, total: Total) -> Trained {
    let mut network = network(&neuron());
    let first_step = update(&mut network, rows, total, RATE);
    for _ in 1..UPDATES {
        update(&mut network, rows, total, RATE);
    }
    let answers = network.predict(rows.inputs.view());
    let least_answer = answers.iter().copied().fold(1.0, f64::min);
    Trained { first_step, cost: network.cost(rows, Cost::Quadratic), least_answer }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_neuron_asked_eight_times_is_eight_equal_neurons() {
        let students = scaled_students();
        let together = network(&neuron()).predict(students.inputs.view());
        for (row, answer) in students.inputs.rows().into_iter().zip(&together) {
            assert!((neuron().output(&row.to_vec()) - answer).abs() < 1e-15);
        }
    }

    #[test]
    fn the_gradient_of_the_total_is_the_total_of_the_gradients() {
        let (students, network) = (scaled_students(), network(&neuron()));
        let whole = gradient(&network, &students);
        let total = added(&pulls(&network, &students));
        assert_eq!(total.len(), whole.entries().count());
        for (mean, total) in whole.entries().zip(total) {
            assert!((8.0 * mean - total).abs() < 1e-15);
        }
    }

    #[test]
    fn the_sum_at_one_rate_is_the_mean_at_eight_times_the_rate() {
        let students = scaled_students();
        let [mut sum, mut mean] = [(); 2].map(|()| network(&neuron()));
        update(&mut sum, &students, Total::Sum, 0.25);
        update(&mut mean, &students, Total::Mean, 2.0);
        assert_eq!(sum, mean);
    }

    #[test]
    fn the_mean_does_not_mind_copies_and_the_sum_does() {
        let students = scaled_students();
        let twice = repeated(&students, 2);
        let step =
            |rows: &Examples, total| update(&mut network(&neuron()), rows, total, 0.1);
        let doubled = step(&twice, Total::Sum) / step(&students, Total::Sum);
        assert!((doubled - 2.0).abs() < 1e-12, "{doubled}");
        let same = step(&twice, Total::Mean) / step(&students, Total::Mean);
        assert!((same - 1.0).abs() < 1e-12, "{same}");
    }
}
