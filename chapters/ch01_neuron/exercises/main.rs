//! The exercises of chapter 1, for you to fill in.
//!
//! Check one of them: `cargo test -p ch01_neuron --test exercises weighted_sum`.

#![allow(unused_variables, unreachable_code)] // a stub stops at its first todo!

mod bias_as_input;
mod gate_weights;
mod majority;
mod perceptron_update;
mod weighted_sum;

#[path = "../checks/mod.rs"]
mod checks;
