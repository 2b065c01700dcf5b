//! The exercises of chapter 6, for you to fill in.
//!
//! Check one of them: `cargo test -p ch06_backprop --test exercises fork`.

#![allow(unused_variables, unreachable_code)] // a stub stops at its first todo!

mod broken_derivative;
mod fork;
mod layer_backward;
mod neuron_backward;
mod softmax_error;

#[path = "../checks/mod.rs"]
mod checks;
