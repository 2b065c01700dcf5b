//! The gates' truth table, their lines, and the sigmoids that close in on a threshold.

use lesson::{Page, Result, Row, Table, fixed, significant};
use nn::Activation::{Sigmoid, Threshold};
use nn::Neuron;
use plot::{Axis, Color, Figure, Line, Panel, Points};

use super::{FACTORS, gates, largest_difference, louder};
use crate::corners::{self, CORNERS, SQUARE, answers};

/// Fills the page.
pub(crate) fn run(page: &mut Page) -> Result {
    let truth = CORNERS
        .map(|corner| Row::of(corner).and(gates().map(|(_, gate)| gate.output(&corner))));
    page.table("truth", &Table::of(["x₁", "x₂", "AND", "OR", "NAND"], truth));
    page.figure("lines", &lines());
    let [(_, and), (_, or), _] = gates();
    page.value("and_bias", and.bias);
    page.value("or_bias", or.bias);

    page.table("sharper", &sharper(&and));
    page.figure("steeper", &steeper(&and));
    page.value("at_zero", Sigmoid.value(0.0));
    page.value("threshold_at_zero", Threshold.value(0.0));
    Ok(())
}

/// What the gate says at each corner as `c` grows: the threshold never changes, the sigmoid follows it.
fn sharper(gate: &Neuron) -> Table {
    let rows = FACTORS.iter().map(|&c| {
        let smooth = answers(&louder(gate, c, Sigmoid));
        let sharp = answers(&louder(gate, c, Threshold));
        let row = Row::of([c]).and(smooth.map(|answer| fixed(answer, 4)));
        let sharp = sharp.map(|answer| answer.to_string()).join(" ");
        row.and([sharp, significant(largest_difference(gate, c), 2)])
    });
    Table::of(["c", "0 0", "0 1", "1 0", "1 1", "threshold", "largest difference"], rows)
}

fn lines() -> Figure {
    let figure = Figure::new(
        "Three gates as three lines",
        "Each gate is a straight line through the square of its inputs. On the shaded side the neuron says 1.",
    );
    let panels = gates()
        .map(|(name, gate)| corners::panel(name, Some(&gate), answers(&gate), SQUARE));
    panels.into_iter().fold(figure.columns(3), Figure::panel)
}

/// The sigmoid of c·z, with the gate's corners on it, over the threshold that it closes in on.
fn steeper(gate: &Neuron) -> Figure {
    let range = -1.6..=1.6;
    let step = Line::new([(-1.6, 0.0), (0.0, 0.0), (0.0, 1.0), (1.6, 1.0)]);
    let mut panel = Panel::new()
        .x(Axis::new("weighted sum z").range(range.clone()))
        .y(Axis::new("output").range(0.0..=1.0).ticks([0.0, 0.5, 1.0]))
        .draw(step.color(Color::Ink).faint());
    for (c, color) in [(1.0, Color::Blue), (5.0, Color::Vermillion), (20.0, Color::Green)]
    {
        let sigmoid = |z: f64| Sigmoid.value(c * z);
        let corners =
            CORNERS.map(|corner| gate.weighted_sum(&corner)).map(|z| (z, sigmoid(z)));
        let curve = Line::function(range.clone(), sigmoid);
        panel = panel
            .draw(curve.color(color).label(format!("c = {c}")))
            .draw(Points::new(corners).color(color));
    }
    Figure::new(
        "A sigmoid turns into a threshold",
        "The sigmoid of c times z for growing c over the threshold. The curves get steeper, and all pass one half at z = 0.",
    )
    .panel(panel)
}
