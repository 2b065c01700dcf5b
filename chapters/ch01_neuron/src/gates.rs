//! AND, OR and NAND by weights set by hand, and a sigmoid that turns into a threshold.

use lesson::{Page, Result, Row, Table, fixed, significant};
use nn::Activation::{self, Sigmoid, Threshold};
use nn::Neuron;
use plot::{Axis, Color, Figure, Line, Panel, Points};

use crate::corners::{self, CORNERS, answers};

/// Three gates as neurons with a threshold.
pub fn gates() -> [(&'static str, Neuron); 3] {
    [
        ("AND", Neuron::new(&[1.0, 1.0], -1.5, Threshold)),
        ("OR", Neuron::new(&[1.0, 1.0], -0.5, Threshold)),
        ("NAND", Neuron::new(&[-1.0, -1.0], 1.5, Threshold)),
    ]
}

/// The same neuron with all its numbers multiplied by `c`, and another bend.
pub fn louder(neuron: &Neuron, c: f64, activation: Activation) -> Neuron {
    let weights: Vec<f64> = neuron.weights.iter().map(|weight| c * weight).collect();
    Neuron::new(&weights, c * neuron.bias, activation)
}

/// Fills the page.
pub fn run(page: &mut Page) -> Result {
    let mut truth = Table::new(["x₁", "x₂", "AND", "OR", "NAND"]);
    for corner in CORNERS {
        truth.row(Row::of(corner).and(gates().map(|(_, gate)| gate.output(&corner))));
    }
    page.table("truth", &truth);
    page.figure("lines", &lines());
    let [(_, and), (_, or), _] = gates();
    page.value("and_bias", and.bias);
    page.value("or_bias", or.bias);

    let sharper = sharper(&and);
    page.table("sharper", &sharper);
    page.figure("steeper", &steeper(&and));
    for c in ["1", "10", "100"] {
        page.value(&format!("worst_at_{c}"), sharper.cell(c, "largest difference"));
    }
    page.value("at_zero", Sigmoid.value(0.0));
    page.value("threshold_at_zero", Threshold.value(0.0));
    Ok(())
}

/// What the gate says at each corner as `c` grows: the threshold never changes, the sigmoid follows it.
fn sharper(gate: &Neuron) -> Table {
    let mut table =
        Table::new(["c", "0 0", "0 1", "1 0", "1 1", "threshold", "largest difference"]);
    for c in [1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0] {
        let smooth = answers(&louder(gate, c, Sigmoid));
        let sharp = answers(&louder(gate, c, Threshold));
        let apart =
            smooth.iter().zip(sharp).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
        let row = Row::of([c]).and(smooth.map(|answer| fixed(answer, 4)));
        let sharp = sharp.map(|answer| answer.to_string()).join(" ");
        table.row(row.and([sharp, significant(apart, 2)]));
    }
    table
}

fn lines() -> Figure {
    let figure = Figure::new(
        "Three gates as three lines",
        "Each gate is a straight line through the square of its inputs. On the shaded side the neuron says 1.",
    );
    gates().iter().fold(figure.columns(3), |figure, (name, gate)| {
        figure.panel(corners::panel(name, Some(gate), answers(gate)))
    })
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_gate_says_what_its_name_says() {
        let wanted = [[0.0, 0.0, 0.0, 1.0], [0.0, 1.0, 1.0, 1.0], [1.0, 1.0, 1.0, 0.0]];
        assert_eq!(gates().map(|(_, gate)| answers(&gate)), wanted);
    }

    #[test]
    fn a_louder_threshold_gives_the_same_answers_and_a_louder_sigmoid_comes_closer() {
        for (name, gate) in gates() {
            assert_eq!(
                answers(&louder(&gate, 100.0, Threshold)),
                answers(&gate),
                "{name}"
            );
            for (quiet, loud) in [(1.0, 2.0), (2.0, 5.0), (5.0, 10.0)] {
                let [quiet, loud] =
                    [quiet, loud].map(|c| answers(&louder(&gate, c, Sigmoid)));
                for ((quiet, loud), sharp) in quiet.iter().zip(loud).zip(answers(&gate)) {
                    assert!((loud - sharp).abs() < (quiet - sharp).abs(), "{name}");
                }
            }
        }
    }
}
