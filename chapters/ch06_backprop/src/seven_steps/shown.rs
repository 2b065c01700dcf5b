//! Learning curves, what is taken for what, the digits it gets wrong, and its weights as images.

use datasets::reader::{TRAIN_ROWS, TRAINING};
use lesson::{
    Page, Result, Row, Spread, Table, count, percent, significant, standard_error,
};
use nn::{Examples, Network};
use plot::{Axis, Band, Bars, Color, Figure, HeatMap, Line, Panel, Picture};

use super::{RUNS, Reading, Run, hesitant, journey, learn_again_and_again, literally};

/// Fills the page.
pub(crate) fn run(page: &mut Page) -> Result {
    let seed = page.seed(6);
    let progress = page.progress("training", RUNS as usize);
    let runs = learn_again_and_again(seed, || progress.step())?;
    drop(progress);
    let (run, test) = &runs[0];
    page.table("curve", &curve(run));
    page.figure("curves", &curves(&runs));
    page.value("rows", count(TRAIN_ROWS));
    page.value("all_rows", count(TRAIN_ROWS + test.rows()));
    page.value("test_rows", test.rows());
    page.value("parameters", count(run.network.parameter_count()));
    page.value("updates", count(run.updates));
    page.value("epochs", TRAINING.epochs);
    spread(page, &runs);

    let reading = Reading::new(&run.network, test);
    let (row, probabilities) = hesitant(&run.network, test, &reading);
    page.figure("read", &read(test, row, &probabilities));
    page.value("read", reading.digits[row]);
    page.value("read_probability", percent(probabilities[reading.digits[row]], 0));
    page.figure("confusion", &confusion(&reading));
    page.figure("wrong", &wrong(test, &reading));
    page.value("wrong", reading.wrong().len());
    page.figure("weights", &weights(&run.network));
    let (blank, [blank_moved, others_moved]) = journey(seed, &run.network);
    page.value("blank_pixels", blank.len());
    page.value("blank_moved", significant(blank_moved, 1));
    page.value("others_moved", significant(others_moved, 2));

    let literally = literally(seed)?;
    page.value("zero_accuracy", percent(literally.zero, 1));
    page.value("zero_answer", literally.zero_answer);
    page.value("zero_alike", literally.zero_alike);
    page.value("restart_accuracy", percent(literally.restart, 1));
    Ok(())
}

/// How far the result of one run is from that of the next.
fn spread(page: &mut Page, runs: &[(Run, Examples)]) {
    let shares = Spread::of(runs.iter().map(|(run, _)| run.test[TRAINING.epochs]));
    let luck = standard_error(shares.median(), runs[0].1.rows());
    page.value("test_luck", percent(luck, 1));
    let [median, least, most] =
        [shares.median(), shares.least(), shares.most()].map(|share| percent(share, 1));
    page.text(
        "ten_runs",
        format!(
            "test digits after {} epochs, {RUNS} runs: median {median}, from {least} to {most}",
            TRAINING.epochs
        ),
    );
    page.value("runs", RUNS);
    page.value("median", median);
    page.value("least", least);
    page.value("most", most);
}

fn curve(run: &Run) -> Table {
    let rows = [0_usize, 1, 2, 3, 5, 10, 20, 30].map(|epoch| {
        let cost = epoch.checked_sub(1).map(|last| significant(run.costs[last], 4));
        let shares = [run.train[epoch], run.test[epoch]].map(|share| percent(share, 1));
        Row::of([epoch.to_string(), cost.unwrap_or("–".to_string())]).and(shares)
    });
    Table::of(["epoch", "cost", "training digits", "test digits"], rows)
}

/// Cost and accuracy over the epochs: the first run as a line, all runs as a band.
fn curves(runs: &[(Run, Examples)]) -> Figure {
    let run = &runs[0].0;
    let epochs = |first: usize| (first..).map(|epoch| epoch as f64);
    let band = |series: fn(&Run) -> &[f64], first| {
        let spread = |at: usize| Spread::of(runs.iter().map(|(run, _)| series(run)[at]));
        let spreads = (0..series(run).len()).map(spread);
        let rows = epochs(first).zip(spreads);
        Band::new(rows.map(|(epoch, values)| (epoch, values.least(), values.most())))
    };
    let line =
        |values: &[f64], first| Line::new(epochs(first).zip(values.iter().copied()));
    let read_well = runs.iter().all(|(run, _)| run.test[TRAINING.epochs] > 0.9);
    let lowest = if read_well { 0.9 } else { 0.0 };
    let shares = [lowest, 0.5 * (1.0 + lowest), 1.0];
    let shares = shares.map(|share| (share, percent(share, 0)));
    let cost = Panel::new()
        .heading("cost in training")
        .x(Axis::new("epoch"))
        .y(Axis::new("").log())
        .draw(band(|run| &run.costs, 1).color(Color::Blue))
        .draw(line(&run.costs, 1).color(Color::Blue));
    let accuracy = Panel::new()
        .heading("digits read correctly")
        .x(Axis::new("epoch"))
        .y(Axis::new("").range(lowest..=1.0).tick_labels(shares))
        .draw(band(|run| &run.test, 0).color(Color::Vermillion))
        .draw(line(&run.train, 0).color(Color::Blue).label("training"))
        .draw(line(&run.test, 0).color(Color::Vermillion).label("test"));
    Figure::new(
        "Learning curves on the digits",
        "The cost falls over thirty epochs; accuracy on training digits comes close to 100 %, on test digits to about 97 %.",
    )
    .panel(cost)
    .panel(accuracy)
}

fn confusion(reading: &Reading) -> Figure {
    let counts = reading.confusion();
    let counts = counts.map(|count| if count == 0 { f64::NAN } else { count as f64 });
    let names = || (0..10).map(|digit| digit.to_string());
    let panel = Panel::new()
        .x(Axis::new("the network says").categories(names()))
        .y(Axis::new("the digit is").categories(names()))
        .aspect(1.3)
        .draw(HeatMap::new(10, counts).numbers(0));
    Figure::new(
        "Confusion matrix of the test digits",
        "A table of what each digit was taken for: nearly all counts lie on the diagonal.",
    )
    .panel(panel)
}

/// A digit, and how probable the network finds each of the ten.
fn read(test: &Examples, row: usize, probabilities: &[f64]) -> Figure {
    let digit = Picture::new(8, test.inputs.row(row).iter().copied());
    let shares = [(0.0, "0 %"), (0.5, "50 %"), (1.0, "100 %")];
    let names = (0..10).map(|digit| digit.to_string());
    let answer = Panel::new()
        .heading("what the network says")
        .x(Axis::new("digit").categories(names))
        .y(Axis::new("").range(0.0..=1.0).tick_labels(shares))
        .draw(Bars::new(probabilities.iter().copied()).color(Color::Blue));
    Figure::new(
        "A handwritten digit, and how the network reads it",
        "On the left a digit of eight by eight grey pixels. On the right a bar for each of the ten digits: how probable the network finds it.",
    )
    .panel(Panel::picture(digit).heading("64 pixels"))
    .panel(answer)
}

/// The digits that the network gets wrong, with what they are and what it says.
fn wrong(test: &Examples, reading: &Reading) -> Figure {
    let figure = Figure::new(
        "The test digits that the network gets wrong",
        "Eight by eight grey images, each with the digit that it is and the digit that the network saw.",
    );
    reading.wrong().into_iter().fold(figure.columns(5), |figure, row| {
        let heading = format!("{}, not {}", reading.digits[row], reading.said[row]);
        let picture = Picture::new(8, test.inputs.row(row).iter().copied());
        figure.panel(Panel::picture(picture).heading(heading))
    })
}

/// What makes each hidden neuron say more, and what less: its weights as an image.
fn weights(network: &Network) -> Figure {
    let weights = &network.layers[0].weights;
    let size = weights.iter().fold(0.0_f64, |size, weight| size.max(weight.abs()));
    let figure = Figure::new(
        "What eight hidden neurons look for",
        "The 64 weights of a neuron as an image: blue where ink makes it say more, vermillion where ink makes it say less.",
    );
    (0..8).fold(figure.columns(4), |figure, neuron| {
        let map = HeatMap::new(8, weights.column(neuron).iter().copied())
            .diverging()
            .full_at(size);
        figure.panel(Panel::picture(map))
    })
}
