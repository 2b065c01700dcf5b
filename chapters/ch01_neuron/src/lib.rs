//! What does one neuron compute?
//!
//! A weighted sum, a bias, a bend: three lines of arithmetic. This chapter does them by hand for a
//! student, builds gates, lets a neuron find its own weights, meets the two gates that no neuron can be, and ends
//! with a neuron that tells a handwritten 0 from the other digits.

use lesson::Chapter;

pub mod corners;
pub mod gates;
pub mod limits;
pub mod outputs;
pub mod perceptron;
pub mod scaling;
pub mod weighted_sum;
pub mod zero_or_not;

/// The chapter and its sections, in reading order.
pub fn chapter() -> Chapter {
    let lesson = lesson::sections! {
        weighted_sum: "Three steps from inputs to output",
        gates: "Gates, and a threshold made smooth",
        outputs: "A number, a yes, a choice",
        perceptron: "A neuron that finds its own weights",
        limits: "What one neuron cannot do",
        zero_or_not: "Is it a 0?",
    };
    let investigations = lesson::sections! {
        scaling: "Inputs on the same scale",
    };
    Chapter::new(env!("CARGO_PKG_NAME"), "The neuron", lesson)
        .investigations(investigations)
}
