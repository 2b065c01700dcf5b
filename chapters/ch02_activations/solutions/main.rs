//! The exercises of chapter 2, solved.

mod leaky_relu;
mod saturation;
mod stable_sigmoid;
mod stable_softmax;
mod tanh_from_sigmoid;
