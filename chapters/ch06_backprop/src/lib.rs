//! Which weight is to blame?
//!
//! Backpropagation answers for every weight at once. This chapter follows it through a small circuit,
//! works a published example by hand, writes it as four equations and checks them, counts what it
//! saves, lets it learn real digits and a table of the reader's, and asks whether it finds a culprit and what one
//! published number was made with.

use lesson::Chapter;

pub mod all_at_once;
pub mod blame;
pub mod by_hand;
pub mod chain;
pub mod equations;
pub mod mnist;
pub mod one_after_the_other;
pub mod own_data;
pub mod playground;
pub mod seven_steps;
pub mod your_digit;

/// The chapter and its sections, in reading order.
pub fn chapter() -> Chapter {
    let lesson = lesson::sections! {
        chain: "Two numbers on every wire",
        by_hand: "Every number of one step",
        equations: "Four equations, and how to trust them",
        all_at_once: "What it saves",
        playground: "A network of your own",
        seven_steps: "Seven steps, on real digits",
        your_digit: "Draw a digit",
        own_data: "Your own table",
    };
    let investigations = lesson::sections! {
        blame: "Does it find the culprit?",
        one_after_the_other: "What if the output layer moves first?",
        mnist: "The hard read's network, with or without the files",
    };
    Chapter::new(env!("CARGO_PKG_NAME"), "Backpropagation", lesson)
        .investigations(investigations)
        .option("mnist", "DIR", "Train on the four MNIST files in this folder")
        .option("csv", "FILE", "Let own_data read this table")
        .option("label", "COLUMN", "What own_data is to tell from the other columns")
}
