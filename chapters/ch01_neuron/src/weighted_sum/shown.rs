//! A student's sum line by line and as a drawing, all students on the sigmoid, and what they hear without a bias.

use datasets::students;
use lesson::{Page, Result, Row, Table, fixed};
use nn::{Activation::Sigmoid, Examples, Neuron};
use plot::{
    Axis, Color, Diagram, Figure, Line, Marker, Node, Note, Panel, Points, Rule, Wire,
};

use super::{PASS, Verdict, WALKS, judge, opinions, unbiased, verdicts};

const INPUTS: [&str; 3] = ["study hours", "sleep hours", "quiz %"];

/// Fills the page.
pub(crate) fn run(page: &mut Page) -> Result {
    let students = students();
    let first: Vec<f64> = students.inputs.row(0).to_vec();
    let neuron = judge();
    page.table("sum", &steps(&neuron, &first));
    page.figure("neuron", &drawn(&neuron, &first));
    page.value("bias_size", fixed(-neuron.bias, 0));
    page.value("pass", PASS);

    let everybody = verdicts(&neuron, &students);
    page.figure("sigmoid", &on_the_sigmoid(&everybody));
    page.live(&WALKS)?;
    page.table("students", &everyone(everybody));
    page.value("students", students.rows());
    page.table("biases", &biases(&students));
    page.value("sleep_weight", fixed(-unbiased().weights[1], 1));
    Ok(())
}

/// Every product, their sum, the bias and the bend, a line each.
fn steps(neuron: &Neuron, inputs: &[f64]) -> Table {
    let factors = INPUTS.iter().zip(inputs).zip(&neuron.weights);
    let products = factors.map(|((name, input), weight)| {
        let numbers = [fixed(*input, 1), fixed(*weight, 2), fixed(weight * input, 2)];
        Row::of([name]).and(numbers)
    });
    let total = |name, number| Row::of([name, "", ""]).and([number]);
    let totals = [
        total("bias", fixed(neuron.bias, 2)),
        total("weighted sum", fixed(neuron.weighted_sum(inputs), 2)),
        total("output (sigmoid)", fixed(neuron.output(inputs), 3)),
    ];
    Table::of(["", "input", "weight", "product"], products.chain(totals))
}

/// The neuron with its numbers on the wires.
fn drawn(neuron: &Neuron, inputs: &[f64]) -> Figure {
    let mut diagram = Diagram::new().row_height(76.0);
    let sum = diagram.node(Node::new(1.5, 1.0, "Σ").color(Color::Blue));
    let bend = diagram.node(Node::new(2.5, 1.0, "φ").color(Color::Vermillion));
    let output = diagram.node(Node::text(3.4, 1.0, fixed(neuron.output(inputs), 3)));
    for (row, name) in INPUTS.into_iter().enumerate() {
        let (name, unit) = name.split_once(' ').expect("an input has a name and a unit");
        let unit = if unit == "hours" { "h" } else { unit };
        let words = format!("{name} {} {unit}", inputs[row]);
        let node = diagram.node(Node::text(0.0, row as f64, words));
        let weight = format!("× {}", fixed(neuron.weights[row], 2));
        diagram.wire(Wire::new(node, sum).label(weight).arrow());
    }
    for (column, step) in [(1.5, "1 weigh"), (2.5, "2 bend"), (3.4, "3 pass on")] {
        diagram.node(Node::text(column, 0.2, step).color(Color::Muted));
    }
    let bias = diagram.node(Node::text(1.5, 2.0, format!("bias −{}", -neuron.bias)));
    let z = fixed(neuron.weighted_sum(inputs), 2);
    diagram.wire(Wire::new(bias, sum).arrow());
    diagram.wire(Wire::new(sum, bend).label(z).arrow());
    diagram.wire(Wire::new(bend, output).arrow());
    Figure::new(
        "One student in one neuron",
        "Three inputs, each times its weight, and the bias flow into a sum; the sigmoid bends it into the output.",
    )
    .diagram(diagram)
}

/// Every student's weighted sum on the curve that bends it.
fn on_the_sigmoid(verdicts: &[Verdict]) -> Figure {
    let range = -4.0..=8.0;
    let curve = Line::function(range.clone(), |z| Sigmoid.value(z)).color(Color::Muted);
    let first = &verdicts[0];
    let panel = Panel::new()
        .x(Axis::new("weighted sum z").range(range))
        .y(output_axis())
        .draw(undecided())
        .draw(curve);
    let panel = dotted(panel, verdicts, |verdict| (verdict.sum, verdict.output));
    let first_note =
        Note::new((1.3, 0.3), "the student above").points_at((first.sum, first.output));
    let sides = [(0.57, "says yes"), (0.43, "says no")]
        .map(|(height, words)| Note::new((-3.8, height), words).color(Color::Muted));
    let panel = sides.into_iter().fold(panel, Panel::draw);
    Figure::new(
        "Eight students on the sigmoid",
        "The sigmoid rises from 0 to 1 and says one half at a sum of zero. Six of eight students lie to the right of zero \
         and are told that they pass; one of them failed.",
    )
    .panel(panel.draw(first_note))
}

pub(super) fn output_axis() -> Axis {
    Axis::new("output a").range(0.0..=1.0).ticks([0.0, 0.5, 1.0])
}

/// From here on the neuron says yes.
pub(super) fn undecided() -> Rule {
    Rule::horizontal(0.5).color(Color::Grid)
}

/// A dot for every student, filled for those who passed the exam.
fn dotted(
    panel: Panel,
    verdicts: &[Verdict],
    place: impl Fn(&Verdict) -> (f64, f64),
) -> Panel {
    let kinds =
        [(true, "passed the exam", Marker::Circle), (false, "failed", Marker::Ring)];
    kinds.into_iter().fold(panel, |panel, (passed, words, marker)| {
        let them = verdicts.iter().filter(|verdict| (verdict.exam >= PASS) == passed);
        let points = Points::new(them.map(&place)).color(Color::Blue).marker(marker);
        panel.draw(points.label(words))
    })
}

/// What the neuron says to each student, and what the exam said.
fn everyone(verdicts: Vec<Verdict>) -> Table {
    let rows = verdicts.into_iter().map(|verdict| {
        let says = if verdict.is_yes() { "pass" } else { "fail" };
        let wrong = if verdict.is_right() { "" } else { "wrong" };
        let numbers = [fixed(verdict.sum, 2), fixed(verdict.output, 3)];
        let exam = verdict.exam.to_string();
        Row::of(verdict.inputs).and(numbers).and([says, &exam, wrong])
    });
    Table::of(["study", "sleep", "quiz", "sum", "output", "says", "exam", ""], rows)
}

/// Neurons with a bias and without: what they say to the students, and to somebody whose inputs are all zero.
fn biases(students: &Examples) -> Table {
    let rows = opinions().map(|(name, neuron)| {
        let weights = neuron.weights.iter().map(|weight| fixed(*weight, 2));
        let verdicts = verdicts(&neuron, students);
        let counts = [Verdict::is_yes, Verdict::is_right]
            .map(|says| verdicts.iter().filter(|verdict| says(verdict)).count());
        let zeros = fixed(neuron.output(&[0.0; 3]), 3);
        Row::of([name]).and(weights).and([fixed(neuron.bias, 1)]).and(counts).and([zeros])
    });
    let headings =
        ["neuron", "study", "sleep", "quiz", "bias", "says yes", "right", "all inputs 0"];
    Table::of(headings, rows)
}
