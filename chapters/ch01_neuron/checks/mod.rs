//! The tests that a stub and its solution both face.

mod bias_as_input;
mod gate_weights;
mod majority;
mod perceptron_update;
mod weighted_sum;
