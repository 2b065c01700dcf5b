//! Each coordinate is multiplied by 1 − ηλ, which must stay above −1. The steepest direction decides.

/// Below this rate descent on the bowl arrives, above it descent runs away.
pub fn largest_stable_rate(curvatures: &[f64]) -> f64 {
    2.0 / curvatures.iter().copied().fold(0.0, f64::max)
}

/// By what x₁, x₂, … are each multiplied in one step.
pub fn factors(curvatures: &[f64], rate: f64) -> Vec<f64> {
    curvatures.iter().map(|curvature| 1.0 - rate * curvature).collect()
}

#[path = "../checks/largest_stable_rate.rs"]
mod checks;
