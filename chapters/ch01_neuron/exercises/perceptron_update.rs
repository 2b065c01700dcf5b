//! Write one correction of the perceptron rule. The neuron has a threshold and says 0 or 1. If it is
//! right, nothing changes. If it says 0 and should say 1, the inputs are added to the weights and 1 to
//! the bias; if it says 1 and should say 0, the inputs and the 1 are taken off.

use nn::Neuron;

/// Corrects the neuron after a look at one row.
pub fn correct(neuron: &mut Neuron, inputs: &[f64], target: f64) {
    todo!("the correction of {neuron:?} by {inputs:?}, which should give {target}")
}

#[path = "../checks/perceptron_update.rs"]
mod checks;
