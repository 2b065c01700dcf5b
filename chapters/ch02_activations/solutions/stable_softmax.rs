//! With the largest score taken off, every power is at most e⁰ = 1, and one of them is 1.

use nn::math::exp;

/// One probability per score; together they are 1.
pub fn softmax(scores: &[f64]) -> Vec<f64> {
    let largest = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let powers: Vec<f64> = scores.iter().map(|score| exp(score - largest)).collect();
    let total: f64 = powers.iter().sum();
    powers.iter().map(|power| power / total).collect()
}

#[path = "../checks/stable_softmax.rs"]
mod checks;
