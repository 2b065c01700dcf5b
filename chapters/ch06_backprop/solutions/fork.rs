//! Two ways lead from w to a: straight, and through the tanh.

use nn::math::tanh;

/// ∂a/∂w and ∂a/∂x, in this order.
pub fn slopes(w: f64, x: f64) -> (f64, f64) {
    let hidden = tanh(w * x);
    let delta = w * (1.0 - hidden * hidden); // what reaches the sum w · x
    (hidden + delta * x, delta * w)
}

#[path = "../checks/fork.rs"]
mod checks;
