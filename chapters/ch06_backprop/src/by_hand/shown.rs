//! Every number of the forward pass and of the backward pass, and the cost after the update.

use lesson::{Page, Result, Row, Table, fixed};
use nn::Activation;
use plot::{Color, Diagram, Figure, Node, Wire};

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
    let deltas = output_deltas(&pass);
    let below = hidden_deltas(&pass, deltas, &START.output);
    page.figure("messages", &messages(&pass, deltas, below));
    for (name, number) in [
        ("a1", pass.outputs[0]),
        ("a2", pass.outputs[1]),
        ("h1", pass.hidden[0]),
        ("cost", pass.cost()),
        ("delta_1", deltas[0]),
        ("delta_2", deltas[1]),
        ("slope_w5", deltas[0] * pass.hidden[0]),
        ("message_1", deltas[0] * START.output[0][0]),
        ("message_2", deltas[1] * START.output[1][0]),
        ("sent_back", deltas[0] * START.output[0][0] + deltas[1] * START.output[1][0]),
        ("delta_h1", below[0]),
        ("delta_h2", below[1]),
        ("slope_h1", Activation::Sigmoid.slope(pass.hidden[0])),
        ("slope_h2", Activation::Sigmoid.slope(pass.hidden[1])),
        ("sent_back_2", deltas[0] * START.output[0][1] + deltas[1] * START.output[1][1]),
    ] {
        page.value(name, three(number));
    }
    for (place, weight) in all(&START).into_iter().enumerate() {
        page.value(&format!("w{}", place + 1), fixed(weight, 2));
    }
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

/// With three decimals and a true minus sign.
fn three(number: f64) -> String {
    fixed(number, 3).replace('-', "−")
}

/// The same network with the value of each neuron above it and its error below it, and the two messages that meet at the
/// first hidden neuron.
fn messages(pass: &Forward, deltas: [f64; 2], below: [f64; 2]) -> Figure {
    let mut diagram = Diagram::new().row_height(56.0);
    let rows = [1.0, 4.4];
    let mut column = |at: f64, names: [&str; 2], values: [f64; 2], deltas: [f64; 2]| {
        [0, 1].map(|neuron| {
            let mut words = |off: f64, words: String, color| {
                let row = rows[neuron] + off;
                diagram.node(Node::text(at, row, words).color(color));
            };
            words(-0.95, three(values[neuron]), Color::Blue);
            words(0.95, format!("δ {}", three(deltas[neuron])), Color::Vermillion);
            diagram.node(Node::new(at, rows[neuron], names[neuron]).radius(22.0))
        })
    };
    let hidden = column(0.3, ["h₁", "h₂"], pass.hidden, below);
    let outputs = column(2.2, ["a₁", "a₂"], pass.outputs, deltas);
    let targets = [0, 1].map(|output| {
        let words = format!("y {}", fixed(TARGETS[output], 2));
        diagram.node(Node::text(3.2, rows[output], words))
    });
    for from in 0..2 {
        let message = three(deltas[from] * START.output[from][0]);
        let wire = Wire::new(outputs[from], hidden[0]).both_ways("", message);
        diagram.wire(wire.at(if from == 0 { 0.5 } else { 0.3 }).arrow());
        diagram.wire(Wire::new(outputs[from], hidden[1]));
        diagram.wire(Wire::new(targets[from], outputs[from]));
    }
    Figure::new(
        "Two messages meet at the first hidden neuron",
        "The network by hand with what each neuron says above it and its error below it. From each of the two outputs an arrow leads back to the first hidden neuron; on it stands the output's error times the weight of that wire.",
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
