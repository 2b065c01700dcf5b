//! The seven candidates rate by rate and each at its own, and the curves of three of them.

use datasets::digits;
use lesson::{Page, Result, Row, Spread, Table, count, fixed, percent, significant};
use nn::Network;
use nn::math::ln;
use plot::{Axis, Color, Figure, Line, Note, Panel, Points};

use super::path::{Path, paths};
use super::{
    BATCH, CALM, CANDIDATES, EPOCHS, RATES, ROWS, RUNS, SAME_RATE, SEED, SIZES,
    TEST_ROWS, Trial, at, best, factor, flat_share, largest_difference, trials,
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
    page.table("reasons", &reasons(&tried, &handfuls));
    page.table("own_rates", &own_rates(&tried, &handfuls));
    let [sigmoid, both, tanh, twin, tanh_twin] = [0, 3, 4, 5, 6].map(|i| &tried[i]);
    page.figure("epochs", &over_epochs(sigmoid, tanh));
    page.figure("rates", &over_rates(sigmoid, twin, tanh));
    let [calm, same] =
        [paths(CALM, twin, tanh, &handfuls)?, paths(SAME_RATE, twin, tanh, &handfuls)?];
    page.table("paths", &both_rates(&calm, &same));
    page.figure("paths", &over_paths(&same));
    page.value("calm_rate", CALM);
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

/// What each bend has that the sigmoid lacks, and what that is worth at its own rate.
fn reasons(tried: &[Vec<Trial>], handfuls: &[Handful]) -> Table {
    let has = [
        [false, false, false],
        [true, false, false],
        [false, true, false],
        [true, true, false],
        [true, true, true],
    ];
    let rows = CANDIDATES.iter().zip(tried).zip(has).map(|((candidate, trials), has)| {
        let best = best(trials);
        let right = best.on_new_digits(handfuls, Network::accuracy).median();
        Row::of([candidate.name])
            .and(has.map(|has| if has { "yes" } else { "–" }))
            .and([fixed(best.last().median(), 3), percent(right, 1)])
    });
    Table::of(["hidden bend", "centred", "steep", "large", "cost", "right"], rows)
}

fn own_rates(tried: &[Vec<Trial>], handfuls: &[Handful]) -> Table {
    let rows = CANDIDATES.iter().zip(tried).map(|(candidate, trials)| {
        let best = best(trials);
        let [low, median, high] = best.last().quartiles().map(|cost| fixed(cost, 3));
        let right = best.on_new_digits(handfuls, Network::accuracy).median();
        let flat = best.on_new_digits(handfuls, flat_share).median();
        Row::of([candidate.name, &rates_of(&best), &median])
            .and([format!("{low} to {high}")])
            .and([right, flat].map(|share| percent(share, 1)))
    });
    Table::of(["hidden bend", "rate", "cost", "half of the runs", "right", "flat"], rows)
}

/// The rate of all runs, or those of the two halves.
fn rates_of(Trial { rates: [first, second], .. }: &Trial) -> String {
    if first == second { first.to_string() } else { format!("{first} or {second}") }
}

/// Cost over epochs at the same rate, and the sigmoid at its own.
fn over_epochs(sigmoid: &[Trial], tanh: &[Trial]) -> Figure {
    let own = best(sigmoid);
    let curves = [
        (at(SAME_RATE, sigmoid), Color::Blue, "sigmoid"),
        (&own, Color::Green, "sigmoid,\nown rate"),
        (at(SAME_RATE, tanh), Color::Vermillion, "tanh"),
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
        "At the same rate the cost of the tanh network falls at once, that of the sigmoid network hardly at all. \
         At its own, larger rate the sigmoid lies between.",
    )
    .panel(lines.into_iter().fold(panel, Panel::draw))
}

/// Where each way ends at two rates, and how far from the costs of tanh it gets.
fn both_rates(calm: &[Path; 4], same: &[Path; 4]) -> Table {
    let rows = calm.iter().zip(same).map(|(at_calm, at_same)| {
        let cells = [(at_calm, &calm[3]), (at_same, &same[3])].map(|(path, tanh)| {
            let ends = Spread::of(path.runs.iter().map(|costs| costs[EPOCHS - 1]));
            [fixed(ends.median(), 3), significant(path.apart(tanh), 1)]
        });
        Row::of([at_calm.name]).and(cells.concat())
    });
    let headings = [CALM, SAME_RATE]
        .map(|rate| [format!("cost at {rate}"), format!("apart at {rate}")]);
    Table::of(Row::of(["steps"]).and(headings.concat()), rows)
}

/// The costs over the epochs: those with mapped gradients are points on the line of tanh.
fn over_paths([plain, rates, mapped, tanh]: &[Path; 4]) -> Figure {
    let spread = |path: &Path| {
        let at =
            |epoch| Spread::of(path.runs.iter().map(|costs: &Vec<f64>| costs[epoch]));
        let costs = |epoch| ((epoch + 1) as f64, at(epoch).quartiles());
        (0..EPOCHS).map(costs).collect::<Vec<_>>()
    };
    let panel = Panel::new()
        .x(Axis::new("epoch").range(1.0..=EPOCHS as f64))
        .y(Axis::new("cost").range(0.0..=2.7))
        .aspect(1.2);
    let lines = [
        (plain, Color::Blue, "plain"),
        (rates, Color::Green, "corrected"),
        (tanh, Color::Vermillion, "tanh"),
    ];
    let panel = lines.into_iter().fold(panel, |panel, (path, color, name)| {
        panel.draw(Line::spread(spread(path)).color(color).label(name))
    });
    let points =
        spread(mapped).into_iter().map(|(epoch, [_, median, _])| (epoch, median));
    Figure::new(
        "Sigmoids on the path of tanh",
        "Cost over epochs of sigmoid networks that start where tanh starts, at the rate of tanh. With plain gradients it falls \
         slowly, with corrected rates faster; with mapped gradients its points lie on the curve of tanh.",
    )
    .panel(
        panel
            .draw(Points::new(points).color(Color::Ink))
            .draw(Note::new((1.2, 0.4), "mapped").points_at((3.9, 0.88))),
    )
}

/// The cost at the end against the rate.
fn over_rates(sigmoid: &[Trial], twin: &[Trial], tanh: &[Trial]) -> Figure {
    let curves = [
        (sigmoid, Color::Blue, (0.22, 4.0), "sigmoid"),
        (twin, Color::Green, (1.25, 0.2), "sigmoid from\ntanh's start"),
        (tanh, Color::Vermillion, (1.05, 8.0), "tanh"),
    ];
    let panel = Panel::new()
        .x(Axis::new("learning rate")
            .log()
            .tick_labels(RATES.map(|rate| (rate, rate.to_string()))))
        .y(Axis::new("cost after training").log().range(0.1..=20.0))
        .aspect(1.3);
    let panel = curves.into_iter().fold(panel, |panel, (trials, color, place, name)| {
        let costs = trials.iter().map(|trial| (trial.rates[0], trial.last().quartiles()));
        panel
            .draw(Line::spread(costs).color(color))
            .draw(Note::new(place, name).color(color))
    });
    Figure::new(
        "Every bend has its own rate",
        "Cost at the end against the learning rate: tanh is best at a small rate and bursts at larger ones, the \
         sigmoid is best at a larger one; started from tanh's weights it comes closer to tanh.",
    )
    .panel(panel)
}
