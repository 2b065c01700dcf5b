//! The published numbers, printed again, and what happens to the network at the rate of 1000.

use lesson::{Page, Result, Row as Cells, Table, count, fixed, significant};
use plot::{Axis, Color, Figure, Line, Note, Panel, Points};

use super::{
    EVERY, FIRST, LONG, Numpy, PUBLISHED, Run, SHORT, TwoLayers, WILD, X, best,
    learn_all, one_layer, saturation,
};

/// Fills the page.
pub(crate) fn run(page: &mut Page) -> Result {
    let mut numpy = Numpy::seed(1);
    let stream = [(); 3].map(|()| numpy.random().to_string());
    page.text("stream", stream.join("\n"));
    page.table("one_layer", &one_layer_table());

    let runs = learn_all();
    page.table("errors", &errors(&runs));
    page.figure("alphas", &alphas(&runs));
    page.value("short", count(SHORT));
    page.value("long", count(LONG));

    page.table("saturation", &saturated(&saturation()));
    let wild = at(&runs, WILD);
    page.value("last_change", count(wild.last_change));
    page.value("largest_weight", fixed(wild.largest_weight, 1));
    page.value("last_hidden_slope", significant(wild.network.steepest_hidden(), 2));
    let (alpha, best) = best(&runs);
    page.value("best_alpha", alpha);
    page.value("best_error", significant(best.last_error(), 3));
    Ok(())
}

fn at(runs: &[(f64, Run)], alpha: f64) -> &Run {
    let found = runs.iter().find(|run| run.0 == alpha);
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
        let errors = PUBLISHED.map(|alpha| at(runs, alpha).errors[index]);
        let errors = errors.map(|error| significant(error, 12));
        Cells::of([count(index * EVERY)]).and(errors)
    });
    let alphas = PUBLISHED.map(|alpha| format!("α = {alpha}"));
    Table::of(Cells::of(["before update"]).and(alphas), rows)
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
fn alphas(runs: &[(f64, Run)]) -> Figure {
    let points = || runs.iter().map(|(alpha, run)| (*alpha, run.last_error()));
    let ticks = [0.001, 0.1, 10.0, 1000.0].map(|alpha| (alpha, alpha.to_string()));
    let panel = Panel::new()
        .x(Axis::new("rate α").log().tick_labels(ticks))
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
