//! The proof that backpropagation is right: shake one number, watch the cost.
//!
//! A derivative is the limit of (C(p + h) − C(p − h)) / 2h. That takes two forward passes for each
//! parameter, so it is no way to train, but it knows nothing of the chain rule: if both agree on every
//! parameter, a mistake would have to be made twice. `tests/gradients.rs` checks every activation, in hidden
//! layers and at the outputs, with every cost that accepts it.

use crate::{Backprop, Cost, Examples, Gradients, Network};

/// How far to shake. Smaller, and rounding drowns the difference; larger, and the curve shows.
const H: f64 = 1e-5;

/// A cost C is rounded to its 16th digit, so its difference over 2 H is wrong by up to about 10⁻¹¹ C. Slopes
/// below this share of C are compared by their difference alone: rounding hides what is smaller.
const SMALL: f64 = 1e-3;

/// So are slopes below this, however small C is: an output near 1 is rounded to its 16th digit, too.
const TINY: f64 = 1e-9;

/// The parameter on which backpropagation and differences agree least.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Disagreement {
    /// |backprop − differences| / max(|backprop|, |differences|, 10⁻³ C, 10⁻⁹), where C is the cost.
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

/// A test of backpropagation: compares it with central differences on every parameter, and returns the
/// parameter on which they agree least.
///
/// An error around 10⁻⁷ or below is agreement. Around 10⁻² it is a mistake, or a kink within reach of the shaking;
/// or the inputs are so large that a small shake of a weight moves a sum far (standardise them first).
///
/// # Panics
/// If network, examples and cost do not go together; see [`Mismatch`](crate::Mismatch).
pub fn gradient_check(
    network: &Network,
    examples: &Examples,
    cost: Cost,
) -> Disagreement {
    let mut backprop = Backprop::new(network, examples.rows());
    backprop.run(network, examples, cost);
    backprop.gradients().check(network, examples, cost)
}

impl Gradients {
    /// [`gradient_check`], for gradients that were found in whatever way.
    ///
    /// # Panics
    /// If these are not the gradients of such a network, or network, examples and cost do not go together;
    /// see [`Mismatch`](crate::Mismatch).
    pub fn check(
        &self,
        network: &Network,
        examples: &Examples,
        cost: Cost,
    ) -> Disagreement {
        self.expect_fit(network);
        let small = (SMALL * network.cost(examples, cost).abs()).max(TINY);
        let mut worst: Option<Disagreement> = None;
        for (layer, gradient) in self.layers.iter().enumerate() {
            for (place, &backprop) in gradient.entries().enumerate() {
                let shaken = |by: f64| {
                    let mut network = network.clone();
                    let here = &mut network.layers[layer];
                    *here.parameters_mut().nth(place).expect("one per slope") += by;
                    network.cost(examples, cost)
                };
                let differences = (shaken(H) - shaken(-H)) / (2.0 * H);
                let scale = backprop.abs().max(differences.abs()).max(small);
                let error = (backprop - differences).abs() / scale;
                if worst.is_none_or(|worst| error > worst.error || error.is_nan()) {
                    worst =
                        Some(Disagreement { error, layer, place, backprop, differences });
                }
            }
        }
        worst.expect("a network has parameters")
    }
}
