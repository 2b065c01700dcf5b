//! Digits, the weights that grow out of them, the votes of two digits, and what is still wrong.

use datasets::digits::{CLASSES, SIDE, digits};
use datasets::labels;
use datasets::reader::TRAIN_ROWS;
use lesson::{Page, Result, Spread, Table, count, fixed};
use nn::{Examples, Neuron, seeded};
use plot::{Figure, HeatMap, Panel, Picture};

use super::{Correction, GROW, learn, votes, wrong, zeros};

/// How often the digits are split anew.
const RUNS: u64 = 10;

/// The corrections after which the table looks at the neuron, before the last one.
const LOOKS: [usize; 3] = [1, 10, 30];

/// Fills the page.
pub(crate) fn run(page: &mut Page) -> Result {
    let (all, seed) = (digits(), page.seed(6));
    let split = |run: u64| all.split(TRAIN_ROWS, &mut seeded(seed + 10 * run));
    let (train, test) = split(0);
    let corrections = learn(&train);
    let neuron = &corrections[corrections.len() - 1].after;
    page.figure("sheet", &sheet(&train));
    page.figure("film", &film(&corrections));
    page.figure("growing", &growing(&corrections, &train));
    page.live(&GROW)?;
    page.figure("votes", &both_votes(neuron, &test));
    page.table("progress", &progress(&corrections, &train, &test));
    page.value("rows", count(TRAIN_ROWS));
    page.value("test_rows", test.rows());
    page.value("corrections", corrections.len());
    page.value("mistakes", wrong(neuron, &test).len());
    page.value("zeros", zeros(&test));
    page.value("bias", fixed(neuron.bias, 0).replace('-', "−"));

    let mut missed = Vec::new();
    let mut mistakes = Vec::new();
    for run in 0..RUNS {
        let (train, test) = split(run);
        let corrections = learn(&train);
        let rows = wrong(&corrections[corrections.len() - 1].after, &test);
        mistakes.push(rows.len() as f64);
        missed.extend(rows.iter().map(|&row| one(&test, row)));
    }
    let mistakes = Spread::of(mistakes);
    page.figure("wrong", &all_missed(&missed));
    page.value("runs", RUNS);
    page.value("missed", missed.len());
    page.value("tested", count(RUNS as usize * test.rows()));
    page.value("least", mistakes.least());
    page.value("most", mistakes.most());
    Ok(())
}

/// A digit's pixels, and which digit it is.
fn one(digits: &Examples, row: usize) -> (Vec<f64>, usize) {
    (digits.inputs.row(row).to_vec(), labels(&digits.select(&[row]))[0])
}

/// The first rows that are this digit.
fn rows_of(digit: usize, digits: &Examples) -> impl Iterator<Item = usize> {
    let labels = labels(digits).into_iter().enumerate();
    labels.filter(move |(_, label)| *label == digit).map(|(row, _)| row)
}

/// Three of each digit on one sheet of paper.
fn sheet(digits: &Examples) -> Figure {
    const APART: usize = 2;
    let lines = 3;
    let (step, width) = (SIDE + APART, CLASSES * (SIDE + APART) - APART);
    let mut ink = vec![0.0; width * (lines * step - APART)];
    for digit in 0..CLASSES {
        for (line, row) in rows_of(digit, digits).take(lines).enumerate() {
            for (pixel, shade) in digits.inputs.row(row).iter().enumerate() {
                let (x, y) = (digit * step + pixel % SIDE, line * step + pixel / SIDE);
                ink[y * width + x] = *shade;
            }
        }
    }
    Figure::new(
        "Thirty handwritten digits",
        "Three of each digit from 0 to 9, in grey squares, eight by eight for each.",
    )
    .panel(Panel::picture(Picture::new(width, ink)))
}

/// The neuron after so many corrections.
fn after(corrections: &[Correction], number: usize) -> &Neuron {
    &corrections[number - 1].after
}

/// The numbers of corrections to look at; all of them exist, however few were needed.
fn looks(corrections: &[Correction]) -> Vec<usize> {
    let early = LOOKS.into_iter().filter(|look| *look < corrections.len());
    early.chain([corrections.len()]).collect()
}

fn weights(neuron: &Neuron) -> Panel {
    let map = HeatMap::new(SIDE, neuron.weights.iter().copied()).diverging();
    Panel::picture(map)
}

/// The weights after more and more corrections, at first after nearly every one.
fn film(corrections: &[Correction]) -> Figure {
    const FRAMES: usize = 8;
    let last = corrections.len() as f64;
    let figure = Figure::new(
        "A picture that nobody drew",
        "Eight pictures of 64 weights, from the first correction to the last: out of one digit taken off emerges a ring of \
         blue around a vermillion spot.",
    );
    let frames = (0..FRAMES).map(|frame| {
        let share = frame as f64 / (FRAMES - 1) as f64;
        let look = (1.0 + (last - 1.0) * share * share).round() as usize;
        let heading = match look {
            1 => "1 mistake".to_string(),
            _ => format!("{look} mistakes"),
        };
        weights(after(corrections, look)).heading(heading)
    });
    frames.fold(figure.columns(4), Figure::panel)
}

/// The weights after the first corrections, each with the digit that it added or took off, and at the end.
fn growing(corrections: &[Correction], train: &Examples) -> Figure {
    let labels = labels(train);
    let first = corrections.iter().take(3).map(|Correction { row, after, .. }| {
        let sign = if labels[*row] == 0 { '+' } else { '−' };
        weights(after).heading(format!("{sign} a {}", labels[*row]))
    });
    let end = corrections.len();
    let end = weights(after(corrections, end)).heading(format!("… {end} times"));
    let figure = Figure::new(
        "The weights as they grow",
        "The 64 weights as a picture after the first three corrections and at the end: first a digit taken off, at the end \
         a blue ring where a 0 has ink around a vermillion spot in its middle.",
    );
    first.chain([end]).fold(figure.columns(4), Figure::panel)
}

/// A 0 and a 1 with the neuron's weights, and the votes that come of both.
fn both_votes(neuron: &Neuron, test: &Examples) -> Figure {
    let figure = Figure::new(
        "How a 0 and a 1 are judged",
        "Two rows of three pictures: the digit, the weights, and the votes. The 0 has its ink where the weights are \
         blue, the 1 where they are vermillion.",
    );
    let rows = [0, 1].map(|digit| {
        let row = rows_of(digit, test).next();
        (digit, test.inputs.row(row.expect("every digit is in the test")).to_vec())
    });
    let strongest =
        neuron.weights.iter().fold(0.0_f64, |most, weight| most.max(weight.abs()));
    rows.into_iter().fold(figure.columns(3), |figure, (digit, pixels)| {
        let sum = fixed(neuron.weighted_sum(&pixels), 1).replace('-', "−");
        let votes = HeatMap::new(SIDE, votes(neuron, &pixels));
        let votes = votes.diverging().full_at(strongest);
        figure
            .panel(
                Panel::picture(Picture::new(SIDE, pixels)).heading(format!("a {digit}")),
            )
            .panel(weights(neuron).heading("times the weights"))
            .panel(Panel::picture(votes).heading(format!("votes: z = {sum}")))
    })
}

fn progress(corrections: &[Correction], train: &Examples, test: &Examples) -> Table {
    let mut table = Table::new(["corrections", "digits looked at", "mistakes, unseen"]);
    table.row(["always no".to_string(), "–".to_string(), zeros(test).to_string()]);
    for look in looks(corrections) {
        let Correction { pass, row, after } = &corrections[look - 1];
        let seen = (pass - 1) * train.rows() + row + 1;
        table.row([look.to_string(), count(seen), wrong(after, test).len().to_string()]);
    }
    table
}

/// The digits that some neuron got wrong.
fn all_missed(missed: &[(Vec<f64>, usize)]) -> Figure {
    let figure = Figure::new(
        "The digits that are still wrong",
        "Eight by eight grey images of all mistakes in ten runs, each with the digit that it is.",
    );
    missed.iter().fold(figure.columns(6), |figure, (pixels, digit)| {
        let picture = Picture::new(SIDE, pixels.iter().copied());
        figure.panel(Panel::picture(picture).heading(format!("a {digit}")))
    })
}
