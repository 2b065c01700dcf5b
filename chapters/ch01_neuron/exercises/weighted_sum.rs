//! Write the first step of a neuron, the weighted sum: multiply each input by its weight, add the
//! products, add the bias.
//!
//! Weights 2 and −1, inputs 3 and 4 and a bias of 10 give 2·3 − 1·4 + 10 = 12.

/// w₁x₁ + w₂x₂ + … + b. There are as many weights as inputs.
pub fn weighted_sum(weights: &[f64], inputs: &[f64], bias: f64) -> f64 {
    todo!("the weighted sum of {inputs:?}, with weights {weights:?} and bias {bias}")
}

#[path = "../checks/weighted_sum.rs"]
mod checks;
