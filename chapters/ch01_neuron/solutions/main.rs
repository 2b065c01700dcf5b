//! The exercises of chapter 1, solved.

mod bias_as_input;
mod gate_weights;
mod majority;
mod perceptron_update;
mod weighted_sum;
