//! Write the backward pass of one neuron. Its output is a = φ(z) with z = Σ wᵢxᵢ + b, and from above
//! comes ∂C/∂a: how the cost grows with the output. Return how it grows with each weight, with the
//! bias, and with each input.
//!
//! `neuron.output(inputs)` gives a, and `neuron.activation.slope(a)` gives φ′(z).

use nn::Neuron;

/// What one neuron passes back.
pub struct Slopes {
    /// ∂C/∂w, one per weight.
    pub weights: Vec<f64>,
    /// ∂C/∂b.
    pub bias: f64,
    /// ∂C/∂x, one per input.
    pub inputs: Vec<f64>,
}

/// From ∂C/∂a, which arrives, to the slopes of everything that went into a.
pub fn backward(neuron: &Neuron, inputs: &[f64], arrives: f64) -> Slopes {
    todo!("what {neuron:?} passes back for {inputs:?}, when {arrives} arrives")
}

#[path = "../checks/neuron_backward.rs"]
mod checks;
