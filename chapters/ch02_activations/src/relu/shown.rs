//! Zeros and dead neurons, as tables and against the rate.

use lesson::{Page, Result, Table, count, percent};
use nn::Activation;
use plot::{Axis, Color, Figure, Line, Note, Panel};

use super::{
    BATCH, GENTLE, HIDDEN, NOISE, RATES, ROWS, RUNS, SEED, TRAINING, Trial, rates,
    smooth, total,
};

/// Fills the page.
pub(crate) fn run(page: &mut Page) -> Result {
    let seed = page.seed(SEED);
    let trials = rates(seed)?;
    page.table("sparsity", &sparsity(&smooth(seed)?, &trials));
    page.table("rates", &by_rate(&trials));
    page.figure("dead", &dead(&trials));
    page.value("dead_units", count(total(&trials, |outcome| outcome.dead)));
    page.value("revived", count(total(&trials, |outcome| outcome.revived)));
    page.value("on_the_kink", count(total(&trials, |outcome| outcome.on_the_kink)));
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

/// The three bends at the gentle rate.
fn sparsity(smooth: &[(Activation, Trial)], relu: &[Trial]) -> Table {
    let smooth = smooth.iter().map(|(bend, trial)| (*bend, trial));
    let gentle = relu.iter().find(|trial| trial.rate == GENTLE);
    let relu = (Activation::Relu, gentle.expect("GENTLE is one of RATES"));
    let rows = smooth.chain([relu]).map(|(bend, trial)| {
        let zeros = [0, 1].map(|when| trial.spread(|outcome| outcome.zeros[when]));
        let [before, after] = zeros.map(|zeros| percent(zeros.median(), 1));
        [bend.name().to_string(), before, after, right(trial)]
    });
    Table::of(["bend", "zeros before", "zeros after", "right"], rows)
}

fn right(trial: &Trial) -> String {
    percent(trial.spread(|outcome| outcome.right).median(), 1)
}

fn by_rate(trials: &[Trial]) -> Table {
    let rows = trials.iter().map(|trial| {
        let [low, median, high] = trial.dead().quartiles().map(|share| percent(share, 1));
        [trial.rate.to_string(), median, format!("{low} to {high}"), right(trial)]
    });
    Table::of(["rate", "dead", "half of the runs", "right"], rows)
}

fn dead(trials: &[Trial]) -> Figure {
    let shares = trials.iter().map(|trial| (trial.rate, trial.dead().quartiles()));
    let rights = trials
        .iter()
        .map(|trial| (trial.rate, trial.spread(|outcome| outcome.right).quartiles()));
    let ticks = [0.0, 0.5, 1.0].map(|share| (share, percent(share, 0)));
    let rates = [0.01, 0.1, 1.0, 10.0].map(|rate| (rate, rate.to_string()));
    let panel = Panel::new()
        .x(Axis::new("learning rate").log().tick_labels(rates))
        .y(Axis::new("").range(0.0..=1.0).tick_labels(ticks))
        .aspect(1.5)
        .draw(Line::spread(rights).color(Color::Green))
        .draw(Line::spread(shares).color(Color::Vermillion))
        .draw(Note::new((0.012, 0.73), "points on the right side").color(Color::Green))
        .draw(Note::new((0.012, 0.12), "dead neurons").color(Color::Vermillion));
    Figure::new(
        "Dead neurons, and what the network gets right, against the rate",
        "Up to a rate of 1 hardly any neuron dies and more and more points are put on the right side. Beyond, neurons die in \
         numbers, and at a rate of 10 the network guesses.",
    )
    .panel(panel)
}
