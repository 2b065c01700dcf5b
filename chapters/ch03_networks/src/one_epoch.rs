//! Eight students go through the same weights, their costs are added up, and the weights move once.

use datasets::{Scaling, students};
use lesson::{Page, Result, Row, Table, count, fixed, significant};
use ndarray::{Array2, Axis as Along, array, concatenate};
use nn::{Activation, Backprop, Cost, Dense, Examples, Gradients, Network, Neuron};
use plot::{Axis, Bars, Figure, Panel};

/// η, for the sum of the costs of all rows.
const RATE: f64 = 0.5;

/// Standardised inputs, and the exam as a share from 0 to 1.
pub fn scaled_students() -> Examples {
    let students = students();
    let inputs = students.inputs.view();
    let inputs = Scaling::standardise(inputs).apply(inputs);
    Examples::new(inputs, students.targets / 100.0)
}

/// The one neuron that all students meet, before it has learnt anything.
pub fn neuron() -> Neuron {
    Neuron::new(&[0.2, -0.1, 0.1], 1.0, Activation::Sigmoid)
}

/// The same neuron as a network, so that backpropagation can be asked.
fn network(neuron: &Neuron) -> Network {
    let weights =
        Array2::from_shape_vec((neuron.weights.len(), 1), neuron.weights.clone());
    let weights = weights.expect("one column"); // (inputs, 1)
    Network::from_layers(vec![Dense::new(
        weights,
        array![neuron.bias],
        neuron.activation,
    )])
}

/// How the costs of the rows become one cost.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Total {
    Sum,
    Mean,
}

/// ½ (ŷ − y)² of each row.
pub fn costs(network: &Network, rows: &Examples) -> Vec<f64> {
    let answers = network.predict(rows.inputs.view()); // (rows, 1)
    let pairs = answers.iter().zip(&rows.targets);
    pairs.map(|(answer, target)| 0.5 * (answer - target) * (answer - target)).collect()
}

/// The gradient of the mean cost: three weights and the bias.
fn gradient(network: &Network, rows: &Examples) -> Gradients {
    let mut backprop = Backprop::new(network, rows.rows());
    backprop.run(network, rows, Cost::Quadratic);
    backprop.gradients().clone()
}

/// One update from all rows; returns how far the weights moved.
fn update(network: &mut Network, rows: &Examples, total: Total, rate: f64) -> f64 {
    let gradient = gradient(network, rows);
    let times = if total == Total::Sum { rows.rows() as f64 } else { 1.0 };
    network.descend(rate * times, &gradient);
    let squares: f64 = gradient.entries().map(|slope| slope * slope).sum();
    rate * times * squares.sqrt()
}

/// Fills the page.
pub fn run(page: &mut Page) -> Result {
    let students = scaled_students();
    let before = network(&neuron());
    let mut after = before.clone();
    update(&mut after, &students, Total::Sum, RATE);

    let rows = rows(&before, &students);
    page.table("rows", &rows);
    page.value("total", rows.cell("total", "cost"));
    page.value("pull_on_quiz", rows.cell("total", "∂/∂w₃"));
    let moved = moved(&before, &after);
    page.table("moved", &moved);
    page.value("quiz_before", moved.cell("w₃ (quiz)", "before"));
    page.value("quiz_after", moved.cell("w₃ (quiz)", "after"));

    let change = change(&before, &after, &students);
    page.table("change", &change);
    page.value("total_after", change.cell("total", "after"));
    let (old, new) = (costs(&before, &students), costs(&after, &students));
    page.value("better", old.iter().zip(&new).filter(|(old, new)| new < old).count());
    page.value("worse", old.iter().zip(&new).filter(|(old, new)| new > old).count());
    page.figure("costs", &drawn(&old, &new));

    let copies = copies(&students);
    page.table("copies", &copies);
    for (name, heading) in [("sum", "sum: cost"), ("mean", "mean: cost")] {
        for rows in ["8", "800"] {
            page.value(&format!("{name}_{rows}"), copies.cell(rows, heading));
        }
    }
    page.value("least_answer", copies.cell("800", "sum: least ŷ"));
    page.value("students", students.rows());
    page.value("rate", RATE);
    page.value("updates", UPDATES);
    Ok(())
}

/// Answer, target, cost and gradient of every student, and what they add up to.
fn rows(network: &Network, students: &Examples) -> Table {
    let mut table =
        Table::new(["student", "ŷ", "y", "cost", "∂/∂w₁", "∂/∂w₂", "∂/∂w₃", "∂/∂b"]);
    let answers = network.predict(students.inputs.view());
    let costs = costs(network, students);
    let mut totals = [0.0; 4];
    for row in 0..students.rows() {
        let slopes = gradient(network, &students.select(&[row]));
        for (total, slope) in totals.iter_mut().zip(slopes.entries()) {
            *total += slope;
        }
        table.row(
            Row::of([row + 1])
                .and([fixed(answers[[row, 0]], 3), fixed(students.targets[[row, 0]], 2)])
                .and([fixed(costs[row], 4)])
                .and(slopes.entries().map(|slope| fixed(slope, 4))),
        );
    }
    let cost = fixed(costs.iter().sum(), 4);
    let totals = totals.map(|total| fixed(total, 4));
    table.row(Row::of(["total", "", "", &cost]).and(totals));
    table
}

/// The weights before and after the update.
fn moved(before: &Network, after: &Network) -> Table {
    let numbers = |network: &Network| {
        let layer = &network.layers[0];
        layer
            .weights
            .iter()
            .chain(&layer.biases)
            .map(|w| fixed(*w, 4))
            .collect::<Vec<_>>()
    };
    let mut table = Table::new(["", "before", "after"]);
    let names = ["w₁ (study)", "w₂ (sleep)", "w₃ (quiz)", "b"];
    for ((name, before), after) in
        names.into_iter().zip(numbers(before)).zip(numbers(after))
    {
        table.row([name.to_string(), before, after]);
    }
    table
}

/// The cost of every student before and after the update.
fn change(before: &Network, after: &Network, students: &Examples) -> Table {
    let (before, after) = (costs(before, students), costs(after, students));
    let mut table = Table::new(["student", "before", "after"]);
    for (row, (before, after)) in before.iter().zip(&after).enumerate() {
        table.row(Row::of([row + 1]).and([fixed(*before, 4), fixed(*after, 4)]));
    }
    let [before, after] = [before, after].map(|costs| fixed(costs.iter().sum(), 4));
    table.row(["total".to_string(), before, after]);
    table
}

/// How many updates we make when we compare sum and mean.
const UPDATES: usize = 100;

/// The same students once, twice, ten and a hundred times: the same problem, more rows.
fn copies(students: &Examples) -> Table {
    let mut table = Table::new([
        "rows",
        "sum: first step",
        "sum: cost",
        "sum: least ŷ",
        "mean: first step",
        "mean: cost",
    ]);
    for copies in [1, 2, 10, 100] {
        let rows = repeated(students, copies);
        let mut line = Row::of([count(rows.rows())]);
        for total in [Total::Sum, Total::Mean] {
            let mut network = network(&neuron());
            let first = update(&mut network, &rows, total, RATE);
            for _ in 1..UPDATES {
                update(&mut network, &rows, total, RATE);
            }
            let cost = network.cost(&rows, Cost::Quadratic);
            line = line.and([significant(first, 3), significant(cost, 3)]);
            if total == Total::Sum {
                let answers = network.predict(students.inputs.view());
                line = line.and([fixed(answers.iter().copied().fold(1.0, f64::min), 3)]);
            }
        }
        table.row(line);
    }
    table
}

fn repeated(rows: &Examples, copies: usize) -> Examples {
    let repeat = |matrix: &Array2<f64>| {
        concatenate(Along(0), &vec![matrix.view(); copies]).expect("equal columns")
    };
    Examples::new(repeat(&rows.inputs), repeat(&rows.targets))
}

fn drawn(before: &[f64], after: &[f64]) -> Figure {
    Figure::new(
        "Cost per student before and after one update",
        "Two bars for each of eight students: one update that serves their sum lowers most bars and raises some.",
    )
    .panel(
        Panel::new()
            .x(Axis::new("student").categories((1..=before.len()).map(|row| row.to_string())))
            .y(Axis::new("cost ½ (ŷ − y)²"))
            .draw(Bars::new(before.iter().copied()).slot(0, 2).label("before the update"))
            .draw(Bars::new(after.iter().copied()).slot(1, 2).label("after it")),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_neuron_asked_eight_times_is_eight_equal_neurons() {
        let students = scaled_students();
        let together = network(&neuron()).predict(students.inputs.view());
        for (row, answer) in students.inputs.rows().into_iter().zip(&together) {
            assert!((neuron().output(&row.to_vec()) - answer).abs() < 1e-15);
        }
    }

    #[test]
    fn the_gradient_of_the_total_is_the_total_of_the_gradients() {
        let (students, network) = (scaled_students(), network(&neuron()));
        let whole = gradient(&network, &students);
        let alone = |row| gradient(&network, &students.select(&[row]));
        for (index, mean) in whole.entries().enumerate() {
            let rows = (0..8).map(|row| alone(row).entries().nth(index).unwrap());
            assert!((8.0 * mean - rows.sum::<f64>()).abs() < 1e-15);
        }
    }

    #[test]
    fn the_sum_at_one_rate_is_the_mean_at_eight_times_the_rate() {
        let students = scaled_students();
        let [mut sum, mut mean] = [(); 2].map(|()| network(&neuron()));
        update(&mut sum, &students, Total::Sum, 0.25);
        update(&mut mean, &students, Total::Mean, 2.0);
        assert_eq!(sum, mean);
    }

    #[test]
    fn the_mean_does_not_mind_copies_and_the_sum_does() {
        let students = scaled_students();
        let twice = repeated(&students, 2);
        let step =
            |rows: &Examples, total| update(&mut network(&neuron()), rows, total, 0.1);
        let doubled = step(&twice, Total::Sum) / step(&students, Total::Sum);
        assert!((doubled - 2.0).abs() < 1e-12, "{doubled}");
        let same = step(&twice, Total::Mean) / step(&students, Total::Mean);
        assert!((same - 1.0).abs() < 1e-12, "{same}");
    }
}
