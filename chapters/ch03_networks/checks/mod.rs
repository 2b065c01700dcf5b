//! The tests that a stub and its solution both face.

mod collapse;
mod cross_entropy_gradient;
mod parameters;
mod worst_row;
mod xor_by_hand;
