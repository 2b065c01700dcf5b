//! The exercises of chapter 3, solved.

mod collapse;
mod cross_entropy_gradient;
mod parameters;
mod worst_row;
mod xor_by_hand;
