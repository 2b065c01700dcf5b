//! In Σ −(yᵢ/aᵢ) aᵢ([i = j] − aⱼ) the aᵢ cancel, and Σ yᵢ = 1 does the rest.

/// ∂aᵢ/∂zⱼ, a row for each i, from the probabilities.
pub fn softmax_slopes(a: &[f64]) -> Vec<Vec<f64>> {
    let entry = |i: usize, j: usize| a[i] * (f64::from(i == j) - a[j]);
    (0..a.len()).map(|i| (0..a.len()).map(|j| entry(i, j)).collect()).collect()
}

/// ∂C/∂zⱼ by the chain rule: for each j, add ∂C/∂aᵢ · ∂aᵢ/∂zⱼ over all i.
pub fn long_way(a: &[f64], y: &[f64]) -> Vec<f64> {
    let slopes = softmax_slopes(a);
    let through = |i: usize, j: usize| -y[i] / a[i] * slopes[i][j];
    (0..a.len()).map(|j| (0..a.len()).map(|i| through(i, j)).sum()).collect()
}

/// The same without a matrix, for targets that add up to 1.
pub fn short_way(a: &[f64], y: &[f64]) -> Vec<f64> {
    a.iter().zip(y).map(|(a, y)| a - y).collect()
}

#[path = "../checks/softmax_error.rs"]
mod checks;
