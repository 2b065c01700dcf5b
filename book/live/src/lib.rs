//! The book's live figures.
//!
//! A page asks for a figure at a position of its knobs, `ch04_gradient_descent/slope/descent?rate=1.1`, and gets what the
//! section's own code draws there: numbers and SVG, the same bytes as on the reader's machine. What a section shows live it
//! declares itself, as a [`Live`]; here they are gathered, and none of a section's `run` comes along.
//!
//! In the browser each chapter is a module without imports, built with that chapter's feature alone: no clock, no randomness,
//! no host. `module` is the way in.

#[cfg(target_family = "wasm")]
mod module;

use lesson::Live;

/// A live figure and its address.
#[derive(Clone, Copy, Debug)]
pub struct Figure {
    /// Its chapter and section, `ch04_gradient_descent/slope/`; the figure's own name follows.
    section: &'static str,
    live: &'static Live,
}

/// The live figures of these chapters, each with a feature of its own.
macro_rules! figures {
    ($($chapter:ident, $feature:literal: [$($section:ident::$live:ident),+ $(,)?],)+) => {
        &[$(
            #[cfg(feature = $feature)]
            &[$(Figure {
                section: concat!($feature, "/", stringify!($section), "/"),
                live: &$chapter::$section::$live,
            }),+],
        )+]
    };
}

/// The live figures of each chapter, in the order of the book.
const FIGURES: &[&[Figure]] = figures![
    ch01_neuron, "ch01_neuron": [weighted_sum::WALKS, perceptron::ROUND, zero_or_not::GROW],
    ch02_activations, "ch02_activations": [curves::TANGENTS, depth::MESSAGE],
    ch03_networks, "ch03_networks": [bending::FOLD, width::BENDS],
    ch04_gradient_descent, "ch04_gradient_descent": [
        numeric::SECANTS,
        slope::DESCENT,
        valleys::WALK,
        momentum::ROLL,
    ],
    ch05_sgd, "ch05_sgd": [noise::WALK, one_knob::TURNED],
    ch06_backprop, "ch06_backprop": [chain::CIRCUIT, playground::PLAY, your_digit::READ],
];

/// All live figures of the chapters that this was built with.
pub fn figures() -> impl Iterator<Item = &'static Figure> {
    FIGURES.iter().copied().flatten()
}

impl Figure {
    /// Chapter, section and name: `ch04_gradient_descent/slope/descent`.
    pub fn address(&self) -> String {
        format!("{}{}", self.section, self.live.name)
    }

    /// What the section declares.
    pub fn live(&self) -> &'static Live {
        self.live
    }
}

/// What a figure answers at a position: its numbers, `name = text`, a line each; an empty line; its SVG.
///
/// # Errors
/// In words for the reader: there is no such figure, a knob cannot stand there, or the core refused.
pub fn answer(asked: &str) -> Result<String, String> {
    let (address, position) = asked.split_once('?').unwrap_or((asked, ""));
    let figure = figures().find(|figure| figure.address() == address);
    let live = figure.ok_or_else(|| format!("there is no live figure `{address}`"))?.live;
    let page = live.at(position).map_err(|error| error.to_string())?;
    let drawn = page.figures().iter().find(|(name, _)| name == live.name);
    let (_, svg) = drawn.ok_or_else(|| format!("`{address}` drew no figure"))?;
    Ok(format!("{}\n{svg}", page.values_pinned()))
}
