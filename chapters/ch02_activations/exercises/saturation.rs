//! # Halving
//!
//! Where is tanh 1 to four digits? It prints as `1.0000` from the place on where it reaches `0.99995`. (That
//! is further out than the "flat beyond" of this chapter.) Find the sum at which an activation function
//! reaches a level, between −50 and 50 and to a billionth, by *halving*: keep one sum at which it is still
//! below the level and one at which it is not, look at the middle, and replace one of the two.

use nn::Activation;

/// The sum between −50 and 50 at which `bend` reaches `level`, to a billionth. Sigmoid and tanh rise all
/// the way; the level lies between their ends.
pub fn reaches(bend: Activation, level: f64) -> f64 {
    todo!("the sum at which {} reaches {level:?}", bend.name())
}

#[path = "../checks/saturation.rs"]
mod checks;
