//! The eight students again: one update an epoch, eight, or three, and what of it hangs on chance.

use datasets::{Scaling, students};
use lesson::{Page, Result, Row as Cells, Table, fixed, significant};
use ndarray::{Array2, array};
use nn::{Activation, Backprop, Cost, Dense, Examples, Network, seeded};
use plot::{Axis, Color, Figure, Line, Panel};
use rand::seq::SliceRandom;

/// The learning rate of every run on this page.
const RATE: f64 = 0.1;
/// Rows per update: all, some, one.
const BATCHES: [usize; 3] = [8, 3, 1];
/// How often each run is repeated.
const SEEDS: u64 = 20;
/// How long it goes on.
const EPOCHS: usize = 40;

/// One look at one student during an epoch.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Look {
    /// The student's place in the data.
    pub student: usize,
    /// What the neuron answered, with the weights that it had then.
    pub answer: f64,
    /// How many updates had been made after this look.
    pub updates: usize,
}

/// One epoch: the students in this order, an update after every `batch` of them.
pub fn epoch(
    network: &mut Network,
    students: &Examples,
    order: &[usize],
    batch: usize,
) -> Vec<Look> {
    let mut backprop = Backprop::new(network, batch);
    let mut looks = Vec::new();
    for (done, rows) in order.chunks(batch).enumerate() {
        let few = students.select(rows);
        backprop.run(network, &few, Cost::Quadratic);
        let answers = backprop.outputs();
        for (place, &student) in rows.iter().enumerate() {
            // The update comes after the last row of the batch.
            let updates = if place + 1 == rows.len() { done + 1 } else { done };
            looks.push(Look { student, answer: answers[[place, 0]], updates });
        }
        network.descend(RATE, backprop.gradients());
    }
    looks
}

/// Fills the page.
pub fn run(page: &mut Page) -> Result {
    let students = scaled_students();
    let mut order: Vec<usize> = (0..students.rows()).collect();
    order.shuffle(&mut seeded(page.seed(3)));

    let looks = BATCHES.map(|batch| epoch(&mut start(), &students, &order, batch));
    let trace = trace(&looks);
    page.table("trace", &trace);
    let after = after_one_epoch(&students, &order);
    page.table("after", &after);
    page.value("rate", RATE);
    page.value("cost_before", fixed(start().cost(&students, Cost::Quadratic), 3));
    for (batch, name) in [("8", "all"), ("3", "some"), ("1", "one")] {
        page.value(&format!("updates_{name}"), after.cell(batch, "updates"));
        page.value(&format!("after_{name}"), after.cell(batch, "cost afterwards"));
    }

    let seeds: Vec<u64> = (0..SEEDS).map(|seed| page.seed(60 + seed)).collect();
    let runs = BATCHES.map(|batch| {
        let one = |seed: &u64| costs(&students, batch, Some(*seed));
        seeds.iter().map(one).collect::<Vec<_>>()
    });
    let fixed_order: Vec<_> = seeds.iter().map(|_| costs(&students, 1, None)).collect();
    let repeated = repeated(&runs, &fixed_order);
    page.table("repeated", &repeated);
    let lowest = lowest_cost(&students);
    page.figure("runs", &curves(&runs, lowest));
    page.value("seeds", SEEDS);
    page.value("epochs", EPOCHS);
    for (batch, name) in [("8", "all"), ("3", "some"), ("1", "one")] {
        page.value(&format!("spread_{name}"), repeated.cell(batch, "deviation"));
    }
    page.value("spread_fixed", repeated.cell("1, fixed order", "deviation"));
    page.value("least_one", repeated.cell("1", "lowest"));
    page.value("most_one", repeated.cell("1", "highest"));
    Ok(())
}

/// The students, inputs and exam standardised.
fn scaled_students() -> Examples {
    let raw = students();
    let scaled =
        |rows: &Array2<f64>| Scaling::standardise(rows.view()).apply(rows.view());
    Examples::new(scaled(&raw.inputs), scaled(&raw.targets))
}

/// One linear neuron that knows nothing yet.
fn start() -> Network {
    let weights = Array2::zeros((3, 1));
    Network::from_layers(vec![Dense::new(weights, array![0.0], Activation::Identity)])
}

/// The cost of all students, before training and after each epoch. Without a seed, the order stays the same.
fn costs(students: &Examples, batch: usize, seed: Option<u64>) -> Vec<f64> {
    let mut network = start();
    let mut order: Vec<usize> = (0..students.rows()).collect();
    let mut rng = seed.map(seeded);
    let mut costs = vec![network.cost(students, Cost::Quadratic)];
    for _ in 0..EPOCHS {
        if let Some(rng) = &mut rng
            && batch < students.rows()
        {
            order.shuffle(rng);
        }
        epoch(&mut network, students, &order, batch);
        costs.push(network.cost(students, Cost::Quadratic));
    }
    costs
}

/// The lowest cost that a linear neuron can have here: batch descent finds it, given time.
fn lowest_cost(students: &Examples) -> f64 {
    let mut network = start();
    let order: Vec<usize> = (0..students.rows()).collect();
    for _ in 0..2_000 {
        epoch(&mut network, students, &order, order.len());
    }
    network.cost(students, Cost::Quadratic)
}

/// The same epoch under three batch sizes, look by look.
fn trace(looks: &[Vec<Look>; 3]) -> Table {
    let mut table = Table::new([
        "look",
        "student",
        "m = 8: ŷ",
        "updates",
        "m = 3: ŷ",
        "updates",
        "m = 1: ŷ",
        "updates",
    ]);
    for place in 0..looks[0].len() {
        let mut row = Cells::of([place + 1, looks[0][place].student + 1]);
        for looks in looks {
            let look = looks[place];
            row = row.and([fixed(look.answer, 3), look.updates.to_string()]);
        }
        table.row(row);
    }
    table
}

/// How many updates one epoch makes, and what they do to the cost of all students.
fn after_one_epoch(students: &Examples, order: &[usize]) -> Table {
    let mut table = Table::new(["m", "updates", "cost afterwards"]);
    for batch in BATCHES {
        let mut network = start();
        let looks = epoch(&mut network, students, order, batch);
        let cost = fixed(network.cost(students, Cost::Quadratic), 3);
        let updates = looks.last().map_or(0, |look| look.updates);
        table.row(Cells::of([batch, updates]).and([cost]));
    }
    table
}

/// The final costs of repeated runs: middle, extremes, standard deviation.
fn repeated(runs: &[Vec<Vec<f64>>; 3], fixed_order: &[Vec<f64>]) -> Table {
    let mut table = Table::new(["m", "mean", "lowest", "highest", "deviation"]);
    let names = BATCHES.map(|batch| batch.to_string());
    let fixed_order = ("1, fixed order".to_string(), fixed_order);
    for (name, runs) in
        names.into_iter().zip(runs.iter().map(Vec::as_slice)).chain([fixed_order])
    {
        let finals: Vec<f64> = runs.iter().map(|costs| costs[EPOCHS]).collect();
        let count = finals.len() as f64;
        let mean = finals.iter().sum::<f64>() / count;
        let squares: f64 = finals.iter().map(|cost| (cost - mean) * (cost - mean)).sum();
        let lowest = finals.iter().copied().fold(f64::INFINITY, f64::min);
        let highest = finals.iter().copied().fold(0.0, f64::max);
        // Equal runs deviate by exactly nothing; their mean may be off by a rounding.
        let deviation = if lowest == highest { 0.0 } else { (squares / count).sqrt() };
        let cells = [mean, lowest, highest].map(|cost| fixed(cost, 5));
        table.row(Cells::of([name]).and(cells).and([significant(deviation, 2)]));
    }
    table
}

/// Twenty runs of each kind: how far their cost lies above the lowest that a linear neuron can have.
fn curves(runs: &[Vec<Vec<f64>>; 3], lowest: f64) -> Figure {
    let figure = Figure::new(
        "Twenty runs of each kind",
        "With all rows per update the twenty curves lie on each other and fall steadily; with three rows they level off and part; with single rows they level off higher up.",
    );
    let headings = ["m = 8: all", "m = 3", "m = 1"];
    runs.iter().zip(headings).fold(figure.columns(3), |figure, (runs, heading)| {
        let mut panel = Panel::new()
            .heading(heading)
            .x(Axis::new("epoch").ticks([0.0, 20.0, 40.0]))
            .y(Axis::new("excess cost").log().range(1e-5..=1.0).ticks([1e-4, 1e-2, 1.0]))
            .aspect(0.9);
        for run in runs {
            let excess = run.iter().map(|cost| cost - lowest);
            panel = panel.draw(Line::over_index(excess).color(Color::Blue).faint());
        }
        figure.panel(panel)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const ORDER: [usize; 8] = [3, 0, 7, 1, 6, 2, 5, 4];

    #[test]
    fn eight_students_make_one_update_or_three_or_eight() {
        let students = scaled_students();
        for (batch, updates) in [(8, 1), (3, 3), (1, 8), (5, 2)] {
            let looks = epoch(&mut start(), &students, &ORDER, batch);
            assert_eq!(looks.len(), 8);
            assert_eq!(looks[7].updates, updates, "m = {batch}");
        }
    }

    #[test]
    fn all_looks_of_a_batch_use_the_same_weights() {
        let students = scaled_students();
        // The neuron starts at zero: whatever it answers before its first update is zero.
        let answers = |batch| -> Vec<bool> {
            let looks = epoch(&mut start(), &students, &ORDER, batch);
            looks.iter().map(|look| look.answer == 0.0).collect()
        };
        let first = |zeros| -> Vec<bool> { (0..8).map(|place| place < zeros).collect() };
        assert_eq!(answers(8), first(8));
        assert_eq!(answers(3), first(3));
        assert_eq!(answers(1), first(1));
    }

    #[test]
    fn batch_descent_and_a_fixed_order_repeat_themselves_and_shuffled_rows_do_not() {
        let students = scaled_students();
        assert_eq!(costs(&students, 8, Some(1)), costs(&students, 8, Some(2)));
        assert_eq!(costs(&students, 1, None), costs(&students, 1, None));
        assert_eq!(costs(&students, 1, Some(1)), costs(&students, 1, Some(1)));
        assert_ne!(costs(&students, 1, Some(1)), costs(&students, 1, Some(2)));
    }
}
