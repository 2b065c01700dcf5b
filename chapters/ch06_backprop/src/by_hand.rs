//! One step of backpropagation with every number on the table.

pub(crate) mod shown;

use nn::Activation::Sigmoid;

/// What goes in, and what should come out.
pub(crate) const INPUTS: [f64; 2] = [0.05, 0.10];
const TARGETS: [f64; 2] = [0.01, 0.99];
/// The biases of the hidden and of the output layer; they are not trained.
const BIASES: [f64; 2] = [0.35, 0.60];
pub(crate) const RATE: f64 = 0.5;

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
    /// ½ (y − a)² of each output.
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

/// The error δ = ∂C/∂z of each output neuron.
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
pub(crate) fn step(weights: &mut [[f64; 2]; 2], deltas: [f64; 2], incoming: [f64; 2]) {
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
        let mut weights = START;
        update_at_once(&mut weights);
        near(forward(&weights).cost(), 0.291027773694, 5e-13);
    }
}
