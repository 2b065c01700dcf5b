//! Estimate how noisy a gradient is. You are given the gradients of a few random mini-batches, all taken
//! at the same weights. Their mean is the best guess at the true gradient. The noise is how far a single
//! one lies from it: the root of the mean of the squared distances.
//!
//! The mean was made from the very gradients that you compare it with, so it lies a little too close to
//! them. To make up for it, divide the sum of the squared distances by the number of gradients less one:
//!
//! noise = √( (|g₁ − mean|² + … + |gₙ − mean|²) / (n − 1) )
//!
//! (The chapter measured against the gradient of all rows. This is for when you do not have that.)

/// The noise of gradients that were taken at the same weights.
///
/// There are at least two, and all have the same length.
pub fn noise(gradients: &[Vec<f64>]) -> f64 {
    todo!(
        "the noise of {} gradients, the first of which is {:?}",
        gradients.len(),
        gradients[0]
    )
}

#[path = "../checks/gradient_noise.rs"]
mod checks;
