//! The tests that a stub and its solution both face.

mod leaky_relu;
mod saturation;
mod stable_sigmoid;
mod stable_softmax;
mod tanh_from_sigmoid;
