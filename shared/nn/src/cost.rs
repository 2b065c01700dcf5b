//! How wrong an answer is, and in which direction it should move.
//!
//! A cost compares the outputs a of one row with its targets y and says a single number, C. Its gradient
//! says how C grows with each output. Value and gradient stand side by side here, so that one can be
//! checked against the other by eye. The cost of a batch is the mean over its rows. The eight here are
//! those of the book; one of your own is two plain functions, see [`Own`].
//!
//! | cost | C, of one row | gradient ∂C/∂a |
//! |---|---|---|
//! | [`Quadratic`] | ½ Σ (a − y)² | a − y |
//! | [`BinaryCrossEntropy`] | −Σ \[y ln a + (1 − y) ln(1 − a)\] | (1 − y) / (1 − a) − y / a |
//! | [`SoftmaxCrossEntropy`] | −Σ y ln p | p − y |
//! | [`Exponential`] | exp Σ (a − y)² | 2 (a − y) C |
//! | [`Hellinger`] | ½ Σ (√a − √y)² | ½ (1 − √(y/a)) |
//! | [`KullbackLeibler`] | Σ y ln(y/a) | −y/a |
//! | [`GeneralisedKullbackLeibler`] | Σ \[y ln(y/a) − y + a\] | 1 − y/a |
//! | [`ItakuraSaito`] | Σ \[y/a − ln(y/a) − 1\] | (1 − y/a) / a |
//!
//! In the third, p is the [`softmax`] of the outputs: probabilities that add up to 1.
//!
//! In the code, `sum` and `fill` go through the pairs (a, y) of a row. `surprise(a)` is −ln a, `ratio(y, a)` is
//! y/a, `times` is a product and `divergence` y ln(y/a); what each says at 0 stands in `arithmetic.rs`.

mod arithmetic;
mod delta;

use crate::math::{Rows, exp, softmax};
use crate::mismatch::{Domain, FINITE, all_within, expect_lengths};
use crate::{Activation, Mismatch};
use arithmetic::*;

/// What a network is trained to make small.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cost {
    /// For answers that are quantities.
    Quadratic,
    /// For outputs that are probabilities of a yes, each on its own. The outputs must lie between 0 and 1,
    /// as those of a sigmoid do.
    BinaryCrossEntropy,
    /// For one class out of several. The outputs are scores, any numbers, at least two; the targets of a row
    /// are not negative and add up to 1.
    SoftmaxCrossEntropy,
    /// For quantities if large errors must not happen: like the quadratic cost for small errors, and
    /// merciless with large ones.
    Exponential,
    /// For distributions: their squared Hellinger distance, never more than 1 if outputs and targets each add
    /// up to 1. Outputs must be positive, targets not negative.
    Hellinger,
    /// For distributions: what is lost when a stands in for y. Outputs must be positive, targets not negative,
    /// and both must add up to 1: otherwise larger outputs are always cheaper. No layer here makes its outputs
    /// add up to 1, so this one is for study.
    KullbackLeibler,
    /// For counts and intensities: as the Kullback-Leibler cost, but nothing has to add up to 1. Outputs must
    /// be positive, targets not negative.
    GeneralisedKullbackLeibler,
    /// For spectra: only the ratio y/a counts, so twice as loud costs the same at every volume (Itakura and
    /// Saito, 1968). Outputs and targets must be positive.
    ItakuraSaito,
    /// One of your own.
    Own(Own),
}

use Cost::*;

/// A cost of your own: two plain functions of the outputs and the targets of one row.
///
/// Where the cost is not defined, its value is NaN. Training then stops and says so.
///
/// ```
/// use nn::{Cost, cost::Own};
///
/// // Huber, 1964: quadratic near the target, and from 1 away straight.
/// let huber = Cost::Own(Own {
///     name: "Huber",
///     value: |outputs, targets| {
///         let apart = outputs.iter().zip(targets).map(|(a, y)| (a - y).abs());
///         apart.map(|e| if e < 1.0 { 0.5 * e * e } else { e - 0.5 }).sum()
///     },
///     gradient: |outputs, targets, gradient| {
///         for ((slope, a), y) in gradient.iter_mut().zip(outputs).zip(targets) {
///             *slope = (a - y).clamp(-1.0, 1.0);
///         }
///     },
/// });
/// assert_eq!(huber.value(&[3.0, 0.5], &[0.0, 0.0]), 2.5 + 0.125);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
#[allow(unpredictable_function_pointer_comparisons, reason = "in doubt, two differ")]
pub struct Own {
    /// What to call it.
    pub name: &'static str,
    /// The cost of a row, from its outputs and its targets.
    pub value: fn(&[f64], &[f64]) -> f64,
    /// ∂C/∂a for each output a, from outputs and targets into the last slice.
    pub gradient: fn(&[f64], &[f64], &mut [f64]),
}

impl Cost {
    /// The book's costs, in the order of the list above.
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

    /// The cost of one row: `outputs` and `targets` have one number per output neuron.
    ///
    /// NaN for an output or a target for which the cost is not defined. The logarithm of an output of 0 counts
    /// as that of the smallest number above it: a certain and wrong answer costs about 744 instead of ∞.
    /// (A network whose outputs are sigmoids knows better, from their weighted sums; see
    /// [`Network::cost`](crate::Network::cost).) The distance of Itakura and Saito is ∞ there all the same.
    ///
    /// # Panics
    /// If there are not as many targets as outputs.
    pub fn value(self, outputs: &[f64], targets: &[f64]) -> f64 {
        let pairs = self.pairs(outputs, targets);
        match self {
            Quadratic => sum(pairs, |a, y| 0.5 * (a - y) * (a - y)),
            BinaryCrossEntropy => {
                sum(pairs, |a, y| y * surprise(a) + (1.0 - y) * surprise(1.0 - a))
            }
            SoftmaxCrossEntropy => {
                let largest = largest(outputs);
                let total = outputs.iter().map(|a| exp(a - largest)).sum();
                self.of_choice(total, outputs, targets)
            }
            Exponential => exp(sum(pairs, |a, y| (a - y) * (a - y))),
            Hellinger => {
                let roots = pairs.map(|(a, y)| (a.sqrt(), y.sqrt()));
                sum(roots, |a, y| 0.5 * (a - y) * (a - y))
            }
            KullbackLeibler => sum(pairs, |a, y| divergence(y, surprise(a))),
            GeneralisedKullbackLeibler => {
                sum(pairs, |a, y| divergence(y, surprise(a)) - y + a)
            }
            ItakuraSaito => sum(pairs, |a, y| ratio(y, a) - ln_ratio(y, a) - 1.0),
            Cost::Own(own) => (own.value)(outputs, targets),
        }
    }

    /// ∂C/∂a for each output a of one row, into `slopes`. NaN for an output or a target for which the cost is
    /// not defined.
    ///
    /// # Panics
    /// If the three slices do not have the same length.
    pub fn gradient(self, outputs: &[f64], targets: &[f64], slopes: &mut [f64]) {
        expect_lengths(self.name(), "outputs", outputs, "slopes", slopes);
        let pairs = self.pairs(outputs, targets);
        match self {
            Quadratic => fill(slopes, pairs, |a, y| a - y),
            BinaryCrossEntropy => {
                fill(slopes, pairs, |a, y| ratio(1.0 - y, 1.0 - a) - ratio(y, a))
            }
            SoftmaxCrossEntropy => {
                softmax(outputs, slopes);
                slopes.iter_mut().zip(pairs).for_each(|(p, (_, y))| *p -= y);
            }
            Exponential => {
                let cost = self.value(outputs, targets);
                fill(slopes, pairs, |a, y| times(2.0 * (a - y), cost));
            }
            Hellinger => {
                fill(slopes, pairs, |a, y| 0.5 * (1.0 - ratio(y.sqrt(), a.sqrt())))
            }
            KullbackLeibler => fill(slopes, pairs, |a, y| -ratio(y, a)),
            GeneralisedKullbackLeibler => fill(slopes, pairs, |a, y| 1.0 - ratio(y, a)),
            // Adding 0 makes 0 of −0.
            ItakuraSaito => fill(slopes, pairs, |a, y| (1.0 - ratio(y, a)) / (a + 0.0)),
            Cost::Own(own) => (own.gradient)(outputs, targets, slopes),
        }
    }

    /// Whether every output of this activation lies where the cost is defined.
    ///
    /// Quantities and scores may be any number. Cross-entropy needs outputs between 0 and 1; the distances
    /// between distributions need positive ones. Of our activations, only the sigmoid promises either (but for
    /// rounding to 0 or 1).
    pub fn accepts(self, output: Activation) -> bool {
        output == Activation::Sigmoid || self.delta_of_sigmoid().is_none()
    }

    fn check_output(self, output: Activation) -> Result<(), Mismatch> {
        if self.accepts(output) {
            return Ok(());
        }
        let needs =
            if self == BinaryCrossEntropy { "between 0 and 1" } else { "above 0" };
        Err(Mismatch(format!(
            "the {} cost needs outputs {needs}, which the {} does not promise; give the last layer a \
             sigmoid, or take another cost, such as the quadratic",
            self.name(),
            output.name()
        )))
    }

    /// Whether outputs of this activation and these `(rows, outputs)` of targets lie where the cost is
    /// defined.
    ///
    /// # Errors
    /// A [`Mismatch`] that names the cost, what it needs, and the output or target that it does not get.
    pub(crate) fn check(self, output: Activation, targets: Rows) -> Result<(), Mismatch> {
        self.check_output(output)?;
        let name = self.name();
        if self == SoftmaxCrossEntropy && targets.ncols() == 1 {
            return Err(Mismatch(format!(
                "the {name} cost chooses between outputs, but there is only one, which always gets \
                 probability 1; take two outputs, or one sigmoid and binary cross-entropy"
            )));
        }
        all_within(format_args!("the {name} cost"), "targets", targets, self.domain())?;
        if matches!(self, SoftmaxCrossEntropy | KullbackLeibler) {
            let advice = self.domain().advice;
            for (row, targets) in targets.rows().into_iter().enumerate() {
                // What rounding leaves is let pass, even that of `f32`, but not what probabilities of three
                // digits leave. The numbers are added up one by one, since the order in which `ndarray` does
                // it depends on the layout.
                let sum: f64 = targets.iter().sum();
                if (sum - 1.0).abs() > 1.0 / f64::from(1 << 20) {
                    return Err(Mismatch(format!(
                        "the {name} cost needs targets that add up to 1 in each row, but those of row {row} \
                         add up to {sum:?}; {advice}"
                    )));
                }
            }
        }
        Ok(())
    }

    /// The targets for which the cost is defined, the same in words, and what to do about others.
    fn domain(self) -> Domain {
        let (numbers, words) = match self {
            Quadratic | Exponential | Cost::Own(_) => return FINITE,
            BinaryCrossEntropy => (0.0..=1.0, "from 0 to 1"),
            ItakuraSaito => (SMALLEST..=f64::MAX, "above 0"),
            SoftmaxCrossEntropy
            | Hellinger
            | KullbackLeibler
            | GeneralisedKullbackLeibler => (0.0..=f64::MAX, "of at least 0"),
        };
        let advice = match self {
            BinaryCrossEntropy => {
                "write a yes as 1 and a no as 0, or take the quadratic cost for quantities"
            }
            SoftmaxCrossEntropy => {
                "give each row a 1 at its class and 0 elsewhere, or probabilities"
            }
            KullbackLeibler => {
                "give probabilities, or take the generalised Kullback-Leibler cost for counts"
            }
            ItakuraSaito => {
                "leave the row out, or take the generalised Kullback-Leibler cost, which allows 0"
            }
            _ => "the quadratic cost takes either sign",
        };
        Domain { numbers, words, advice }
    }

    /// Outputs beside their targets; NaN for a target for which the cost is not defined.
    fn pairs<'a>(
        self,
        outputs: &'a [f64],
        targets: &'a [f64],
    ) -> impl Iterator<Item = (f64, f64)> + 'a {
        expect_lengths(self.name(), "outputs", outputs, "targets", targets);
        let domain = self.domain().numbers;
        let target = move |y| if domain.contains(&y) { y } else { f64::NAN };
        outputs.iter().zip(targets).map(move |(&a, &y)| (a, target(y)))
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
            Cost::Own(own) => own.name,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::ln;
    use ndarray::{Array2, array};
    use proptest::prelude::*;
    use std::panic::{AssertUnwindSafe, catch_unwind};

    fn gradient(cost: Cost, outputs: &[f64], targets: &[f64]) -> Vec<f64> {
        let mut gradient = vec![0.0; outputs.len()];
        cost.gradient(outputs, targets, &mut gradient);
        gradient
    }

    #[test]
    fn a_cost_of_ones_own_is_itself() {
        let own = Own {
            name: "offset",
            value: |outputs, targets| outputs[0] - targets[0],
            gradient: |_, _, gradient| gradient.fill(1.0),
        };
        assert_eq!(Cost::Own(own), Cost::Own(own));
        assert_eq!(Cost::Own(own).value(&[3.0], &[1.0]), 2.0);
        assert_eq!(gradient(Cost::Own(own), &[3.0], &[1.0]), [1.0]);
        for other in [
            Own { name: "other", ..own },
            Own { value: |_, _| 0.0, ..own },
            Own { gradient: |_, _, gradient| gradient.fill(2.0), ..own },
        ] {
            assert_ne!(Cost::Own(other), Cost::Own(own), "{other:?}");
        }
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

    fn delta_of_sigmoid(cost: Cost, output: f64, target: f64) -> f64 {
        let mut delta = [f64::NAN];
        cost.delta(Activation::Sigmoid, &[output], &[target], &mut delta);
        delta[0]
    }

    #[test]
    fn a_saturated_sigmoid_still_learns() {
        let negative_infinity = f64::NEG_INFINITY;
        for (cost, at_zero, at_one, below_normal) in [
            (BinaryCrossEntropy, -1.0, 1.0, -0.5),
            (KullbackLeibler, -1.0, 0.0, -0.5),
            (GeneralisedKullbackLeibler, -1.0, 0.0, -0.5),
            (Hellinger, 0.0, 0.0, 0.0),
            (ItakuraSaito, negative_infinity, f64::NAN, negative_infinity),
            (Quadratic, 0.0, 0.0, 0.0),
            (Exponential, 0.0, 0.0, 0.0),
        ] {
            let delta = |output, target| delta_of_sigmoid(cost, output, target);
            assert_eq!(delta(0.0, 1.0), at_zero, "{}", cost.name());
            let certain = delta(1.0, 0.0);
            assert!(
                certain == at_one || certain.is_nan() && at_one.is_nan(),
                "{}: {certain}",
                cost.name()
            );
            let subnormal = delta(1e-310, 0.5);
            let apart = subnormal - below_normal; // NaN for two infinities
            assert!(
                subnormal == below_normal || apart.abs() < 1e-150,
                "{}: {subnormal}",
                cost.name()
            );
            // Right answers, as certain as can be, leave nothing to learn.
            assert_eq!(delta(1.0, 1.0), 0.0, "{}", cost.name());
            if cost != ItakuraSaito {
                assert_eq!(delta(0.0, 0.0), 0.0, "{}", cost.name());
            }
        }
    }

    #[test]
    fn the_gradient_at_the_edges_is_its_limit() {
        // (cost, at a = y = 0, at a = y = 1)
        for (cost, at_zero, at_one) in [
            (Quadratic, 0.0, 0.0),
            (BinaryCrossEntropy, 1.0, -1.0),
            (Exponential, 0.0, 0.0),
            (Hellinger, 0.5, 0.0),
            (KullbackLeibler, 0.0, -1.0),
            (GeneralisedKullbackLeibler, 1.0, 0.0),
            (ItakuraSaito, f64::NAN, 0.0),
        ] {
            let same = |a: f64, b: f64| a == b || a.is_nan() && b.is_nan();
            for (edge, wanted) in [(0.0, at_zero), (-0.0, at_zero), (1.0, at_one)] {
                let slope = gradient(cost, &[edge], &[edge])[0];
                assert!(same(slope, wanted), "{} at {edge:?}: {slope}", cost.name());
            }
        }
        // An output of −0 is one of 0.
        for cost in [
            BinaryCrossEntropy,
            Hellinger,
            KullbackLeibler,
            GeneralisedKullbackLeibler,
            ItakuraSaito,
        ] {
            assert_eq!(
                gradient(cost, &[-0.0], &[1.0]),
                [f64::NEG_INFINITY],
                "{}",
                cost.name()
            );
            assert_eq!(
                cost.value(&[-0.0], &[1.0]),
                cost.value(&[0.0], &[1.0]),
                "{}",
                cost.name()
            );
        }
        let steep = gradient(Hellinger, &[1e-310], &[1.0])[0];
        assert!((steep / -5e154 - 1.0).abs() < 1e-9, "{steep}");
    }

    #[test]
    fn where_a_cost_is_not_defined_it_is_no_number() {
        for (cost, output, target) in [
            (BinaryCrossEntropy, 2.0, 1.0),
            (BinaryCrossEntropy, -1.0, 0.0),
            (Hellinger, -0.5, 0.5),
            (Hellinger, 0.5, -0.5),
            (KullbackLeibler, -0.5, 0.0),
            (KullbackLeibler, -0.5, -0.5),
            (KullbackLeibler, 0.5, -0.5),
            (GeneralisedKullbackLeibler, -0.5, 0.0),
            (GeneralisedKullbackLeibler, 0.5, -0.5),
            (ItakuraSaito, -0.5, -0.5),
            (ItakuraSaito, -0.5, 0.5),
            (ItakuraSaito, 0.5, 0.0),
            (BinaryCrossEntropy, 0.5, 2.0),
            (BinaryCrossEntropy, 0.5, -1.0),
            (SoftmaxCrossEntropy, 0.5, -1.0),
            (Hellinger, 0.5, f64::INFINITY),
        ] {
            let value = cost.value(&[output], &[target]);
            assert!(value.is_nan(), "{} of {output}, {target} is {value}", cost.name());
            let slope = gradient(cost, &[output], &[target])[0];
            assert!(
                slope.is_nan(),
                "slope of {} at {output}, {target} is {slope}",
                cost.name()
            );
            if (0.0..=1.0).contains(&output) {
                let delta = delta_of_sigmoid(cost, output, target);
                assert!(
                    delta.is_nan(),
                    "δ of {} at {output}, {target} is {delta}",
                    cost.name()
                );
            }
        }
        for cost in Cost::ALL {
            for (outputs, targets) in
                [([f64::NAN, 0.5], [0.0, 1.0]), ([0.5, 0.5], [f64::NAN, 1.0])]
            {
                assert!(cost.value(&outputs, &targets).is_nan(), "{}", cost.name());
                assert!(
                    gradient(cost, &outputs, &targets)[0].is_nan(),
                    "{}",
                    cost.name()
                );
            }
        }
    }

    #[test]
    fn numbers_at_the_edge_of_what_can_be_stored() {
        let softmax = |outputs: &[f64], targets: &[f64]| {
            SoftmaxCrossEntropy.value(outputs, targets)
        };
        assert_eq!(softmax(&[-1e308, 1e308], &[0.0, 1.0]), 0.0);
        assert_eq!(softmax(&[-1e308, 1e308], &[1.0, 0.0]), f64::INFINITY);
        assert_eq!(softmax(&[1e308, 1e308], &[0.0, 1.0]), std::f64::consts::LN_2);
        assert_eq!(softmax(&[-1e17, -1e17], &[0.5, 0.5]), std::f64::consts::LN_2);
        assert_eq!(
            gradient(SoftmaxCrossEntropy, &[-1e308, 1e308], &[0.0, 1.0]),
            [0.0, 0.0]
        );
        // Only the ratio counts, even where it cannot be stored: 10⁴⁰⁰, and its inverse.
        assert_eq!(ItakuraSaito.value(&[1e-200], &[1e200]), f64::INFINITY);
        let small = ItakuraSaito.value(&[1e200], &[1e-200]);
        assert!(
            (small - (400.0 * std::f64::consts::LN_10 - 1.0)).abs() < 1e-9,
            "{small}"
        );
        assert_eq!(ItakuraSaito.value(&[0.0], &[1.0]), f64::INFINITY);
        assert_eq!(gradient(ItakuraSaito, &[1e-200], &[2e-200]), [-1e200]);
        // A logarithm is exact down to the smallest number, and is cut off only at 0.
        let cost = KullbackLeibler.value(&[1e-310], &[0.5]);
        assert!(
            (cost - 0.5 * (ln(0.5) + 310.0 * std::f64::consts::LN_10)).abs() < 1e-9,
            "{cost}"
        );
        assert_eq!(Exponential.value(&[1e200], &[0.0]), f64::INFINITY);
        assert_eq!(
            gradient(Exponential, &[1e200, 3.0], &[0.0, 3.0]),
            [f64::INFINITY, 0.0]
        );
    }

    #[test]
    fn a_sigmoid_that_is_certain_and_wrong_costs_the_same_on_both_sides() {
        let of_sum = |cost: Cost, z: f64, y: f64| {
            cost.of_sums(&[z], &[Activation::Sigmoid.value(z)], &[y])
        };
        for z in [40.0, 800.0, 1e10, 1e308] {
            assert_eq!(of_sum(BinaryCrossEntropy, z, 0.0), z);
            assert_eq!(of_sum(BinaryCrossEntropy, -z, 1.0), z);
            assert_eq!(of_sum(KullbackLeibler, -z, 1.0), z);
            assert_eq!(of_sum(GeneralisedKullbackLeibler, -z, 1.0), z - 1.0);
        }
        for z in [f64::INFINITY, f64::MAX] {
            assert_eq!(of_sum(BinaryCrossEntropy, z, 1.0), 0.0);
            assert_eq!(of_sum(BinaryCrossEntropy, -z, 0.0), 0.0);
        }
        // Certain and right costs as little as it should: e⁻⁴⁰.
        for small in [
            of_sum(BinaryCrossEntropy, 40.0, 1.0),
            of_sum(BinaryCrossEntropy, -40.0, 0.0),
        ] {
            assert!((small / exp(-40.0) - 1.0).abs() < 1e-15, "{small}");
        }
        assert!(of_sum(BinaryCrossEntropy, f64::NAN, 0.0).is_nan());
    }

    #[test]
    fn a_cost_is_defined_only_where_its_activation_keeps_it() {
        let sure = [Activation::Sigmoid];
        for cost in Cost::ALL {
            let accepted: Vec<_> = Activation::ALL
                .into_iter()
                .filter(|&output| cost.accepts(output))
                .collect();
            match cost {
                Quadratic | SoftmaxCrossEntropy | Exponential => {
                    assert_eq!(accepted, Activation::ALL)
                }
                _ => assert_eq!(accepted, sure, "{}", cost.name()),
            }
        }
    }

    #[test]
    #[should_panic(
        expected = "the Hellinger cost needs outputs above 0, which the tanh does not promise"
    )]
    fn an_error_where_the_cost_is_not_defined_is_refused() {
        Hellinger.delta(Activation::Tanh, &[0.5], &[0.5], &mut [0.0]);
    }

    fn refusal(cost: Cost, targets: Array2<f64>) -> String {
        let output = if cost.accepts(Activation::Identity) {
            Activation::Identity
        } else {
            Activation::Sigmoid
        };
        cost.check(output, targets.view()).expect_err(cost.name()).to_string()
    }

    #[test]
    fn targets_where_a_cost_is_not_defined_are_named() {
        let one_two = array![[1.0], [2.0]];
        assert_eq!(
            refusal(BinaryCrossEntropy, one_two),
            "the binary cross-entropy cost needs targets from 0 to 1, but targets[[1, 0]] is 2.0; write a \
             yes as 1 and a no as 0, or take the quadratic cost for quantities"
        );
        let negative = array![[0.5, 0.5], [1.5, -0.5]];
        for cost in
            [SoftmaxCrossEntropy, Hellinger, KullbackLeibler, GeneralisedKullbackLeibler]
        {
            let message = refusal(cost, negative.clone());
            assert!(
                message
                    .contains("needs targets of at least 0, but targets[[1, 1]] is -0.5"),
                "{message}"
            );
        }
        let message = refusal(ItakuraSaito, array![[1.0, 0.0]]);
        assert!(
            message.contains("needs targets above 0, but targets[[0, 1]] is 0.0"),
            "{message}"
        );
        for cost in [SoftmaxCrossEntropy, KullbackLeibler] {
            let message = refusal(cost, array![[0.5, 0.5], [0.5, 0.25]]);
            assert!(message.contains("those of row 1 add up to 0.75"), "{message}");
        }
        for cost in Cost::ALL {
            let message = refusal(cost, array![[0.5, 0.5], [f64::NAN, 0.5]]);
            assert!(message.contains("targets[[1, 0]] is NaN"), "{message}");
        }
    }

    #[test]
    fn targets_that_add_up_to_one_but_for_rounding_are_taken() {
        let step = 1.0 / f64::from(1 << 20);
        for (apart, taken) in
            [(step, true), (-step, true), (1.01 * step, false), (-1.01 * step, false)]
        {
            let targets = array![[0.5, 0.5 + apart]];
            let check = SoftmaxCrossEntropy.check(Activation::Identity, targets.view());
            assert_eq!(check.is_ok(), taken, "{apart}");
        }
        // The sum of a row does not depend on its layout.
        let row: Vec<f64> = (0..10).map(|n| 0.1 + f64::from(n) * 1e-17).collect();
        let narrow = Array2::from_shape_vec((1, 10), row.clone()).unwrap();
        let mut wide = Array2::from_elem((1, 20), f64::NAN);
        wide.slice_mut(ndarray::s![.., ..;2]).assign(&narrow);
        for scale in [1.0 + step, 1.0 - step] {
            let sum: f64 = (&narrow * scale).iter().sum();
            let verdict = (sum - 1.0).abs() <= step;
            for targets in
                [&narrow * scale, wide.slice(ndarray::s![.., ..;2]).to_owned() * scale]
            {
                let check =
                    SoftmaxCrossEntropy.check(Activation::Identity, targets.view());
                assert_eq!(check.is_ok(), verdict);
            }
        }
    }

    #[test]
    fn one_class_out_of_one_is_refused() {
        let message = refusal(SoftmaxCrossEntropy, array![[1.0]]);
        assert!(message.contains(
            "softmax cross-entropy cost chooses between outputs, but there is only one"
        ));
    }

    #[test]
    fn targets_on_the_edge_of_the_domain_are_taken() {
        let thirds = array![[1.0 / 3.0, 1.0 / 3.0, 1.0 / 3.0], [0.0, 0.0, 1.0]];
        for cost in [
            Quadratic,
            BinaryCrossEntropy,
            SoftmaxCrossEntropy,
            Exponential,
            Hellinger,
            KullbackLeibler,
            GeneralisedKullbackLeibler,
        ] {
            assert_eq!(
                cost.check(Activation::Sigmoid, thirds.view()),
                Ok(()),
                "{}",
                cost.name()
            );
        }
        assert_eq!(
            ItakuraSaito.check(Activation::Sigmoid, array![[1e-300, 7.0]].view()),
            Ok(())
        );
        assert_eq!(
            Quadratic.check(Activation::Identity, array![[-1e308]].view()),
            Ok(())
        );
    }

    #[test]
    fn numbers_that_are_missing_are_counted() {
        let message = |call: &dyn Fn(Cost)| {
            let panic = catch_unwind(AssertUnwindSafe(|| call(Hellinger))).unwrap_err();
            panic.downcast_ref::<String>().expect("a message").clone()
        };
        let two = [0.5, 0.5];
        let targets =
            "Hellinger needs as many targets as outputs, but got 2 outputs and 1 targets";
        assert_eq!(
            message(&|cost| {
                cost.value(&two, &[0.5]);
            }),
            targets
        );
        assert_eq!(message(&|cost| cost.gradient(&two, &[0.5], &mut [0.0; 2])), targets);
        assert!(
            message(&|cost| cost.gradient(&two, &two, &mut [0.0]))
                .ends_with("2 outputs and 1 slopes")
        );
        for bend in [Activation::Sigmoid, Activation::Identity] {
            let delta = |targets: &[f64], room: usize| {
                message(&|_| Quadratic.delta(bend, &two, targets, &mut vec![0.0; room]))
            };
            assert!(delta(&[0.5], 2).contains("2 outputs and 1 targets"), "{bend:?}");
            assert!(delta(&two, 1).contains("2 outputs and 1 "), "{bend:?}");
        }
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
