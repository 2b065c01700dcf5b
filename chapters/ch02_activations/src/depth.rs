//! Ten layers deep: how much of the gradient is left when it arrives at the first one?

use lesson::{Page, Result, Row, Table, count, fixed, percent, significant};
use ndarray::Array2;
use nn::math::{log10, pow};
use nn::{Activation, Backprop, Batch, Cost, Dense, Examples, Network, Training, seeded};
use plot::{Axis, Band, Color, Figure, Line, Panel};
use rayon::prelude::*;

use crate::ensemble::Spread;
use crate::handful::Handful;

const SEED: u64 = 2_000;

/// How often each kind of network is made, from other random numbers.
const RUNS: usize = 20;

/// How many hidden layers there are, and how many neurons each has.
const DEPTH: usize = 10;
const WIDTH: usize = 16;

/// How many digits the gradient is taken over.
const ROWS: usize = 100;

/// A bend, and how large its random weights are: their variance is `gain` / inputs.
#[derive(Clone, Copy, Debug)]
pub struct Start {
    name: &'static str,
    bend: Activation,
    gain: f64,
}

const STARTS: [Start; 5] = [
    Start { name: "sigmoid", bend: Activation::Sigmoid, gain: 1.0 },
    Start { name: "sigmoid × 4", bend: Activation::Sigmoid, gain: 16.0 },
    Start { name: "tanh", bend: Activation::Tanh, gain: 1.0 },
    Start { name: "ReLU", bend: Activation::Relu, gain: 1.0 },
    Start { name: "ReLU, He", bend: Activation::Relu, gain: 2.0 },
];

/// A deep network with random weights.
pub fn deep(start: Start, seed: u64) -> Network {
    let rng = &mut seeded(seed);
    let mut layers = Vec::new();
    let mut inputs = 64;
    for _ in 0..DEPTH {
        let deviation = (start.gain / inputs as f64).sqrt();
        layers.push(Dense::random(inputs, WIDTH, start.bend, deviation, rng));
        inputs = WIDTH;
    }
    let deviation = (1.0 / inputs as f64).sqrt();
    layers.push(Dense::random(inputs, 10, Activation::Identity, deviation, rng));
    Network::from_layers(layers)
}

/// The size of the gradient in each hidden layer: the root of the sum of its squares over all weights.
pub fn sizes(network: &Network, digits: &Examples) -> Vec<f64> {
    let mut backprop = Backprop::new(network, digits.rows());
    backprop.run(network, digits, Cost::SoftmaxCrossEntropy);
    let hidden = &backprop.gradients().layers[..DEPTH];
    let size = |weights: &Array2<f64>| weights.iter().map(|g| g * g).sum::<f64>().sqrt();
    hidden.iter().map(|layer| size(&layer.weights)).collect()
}

/// For one kind of network, the sizes layer by layer, run by run.
fn measure(start: Start, handfuls: &[Handful]) -> Vec<Vec<f64>> {
    handfuls
        .par_iter()
        .map(|digits| sizes(&deep(start, digits.seed), &digits.known))
        .collect()
}

/// How many rows share an update.
const BATCH: usize = 10;

/// Rates from which each kind of network takes the one that suits it.
const RATES: [f64; 4] = [0.02, 0.1, 0.5, 2.0];

/// How many digits a network is trained on, how many are for the test, and how often that is repeated.
const TRAIN_ROWS: usize = 150;
const TEST_ROWS: usize = 500;
const TRAIN_RUNS: usize = 5;

/// Settings that all rates share.
const TRAINING: Training = Training {
    cost: Cost::SoftmaxCrossEntropy,
    rate: 0.1,
    batch: Batch::Rows(BATCH),
    epochs: 10,
};

/// The share of new digits that a deep network gets right after a short training; none if its cost overflowed.
fn learn(start: Start, rate: f64, digits: &Handful) -> f64 {
    let mut network = deep(start, digits.seed);
    let rng = &mut seeded(digits.seed + 1);
    match (Training { rate, ..TRAINING }).run(&mut network, &digits.known, rng) {
        Ok(_) => network.accuracy(&digits.unseen),
        Err(_) => 0.0,
    }
}

/// Fills the page.
pub fn run(page: &mut Page) -> Result {
    let seed = page.seed(SEED);
    let handfuls = Handful::draw(RUNS, ROWS, TEST_ROWS, seed);
    let measured = STARTS.map(|start| measure(start, &handfuls));
    let gradients = gradients(&measured);
    page.table("gradients", &gradients);
    page.figure("layers", &layers(&measured));
    let names = ["sigmoid", "louder", "tanh", "relu", "he"];
    for (value, start) in names.iter().zip(STARTS) {
        page.value(&format!("{value}_first"), gradients.cell(start.name, "layer 1"));
        let middle = format!("layer {}", DEPTH.div_ceil(3));
        page.value(&format!("{value}_middle"), gradients.cell(start.name, &middle));
        page.value(
            &format!("{value}_last"),
            gradients.cell(start.name, &format!("layer {DEPTH}")),
        );
        page.value(&format!("{value}_lost"), gradients.cell(start.name, "last : first"));
    }

    page.value("sigmoid_per_layer", fixed(per_layer(&measured[0]), 1));

    let trained = trained(seed);
    page.table("trained", &trained);
    for (value, start) in names.iter().zip(STARTS) {
        page.value(&format!("{value}_right"), trained.cell(start.name, "right"));
        page.value(&format!("{value}_rate"), trained.cell(start.name, "best rate"));
    }
    page.value("four_power", count(pow(4.0, DEPTH as f64 - 1.0) as usize));
    page.value("runs", RUNS);
    page.value("train_runs", TRAIN_RUNS);
    page.value("rows", ROWS);
    page.value("train_rows", TRAIN_ROWS);
    page.value("test_rows", TEST_ROWS);
    page.value("depth", DEPTH);
    page.value("width", WIDTH);
    page.value("batch", BATCH);
    page.value("epochs", TRAINING.epochs);
    page.value("louder_gain", STARTS[1].gain);
    page.value("rates", RATES.map(|rate| rate.to_string()).join(", "));
    Ok(())
}

fn gradients(measured: &[Vec<Vec<f64>>; 5]) -> Table {
    let shown = [1, DEPTH.div_ceil(3), (2 * DEPTH).div_ceil(3), DEPTH];
    let headings = shown.map(|layer| format!("layer {layer}"));
    let ends = ["last : first".to_string()];
    let mut table =
        Table::new(["start".to_string()].into_iter().chain(headings).chain(ends));
    for (start, runs) in STARTS.iter().zip(measured) {
        let median =
            |layer: usize| Spread::of(runs.iter().map(|sizes| sizes[layer - 1])).median;
        let ratio =
            Spread::of(runs.iter().map(|sizes| sizes[DEPTH - 1] / sizes[0])).median;
        let sizes = shown.map(|layer| significant(median(layer), 2));
        table.row(Row::of([start.name]).and(sizes).and([rounded(ratio)]));
    }
    table
}

/// By what the gradient shrinks from layer to layer, on its way from layer 10 to layer 4.
fn per_layer(runs: &[Vec<f64>]) -> f64 {
    let ratio = Spread::of(runs.iter().map(|sizes| sizes[DEPTH - 1] / sizes[3])).median;
    pow(ratio, 1.0 / (DEPTH as f64 - 4.0))
}

/// A ratio with two significant digits, and its thousands apart.
fn rounded(ratio: f64) -> String {
    if ratio < 1_000.0 {
        return significant(ratio, 2);
    }
    let scale = pow(10.0, log10(ratio).floor() - 1.0);
    count(((ratio / scale).round() * scale) as usize)
}

fn trained(seed: u64) -> Table {
    let handfuls = Handful::draw(TRAIN_RUNS, TRAIN_ROWS, TEST_ROWS, seed);
    let mut table = Table::new(["start", "best rate", "right", "from", "to"]);
    for start in STARTS {
        let mut best: Option<(f64, Vec<f64>)> = None;
        for rate in RATES {
            let mut shares: Vec<f64> =
                handfuls.par_iter().map(|digits| learn(start, rate, digits)).collect();
            shares.sort_by(f64::total_cmp);
            let is_better = |(_, best): &(f64, Vec<f64>)| {
                shares[TRAIN_RUNS / 2] > best[TRAIN_RUNS / 2]
            };
            if best.as_ref().is_none_or(is_better) {
                best = Some((rate, shares));
            }
        }
        let (rate, shares) = best.expect("some rate was tried");
        let cells =
            [TRAIN_RUNS / 2, 0, TRAIN_RUNS - 1].map(|place| percent(shares[place], 1));
        table.row(Row::of([start.name.to_string(), rate.to_string()]).and(cells));
    }
    table
}

fn layers(measured: &[Vec<Vec<f64>>; 5]) -> Figure {
    let mut panel = Panel::new()
        .x(Axis::new("hidden layer, counted from the inputs")
            .ticks((1..=DEPTH).map(|l| l as f64)))
        .y(Axis::new("size of the gradient").log());
    for (index, (start, runs)) in STARTS.iter().zip(measured).enumerate() {
        let spreads = || {
            (0..DEPTH).map(|layer| {
                ((layer + 1) as f64, Spread::of(runs.iter().map(|sizes| sizes[layer])))
            })
        };
        let color = Color::series(index);
        panel = panel
            .draw(Band::new(spreads().map(|(x, s)| (x, s.low, s.high))).color(color))
            .draw(
                Line::new(spreads().map(|(x, s)| (x, s.median)))
                    .color(color)
                    .label(start.name),
            );
    }
    Figure::new(
        "The gradient in ten layers",
        "Size of the gradient per hidden layer. With a sigmoid it shrinks by more than five orders of magnitude towards the \
         inputs; with tanh and with ReLU it stays level.",
    )
    .panel(panel)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ratio(start: Start) -> f64 {
        let runs = measure(start, &Handful::draw(RUNS, ROWS, TEST_ROWS, 77));
        Spread::of(runs.iter().map(|sizes| sizes[DEPTH - 1] / sizes[0])).median
    }

    #[test]
    fn a_sigmoid_keeps_about_a_quarter_per_layer_and_tanh_nearly_nothing() {
        // Nine layers of slopes of at most ¼ make 4⁹; what comes in differs in size from layer to layer.
        let known = pow(4.0, DEPTH as f64 - 1.0);
        let found = ratio(STARTS[0]);
        assert!((0.25..4.0).contains(&(found / known)), "{found} {known}");
        assert!((0.2..5.0).contains(&ratio(STARTS[2])), "{}", ratio(STARTS[2]));
        assert!((0.2..5.0).contains(&ratio(STARTS[4])), "{}", ratio(STARTS[4]));
    }

    #[test]
    fn without_the_two_of_he_the_gradient_of_relu_fades_in_all_layers_alike() {
        // A layer takes √½ off, on the way forward or on the way back: nine of the ten lie on either way. The
        // errors at the outputs differ too, so this is the order of magnitude.
        let known = pow(0.5, (DEPTH as f64 - 1.0) / 2.0);
        let [plain, he] = [STARTS[3], STARTS[4]]
            .map(|start| measure(start, &Handful::draw(RUNS, ROWS, TEST_ROWS, 77)));
        for layer in 0..DEPTH {
            let median =
                |runs: &[Vec<f64>]| Spread::of(runs.iter().map(|r| r[layer])).median;
            let fraction = median(&plain) / median(&he);
            assert!(
                (0.33..3.0).contains(&(fraction / known)),
                "{layer}: {fraction} {known}"
            );
        }
    }
}
