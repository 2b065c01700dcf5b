//! What one correction does to a sum, every look at every corner, and the lines that OR and XOR lead to.

use std::ops::RangeInclusive;

use lesson::{Page, Result, Row, Table};
use plot::{Axis, Bars, Figure, Panel};

use super::{Look, OR, ROUND, XOR, correct, corrections, learn, mistaken, parts};
use crate::corners::{self, CORNERS, SQUARE, WIDE};

/// Fills the page.
pub(crate) fn run(page: &mut Page) -> Result {
    let (mut neuron, inputs) = mistaken();
    let before = parts(&neuron, &inputs);
    correct(&mut neuron, &inputs, 1.0);
    let after = parts(&neuron, &inputs);
    page.figure("nudge", &nudge(before, after));
    let names = ["nudge_first", "nudge_second", "nudge_bias", "nudge_sum"];
    for (name, (before, after)) in names.iter().zip(before.into_iter().zip(after)) {
        page.value(name, after - before);
    }

    let (or, _) = learn(OR);
    page.table("or", &table(&or, OR));
    // The last pass corrects nothing, and leaves the line where it was.
    let passes = or[or.len() - 1].pass;
    let ends = or.iter().filter(|look| look.corner == 3 && look.pass < passes);
    let ends = ends.map(|look| (format!("after pass {}", look.pass), look));
    let or_lines = Figure::new(
        "Learning OR",
        "The line after each of the first three passes; from the third on it parts the corners correctly.",
    );
    page.figure("or_lines", &lines(or_lines.columns(3), OR, ends, SQUARE));
    page.value("or_passes", passes);
    page.value("or_corrections", corrections(&or, OR));

    let (xor, _) = learn(XOR);
    let last_pass = &xor[xor.len() - 4..];
    page.table("xor", &table(&xor, XOR));
    let turn = last_pass.iter().map(|look| {
        let [x1, x2] = CORNERS[look.corner];
        (format!("after ({x1}, {x2})"), look)
    });
    let xor_cycle = Figure::new(
        "XOR goes round",
        "The line after each corner of the last pass: every correction spoils another corner's answer.",
    );
    page.figure("xor_cycle", &lines(xor_cycle.columns(2), XOR, turn, WIDE));
    page.live(&ROUND)?;
    page.value("xor_passes", last_pass[0].pass);
    page.value("xor_corrections", corrections(last_pass, XOR));
    Ok(())
}

fn table(looks: &[Look], targets: [f64; 4]) -> Table {
    let rows = looks.iter().map(|look| {
        let Look { pass, corner, said, after } = look;
        let pass = if *corner == 0 { pass.to_string() } else { String::new() };
        let target = targets[*corner];
        let mark = if *said == target { "" } else { "corrected" };
        let row = Row::of([pass]).and(CORNERS[*corner]).and([target, *said]).and([mark]);
        row.and(&after.weights).and([after.bias])
    });
    Table::of(["pass", "x₁", "x₂", "target", "said", "", "w₁", "w₂", "b"], rows)
}

/// The parts of a sum before a correction and after it.
fn nudge(before: [f64; 4], after: [f64; 4]) -> Figure {
    let panel = Panel::new()
        .x(Axis::new("").categories(["w₁ · x₁", "w₂ · x₂", "bias b", "sum z"]))
        .y(Axis::new("").range(-4.0..=4.0).ticks([-3.0, 0.0, 3.0]));
    let bars = [("before", before), ("after", after)].into_iter().enumerate();
    let bars = bars.map(|(slot, (name, parts))| {
        Bars::new(parts).slot(slot, 2).label(name).numbers(0)
    });
    Figure::new(
        "One correction",
        "Two products, the bias and their sum before the inputs were added to the weights, and after. Every bar has risen, \
         and the sum has gone from minus three to three.",
    )
    .panel(bars.fold(panel, Panel::draw))
}

/// The line after each of these looks.
fn lines<'a>(
    figure: Figure,
    targets: [f64; 4],
    looks: impl Iterator<Item = (String, &'a Look)>,
    reach: RangeInclusive<f64>,
) -> Figure {
    let panels = looks.map(|(heading, look)| {
        corners::panel(&heading, Some(&look.after), targets, reach.clone()).bare()
    });
    panels.fold(figure, Figure::panel)
}
