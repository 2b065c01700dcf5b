//! # XOR by hand
//!
//! Build XOR in another way than the page: one hidden neuron that is OR, one that is AND, and an output
//! that says "OR, but not AND". All three have a threshold and say 1 from zero on.

#![allow(unreachable_code)] // a stub stops at its first todo!

use ndarray::array;
use nn::{Activation, Dense, Network};

/// 1 for (0, 1) and (1, 0), else 0. The first hidden neuron is OR, the second AND.
pub fn xor() -> Network {
    Network::from_layers(vec![
        Dense::new(
            array![[1.0, 1.0], [1.0, 1.0]], // (inputs, hidden): a column for each hidden neuron
            todo!("a bias for OR and one for AND"),
            Activation::Threshold,
        ),
        Dense::new(
            todo!("(hidden, outputs): a weight for OR, and one for AND"),
            todo!("a bias"),
            Activation::Threshold,
        ),
    ])
}

#[path = "../checks/xor_by_hand.rs"]
mod checks;
