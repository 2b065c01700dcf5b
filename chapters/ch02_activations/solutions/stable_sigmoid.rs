//! Below zero, multiply numerator and denominator by eᶻ: no power of e is positive any more.

use nn::math::exp;

/// 1 / (1 + e⁻ᶻ), without ever taking e to a positive power.
pub fn sigmoid(z: f64) -> f64 {
    if z >= 0.0 {
        1.0 / (1.0 + exp(-z))
    } else {
        let power = exp(z);
        power / (1.0 + power)
    }
}

#[path = "../checks/stable_sigmoid.rs"]
mod checks;
