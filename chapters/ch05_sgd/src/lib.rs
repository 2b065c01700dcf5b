//! Why look at one row at a time?
//!
//! Batch descent looks at all rows before it takes a step; stochastic descent takes a step after each
//! row. This chapter asks what the hurry costs and what it brings: on a landscape with many valleys, on
//! a convex one, on eight students, on real digits, and in the two texts that the notes recommend.

use lesson::Chapter;

pub mod batch_sizes;
pub mod convexity;
pub mod faster;
pub mod hard_read;
pub mod landscape;
pub mod light_read;
pub mod noise;
pub mod stuck;

/// The chapter and its sections, in reading order.
pub fn chapter() -> Chapter {
    Chapter::new("ch05_sgd", "Stochastic gradient descent")
        .section("stuck", "Where descent gets stuck", stuck::shown::run)
        .section("noise", "What noise can and cannot do", noise::shown::run)
        .section("convexity", "Who needs a convex cost?", convexity::shown::run)
        .section(
            "batch_sizes",
            "One update, eight, or something between",
            batch_sizes::shown::run,
        )
        .section("faster", "Faster, but counted how?", faster::shown::run)
        .section("light_read", "The light read, run", light_read::shown::run)
        .section("hard_read", "The hard read, run", hard_read::shown::run)
}
