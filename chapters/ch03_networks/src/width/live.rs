//! A few points in one shape or another, and the network's line through them, trained anew each time.

use lesson::{Kind, Knob, Knobs, Live, Page, Result, count, fixed};
use ndarray::Array2;
use nn::random::normal;
use nn::{Examples, Network, seeded};
use plot::{Axis, Color, Dash, Figure, Line, Marker, Panel, Points};

use super::{NOISE, TRAINING};
use super::{bends, corners, curve, learn};

/// How many points there are.
const FEW: u32 = 14;
/// The seed of the book's start; the others follow it.
pub(super) const FIRST: u64 = 95;

/// The shapes that the points can have.
const SHAPES: &[&str] = &["the curve", "a tent", "a step", "a tower", "your own"];
/// The number of the reader's own among them.
const OWN: usize = 4;

/// A line with a bend for a neuron, through points in a shape that the reader chooses.
pub const BENDS: Live = Live {
    name: "bends",
    knobs: &[
        Knob {
            name: "neurons",
            label: "hidden neurons",
            kind: Kind::Slider { from: 1.0, to: 30.0, step: 1.0, book: 5.0 },
        },
        Knob {
            name: "shape",
            label: "points from",
            kind: Kind::Choice { of: SHAPES, book: 0 },
        },
        Knob { name: "points", label: "drag your own", kind: Kind::Points { book: own } },
        Knob { name: "start", label: "new start", kind: Kind::Start },
    ],
    draw,
};

/// Points at equal distances, scattered around the curve of the page, or in one of the other shapes without any noise.
pub(super) fn few(shape: usize) -> Vec<(f64, f64)> {
    let rng = &mut seeded(72);
    let mut height = |x: f64| match (shape, x.abs()) {
        (0, _) => curve(x) + NOISE * normal(rng),
        (1, far) => 1.5 - 1.5 * far,
        (2, _) => x.signum(),
        (_, far) if far < 0.5 => 1.5,
        _ => -0.5,
    };
    let x = (0..FEW).map(|i| -1.9 + 3.8 * f64::from(i) / f64::from(FEW - 1));
    x.map(|x| (x, height(x))).collect()
}

/// What the reader's own points begin as: the tower.
fn own() -> Vec<(f64, f64)> {
    let hundredths = |number: f64| (100.0 * number).round() / 100.0;
    few(3).into_iter().map(|(x, y)| (hundredths(x), y)).collect()
}

/// The points as rows to learn from.
pub(super) fn examples(points: &[(f64, f64)]) -> Examples {
    let column = |numbers: Vec<f64>| {
        Array2::from_shape_vec((points.len(), 1), numbers).expect("a number a point")
    };
    let (x, y) = points.iter().copied().unzip();
    Examples::new(column(x), column(y))
}

fn draw(knobs: &Knobs, page: &mut Page) -> Result {
    let (neurons, shape) = (knobs.count("neurons"), knobs.count("shape"));
    let points = if shape == OWN { knobs.points("points") } else { few(shape) };
    let seed = FIRST + knobs.count("start") as u64;
    let (cost, network) = learn(neurons, &examples(&points), seed)?;
    page.figure("bends", &figure(&network, points, shape == OWN));
    page.value("bends_neurons", neurons);
    page.value("bends_found", bends(&network).len());
    page.value("bends_cost", fixed(cost, 4));
    page.value("bends_updates", count(TRAINING.epochs));
    Ok(())
}

fn figure(network: &Network, points: Vec<(f64, f64)>, dragged: bool) -> Figure {
    let corners = corners(network);
    let bends = corners[1..corners.len() - 1].to_vec();
    let red = Color::Vermillion;
    let axis = |range| Axis::new("").range(range).ticks([-2.0, -1.0, 0.0, 1.0, 2.0]);
    let panel = Panel::new()
        .x(axis(-2.1..=2.1))
        .y(axis(-2.2..=2.2))
        .aspect(1.5)
        .draw(Line::new(corners).color(red).dash(Dash::Solid))
        .draw(Points::new(bends).color(red).marker(Marker::Circle).radius(5.0))
        .draw(Points::new(points).color(Color::Ink).marker(Marker::Ring).radius(6.0));
    Figure::new(
        "A line with bends through points",
        "Fourteen points, and the line of a network through them; filled dots mark its bends.",
    )
    .panel(if dragged { panel.grip("points") } else { panel })
}
