//! b is b · 1: a weight for an input that never changes.

use nn::Neuron;

/// The same neuron with its bias moved into a last weight.
pub fn without_bias(neuron: &Neuron) -> Neuron {
    let mut weights = neuron.weights.clone();
    weights.push(neuron.bias);
    Neuron::new(&weights, 0.0, neuron.activation)
}

/// The same row with the constant input at its end.
pub fn with_one(inputs: &[f64]) -> Vec<f64> {
    let mut row = inputs.to_vec();
    row.push(1.0);
    row
}

#[path = "../checks/bias_as_input.rs"]
mod checks;
