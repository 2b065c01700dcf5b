//! Measure the slope of a function of one number without calculus: go a little to the right, a little to
//! the left, and see how much the function changes between the two.

/// The slope of `f` at `x`, from two evaluations `h` to the right and `h` to the left.
pub fn central_difference(f: impl Fn(f64) -> f64, x: f64, h: f64) -> f64 {
    todo!("the slope at {x}, where f is {}, measured with h = {h}", f(x))
}

#[path = "../checks/central_difference.rs"]
mod checks;
