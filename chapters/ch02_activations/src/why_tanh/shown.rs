//! The seven candidates rate by rate and each at its own, and the curves of three of them.

use datasets::digits;
use lesson::{Page, Result, Row, Table, count, fixed, percent, significant};
use nn::Network;
use nn::math::ln;
use plot::{Axis, Color, Figure, Line, Panel};

use super::{
    BATCH, CANDIDATES, EPOCHS, RATES, ROWS, RUNS, SAME_RATE, SEED, SIZES, TEST_ROWS,
    Trial, best, factor, flat_share, largest_difference, same, trials,
};
use crate::handful::Handful;

/// Fills the page.
pub(crate) fn run(page: &mut Page) -> Result {
    let handfuls = Handful::draw(RUNS, ROWS, TEST_ROWS, page.seed(SEED));
    let progress = page.progress("training", CANDIDATES.len());
    let mut tried = Vec::new();
    for candidate in CANDIDATES {
        tried.push(trials(candidate, &handfuls)?);
        progress.step();
    }
    drop(progress);

    page.table("rates", &rates(&tried));
    page.table("own_rates", &own_rates(&tried, &handfuls));
    let [sigmoid, both, tanh, twin, tanh_twin] = [0, 3, 4, 5, 6].map(|i| &tried[i]);
    page.figure("epochs", &over_epochs(sigmoid, tanh));
    page.figure("rates", &over_rates(sigmoid, twin, tanh));
    for (value, from, to) in [
        ("both_factor", sigmoid, both),
        ("height_factor", both, tanh),
        ("start_factor", sigmoid, twin),
        ("walk_factor", twin, tanh),
        ("tanh_walk_factor", sigmoid, tanh_twin),
        ("tanh_start_factor", tanh_twin, tanh),
    ] {
        page.value(value, fixed(factor(from, to), 1));
    }
    page.value("guess_cost", fixed(ln(10.0), 3));
    let all = digits();
    let difference = largest_difference(&all, page.seed(SEED));
    page.value("difference", significant(difference, 1));
    page.value("digits", count(all.rows()));
    page.value("runs", RUNS);
    page.value("rates", RATES.map(|rate| rate.to_string()).join(", "));
    page.value("rows", ROWS);
    page.value("test_rows", TEST_ROWS);
    page.value("hidden", SIZES[1]);
    page.value("batch", BATCH);
    page.value("epochs", EPOCHS);
    page.value("same_rate", SAME_RATE);
    Ok(())
}

fn rates(tried: &[Vec<Trial>]) -> Table {
    let rows = CANDIDATES.iter().zip(tried).map(|(candidate, trials)| {
        let costs = trials.iter().map(|trial| fixed(trial.last().median(), 3));
        Row::of([candidate.name]).and(costs)
    });
    let headings = RATES.map(|rate| format!("at {rate}"));
    Table::of(Row::of(["hidden bend"]).and(headings), rows)
}

fn own_rates(tried: &[Vec<Trial>], handfuls: &[Handful]) -> Table {
    let rows = CANDIDATES.iter().zip(tried).map(|(candidate, trials)| {
        let best = best(trials);
        let [low, median, high] = best.last().quartiles().map(|cost| fixed(cost, 3));
        let right = best.on_new_digits(handfuls, Network::accuracy).median();
        let flat = best.on_new_digits(handfuls, flat_share).median();
        Row::of([candidate.name, &best.rate.to_string(), &median])
            .and([format!("{low} to {high}")])
            .and([right, flat].map(|share| percent(share, 1)))
    });
    Table::of(["hidden bend", "rate", "cost", "half of the runs", "right", "flat"], rows)
}

/// Cost over epochs at the same rate, and the sigmoid at its own.
fn over_epochs(sigmoid: &[Trial], tanh: &[Trial]) -> Figure {
    let own = best(sigmoid);
    let curves = [
        (same(sigmoid), Color::Blue, "sigmoid".to_string()),
        (own, Color::Green, format!("sigmoid,\nrate {}", own.rate)),
        (same(tanh), Color::Vermillion, "tanh".to_string()),
    ];
    let panel = Panel::new()
        .x(Axis::new("epoch").range(1.0..=EPOCHS as f64))
        .y(Axis::new("cost").range(0.0..=2.5));
    let lines = curves.map(|(trial, color, name)| {
        let costs = (0..EPOCHS).map(|epoch| {
            let spread = trial.spread(|outcome| outcome.costs[epoch]);
            ((epoch + 1) as f64, spread.quartiles())
        });
        Line::spread(costs).color(color).label(name)
    });
    Figure::new(
        "Sigmoid and tanh on the digits",
        "At the same rate the cost of the tanh network falls at once, that of the sigmoid network after some epochs. \
         At its own rate the sigmoid lies between.",
    )
    .panel(lines.into_iter().fold(panel, Panel::draw))
}

/// The cost at the end against the rate.
fn over_rates(sigmoid: &[Trial], twin: &[Trial], tanh: &[Trial]) -> Figure {
    let curves = [
        (sigmoid, Color::Blue, "sigmoid"),
        (twin, Color::Green, "sigmoid,\ntanh's start"),
        (tanh, Color::Vermillion, "tanh"),
    ];
    let panel = Panel::new()
        .x(Axis::new("learning rate")
            .log()
            .tick_labels(RATES.map(|rate| (rate, rate.to_string()))))
        .y(Axis::new("cost after training").log().range(0.1..=20.0));
    let lines = curves.map(|(trials, color, name)| {
        let costs = trials.iter().map(|trial| (trial.rate, trial.last().quartiles()));
        Line::spread(costs).color(color).label(name)
    });
    Figure::new(
        "Every bend has its own rate",
        "Cost at the end against the learning rate: tanh is best at a small rate and bursts at larger ones, the \
         sigmoid is best at a larger one; started from tanh's weights it comes closer to tanh.",
    )
    .panel(lines.into_iter().fold(panel, Panel::draw))
}
