//! Write a sigmoid in which nothing overflows, whatever the sum. The textbook's 1 / (1 + e⁻ᶻ) asks for
//! e¹⁰⁰⁰ at z = −1000, which is ∞ to a computer; and it gives up too early: at z = −740 it says exactly
//! 0, while the right answer is a very small number that a computer can hold.

use nn::math::exp;

/// 1 / (1 + e⁻ᶻ), without ever taking e to a positive power.
pub fn sigmoid(z: f64) -> f64 {
    todo!("two cases: z ≥ 0, and z < 0")
}
