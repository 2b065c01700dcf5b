//! The exercises of chapter 6, solved.

mod broken_derivative;
mod fork;
mod layer_backward;
mod neuron_backward;
mod softmax_error;

#[path = "../checks/mod.rs"]
mod checks;
