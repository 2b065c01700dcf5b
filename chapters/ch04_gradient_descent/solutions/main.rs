//! The exercises of chapter 4, solved.
//!
//! In the order of the page, and without the exercises' names: as a filter of `cargo test`, a name must not
//! select its solution's check, which passes whatever the reader wrote.

#[path = "one_step.rs"]
mod the_books_solution_1;
#[path = "central_difference.rs"]
mod the_books_solution_2;
#[path = "largest_stable_rate.rs"]
mod the_books_solution_3;
#[path = "cost_of_a_grid.rs"]
mod the_books_solution_4;
#[path = "backtracking.rs"]
mod the_books_solution_5;
