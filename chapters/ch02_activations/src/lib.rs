//! Why do we bend the line, and which bend?
//!
//! Without a bend, layers add nothing. This chapter looks at the four bends of the notes, follows a curve with a few of
//! them, and asks which can learn in small steps. Its investigations measure what each is good for, and answer the
//! question whose answer was lost with a picture: why is tanh so widely used?

use lesson::Chapter;

pub mod bend;
pub mod curves;
pub mod depth;
pub mod handful;
pub mod hinges;
pub mod how_sure;
pub mod probability;
pub mod relu;
pub mod threshold;
pub mod why_tanh;

/// The chapter and its sections, in reading order.
pub fn chapter() -> Chapter {
    let lesson = lesson::sections! {
        curves: "Four bends and their slopes",
        hinges: "A curve made of bends",
        threshold: "Yes or no, and nothing to learn from",
        how_sure: "How sure is it?",
    };
    let investigations = lesson::sections! {
        probability: "When is an output a probability?",
        relu: "Zero, or as it is",
        why_tanh: "Why tanh?",
        depth: "Ten layers deep",
    };
    Chapter::new(env!("CARGO_PKG_NAME"), "Activation functions", lesson)
        .investigations(investigations)
}
