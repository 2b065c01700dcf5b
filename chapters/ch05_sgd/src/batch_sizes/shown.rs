//! One epoch look by look, and the costs of many runs with other orders of the rows.

use lesson::{Page, Result, Row as Cells, Spread, Table, fixed, significant};
use nn::{Cost, Examples, seeded};
use plot::{Axis, Color, Figure, Line, Panel, Points};
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
    page.figure("stairs", &stairs(&students, &order));
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

/// One epoch from left to right: the cost of all students after each look, which falls where an update is made.
fn stairs(students: &Examples, order: &[usize]) -> Figure {
    let panel = Panel::new()
        .x(Axis::new("students asked").range(0.0..=8.0).ticks((0..=8).map(f64::from)))
        .y(Axis::new("cost of all eight").range(0.0..=0.55))
        .aspect(1.7);
    let panel =
        BATCHES.into_iter().zip(Color::SERIES).fold(panel, |panel, (batch, color)| {
            let mut cost = one_epoch(students, &[], batch).1;
            let (mut stairs, mut updates) = (vec![(0.0, cost)], Vec::new());
            for asked in 1..=order.len() {
                stairs.push((asked as f64, cost));
                if asked % batch == 0 || asked == order.len() {
                    cost = one_epoch(students, &order[..asked], batch).1;
                    stairs.push((asked as f64, cost));
                    updates.push((asked as f64, cost));
                }
            }
            let line = Line::new(stairs).color(color).label(format!("m = {batch}"));
            panel.draw(line).draw(Points::new(updates).color(color))
        });
    Figure::new(
        "One epoch of eight students",
        "The cost of all eight students during an epoch. With all eight in a batch it stays as it is until the end and drops once; with three at a time it drops after three, six and eight students; with single students it changes after each, and ends lowest.",
    )
    .panel(panel)
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

/// The middle one of twenty runs of each kind over the middle half of them: how far their cost lies above the lowest that a
/// linear neuron can have.
fn curves(runs: &[Vec<Vec<f64>>; 4], lowest: f64) -> Figure {
    let panel = Panel::new()
        .x(Axis::new("epoch"))
        .y(Axis::new("cost above the lowest").log().ticks([1e-3, 1e-2, 1e-1]))
        .aspect(1.35);
    let names = ["m = 8", "m = 3", "m = 1"].into_iter().zip(Color::SERIES);
    let panel = runs.iter().zip(names).fold(panel, |panel, (runs, (name, color))| {
        let excess = |epoch: usize| runs.iter().map(move |run| run[epoch] - lowest);
        let spread = |epoch| (epoch as f64, Spread::of(excess(epoch)).quartiles());
        panel.draw(Line::spread((0..=EPOCHS).map(spread)).color(color).label(name))
    });
    Figure::new(
        "Twenty runs of each kind",
        "Three lines, each the middle one of twenty runs, with a band that holds half of them. With all rows per update the band has no width, and the cost falls steadily. With three rows and with single rows it falls faster at first and then stays up in a band, with single rows higher.",
    )
    .panel(panel)
}
