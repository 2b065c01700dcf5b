//! Every number of the forward pass and of the backward pass, and the cost after the update.

use lesson::{Page, Result, Row, Table, fixed};
use plot::{Diagram, Figure, Wire};

use super::{
    BIASES, Forward, INPUTS, RATE, START, TARGETS, Weights, forward, hidden_deltas,
    output_deltas, update_at_once,
};

/// Fills the page.
pub(crate) fn run(page: &mut Page) -> Result {
    page.figure("network", &network(&START));
    let pass = forward(&START);
    page.table("forward", &forward_table(&pass));
    page.table("backward", &backward(&pass));
    page.value("target_1", fixed(TARGETS[0], 2));
    page.value("target_2", fixed(TARGETS[1], 2));
    page.value("bias_hidden", fixed(BIASES[0], 2));
    page.value("bias_output", fixed(BIASES[1], 2));
    page.value("rate", RATE);

    let mut moved = START;
    update_at_once(&mut moved);
    page.value("cost_after", fixed(forward(&moved).cost(), 9));
    Ok(())
}

/// The network with its weights on the wires.
fn network(weights: &Weights) -> Figure {
    let inputs = INPUTS.map(|input| fixed(input, 2));
    let (mut diagram, nodes) = Diagram::layers(&[
        &inputs.each_ref().map(String::as_str),
        &["h₁", "h₂"],
        &["a₁", "a₂"],
    ]);
    diagram = diagram.row_height(150.0);
    for (index, weight) in all(weights).into_iter().enumerate() {
        let (layer, to, from) = (index / 4, index / 2 % 2, index % 2);
        let label = format!("w{} {}", SUBSCRIPTS[index], fixed(weight, 2));
        let wire = Wire::new(nodes[layer][from], nodes[layer + 1][to]);
        // The wires that cross have their words before the crossing.
        let at = if to == from { 0.5 } else { 0.3 };
        diagram.wire(wire.label(label).at(at).arrow());
    }
    Figure::new(
        "The network of the worked example",
        "Two inputs, two hidden neurons and two outputs, with the eight starting weights on the wires.",
    )
    .diagram(diagram)
}

const SUBSCRIPTS: [&str; 8] = ["₁", "₂", "₃", "₄", "₅", "₆", "₇", "₈"];

/// w₁ to w₈.
pub(crate) fn all(weights: &Weights) -> Vec<f64> {
    [weights.hidden, weights.output].as_flattened().concat()
}

fn forward_table(pass: &Forward) -> Table {
    let hidden = [0, 1].map(|h| {
        let numbers = [pass.hidden_sums[h], pass.hidden[h]].map(|x| fixed(x, 9));
        Row::of([format!("hidden {}", h + 1)]).and(numbers).and(["", ""])
    });
    let outputs = [0, 1].map(|o| {
        let [sum, output, cost] =
            [pass.output_sums[o], pass.outputs[o], pass.costs[o]].map(|x| fixed(x, 9));
        Row::of([format!("output {}", o + 1), sum, output, fixed(TARGETS[o], 2), cost])
    });
    let together = Row::of(["together", "", "", "", &fixed(pass.cost(), 9)]);
    let rows = hidden.into_iter().chain(outputs).chain([together]);
    Table::of(["neuron", "weighted sum", "output", "target", "½ (y − a)²"], rows)
}

fn backward(pass: &Forward) -> Table {
    let deltas = output_deltas(pass);
    let below = hidden_deltas(pass, deltas, &START.output);
    let layers = [("output", deltas, pass.hidden, 5), ("hidden", below, INPUTS, 1)];
    let rows = layers.into_iter().flat_map(|(layer, deltas, incoming, first)| {
        [(0, 0), (0, 1), (1, 0), (1, 1)].map(|(neuron, input)| {
            let (delta, value) = (deltas[neuron], incoming[input]);
            let whose = [format!("{layer} {}", neuron + 1), fixed(delta, 9)];
            let whose = if input == 0 { whose } else { Default::default() };
            let weight = format!("w{}", first + 2 * neuron + input);
            Row::of(whose).and([fixed(value, 9), fixed(delta * value, 9), weight])
        })
    });
    Table::of(["neuron", "δ", "comes in", "gradient", "weight"], rows)
}
