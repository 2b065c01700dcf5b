//! The same answers twice, and the work of three ways to the same fit.

use lesson::{Page, Result, Row, Table, count, fixed, significant};
use nn::{Activation, Network, seeded};
use plot::{Align, Axis, Color, Dash, Diagram, Figure, Line, Node, Note, Panel, Rule};

use super::{CLOSE, Descent, PLAIN, RATES, STACKED, STARTS};
use super::{at_once, break_even, largest_difference, least_cost, product, race};
use crate::houses::{Houses, TEST};

/// Fills the page.
pub(crate) fn run(page: &mut Page) -> Result {
    let (train, test) = Houses::split(page.seed(31));
    let network = Network::new(STACKED, Activation::Identity, &mut seeded(page.seed(34)));
    let one = Network::from_layers(vec![product(&network)]);
    page.figure("layers", &layers(&network, &one));
    let (three, one) = (test.ask(&network), test.ask(&one));
    let rows = (0..4).map(|house| {
        Row::of([house + 1]).and([three[house], one[house]].map(|says| fixed(says, 15)))
    });
    page.table("answers", &Table::of(["house", "three layers", "one layer"], rows));
    page.value("apart", significant(largest_difference(&three, &one), 1));
    page.value("unseen", TEST);

    let seed = page.seed(40);
    let (stacked, plain) =
        rayon::join(|| race(STACKED, &train, seed), || race(PLAIN, &train, seed));
    let (stacked, plain) = (stacked?, plain?);
    let middle = [&plain, &stacked].map(|runs| &runs[STARTS / 2]);
    page.table("work", &work(middle));
    for (name, runs) in [("plain_range", &plain), ("stacked_range", &stacked)] {
        let [least, most] = [&runs[0], &runs[STARTS - 1]].map(Descent::updates);
        page.value(name, format!("{least} to {most}"));
    }
    page.value("break_even", count(break_even(middle[0].updates())));
    page.figure("race", &drawn(least_cost(&train), middle));
    page.value("starts", STARTS);
    page.value("rates", RATES.map(|rate| rate.to_string()).join(", "));
    page.value("close", "one millionth");
    Ok(())
}

/// Stacked layers, and the single one that is their product.
fn layers(stacked: &Network, one: &Network) -> Figure {
    Figure::new(
        "Three layers and their product",
        "Above a network of three layers with a web of weights, below four lines from the inputs to the answer.",
    )
    .columns(1)
    .diagram(wired(stacked, "three layers"))
    .diagram(wired(one, "the same as one"))
}

/// A network with its weights as lines, under its name.
fn wired(network: &Network, name: &str) -> Diagram {
    let mut columns = vec![vec!["x₁", "x₂", "x₃", "x₄"]];
    columns.extend(network.layers.iter().map(|layer| vec![""; layer.outputs()]));
    columns[network.layers.len()] = vec!["a"];
    let columns: Vec<&[&str]> = columns.iter().map(Vec::as_slice).collect();
    let weight = |layer: usize, from, to| network.layers[layer].weights[[from, to]];
    let diagram = Diagram::network(&columns, weight).0.radius(17.0);
    let mut diagram = diagram.row_height(46.0);
    diagram.node(Node::text(0.5 * network.layers.len() as f64, -0.9, name));
    diagram
}

/// The three ways to the same fit, and what each multiplies on its way.
fn work(descents: [&Descent; 2]) -> Table {
    let unknowns = descents[0].unknowns().to_string();
    let first = ["least squares", &unknowns, "–", "–", "–", &count(at_once()), "1"];
    let names = ["no hidden layer", "stacked linear layers"].into_iter();
    let rows = names.zip(descents).map(|(name, run)| {
        let times = run.times().round() as usize;
        Row::of([name])
            .and([run.unknowns().to_string(), run.rate.to_string()])
            .and([run.updates(), run.each(), run.all(), times].map(count))
    });
    let headings =
        ["way", "unknowns", "rate", "updates", "per update", "in all", "times"];
    Table::of(headings, [Row::of(first)].into_iter().chain(rows))
}

/// How far the cost is above the least one, against the multiplications spent.
fn drawn(least: f64, [plain, stacked]: [&Descent; 2]) -> Figure {
    let line = |run: &Descent| {
        let points = run.costs.iter().enumerate();
        Line::new(points.map(|(updates, cost)| {
            ((updates * run.each()) as f64, (cost / least - 1.0).max(CLOSE))
        }))
    };
    let note = |at, words, color| Note::new(at, words).color(color);
    let done = Rule::vertical(at_once() as f64).dash(Dash::Dashed);
    Figure::new(
        "Three ways to the same fit",
        "Least squares is done after some ten thousand multiplications; descent without a hidden layer takes dozens of times as many, through three linear layers hundreds of times.",
    )
    .panel(
        Panel::new()
            .aspect(1.3)
            .x(Axis::new("multiplications").log().range(2e3..=1e8))
            .y(Axis::new("cost above the least, as a share of it").log().range(1e-6..=100.0))
            .draw(done)
            .draw(line(plain).color(Color::Blue))
            .draw(line(stacked).color(Color::Vermillion))
            .draw(Note::new((2.2e4, 20.0), "least squares is done"))
            .draw(note((2.6e5, 1e-5), "no hidden\nlayer", Color::Blue).align(Align::End))
            .draw(note((6e6, 3e-2), "three\nlayers", Color::Vermillion)),
    )
}
