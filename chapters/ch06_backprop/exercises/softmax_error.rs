//! With softmax and cross-entropy the error of the output layer is a − y, short as can be. Get there by the
//! long way, and see that it is the same.
//!
//! Softmax makes probabilities a from scores z. Each probability depends on *all* scores, so its slopes are a
//! matrix: ∂aᵢ/∂zⱼ = aᵢ(1 − aᵢ) where i = j, and −aᵢaⱼ elsewhere. Cross-entropy is C = −Σ yᵢ ln aᵢ.

/// ∂aᵢ/∂zⱼ, a row for each i, from the probabilities.
pub fn softmax_slopes(a: &[f64]) -> Vec<Vec<f64>> {
    todo!("the matrix of slopes at the probabilities {a:?}")
}

/// ∂C/∂zⱼ by the chain rule: for each j, add ∂C/∂aᵢ · ∂aᵢ/∂zⱼ over all i.
pub fn long_way(a: &[f64], y: &[f64]) -> Vec<f64> {
    todo!("the slopes of the cost at {a:?}, for the targets {y:?}, by the chain rule")
}

/// The same without a matrix, for targets that add up to 1.
pub fn short_way(a: &[f64], y: &[f64]) -> Vec<f64> {
    todo!("the slopes of the cost at {a:?}, for the targets {y:?}, without a matrix")
}

#[path = "../checks/softmax_error.rs"]
mod checks;
