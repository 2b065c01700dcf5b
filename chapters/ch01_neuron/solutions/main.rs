//! The exercises of chapter 1, solved.
//!
//! In the order of the page, and without the exercises' names: as a filter of `cargo test`, a name must not
//! select its solution's check, which passes whatever the reader wrote.

#[path = "weighted_sum.rs"]
mod the_books_solution_1;
#[path = "gate_weights.rs"]
mod the_books_solution_2;
#[path = "bias_as_input.rs"]
mod the_books_solution_3;
#[path = "perceptron_update.rs"]
mod the_books_solution_4;
#[path = "majority.rs"]
mod the_books_solution_5;
