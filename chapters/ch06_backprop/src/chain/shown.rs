//! The neuron and the fork as circuits, with both numbers on each wire, and each gradient beside what is measured.

use lesson::{Page, Result, Row, Table, fixed};
use nn::Examples;
use plot::{Color, Diagram, Field, Figure, Marker, Node, Panel, Points, Regions, Wire};

use super::live::short;
use super::moons::{self, Circuit, HIDDEN, MOMENTS, RATE, ROWS};
use super::{CIRCUIT, FORK, H, NEURON, Step, forward, measured, passes};

/// The steps of the neuron.
pub(super) const NAMES: [&str; 10] =
    ["w₁", "x₁", "w₂", "x₂", "b", "w₁x₁", "w₂x₂", "sum", "z", "a"];

/// Fills the page.
pub(crate) fn run(page: &mut Page) -> Result {
    page.table("neuron", &table(&NEURON, &NAMES));
    page.live(&CIRCUIT)?;
    page.value("x1", passes(&NEURON).0[1]);
    page.value("h", H);
    page.table("nudge", &nudge());
    page.value("nudge", NUDGE);

    let (values, gradients) = passes(&FORK);
    page.table("fork", &table(&FORK, &["x", "3", "x + 3", "f"]));
    page.figure("fork", &fork_drawn(&values, &gradients));
    // What reaches x along each of its two wires.
    page.value("through_sum", gradients[2]);
    page.value("straight", gradients[3] * values[2]);
    page.value("together", gradients[0]);
    page.value("fork_x", values[0]);

    let (moons, mut album) = moons::train(page.seed(1));
    page.table("right", &right(&moons, &mut album));
    page.figure("moons", &borders(&moons, &album));
    page.value("steps", album[0].steps.len());
    page.value("hidden", HIDDEN);
    page.value("rows", ROWS);
    page.value("rate", RATE);
    Ok(())
}

/// How far w₁ is turned up.
const NUDGE: f64 = 0.01;

/// What a nudge of w₁ does on its way to the output: before, after, how far each step moved, and how many times as far as
/// the one before it.
fn nudge() -> Table {
    let before = forward(&NEURON);
    let mut steps = NEURON;
    steps[0] = Step::Input(before[0] + NUDGE);
    let after = forward(&steps);
    let moved = |step: usize| after[step] - before[step];
    let way = [0, 5, 7, 8, 9];
    let rows = way.iter().enumerate().map(|(place, &step)| {
        let times = place.checked_sub(1).map(|last| moved(step) / moved(way[last]));
        let times = times.map_or(String::new(), |times| fixed(times, 3));
        let numbers = [before[step], after[step]].map(|number| fixed(number, 3));
        Row::of([NAMES[step]]).and(numbers).and([fixed(moved(step), 5), times])
    });
    Table::of(["step", "before", "after", "moved by", "times"], rows)
}

/// Each step with its value, its gradient and, where it is an input, the measured gradient.
fn table(steps: &[Step], names: &[&str]) -> Table {
    let (values, gradients) = passes(steps);
    let rows = names.iter().enumerate().map(|(step, name)| {
        let measured = measured(steps, step).map_or(String::new(), |m| fixed(m, 6));
        let both = [values[step], gradients[step]].map(|number| fixed(number, 6));
        Row::of([name]).and(both).and([measured])
    });
    Table::of(["step", "value", "gradient", "measured"], rows)
}

/// The calculation that uses x twice; the wires out of x carry what each of them brings back.
fn fork_drawn(values: &[f64], gradients: &[f64]) -> Figure {
    let mut diagram = Diagram::new().row_height(74.0);
    let three = diagram.node(Node::text(0.0, 0.0, "3"));
    let x = diagram.node(Node::text(0.0, 1.5, "x"));
    let sum = diagram.node(Node::new(1.2, 0.4, "+"));
    let product = diagram.node(Node::new(2.4, 1.2, "×"));
    let result = diagram.node(Node::text(3.3, 1.2, "f"));
    for (from, to, forth, back) in [
        (three, sum, values[1], gradients[1]),
        (x, sum, values[0], gradients[2]),
        (x, product, values[0], values[2]),
        (sum, product, values[2], gradients[2]),
        (product, result, values[3], gradients[3]),
    ] {
        diagram.wire(Wire::new(from, to).both_ways(short(forth), short(back)).arrow());
    }
    Figure::new(
        "A value that is used twice",
        "x goes into a sum and into a product. Each of the two wires brings a gradient back to x.",
    )
    .diagram(diagram)
}

/// How many points lie on the right side of the border, at each moment.
fn right(moons: &Examples, album: &mut [Circuit]) -> Table {
    let rows = MOMENTS
        .iter()
        .zip(album)
        .map(|(epochs, circuit)| [epochs.to_string(), circuit.right(moons).to_string()]);
    Table::of(["epochs", "right"], rows)
}

/// The moons at each moment, and the places for which the network says one or the other.
fn borders(moons: &Examples, album: &[Circuit]) -> Figure {
    let figure = Figure::new(
        "A border between two moons",
        "Four maps of the plane with the points of two half moons. At first the border runs anywhere, then straight between \
         the moons; in the end it bends around both.",
    );
    MOMENTS.iter().zip(album).fold(figure.columns(2), |figure, (epochs, circuit)| {
        let says = |x, y| circuit.clone().values([x, y], 0.0)[circuit.output];
        let field = Field::sample(-1.5..=2.5, -1.0..=1.5, says);
        let points = |moon: f64| {
            let points = moons::rows(moons).filter(move |&(_, y)| y == moon);
            points.map(|([x1, x2], _)| (x1, x2)).collect::<Vec<_>>()
        };
        let [upper, lower] =
            [points(0.0), points(1.0)].map(|at| Points::new(at).radius(2.6));
        let panel = Panel::new()
            .heading(format!("after {epochs} epochs"))
            .bare()
            .equal()
            .draw(Regions::split(&field, 0.5))
            .draw(upper.color(Color::Blue).marker(Marker::Circle))
            .draw(lower.color(Color::Vermillion).marker(Marker::Triangle));
        figure.panel(panel)
    })
}
