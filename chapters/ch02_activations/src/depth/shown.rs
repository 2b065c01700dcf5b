//! The gradient layer by layer, and what the deep networks learn.

use lesson::{Page, Result, Row, Table, count, fixed, percent, significant};
use nn::math::{log10, pow};
use plot::{Axis, Color, Figure, Line, Panel};

use super::{
    BATCH, DEPTH, RATES, ROWS, RUNS, SEED, STARTS, TEST_ROWS, TRAIN_ROWS, TRAIN_RUNS,
    TRAINING, WIDTH, in_layer, last_over, measure, per_layer, trained,
};
use crate::handful::Handful;

/// Fills the page.
pub(crate) fn run(page: &mut Page) -> Result {
    let seed = page.seed(SEED);
    let handfuls = Handful::draw(RUNS, ROWS, TEST_ROWS, seed);
    let measured = STARTS.map(|start| measure(start, &handfuls));
    page.table("gradients", &gradients(&measured));
    page.figure("layers", &layers(&measured));
    page.value("sigmoid_per_layer", fixed(per_layer(&measured[0]), 1));

    page.table("trained", &after_training(seed));
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
    let rows = STARTS.iter().zip(measured).map(|(start, runs)| {
        let sizes = shown.map(|layer| significant(in_layer(runs, layer).median(), 2));
        let lost = rounded(last_over(runs, 1).median());
        Row::of([start.name]).and(sizes).and([lost])
    });
    Table::of(Row::of(["start"]).and(headings).and(["last : first"]), rows)
}

/// A ratio with two significant digits, and its thousands apart.
fn rounded(ratio: f64) -> String {
    if ratio < 1_000.0 {
        return significant(ratio, 2);
    }
    let scale = pow(10.0, log10(ratio).floor() - 1.0);
    count(((ratio / scale).round() * scale) as usize)
}

fn after_training(seed: u64) -> Table {
    let handfuls = Handful::draw(TRAIN_RUNS, TRAIN_ROWS, TEST_ROWS, seed);
    let rows = STARTS.map(|start| {
        let best = trained(start, &handfuls);
        let shares = [best.right.median(), best.right.least(), best.right.most()];
        Row::of([start.name]).and([best.rate]).and(shares.map(|share| percent(share, 1)))
    });
    Table::of(["start", "best rate", "right", "from", "to"], rows)
}

fn layers(measured: &[Vec<Vec<f64>>; 5]) -> Figure {
    let panel = Panel::new()
        .x(Axis::new("hidden layer, counted from the inputs")
            .ticks((1..=DEPTH).map(|l| l as f64)))
        .y(Axis::new("size of the gradient").log());
    let lines = STARTS.iter().zip(measured).enumerate().map(|(index, (start, runs))| {
        let size = |layer| (layer as f64, in_layer(runs, layer).quartiles());
        let line = Line::spread((1..=DEPTH).map(size));
        line.color(Color::series(index)).label(start.name)
    });
    Figure::new(
        "The gradient in ten layers",
        "Size of the gradient per hidden layer. With a sigmoid it shrinks by more than five orders of magnitude towards the \
         inputs; with tanh and with ReLU it stays level.",
    )
    .panel(lines.fold(panel, Panel::draw))
}
