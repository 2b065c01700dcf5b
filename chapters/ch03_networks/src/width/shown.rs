//! What networks of growing width cost, and the lines that they make.

use lesson::{Page, Result, Row, Spread, Table, count, significant};
use nn::{Examples, Network, seeded};
use plot::{Axis, Color, Dash, Figure, Line, Marker, Panel, Points};
use rayon::prelude::*;

use super::{BENDS, MEMORY, NOISE, REACH, ROWS, SIZES, STARTS, TRAINING};
use super::{bends, between, corners, cost_of_the_curve, curve, learn_all, points};

/// The widths that the figure shows.
const DRAWN: [usize; 4] = [1, 3, 5, 30];

/// Fills the page.
pub(crate) fn run(page: &mut Page) -> Result {
    let train = points(ROWS[0], &mut seeded(page.seed(70)));
    let test = points(ROWS[1], &mut seeded(page.seed(71)));
    let inside = between(&test, &train);
    let all = [&train, &test, &inside];
    let mut rows = Vec::new();
    let mut figure = Figure::new(
        "A curve in straight pieces",
        "Networks of 1 to 30 ReLU neurons fitted to the same points: more neurons, more pieces, a closer fit.",
    )
    .columns(2);
    let seed = page.seed(80);
    let learnt = SIZES.into_par_iter().map(|neurons| learn_all(neurons, &train, seed));
    let learnt = learnt.collect::<Result<Vec<_>>>()?;
    for (neurons, networks) in SIZES.into_iter().zip(&learnt) {
        let best = &networks[0].1;
        let costs = all.map(|points| best.cost(points, TRAINING.cost));
        let middle = Spread::of(networks.iter().map(|(cost, _)| *cost)).median();
        rows.push(
            Row::of([neurons, best.parameter_count(), bends(best).len() + 1])
                .and(costs.iter().chain([&middle]).map(|cost| significant(*cost, 2))),
        );
        if DRAWN.contains(&neurons) {
            figure = figure.panel(panel(best, neurons, &train));
        }
    }
    let curve = all.map(|points| significant(cost_of_the_curve(points), 2));
    rows.push(Row::of(["the curve", "", ""]).and(curve).and([""]));
    let counted = ["neurons", "unknowns", "pieces"].into_iter();
    let headings = counted.chain(["seen", "unseen", "inside", "middle start"]);
    page.table("widths", &Table::of(headings, rows));
    page.figure("pieces", &figure);
    page.live(&BENDS)?;
    page.value("rows", ROWS[0]);
    page.value("unseen", ROWS[1]);
    page.value("noise", NOISE);
    page.value("starts", STARTS);
    page.value("rate", TRAINING.rate);
    page.value("memory", MEMORY);
    page.value("epochs", count(TRAINING.epochs));
    Ok(())
}

/// The curve, the points around it, and the network's line with its bends.
fn panel(network: &Network, neurons: usize, points: &Examples) -> Panel {
    let corners = corners(network);
    let bends = corners[1..corners.len() - 1].to_vec();
    let seen = points.inputs.iter().copied().zip(points.targets.iter().copied());
    let words =
        if neurons == 1 { "1 neuron".to_string() } else { format!("{neurons} neurons") };
    let red = Color::Vermillion;
    Panel::new()
        .heading(words)
        .x(Axis::new("").range(-2.1..=2.1).ticks([-2.0, 0.0, 2.0]))
        .y(Axis::new("").range(-2.2..=2.2).ticks([-2.0, 0.0, 2.0]))
        .aspect(1.15)
        .draw(Line::function(-REACH..=REACH, curve).color(Color::Muted).dash(Dash::Short))
        .draw(Points::new(seen).color(Color::Ink).marker(Marker::Ring).radius(3.2))
        .draw(Line::new(corners).color(red).dash(Dash::Solid))
        .draw(Points::new(bends).color(red).marker(Marker::Circle).radius(4.4))
}
