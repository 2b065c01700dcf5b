//! One epoch look by look, and the costs of many runs with other orders of the rows.

use lesson::{Page, Result, Row as Cells, Table, fixed, significant};
use nn::{Cost, seeded};
use plot::{Axis, Color, Figure, Line, Panel};
use rand::seq::SliceRandom;

use super::{
    BATCHES, EPOCHS, KINDS, Look, RATE, SEEDS, ends, lowest_cost, one_epoch, repeat,
    scaled_students, start,
};

/// Fills the page.
pub(crate) fn run(page: &mut Page) -> Result {
    let students = scaled_students();
    let mut order: Vec<usize> = (0..students.rows()).collect();
    order.shuffle(&mut seeded(page.seed(3)));
    let epochs = BATCHES.map(|batch| one_epoch(&students, &order, batch));
    page.table("trace", &trace(&epochs));
    page.table("after", &after(&epochs));
    page.value("rate", RATE);
    page.value("cost_before", fixed(start().cost(&students, Cost::Quadratic), 3));

    let runs = repeat(&students, page.seed(60));
    page.table("repeated", &repeated(&runs));
    page.figure("runs", &curves(&runs, lowest_cost(&students)));
    page.value("seeds", SEEDS);
    page.value("epochs", EPOCHS);
    Ok(())
}

/// The same epoch under three batch sizes, look by look.
fn trace(epochs: &[(Vec<Look>, f64); 3]) -> Table {
    let rows = (0..epochs[0].0.len()).map(|place| {
        let row = Cells::of([place + 1, epochs[0].0[place].student + 1]);
        epochs.iter().fold(row, |row, (looks, _)| {
            let Look { answer, updates, .. } = looks[place];
            row.and([fixed(answer, 3), updates.to_string()])
        })
    });
    let batches = BATCHES.iter().flat_map(|m| [format!("m = {m}: a"), "updates".into()]);
    Table::of(Cells::of(["look", "student"]).and(batches), rows)
}

/// How many updates one epoch makes, and what they do to the cost of all students.
fn after(epochs: &[(Vec<Look>, f64); 3]) -> Table {
    let rows = BATCHES.iter().zip(epochs).map(|(batch, (looks, cost))| {
        Cells::of([*batch, looks[looks.len() - 1].updates]).and([fixed(*cost, 3)])
    });
    Table::of(["m", "updates", "cost afterwards"], rows)
}

/// The final costs of repeated runs: middle, extremes, standard deviation.
fn repeated(runs: &[Vec<Vec<f64>>; 4]) -> Table {
    let rows = KINDS.iter().zip(runs).map(|((batch, shuffles), runs)| {
        let order = if *shuffles { "" } else { ", fixed order" };
        let [costs @ .., deviation] = ends(runs);
        let costs = costs.map(|cost| fixed(cost, 5));
        let row = Cells::of([format!("{batch}{order}")]).and(costs);
        row.and([significant(deviation, 2)])
    });
    Table::of(["m", "mean", "lowest", "highest", "deviation"], rows)
}

/// Twenty runs of each kind: how far their cost lies above the lowest that a linear neuron can have.
fn curves(runs: &[Vec<Vec<f64>>; 4], lowest: f64) -> Figure {
    let figure = Figure::new(
        "Twenty runs of each kind",
        "With all rows per update the twenty curves lie on each other and fall steadily; with three rows they level off and part; with single rows they level off higher up.",
    );
    let headings = ["m = 8: all", "m = 3", "m = 1"];
    runs.iter().zip(headings).fold(figure.columns(3), |figure, (runs, heading)| {
        let panel = Panel::new()
            .heading(heading)
            .x(Axis::new("epoch").ticks([0.0, 20.0, 40.0]))
            .y(Axis::new("excess cost").log().range(1e-5..=1.0).ticks([1e-4, 1e-2, 1.0]))
            .aspect(0.9);
        figure.panel(runs.iter().fold(panel, |panel, run| {
            let excess = run.iter().map(|cost| cost - lowest);
            panel.draw(Line::over_index(excess).color(Color::Blue).faint())
        }))
    })
}
