//! The bend: what a neuron does to its weighted sum.
//!
//! A function of one number, and its slope. The slope is written in terms of the function's own value
//! `a` instead of its argument `z`: after the forward pass the value is at hand, and σ′ = σ(1 − σ)
//! or tanh′ = 1 − tanh² then costs one multiplication instead of another exponential.
//!
//! The five here are those of the book. One of your own is two plain functions; see [`Own`].

use crate::elementary::{sigmoid_all, tanh_all};
use crate::math::{exp, tanh};
use crate::mismatch::expect_lengths;

/// An activation function φ, applied to each weighted sum on its own.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Activation {
    /// φ(z) = z: no bend at all.
    Identity,
    /// 1 from zero on, 0 below: yes or no. Its slope is 0, so neither a layer that uses it
    /// nor those below learn anything.
    Threshold,
    /// 1 / (1 + e⁻ᶻ): from 0 to 1.
    Sigmoid,
    /// max(z, 0), the rectified linear unit.
    Relu,
    /// (eᶻ − e⁻ᶻ) / (eᶻ + e⁻ᶻ): from −1 to 1.
    Tanh,
    /// One of your own.
    Own(Own),
}

use Activation::{Identity, Relu, Sigmoid, Tanh, Threshold};

/// An activation of your own: two plain functions.
///
/// The slope is computed from the value, so equal values must have equal slopes; swish's do not.
///
/// ```
/// use nn::{Activation, activation::Own, math::{exp, ln_1p}};
///
/// let softplus = Activation::Own(Own {
///     name: "softplus",
///     value: |z| z.max(0.0) + ln_1p(exp(-z.abs())),
///     slope: |a| 1.0 - exp(-a),
/// });
/// assert_eq!(softplus.slope(softplus.value(0.0)), 0.5);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
#[allow(unpredictable_function_pointer_comparisons, reason = "in doubt, two differ")]
pub struct Own {
    /// What to call it.
    pub name: &'static str,
    /// φ(z).
    pub value: fn(f64) -> f64,
    /// φ′(z), from a = φ(z).
    pub slope: fn(f64) -> f64,
}

impl Activation {
    /// The book's activations, in the order of the list above.
    pub const ALL: [Activation; 5] = [Identity, Threshold, Sigmoid, Relu, Tanh];

    /// φ(z). NaN gives NaN.
    #[inline]
    pub fn value(self, z: f64) -> f64 {
        match self {
            Identity => z,
            Threshold => unless_nan(z, f64::from(z >= 0.0)),
            Sigmoid => 1.0 / (1.0 + exp(-z)),
            Relu if z <= 0.0 => 0.0,
            Relu => z,
            Tanh => tanh(z),
            Activation::Own(own) => (own.value)(z),
        }
    }

    /// φ′(z), the slope, from a = φ(z). At a kink or a jump, the slope on its left.
    ///
    /// NaN gives NaN; [`Identity`]'s slope is always 1.
    #[inline]
    pub fn slope(self, a: f64) -> f64 {
        match self {
            Identity => 1.0,
            Threshold => unless_nan(a, 0.0),
            Sigmoid => a * (1.0 - a),
            Relu => unless_nan(a, f64::from(a > 0.0)),
            Tanh => 1.0 - a * a,
            Activation::Own(own) => (own.slope)(a),
        }
    }

    /// Replaces every z by φ(z).
    pub fn apply(self, values: &mut [f64]) {
        match self {
            Sigmoid => sigmoid_all(values),
            Tanh => tanh_all(values),
            _ => values.iter_mut().for_each(|value| *value = self.value(*value)),
        }
    }

    /// Multiplies each error by the slope of its neuron: the chain rule through φ.
    ///
    /// `outputs` are the values a = φ(z).
    ///
    /// # Panics
    /// If the slices have different lengths.
    pub(crate) fn multiply_by_slope(self, outputs: &[f64], errors: &mut [f64]) {
        expect_lengths("the chain rule", "outputs", outputs, "errors", errors);
        for (error, &output) in errors.iter_mut().zip(outputs) {
            *error *= self.slope(output);
        }
    }

    /// The name that the field uses.
    pub fn name(self) -> &'static str {
        match self {
            Identity => "identity",
            Threshold => "threshold",
            Sigmoid => "sigmoid",
            Relu => "ReLU",
            Tanh => "tanh",
            Activation::Own(own) => own.name,
        }
    }
}

/// `value`, but NaN if `number` is NaN. (A comparison with NaN is false, and would hide it.)
fn unless_nan(number: f64, value: f64) -> f64 {
    if number.is_nan() { number } else { value }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn leaky() -> Activation {
        Activation::Own(Own {
            name: "leaky ReLU",
            value: |z| if z > 0.0 { z } else { 0.1 * z },
            slope: |a| if a > 0.0 { 1.0 } else { 0.1 },
        })
    }

    #[test]
    fn an_activation_of_ones_own_is_itself() {
        assert_eq!(leaky(), leaky());
        assert_eq!(leaky().name(), "leaky ReLU");
        let Activation::Own(own) = leaky() else { panic!() };
        for other in [
            Own { name: "other", ..own },
            Own { value: |z| z, ..own },
            Own { slope: |_| 1.0, ..own },
        ] {
            assert_ne!(Activation::Own(other), leaky(), "{other:?}");
        }
    }

    #[test]
    fn known_values() {
        assert_eq!(Threshold.value(0.0), 1.0);
        assert_eq!(Threshold.value(-1e-300), 0.0);
        assert_eq!(Sigmoid.value(0.0), 0.5);
        assert_eq!(Sigmoid.value(-1000.0), 0.0);
        assert_eq!(Sigmoid.value(1000.0), 1.0);
        assert_eq!(Relu.value(-3.0), 0.0);
        assert!((Tanh.value(1.0) - 0.761_594_155_955_764_9).abs() < 1e-15);
    }

    #[test]
    fn what_is_not_a_number_does_not_become_one() {
        for activation in Activation::ALL {
            let name = activation.name();
            assert!(activation.value(f64::NAN).is_nan(), "{name}");
            let mut values = [f64::NAN];
            activation.apply(&mut values);
            assert!(values[0].is_nan(), "{name}");
            assert_eq!(
                activation.slope(f64::NAN).is_nan(),
                activation != Identity,
                "{name}"
            );
            let mut errors = [f64::NAN];
            activation.multiply_by_slope(&[1.0], &mut errors);
            assert!(errors[0].is_nan(), "{name}");
        }
    }

    #[test]
    fn infinite_sums_have_the_values_at_the_ends() {
        let ends = |activation: Activation| {
            [f64::NEG_INFINITY, f64::INFINITY].map(|z| activation.value(z))
        };
        assert_eq!(ends(Threshold), [0.0, 1.0]);
        assert_eq!(ends(Sigmoid), [0.0, 1.0]);
        assert_eq!(ends(Relu), [0.0, f64::INFINITY]);
        assert_eq!(ends(Tanh), [-1.0, 1.0]);
    }

    #[test]
    #[should_panic(
        expected = "needs as many errors as outputs, but got 2 outputs and 1 errors"
    )]
    fn errors_that_are_missing_are_counted() {
        Sigmoid.multiply_by_slope(&[0.5, 0.5], &mut [1.0]);
    }

    proptest! {
        #[test]
        fn the_slope_is_the_limit_of_differences(z in -8.0..8.0_f64) {
            prop_assume!(z.abs() > 1e-4);
            let h = 1e-6;
            for activation in Activation::ALL.into_iter().chain([leaky()]) {
                let measured = (activation.value(z + h) - activation.value(z - h)) / (2.0 * h);
                let slope = activation.slope(activation.value(z));
                prop_assert!((slope - measured).abs() < 1e-8, "{}: {slope} {measured}", activation.name());
            }
        }

        #[test]
        fn slices_are_treated_like_single_numbers(zs in prop::collection::vec(-5.0..5.0_f64, 0..40)) {
            for activation in Activation::ALL.into_iter().chain([leaky()]) {
                let mut outputs = zs.clone();
                activation.apply(&mut outputs);
                let mut errors = vec![3.0; zs.len()];
                activation.multiply_by_slope(&outputs, &mut errors);
                for ((&z, &a), &error) in zs.iter().zip(&outputs).zip(&errors) {
                    prop_assert_eq!(a, activation.value(z));
                    prop_assert_eq!(error, 3.0 * activation.slope(a));
                }
            }
        }
    }
}
