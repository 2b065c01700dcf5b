//! Why is tanh widely used? The usual reasons, each measured alone, and the reason that they leave out.

use datasets::digits;
use lesson::{Page, Result, Row, Table, fixed, percent, significant};
use nn::{
    Activation, Batch, Cost, Examples, Network, Training, TrainingError, math::ln, seeded,
};
use plot::{Axis, Band, Color, Figure, Line, Panel};
use rayon::prelude::*;

use crate::bend::{
    BOTH, Bend, CENTRED, SIGMOID, SIGMOID_IN_TANH, STEEP, TANH, in_sigmoids,
};
use crate::curves::flat_beyond;
use crate::ensemble::Spread;
use crate::handful::Handful;

const SEED: u64 = 1_000;

/// How often each setting is tried, from other random numbers.
const RUNS: usize = 20;

/// How many digits are trained on, and how many are for the test.
const ROWS: usize = 150;
const TEST_ROWS: usize = 500;

/// From pixels to digits, by two hidden layers.
const SIZES: [usize; 4] = [64, 12, 12, 10];

/// The learning rates that each bend may choose from.
const RATES: [f64; 5] = [0.2, 0.5, 1.0, 2.0, 5.0];

/// The rate at which the curves are compared side by side.
const SAME_RATE: f64 = 0.5;

/// Rows per update, and how often to go through all rows.
const BATCH: usize = 10;
const EPOCHS: usize = 10;

const TRAINING: Training = Training {
    cost: Cost::SoftmaxCrossEntropy,
    rate: SAME_RATE,
    batch: Batch::Rows(BATCH),
    epochs: EPOCHS,
};

/// A bend, and where its weights start.
#[derive(Clone, Copy, Debug)]
struct Candidate {
    name: &'static str,
    bend: Bend,
    /// Starts from the usual weights, or from those with which it computes what this bend computes from the usual ones.
    start: Option<Bend>,
}

const CANDIDATES: [Candidate; 7] = [
    Candidate { name: SIGMOID.name, bend: SIGMOID, start: None },
    Candidate { name: CENTRED.name, bend: CENTRED, start: None },
    Candidate { name: STEEP.name, bend: STEEP, start: None },
    Candidate { name: BOTH.name, bend: BOTH, start: None },
    Candidate { name: TANH.name, bend: TANH, start: None },
    Candidate { name: "σ(z), tanh's start", bend: SIGMOID, start: Some(TANH) },
    Candidate { name: "tanh z, σ's start", bend: TANH, start: Some(SIGMOID_IN_TANH) },
];

/// What one training run leaves behind.
#[derive(Clone, Debug)]
struct Outcome {
    /// Per epoch, the mean cost of the training digits as they were seen.
    costs: Vec<f64>,
    /// What was learnt, written in sigmoids.
    twin: Network,
}

impl Outcome {
    fn last(&self) -> f64 {
        self.costs[EPOCHS - 1]
    }
}

fn learn(
    candidate: Candidate,
    rate: f64,
    digits: &Handful,
) -> std::result::Result<Outcome, TrainingError> {
    let mut network = Network::new(&SIZES, Activation::Tanh, &mut seeded(digits.seed));
    if let Some(bend) = candidate.start {
        network = in_sigmoids(&network, bend);
    }
    network = candidate.bend.in_hidden(network);
    let training = Training { rate, ..TRAINING };
    let history =
        training.run(&mut network, &digits.known, &mut seeded(digits.seed + 1))?;
    Ok(Outcome { costs: history.costs, twin: in_sigmoids(&network, candidate.bend) })
}

/// The share of the hidden sigmoids' outputs whose slope is below a tenth of the steepest.
fn flat_share(sigmoids: &Network, examples: &Examples) -> f64 {
    let (mut flat, mut all) = (0, 0);
    let mut signal = examples.inputs.clone();
    for layer in &sigmoids.layers[..SIZES.len() - 2] {
        signal = Network::from_layers(vec![layer.clone()]).predict(signal.view());
        let slopes = signal.iter().map(|&a| Activation::Sigmoid.slope(a));
        flat += slopes.filter(|&slope| slope < 0.1 * 0.25).count();
        all += signal.len();
    }
    flat as f64 / all as f64
}

/// All runs of one candidate at one rate.
struct Trial {
    rate: f64,
    outcomes: Vec<Outcome>,
}

impl Trial {
    fn last(&self) -> Spread {
        Spread::of(self.outcomes.iter().map(Outcome::last))
    }

    /// The median over the runs of a number that the network and the run's new digits give.
    fn median(
        &self,
        handfuls: &[Handful],
        number: fn(&Network, &Examples) -> f64,
    ) -> f64 {
        let runs = self.outcomes.iter().zip(handfuls);
        Spread::of(runs.map(|(o, digits)| number(&o.twin, &digits.unseen))).median
    }
}

fn trials(candidate: Candidate, handfuls: &[Handful]) -> Result<Vec<Trial>> {
    let trial = |rate| {
        let runs = handfuls.par_iter().map(|digits| learn(candidate, rate, digits));
        Ok(Trial { rate, outcomes: runs.collect::<std::result::Result<_, _>>()? })
    };
    RATES.into_iter().map(trial).collect()
}

/// The trial with the lowest median cost: each bend at the rate that suits it.
fn best(trials: &[Trial]) -> &Trial {
    trials
        .iter()
        .fold(&trials[0], |b, t| if t.last().median < b.last().median { t } else { b })
}

/// Fills the page.
pub fn run(page: &mut Page) -> Result {
    let handfuls = Handful::draw(RUNS, ROWS, TEST_ROWS, page.seed(SEED));
    let progress = page.progress("training", CANDIDATES.len());
    let mut tried = Vec::new();
    for candidate in CANDIDATES {
        tried.push(trials(candidate, &handfuls)?);
        progress.step();
    }
    drop(progress);

    let rates = rates(&tried);
    page.table("rates", &rates);
    let own = own_rates(&tried, &handfuls);
    page.table("own_rates", &own);
    page.figure("epochs", &over_epochs(&tried));
    page.figure("rates", &over_rates(&tried));
    let same = format!("at {SAME_RATE}");
    for (value, candidate) in VALUES.iter().zip(CANDIDATES) {
        page.value(&format!("{value}_same"), rates.cell(candidate.name, &same));
        page.value(&format!("{value}_rate"), own.cell(candidate.name, "rate"));
        page.value(&format!("{value}_cost"), own.cell(candidate.name, "cost"));
        page.value(&format!("{value}_right"), own.cell(candidate.name, "right"));
        page.value(&format!("{value}_flat"), own.cell(candidate.name, "flat"));
    }
    let cost = |index: usize| best(&tried[index]).last().median;
    let [sigmoid, both, tanh, twin, tanh_twin] = [0, 3, 4, 5, 6];
    for (value, from, to) in [
        ("both_factor", sigmoid, both),
        ("height_factor", both, tanh),
        ("start_factor", sigmoid, twin),
        ("walk_factor", twin, tanh),
        ("tanh_walk_factor", sigmoid, tanh_twin),
        ("tanh_start_factor", tanh_twin, tanh),
    ] {
        page.value(value, fixed(cost(from) / cost(to), 1));
    }
    page.value("guess_cost", fixed(ln(10.0), 3));
    let all = digits();
    let worst = largest_difference(&all, page.seed(SEED));
    page.value("difference", significant(worst, 1));
    page.value("digits", lesson::count(all.rows()));
    page.value("runs", RUNS);
    page.value("rates", RATES.map(|rate| rate.to_string()).join(", "));
    page.value("rows", ROWS);
    page.value("test_rows", TEST_ROWS);
    page.value("hidden", SIZES[1]);
    page.value("batch", BATCH);
    page.value("epochs", EPOCHS);
    page.value("same_rate", SAME_RATE);
    page.value("tanh_flat_beyond", fixed(flat_beyond(Activation::Tanh), 2));
    page.value("sigmoid_flat_beyond", fixed(flat_beyond(Activation::Sigmoid), 2));
    Ok(())
}

/// What the book calls the candidates, in their order.
const VALUES: [&str; 7] =
    ["sigmoid", "centred", "steep", "both", "tanh", "twin", "tanh_twin"];

/// How far a tanh network and its twin in sigmoids lie apart on any output of any digit.
fn largest_difference(all: &Examples, seed: u64) -> f64 {
    let network = Network::new(&SIZES, Activation::Tanh, &mut seeded(seed));
    let twin = in_sigmoids(&network, TANH);
    let apart = network.predict(all.inputs.view()) - twin.predict(all.inputs.view());
    apart.iter().fold(0.0, |worst, difference| f64::max(worst, difference.abs()))
}

fn rates(tried: &[Vec<Trial>]) -> Table {
    let headings = RATES.map(|rate| format!("at {rate}"));
    let mut table = Table::new(["hidden bend".to_string()].into_iter().chain(headings));
    for (candidate, trials) in CANDIDATES.iter().zip(tried) {
        let costs = trials.iter().map(|trial| fixed(trial.last().median, 3));
        table.row(Row::of([candidate.name]).and(costs));
    }
    table
}

fn own_rates(tried: &[Vec<Trial>], handfuls: &[Handful]) -> Table {
    let mut table =
        Table::new(["hidden bend", "rate", "cost", "half of the runs", "right", "flat"]);
    for (candidate, trials) in CANDIDATES.iter().zip(tried) {
        let best = best(trials);
        let cost = best.last();
        table.row([
            candidate.name.to_string(),
            best.rate.to_string(),
            fixed(cost.median, 3),
            format!("{} to {}", fixed(cost.low, 3), fixed(cost.high, 3)),
            percent(best.median(handfuls, Network::accuracy), 1),
            percent(best.median(handfuls, flat_share), 1),
        ]);
    }
    table
}

/// Cost over epochs at the same rate, and the sigmoid at its own.
fn over_epochs(tried: &[Vec<Trial>]) -> Figure {
    let same = |trials: &'_ [Trial]| {
        trials
            .iter()
            .position(|t| t.rate == SAME_RATE)
            .expect("SAME_RATE is one of RATES")
    };
    let [sigmoid, tanh] = [&tried[0], &tried[4]];
    let curves = [
        (&sigmoid[same(sigmoid)], Color::Blue, "sigmoid".to_string()),
        (best(sigmoid), Color::Green, format!("sigmoid,\nrate {}", best(sigmoid).rate)),
        (&tanh[same(tanh)], Color::Vermillion, "tanh".to_string()),
    ];
    let mut panel = Panel::new()
        .x(Axis::new("epoch").range(1.0..=EPOCHS as f64))
        .y(Axis::new("cost").range(0.0..=2.5));
    for (trial, color, name) in curves {
        let spreads: Vec<(f64, Spread)> = (0..EPOCHS)
            .map(|epoch| {
                let costs = trial.outcomes.iter().map(|outcome| outcome.costs[epoch]);
                ((epoch + 1) as f64, Spread::of(costs))
            })
            .collect();
        panel = panel
            .draw(
                Band::new(spreads.iter().map(|(x, s)| (*x, s.low, s.high))).color(color),
            )
            .draw(
                Line::new(spreads.iter().map(|(x, s)| (*x, s.median)))
                    .color(color)
                    .label(name),
            );
    }
    Figure::new(
        "Sigmoid and tanh on the digits",
        "At the same rate the cost of the tanh network falls at once, that of the sigmoid network after some epochs. \
         At its own rate the sigmoid lies between.",
    )
    .panel(panel)
}

/// The cost at the end against the rate.
fn over_rates(tried: &[Vec<Trial>]) -> Figure {
    let mut panel = Panel::new()
        .x(Axis::new("learning rate")
            .log()
            .tick_labels(RATES.map(|rate| (rate, rate.to_string()))))
        .y(Axis::new("cost after training").log().range(0.1..=20.0));
    let curves = [
        (0, Color::Blue, "sigmoid"),
        (5, Color::Green, "sigmoid,\ntanh's start"),
        (4, Color::Vermillion, "tanh"),
    ];
    for (index, color, name) in curves {
        let spreads = || tried[index].iter().map(|trial| (trial.rate, trial.last()));
        panel = panel
            .draw(Band::new(spreads().map(|(x, s)| (x, s.low, s.high))).color(color))
            .draw(
                Line::new(spreads().map(|(x, s)| (x, s.median))).color(color).label(name),
            );
    }
    Figure::new(
        "Every bend has its own rate",
        "Cost at the end against the learning rate: tanh is best at a small rate and bursts at larger ones, the \
         sigmoid is best at a larger one; started from tanh's weights it comes closer to tanh.",
    )
    .panel(panel)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tanh_network_and_its_twin_in_sigmoids_compute_the_same() {
        assert!(largest_difference(&digits(), 1) < 1e-12);
    }

    #[test]
    fn a_sigmoid_network_and_its_twin_in_tanh_compute_the_same() {
        let sigmoids = Network::new(&SIZES, Activation::Sigmoid, &mut seeded(1));
        let tanhs = in_sigmoids(&sigmoids, SIGMOID_IN_TANH);
        let inputs = digits().inputs;
        let apart = sigmoids.predict(inputs.view())
            - in_sigmoids(&tanhs, TANH).predict(inputs.view());
        assert!(apart.iter().all(|difference| difference.abs() < 1e-12));
    }

    #[test]
    fn tanh_made_of_sigmoids_trains_like_tanh() {
        let (rows, _) = digits().split(60, &mut seeded(1));
        let start = Network::new(&[64, 5, 10], Activation::Tanh, &mut seeded(2));
        let training =
            Training { rate: 0.2, batch: Batch::Rows(7), epochs: 5, ..TRAINING };
        let costs = |mut network: Network| {
            training.run(&mut network, &rows, &mut seeded(3)).unwrap().costs
        };
        let (made, plain) = (costs(TANH.in_hidden(start.clone())), costs(start));
        for (one, other) in made.iter().zip(&plain) {
            assert!((one - other).abs() < 1e-9, "{made:?} {plain:?}");
        }
    }

    #[test]
    fn started_where_tanh_starts_the_sigmoid_learns_faster() {
        let handfuls = Handful::draw(9, ROWS, TEST_ROWS, 1);
        let [usual, twin] = [CANDIDATES[0], CANDIDATES[5]].map(|candidate| {
            Spread::of(
                handfuls
                    .iter()
                    .map(|digits| learn(candidate, 2.0, digits).unwrap().last()),
            )
        });
        assert!(twin.high < usual.low, "{twin:?}, from the usual start {usual:?}");
    }

    #[test]
    fn tanh_wins_at_the_same_rate_in_every_run() {
        for digits in Handful::draw(5, ROWS, TEST_ROWS, 1) {
            let [sigmoid, tanh] = [CANDIDATES[0], CANDIDATES[4]]
                .map(|c| learn(c, SAME_RATE, &digits).unwrap().last());
            assert!(tanh < 0.5 * sigmoid, "tanh {tanh}, sigmoid {sigmoid}");
        }
    }
}
