//! Many texts have no bias: they give every neuron one more input that is always 1. It comes to the same
//! thing. Turn a neuron with a bias into one whose bias is 0 and which has one weight more, and add the
//! constant input to a row of inputs. The new weight and the new input both go last.

use nn::Neuron;

/// The same neuron with its bias moved into a last weight.
pub fn without_bias(neuron: &Neuron) -> Neuron {
    todo!("a neuron without a bias that does the same as {neuron:?}")
}

/// The same row with the constant input at its end.
pub fn with_one(inputs: &[f64]) -> Vec<f64> {
    todo!("the row {inputs:?} with one input more")
}

#[path = "../checks/bias_as_input.rs"]
mod checks;
