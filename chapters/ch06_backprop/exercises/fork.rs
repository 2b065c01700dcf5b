//! One weight, used twice: the output is a = w · tanh(w · x). Write down how a grows with w and how it
//! grows with x.
//!
//! Take w apart into two wires, find what comes back along each, and add.

use nn::math::tanh;

/// ∂a/∂w and ∂a/∂x, in this order.
pub fn slopes(w: f64, x: f64) -> (f64, f64) {
    let hidden = tanh(w * x);
    todo!("∂a/∂w and ∂a/∂x at w = {w}, x = {x}, where the tanh is {hidden}")
}

#[path = "../checks/fork.rs"]
mod checks;
