//! One formula for all three cases: the error is 0, +1 or −1.

use nn::Neuron;

/// Corrects the neuron after a look at one row.
pub fn correct(neuron: &mut Neuron, inputs: &[f64], target: f64) {
    let error = target - neuron.output(inputs);
    for (weight, input) in neuron.weights.iter_mut().zip(inputs) {
        *weight += error * input;
    }
    neuron.bias += error;
}

#[path = "../checks/perceptron_update.rs"]
mod checks;
