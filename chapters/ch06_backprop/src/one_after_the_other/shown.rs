//! The two ways side by side after one step and after many, and what the mistake leaves of a step at other rates.

use lesson::{Page, Result, Row, Table, count, fixed, percent, significant};
use plot::{Axis, Color, Figure, Line, Marker, Note, Panel, Points, Rule};

use super::{LONG, RATE, WAYS, after, left_of_the_step, turning_rates};
use crate::by_hand::shown::all;
use crate::by_hand::{START, Weights, forward, update_at_once};

/// Fills the page.
pub(crate) fn run(page: &mut Page) -> Result {
    page.figure("left", &left());
    page.value("rate", RATE);
    let [first, second] = left_of_the_step(RATE).map(|left| percent(left, 0));
    page.value("left_1", first);
    page.value("left_2", second);
    let [first, second] = turning_rates().map(|rate| fixed(rate, 1));
    page.value("turns_1", first);
    page.value("turns_2", second);

    let [right, wrong] = WAYS.map(|(_, update)| after(1, update));
    page.table("updated", &updated(&right, &wrong));
    let (right, wrong) = (forward(&right).cost(), forward(&wrong).cost());
    page.value("cost_after_wrong", fixed(wrong, 9));
    page.value("difference", significant(wrong - right, 2));

    let before = forward(&after(LONG - 1, update_at_once));
    page.value("long_cost_before", significant(before.cost(), 9));
    page.table("long", &long());
    Ok(())
}

/// What is left of the hidden neurons' first step, over the rate.
fn left() -> Figure {
    const FARTHEST: f64 = 6.0;
    let shares = [-1.0, -0.5, 0.0, 0.5, 1.0]
        .map(|share| (share, percent(share, 0).replace('-', "−")));
    let panel = Panel::new()
        .x(Axis::new("learning rate η").range(0.0..=FARTHEST))
        .y(Axis::new("what remains of the step").range(-1.1..=1.1).tick_labels(shares))
        .draw(Rule::horizontal(0.0))
        .draw(Note::new((0.4, -0.5), "sent the wrong way"));
    let names = ["into h₁", "into h₂"];
    let colors = [Color::Blue, Color::Vermillion];
    let panel = (0..2).fold(panel, |panel, h| {
        let line = Line::function(0.0..=FARTHEST, |rate| left_of_the_step(rate)[h]);
        panel.draw(line.color(colors[h]).label(names[h]))
    });
    let here = left_of_the_step(RATE);
    let published = Points::new(here.map(|left| (RATE, left)))
        .color(Color::Ink)
        .marker(Marker::Circle)
        .names(["", "as published"]);
    Figure::new(
        "What the mistake leaves of a hidden neuron's step",
        "Two straight lines that fall from 100 per cent at a rate of 0, cross zero near 3, and go on below it.",
    )
    .panel(panel.draw(published))
}

fn updated(right: &Weights, wrong: &Weights) -> Table {
    let weights = all(&START).into_iter().zip(all(right).into_iter().zip(all(wrong)));
    let weights = weights.enumerate().map(|(index, (before, (right, wrong)))| {
        let moved = [right, wrong].map(|weight| fixed(weight, 9));
        Row::of([format!("w{}", index + 1), fixed(before, 2)]).and(moved)
    });
    let costs = [right, wrong].map(|weights| fixed(forward(weights).cost(), 12));
    let costs = Row::of(["cost", &fixed(forward(&START).cost(), 9)]).and(costs);
    let ways = WAYS.map(|(name, _)| name);
    Table::of(Row::of(["weight", "before"]).and(ways), weights.chain([costs]))
}

fn long() -> Table {
    let rows = WAYS.map(|(name, update)| {
        let pass = forward(&after(LONG, update));
        let outputs = pass.outputs.map(|output| fixed(output, 9));
        Row::of([name]).and(outputs).and([significant(pass.cost(), 9)])
    });
    let updates = format!("after {} updates", count(LONG));
    Table::of(Row::of([updates]).and(["output 1", "output 2", "cost"]), rows)
}
