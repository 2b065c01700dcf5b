//! One step of gradient descent: move every weight against its slope, by the learning rate times the
//! slope. All weights move at the same time.

/// The weights after one step; `gradient` has one slope for each weight.
pub fn one_step(weights: &[f64], gradient: &[f64], rate: f64) -> Vec<f64> {
    todo!("where {weights:?} go, with the slopes {gradient:?} and the rate {rate}")
}

#[path = "../checks/one_step.rs"]
mod checks;
