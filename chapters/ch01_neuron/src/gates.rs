//! AND, OR and NAND by weights set by hand; and a sigmoid that turns into a threshold.

use lesson::{Page, Result, Table, fixed, significant};
use nn::{Activation, Neuron};
use plot::{Axis, Figure, Line, Panel};

use crate::corners::{self, CORNERS};

/// Three gates as neurons with a threshold.
pub fn gates() -> [(&'static str, Neuron); 3] {
    let gate =
        |weights: [f64; 2], bias| Neuron::new(&weights, bias, Activation::Threshold);
    [
        ("AND", gate([1.0, 1.0], -1.5)),
        ("OR", gate([1.0, 1.0], -0.5)),
        ("NAND", gate([-1.0, -1.0], 1.5)),
    ]
}

/// The same neuron with all its numbers multiplied by `c`, and another bend.
fn multiplied(neuron: &Neuron, c: f64, activation: Activation) -> Neuron {
    let weights: Vec<f64> = neuron.weights.iter().map(|weight| c * weight).collect();
    Neuron::new(&weights, c * neuron.bias, activation)
}

/// Fills the page.
pub fn run(page: &mut Page) -> Result {
    let mut truth = Table::new(["x₁", "x₂", "AND", "OR", "NAND"]);
    for corner in CORNERS {
        let answers = gates().map(|(_, gate)| gate.output(&corner).to_string());
        truth.row(
            [corner[0].to_string(), corner[1].to_string()].into_iter().chain(answers),
        );
    }
    page.table("truth", &truth);
    for (name, gate) in gates() {
        page.value(&format!("{}_bias", name.to_lowercase()), gate.bias);
    }
    page.figure("lines", &lines());

    let [(_, and), ..] = gates();
    page.table("sharper", &sharper(&and));
    page.figure("steeper", &steeper());
    page.value("worst_at_1", fixed(worst_difference(&and, 1.0), 3));
    page.value("worst_at_10", fixed(worst_difference(&and, 10.0), 4));
    page.value("worst_at_100", significant(worst_difference(&and, 100.0), 2));
    page.value("at_zero", Activation::Sigmoid.value(0.0));
    page.value("threshold_at_zero", Activation::Threshold.value(0.0));
    Ok(())
}

fn lines() -> Figure {
    let figure = Figure::new(
        "Three gates as three lines",
        "Each gate is a straight line through the square of its inputs; on the shaded side the neuron says 1.",
    );
    gates().iter().fold(figure.columns(3), |figure, (name, gate)| {
        let answers = CORNERS.map(|corner| gate.output(&corner));
        figure.panel(corners::panel(name, Some(gate), answers))
    })
}

fn steeper() -> Figure {
    let mut panel = Panel::new()
        .x(Axis::new("weighted sum z").range(-3.0..=3.0))
        .y(Axis::new("output").range(0.0..=1.0).ticks([0.0, 0.5, 1.0]));
    for c in [1.0, 2.0, 5.0, 20.0] {
        let curve = Line::function(-3.0..=3.0, |z| Activation::Sigmoid.value(c * z));
        panel = panel.draw(curve.label(format!("c = {c}")));
    }
    Figure::new(
        "A sigmoid turns into a threshold",
        "The sigmoid of c times z for c from 1 to 20: the curve gets steeper, and stays at one half for z = 0.",
    )
    .panel(panel)
}

/// What the gate says at each corner as `c` grows: the threshold never changes, the sigmoid follows it.
fn sharper(gate: &Neuron) -> Table {
    let mut table =
        Table::new(["c", "0 0", "0 1", "1 0", "1 1", "threshold", "largest difference"]);
    for c in [1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0] {
        let smooth = multiplied(gate, c, Activation::Sigmoid);
        let sharp = multiplied(gate, c, Activation::Threshold);
        let answers = CORNERS.map(|corner| fixed(smooth.output(&corner), 4));
        let unchanged: String =
            CORNERS.iter().map(|corner| sharp.output(corner).to_string() + " ").collect();
        let difference = significant(worst_difference(gate, c), 2);
        let last = [unchanged.trim().to_string(), difference];
        table.row([c.to_string()].into_iter().chain(answers).chain(last));
    }
    table
}

/// The largest distance between sigmoid and threshold over the four corners.
fn worst_difference(gate: &Neuron, c: f64) -> f64 {
    let smooth = multiplied(gate, c, Activation::Sigmoid);
    let sharp = multiplied(gate, c, Activation::Threshold);
    let distances =
        CORNERS.map(|corner| (smooth.output(&corner) - sharp.output(&corner)).abs());
    distances.into_iter().fold(0.0, f64::max)
}
