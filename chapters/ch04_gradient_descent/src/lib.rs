//! How do we find good weights?
//!
//! We try them all and count what that costs. We guess, then guess better, then ask the cost in which
//! direction it falls. We follow the slope down a parabola and down narrow valleys, measure a slope
//! without any calculus, and end with what convexity promises and what it does not.

use lesson::Chapter;

pub mod brute_force;
pub mod convex;
pub mod curvature;
pub mod exam;
pub mod flat;
pub mod ladder;
pub mod numeric;
pub mod slope;
pub mod valleys;

/// The chapter and its sections, in reading order.
pub fn chapter() -> Chapter {
    Chapter::new("ch04_gradient_descent", "Gradient descent")
        .section("brute_force", "Trying every weight", brute_force::shown::run)
        .section("ladder", "Four ways to search", ladder::shown::run)
        .section("slope", "How far to step", slope::shown::run)
        .section("valleys", "Narrow valleys and round ones", valleys::shown::run)
        .section("numeric", "A slope without calculus", numeric::shown::run)
        .section("convex", "What convexity promises", convex::shown::run)
}
