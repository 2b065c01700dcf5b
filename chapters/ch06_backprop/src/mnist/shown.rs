//! What the network reaches on the reader's files, beside what was published; without them, how to get them.

use lesson::{Page, Result, Spread, Table, count, percent};
use nn::{Examples, Network, seeded};
use plot::{Axis, Color, Dash, Figure, Line, Panel};

use super::{
    HIDDEN, KINDS, PUBLISHED, RECORDED, RUNS, Run, TRAIN_ROWS, TRAINING, first_rows,
    is_published, learn, network, on_our_digits,
};

/// Fills the page.
pub(crate) fn run(page: &mut Page) -> Result {
    let Some(folder) = page.option("mnist") else {
        page.text(
            "how",
            "Four files, unpacked by gunzip: https://ossci-datasets.s3.amazonaws.com/mnist/\n\
             Then: cargo run -p ch06_backprop -- --section mnist --mnist FOLDER",
        );
        name_settings(page);
        let runs = on_our_digits(page.seed(71))?;
        name_runs(page, &runs);
        page.figure("left_out", &left_out(&runs));
        return Ok(());
    };
    let (train, test) = datasets::files::mnist(folder)?;
    let train = first_rows(&train);
    let mut network = network(
        [train.inputs.ncols(), HIDDEN, train.targets.ncols()],
        &mut seeded(page.seed(61)),
    );
    page.text("data", described(&network, &train, &test));
    let progress = page.progress("epochs", TRAINING.epochs);
    let reached = |accuracy| progress.step_to(percent(accuracy, 2));
    let accuracies = learn(&mut network, &train, &test, page.seed(62), reached)?;
    drop(progress);
    page.table("epochs", &epochs(&accuracies));
    page.text("beside", beside(&accuracies, &train, &test));
    Ok(())
}

fn described(network: &Network, train: &Examples, test: &Examples) -> String {
    format!(
        "{} images of {} pixels to train on, {} to test with; {} parameters.",
        count(train.rows()),
        train.inputs.ncols(),
        count(test.rows()),
        count(network.parameter_count()),
    )
}

fn epochs(accuracies: &[f64]) -> Table {
    let rows = accuracies.iter().enumerate();
    let rows = rows.map(|(epoch, accuracy)| [epoch.to_string(), percent(*accuracy, 2)]);
    Table::of(["epoch", "test digits read correctly"], rows)
}

/// Our best epoch beside the published one, if the files are those of the hard read.
fn beside(accuracies: &[f64], train: &Examples, test: &Examples) -> String {
    let best = accuracies.iter().copied().fold(0.0, f64::max);
    let ours = format!("Best epoch here: {}.", percent(best, 2));
    let published = percent(PUBLISHED, 2);
    if is_published(train, test) {
        let apart = 100.0 * (best - PUBLISHED);
        format!(
            "{ours} Recorded for the book, with its own seeds: {}.\n\
             Published (Nielsen, 2015): {published}. Difference to yours: {apart:+.2} points.",
            percent(RECORDED, 2)
        )
    } else {
        format!(
            "{ours} The published {published} (Nielsen, 2015) is for 50,000 and 10,000 images of 784 pixels."
        )
    }
}

/// What the page quotes of the settings.
fn name_settings(page: &mut Page) {
    page.value("hidden", HIDDEN);
    page.value("rate", TRAINING.rate);
    page.value("epochs", TRAINING.epochs);
    page.value("recorded", percent(RECORDED, 2));
    page.value("train_rows", count(TRAIN_ROWS));
    let network = network([784, HIDDEN, 10], &mut seeded(page.seed(61)));
    page.value("parameters", count(network.parameter_count()));
}

/// What the runs on the book's own digits come to.
fn name_runs(page: &mut Page, runs: &[Vec<Run>]) {
    page.value("runs", RUNS);
    page.value("more", KINDS[1].0);
    for (name, runs) in ["few", "many", "many_divided"].into_iter().zip(runs) {
        let short = runs.iter().filter(|run| run.left_out > 0);
        page.value(&format!("{name}_short"), short.count());
        let ends = Spread::of(runs.iter().map(|run| run.accuracies[TRAINING.epochs]));
        page.value(&format!("{name}_median"), percent(ends.median(), 1));
        page.value(&format!("{name}_least"), percent(ends.least(), 1));
    }
}

/// The recipe on the book's own digits, with each of the kinds of networks.
fn left_out(runs: &[Vec<Run>]) -> Figure {
    let figure = Figure::new(
        "The hard read's recipe on the digits of this book",
        "With thirty hidden neurons most curves rise to nearly all digits, and a few stay a tenth lower. With a hundred most stay one or more tenths lower. With a hundred and smaller weights all rise together.",
    );
    KINDS.into_iter().zip(runs).fold(
        figure.columns(1),
        |figure, ((hidden, divided), runs)| {
            let weights = if divided { ", smaller weights" } else { "" };
            let shares = [0.6, 0.8, 1.0].map(|share| (share, percent(share, 0)));
            let panel = Panel::new()
                .heading(format!("{hidden} hidden neurons{weights}"))
                .x(Axis::new("epochs").ticks([0.0, 10.0, 20.0, 30.0]))
                .y(Axis::new("").range(0.5..=1.0).tick_labels(shares))
                .aspect(3.4);
            figure.panel(runs.iter().fold(panel, |panel, run| {
                let line = Line::over_index(run.accuracies.iter().copied());
                panel.draw(line.color(Color::Blue).dash(Dash::Solid))
            }))
        },
    )
}
