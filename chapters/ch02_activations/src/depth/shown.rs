//! The gradient layer by layer, and what the deep networks learn.

use lesson::{
    Page, Result, Row, Table, count, fixed, percent, significant, standard_error,
};
use nn::math::{log10, pow};
use plot::{Axis, Color, Figure, Line, Note, Panel};

use super::{
    DEPTH, MESSAGE, NARROW, ROWS, RUNS, SEED, STARTS, Setting, Start, TEST_ROWS, Trained,
    WIDE, in_layer, last_over, measure, per_layer,
};
use crate::handful::Handful;

/// Fills the page.
pub(crate) fn run(page: &mut Page) -> Result {
    let seed = page.seed(SEED);
    let handfuls = Handful::draw(RUNS, ROWS, TEST_ROWS, seed);
    let measured = STARTS.map(|start| measure(start, &handfuls));
    page.table("gradients", &gradients(&measured));
    page.figure("layers", &layers(&measured));
    page.live(&MESSAGE)?;
    page.value("sigmoid_per_layer", fixed(per_layer(&measured[0]), 1));

    page.table("trained", &trained(&NARROW, &STARTS, seed));
    page.table("wide", &trained(&WIDE, &[STARTS[2], STARTS[4]], seed));
    page.value("four_power", count(pow(4.0, DEPTH as f64 - 1.0) as usize));
    page.value("runs", RUNS);
    page.value("rows", ROWS);
    page.value("test_rows", TEST_ROWS);
    page.value("depth", DEPTH);
    page.value("louder_gain", STARTS[1].gain);
    for (name, setting) in [("narrow", NARROW), ("wide", WIDE)] {
        let mut value =
            |what: &str, number: String| page.value(&format!("{name}_{what}"), number);
        value("width", setting.width.to_string());
        value("rows", count(setting.rows));
        value("batch", setting.batch.to_string());
        value("epochs", setting.epochs.to_string());
        value("updates", count(setting.epochs * setting.rows.div_ceil(setting.batch)));
        value("runs", setting.runs.to_string());
        value(
            "rates",
            setting.rates.iter().map(f64::to_string).collect::<Vec<_>>().join(", "),
        );
        value("choosing_runs", setting.choice.runs.to_string());
        value("choosing_epochs", setting.choice.epochs.to_string());
    }
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
pub(super) fn rounded(ratio: f64) -> String {
    if ratio < 1_000.0 {
        return significant(ratio, 2);
    }
    let scale = pow(10.0, log10(ratio).floor() - 1.0);
    count(((ratio / scale).round() * scale) as usize)
}

/// What each kind of network has learnt, and how far it moves with the choice of the digits for the test.
fn trained(setting: &Setting, starts: &[Start], seed: u64) -> Table {
    let rows = setting.train_all(starts, seed).into_iter().map(|trained| {
        let Trained { start, rate, right } = trained;
        let error = standard_error(right.median(), TEST_ROWS);
        let shares = [right.median(), error, right.least(), right.most()];
        Row::of([start.name]).and([rate]).and(shares.map(|share| percent(share, 1)))
    });
    Table::of(["start", "rate", "right", "±", "from", "to"], rows)
}

fn layers(measured: &[Vec<Vec<f64>>; 5]) -> Figure {
    let panel = Panel::new()
        .x(Axis::new("hidden layer, counted from the inputs")
            .ticks((1..=DEPTH).map(|l| l as f64)))
        .y(Axis::new("size of the gradient").log().range(1e-7..=3.0))
        .aspect(1.2);
    // The lines meet on the right, so their names stand where they are apart.
    let places = [(3.6, 1.5e-6), (1.2, 3e-4), (1.2, 0.9), (8.6, 7e-4), (3.2, 0.9)];
    let lines = STARTS.iter().zip(measured).zip(places).enumerate();
    let panel = lines.fold(panel, |panel, (index, ((start, runs), place))| {
        let size = |layer| (layer as f64, in_layer(runs, layer).quartiles());
        let color = Color::series(index);
        panel
            .draw(Line::spread((1..=DEPTH).map(size)).color(color))
            .draw(Note::new(place, start.name).color(color))
    });
    Figure::new(
        "The gradient in ten layers",
        "Size of the gradient per hidden layer. With a sigmoid it shrinks by more than five orders of magnitude towards the \
         inputs; with tanh and with ReLU it stays level.",
    )
    .panel(panel)
}
