//! How do we find good weights?
//!
//! We try them all and count what that costs. We guess, then guess better, then ask the cost in which
//! direction it falls. We measure that slope without any calculus, follow it down a parabola and down narrow
//! valleys, also with a memory of the steps before, see what convexity promises and what it does not, and
//! walk down the cost of a reader of digits.

use lesson::Chapter;

pub mod brute_force;
pub mod convex;
pub mod curvature;
pub mod downhill;
pub mod exam;
pub mod flat;
pub mod ladder;
pub mod lanes;
pub mod momentum;
pub mod numeric;
pub mod slope;
pub mod two_weights;
pub mod valleys;

/// The chapter and its sections, in reading order.
pub fn chapter() -> Chapter {
    let sections = lesson::sections! {
        brute_force: "Trying every weight",
        ladder: "Four ways to search",
        numeric: "A slope without calculus",
        slope: "How far to step",
        valleys: "Narrow valleys and round ones",
        momentum: "A descent that remembers",
        convex: "What convexity promises",
        downhill: "Ten neurons go downhill",
    };
    Chapter::new(env!("CARGO_PKG_NAME"), "Gradient descent", sections)
}
