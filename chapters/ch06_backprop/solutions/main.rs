//! The exercises of chapter 6, solved.
//!
//! In the order of the page, and without the exercises' names: as a filter of `cargo test`, a name must not
//! select its solution's check, which passes whatever the reader wrote.

#![allow(clippy::duplicate_mod)] // each check brings `shaking` along

#[path = "neuron_backward.rs"]
mod the_books_solution_1;
#[path = "layer_backward.rs"]
mod the_books_solution_2;
#[path = "broken_derivative.rs"]
mod the_books_solution_3;
#[path = "fork.rs"]
mod the_books_solution_4;
#[path = "softmax_error.rs"]
mod the_books_solution_5;
