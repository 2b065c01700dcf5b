//! Pairs of weight and input, multiplied and added up on top of the bias.

/// w₁x₁ + w₂x₂ + … + b. There are as many weights as inputs.
pub fn weighted_sum(weights: &[f64], inputs: &[f64], bias: f64) -> f64 {
    let mut sum = bias;
    for (weight, input) in weights.iter().zip(inputs) {
        sum += weight * input;
    }
    sum
}

#[path = "../checks/weighted_sum.rs"]
mod checks;
