//! The exercises of chapter 2, solved.
//!
//! In the order of the page, and without the exercises' names: as a filter of `cargo test`, a name must not
//! select its solution's check, which passes whatever the reader wrote.

#[path = "stable_sigmoid.rs"]
mod the_books_solution_1;
#[path = "tanh_from_sigmoid.rs"]
mod the_books_solution_2;
#[path = "leaky_relu.rs"]
mod the_books_solution_3;
#[path = "stable_softmax.rs"]
mod the_books_solution_4;
#[path = "saturation.rs"]
mod the_books_solution_5;
