//! The same for a whole layer and many rows. The layer computes A = φ(X W + b); from above comes
//! ∂C/∂A, with a row per example. Return ∂C/∂W, ∂C/∂b and ∂C/∂X. Add over the rows; do not take the mean.
//!
//! The shapes tell nearly everything: W is (inputs, outputs), X is (rows, inputs), A is (rows, outputs).

use ndarray::{Array1, Array2};
use nn::Dense;

/// What a layer passes back.
pub struct Slopes {
    /// ∂C/∂W, (inputs, outputs).
    pub weights: Array2<f64>,
    /// ∂C/∂b, (outputs).
    pub biases: Array1<f64>,
    /// ∂C/∂X, (rows, inputs).
    pub inputs: Array2<f64>,
}

/// From ∂C/∂A, which arrives, to the slopes of everything that went into A.
///
/// `inputs` is X, `outputs` is the A of the forward pass.
pub fn backward(
    layer: &Dense,
    inputs: &Array2<f64>,
    outputs: &Array2<f64>,
    arrives: &Array2<f64>,
) -> Slopes {
    let slopes = outputs.mapv(|a| layer.activation.slope(a)); // (rows, outputs)
    todo!(
        "what a layer with {} passes back, from X {:?}, φ′ {:?} and ∂C/∂A {:?}",
        layer.activation.name(),
        inputs.dim(),
        slopes.dim(),
        arrives.dim()
    )
}

#[path = "../checks/layer_backward.rs"]
mod checks;
