//! The exercises of chapter 3, solved.
//!
//! In the order of the page, and without the exercises' names: as a filter of `cargo test`, a name must not
//! select its solution's check, which passes whatever the reader wrote.

#[path = "collapse.rs"]
mod the_books_solution_1;
#[path = "xor_by_hand.rs"]
mod the_books_solution_2;
#[path = "cross_entropy_gradient.rs"]
mod the_books_solution_3;
#[path = "parameters.rs"]
mod the_books_solution_4;
#[path = "worst_row.rs"]
mod the_books_solution_5;
