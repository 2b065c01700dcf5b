//! w ← w − η ∂C/∂w, for all weights at once.

/// The weights after one step; `gradient` has one slope for each weight.
pub fn one_step(weights: &[f64], gradient: &[f64], rate: f64) -> Vec<f64> {
    weights.iter().zip(gradient).map(|(weight, slope)| weight - rate * slope).collect()
}

#[path = "../checks/one_step.rs"]
mod checks;
