//! # tanh from the sigmoid
//!
//! Your library has a sigmoid and no tanh. Make one, with a single call of the sigmoid. Then go the
//! other way, with a single call of tanh.

// Inside each function, the parameter hides the other function of this file: that is meant.

/// tanh z, from any function that computes the sigmoid.
pub fn tanh(z: f64, sigmoid: impl Fn(f64) -> f64) -> f64 {
    todo!("tanh of {z}; the sigmoid of {z} is {}", sigmoid(z))
}

/// The sigmoid of z, from any function that computes tanh.
pub fn sigmoid(z: f64, tanh: impl Fn(f64) -> f64) -> f64 {
    todo!("the sigmoid of {z}; tanh of {z} is {}", tanh(z))
}

#[path = "../checks/tanh_from_sigmoid.rs"]
mod checks;
