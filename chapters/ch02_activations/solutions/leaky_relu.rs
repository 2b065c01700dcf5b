//! A positive leak keeps the sign, so the value a tells on which side of the kink z was.

/// z for z ≥ 0, leak · z for z < 0.
pub fn value(z: f64, leak: f64) -> f64 {
    if z < 0.0 { leak * z } else { z }
}

/// The slope at z, from the value a = value(z, leak). The leak lies between 0 and 1.
pub fn slope(a: f64, leak: f64) -> f64 {
    if a > 0.0 { 1.0 } else { leak }
}

#[path = "../checks/leaky_relu.rs"]
mod checks;
