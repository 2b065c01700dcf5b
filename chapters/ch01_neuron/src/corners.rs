//! The four pairs of inputs that a gate can meet, and how this chapter draws them.

use nn::Neuron;
use plot::{Axis, Color, Field, Marker, Panel, Points, Regions};

/// The four pairs of inputs, in the order of counting.
pub const CORNERS: [[f64; 2]; 4] = [[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]];

/// What the neuron says at the four corners.
pub fn answers(neuron: &Neuron) -> [f64; 4] {
    CORNERS.map(|corner| neuron.output(&corner))
}

/// The corners, filled where the answer should be 1, over the half of the plane where the neuron says 1.
pub(crate) fn panel(heading: &str, neuron: Option<&Neuron>, wanted: [f64; 4]) -> Panel {
    let side = -0.45..=1.45;
    let axis = |name| Axis::new(name).range(side.clone()).ticks([0.0, 1.0]);
    let mut panel = Panel::new().heading(heading).x(axis("x₁")).y(axis("x₂")).equal();
    if let Some(neuron) = neuron {
        let sum = |x, y| neuron.weighted_sum(&[x, y]);
        let halves = Regions::split(&Field::sample(side.clone(), side.clone(), sum), 0.0);
        panel = panel.draw(halves.colors([Color::Surface, Color::Blue]));
    }
    for (answer, marker) in [(0.0, Marker::Ring), (1.0, Marker::Circle)] {
        let corners = CORNERS.iter().zip(wanted).filter(|(_, wanted)| *wanted == answer);
        let points = Points::new(corners.map(|(corner, _)| (corner[0], corner[1])));
        panel = panel.draw(points.color(Color::Ink).marker(marker).radius(7.0));
    }
    panel
}
