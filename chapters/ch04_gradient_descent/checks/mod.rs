//! The tests that a stub and its solution both face.

mod backtracking;
mod central_difference;
mod cost_of_a_grid;
mod largest_stable_rate;
mod one_step;
