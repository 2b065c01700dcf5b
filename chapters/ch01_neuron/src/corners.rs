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

/// How far the panels reach in either direction.
const SIDE: RangeInclusive<f64> = -0.45..=1.45;

/// A border around a panel, so that one is also seen as a panel when no line crosses it.
pub(crate) fn framed(panel: Panel) -> Panel {
    let (low, high) = SIDE.into_inner();
    let sides = [Rule::vertical, Rule::horizontal].map(|side| [low, high].map(side));
    let sides = sides.into_iter().flatten().map(|side| side.color(Color::Muted));
    sides.fold(panel, Panel::draw)
}

/// The corners, filled where the answer should be 1, over the half of the plane where the neuron says 1.
pub(crate) fn panel(heading: &str, neuron: Option<&Neuron>, wanted: [f64; 4]) -> Panel {
    let axis = |name| Axis::new(name).range(SIDE).ticks([0.0, 1.0]);
    let mut panel = Panel::new().heading(heading).x(axis("x₁")).y(axis("x₂")).equal();
    if let Some(neuron) = neuron {
        let sum = |x, y| neuron.weighted_sum(&[x, y]);
        let halves = Regions::split(&Field::sample(SIDE, SIDE, sum), 0.0);
        panel = panel.draw(halves.colors([Color::Surface, Color::Blue]));
    }
    for (answer, marker) in [(0.0, Marker::Ring), (1.0, Marker::Circle)] {
        let corners = CORNERS.iter().zip(wanted).filter(|(_, wanted)| *wanted == answer);
        let points = Points::new(corners.map(|(corner, _)| (corner[0], corner[1])));
        panel = panel.draw(points.color(Color::Ink).marker(marker).radius(7.0));
    }
    panel
}
