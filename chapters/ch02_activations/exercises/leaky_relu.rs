//! # Leaky ReLU
//!
//! A ReLU whose weighted sum is negative for every row is dead: its slope is 0 everywhere. The *leaky*
//! ReLU leaves a small slope on that side: z from zero on, and `leak` · z below. Write the function and
//! its slope. At the kink take the slope on the left, as the code of this book does.

/// z for z ≥ 0, leak · z for z < 0.
pub fn value(z: f64, leak: f64) -> f64 {
    todo!("the value at z = {z}, with a leak of {leak}")
}

/// The slope at z, from the value a = value(z, leak). The leak lies between 0 and 1.
pub fn slope(a: f64, leak: f64) -> f64 {
    todo!("the slope where the value is {a}, with a leak of {leak}")
}

#[path = "../checks/leaky_relu.rs"]
mod checks;
