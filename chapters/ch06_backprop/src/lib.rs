//! Which weight is to blame?
//!
//! Backpropagation answers for every weight at once. This chapter does it by hand on the best-known
//! worked example, and then lets it learn real digits.

use lesson::Chapter;

pub mod by_hand;
pub mod seven_steps;

/// The chapter and its sections, in reading order.
pub fn chapter() -> Chapter {
    Chapter::new("ch06_backprop", "Backpropagation")
        .section("by_hand", "Every number of one step", by_hand::run)
        .section("seven_steps", "Seven steps, on real digits", seven_steps::run)
}
