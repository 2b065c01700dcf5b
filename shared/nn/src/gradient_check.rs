//! The proof that backpropagation is right: shake one number, watch the cost.
//!
//! A derivative is the limit of (C(p + h) − C(p − h)) / 2h. That takes two forward passes for each
//! parameter, so it is no way to train, but it knows nothing of the chain rule: if both agree on every
//! parameter, a mistake would have to be made twice.

use crate::{Backprop, Cost, Examples, Gradients, Network};

/// How far to shake. Smaller, and rounding drowns the difference; larger, and the curve shows.
const H: f64 = 1e-5;

/// Gradients below this are compared by their difference alone: rounding hides what is smaller.
const SMALL: f64 = 1e-3;

/// The parameter on which backpropagation and differences agree least.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Disagreement {
    /// |backprop − differences| / max(|backprop|, |differences|, 10⁻³).
    pub error: f64,
    /// The layer, counted from 0.
    pub layer: usize,
    /// The place among the layer's weights (row by row), followed by its biases.
    pub place: usize,
    /// The derivative that backpropagation found.
    pub backprop: f64,
    /// The derivative that central differences found.
    pub differences: f64,
}

/// Compares backpropagation with central differences on every parameter, and returns the worst.
///
/// An error around 10⁻⁷ or below is agreement; around 10⁻² it is a mistake, or a kink within reach of
/// the shaking.
///
/// # Panics
/// If network, examples and cost do not go together; see [`Mismatch`](crate::Mismatch).
pub fn gradient_check(
    network: &Network,
    examples: &Examples,
    cost: Cost,
) -> Disagreement {
    let mut backprop = Backprop::new(network, examples.rows());
    backprop.run(network, examples.inputs.view(), examples.targets.view(), cost);
    check_gradients(network, examples, cost, backprop.gradients())
}

/// The same for gradients that were found in some other way.
///
/// # Panics
/// If the gradients do not have the shapes of the network's weights and biases, or network, examples and
/// cost do not go together; see [`Mismatch`](crate::Mismatch).
pub fn check_gradients(
    network: &Network,
    examples: &Examples,
    cost: Cost,
    gradients: &Gradients,
) -> Disagreement {
    let mut worst =
        Disagreement { error: 0.0, layer: 0, place: 0, backprop: 0.0, differences: 0.0 };
    expect_shapes(network, gradients);
    for (layer, gradient) in gradients.layers.iter().enumerate() {
        let slopes = gradient.weights.iter().chain(&gradient.biases);
        for (place, &backprop) in slopes.enumerate() {
            let differences = central_difference(network, examples, cost, layer, place);
            let scale = backprop.abs().max(differences.abs()).max(SMALL);
            let error = (backprop - differences).abs() / scale;
            if error > worst.error || error.is_nan() {
                worst = Disagreement { error, layer, place, backprop, differences };
            }
        }
    }
    worst
}

/// Panics with both shapes where gradients are not those of such a network.
fn expect_shapes(network: &Network, gradients: &Gradients) {
    let wanted =
        network.layers.iter().map(|layer| (layer.weights.dim(), layer.biases.len()));
    let came =
        gradients.layers.iter().map(|layer| (layer.weights.dim(), layer.biases.len()));
    assert!(
        wanted.clone().eq(came.clone()),
        "a network with weights and biases of {:?} was given gradients of {:?}",
        wanted.collect::<Vec<_>>(),
        came.collect::<Vec<_>>(),
    );
}

fn central_difference(
    network: &Network,
    examples: &Examples,
    cost: Cost,
    layer: usize,
    place: usize,
) -> f64 {
    let shaken = |by: f64| {
        let mut network = network.clone();
        let [weights, biases] = network.layers[layer].blocks_mut();
        match place.checked_sub(weights.len()) {
            None => weights[place] += by,
            Some(bias) => biases[bias] += by,
        }
        network.cost(examples, cost)
    };
    (shaken(H) - shaken(-H)) / (2.0 * H)
}
