//! The exercises of chapter 3, for you to fill in.
//!
//! Check one of them: `cargo test -p ch03_networks --test exercises collapse`.

#![allow(unused_variables, unreachable_code)] // a stub stops at its first todo!

mod collapse;
mod cross_entropy_gradient;
mod parameters;
mod worst_row;
mod xor_by_hand;

#[path = "../checks/mod.rs"]
mod checks;
