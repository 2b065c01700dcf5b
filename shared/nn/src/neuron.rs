//! One neuron, in plain loops.
//!
//! Everything else in this crate is this file done many times at once. [`crate::Dense`] computes the
//! same numbers for a whole layer and many rows; a test there proves the two equal, but for rounding: a neuron
//! starts from its bias, and a layer adds up the products first.

use crate::{Activation, mismatch::expect_lengths};

/// One artificial neuron: a weighted sum, a bias, an activation.
///
/// ```
/// use nn::{Activation, Neuron};
///
/// let and = Neuron::new(&[1.0, 1.0], -1.5, Activation::Threshold);
/// assert_eq!(and.output(&[1.0, 1.0]), 1.0);
/// assert_eq!(and.output(&[1.0, 0.0]), 0.0);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Neuron {
    /// One weight per input.
    pub weights: Vec<f64>,
    /// What is added to the weighted inputs: how easily the neuron says yes.
    pub bias: f64,
    /// What happens to the sum.
    pub activation: Activation,
}

impl Neuron {
    /// A neuron with these weights, this bias and this activation.
    pub fn new(weights: &[f64], bias: f64, activation: Activation) -> Neuron {
        Neuron { weights: weights.to_vec(), bias, activation }
    }

    /// z = w₁x₁ + w₂x₂ + … + b.
    ///
    /// # Panics
    /// If the number of inputs is not the number of weights.
    pub fn weighted_sum(&self, inputs: &[f64]) -> f64 {
        expect_lengths("a neuron", "weights", &self.weights, "inputs", inputs);
        let mut sum = self.bias;
        for (weight, input) in self.weights.iter().zip(inputs) {
            sum += weight * input;
        }
        sum
    }

    /// φ(z): what the neuron passes on.
    ///
    /// # Panics
    /// If the number of inputs is not the number of weights.
    pub fn output(&self, inputs: &[f64]) -> f64 {
        self.activation.value(self.weighted_sum(inputs))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_neuron_weighs_adds_and_bends() {
        let neuron = Neuron::new(&[2.0, -3.0], -3.0, Activation::Sigmoid);
        // A circuit from the notes of Stanford's CS231n, w = (2, −3), b = −3: .7310585786.
        assert_eq!(neuron.weighted_sum(&[-1.0, -2.0]), 1.0);
        assert!((neuron.output(&[-1.0, -2.0]) - 0.731_058_578_6).abs() < 1e-10);
    }

    #[test]
    #[should_panic(
        expected = "a neuron needs as many inputs as weights, but got 2 weights and 3 inputs"
    )]
    fn a_wrong_number_of_inputs_is_named() {
        Neuron::new(&[1.0, 1.0], 0.0, Activation::Identity).output(&[1.0, 2.0, 3.0]);
    }
}
