//! For a bowl ½ (λ₁x₁² + λ₂x₂² + …), find the largest learning rate at which descent does not run away,
//! without trying. The λ are the curvatures, all positive.

/// Below this rate descent on the bowl arrives, above it descent runs away.
pub fn largest_stable_rate(curvatures: &[f64]) -> f64 {
    todo!("the largest rate for a bowl of curvatures {curvatures:?}")
}

/// By what x₁, x₂, … are each multiplied in one step.
pub fn factors(curvatures: &[f64], rate: f64) -> Vec<f64> {
    todo!("a factor for each of the curvatures {curvatures:?}, at the rate {rate}")
}

#[path = "../checks/largest_stable_rate.rs"]
mod checks;
