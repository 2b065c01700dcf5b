//! What each student asks for, one update, and what sum and mean do when the rows become more.

use lesson::{Page, Result, Row, Table, count, fixed, significant};
use nn::{Examples, Network};
use plot::{Axis, Bars, Color, Figure, Panel};

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
    page.table("answers", &answers([&before, &after], &students));
    page.figure("answers", &drawn([&before, &after], &students));

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

/// What the neuron says to every student before and after the update, and what each got in the exam.
fn answers(networks: [&Network; 2], students: &Examples) -> Table {
    let said = networks.map(|network| network.predict(students.inputs.view())); // (rows, 1)
    let rows = (0..students.rows()).map(|row| {
        let said = said.each_ref().map(|said| fixed(said[[row, 0]], 3));
        Row::of([row + 1]).and([fixed(students.targets[[row, 0]], 2)]).and(said)
    });
    Table::of(["student", "y", "a before", "a after"], rows)
}

/// Which way each student asked the neuron to go, and how far it went.
fn drawn([before, after]: [&Network; 2], students: &Examples) -> Figure {
    let [old, new] =
        [before, after].map(|network| network.predict(students.inputs.view()));
    let asked: Vec<f64> = (&students.targets - &old).into_iter().collect();
    let got: Vec<f64> = (new - old).into_iter().collect();
    // A bar of no height where the other colour has its own.
    let these = |opposite: bool| {
        let pairs = asked.iter().zip(&got);
        pairs.map(
            move |(asked, got)| {
                if (asked * got < 0.0) == opposite { *got } else { 0.0 }
            },
        )
    };
    let panel = |words: &str, reach: f64| {
        let names = (1..=students.rows()).map(|row| row.to_string());
        Panel::new()
            .heading(words)
            .x(Axis::new("student").categories(names))
            .y(Axis::new("").range(-reach..=reach).ticks([-reach, 0.0, reach]))
            .aspect(3.0)
    };
    let got = Bars::new(these(false)).color(Color::Blue);
    let opposite = Bars::new(these(true)).color(Color::Vermillion);
    Figure::new(
        "What each student asked for, and what each got",
        "Above, a bar for each of eight students: how far the exam lies above what the neuron says, or below it. Six bars point up and two down. Below, how far one update moves what it says: six bars point the same way as above, those of students 2 and 4 the other way.",
    )
    .columns(1)
    .panel(panel("asked for: y − a", 0.3).draw(Bars::new(asked).color(Color::Ink)))
    .panel(panel("got: change of a", 0.04).draw(got).draw(opposite))
}
