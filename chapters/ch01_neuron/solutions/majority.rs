//! Every vote weighs the same; the bias stands halfway between one vote and two.

use nn::{Activation, Neuron};

/// 1 when two or three of the three inputs are 1, else 0.
pub fn majority() -> Neuron {
    Neuron::new(&[1.0, 1.0, 1.0], -1.5, Activation::Threshold)
}

#[path = "../checks/majority.rs"]
mod checks;
