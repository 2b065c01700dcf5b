//! The four pairs of inputs that a gate can meet, and how this chapter draws them.

use std::ops::RangeInclusive;

use nn::Neuron;
use plot::{Axis, Color, Field, Marker, Panel, Points, Regions, Rule};

/// The four pairs of inputs, in the order of counting.
pub const CORNERS: [[f64; 2]; 4] = [[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]];

/// What the neuron says at the four corners.
pub fn answers(neuron: &Neuron) -> [f64; 4] {
    CORNERS.map(|corner| neuron.output(&corner))
}

/// How far a square panel reaches in either direction, and how far a wide one does to left and right.
pub(crate) const SQUARE: RangeInclusive<f64> = -0.45..=1.45;
pub(crate) const WIDE: RangeInclusive<f64> = -0.95..=1.95;

/// The corners, filled where the answer should be 1, over the half of the plane where the neuron says 1. A border shows the
/// panel where no line crosses it; it is vermillion where there is no neuron.
pub(crate) fn panel(
    heading: &str,
    neuron: Option<&Neuron>,
    wanted: [f64; 4],
    reach: RangeInclusive<f64>,
) -> Panel {
    with_corners(plane(heading, neuron, reach), wanted)
}

/// The same without the corners.
pub(crate) fn plane(
    heading: &str,
    neuron: Option<&Neuron>,
    reach: RangeInclusive<f64>,
) -> Panel {
    let axis = |name, range| Axis::new(name).range(range).ticks([0.0, 1.0]);
    let (x, y) = (axis("x₁", reach.clone()), axis("x₂", SQUARE));
    let mut panel = Panel::new().heading(heading).x(x).y(y).equal();
    if let Some(neuron) = neuron {
        let sum = |x, y| neuron.weighted_sum(&[x, y]);
        let halves = Regions::split(&Field::sample(reach.clone(), SQUARE, sum), 0.0);
        panel = panel.draw(halves.colors([Color::Surface, Color::Blue]));
    }
    let border = if neuron.is_some() { Color::Muted } else { Color::Vermillion };
    let sides = [*reach.start(), *reach.end()].map(Rule::vertical);
    let ends = [*SQUARE.start(), *SQUARE.end()].map(Rule::horizontal);
    let borders = sides.into_iter().chain(ends);
    borders.fold(panel, |panel, side| panel.draw(side.color(border)))
}

/// Draws the corners, filled where the answer should be 1.
pub(crate) fn with_corners(panel: Panel, wanted: [f64; 4]) -> Panel {
    let kinds = [(0.0, Marker::Ring), (1.0, Marker::Circle)];
    kinds.into_iter().fold(panel, |panel, (answer, marker)| {
        let corners = CORNERS.iter().zip(wanted).filter(|(_, wanted)| *wanted == answer);
        let points = Points::new(corners.map(|(corner, _)| (corner[0], corner[1])));
        panel.draw(points.color(Color::Ink).marker(marker).radius(7.0))
    })
}
