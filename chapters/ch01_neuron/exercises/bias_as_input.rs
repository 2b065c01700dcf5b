//! Many texts have no bias: they give every neuron one more input that is always 1. Show that this is
//! the same thing. Turn a neuron with a bias into one whose bias is 0 and which has one weight more,
//! and add the constant input to a row. Put the new one last in both.

use nn::Neuron;

/// The same neuron with its bias moved into a last weight.
pub fn without_bias(neuron: &Neuron) -> Neuron {
    todo!("where does the bias go?")
}

/// The same row with the constant input at its end.
pub fn with_one(inputs: &[f64]) -> Vec<f64> {
    todo!("which input leaves a weight as it is?")
}
