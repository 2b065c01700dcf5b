//! The published numbers, printed again, and what happens to the network at the rate of 1000.

use lesson::{Page, Result, Row as Cells, Table, count, fixed, significant};
use plot::{Axis, Color, Figure, Line, Note, Panel, Points};

use super::{
    EVERY, FIRST, LONG, Numpy, PUBLISHED, Run, SHORT, TwoLayers, WILD, X, best,
    learn_all, one_layer, saturation, wild_path,
};

/// Fills the page.
pub(crate) fn run(page: &mut Page) -> Result {
    let mut numpy = Numpy::seed(1);
    let stream = [(); 3].map(|()| numpy.random().to_string());
    page.text("stream", stream.join("\n"));
    page.table("one_layer", &one_layer_table());

    let runs = learn_all();
    page.table("errors", &errors(&runs));
    page.figure("rates", &rates(&runs));
    page.figure("stuck", &stuck());
    page.value("short", count(SHORT));
    page.value("long", count(LONG));

    page.table("saturation", &saturated(&saturation()));
    let wild = at(&runs, WILD);
    page.value("last_change", count(wild.last_change));
    page.value("largest_weight", fixed(wild.largest_weight, 1));
    page.value("last_hidden_slope", significant(wild.network.steepest_hidden(), 2));
    let (rate, best) = best(&runs);
    page.value("best_rate", rate);
    page.value("best_error", significant(best.last_error(), 3));
    Ok(())
}

fn at(runs: &[(f64, Run)], rate: f64) -> &Run {
    let found = runs.iter().find(|run| run.0 == rate);
    &found.expect("the published rates are among those of the figure").1
}

fn one_layer_table() -> Table {
    let rows = X.iter().zip(FIRST).zip(one_layer(SHORT)).map(|((x, target), answer)| {
        let row = x.map(|bit| bit.to_string()).join(" ");
        [row, target.to_string(), fixed(answer, 8)]
    });
    Table::of(["row", "target", "answer"], rows)
}

fn errors(runs: &[(f64, Run)]) -> Table {
    let rows = (0..LONG / EVERY).map(|index| {
        let errors = PUBLISHED.map(|rate| at(runs, rate).errors[index]);
        let errors = errors.map(|error| significant(error, 12));
        Cells::of([count(index * EVERY)]).and(errors)
    });
    let rates = PUBLISHED.map(|rate| format!("η = {rate}"));
    Table::of(Cells::of(["before update"]).and(rates), rows)
}

fn saturated(moments: &[(usize, TwoLayers)]) -> Table {
    let rows = moments.iter().map(|(updates, network)| {
        let answers = network.answers().map(|a| fixed(a, 2)).join("  ");
        let slope = significant(network.steepest(), 2);
        [count(*updates), answers, slope, fixed(network.largest_weight(), 1)]
    });
    Table::of(["updates", "answers", "steepest slope", "largest weight"], rows)
}

/// The mean error at the end against the rate.
fn rates(runs: &[(f64, Run)]) -> Figure {
    let points = || runs.iter().map(|(rate, run)| (*rate, run.last_error()));
    let ticks = [0.001, 0.1, 10.0, 1000.0].map(|rate| (rate, rate.to_string()));
    let panel = Panel::new()
        .x(Axis::new("rate η").log().tick_labels(ticks))
        .y(Axis::new("mean error at the end").log())
        .draw(Line::new(points()).color(Color::Blue))
        .draw(Points::new(points()).color(Color::Blue))
        .draw(Note::new((120.0, 0.03), "saturated").points_at((900.0, 0.44)));
    Figure::new(
        "Mean error after 60,000 updates against the rate",
        "The error falls as the rate grows from a thousandth to thirty, then climbs to one half.",
    )
    .panel(panel)
}

/// What becomes of the weights and of the slopes at the rate of 1000.
fn stuck() -> Figure {
    let path = wild_path();
    let panel = |heading: &str| {
        let ticks = [1.0, 10.0, 100.0, 1_000.0, 10_000.0];
        let ticks = ticks.map(|updates| (updates, count(updates as usize)));
        let x = Axis::new("updates").log().range(1.0..=LONG as f64);
        Panel::new().heading(heading).x(x.tick_labels(ticks)).aspect(2.8)
    };
    let line = |of: fn(&(usize, f64, f64)) -> f64| {
        Line::new(path.iter().map(move |at| (at.0 as f64, of(at))))
    };
    let slopes = Axis::new("").log().range(1e-50..=10.0).ticks([1.0, 1e-20, 1e-40]);
    Figure::new(
        "The largest weight and the steepest slope at a rate of 1,000",
        "The largest weight leaps to about ninety in two updates and hardly moves after that. The slope falls to about a millionth at once, and in the end to nearly nothing.",
    )
    .columns(1)
    .panel(
        panel("largest weight")
            .y(Axis::new("").range(0.0..=120.0).ticks([0.0, 50.0, 100.0]))
            .draw(line(|at| at.1).color(Color::Blue)),
    )
    .panel(
        panel("steepest slope under the answers")
            .y(slopes)
            .draw(line(|at| at.2).color(Color::Vermillion)),
    )
}
