//! The check points at number 3, the slope of b₂: its tanh had been forgotten.

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

/// The seven slopes of the cost.
pub fn gradient(p: &[f64]) -> Vec<f64> {
    let hidden = [tanh(p[0] * X + p[2]), tanh(p[1] * X + p[3])];
    let error = p[4] * hidden[0] + p[5] * hidden[1] + p[6] - Y;
    let delta_1 = error * p[4] * (1.0 - hidden[0] * hidden[0]);
    let delta_2 = error * p[5] * (1.0 - hidden[1] * hidden[1]);
    vec![
        delta_1 * X,
        delta_2 * X,
        delta_1,
        delta_2,
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
    let h = 1e-5;
    let cost_with = |place: usize, by: f64| {
        let mut moved = parameters.to_vec();
        moved[place] += by;
        cost(&moved)
    };
    let agrees = |place: usize| {
        let measured = (cost_with(place, h) - cost_with(place, -h)) / (2.0 * h);
        (gradient[place] - measured).abs() <= 1e-6 // false for NaN
    };
    (0..parameters.len()).filter(|place| !agrees(*place)).collect()
}

#[path = "../checks/broken_derivative.rs"]
mod checks;
