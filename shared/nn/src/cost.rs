//! How wrong an answer is, and in which direction it should move.
//!
//! A cost compares the outputs a of one row with its targets y and says a single number. Its gradient
//! says how that number grows with each output. Value and gradient stand side by side here, so that one
//! can be checked against the other by eye. The cost of a batch is the mean over its rows.
//!
//! | cost | of one row | gradient ∂C/∂a | where it is used |
//! |---|---|---|---|
//! | [`Quadratic`] | ½ Σ (a − y)² | a − y | quantities |
//! | [`BinaryCrossEntropy`] | −Σ \[y ln a + (1 − y) ln(1 − a)\] | (a − y) / (a (1 − a)) | a yes or a no per output |
//! | [`SoftmaxCrossEntropy`] | −Σ y ln p, p = softmax(a) | p − y | one class out of several |
//! | [`Exponential`] | exp Σ (a − y)² | 2 (a − y) C | quantities, if large errors must not happen |
//! | [`Hellinger`] | ½ Σ (√a − √y)² | (√a − √y) / (2 √a) | distributions; never more than 1 |
//! | [`KullbackLeibler`] | Σ y ln(y/a) | −y/a | distributions, if the outputs add up to 1 by themselves |
//! | [`GeneralisedKullbackLeibler`] | Σ \[y ln(y/a) − y + a\] | (a − y) / a | counts, intensities |
//! | [`ItakuraSaito`] | Σ \[y/a − ln(y/a) − 1\] | (a − y) / a² | spectra: only the ratio y/a counts |

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
    /// exp Σ (a − y)²: like the quadratic cost for small errors, and merciless with large ones.
    Exponential,
    /// ½ Σ (√a − √y)²: the squared Hellinger distance of two distributions. Outputs must be positive,
    /// targets not negative.
    Hellinger,
    /// Σ y ln(y/a): what is lost when a stands in for y. Outputs must be positive, targets not
    /// negative, and both must add up to 1: otherwise larger outputs are always cheaper.
    KullbackLeibler,
    /// Σ [y ln(y/a) − y + a]: the same without the demand that anything add up to 1. Outputs must be
    /// positive, targets not negative.
    GeneralisedKullbackLeibler,
    /// Σ [y/a − ln(y/a) − 1]: twice as loud costs the same at every volume (Itakura and Saito, 1968).
    /// Outputs and targets must be positive.
    ItakuraSaito,
}

use Cost::{
    BinaryCrossEntropy, Exponential, GeneralisedKullbackLeibler, Hellinger, ItakuraSaito,
    KullbackLeibler, Quadratic, SoftmaxCrossEntropy,
};

impl Cost {
    /// Every cost, in the order of the list above.
    pub const ALL: [Cost; 8] = [
        Quadratic,
        BinaryCrossEntropy,
        SoftmaxCrossEntropy,
        Exponential,
        Hellinger,
        KullbackLeibler,
        GeneralisedKullbackLeibler,
        ItakuraSaito,
    ];

    /// Whether every output of this activation lies where the cost is defined.
    ///
    /// Quantities and scores may be any number. Cross-entropy needs outputs between 0 and 1; the distances
    /// between distributions need positive ones. Of our activations, only the sigmoid promises either.
    pub fn accepts(self, output: Activation) -> bool {
        match self {
            Quadratic | SoftmaxCrossEntropy | Exponential => true,
            BinaryCrossEntropy
            | Hellinger
            | KullbackLeibler
            | GeneralisedKullbackLeibler
            | ItakuraSaito => output == Activation::Sigmoid,
        }
    }

    /// The cost of one row: `outputs` and `targets` have one number per output neuron.
    pub fn value(self, outputs: &[f64], targets: &[f64]) -> f64 {
        let pairs = outputs.iter().zip(targets).map(|(&a, &y)| (a, y));
        match self {
            Quadratic => pairs.map(|(a, y)| 0.5 * (a - y) * (a - y)).sum(),
            BinaryCrossEntropy => {
                pairs.map(|(a, y)| -y * surprise(a) - (1.0 - y) * surprise(1.0 - a)).sum()
            }
            SoftmaxCrossEntropy => {
                let largest = outputs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
                let total: f64 = outputs.iter().map(|&a| exp(a - largest)).sum();
                pairs.map(|(a, y)| y * (largest + ln(total) - a)).sum()
            }
            Exponential => exp(pairs.map(|(a, y)| (a - y) * (a - y)).sum()),
            Hellinger => pairs
                .map(|(a, y)| a.sqrt() - y.sqrt())
                .map(|difference| 0.5 * difference * difference)
                .sum(),
            KullbackLeibler => pairs.map(|(a, y)| loss(a, y)).sum(),
            GeneralisedKullbackLeibler => pairs.map(|(a, y)| loss(a, y) - y + a).sum(),
            ItakuraSaito => pairs.map(|(a, y)| y / a - ln(y / a) - 1.0).sum(),
        }
    }

    /// ∂C/∂a for each output a of one row, into `gradient`. All three slices have the same length.
    pub fn gradient(self, outputs: &[f64], targets: &[f64], gradient: &mut [f64]) {
        let pairs = outputs.iter().zip(targets).map(|(&a, &y)| (a, y));
        match self {
            Quadratic => fill(gradient, pairs.map(|(a, y)| a - y)),
            BinaryCrossEntropy => {
                fill(gradient, pairs.map(|(a, y)| (a - y) / (a * (1.0 - a))))
            }
            SoftmaxCrossEntropy => {
                softmax(outputs, gradient);
                gradient.iter_mut().zip(targets).for_each(|(p, y)| *p -= y);
            }
            Exponential => {
                let cost = self.value(outputs, targets);
                fill(gradient, pairs.map(|(a, y)| 2.0 * (a - y) * cost));
            }
            Hellinger => fill(
                gradient,
                pairs.map(|(a, y)| (a.sqrt() - y.sqrt()) / (2.0 * a.sqrt())),
            ),
            KullbackLeibler => fill(gradient, pairs.map(|(a, y)| -y / a)),
            GeneralisedKullbackLeibler => fill(gradient, pairs.map(|(a, y)| (a - y) / a)),
            ItakuraSaito => fill(gradient, pairs.map(|(a, y)| (a - y) / (a * a))),
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
            Exponential => "exponential",
            Hellinger => "Hellinger",
            KullbackLeibler => "Kullback-Leibler",
            GeneralisedKullbackLeibler => "generalised Kullback-Leibler",
            ItakuraSaito => "Itakura-Saito",
        }
    }
}

/// ln p, but never below ln of the smallest number: an output that rounds to a certain and wrong
/// answer costs about 708 instead of ∞. (PyTorch stops at 100.)
fn surprise(p: f64) -> f64 {
    // Not `f64::max`, which would turn NaN into a number.
    ln(if p < f64::MIN_POSITIVE { f64::MIN_POSITIVE } else { p })
}

/// y ln(y/a): what is lost when a stands in for y. Where y is 0 there is nothing to lose.
fn loss(a: f64, y: f64) -> f64 {
    if y == 0.0 { 0.0 } else { y * (ln(y) - surprise(a)) }
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
    fn values_that_were_worked_out_by_hand() {
        let near = |cost: Cost, outputs: &[f64], targets: &[f64], wanted: f64| {
            let value = cost.value(outputs, targets);
            assert!(
                (value - wanted).abs() < 1e-15,
                "{}: {value}, not {wanted}",
                cost.name()
            );
        };
        let ln2 = std::f64::consts::LN_2;
        near(Exponential, &[1.0, 0.0], &[0.5, 0.5], std::f64::consts::E.sqrt());
        near(Hellinger, &[0.25, 1.0], &[1.0, 0.25], 0.25);
        near(KullbackLeibler, &[0.25, 0.75], &[0.5, 0.5], 0.5 * ln(4.0 / 3.0));
        near(GeneralisedKullbackLeibler, &[1.0], &[2.0], 2.0 * ln2 - 1.0);
        near(ItakuraSaito, &[1.0], &[2.0], 1.0 - ln2);
    }

    #[test]
    fn a_target_that_is_met_costs_the_least() {
        let targets = [0.2, 0.3, 0.5];
        for cost in [
            Quadratic,
            Hellinger,
            KullbackLeibler,
            GeneralisedKullbackLeibler,
            ItakuraSaito,
        ] {
            assert!(cost.value(&targets, &targets).abs() < 1e-16, "{}", cost.name());
            let off = cost.value(&[0.3, 0.3, 0.4], &targets);
            assert!(off > 0.0, "{} of another distribution is {off}", cost.name());
        }
        assert_eq!(Exponential.value(&targets, &targets), 1.0);
    }

    #[test]
    fn only_the_ratio_counts_for_itakura_and_saito() {
        let quiet = ItakuraSaito.value(&[0.125, 2.0], &[0.5, 1.0]);
        assert_eq!(ItakuraSaito.value(&[8.0, 128.0], &[32.0, 64.0]), quiet);
    }

    #[test]
    fn a_target_of_zero_is_no_trouble_for_kullback_and_leibler() {
        assert_eq!(KullbackLeibler.value(&[0.5, 0.5], &[0.0, 0.5]), 0.0);
        assert_eq!(GeneralisedKullbackLeibler.value(&[0.5], &[0.0]), 0.5);
        assert!(KullbackLeibler.value(&[0.0], &[1.0]).is_finite());
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
