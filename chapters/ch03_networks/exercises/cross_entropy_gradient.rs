//! # Cross-entropy gradient
//!
//! Cross-entropy for one output $a$ between 0 and 1 and a target $y$ is
//! $C = -y \ln a - (1 - y) \ln(1 - a)$. Write its gradient: how much does $C$ grow if $a$ grows a little?

/// ∂C/∂a of −y ln a − (1 − y) ln(1 − a).
pub fn gradient(a: f64, y: f64) -> f64 {
    todo!("∂C/∂a at a = {a}, y = {y}")
}

#[path = "../checks/cross_entropy_gradient.rs"]
mod checks;
