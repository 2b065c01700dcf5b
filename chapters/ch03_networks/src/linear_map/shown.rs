//! Every weight twice, how descent closes in on least squares, and the prices that both predict.

use datasets::property::INPUTS;
use lesson::{Page, Result, Row, Table, count, fixed, percent, significant};
use ndarray::Array1;
use nn::Network;
use plot::{Axis, Color, Diagram, Figure, Marker, Node, Panel, Points, Rule, Wire};

use super::{FAR_OUT, FLAT, LOOKS, OLD, TRAINING};
use super::{descend, differences, fifths, largest_difference, with_hidden};
use super::{one_more_by_rule, one_more_to};
use crate::houses::{Houses, TEST, TRAIN};
use crate::least_squares::LeastSquares;

/// Fills the page.
pub(crate) fn run(page: &mut Page) -> Result {
    let (train, test) = Houses::split(page.seed(31));
    let closed = train.least_squares();
    let looks = descend(&train.scaled, page.seed(33))?;
    let [.., network] = &looks[..] else { return Err("nobody looked".into()) };

    page.figure("layers", &layers(&with_hidden(page.seed(33))));
    page.figure("network", &straight(network));
    page.table("weights", &weights(&closed, network));
    let rows = LOOKS.iter().zip(&looks).map(|(updates, network)| {
        [updates.to_string(), below(largest_difference(network, &closed))]
    });
    page.table("looks", &Table::of(["updates", "largest difference"], rows));
    page.value("rows", count(TRAIN));
    page.value("unseen", count(TEST));
    page.value("rate", TRAINING.rate);
    page.value("updates", count(TRAINING.epochs));

    let answers = test.ask(network);
    page.value("explained", percent(test.explained(answers.view()), 0));
    page.value("error", fixed(test.error(answers.view()), 0));
    let predicted = test.prices(answers.view());
    page.figure("prices", &prices(&test, &predicted));
    let [old, above] = very_old(&test, &predicted);
    page.value("very_old", VERY_OLD);
    page.value("very_old_houses", old);
    page.value("very_old_above", above);
    sorted(page, &fifths(&test, &predicted));

    page.value("metre", fixed(one_more_to(network, &train, 0), 1));
    page.value("year", fixed(-one_more_to(network, &train, 3), 1));
    let [metre, year] = one_more_by_rule(FLAT);
    page.value("metre_in_the_city", fixed(metre, 1));
    page.value("metre_far_out", fixed(one_more_by_rule(FAR_OUT)[0], 1));
    page.value("year_of_a_young_house", fixed(-year, 1));
    page.value("year_of_an_old_house", fixed(one_more_by_rule(OLD)[1], 1));
    page.value("young", FLAT.age);
    page.value("old", OLD.age);
    Ok(())
}

const LETTERS: [&str; 4] = ["x₁", "x₂", "x₃", "x₄"];

/// A network in which every circle and line has a name.
fn layers(network: &Network) -> Figure {
    let columns: [&[&str]; 3] = [&LETTERS, &["h₁", "h₂", "h₃"], &["a"]];
    let weight = |layer: usize, from, to| network.layers[layer].weights[[from, to]];
    let (diagram, circles) = Diagram::network(&columns, weight);
    let mut diagram = diagram.row_height(88.0);
    for (column, name) in [(0.0, "inputs"), (1.0, "hidden layer"), (2.0, "output")] {
        diagram.node(Node::text(column, -0.7, name));
    }
    for (column, row) in [(0.6, 3.45), (1.6, 2.6)] {
        diagram.node(Node::text(column, row, "weights"));
    }
    for (row, input) in INPUTS.iter().enumerate() {
        diagram.node(Node::text(-0.8, row as f64, input.name));
    }
    let neurons = [(1.0, 0.5), (1.0, 1.5), (1.0, 2.5), (2.0, 1.5)];
    for ((column, row), circle) in neurons.into_iter().zip(circles[1..].concat()) {
        let bias = diagram.node(Node::text(column, row - 0.5, "bias"));
        diagram.wire(Wire::new(bias, circle).arrow());
    }
    diagram.node(Node::text(2.45, 1.5, "price"));
    Figure::new(
        "A network with its names",
        "Four inputs, three hidden neurons and one output. A line from each input to each hidden neuron and from each hidden neuron to the output is a weight; each neuron has a bias.",
    )
    .diagram(diagram)
}

/// The network without a hidden layer, and the weights that it has learnt.
fn straight(network: &Network) -> Figure {
    let weights = network.layers[0].weights.column(0);
    let largest = weights.iter().fold(0.0_f64, |most, weight| most.max(weight.abs()));
    let (diagram, circles) = Diagram::layers(&[&LETTERS, &["a"]]);
    let mut diagram = diagram.row_height(54.0);
    for (row, (input, weight)) in INPUTS.iter().zip(weights).enumerate() {
        diagram.node(Node::text(-0.45, row as f64, input.name));
        let wire = Wire::new(circles[0][row], circles[1][0]).weight(weight / largest);
        diagram.wire(wire.label(fixed(*weight, 2).replace('-', "−")).at(0.35));
    }
    diagram.node(Node::text(1.25, 1.5, "price"));
    Figure::new(
        "A network without a hidden layer",
        "Four lines lead from area, bedrooms, distance and age to one output neuron, thick where a weight is large: area raises the price, distance lowers it.",
    )
    .diagram(diagram)
}

/// Every weight twice: as least squares finds it, and as descent does.
fn weights(closed: &LeastSquares, network: &Network) -> Table {
    let names = INPUTS.map(|input| input.name).into_iter().chain(["(bias)"]);
    let found = closed.parameters().zip(network.parameters());
    let rows = names.zip(found).zip(differences(network, closed));
    let rows = rows.map(|((name, (wanted, found)), apart)| {
        Row::of([name]).and([wanted, found].map(|w| fixed(w, 7))).and([below(apart)])
    });
    let last = Row::of(["largest", "", "", &below(largest_difference(network, closed))]);
    Table::of(["weight of", "least squares", "descent", "difference"], rows.chain([last]))
}

/// A difference, unless it is so small that it is made of rounding alone.
fn below(difference: f64) -> String {
    if difference < 1e-9 { "below 1e-9".to_string() } else { significant(difference, 1) }
}

/// What the houses of each fifth cost and what the network says, on average.
fn sorted(page: &mut Page, fifths: &[[f64; 2]; 5]) {
    let names = ["lowest", "second", "middle", "fourth", "highest"];
    let rows = names.into_iter().zip(fifths).map(|(name, [said, truth])| {
        let prices = [*said, *truth].map(|price| fixed(price, 0));
        Row::of([name]).and(prices).and([format!("{:+.0}", said - truth)])
    });
    let headings = ["predictions", "predicted", "true", "difference"];
    page.table("fifths", &Table::of(headings, rows));
    for fifth in [0, 2, 4] {
        let [said, truth] = fifths[fifth];
        page.value(names[fifth], fixed((said - truth).abs(), 0));
    }
}

/// From this age on, in years, a house is drawn as a very old one.
pub(crate) const VERY_OLD: f64 = 130.0;

/// How many houses are very old, and how many of those cost more than predicted.
pub(crate) fn very_old(houses: &Houses, predicted: &Array1<f64>) -> [usize; 2] {
    let old = || pairs(houses, predicted).filter(|(age, _)| *age >= VERY_OLD);
    [old().count(), old().filter(|(_, (said, truth))| truth > said).count()]
}

/// The age of each house, with its predicted and its true price.
fn pairs(
    houses: &Houses,
    predicted: &Array1<f64>,
) -> impl Iterator<Item = (f64, (f64, f64))> {
    let prices = predicted.iter().copied().zip(houses.raw.targets.iter().copied());
    houses.raw.inputs.column(3).into_iter().copied().zip(prices)
}

/// True against predicted prices, the very old houses in a colour of their own.
pub(crate) fn scatter(houses: &Houses, predicted: &Array1<f64>) -> Panel {
    let range = 0.0..=1500.0;
    let points = |old: bool| {
        let these = pairs(houses, predicted).filter(|(age, _)| (*age >= VERY_OLD) == old);
        Points::new(these.map(|(_, prices)| prices).collect::<Vec<_>>())
    };
    let axis = |words| Axis::new(words).range(range.clone()).ticks([0.0, 500.0, 1000.0]);
    Panel::new()
        .equal()
        .x(axis("predicted (thousand €)"))
        .y(axis("true price (thousand €)"))
        .draw(Rule::zero_of(1.0, -1.0, 0.0))
        .draw(points(false).color(Color::Muted).marker(Marker::Ring).radius(3.0))
        .draw(points(true).color(Color::Vermillion).marker(Marker::Circle).radius(4.0))
}

/// True against predicted prices of houses that nobody trained on.
fn prices(houses: &Houses, predicted: &Array1<f64>) -> Figure {
    Figure::new(
        "Predicted and true prices without a hidden layer",
        "Unseen houses around the diagonal, in a curved cloud: at both ends most lie above it, in the middle below. The oldest houses all lie above it.",
    )
    .panel(scatter(houses, predicted))
}
