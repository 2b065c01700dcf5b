//! The exercises of chapter 5, solved.

mod decaying_rate;
mod epoch;
mod gradient_noise;
mod mini_batches;
mod momentum;
