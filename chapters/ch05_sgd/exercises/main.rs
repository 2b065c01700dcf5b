//! The exercises of chapter 5, for you to fill in.
//!
//! Check one of them: `cargo test -p ch05_sgd --test exercises epoch`.

#![allow(unused_variables, unreachable_code, dead_code)] // a stub stops at its first todo!

mod decaying_rate;
mod epoch;
mod gradient_noise;
mod mini_batches;
mod momentum;

#[path = "../checks/mod.rs"]
mod checks;
