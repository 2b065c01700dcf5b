//! The exercises of chapter 4, solved.

mod backtracking;
mod central_difference;
mod cost_of_a_grid;
mod largest_stable_rate;
mod one_step;
