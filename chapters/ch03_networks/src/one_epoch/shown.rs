//! What each student asks for, one update, and what sum and mean do when the rows become more.

use lesson::{Page, Result, Row, Table, count, fixed, significant};
use nn::{Examples, Network};
use plot::{Align, Axis, Bars, Figure, Note, Panel};

use super::Total::{Mean, Sum};
use super::{COPIES, RATE, UPDATES};
use super::{added, better_and_worse, costs, network, neuron, pulls, repeated};
use super::{scaled_students, train, update};

/// The place of the bias among the pulls, behind the three weights.
const BIAS: usize = 3;

/// Fills the page.
pub(crate) fn run(page: &mut Page) -> Result {
    let students = scaled_students();
    let before = network(&neuron());
    let mut after = before.clone();
    update(&mut after, &students, Sum, RATE);
    page.table("rows", &rows(&before, &students));
    page.table("weights", &weights(&before, &students));
    let names = ["w₁ (study)", "w₂ (sleep)", "w₃ (quiz)", "b"].into_iter();
    let moved = names.zip(before.parameters().zip(after.parameters()));
    let moved = moved.map(|(name, (before, after))| {
        Row::of([name]).and([before, after].map(|number| fixed(number, 4)))
    });
    page.table("moved", &Table::of(["", "before", "after"], moved));

    let (old, new) = (costs(&before, &students), costs(&after, &students));
    page.table("change", &change(&old, &new));
    let [better, worse] = better_and_worse(&old, &new);
    page.value("better", better);
    page.value("worse", worse);
    page.figure("costs", &drawn(&old, &new));

    page.table("copies", &copies(&students));
    page.value("students", students.rows());
    page.value("rate", RATE);
    page.value("updates", UPDATES);
    Ok(())
}

/// Answer, target, cost and pull on the bias of every student, and what they add up to.
fn rows(network: &Network, students: &Examples) -> Table {
    let answers = network.predict(students.inputs.view()); // (rows, 1)
    let (costs, pulls) = (costs(network, students), pulls(network, students));
    let rows = (0..students.rows()).map(|row| {
        Row::of([row + 1])
            .and([fixed(answers[[row, 0]], 3), fixed(students.targets[[row, 0]], 2)])
            .and([costs[row], pulls[row][BIAS]].map(|number| fixed(number, 4)))
    });
    let total = [costs.iter().sum(), added(&pulls)[BIAS]];
    let total = Row::of(["total", "", ""]).and(total.map(|number| fixed(number, 4)));
    Table::of(["student", "a", "y", "cost", "∂/∂b"], rows.chain([total]))
}

/// The pull of every student on the three weights, and what they add up to.
fn weights(network: &Network, students: &Examples) -> Table {
    let pulls = pulls(network, students);
    let row = |name: String, pulls: &[f64]| {
        Row::of([name]).and(pulls[..BIAS].iter().map(|slope| fixed(*slope, 4)))
    };
    let total = row("total".into(), &added(&pulls));
    let rows = pulls.iter().enumerate();
    let rows = rows.map(|(index, pulls)| row((index + 1).to_string(), pulls));
    Table::of(["student", "∂/∂w₁", "∂/∂w₂", "∂/∂w₃"], rows.chain([total]))
}

/// The cost of every student before and after the update.
fn change(before: &[f64], after: &[f64]) -> Table {
    let row =
        |name: String, costs: [f64; 2]| Row::of([name]).and(costs.map(|c| fixed(c, 4)));
    let rows = before.iter().zip(after).enumerate();
    let rows = rows.map(|(index, (old, new))| row((index + 1).to_string(), [*old, *new]));
    let total = row("total".into(), [before, after].map(|costs| costs.iter().sum()));
    Table::of(["student", "before", "after"], rows.chain([total]))
}

/// The same students once, twice, ten and a hundred times.
fn copies(students: &Examples) -> Table {
    let rows = COPIES.map(|copies| {
        let rows = repeated(students, copies);
        let [sum, mean] = [Sum, Mean].map(|total| train(&rows, total));
        Row::of([count(rows.rows())])
            .and([sum.first_step, sum.cost].map(|number| significant(number, 3)))
            .and([fixed(sum.least_answer, 3)])
            .and([mean.first_step, mean.cost].map(|number| significant(number, 3)))
    });
    let sums = ["rows", "sum: first step", "sum: cost", "sum: least a"].into_iter();
    Table::of(sums.chain(["mean: first step", "mean: cost"]), rows)
}

fn drawn(before: &[f64], after: &[f64]) -> Figure {
    let students = (1..=before.len()).map(|row| row.to_string());
    let bars = |slot, costs: &[f64]| Bars::new(costs.iter().copied()).slot(slot, 2);
    let changes = before.iter().zip(after).enumerate();
    let rising = changes.filter(|(_, (before, after))| after > before);
    let notes = rising.map(|(student, (_, after))| {
        Note::new((student as f64, after + 0.0012), "rises").align(Align::Middle)
    });
    Figure::new(
        "Cost per student before and after one update",
        "Two bars for each of eight students: one update that serves their sum lowers most bars and raises some.",
    )
    .panel(
        notes.fold(
            Panel::new()
                .x(Axis::new("student").categories(students))
                .y(Axis::new("cost ½ (a − y)²"))
                .draw(bars(0, before).label("before the update"))
                .draw(bars(1, after).label("after it")),
            Panel::draw,
        ),
    )
}
