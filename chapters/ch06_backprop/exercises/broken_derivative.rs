//! Somebody has written the backward pass of a small network by hand, and one of its seven slopes is wrong.
//! Do not look for it. Write a gradient check and let it tell you where to look; then mend the line.
//!
//! The network has one input, two hidden neurons with tanh and one output: ŷ = v₁h₁ + v₂h₂ + c with
//! hᵢ = tanh(wᵢx + bᵢ). Its seven parameters are, in this order: w₁ w₂ b₁ b₂ v₁ v₂ c.

use nn::math::tanh;

/// The input and the target.
const X: f64 = 0.7;
const Y: f64 = -0.4;

/// ½ (ŷ − y)².
pub fn cost(p: &[f64]) -> f64 {
    let hidden = [tanh(p[0] * X + p[2]), tanh(p[1] * X + p[3])];
    let error = p[4] * hidden[0] + p[5] * hidden[1] + p[6] - Y;
    0.5 * error * error
}

/// The seven slopes of the cost. One of them is wrong: mend it once your check has found it.
pub fn gradient(p: &[f64]) -> Vec<f64> {
    let hidden = [tanh(p[0] * X + p[2]), tanh(p[1] * X + p[3])];
    let error = p[4] * hidden[0] + p[5] * hidden[1] + p[6] - Y;
    let delta_1 = error * p[4] * (1.0 - hidden[0] * hidden[0]);
    let delta_2 = error * p[5] * (1.0 - hidden[1] * hidden[1]);
    vec![
        delta_1 * X,
        delta_2 * X,
        delta_1,
        error * p[5],
        error * hidden[0],
        error * hidden[1],
        error,
    ]
}

/// The places at which `gradient` differs from central differences of `cost` by more than 10⁻⁶, or is NaN.
pub fn suspects(
    cost: impl Fn(&[f64]) -> f64,
    parameters: &[f64],
    gradient: &[f64],
) -> Vec<usize> {
    todo!(
        "the wrong places of {gradient:?} at {parameters:?}, where the cost is {}",
        cost(parameters)
    )
}

#[path = "../checks/broken_derivative.rs"]
mod checks;
