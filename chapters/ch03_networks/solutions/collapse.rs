//! (X W₁ + b₁) W₂ + b₂ = X (W₁ W₂) + (b₁ W₂ + b₂): the first biases pass through the second weights.

use nn::{Activation, Dense, matmul};

/// The one layer that does what `first` and then `second` do. Both have the identity as activation.
pub fn collapse(first: &Dense, second: &Dense) -> Dense {
    let weights = matmul(&first.weights, &second.weights); // (inputs, outputs)
    let biases = first.biases.dot(&second.weights) + &second.biases; // (outputs)
    Dense::new(weights, biases, Activation::Identity)
}

#[path = "../checks/collapse.rs"]
mod checks;
