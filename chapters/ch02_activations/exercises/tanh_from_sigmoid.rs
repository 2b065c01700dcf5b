//! Your library has a sigmoid and no tanh. Make one, with a single call of the sigmoid. Then go the
//! other way.

/// tanh z, from any function that computes the sigmoid.
pub fn tanh(z: f64, sigmoid: impl Fn(f64) -> f64) -> f64 {
    todo!("twice as steep, twice as high, moved down")
}

/// The sigmoid of z, from any function that computes tanh.
pub fn sigmoid(z: f64, tanh: impl Fn(f64) -> f64) -> f64 {
    todo!("solve tanh z = 2σ(2z) − 1 for σ")
}
