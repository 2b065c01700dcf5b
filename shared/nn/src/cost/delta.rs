//! Cost and last activation together: δ = ∂C/∂z, from the outputs back to the weighted sums before the bend.
//!
//! By the chain rule δ is the gradient of the cost times the slope of the activation. That is all, where both
//! are finite numbers. A sigmoid that rounds to 0 or 1 has slope 0, and some costs are infinitely steep there;
//! so for those costs the product, and the cost itself, are worked out on paper first.

use super::arithmetic::*;
use super::{Cost, Cost::*};
use crate::Activation;
use crate::elementary::exp_all;
use crate::math::{Rows, RowsMut, WHOLE, ln};
use crate::mismatch::expect_lengths;

impl Cost {
    /// δ = ∂C/∂z for each weighted sum z of the output layer: the gradient times the slope.
    ///
    /// # Panics
    /// If the cost does not [accept](Cost::accepts) the activation, or the slices differ in length.
    pub(crate) fn delta(
        self,
        activation: Activation,
        outputs: &[f64],
        targets: &[f64],
        delta: &mut [f64],
    ) {
        self.check_output(activation).unwrap_or_else(|wrong| panic!("{wrong}"));
        if let Some(of_sigmoid) = self.delta_of_sigmoid() {
            expect_lengths(self.name(), "outputs", outputs, "errors", delta);
            return fill(delta, self.pairs(outputs, targets), of_sigmoid);
        }
        self.gradient(outputs, targets, delta);
        activation.multiply_by_slope(outputs, delta);
    }

    /// δ from a and y, for the costs that accept a sigmoid only: its slope a(1 − a) cancels against the
    /// denominators of their gradients.
    ///
    /// Left to the computer, the product would be 0 · ∞ as soon as a neuron saturates; so it is done on paper.
    pub(super) fn delta_of_sigmoid(self) -> Option<fn(f64, f64) -> f64> {
        Some(match self {
            BinaryCrossEntropy => |a, y| a - y,
            Hellinger => |a, y| 0.5 * (a.sqrt() - y.sqrt()) * a.sqrt() * (1.0 - a),
            KullbackLeibler => |a, y| -y * (1.0 - a),
            GeneralisedKullbackLeibler => |a, y| (a - y) * (1.0 - a),
            // As a falls to 0, this one goes to −∞, and rightly so: y/a grows without end.
            ItakuraSaito => |a, y| (1.0 - ratio(y, a)) * (1.0 - a),
            Quadratic | SoftmaxCrossEntropy | Exponential | Cost::Own(_) => return None,
        })
    }

    /// The cost of one row of outputs that the cost accepts, from their weighted sums z as well.
    ///
    /// A sigmoid rounds to 1 from about z = 37 on, and what is left of 1 − a then says nothing about how
    /// wrong the neuron is. Its weighted sum still does: −ln a = ln(1 + e⁻ᶻ), and −ln(1 − a) = ln(1 + eᶻ).
    pub(crate) fn of_sums(self, sums: &[f64], outputs: &[f64], targets: &[f64]) -> f64 {
        let pairs = sums.iter().copied().zip(targets.iter().copied());
        match self {
            BinaryCrossEntropy => sum(pairs, |z, y| {
                let [yes, no] = softplus_of_both(z);
                times(y, yes) + times(1.0 - y, no)
            }),
            KullbackLeibler => sum(pairs, |z, y| divergence(y, softplus(-z))),
            GeneralisedKullbackLeibler => sum(pairs, |z, y| {
                divergence(y, softplus(-z)) - y + Activation::Sigmoid.value(z)
            }),
            _ => self.value(outputs, targets),
        }
    }

    /// Softmax cross-entropy of one row, where the exponentials of its scores, less the largest, add up to
    /// `total`.
    pub(super) fn of_choice(self, total: f64, scores: &[f64], targets: &[f64]) -> f64 {
        let (largest, ln_total) = (largest(scores), ln(total));
        sum(self.pairs(scores, targets), |a, y| times(y, ln_total - (a - largest)))
    }

    /// The costs of all rows of a batch added up, and their δ, into `delta` `(rows, outputs)`.
    pub(crate) fn judge(
        self,
        bend: Activation,
        sums: Rows,
        outputs: Rows,
        targets: Rows,
        mut delta: RowsMut,
    ) -> f64 {
        if self == SoftmaxCrossEntropy {
            return judge_choices(bend, outputs, targets, delta);
        }
        let columns = targets.ncols();
        let [sums, outputs, targets] =
            [&sums, &outputs, &targets].map(|all| all.to_slice().expect(WHOLE));
        let delta = delta.as_slice_mut().expect(WHOLE);
        let mut total = 0.0;
        let rows = sums.chunks_exact(columns).zip(outputs.chunks_exact(columns));
        for ((sums, outputs), targets) in rows.zip(targets.chunks_exact(columns)) {
            total += self.of_sums(sums, outputs, targets);
        }
        // Where the slope at an output depends on no other, all rows are as good as one.
        let is_of_row = matches!(self, Exponential | Cost::Own(_));
        let together = if is_of_row { columns } else { delta.len() };
        let parts = outputs.chunks_exact(together).zip(targets.chunks_exact(together));
        for (delta, (outputs, targets)) in delta.chunks_exact_mut(together).zip(parts) {
            self.delta(bend, outputs, targets, delta);
        }
        total
    }
}

/// [`Cost::judge`] for softmax cross-entropy, whose value and gradient need the same exponentials.
fn judge_choices(
    bend: Activation,
    outputs: Rows,
    targets: Rows,
    mut delta: RowsMut,
) -> f64 {
    let classes = outputs.ncols();
    let [outputs, targets] = [&outputs, &targets].map(|all| all.to_slice().expect(WHOLE));
    let delta = delta.as_slice_mut().expect(WHOLE);
    let rows = || outputs.chunks_exact(classes).zip(targets.chunks_exact(classes));
    for (delta, (outputs, _)) in delta.chunks_exact_mut(classes).zip(rows()) {
        let largest = largest(outputs);
        delta.iter_mut().zip(outputs).for_each(|(place, a)| *place = a - largest);
    }
    exp_all(delta);
    let mut cost = 0.0;
    for (delta, (outputs, targets)) in delta.chunks_exact_mut(classes).zip(rows()) {
        let total: f64 = delta.iter().sum();
        let pairs = SoftmaxCrossEntropy.pairs(outputs, targets);
        cost += SoftmaxCrossEntropy.of_choice(total, outputs, targets);
        delta.iter_mut().zip(pairs).for_each(|(p, (_, y))| *p = *p / total - y);
    }
    bend.multiply_by_slope(outputs, delta);
    cost
}
