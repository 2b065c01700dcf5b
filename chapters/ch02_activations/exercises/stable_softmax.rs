//! Softmax turns scores into probabilities: e to the power of each score, divided by the sum of them
//! all. Scores of 1000 are nothing unusual while a network is learning, and e¹⁰⁰⁰ is ∞ to a computer;
//! e⁻¹⁰⁰⁰ is 0. Write a softmax that never overflows, and never divides 0 by 0.

use nn::math::exp; // the same bits on every machine, which f64::exp does not promise

/// One probability per score; together they are 1.
pub fn softmax(scores: &[f64]) -> Vec<f64> {
    todo!("the probabilities of {scores:?}; the first power of e is {}", exp(scores[0]))
}

#[path = "../checks/stable_softmax.rs"]
mod checks;
