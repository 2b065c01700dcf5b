//! Softmax turns scores into probabilities: e to the power of each score, divided by the sum of them
//! all. Scores of 1000 are nothing unusual while a network is learning, and e¹⁰⁰⁰ is ∞ to a computer.
//! Write a softmax that never overflows.

use nn::math::exp;

/// One probability per score; together they are 1.
pub fn softmax(scores: &[f64]) -> Vec<f64> {
    todo!("only differences between scores count")
}
