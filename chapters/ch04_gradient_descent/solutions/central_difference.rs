//! The two places lie 2h apart, not h.

/// The slope of `f` at `x`, from two evaluations `h` to the right and `h` to the left.
pub fn central_difference(f: impl Fn(f64) -> f64, x: f64, h: f64) -> f64 {
    (f(x + h) - f(x - h)) / (2.0 * h)
}

#[path = "../checks/central_difference.rs"]
mod checks;
