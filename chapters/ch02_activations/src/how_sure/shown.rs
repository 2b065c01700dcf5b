//! Digits from the surest no to the surest yes, where they lie on the sigmoid, and what being told better does.

use datasets::digits::SIDE;
use datasets::reader::TRAIN_ROWS;
use datasets::{digits, labels};
use lesson::{Page, Result, Row, Spread, Table, count, fixed, percent, significant};
use nn::{Activation::Sigmoid, Examples, Neuron, seeded};
use plot::{Axis, Color, Figure, Line, Marker, Panel, Picture, Points};

use super::{
    LOUD, PATIENCE, QUIET, answer, perceptron, smooth, strip, turns_after, zero_or_not,
};
use crate::threshold::right;

/// How often the digits are split anew.
const RUNS: u64 = 10;

/// How many digits the strip has.
const STRIP: usize = 12;

/// Those of them that are told the opposite, and how sure the neuron is about them.
const TOLD: [(usize, &str); 5] = [
    (0, "surest no"),
    (4, "a clear no"),
    (7, "in doubt"),
    (9, "a clear yes"),
    (STRIP - 1, "surest yes"),
];

/// Fills the page.
pub(crate) fn run(page: &mut Page) -> Result {
    let (all, seed) = (digits(), page.seed(6));
    let runs = (0..RUNS).map(|run| {
        let (train, test) = all.split(TRAIN_ROWS, &mut seeded(seed + 10 * run));
        (perceptron(&zero_or_not(&train)), zero_or_not(&test), labels(&test))
    });
    let runs: Vec<(Neuron, Examples, Vec<usize>)> = runs.collect();
    let (sharp, test, labels) = &runs[0];
    let neuron = smooth(sharp, QUIET);
    let rows = strip(&neuron, test, STRIP);
    page.figure("strip", &pictures(&neuron, test, &rows));
    page.figure("curve", &curve(&neuron, test, labels, &rows));
    page.table("told", &being_told(sharp, test, labels, &rows));
    let sums =
        test.inputs.rows().into_iter().map(|row| sharp.weighted_sum(&row.to_vec()));
    let sums = Spread::of(sums);
    page.value("lowest", fixed(sums.least(), 0).replace('-', "−"));
    page.value("highest", fixed(sums.most(), 0));
    let loudest = Sigmoid.slope(answer(&smooth(sharp, LOUD), test, rows[0]));
    page.value("loud_slope", significant(loudest, 1));
    page.value("quiet", QUIET);
    page.value("patience", count(PATIENCE));

    let mut mistaken = Vec::new();
    let mut answers = Vec::new();
    for (sharp, test, _) in &runs {
        let neuron = smooth(sharp, QUIET);
        for row in 0..test.rows() {
            let answer = answer(&neuron, test, row);
            answers.push(answer);
            if right(&neuron, &test.select(&[row])) == 0 {
                mistaken.push(answer);
            }
        }
    }
    let doubt = Spread::of(mistaken.iter().copied());
    let as_doubtful = |answer: &&f64| (doubt.least()..=doubt.most()).contains(*answer);
    page.value("runs", RUNS);
    page.value("mistakes", mistaken.len());
    page.value("least", fixed(doubt.least(), 2));
    page.value("most", fixed(doubt.most(), 2));
    let doubtful = answers.iter().filter(as_doubtful).count();
    page.value("doubtful", percent(doubtful as f64 / answers.len() as f64, 1));
    Ok(())
}

/// What the neuron says, for the eye.
fn shown(answer: f64) -> String {
    significant(answer, if answer < 0.1 { 1 } else { 2 })
}

fn pictures(neuron: &Neuron, test: &Examples, rows: &[usize]) -> Figure {
    let figure = Figure::new(
        "From the surest no to the surest yes",
        "Twelve digits in the order of what the neuron says: first digits that are no 0, then doubtful ones, then 0s.",
    );
    rows.iter().fold(figure.columns(6), |figure, &row| {
        let picture = Picture::new(SIDE, test.inputs.row(row).iter().copied());
        let heading = shown(answer(neuron, test, row));
        figure.panel(Panel::picture(picture).heading(heading))
    })
}

/// The sigmoid and its slope, and the digits of the strip on it.
fn curve(neuron: &Neuron, test: &Examples, labels: &[usize], rows: &[usize]) -> Figure {
    let spots = rows.iter().map(|&row| {
        let z = neuron.weighted_sum(&test.inputs.row(row).to_vec());
        (z, Sigmoid.value(z))
    });
    let points =
        Points::new(spots).names(rows.iter().map(|&row| labels[row].to_string()));
    let range = -6.0..=4.0;
    let slope = |z| Sigmoid.slope(Sigmoid.value(z));
    let panel = Panel::new()
        .x(Axis::new("weighted sum z").range(range.clone()))
        .y(Axis::new("").range(0.0..=1.0).ticks([0.0, 0.25, 0.5, 0.75, 1.0]))
        .draw(Line::function(range.clone(), |z| Sigmoid.value(z)).label("σ"))
        .draw(Line::function(range, slope).label("σ′"))
        .draw(points.color(Color::Ink).marker(Marker::Circle));
    Figure::new(
        "Twelve digits on the sigmoid",
        "The sigmoid of the weighted sum and its slope, a hill around zero. The digits of the strip lie along the \
         sigmoid: the sure ones where the slope is small, the doubtful ones on the hill.",
    )
    .panel(panel)
}

/// How often the neuron has to be told the opposite of what it says until it says so.
fn being_told(
    sharp: &Neuron,
    test: &Examples,
    labels: &[usize],
    rows: &[usize],
) -> Table {
    let [quiet, loud] = [QUIET, LOUD].map(|volume| smooth(sharp, volume));
    let rows = TOLD.map(|(place, name)| {
        let row = rows[place];
        let a = answer(&quiet, test, row);
        let steps = [&quiet, &loud].map(|neuron| {
            let turns = turns_after(neuron, test, row);
            turns.map_or(format!("> {}", count(PATIENCE)), count)
        });
        let cells = Row::of([name.to_string(), labels[row].to_string()]);
        cells.and([a, Sigmoid.slope(a)].map(|cell| fixed(cell, 3))).and(steps)
    });
    Table::of(["", "digit", "a", "slope", "steps to turn", "when loud"], rows)
}
