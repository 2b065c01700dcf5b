//! A small calculation with a number on every wire: values flow forward, derivatives flow back.

use lesson::{Page, Result, Row, Table, fixed};
use nn::Activation;
use plot::{Diagram, Figure, Node, Wire};

/// One step of a calculation; it names the steps that it takes its numbers from.
#[derive(Clone, Copy, Debug)]
pub enum Step {
    /// A number that comes from outside.
    Input(f64),
    /// The sum of two steps.
    Add(usize, usize),
    /// The product of two steps.
    Multiply(usize, usize),
    /// The sigmoid of one step.
    Sigmoid(usize),
}

use Step::{Add, Input, Multiply, Sigmoid};

/// What each step computes, from the first to the last.
pub fn forward(steps: &[Step]) -> Vec<f64> {
    let mut values: Vec<f64> = Vec::new();
    for step in steps {
        values.push(match *step {
            Input(number) => number,
            Add(a, b) => values[a] + values[b],
            Multiply(a, b) => values[a] * values[b],
            Sigmoid(z) => Activation::Sigmoid.value(values[z]),
        });
    }
    values
}

/// How the last value grows with each of the others, from the last to the first.
pub fn backward(steps: &[Step], values: &[f64]) -> Vec<f64> {
    let mut gradients = vec![0.0; steps.len()];
    gradients[steps.len() - 1] = 1.0;
    for (here, step) in steps.iter().enumerate().rev() {
        let arrived = gradients[here];
        match *step {
            Input(_) => {}
            Add(a, b) => {
                gradients[a] += arrived;
                gradients[b] += arrived;
            }
            Multiply(a, b) => {
                gradients[a] += arrived * values[b];
                gradients[b] += arrived * values[a];
            }
            Sigmoid(z) => {
                gradients[z] += arrived * Activation::Sigmoid.slope(values[here]);
            }
        }
    }
    gradients
}

/// A neuron with two inputs, σ(w₁x₁ + w₂x₂ + b), step by step: a circuit from Stanford's CS231n.
pub const NEURON: [Step; 10] = [
    Input(2.0),     // 0: w₁
    Input(-1.0),    // 1: x₁
    Input(-3.0),    // 2: w₂
    Input(-2.0),    // 3: x₂
    Input(-3.0),    // 4: b
    Multiply(0, 1), // 5: w₁x₁
    Multiply(2, 3), // 6: w₂x₂
    Add(5, 6),      // 7
    Add(7, 4),      // 8: z
    Sigmoid(8),     // 9: a
];

const NAMES: [&str; 10] = ["w₁", "x₁", "w₂", "x₂", "b", "w₁x₁", "w₂x₂", "sum", "z", "a"];

/// x · (x + 3): the input is used twice.
pub const FORK: [Step; 4] = [
    Input(2.0),     // 0: x
    Input(3.0),     // 1
    Add(0, 1),      // 2: x + 3
    Multiply(0, 2), // 3: x · (x + 3)
];

/// How far an input is moved to measure what backpropagation computes.
const H: f64 = 1e-5;

/// How the last value changes when one input is moved a little both ways: (f(x + h) − f(x − h)) / 2h.
pub fn measured(steps: &[Step], input: usize) -> Option<f64> {
    let Input(number) = steps[input] else { return None };
    let last_at = |number| {
        let mut steps = steps.to_vec();
        steps[input] = Input(number);
        forward(&steps)[steps.len() - 1]
    };
    Some((last_at(number + H) - last_at(number - H)) / (2.0 * H))
}

/// Fills the page.
pub fn run(page: &mut Page) -> Result {
    let (values, gradients) = passes(&NEURON);
    let neuron = table(&NEURON, &NAMES);
    page.table("neuron", &neuron);
    page.figure("circuit", &circuit(&values, &gradients));
    page.value("output", neuron.cell("a", "value"));
    page.value("sum", values[8]);
    page.value("slope", neuron.cell("z", "gradient"));
    page.value("gradient_w1", neuron.cell("w₁", "gradient"));
    page.value("gradient_b", neuron.cell("b", "gradient"));
    page.value("measured_w1", neuron.cell("w₁", "measured"));
    page.value("x1", values[1]);
    page.value("h", H);

    let (values, gradients) = passes(&FORK);
    let fork = table(&FORK, &["x", "3", "x + 3", "f"]);
    page.table("fork", &fork);
    page.figure("fork", &fork_drawn(&values, &gradients));
    // What reaches x along each of its two wires.
    page.value("through_sum", gradients[2]);
    page.value("straight", gradients[3] * values[2]);
    page.value("together", gradients[0]);
    page.value("measured_x", fork.cell("x", "measured"));
    page.value("fork_x", values[0]);
    Ok(())
}

fn passes(steps: &[Step]) -> (Vec<f64>, Vec<f64>) {
    let values = forward(steps);
    let gradients = backward(steps, &values);
    (values, gradients)
}

/// Each step with its value, its gradient and, where it is an input, the measured gradient.
fn table(steps: &[Step], names: &[&str]) -> Table {
    let (values, gradients) = passes(steps);
    let mut table = Table::new(["step", "value", "gradient", "measured"]);
    for (step, name) in names.iter().enumerate() {
        let measured = measured(steps, step).map_or(String::new(), |m| fixed(m, 6));
        let both = [values[step], gradients[step]].map(|number| fixed(number, 6));
        table.row(Row::of([name]).and(both).and([measured]));
    }
    table
}

/// A number for a wire: whole, or with three decimals, and with a true minus sign.
fn short(number: f64) -> String {
    let decimals = if number.fract() == 0.0 { 0 } else { 3 };
    fixed(number, decimals).replace('-', "−")
}

/// The neuron's circuit, with both numbers on each wire.
fn circuit(values: &[f64], gradients: &[f64]) -> Figure {
    let mut diagram = Diagram::new().row_height(62.0);
    let rows = [0.0, 1.45, 2.7, 4.15];
    let inputs: Vec<_> = (0..4)
        .map(|input| diagram.node(Node::text(0.0, rows[input], NAMES[input])))
        .collect();
    let first = diagram.node(Node::new(1.2, 0.0, "×").radius(18.0));
    let second = diagram.node(Node::new(1.2, 2.7, "×").radius(18.0));
    let sum = diagram.node(Node::new(2.35, 1.35, "+").radius(18.0));
    let bias = diagram.node(Node::text(2.35, 3.2, "b"));
    let z = diagram.node(Node::new(3.45, 1.35, "+").radius(18.0));
    let bend = diagram.node(Node::new(4.5, 1.35, "σ").radius(18.0));
    let output = diagram.node(Node::text(5.5, 1.35, "a"));
    let nodes = [
        (inputs[0], first, 0),
        (inputs[1], first, 1),
        (inputs[2], second, 2),
        (inputs[3], second, 3),
        (bias, z, 4),
        (first, sum, 5),
        (second, sum, 6),
        (sum, z, 7),
        (z, bend, 8),
        (bend, output, 9),
    ];
    for (from, to, step) in nodes {
        let wire = Wire::new(from, to).arrow();
        // The inputs below the others send their wires up; their words stay near their ends.
        let wire = wire.at(if step == 1 || step == 3 { 0.4 } else { 0.5 });
        diagram.wire(wire.both_ways(short(values[step]), short(gradients[step])));
    }
    Figure::new(
        "A neuron as a circuit",
        "Two products, two sums and a sigmoid. Above each wire the value that flows forward, below it the \
         gradient that flows back.",
    )
    .diagram(diagram)
}

/// The calculation that uses x twice; the wires out of x carry what each of them brings back.
fn fork_drawn(values: &[f64], gradients: &[f64]) -> Figure {
    let mut diagram = Diagram::new().row_height(74.0);
    let three = diagram.node(Node::text(0.0, 0.0, "3"));
    let x = diagram.node(Node::text(0.0, 1.5, "x"));
    let sum = diagram.node(Node::new(1.2, 0.4, "+"));
    let product = diagram.node(Node::new(2.4, 1.2, "×"));
    let result = diagram.node(Node::text(3.3, 1.2, "f"));
    let [x_value, three_value, sum_value, f] =
        [0, 1, 2, 3].map(|step| short(values[step]));
    let [_, three_slope, sum_slope, f_slope] =
        [0, 1, 2, 3].map(|step| short(gradients[step]));
    diagram.wire(Wire::new(three, sum).both_ways(three_value, three_slope).arrow());
    diagram.wire(Wire::new(x, sum).both_ways(&x_value, &sum_slope).arrow());
    diagram.wire(Wire::new(x, product).both_ways(x_value, short(values[2])).arrow());
    diagram.wire(Wire::new(sum, product).both_ways(sum_value, sum_slope).arrow());
    diagram.wire(Wire::new(product, result).both_ways(f, f_slope).arrow());
    Figure::new(
        "A value that is used twice",
        "x goes into a sum and into a product. Each of the two wires brings a gradient back to x.",
    )
    .diagram(diagram)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The circuit of Stanford's CS231n.
    #[test]
    fn the_published_circuit_comes_out() {
        let (values, gradients) = passes(&NEURON);
        assert!((values[9] - 0.731_058_578_6).abs() < 5e-11);
        assert!((gradients[8] - 0.196_611_933_2).abs() < 5e-11);
    }

    #[test]
    fn what_flows_back_is_what_can_be_measured() {
        for steps in [&NEURON[..], &FORK[..]] {
            let (_, gradients) = passes(steps);
            for (input, gradient) in gradients.iter().enumerate() {
                if let Some(measured) = measured(steps, input) {
                    assert!(
                        (gradient - measured).abs() < 1e-9,
                        "{input}: {gradient} {measured}"
                    );
                }
            }
        }
    }

    #[test]
    fn a_value_used_twice_gets_the_sum_of_both_ways() {
        // f = x² + 3x, so the slope is 2x + 3.
        assert_eq!(passes(&FORK).1[0], 2.0 * 2.0 + 3.0);
    }

    #[test]
    fn a_number_that_goes_into_both_ends_of_a_product_counts_twice() {
        assert_eq!(passes(&[Input(5.0), Multiply(0, 0)]).1[0], 10.0);
    }
}
