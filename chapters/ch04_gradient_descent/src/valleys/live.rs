//! One valley, as narrow as the reader likes, and a descent in it.

use lesson::{Kind, Knob, Knobs, Live, Page, Result, percent, significant};
use nn::{Momentum, descend};
use plot::{Axis, Color, Contours, Field, Figure, Panel, Path};

use super::{NARROW, NARROW_RATE, START, STEPS, left, valley_gradient};

/// The rates that can be chosen.
pub(crate) const RATES: &[f64] = &[
    0.01, 0.015, 0.02, 0.025, 0.03, 0.035, 0.04, 0.045, 0.047, 0.049, 0.051, 0.055, 0.06,
    0.065, 0.07, 0.08, 0.09, 0.1, 0.12, 0.15, 0.18, 0.2, 0.25, 0.3, 0.33, 0.4, 0.45, 0.5,
    0.55, 0.6, 0.7, 0.8, 0.9, 1.0, 1.1,
];
/// How narrow the valley x₁² + this · x₂² can be.
pub(super) const NARROWNESS: &[f64] = &[1.0, 2.0, 5.0, 10.0, 20.0, 40.0];

/// How narrow the valley is.
pub(crate) const NARROW_KNOB: Knob = Knob {
    name: "narrowness",
    label: "narrowness",
    kind: Kind::Stops { at: NARROWNESS, book: NARROW },
};
/// How far it has come.
pub(crate) const STEPS_KNOB: Knob = Knob {
    name: "steps",
    label: "steps",
    kind: Kind::Steps { most: 50, stride: 1, book: STEPS },
};

/// The knob of the learning rate.
pub(crate) const fn rate_knob(book: f64) -> Knob {
    Knob {
        name: "rate", label: "learning rate η", kind: Kind::Stops { at: RATES, book }
    }
}

/// A descent in a valley.
pub const WALK: Live = Live {
    name: "walk",
    knobs: &[rate_knob(NARROW_RATE), NARROW_KNOB, STEPS_KNOB],
    draw: |knobs, page| draw(knobs, 0.0, "walk", page),
};

/// Draws a descent with this memory, and says how much of the way is left, and which rates are too large.
pub(crate) fn draw(knobs: &Knobs, memory: f64, name: &str, page: &mut Page) -> Result {
    let (c, rate) = (knobs.number("narrowness"), knobs.number("rate"));
    let steps = knobs.count("steps");
    let gradient = |x: &[f64], g: &mut [f64]| valley_gradient(c, x, g);
    let path = descend(Momentum::new(memory), rate, &START, steps, gradient);
    page.figure(name, &figure(c, &path));
    let left = left(&path);
    let said = if left <= 1.0 { percent(left, 1) } else { "more than all".to_string() };
    page.value(&format!("{name}_left"), said);
    page.value(&format!("{name}_steps"), steps);
    let largest = 2.0 * (1.0 + memory) / (2.0 * c.max(1.0));
    page.value(&format!("{name}_limit"), significant(largest, 3));
    Ok(())
}

fn figure(c: f64, path: &[Vec<f64>]) -> Figure {
    let levels = [0.5, 2.0, 8.0, 20.0, 40.0, 80.0, 160.0];
    let (x, y) = (-6.0..=6.0, -3.6..=3.6);
    let field = Field::sample(x.clone(), y.clone(), |x, y| x * x + c * y * y);
    let path = Path::new(path.iter().map(|x| (x[0], x[1])));
    let height =
        if c == 1.0 { "x₁² + x₂²".into() } else { format!("x₁² + {c}x₂²") };
    let panel = Panel::new()
        .heading(height)
        .equal()
        .x(Axis::new("x₁").range(x).ticks([-4.0, -2.0, 0.0, 2.0, 4.0]))
        .y(Axis::new("x₂").range(y).ticks([-2.0, 0.0, 2.0]))
        .draw(Contours::new(&field).levels(levels))
        .draw(path.color(Color::Vermillion));
    Figure::new(
        "A descent in a valley",
        "A valley from above, with lines through places of the same height, and a path from a ring, an arrow for each step.",
    )
    .panel(panel)
}
