//! Why look at one row at a time?
//!
//! Batch descent looks at all rows before it takes a step; stochastic descent takes a step after each
//! row. This chapter asks what the hurry costs and what it brings: on eight students, on a landscape with
//! many valleys, and on real digits; its investigations, on many such landscapes, on a convex cost, and in
//! the two texts that the notes recommend.

use lesson::Chapter;

pub mod batch_sizes;
pub mod convexity;
pub mod faster;
pub mod hard_read;
pub mod landscape;
pub mod landscapes;
pub mod light_read;
pub mod noise;
pub mod one_knob;
pub mod stuck;

/// The chapter and its sections, in reading order.
pub fn chapter() -> Chapter {
    let lesson = lesson::sections! {
        batch_sizes: "One update, eight, or something between",
        stuck: "Where descent gets stuck",
        noise: "What noise can and cannot do",
        one_knob: "One knob, not two",
        faster: "Faster, but counted how?",
    };
    let investigations = lesson::sections! {
        landscapes: "Noise on many landscapes",
        convexity: "Who needs a convex cost?",
        light_read: "The light read, run",
        hard_read: "The hard read, run",
    };
    Chapter::new(env!("CARGO_PKG_NAME"), "Stochastic gradient descent", lesson)
        .investigations(investigations)
}
