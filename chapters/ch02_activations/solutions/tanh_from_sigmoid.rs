//! tanh z = 2σ(2z) − 1; with z/2 for z, σ(z) = (1 + tanh(z/2)) / 2.

/// tanh z, from any function that computes the sigmoid.
pub fn tanh(z: f64, sigmoid: impl Fn(f64) -> f64) -> f64 {
    2.0 * sigmoid(2.0 * z) - 1.0
}

/// The sigmoid of z, from any function that computes tanh.
pub fn sigmoid(z: f64, tanh: impl Fn(f64) -> f64) -> f64 {
    0.5 * (1.0 + tanh(0.5 * z))
}

#[path = "../checks/tanh_from_sigmoid.rs"]
mod checks;
