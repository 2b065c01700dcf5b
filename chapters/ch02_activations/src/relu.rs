//! Zero or as it is: how many outputs a ReLU silences, which neurons never speak again, and whether its kink matters.

use datasets::moons;
use lesson::{Page, Result, Row, Table, count, percent};
use ndarray::{Array2, ArrayView2};
use nn::{
    Activation, Batch, Cost, Dense, Examples, Network, Training, TrainingError, seeded,
};
use plot::{Axis, Band, Color, Figure, Line, Panel};
use rayon::prelude::*;

use crate::ensemble::Spread;

const SEED: u64 = 300;

/// How often each rate is tried, from other random numbers.
const RUNS: usize = 20;

/// How many points the two moons have, and how far they are scattered.
const ROWS: usize = 200;
const NOISE: f64 = 0.2;

/// How many hidden neurons there are.
const HIDDEN: usize = 16;

/// The learning rates.
const RATES: [f64; 8] = [0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0];

/// A rate at which nearly nothing dies.
const GENTLE: f64 = 0.1;

/// How many rows share an update.
const BATCH: usize = 10;

/// Settings that all rates share.
const TRAINING: Training = Training {
    cost: Cost::BinaryCrossEntropy,
    rate: GENTLE,
    batch: Batch::Rows(BATCH),
    epochs: 20,
};

/// What the hidden layer puts out: a row per example, a column per neuron.
pub fn hidden_outputs(network: &Network, inputs: ArrayView2<f64>) -> Array2<f64> {
    let layer = &network.layers[0];
    let mut outputs = Array2::zeros((inputs.nrows(), layer.outputs())); // (rows, hidden)
    layer.forward(inputs, outputs.view_mut());
    outputs
}

/// Which hidden neurons say 0 to every row: their slope is 0 everywhere, so no row can change them.
pub fn dead(network: &Network, inputs: ArrayView2<f64>) -> Vec<bool> {
    let outputs = hidden_outputs(network, inputs);
    outputs.columns().into_iter().map(|neuron| neuron.iter().all(|a| *a == 0.0)).collect()
}

/// What one training run leaves behind.
#[derive(Clone, Debug)]
struct Outcome {
    /// The share of hidden outputs that are exactly zero, before and after training.
    zeros: [f64; 2],
    /// The share of hidden neurons that are dead, before and after training.
    dead: [f64; 2],
    /// Of the dead neurons, how many there are and how many spoke again after more training at a gentle rate.
    revived: [usize; 2],
    /// The share of new points on the right side.
    right: f64,
    /// Of all weighted sums of the hidden layer after training, how many are exactly zero.
    on_the_kink: usize,
}

fn learn(
    bend: Activation,
    rate: f64,
    seed: u64,
) -> std::result::Result<Outcome, TrainingError> {
    let points = moons(ROWS, NOISE, &mut seeded(seed));
    let unseen = moons(ROWS, NOISE, &mut seeded(seed + 1));
    let inputs = points.inputs.view();
    let mut network = Network::new(&[2, HIDDEN, 1], bend, &mut seeded(seed + 2))
        .with_output(Activation::Sigmoid);
    let before = (zeros(&network, &points), share(&dead(&network, inputs)));
    let training = Training { rate, ..TRAINING };
    training.run(&mut network, &points, &mut seeded(seed + 3))?;
    let silent = dead(&network, inputs);
    let outcome = (zeros(&network, &points), share(&silent));
    let (right, on_the_kink) = (network.accuracy(&unseen), on_the_kink(&network, inputs));

    let mut back = 0;
    if silent.contains(&true) {
        TRAINING.run(&mut network, &points, &mut seeded(seed + 4))?;
        let still = dead(&network, inputs);
        back = silent.iter().zip(&still).filter(|(then, now)| **then && !**now).count();
    }
    Ok(Outcome {
        zeros: [before.0, outcome.0],
        dead: [before.1, outcome.1],
        revived: [silent.iter().filter(|&&dead| dead).count(), back],
        right,
        on_the_kink,
    })
}

/// The share of the hidden layer's outputs that are exactly zero.
fn zeros(network: &Network, points: &Examples) -> f64 {
    let outputs = hidden_outputs(network, points.inputs.view());
    outputs.iter().filter(|a| **a == 0.0).count() as f64 / outputs.len() as f64
}

/// How many weighted sums of the hidden layer are exactly zero, where ReLU has its kink.
fn on_the_kink(network: &Network, inputs: ArrayView2<f64>) -> usize {
    let layer = Dense { activation: Activation::Identity, ..network.layers[0].clone() };
    let mut sums = Array2::zeros((inputs.nrows(), layer.outputs())); // (rows, hidden)
    layer.forward(inputs, sums.view_mut());
    sums.iter().filter(|z| **z == 0.0).count()
}

fn share(marks: &[bool]) -> f64 {
    marks.iter().filter(|&&mark| mark).count() as f64 / marks.len() as f64
}

/// All runs at one rate, with the same start for every bend and rate.
fn runs(
    bend: Activation,
    rate: f64,
    seed: u64,
) -> std::result::Result<Vec<Outcome>, TrainingError> {
    (0..RUNS as u64)
        .into_par_iter()
        .map(|run| learn(bend, rate, seed + 10 * run))
        .collect()
}

/// Fills the page.
pub fn run(page: &mut Page) -> Result {
    let seed = page.seed(SEED);
    let mut sparsity = Table::new(["bend", "zeros before", "zeros after", "right"]);
    for bend in [Activation::Sigmoid, Activation::Tanh, Activation::Relu] {
        let outcomes = runs(bend, GENTLE, seed)?;
        let median =
            |number: fn(&Outcome) -> f64| Spread::of(outcomes.iter().map(number)).median;
        let cells = [median(|o| o.zeros[0]), median(|o| o.zeros[1]), median(|o| o.right)];
        sparsity.row(Row::of([bend.name()]).and(cells.map(|share| percent(share, 1))));
    }
    page.table("sparsity", &sparsity);
    page.value("zeros_before", sparsity.cell("ReLU", "zeros before"));
    page.value("zeros_after", sparsity.cell("ReLU", "zeros after"));

    let mut by_rate = Vec::new();
    for rate in RATES {
        by_rate.push((rate, runs(Activation::Relu, rate, seed)?));
    }
    let rates = rates(&by_rate);
    page.table("rates", &rates);
    page.figure("dead", &figure(&by_rate));
    page.value("dead_gentle", rates.cell(&GENTLE.to_string(), "dead"));
    page.value("right_gentle", rates.cell(&GENTLE.to_string(), "right"));
    for rate in [1.0, 3.0, 10.0, 30.0] {
        page.value(&format!("dead_at_{rate}"), rates.cell(&rate.to_string(), "dead"));
        page.value(&format!("right_at_{rate}"), rates.cell(&rate.to_string(), "right"));
    }
    let all = || by_rate.iter().flat_map(|(_, outcomes)| outcomes);
    let total = |number: fn(&Outcome) -> usize| all().map(number).sum::<usize>();
    page.value("dead_units", count(total(|o| o.revived[0])));
    page.value("revived", count(total(|o| o.revived[1])));
    page.value("on_the_kink", count(total(|o| o.on_the_kink)));
    page.value("sums", count(ROWS * HIDDEN * RUNS * RATES.len()));
    page.value("runs", RUNS);
    page.value("rows", ROWS);
    page.value("noise", NOISE);
    page.value("hidden", HIDDEN);
    page.value("batch", BATCH);
    page.value("epochs", TRAINING.epochs);
    page.value("gentle", GENTLE);
    Ok(())
}

fn rates(by_rate: &[(f64, Vec<Outcome>)]) -> Table {
    let mut table = Table::new(["rate", "dead", "half of the runs", "right"]);
    for (rate, outcomes) in by_rate {
        let dead = Spread::of(outcomes.iter().map(|outcome| outcome.dead[1]));
        let right = Spread::of(outcomes.iter().map(|outcome| outcome.right));
        table.row([
            rate.to_string(),
            percent(dead.median, 1),
            format!("{} to {}", percent(dead.low, 1), percent(dead.high, 1)),
            percent(right.median, 1),
        ]);
    }
    table
}

fn figure(by_rate: &[(f64, Vec<Outcome>)]) -> Figure {
    let spreads = || {
        by_rate.iter().map(|(rate, outcomes)| {
            (*rate, Spread::of(outcomes.iter().map(|outcome| outcome.dead[1])))
        })
    };
    let panel = Panel::new()
        .x(Axis::new("learning rate").log())
        .y(Axis::new("share of dead neurons").range(0.0..=1.0).tick_labels([
            (0.0, "0 %"),
            (0.5, "50 %"),
            (1.0, "100 %"),
        ]))
        .draw(
            Band::new(spreads().map(|(rate, s)| (rate, s.low, s.high)))
                .color(Color::Blue),
        )
        .draw(Line::new(spreads().map(|(rate, s)| (rate, s.median))).color(Color::Blue));
    Figure::new(
        "Dead neurons against the rate",
        "Hardly any neuron dies at small rates; beyond a rate of 1 they die in numbers.",
    )
    .panel(panel)
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn a_neuron_is_dead_if_no_row_wakes_it() {
        let layer = Dense::new(array![[1.0, 1.0]], array![0.0, -9.0], Activation::Relu);
        let network = Network::from_layers(vec![layer]);
        assert_eq!(dead(&network, array![[-1.0], [2.0]].view()), [false, true]);
    }

    #[test]
    fn large_rates_kill_and_the_dead_stay_dead() {
        let dead = |rate: f64| {
            let outcomes = runs(Activation::Relu, rate, 9_000).unwrap();
            assert!(outcomes.iter().all(|outcome| outcome.revived[1] == 0));
            Spread::of(outcomes.iter().map(|outcome| outcome.dead[1])).median
        };
        let [gentle, wild] = [GENTLE, 30.0].map(dead);
        assert!(gentle < 0.1 && wild > 0.3, "{gentle} {wild}");
    }

    #[test]
    fn about_half_of_the_outputs_are_zero_before_training() {
        let outcomes = runs(Activation::Relu, GENTLE, 9_000).unwrap();
        let zeros = Spread::of(outcomes.iter().map(|outcome| outcome.zeros[0])).median;
        assert!((zeros - 0.5).abs() < 0.1, "{zeros}");
    }
}
