//! Two neurons in front of a third, and a bend in each: XOR, which no single neuron can be, falls apart into easy halves.

use std::ops::RangeInclusive;

use datasets::xor;
use lesson::{Page, Result, Row, Table, count, fixed, percent, significant};
use ndarray::{ArrayView2, array, aview1};
use nn::Activation::{self, Threshold};
use nn::{Backprop, Batch, Cost, Dense, Examples, Network, Training, seeded};
use plot::{Axis, Color, Field, Figure, Marker, Panel, Points, Regions};
use rayon::prelude::*;

/// XOR as "OR, but not both": the first hidden neuron is OR, the second NAND, the output AND.
pub fn by_hand() -> Network {
    let hidden = Dense::new(
        array![[1.0, -1.0], [1.0, -1.0]], // (inputs, outputs)
        array![-0.5, 1.5],
        Threshold,
    );
    let output = Dense::new(array![[1.0], [1.0]], array![-1.5], Threshold);
    Network::from_layers(vec![hidden, output])
}

/// How a network learns XOR.
pub const TRAINING: Training = Training {
    cost: Cost::BinaryCrossEntropy,
    rate: 1.0,
    batch: Batch::Full,
    epochs: 1_000,
};

/// How it learns XOR with the other output and cost.
const QUADRATIC: Training =
    Training { cost: Cost::Quadratic, rate: 0.3, epochs: 3_000, ..TRAINING };

/// The largest slope of the cost along any weight or bias.
fn steepest(network: &Network, xor: &Examples) -> f64 {
    let mut backprop = Backprop::new(network, xor.rows());
    backprop.run(network, xor, TRAINING.cost);
    let slopes = backprop.gradients().entries();
    slopes.map(|slope| slope.abs()).fold(0.0, f64::max)
}

/// A network that has learnt nothing yet, with this bend between its layers and a sigmoid behind them.
fn start(hidden: usize, bend: Activation, seed: u64) -> Network {
    Network::new(&[2, hidden, 1], bend, &mut seeded(seed))
        .with_output(Activation::Sigmoid)
}

/// Trains a network with this many hidden neurons and this bend between its layers.
pub fn learn(
    hidden: usize,
    bend: Activation,
    xor: &Examples,
    seed: u64,
) -> Result<Network> {
    let mut network = start(hidden, bend, seed);
    TRAINING.run(&mut network, xor, &mut seeded(seed))?;
    Ok(network)
}

/// The same network with the identity as output and the quadratic cost.
fn learn_quadratic(hidden: usize, xor: &Examples, seed: u64) -> Result<Network> {
    let mut network =
        start(hidden, Activation::Tanh, seed).with_output(Activation::Identity);
    QUADRATIC.run(&mut network, xor, &mut seeded(seed))?;
    Ok(network)
}

/// How many random starts each size gets.
const STARTS: u64 = 100;
/// How many hidden neurons we try.
const SIZES: [usize; 4] = [1, 2, 3, 4];

/// Fills the page.
pub fn run(page: &mut Page) -> Result {
    let xor = xor();
    page.table("by_hand", &truth(&by_hand(), &xor, 0));

    let straight = learn(2, Activation::Identity, &xor, page.seed(50))?;
    let straight = straight.predict(xor.inputs.view());
    let farthest = straight.iter().map(|a| (a - 0.5).abs()).fold(0.0, f64::max);
    page.value("without_a_bend", fixed(straight[[0, 0]], 3));
    page.value("without_a_bend_apart", significant(farthest, 1));

    let starts =
        (0..STARTS).map(|start| learn(2, Activation::Tanh, &xor, page.seed(50 + start)));
    let networks = starts.collect::<Result<Vec<Network>>>()?;
    let (learnt, stuck): (Vec<Network>, Vec<Network>) =
        networks.into_iter().partition(|network| network.accuracy(&xor) == 1.0);
    let (Some(learnt), Some(stuck)) = (learnt.first(), stuck.first()) else {
        return Err(
            "of two tanh neurons, some should learn XOR and some get stuck".into()
        );
    };
    page.table("learnt", &truth(learnt, &xor, 2));
    page.table("stuck", &truth(stuck, &xor, 2));
    page.value("steepest", significant(steepest(stuck, &xor), 1));
    page.value(
        "steepest_at_the_start",
        significant(steepest(&start(2, Activation::Tanh, page.seed(50)), &xor), 1),
    );
    page.figure("planes", &planes(&xor, learnt));
    settings(page, &xor)
}

fn settings(page: &mut Page, xor: &Examples) -> Result {
    let shares = shares(xor, page)?;
    page.table("shares", &shares);
    for size in SIZES {
        let size = size.to_string();
        page.value(&format!("share_{size}"), shares.cell(&size, "solve XOR"));
        page.value(&format!("other_{size}"), shares.cell(&size, "other setting"));
    }
    page.value("starts", STARTS);
    // The standard deviation of a share of so many starts, where it is largest: for one half.
    page.value("share_luck", percent((0.25 / STARTS as f64).sqrt(), 0));
    page.value("rate", TRAINING.rate);
    page.value("quadratic_rate", QUADRATIC.rate);
    page.value("quadratic_epochs", count(QUADRATIC.epochs));
    page.value("epochs", count(TRAINING.epochs));
    Ok(())
}

/// What the hidden neurons and the output say to each pair of bits.
fn truth(network: &Network, xor: &Examples, decimals: usize) -> Table {
    let hidden = hidden(network).predict(xor.inputs.view()); // (4, 2)
    let output = network.predict(xor.inputs.view()); // (4, 1)
    let mut table = Table::new(["x₁", "x₂", "h₁", "h₂", "output", "XOR"]);
    for row in 0..4 {
        table.row(
            Row::of(xor.inputs.row(row))
                .and(hidden.row(row).iter().map(|h| fixed(*h, decimals)))
                .and([fixed(output[[row, 0]], decimals)])
                .and(xor.targets.row(row)),
        );
    }
    table
}

/// The hidden layer as a network of its own.
fn hidden(network: &Network) -> Network {
    Network::from_layers(vec![network.layers[0].clone()])
}

/// For each size, the share of random starts that end with four right answers.
fn shares(xor: &Examples, page: &Page) -> Result<Table> {
    let mut table = Table::new(["hidden neurons", "solve XOR", "other setting"]);
    for size in SIZES {
        let solves = |seed: u64| -> Result<[bool; 2]> {
            let plain = learn(size, Activation::Tanh, xor, seed)?;
            let quadratic = learn_quadratic(size, xor, seed)?;
            Ok([plain, quadratic].map(|network| network.accuracy(xor) == 1.0))
        };
        let seeds = (0..STARTS).into_par_iter().map(|start| page.seed(50 + start));
        let solved = seeds.map(solves).collect::<Result<Vec<_>>>()?;
        let solved = [0, 1].map(|way| solved.iter().filter(|ways| ways[way]).count());
        let shares = solved.map(|solved| percent(solved as f64 / STARTS as f64, 0));
        table.row(Row::of([size]).and(shares));
    }
    Ok(table)
}

/// By hand and learnt, the plane of the inputs and the plane of what the hidden neurons say.
fn planes(xor: &Examples, learnt: &Network) -> Figure {
    let by_hand = by_hand();
    // How deep a point lies in the strip: the smaller of OR's and NAND's weighted sum.
    let strip = |x, y| {
        let [or, nand] = weighted_sums(&by_hand.layers[0], [x, y]);
        or.min(nand)
    };
    let learnt_strip = |x, y| {
        let sums = weighted_sums(&learnt.layers[0], [x, y]);
        weighted_sums(&learnt.layers[1], sums.map(|z| Activation::Tanh.value(z)))[0]
    };
    let output = |network: &Network, h| weighted_sums(&network.layers[1], h)[0];
    let before = || Plane::new(["x₁", "x₂"], &[0.0, 1.0], 1.5);
    let after = |ticks, most| Plane::new(["h₁", "h₂"], ticks, most);
    let inputs = xor.inputs.view();
    let [bits, mixed] = [&by_hand, learnt].map(|network| hidden(network).predict(inputs));
    Figure::new(
        "XOR before and after the hidden layer",
        "In the plane of the inputs the corners 01 and 10 must be parted from 00 and 11 by two lines. In the plane of the hidden neurons one straight line does it.",
    )
    .panel(before().draw("by hand: inputs", strip, inputs, xor))
    .panel(after(&[0.0, 1.0], 1.9).draw(
        "by hand: hidden",
        |h1, h2| output(&by_hand, [h1, h2]),
        bits.view(),
        xor,
    ))
    .panel(before().draw("learnt: inputs", learnt_strip, inputs, xor))
    .panel(after(&[-1.0, 0.0, 1.0], 1.6).draw(
        "learnt: hidden",
        |h1, h2| output(learnt, [h1, h2]),
        mixed.view(),
        xor,
    ))
}

/// The first two weighted sums of a layer, or one and a zero if it has a single neuron.
fn weighted_sums(layer: &Dense, inputs: [f64; 2]) -> [f64; 2] {
    let sums = aview1(&inputs).dot(&layer.weights) + &layer.biases; // (outputs)
    [sums[0], sums.get(1).copied().unwrap_or(0.0)]
}

/// A square piece of a plane: the names of its axes, their ticks, and how far it reaches.
struct Plane<'a> {
    names: [&'a str; 2],
    ticks: &'a [f64],
    range: RangeInclusive<f64>,
}

impl<'a> Plane<'a> {
    /// From half a unit below the first tick up to `most`.
    fn new(names: [&'a str; 2], ticks: &'a [f64], most: f64) -> Plane<'a> {
        Plane { names, ticks, range: ticks[0] - 0.5..=most }
    }

    /// The four pairs of bits where they lie, over the places where the output says yes.
    fn draw(
        &self,
        heading: &str,
        sum: impl Fn(f64, f64) -> f64,
        places: ArrayView2<f64>,
        xor: &Examples,
    ) -> Panel {
        let [x, y] = self.names.map(|name| {
            Axis::new(name).range(self.range.clone()).ticks(self.ticks.iter().copied())
        });
        let sums = Field::sample(self.range.clone(), self.range.clone(), sum);
        let yes = Regions::split(&sums, 0.0).colors([Color::Surface, Color::Blue]);
        let mut panel = Panel::new().heading(heading).x(x).y(y).equal().draw(yes);
        let named = named(places, xor);
        for (wanted, marker) in [(false, Marker::Ring), (true, Marker::Circle)] {
            let those = || named.iter().filter(move |place| place.yes == wanted);
            let points = Points::new(those().map(|place| place.at))
                .names(those().map(|place| place.name.clone()))
                .color(Color::Ink);
            panel = panel.draw(points.marker(marker).radius(7.0));
        }
        panel
    }
}

/// Where a pair of bits lies, or several of them, and whether XOR says yes there.
struct Place {
    at: (f64, f64),
    name: String,
    yes: bool,
}

fn named(places: ArrayView2<f64>, xor: &Examples) -> Vec<Place> {
    let mut named: Vec<Place> = Vec::new();
    for (row, at) in places.rows().into_iter().enumerate() {
        let (at, yes) = ((at[0], at[1]), xor.targets[[row, 0]] == 1.0);
        let name = format!("{}{}", xor.inputs[[row, 0]], xor.inputs[[row, 1]]);
        match named.iter_mut().find(|place| place.at == at) {
            Some(place) => place.name = format!("{}, {name}", place.name),
            None => named.push(Place { at, name, yes }),
        }
    }
    named
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_neurons_set_by_hand_are_xor() {
        let xor = xor();
        assert_eq!(by_hand().predict(xor.inputs.view()), xor.targets);
    }

    #[test]
    fn without_a_bend_every_answer_is_one_half() {
        let xor = xor();
        for (start, size) in [(1, 2), (2, 4), (3, 8)] {
            let network = learn(size, Activation::Identity, &xor, start).unwrap();
            for answer in network.predict(xor.inputs.view()) {
                assert!((answer - 0.5).abs() < 1e-3, "{answer}");
            }
        }
    }

    #[test]
    fn one_hidden_neuron_is_never_enough_and_four_nearly_always_are() {
        let xor = xor();
        let solved = |size| {
            (0..20)
                .map(|start| learn(size, Activation::Tanh, &xor, start).unwrap())
                .filter(|network| network.accuracy(&xor) == 1.0)
                .count()
        };
        assert_eq!(solved(1), 0);
        assert!(solved(4) >= 18);
    }
}
