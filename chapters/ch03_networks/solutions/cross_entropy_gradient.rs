//! −y / a + (1 − y) / (1 − a), on a common denominator.

/// ∂C/∂a of −y ln a − (1 − y) ln(1 − a).
pub fn gradient(a: f64, y: f64) -> f64 {
    (a - y) / (a * (1.0 - a))
}

#[path = "../checks/cross_entropy_gradient.rs"]
mod checks;
