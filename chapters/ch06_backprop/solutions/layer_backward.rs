//! Equations 2 to 4, with the sum over rows instead of the mean.

use ndarray::{Array1, Array2, Axis};
use nn::{Dense, matmul};

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
    let delta = arrives * slopes; // (rows, outputs)
    Slopes {
        weights: matmul(&inputs.t(), &delta), // (inputs, outputs)
        biases: delta.sum_axis(Axis(0)),      // (outputs)
        inputs: matmul(&delta, &layer.weights.t()), // (rows, inputs)
    }
}

#[path = "../checks/layer_backward.rs"]
mod checks;
