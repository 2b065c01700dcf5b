//! The tests that a stub and its solution both face.

mod decaying_rate;
mod epoch;
mod gradient_noise;
mod mini_batches;
mod momentum;
