//! No single learning rate suits every place. *Backtracking* chooses one for each step: begin with a large
//! rate, and halve it until the step lowers the cost by at least half of what the slope promises.
//!
//! A step at rate η moves by η times the gradient. If the slope stayed as it is, the cost would fall by η
//! times the squared length of the gradient. That is the promise.

/// The first of `rate`, `rate`/2, `rate`/4, … at which a step from `x` lowers the cost by at least half of
/// the promise. `gradient` is the gradient at `x`, and not zero.
pub fn backtrack(
    cost: impl Fn(&[f64]) -> f64,
    x: &[f64],
    gradient: &[f64],
    rate: f64,
) -> f64 {
    todo!(
        "a rate for a step from {x:?} (cost {}) against {gradient:?}, at most {rate}",
        cost(x)
    )
}

#[path = "../checks/backtracking.rs"]
mod checks;
