//! Which weight is to blame?
//!
//! Backpropagation answers for every weight at once. This chapter follows it through a small circuit,
//! works the best-known example by hand, writes it as four equations and checks them, counts what it
//! saves, asks whether it finds a culprit, and lets it learn real digits.

use lesson::Chapter;

pub mod all_at_once;
pub mod blame;
pub mod by_hand;
pub mod chain;
pub mod equations;
pub mod mnist;
pub mod seven_steps;

/// The chapter and its sections, in reading order.
pub fn chapter() -> Chapter {
    Chapter::new("ch06_backprop", "Backpropagation")
        .section("chain", "Two numbers on every wire", chain::shown::run)
        .section("by_hand", "Every number of one step", by_hand::shown::run)
        .section(
            "equations",
            "Four equations, and how to trust them",
            equations::shown::run,
        )
        .section("all_at_once", "What it saves", all_at_once::shown::run)
        .section("blame", "Does it find the culprit?", blame::shown::run)
        .section("seven_steps", "Seven steps, on real digits", seven_steps::shown::run)
        .section(
            "mnist",
            "The hard read's network, if you have the files",
            mnist::shown::run,
        )
        .folder_option("mnist", "Train on the four MNIST files in this folder")
}
