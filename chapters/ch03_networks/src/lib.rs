//! What do layers add?
//!
//! Without a hidden layer a network is linear regression, and with hidden layers but no bend it still
//! is. This chapter measures both, bends the layers, adds bends until they make a curve, follows one update
//! through eight rows, and ends with two readers of digits. What the hidden neurons found in houses, and the
//! many ways to say how wrong an answer is, are asked after the lesson.

use lesson::Chapter;

pub mod bending;
pub mod costs;
pub mod features;
pub mod houses;
pub mod houses_again;
pub mod least_squares;
pub mod linear_map;
pub mod one_epoch;
pub mod still_linear;
pub mod ten_answers;
pub mod width;

/// The chapter and its sections, in reading order.
pub fn chapter() -> Chapter {
    let lesson = lesson::sections! {
        linear_map: "Straight from inputs to price",
        still_linear: "Three layers that are one",
        bending: "XOR, and what the hidden layer does to it",
        width: "Pieces of a curve",
        houses_again: "The houses again, with a bend",
        one_epoch: "Eight students, one set of weights",
        ten_answers: "Ten neurons read digits",
    };
    let investigations = lesson::sections! {
        features: "What the hidden neurons found",
        costs: "Eight ways to be wrong",
    };
    Chapter::new(env!("CARGO_PKG_NAME"), "Networks", lesson)
        .investigations(investigations)
}
