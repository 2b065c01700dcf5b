//! The error of the sum first; everything else is that error times what it was multiplied by.

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
    let delta = arrives * neuron.activation.slope(neuron.output(inputs));
    Slopes {
        weights: inputs.iter().map(|input| delta * input).collect(),
        bias: delta,
        inputs: neuron.weights.iter().map(|weight| delta * weight).collect(),
    }
}

#[path = "../checks/neuron_backward.rs"]
mod checks;
