//! One step of backpropagation with every number on the table, and one famous mistake.

use lesson::{Page, Result, Table, fixed, significant};
use nn::Activation::Sigmoid;
use plot::{Diagram, Figure, Wire};

/// What goes in, and what should come out.
const INPUTS: [f64; 2] = [0.05, 0.10];
const TARGETS: [f64; 2] = [0.01, 0.99];
/// The biases of the hidden and of the output layer; they are not trained.
const BIASES: [f64; 2] = [0.35, 0.60];
const RATE: f64 = 0.5;

/// The eight weights: `hidden[h][i]` leads from input i to hidden neuron h, `output[o][h]` from there on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Weights {
    /// w₁ w₂ into the first hidden neuron, w₃ w₄ into the second.
    pub hidden: [[f64; 2]; 2],
    /// w₅ w₆ into the first output, w₇ w₈ into the second.
    pub output: [[f64; 2]; 2],
}

/// The weights that the example starts from.
pub const START: Weights = Weights {
    hidden: [[0.15, 0.20], [0.25, 0.30]],
    output: [[0.40, 0.45], [0.50, 0.55]],
};

/// All that a forward pass computes.
#[derive(Clone, Copy, Debug)]
pub struct Forward {
    /// The weighted sums of the hidden neurons.
    pub hidden_sums: [f64; 2],
    /// Their outputs.
    pub hidden: [f64; 2],
    /// The weighted sums of the output neurons.
    pub output_sums: [f64; 2],
    /// Their outputs.
    pub outputs: [f64; 2],
    /// ½ (t − o)² of each output.
    pub costs: [f64; 2],
}

impl Forward {
    /// The whole cost.
    pub fn cost(&self) -> f64 {
        self.costs[0] + self.costs[1]
    }
}

/// From the inputs to the cost.
pub fn forward(weights: &Weights) -> Forward {
    let hidden_sums =
        weights.hidden.map(|w| w[0] * INPUTS[0] + w[1] * INPUTS[1] + BIASES[0]);
    let hidden = hidden_sums.map(|z| Sigmoid.value(z));
    let output_sums =
        weights.output.map(|w| w[0] * hidden[0] + w[1] * hidden[1] + BIASES[1]);
    let outputs = output_sums.map(|z| Sigmoid.value(z));
    let costs =
        [0, 1].map(|o| 0.5 * (TARGETS[o] - outputs[o]) * (TARGETS[o] - outputs[o]));
    Forward { hidden_sums, hidden, output_sums, outputs, costs }
}

/// The error δ = ∂E/∂z of each output neuron.
pub fn output_deltas(pass: &Forward) -> [f64; 2] {
    [0, 1].map(|o| (pass.outputs[o] - TARGETS[o]) * Sigmoid.slope(pass.outputs[o]))
}

/// The error of each hidden neuron: what the outputs' errors send back through `output` weights.
pub fn hidden_deltas(
    pass: &Forward,
    deltas: [f64; 2],
    output: &[[f64; 2]; 2],
) -> [f64; 2] {
    [0, 1].map(|h| {
        let sent_back = deltas[0] * output[0][h] + deltas[1] * output[1][h];
        sent_back * Sigmoid.slope(pass.hidden[h])
    })
}

/// Moves each weight against its gradient δ · (what came in through it).
fn step(weights: &mut [[f64; 2]; 2], deltas: [f64; 2], incoming: [f64; 2]) {
    for (row, delta) in weights.iter_mut().zip(deltas) {
        for (weight, input) in row.iter_mut().zip(incoming) {
            *weight -= RATE * delta * input;
        }
    }
}

/// One update with all gradients taken at the same weights.
pub fn update_at_once(weights: &mut Weights) {
    let pass = forward(weights);
    let deltas = output_deltas(&pass);
    let below = hidden_deltas(&pass, deltas, &weights.output);
    step(&mut weights.output, deltas, pass.hidden);
    step(&mut weights.hidden, below, INPUTS);
}

/// The mistake: the output weights move first, and the hidden errors go back through the moved ones.
pub fn update_one_after_the_other(weights: &mut Weights) {
    let pass = forward(weights);
    let deltas = output_deltas(&pass);
    step(&mut weights.output, deltas, pass.hidden);
    let below = hidden_deltas(&pass, deltas, &weights.output);
    step(&mut weights.hidden, below, INPUTS);
}

/// Fills the page.
pub fn run(page: &mut Page) -> Result {
    page.figure("network", &drawn(&START));
    let pass = forward(&START);
    page.table("forward", &forward_table(&pass));
    let deltas = output_deltas(&pass);
    let below = hidden_deltas(&pass, deltas, &START.output);
    page.table("backward", &backward_table(&pass, deltas, below));
    page.value("cost", fixed(pass.cost(), 9));
    for index in 0..2 {
        page.value(&format!("input_{}", index + 1), fixed(INPUTS[index], 2));
        page.value(&format!("target_{}", index + 1), fixed(TARGETS[index], 2));
    }
    page.value("bias_hidden", fixed(BIASES[0], 2));
    page.value("bias_output", fixed(BIASES[1], 2));
    page.value("rate", RATE);
    page.value("hidden_1", fixed(pass.hidden[0], 9));
    page.value("output_1", fixed(pass.outputs[0], 9));
    page.value("output_2", fixed(pass.outputs[1], 9));
    page.value("delta_1", fixed(deltas[0], 9));
    page.value("delta_2", fixed(deltas[1], 9));
    page.value("gradient_w5", fixed(deltas[0] * pass.hidden[0], 9));
    page.value("gradient_w1", fixed(below[0] * INPUTS[0], 9));

    let mut right = START;
    update_at_once(&mut right);
    let mut wrong = START;
    update_one_after_the_other(&mut wrong);
    page.table("updated", &updated_table(&right, &wrong));
    let (after_right, after_wrong) = (forward(&right).cost(), forward(&wrong).cost());
    page.value("cost_after", fixed(after_right, 9));
    page.value("cost_after_wrong", fixed(after_wrong, 9));
    page.value("difference", significant(after_wrong - after_right, 2));
    page.value("w1_right", fixed(right.hidden[0][0], 9));
    page.value("w1_wrong", fixed(wrong.hidden[0][0], 9));

    for _ in 1..9_999 {
        update_at_once(&mut right);
        update_one_after_the_other(&mut wrong);
    }
    page.value("long_cost_before", significant(forward(&right).cost(), 9));
    update_at_once(&mut right);
    update_one_after_the_other(&mut wrong);
    let (right, wrong) = (forward(&right), forward(&wrong));
    let mut long = Table::new(["after 10,000 updates", "output 1", "output 2", "cost"]);
    for (name, pass) in [("all at once", right), ("one after the other", wrong)] {
        let [first, second] = pass.outputs.map(|output| fixed(output, 9));
        long.row([name.to_string(), first, second, significant(pass.cost(), 9)]);
    }
    page.table("long", &long);
    page.value("long_right", fixed(right.outputs[0], 9));
    page.value("long_wrong", fixed(wrong.outputs[0], 9));
    Ok(())
}

/// The network with its weights on the wires.
fn drawn(weights: &Weights) -> Figure {
    let (mut diagram, nodes) =
        Diagram::layers(&[&["0.05", "0.10"], &["h₁", "h₂"], &["o₁", "o₂"]]);
    let layers = [(weights.hidden, 0, 1), (weights.output, 1, 5)];
    for (weights, layer, first) in layers {
        for (to, row) in weights.into_iter().enumerate() {
            for (from, weight) in row.into_iter().enumerate() {
                let label = format!(
                    "w{} {}",
                    SUBSCRIPTS[first + 2 * to + from],
                    fixed(weight, 2)
                );
                let wire = Wire::new(nodes[layer][from], nodes[layer + 1][to]);
                diagram.wire(wire.label(label).at(0.27).arrow());
            }
        }
    }
    Figure::new(
        "The network of the worked example",
        "Two inputs, two hidden neurons and two outputs, with the eight starting weights on the wires.",
    )
    .diagram(diagram)
}

const SUBSCRIPTS: [&str; 9] = ["₀", "₁", "₂", "₃", "₄", "₅", "₆", "₇", "₈"];

fn forward_table(pass: &Forward) -> Table {
    let mut table =
        Table::new(["neuron", "weighted sum", "output", "target", "½ (t − o)²"]);
    for h in 0..2 {
        let [sum, output] = [pass.hidden_sums[h], pass.hidden[h]].map(|x| fixed(x, 9));
        table.row([
            format!("hidden {}", h + 1),
            sum,
            output,
            String::new(),
            String::new(),
        ]);
    }
    for (o, target) in TARGETS.into_iter().enumerate() {
        let [sum, output, cost] =
            [pass.output_sums[o], pass.outputs[o], pass.costs[o]].map(|x| fixed(x, 9));
        table.row([format!("output {}", o + 1), sum, output, fixed(target, 2), cost]);
    }
    table.row(["together", "", "", "", &fixed(pass.cost(), 9)]);
    table
}

fn backward_table(pass: &Forward, deltas: [f64; 2], below: [f64; 2]) -> Table {
    let mut table = Table::new(["neuron", "δ", "comes in", "gradient", "weight"]);
    let layers = [("output", deltas, pass.hidden, 5), ("hidden", below, INPUTS, 1)];
    for (layer, deltas, incoming, first) in layers {
        for (neuron, delta) in deltas.into_iter().enumerate() {
            for (input, value) in incoming.into_iter().enumerate() {
                let name = if input == 0 {
                    format!("{layer} {}", neuron + 1)
                } else {
                    String::new()
                };
                let shown = if input == 0 { fixed(delta, 9) } else { String::new() };
                let weight = format!("w{}", first + 2 * neuron + input);
                table.row([
                    name,
                    shown,
                    fixed(value, 9),
                    fixed(delta * value, 9),
                    weight,
                ]);
            }
        }
    }
    table
}

fn updated_table(right: &Weights, wrong: &Weights) -> Table {
    let all = |weights: &Weights| {
        let [[a, b], [c, d]] = weights.hidden;
        let [[e, f], [g, h]] = weights.output;
        [a, b, c, d, e, f, g, h]
    };
    let mut table =
        Table::new(["weight", "before", "all at once", "one after the other"]);
    for (index, before) in all(&START).into_iter().enumerate() {
        let [right, wrong] =
            [all(right)[index], all(wrong)[index]].map(|weight| fixed(weight, 9));
        table.row([format!("w{}", index + 1), fixed(before, 2), right, wrong]);
    }
    let [right, wrong] = [right, wrong].map(|weights| fixed(forward(weights).cost(), 12));
    table.row(["cost".to_string(), fixed(forward(&START).cost(), 9), right, wrong]);
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(found: f64, published: f64, tolerance: f64) {
        assert!(
            (found - published).abs() < tolerance,
            "found {found}, published {published}"
        );
    }

    /// Mazur, "A Step by Step Backpropagation Example", 2015.
    #[test]
    fn the_published_numbers_come_out() {
        let pass = forward(&START);
        near(pass.hidden_sums[0], 0.3775, 1e-9);
        near(pass.hidden_sums[1], 0.3925, 1e-9);
        near(pass.hidden[0], 0.593269992, 5e-10);
        near(pass.hidden[1], 0.596884378, 5e-10);
        near(pass.output_sums[0], 1.105905967, 5e-10);
        near(pass.output_sums[1], 1.224921404, 5e-10);
        near(pass.costs[0], 0.274811083, 5e-10);
        near(pass.costs[1], 0.023560026, 5e-10);
        near(pass.cost(), 0.298371109, 5e-10);
        let mut right = START;
        update_at_once(&mut right);
        near(forward(&right).cost(), 0.291027773694, 5e-13);
    }

    #[test]
    fn the_published_cost_after_one_update_is_that_of_the_mistake() {
        let mut wrong = START;
        update_one_after_the_other(&mut wrong);
        near(forward(&wrong).cost(), 0.291027924, 5e-10);
        near(forward(&wrong).cost(), 0.291027923905, 5e-13);
        for _ in 1..10_000 {
            update_one_after_the_other(&mut wrong);
        }
        near(forward(&wrong).outputs[0], 0.015912196, 5e-10);
        near(forward(&wrong).outputs[1], 0.984065734, 5e-10);
    }
}
