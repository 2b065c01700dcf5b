//! A network seen as a plain function: a list of numbers in, a cost out.
//!
//! Search and descent need no more than that. What they are charged is counted here.

use datasets::{Scaling, students};
use nn::random::normal;
use nn::{Activation, Backprop, Cost, Examples, Network};
use rand::Rng;

/// The students' network: three inputs, five hidden neurons, one output.
pub const SIZES: [usize; 3] = [3, 5, 1];

/// The mean quadratic cost of some examples as a function of all weights and biases of a network.
#[derive(Clone, Debug)]
pub struct Flat {
    network: Network,
    examples: Examples,
    backprop: Backprop,
    /// How often the cost has been computed so far.
    pub evaluations: usize,
}

impl Flat {
    /// The eight students, inputs and exam standardised, through a network of [`SIZES`] with tanh.
    pub fn students(rng: &mut impl Rng) -> Flat {
        let students = students();
        let standard =
            |rows: ndarray::ArrayView2<f64>| Scaling::standardise(rows).apply(rows);
        let examples = Examples::new(
            standard(students.inputs.view()),
            standard(students.targets.view()),
        );
        Flat::new(Network::new(&SIZES, Activation::Tanh, rng), examples)
    }

    /// These examples through this network.
    pub fn new(network: Network, examples: Examples) -> Flat {
        let backprop = Backprop::new(&network, examples.rows());
        Flat { network, examples, backprop, evaluations: 0 }
    }

    /// All weights and biases in a row.
    pub fn numbers(&self) -> Vec<f64> {
        self.network.parameters().collect()
    }

    /// New random weights and biases, as a network of these sizes starts out with them.
    pub fn draw(&mut self, rng: &mut impl Rng) -> Vec<f64> {
        for layer in &mut self.network.layers {
            let deviation = 1.0 / (layer.inputs() as f64).sqrt();
            layer.weights.mapv_inplace(|_| deviation * normal(rng));
            layer.biases.fill(0.0);
        }
        self.numbers()
    }

    /// The cost with these numbers in place.
    pub fn cost(&mut self, numbers: &[f64]) -> f64 {
        self.put(numbers);
        self.evaluations += 1;
        let Examples { inputs, targets } = &self.examples;
        self.backprop.forward(&self.network, inputs.view());
        let outputs = self.backprop.outputs();
        let pairs = outputs.iter().zip(targets);
        let total: f64 = pairs.map(|(a, y)| 0.5 * (a - y) * (a - y)).sum();
        total / inputs.nrows() as f64
    }

    /// The gradient by backpropagation, into `gradient`, and the cost. Nothing is counted here.
    pub fn gradient(&mut self, numbers: &[f64], gradient: &mut [f64]) -> f64 {
        self.put(numbers);
        let cost = self.backprop.run(&self.network, &self.examples, Cost::Quadratic);
        let slopes = self.backprop.gradients().entries();
        gradient.iter_mut().zip(slopes).for_each(|(entry, slope)| *entry = slope);
        cost
    }

    fn put(&mut self, numbers: &[f64]) {
        let places = self.network.parameters_mut();
        places.zip(numbers).for_each(|(place, number)| *place = *number);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use nn::seeded;

    #[test]
    fn numbers_go_in_and_come_out_in_the_same_order() {
        let mut flat = Flat::students(&mut seeded(1));
        let numbers: Vec<f64> = (0..flat.numbers().len()).map(|n| n as f64).collect();
        flat.cost(&numbers);
        assert_eq!(flat.numbers(), numbers);
        assert_eq!(numbers.len(), 3 * 5 + 5 + 5 + 1);
    }

    #[test]
    fn the_cost_is_that_of_the_network_and_so_is_the_gradient() {
        let mut flat = Flat::students(&mut seeded(1));
        let (numbers, mut gradient) = (flat.numbers(), vec![0.0; 26]);
        let cost = flat.gradient(&numbers, &mut gradient);
        assert_eq!(flat.network.cost(&flat.examples, Cost::Quadratic), cost);
        assert!((flat.cost(&numbers) - cost).abs() < 1e-15);
        let ahead: Vec<f64> =
            numbers.iter().zip(&gradient).map(|(x, slope)| x - 1e-6 * slope).collect();
        let squares: f64 = gradient.iter().map(|slope| slope * slope).sum();
        let fallen = (cost - flat.cost(&ahead)) / 1e-6;
        assert!((fallen / squares - 1.0).abs() < 1e-4, "{fallen} {squares}");
    }
}
