//! The learning curves of one neuron under two costs, set beside what was published.

use lesson::{Page, Result, Row as Cells, Table, fixed, percent, significant};
use plot::{Axis, Color, Figure, Line, Panel, Rule};

use super::{
    CHOOSING, COSTS, EPOCHS, LARGE_RATE, PAIRS, RATE, RUNS, Reading, Run, SMALL_RATE,
    STARTS, UPDATES, Way, at_small_rate, delta, learn_from_both, other_cost, ratio,
    read_with_both,
};
use crate::landscapes::mean_and_error;
use crate::light_read;

/// Fills the page.
pub(crate) fn run(page: &mut Page) -> Result {
    let runs = RUNS.map(|(way, _, rate)| learn_from_both(way, rate));
    page.table("runs", &table(&runs));
    let [quadratic, hurried, entropy] = &runs;
    page.figure("curves", &curves(quadratic, entropy));
    page.value("rate", RATE);
    page.value("large_rate", LARGE_RATE);
    page.value("mild_hurried_turns", turns(&hurried[0]));
    page.value("saturated_hurried_turns", turns(&hurried[1]));
    page.value("mild_entropy_turns", turns(&entropy[0]));
    page.value("small_rate", SMALL_RATE);
    page.value("updates", UPDATES);
    for (name, quadratic) in NAMES.iter().zip(quadratic) {
        let a = quadratic.outputs[0];
        page.value(&format!("{name}_start"), fixed(a, 3));
        let push = fixed(delta(Way::Quadratic, a), 4);
        page.value(&format!("{name}_quadratic_delta"), push);
        page.value(&format!("{name}_turns"), turns(quadratic));
        page.value(&format!("{name}_end"), fixed(quadratic.end(), 6));
    }
    page.value("saturated_half", fixed(quadratic[1].outputs[UPDATES / 2], 3));
    page.value("saturated_entropy_turns", turns(&entropy[1]));
    for (name, entropy) in NAMES.iter().zip(entropy) {
        page.value(&format!("{name}_entropy_end"), fixed(entropy.end(), 4));
    }
    page.value("ratio", fixed(ratio(quadratic[1].outputs[0]), 0));
    page.value("mild_ratio", fixed(ratio(quadratic[0].outputs[0]), 1));
    page.value("middle", UPDATES / 2);

    let other_cost = other_cost();
    page.table("other_cost", &errors(&other_cost));
    let (_, [_, wild]) = &other_cost[other_cost.len() - 1];
    page.value("wild_hidden_slope", significant(wild.network.steepest_hidden(), 1));
    page.table("widgets", &widgets());
    whole_network(page);
    Ok(())
}

/// The digits' whole network with either cost.
fn whole_network(page: &mut Page) {
    let rates: usize = COSTS.iter().map(|(.., rates)| rates.len()).sum();
    let runs = rates * CHOOSING as usize + COSTS.len() * PAIRS as usize;
    let progress = page.progress("reading", runs);
    let readings = read_with_both(page.seed(6), &|| progress.step());
    drop(progress);
    page.table("digits", &digits(&readings));
    page.value("pairs", PAIRS);
    page.value("choosing", CHOOSING);
    page.value("digit_epochs", EPOCHS);
    let [quadratic, entropy] = &readings;
    for (name, epochs) in [("first", 1), ("last", EPOCHS)] {
        let pairs = entropy.accuracies.iter().zip(&quadratic.accuracies);
        let leads =
            pairs.map(|(one, other)| 100.0 * (one[epochs - 1] - other[epochs - 1]));
        let [lead, error] = mean_and_error(&leads.collect::<Vec<_>>());
        page.value(&format!("{name}_lead"), fixed(lead, 1));
        page.value(&format!("{name}_lead_error"), fixed(error, 1));
    }
}

/// The share of test digits that is read after some of the epochs, at each cost's best rate.
fn digits(readings: &[Reading; 2]) -> Table {
    let shown = [1, 2, 3, EPOCHS];
    let rows = COSTS.iter().zip(readings).map(|((_, name, _), reading)| {
        let read = shown.map(|epochs| {
            let read = reading.accuracies.iter().map(|run| run[epochs - 1]);
            percent(mean_and_error(&read.collect::<Vec<_>>())[0], 1)
        });
        Cells::of([name.to_string(), reading.rate.to_string()]).and(read)
    });
    let epochs = shown.map(|epochs| match epochs {
        1 => "after 1 epoch".to_string(),
        _ => format!("{epochs} epochs"),
    });
    Table::of(Cells::of(["cost", "best rate"]).and(epochs), rows)
}

/// What the two starts are called.
const NAMES: [&str; 2] = ["mild", "saturated"];

fn named([w, b]: [f64; 2]) -> String {
    format!("{w} {b}")
}

fn turns(run: &Run) -> String {
    run.turn().map_or("never".to_string(), |update| update.to_string())
}

fn table(runs: &[[Run; 2]; 3]) -> Table {
    let rows = RUNS.into_iter().zip(runs).flat_map(|((_, cost, rate), runs)| {
        STARTS.into_iter().zip(runs).map(move |(start, run)| {
            let outputs = [0, UPDATES / 2, UPDATES].map(|at| fixed(run.outputs[at], 6));
            let end = [run.w, run.b].map(|number| fixed(number, 4)).join(" ");
            Cells::of([format!("{cost}, {rate}"), named(start)])
                .and(outputs)
                .and([turns(run), end])
        })
    });
    let start = ["cost, rate", "w b at first", "a at first"];
    let end = ["after 150", "after 300", "below ½ at", "w b at the end"];
    Table::of(Cells::of(start).and(end), rows)
}

/// The light read's network, trained with either cost: the mean error at the end.
fn errors(runs: &[(f64, [light_read::Run; 2])]) -> Table {
    let rows = runs.iter().map(|(rate, runs)| {
        Cells::of([rate]).and(runs.each_ref().map(|run| significant(run.last_error(), 2)))
    });
    Table::of(["η", "quadratic", "cross-entropy"], rows)
}

/// What the figures of the hard read show: the outputs after 300 updates at the small rate.
fn widgets() -> Table {
    let rows = STARTS.map(|start| {
        let ends = at_small_rate(start).map(|end| significant(end, 3));
        Cells::of([named(start)]).and(ends)
    });
    Table::of(["w b at first", "right", "mistaken"], rows)
}

/// Four learning curves.
fn curves(quadratic: &[Run; 2], entropy: &[Run; 2]) -> Figure {
    let panel = |heading: &str, runs: &[Run; 2]| {
        let panel = Panel::new()
            .heading(heading)
            .x(Axis::new("updates").ticks([0.0, 150.0, 300.0]))
            .aspect(2.6)
            .y(Axis::new("output a").range(0.0..=1.0).ticks([0.0, 0.5, 1.0]))
            .draw(Rule::horizontal(0.0));
        let colors = [Color::Blue, Color::Vermillion];
        runs.iter().zip(colors).zip(NAMES).fold(panel, |panel, ((run, color), name)| {
            let line = Line::over_index(run.outputs.iter().copied());
            panel.draw(line.color(color).label(name))
        })
    };
    Figure::new(
        "Four learning curves of one neuron",
        "With the quadratic cost the saturated neuron stays near one for half the time. With cross-entropy both starts fall at once.",
    )
    .columns(1)
    .panel(panel("quadratic cost", quadratic))
    .panel(panel("cross-entropy", entropy))
}
