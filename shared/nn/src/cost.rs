//! How wrong an answer is, and in which direction it should move.
//!
//! A cost compares the outputs of one row with its targets and says a single number. Its gradient says
//! how that number grows with each output; value and gradient stand side by side here, so that one can
//! be checked against the other by eye. The cost of a batch is the mean over its rows.

use crate::Activation;
use crate::math::{exp, ln, softmax};

/// What a network is trained to make small.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cost {
    /// ½ Σ (a − y)²: for answers that are quantities.
    Quadratic,
    /// −Σ [y ln a + (1 − y) ln(1 − a)]: for outputs that are probabilities of a yes, each on its own.
    /// The outputs must lie between 0 and 1, as those of a sigmoid do.
    BinaryCrossEntropy,
    /// −Σ y ln p with p = softmax(a): for one class out of several. The outputs are scores, any
    /// numbers; the targets of a row add up to 1.
    SoftmaxCrossEntropy,
}

use Cost::{BinaryCrossEntropy, Quadratic, SoftmaxCrossEntropy};

impl Cost {
    /// Every cost, in the order of the list above.
    pub const ALL: [Cost; 3] = [Quadratic, BinaryCrossEntropy, SoftmaxCrossEntropy];

    /// The cost of one row: `outputs` and `targets` have one number per output neuron.
    pub fn value(self, outputs: &[f64], targets: &[f64]) -> f64 {
        let pairs = outputs.iter().zip(targets);
        match self {
            Quadratic => pairs.map(|(a, y)| 0.5 * (a - y) * (a - y)).sum(),
            BinaryCrossEntropy => pairs
                .map(|(&a, y)| -y * surprise(a) - (1.0 - y) * surprise(1.0 - a))
                .sum(),
            SoftmaxCrossEntropy => {
                let largest = outputs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
                let total: f64 = outputs.iter().map(|&a| exp(a - largest)).sum();
                pairs.map(|(a, y)| y * (largest + ln(total) - a)).sum()
            }
        }
    }

    /// ∂C/∂a for each output a of one row, into `gradient`. All three slices have the same length.
    pub fn gradient(self, outputs: &[f64], targets: &[f64], gradient: &mut [f64]) {
        let pairs = outputs.iter().zip(targets);
        match self {
            Quadratic => fill(gradient, pairs.map(|(a, y)| a - y)),
            BinaryCrossEntropy => {
                fill(gradient, pairs.map(|(a, y)| (a - y) / (a * (1.0 - a))))
            }
            SoftmaxCrossEntropy => {
                softmax(outputs, gradient);
                gradient.iter_mut().zip(targets).for_each(|(p, y)| *p -= y);
            }
        }
    }

    /// δ = ∂C/∂z for each weighted sum z of the output layer: the gradient times the slope.
    ///
    /// With a sigmoid and cross-entropy the slope a(1 − a) cancels against the gradient's denominator.
    /// Left to the computer, the two would be 0 · ∞ as soon as a neuron saturates; so it is done here.
    pub fn delta(
        self,
        activation: Activation,
        outputs: &[f64],
        targets: &[f64],
        delta: &mut [f64],
    ) {
        if (self, activation) == (BinaryCrossEntropy, Activation::Sigmoid) {
            fill(delta, outputs.iter().zip(targets).map(|(a, y)| a - y));
        } else {
            self.gradient(outputs, targets, delta);
            activation.multiply_by_slope(outputs, delta);
        }
    }

    /// The name that the field uses.
    pub fn name(self) -> &'static str {
        match self {
            Quadratic => "quadratic",
            BinaryCrossEntropy => "binary cross-entropy",
            SoftmaxCrossEntropy => "softmax cross-entropy",
        }
    }
}

/// ln p, but never below ln of the smallest number: an output that rounds to a certain and wrong
/// answer costs about 708 instead of ∞. (PyTorch stops at 100.)
fn surprise(p: f64) -> f64 {
    // Not `f64::max`, which would turn NaN into a number.
    ln(if p < f64::MIN_POSITIVE { f64::MIN_POSITIVE } else { p })
}

fn fill(gradient: &mut [f64], values: impl Iterator<Item = f64>) {
    gradient.iter_mut().zip(values).for_each(|(place, value)| *place = value);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn gradient(cost: Cost, outputs: &[f64], targets: &[f64]) -> Vec<f64> {
        let mut gradient = vec![0.0; outputs.len()];
        cost.gradient(outputs, targets, &mut gradient);
        gradient
    }

    #[test]
    fn known_values() {
        assert_eq!(Quadratic.value(&[3.0, 1.0], &[1.0, 1.0]), 2.0);
        assert!(
            (BinaryCrossEntropy.value(&[0.5], &[1.0]) - std::f64::consts::LN_2).abs()
                < 1e-15
        );
        // An untrained softmax over ten classes costs ln 10.
        let target = [1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0];
        let cost = SoftmaxCrossEntropy.value(&[0.3; 10], &target);
        assert!((cost - std::f64::consts::LN_10).abs() < 1e-15);
    }

    #[test]
    fn a_certain_and_wrong_answer_costs_much_but_not_infinitely_much() {
        let cost = BinaryCrossEntropy.value(&[0.0], &[1.0]);
        assert!(cost > 700.0 && cost.is_finite(), "{cost}");
        assert!(SoftmaxCrossEntropy.value(&[0.0, 1e6], &[1.0, 0.0]) == 1e6);
        assert!(BinaryCrossEntropy.value(&[f64::NAN], &[1.0]).is_nan());
    }

    #[test]
    fn a_saturated_sigmoid_still_learns_from_cross_entropy() {
        let mut delta = [0.0];
        BinaryCrossEntropy.delta(Activation::Sigmoid, &[1.0], &[0.0], &mut delta);
        assert_eq!(delta, [1.0]);
    }

    proptest! {
        #[test]
        fn the_gradient_is_the_limit_of_differences(
            outputs in prop::collection::vec(0.05..0.95_f64, 3),
            weights in prop::collection::vec(0.01..1.0_f64, 3),
        ) {
            let total: f64 = weights.iter().sum();
            let targets: Vec<f64> = weights.iter().map(|w| w / total).collect();
            let h = 1e-6;
            for cost in Cost::ALL {
                let gradient = gradient(cost, &outputs, &targets);
                for place in 0..3 {
                    let shifted = |by: f64| {
                        let mut outputs = outputs.clone();
                        outputs[place] += by;
                        cost.value(&outputs, &targets)
                    };
                    let measured = (shifted(h) - shifted(-h)) / (2.0 * h);
                    prop_assert!((gradient[place] - measured).abs() < 1e-6, "{}", cost.name());
                }
            }
        }
    }
}
