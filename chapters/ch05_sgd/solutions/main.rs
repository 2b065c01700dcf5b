//! The exercises of chapter 5, solved.
//!
//! In the order of the page, and without the exercises' names: as a filter of `cargo test`, a name must not
//! select its solution's check, which passes whatever the reader wrote.

#[path = "epoch.rs"]
mod the_books_solution_1;
#[path = "mini_batches.rs"]
mod the_books_solution_2;
#[path = "momentum.rs"]
mod the_books_solution_3;
#[path = "decaying_rate.rs"]
mod the_books_solution_4;
#[path = "gradient_noise.rs"]
mod the_books_solution_5;
