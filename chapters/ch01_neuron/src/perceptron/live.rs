//! The rule on a gate, correction by correction: the line as it turns, and how many corners are right.

use lesson::{Kind, Knob, Knobs, Live, Page, Result};
use nn::{Activation, Neuron};
use plot::{Axis, Color, Dash, Figure, Line, Marker, Panel, Points, Rule};

use super::{AND, OR, XOR, corrected};
use crate::corners::{CORNERS, SQUARE, answers, plane, with_corners};

/// The line of a gate as the rule turns it.
pub const ROUND: Live = Live {
    name: "round",
    knobs: &[
        Knob {
            name: "gate",
            label: "gate",
            kind: Kind::Choice { of: &["OR", "AND", "XOR"], book: 2 },
        },
        Knob {
            name: "corrections",
            label: "corrections",
            kind: Kind::Steps { most: MOST, stride: 1, book: 8 },
        },
    ],
    draw,
};

/// How many corrections can be looked at.
const MOST: usize = 24;

fn draw(knobs: &Knobs, page: &mut Page) -> Result {
    let targets = [OR, AND, XOR][knobs.count("gate")];
    let looks = corrected(targets, knobs.count("corrections"));
    let none = Neuron::new(&[0.0, 0.0], 0.0, Activation::Threshold);
    // The neuron before the first correction, and after each.
    let neurons: Vec<&Neuron> =
        [&none].into_iter().chain(looks.iter().map(|look| &look.after)).collect();
    let right: Vec<usize> = neurons.iter().map(|one| right(one, targets)).collect();
    let (now, before) = (neurons[looks.len()], neurons[looks.len().saturating_sub(1)]);
    let mut panel = plane(&numbers(now), Some(now), SQUARE).bare();
    if let Some(look) = looks.last() {
        let [x1, x2] = CORNERS[look.corner];
        let corner = Points::new([(x1, x2)]).marker(Marker::Ring).radius(13.0);
        panel = panel
            .draw(line(before).color(Color::Muted).dash(Dash::Dashed))
            .draw(corner.color(Color::Vermillion));
    }
    let figure = Figure::new(
        "The rule, correction by correction",
        "On the left the square of the two inputs, with the neuron's line after the last correction and before it, and the \
         corner that was corrected. On the right, how many of the four corners are right after each correction.",
    );
    let figure = figure.panel(with_corners(panel, targets)).panel(history(&right));
    page.figure("round", &figure);
    page.value("round_corrections", looks.len());
    page.value("round_right", right[looks.len()]);
    Ok(())
}

/// At how many corners the neuron is right.
fn right(neuron: &Neuron, targets: [f64; 4]) -> usize {
    answers(neuron).iter().zip(targets).filter(|(said, target)| **said == *target).count()
}

fn line(neuron: &Neuron) -> Rule {
    Rule::zero_of(neuron.weights[0], neuron.weights[1], neuron.bias)
}

fn numbers(neuron: &Neuron) -> String {
    let [w1, w2, b] = [neuron.weights[0], neuron.weights[1], neuron.bias]
        .map(|number| (number + 0.0).to_string().replace('-', "−"));
    format!("w₁ {w1}, w₂ {w2}, b {b}")
}

/// How many corners are right after each correction.
fn history(right: &[usize]) -> Panel {
    let places =
        right.iter().enumerate().map(|(step, right)| (step as f64, *right as f64));
    let places: Vec<_> = places.collect();
    let now = places[places.len() - 1];
    Panel::new()
        .x(Axis::new("corrections").range(0.0..=MOST as f64).ticks([0.0, 12.0, 24.0]))
        .y(Axis::new("corners right").range(0.0..=4.3).ticks([0.0, 1.0, 2.0, 3.0, 4.0]))
        .aspect(1.0)
        .draw(Rule::horizontal(4.0).color(Color::Grid))
        .draw(Line::new(places).color(Color::Blue))
        .draw(Points::new([now]).color(Color::Blue))
}
