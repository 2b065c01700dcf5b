//! One student through one neuron, number by number, and what the bias is for.

use datasets::students;
use lesson::{Page, Result, Row, Table, fixed};
use nn::{Activation, Examples, Neuron};
use plot::{Color, Diagram, Figure, Node, Wire};

/// What a student must score, in percent.
const PASS: f64 = 70.0;

/// Our neuron's opinion: will this student pass? The weights are set by hand.
pub fn judge() -> Neuron {
    Neuron::new(&[0.05, 0.10, 0.04], -4.0, Activation::Sigmoid)
}

/// Another opinion, without a bias: the hours of sleep count against the student.
pub fn unbiased() -> Neuron {
    Neuron::new(&[0.10, -0.50, 0.04], 0.0, Activation::Sigmoid)
}

const INPUTS: [&str; 3] = ["study hours", "sleep hours", "quiz %"];

/// Fills the page.
pub fn run(page: &mut Page) -> Result {
    let students = students();
    let first: Vec<f64> = students.inputs.row(0).to_vec();
    let neuron = judge();

    page.table("sum", &steps(&neuron, &first));
    page.figure("neuron", &drawn(&neuron, &first));
    page.value("sum", fixed(neuron.weighted_sum(&first), 2));
    page.value("output", fixed(neuron.output(&first), 3));
    page.value("exam", students.targets[[0, 0]]);
    for (index, name) in ["study", "sleep", "quiz"].into_iter().enumerate() {
        page.value(name, first[index]);
    }
    page.value("quiz_weight", fixed(neuron.weights[2], 2));
    page.value("quiz_product", fixed(neuron.weights[2] * first[2], 2));
    page.value("bias_size", fixed(-neuron.bias, 0));
    page.value("pass", PASS);

    page.table("students", &everyone(&students, &neuron));
    page.value("students", students.rows());

    let bias_off = Neuron { bias: 0.0, ..neuron.clone() };
    let biases = biases(
        &students,
        &[("ours", neuron), ("ours, bias off", bias_off), ("other weights", unbiased())],
    );
    page.table("biases", &biases);
    for (value, name) in
        [("with", "ours"), ("without", "ours, bias off"), ("other", "other weights")]
    {
        page.value(&format!("right_{value}_bias"), biases.cell(name, "right"));
        page.value(&format!("yes_{value}_bias"), biases.cell(name, "says yes"));
        page.value(&format!("zeros_{value}_bias"), biases.cell(name, "all inputs 0"));
    }
    page.value("sleep_weight", fixed(-unbiased().weights[1], 1));
    Ok(())
}

/// Neurons with a bias and without: what they say to the students, and to somebody whose inputs are all zero.
fn biases(students: &Examples, neurons: &[(&str, Neuron)]) -> Table {
    let headings =
        ["neuron", "study", "sleep", "quiz", "bias", "says yes", "right", "all inputs 0"];
    let mut table = Table::new(headings);
    for (name, neuron) in neurons {
        let yes = outputs(students, neuron).iter().filter(|&&p| p >= 0.5).count();
        let numbers = neuron.weights.iter().map(|weight| fixed(*weight, 2));
        let row = Row::of([*name]).and(numbers).and([fixed(neuron.bias, 1)]);
        let zeros = fixed(neuron.output(&[0.0; 3]), 3);
        table.row(row.and([yes, right_answers(students, neuron)]).and([zeros]));
    }
    table
}

/// Every product, their sum, the bias and the bend, a line each.
fn steps(neuron: &Neuron, inputs: &[f64]) -> Table {
    let mut table = Table::new(["", "input", "weight", "product"]);
    for ((&name, input), weight) in INPUTS.iter().zip(inputs).zip(&neuron.weights) {
        table.row([
            name,
            &fixed(*input, 1),
            &fixed(*weight, 2),
            &fixed(weight * input, 2),
        ]);
    }
    table.row(["bias", "", "", &fixed(neuron.bias, 2)]);
    table.row(["weighted sum", "", "", &fixed(neuron.weighted_sum(inputs), 2)]);
    table.row(["output (sigmoid)", "", "", &fixed(neuron.output(inputs), 3)]);
    table
}

/// The neuron with its numbers on the wires.
fn drawn(neuron: &Neuron, inputs: &[f64]) -> Figure {
    let mut diagram = Diagram::new().row_height(70.0);
    let sum = diagram.node(Node::new(1.5, 1.0, "Σ").color(Color::Blue));
    let bend = diagram.node(Node::new(2.5, 1.0, "φ").color(Color::Vermillion));
    let output = diagram.node(Node::text(3.4, 1.0, fixed(neuron.output(inputs), 3)));
    for (row, ((name, input), weight)) in
        INPUTS.iter().zip(inputs).zip(&neuron.weights).enumerate()
    {
        let words = format!("{name}: {input}");
        let node = diagram.node(Node::text(0.0, row as f64, words));
        diagram
            .wire(Wire::new(node, sum).label(format!("× {}", fixed(*weight, 2))).arrow());
    }
    let bias = diagram.node(Node::text(1.5, 2.2, format!("bias −{}", -neuron.bias)));
    diagram.wire(Wire::new(bias, sum).arrow());
    diagram
        .wire(Wire::new(sum, bend).label(fixed(neuron.weighted_sum(inputs), 2)).arrow());
    diagram.wire(Wire::new(bend, output).arrow());
    Figure::new(
        "One student in one neuron",
        "Three inputs, each times its weight, and the bias flow into a sum; the sigmoid bends it into the output.",
    )
    .diagram(diagram)
}

fn outputs(students: &Examples, neuron: &Neuron) -> Vec<f64> {
    students.inputs.rows().into_iter().map(|row| neuron.output(&row.to_vec())).collect()
}

fn everyone(students: &Examples, neuron: &Neuron) -> Table {
    let mut table =
        Table::new(["study", "sleep", "quiz", "sum", "output", "says", "exam", ""]);
    for (row, exam) in students.inputs.rows().into_iter().zip(&students.targets) {
        let row = row.to_vec();
        let p = neuron.output(&row);
        let says = if p >= 0.5 { "pass" } else { "fail" };
        let [study, sleep, quiz] = [row[0], row[1], row[2]].map(|x| x.to_string());
        let (sum, output) = (fixed(neuron.weighted_sum(&row), 2), fixed(p, 3));
        let wrong = if (p >= 0.5) == (*exam >= PASS) { "" } else { "wrong" };
        let words = [says.to_string(), exam.to_string(), wrong.to_string()];
        table.row(Row::of([study, sleep, quiz, sum, output]).and(words));
    }
    table
}

/// For how many students the neuron's opinion came true.
fn right_answers(students: &Examples, neuron: &Neuron) -> usize {
    let opinions = outputs(students, neuron);
    opinions
        .iter()
        .zip(&students.targets)
        .filter(|&(p, exam)| (*p >= 0.5) == (*exam >= PASS))
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_student_by_hand() {
        // 0.05 · 12 + 0.10 · 6 + 0.04 · 78 − 4
        let sum = judge().weighted_sum(&[12.0, 6.0, 78.0]);
        assert!((sum - 0.32).abs() < 1e-12, "{sum}");
    }

    #[test]
    fn with_its_bias_off_our_neuron_refuses_nobody() {
        let off = Neuron { bias: 0.0, ..judge() };
        assert!(outputs(&students(), &off).iter().all(|&output| output >= 0.5));
        assert!(outputs(&students(), &judge()).iter().any(|&output| output < 0.5));
    }

    #[test]
    fn other_weights_without_a_bias_are_right_about_everybody() {
        assert_eq!(right_answers(&students(), &unbiased()), 8);
    }

    #[test]
    fn without_a_bias_inputs_of_zero_get_one_half_whatever_the_weights() {
        for weights in [[0.05, 0.10, 0.04], [9.0, -7.0, 3.0], [-1e6, 1e6, 0.0]] {
            let neuron = Neuron::new(&weights, 0.0, Activation::Sigmoid);
            assert_eq!(neuron.output(&[0.0; 3]), 0.5);
        }
    }
}
