//! A negative weight lets an input say no; the bias decides how much yes is needed.

use nn::{Activation, Neuron};

/// 1 for (0, 0), else 0.
pub fn nor() -> Neuron {
    Neuron::new(&[-1.0, -1.0], 0.0, Activation::Threshold)
}

/// 1 for (1, 0), else 0.
pub fn first_but_not_second() -> Neuron {
    Neuron::new(&[1.0, -1.0], -1.0, Activation::Threshold)
}

#[path = "../checks/gate_weights.rs"]
mod checks;
