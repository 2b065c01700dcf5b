//! The exercises of chapter 4, for you to fill in.
//!
//! Check one of them: `cargo test -p ch04_gradient_descent --test exercises one_step`.

#![allow(unused_variables, unreachable_code)] // a stub stops at its first todo!

mod backtracking;
mod central_difference;
mod cost_of_a_grid;
mod largest_stable_rate;
mod one_step;

#[path = "../checks/mod.rs"]
mod checks;
