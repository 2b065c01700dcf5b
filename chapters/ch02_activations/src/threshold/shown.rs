//! The cost step by step and over one weight, with a threshold and with a sigmoid.

use lesson::{Page, Result, Row, Table, count, fixed, significant};
use nn::Neuron;
use plot::{Axis, Figure, Line, Panel};

use super::{
    LEARNERS, PASS, RATE, SEED, SHAKE, STEPS, TRIED, first_right, mean_cost, passes,
    right,
};

/// Fills the page.
pub(crate) fn run(page: &mut Page) -> Result {
    let (seed, examples) = (page.seed(SEED), passes());
    let lessons = LEARNERS.map(|learner| learner.learn(seed));
    let costs = lessons.each_ref().map(|neurons| {
        neurons.iter().map(|neuron| mean_cost(neuron, &examples)).collect()
    });
    page.table("steps", &over_steps(&costs));
    page.figure("steps", &drawn_over_steps(&costs));
    let right = |neuron: &Neuron| right(neuron, &examples);
    let [threshold, sigmoid, pretender] = &lessons;
    page.value("right_before", right(&threshold[0]));
    page.value("sigmoid_right", right(&sigmoid[STEPS]));
    page.value("pretender_right", right(&pretender[STEPS]));
    for (name, neurons) in [("sigmoid_done", sigmoid), ("pretender_done", pretender)] {
        let done = first_right(neurons, &examples);
        page.value(name, done.map_or("never".into(), |step| step.to_string()));
    }

    page.table("shaken", &shaken(seed));
    page.figure("staircase", &staircase(seed));
    page.value("shake", significant(SHAKE, 1));
    page.value("students", examples.rows());
    page.value("pass", PASS);
    page.value("rate", RATE);
    page.value("steps", STEPS);
    Ok(())
}

fn over_steps(costs: &[Vec<f64>; 3]) -> Table {
    let rows = [0, 1, 2, 5, 10, 20, 50, 100, STEPS]
        .map(|step| Row::of([step]).and(costs.each_ref().map(|c| fixed(c[step], 4))));
    Table::of(Row::of(["step"]).and(LEARNERS.map(|learner| learner.name)), rows)
}

/// At how many values of the first weight does the cost feel a little shake?
fn shaken(seed: u64) -> Table {
    let rows = LEARNERS[..2].iter().map(|learner| {
        let [moved, different] = learner.shaken(seed);
        Row::of([learner.name]).and([TRIED as usize, moved, different].map(count))
    });
    Table::of(["bend", "weights tried", "cost moved", "different costs"], rows)
}

fn drawn_over_steps(costs: &[Vec<f64>; 3]) -> Figure {
    let panel = Panel::new()
        .x(Axis::new("steps").range(0.0..=STEPS as f64))
        .y(Axis::new("cost").range(0.0..=0.4));
    let lines = LEARNERS.iter().zip(costs).map(|(learner, costs)| {
        Line::over_index(costs.iter().copied()).label(learner.name)
    });
    Figure::new(
        "Three neurons, one start",
        "Cost over the steps of descent. The threshold's cost is a horizontal line; the sigmoid's falls smoothly; \
         that of the threshold which pretends to have a slope falls in jumps to zero.",
    )
    .panel(lines.fold(panel, Panel::draw))
}

fn staircase(seed: u64) -> Figure {
    let examples = passes();
    let panel = Panel::new()
        .x(Axis::new("weight of the hours of study").range(-4.0..=4.0))
        .y(Axis::new("cost").range(0.0..=0.5));
    let lines = LEARNERS[..2].iter().map(|learner| {
        let cost = |weight| learner.cost_at(weight, &examples, seed);
        Line::function(-4.0..=4.0, cost).label(learner.name)
    });
    Figure::new(
        "The cost over one weight",
        "With a threshold the cost is a staircase of flat steps, with a sigmoid a smooth curve through the same landscape.",
    )
    .panel(lines.fold(panel, Panel::draw))
}
