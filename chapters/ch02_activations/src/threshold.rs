//! Yes or no: why descent cannot teach a neuron with a threshold, and what a smooth bend changes.

use datasets::{Scaling, students};
use lesson::{Page, Result, Row, Table, count, fixed, significant};
use nn::{Activation, Examples, Neuron, random::normal, seeded};
use plot::{Axis, Figure, Line, Panel};

/// The exam result from which on a student has passed.
const PASS: f64 = 70.0;

/// A start from which there is something to learn.
const SEED: u64 = 5;

/// The learning rate of every neuron.
const RATE: f64 = 0.5;

/// How many steps each neuron takes.
const STEPS: usize = 200;

/// How many values of the first weight are tried, from −4 to 4.
const TRIED: u32 = 8_001;

/// How far that weight is shaken to see whether the cost moves.
const SHAKE: f64 = 1e-6;

/// The eight students, standardised; the target is 1 for those who passed.
fn passes() -> Examples {
    let students = students();
    let raw = students.inputs.view();
    let passed = students.targets.mapv(|exam| f64::from(exam >= PASS));
    Examples::new(Scaling::standardise(raw).apply(raw), passed)
}

/// The mean of ½(a − y)² over all rows.
pub fn mean_cost(neuron: &Neuron, examples: &Examples) -> f64 {
    let rows = examples.inputs.rows().into_iter().zip(&examples.targets);
    let costs = rows.map(|(row, y)| {
        let error = neuron.output(&row.to_vec()) - y;
        0.5 * error * error
    });
    costs.sum::<f64>() / examples.rows() as f64
}

/// One step downhill on that cost, for a neuron that believes its bend has this slope.
pub fn step(neuron: &mut Neuron, examples: &Examples, slope: impl Fn(f64) -> f64) {
    let before = neuron.clone(); // all rows are judged by the same weights
    let share = RATE / examples.rows() as f64;
    for (row, y) in examples.inputs.rows().into_iter().zip(&examples.targets) {
        let a = before.output(&row.to_vec());
        let delta = (a - y) * slope(a);
        for (weight, x) in neuron.weights.iter_mut().zip(row) {
            *weight -= share * delta * x;
        }
        neuron.bias -= share * delta;
    }
}

/// How a neuron bends, and which slope it believes in.
#[derive(Clone, Copy, Debug)]
struct Learner {
    name: &'static str,
    bend: Activation,
    believes: fn(f64) -> f64,
}

const LEARNERS: [Learner; 3] = [
    Learner {
        name: "threshold",
        bend: Activation::Threshold,
        believes: |a| Activation::Threshold.slope(a),
    },
    Learner {
        name: "sigmoid",
        bend: Activation::Sigmoid,
        believes: |a| Activation::Sigmoid.slope(a),
    },
    Learner { name: "pretender", bend: Activation::Threshold, believes: |_| 1.0 },
];

impl Learner {
    /// The neuron that every learner starts from, but for its bend.
    fn start(self, seed: u64) -> Neuron {
        let rng = &mut seeded(seed);
        let weights = [normal(rng), normal(rng), normal(rng)];
        Neuron::new(&weights, normal(rng), self.bend)
    }

    /// The neuron before the first step and after each one.
    fn learn(self, seed: u64) -> Vec<Neuron> {
        let examples = passes();
        let mut neurons = vec![self.start(seed)];
        for _ in 0..STEPS {
            let mut neuron = neurons[neurons.len() - 1].clone();
            step(&mut neuron, &examples, self.believes);
            neurons.push(neuron);
        }
        neurons
    }
}

/// Fills the page.
pub fn run(page: &mut Page) -> Result {
    let seed = page.seed(SEED);
    let lessons = LEARNERS.map(|learner| learner.learn(seed));
    let costs = costs(&lessons);
    page.table("steps", &costs);
    page.figure("steps", &over_steps(&lessons));
    for learner in LEARNERS {
        let name = learner.name;
        page.value(&format!("{name}_first"), costs.cell("0", name));
        page.value(&format!("{name}_last"), costs.cell(&STEPS.to_string(), name));
    }
    let examples = passes();
    let right = |neuron: &Neuron| {
        let rows = examples.inputs.rows().into_iter().zip(&examples.targets);
        rows.filter(|(row, y)| (neuron.output(&row.to_vec()) >= 0.5) == (**y == 1.0))
            .count()
    };
    page.value("right_before", right(&lessons[0][0]));
    page.value("sigmoid_right", right(&lessons[1][STEPS]));
    page.value("pretender_right", right(&lessons[2][STEPS]));
    let done = lessons[2].iter().position(|neuron| right(neuron) == examples.rows());
    page.value(
        "pretender_done",
        done.map_or("never".to_string(), |step| step.to_string()),
    );

    let shaken = shaken(seed);
    page.table("shaken", &shaken);
    page.figure("staircase", &staircase(seed));
    for learner in &LEARNERS[..2] {
        let name = learner.name;
        page.value(&format!("{name}_moved"), shaken.cell(name, "cost moved"));
        page.value(&format!("{name}_levels"), shaken.cell(name, "different costs"));
    }
    page.value("tried", count(TRIED as usize));
    page.value("shake", significant(SHAKE, 1));
    page.value("students", examples.rows());
    page.value("pass", PASS);
    page.value("rate", RATE);
    page.value("steps", STEPS);
    Ok(())
}

fn costs(lessons: &[Vec<Neuron>; 3]) -> Table {
    let examples = passes();
    let mut table = Table::new(["step"].into_iter().chain(LEARNERS.map(|l| l.name)));
    for step in [0, 1, 2, 5, 10, 20, 50, 100, STEPS] {
        let cells =
            lessons.iter().map(|neurons| fixed(mean_cost(&neurons[step], &examples), 4));
        table.row(Row::of([step]).and(cells));
    }
    table
}

/// The neuron that the others start from, with another first weight.
fn with_first_weight(learner: Learner, seed: u64, weight: f64) -> Neuron {
    let mut neuron = learner.start(seed);
    neuron.weights[0] = weight;
    neuron
}

/// At how many values of the first weight does the cost feel a little shake?
fn shaken(seed: u64) -> Table {
    let examples = passes();
    let mut table =
        Table::new(["bend", "weights tried", "cost moved", "different costs"]);
    for learner in &LEARNERS[..2] {
        let cost = |weight: f64| {
            mean_cost(&with_first_weight(*learner, seed, weight), &examples)
        };
        let weights =
            || (0..TRIED).map(|i| 8.0 * f64::from(i) / f64::from(TRIED - 1) - 4.0);
        let moved = weights().filter(|w| cost(w + SHAKE) != cost(w - SHAKE)).count();
        let mut levels: Vec<f64> = weights().map(cost).collect();
        levels.sort_by(f64::total_cmp);
        levels.dedup();
        let cells = [TRIED as usize, moved, levels.len()].map(count);
        table.row(Row::of([learner.name]).and(cells));
    }
    table
}

fn over_steps(lessons: &[Vec<Neuron>; 3]) -> Figure {
    let examples = passes();
    let mut panel = Panel::new()
        .x(Axis::new("steps").range(0.0..=STEPS as f64))
        .y(Axis::new("cost").range(0.0..=0.4));
    for (learner, neurons) in LEARNERS.iter().zip(lessons) {
        let line =
            Line::over_index(neurons.iter().map(|neuron| mean_cost(neuron, &examples)));
        panel = panel.draw(line.label(learner.name));
    }
    Figure::new(
        "Three neurons, one start",
        "Cost over the steps of descent. The threshold's cost is a horizontal line; the sigmoid's falls smoothly; \
         that of the threshold which pretends to have a slope falls in jumps to zero.",
    )
    .panel(panel)
}

fn staircase(seed: u64) -> Figure {
    let examples = passes();
    let mut panel = Panel::new()
        .x(Axis::new("weight of the hours of study").range(-4.0..=4.0))
        .y(Axis::new("cost").range(0.0..=0.5));
    for learner in &LEARNERS[..2] {
        let cost = |weight: f64| {
            mean_cost(&with_first_weight(*learner, seed, weight), &examples)
        };
        panel = panel.draw(Line::function(-4.0..=4.0, cost).label(learner.name));
    }
    Figure::new(
        "The cost over one weight",
        "With a threshold the cost is a staircase of flat steps, with a sigmoid a smooth curve through the same landscape.",
    )
    .panel(panel)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn from_no_start_does_descent_move_a_threshold() {
        for seed in 0..50 {
            let neurons = LEARNERS[0].learn(seed);
            assert_eq!(neurons[0], neurons[STEPS], "seed {seed}");
        }
    }

    #[test]
    fn from_every_start_the_sigmoid_gets_better() {
        let examples = passes();
        for seed in 0..50 {
            let neurons = LEARNERS[1].learn(seed);
            let [first, last] =
                [0, STEPS].map(|step| mean_cost(&neurons[step], &examples));
            assert!(last < first, "seed {seed}: {first} {last}");
        }
    }

    #[test]
    fn the_step_is_the_gradient_of_the_cost() {
        let examples = passes();
        let before = LEARNERS[1].start(1);
        let mut after = before.clone();
        step(&mut after, &examples, LEARNERS[1].believes);
        for index in 0..3 {
            let cost = |shake: f64| {
                let mut neuron = before.clone();
                neuron.weights[index] += shake;
                mean_cost(&neuron, &examples)
            };
            let slope = (cost(1e-5) - cost(-1e-5)) / 2e-5;
            let stepped = (before.weights[index] - after.weights[index]) / RATE;
            assert!((slope - stepped).abs() < 1e-9, "{slope} {stepped}");
        }
    }

    #[test]
    fn the_pretender_descends_how_far_the_sums_lie_on_the_wrong_side() {
        let examples = passes();
        let cost = |neuron: &Neuron| {
            let rows = examples.inputs.rows().into_iter().zip(&examples.targets);
            let far = rows.map(|(row, y)| {
                let z = neuron.weighted_sum(&row.to_vec());
                f64::max(0.0, if *y == 1.0 { -z } else { z })
            });
            far.sum::<f64>() / examples.rows() as f64
        };
        for seed in 0..20 {
            let before = LEARNERS[2].start(seed);
            let mut after = before.clone();
            step(&mut after, &examples, LEARNERS[2].believes);
            for index in 0..3 {
                let shaken = |shake: f64| {
                    let mut neuron = before.clone();
                    neuron.weights[index] += shake;
                    cost(&neuron)
                };
                let slope = (shaken(1e-5) - shaken(-1e-5)) / 2e-5;
                let stepped = (before.weights[index] - after.weights[index]) / RATE;
                assert!((slope - stepped).abs() < 1e-9, "{slope} {stepped}");
            }
        }
    }

    #[test]
    fn a_threshold_that_pretends_follows_the_perceptron_rule() {
        let one_row =
            Examples::new(ndarray::array![[3.0, -2.0, 0.5]], ndarray::array![[0.0]]);
        let mut neuron = Neuron::new(&[1.0, 0.0, 0.0], 0.0, Activation::Threshold);
        step(&mut neuron, &one_row, LEARNERS[2].believes);
        // w + (t − a) x with t − a = −1, times the rate.
        assert_eq!(neuron.weights, [1.0 - RATE * 3.0, RATE * 2.0, -RATE * 0.5]);
        assert_eq!(neuron.bias, -RATE);
    }
}
