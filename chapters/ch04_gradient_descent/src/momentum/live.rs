//! The narrow valley with a memory that the reader turns up.

use lesson::{Kind, Knob, Live};

use crate::valleys::live::{NARROW_KNOB, STEPS_KNOB, draw, rate_knob};

/// A descent in a valley, with a memory.
pub const ROLL: Live = Live {
    name: "roll",
    knobs: &[
        Knob {
            name: "memory",
            label: "memory μ",
            kind: Kind::Slider { from: 0.0, to: 0.95, step: 0.05, book: 0.4 },
        },
        rate_knob(0.065),
        NARROW_KNOB,
        STEPS_KNOB,
    ],
    draw: |knobs, page| draw(knobs, knobs.number("memory"), "roll", page),
};
