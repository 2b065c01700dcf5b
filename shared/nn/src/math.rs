//! The functions behind everything else, with the same bits on every machine.
//!
//! `f64::exp` asks the operating system's mathematics library, and two systems may disagree in the
//! last bit. Training amplifies such a bit until it shows. So the elementary functions come from one
//! portable source (`libm`, a translation of musl's), under the names that they have in `f64` (but `pow`,
//! which is `powf` there). What is done with whole slices ([`elementary`](crate::elementary)) and with
//! matrices ([`product`](crate::product)) has the same bits everywhere, too.

use ndarray::{Array1, Array2, ArrayView2, ArrayViewMut2};

use crate::mismatch::expect_lengths;

#[doc(inline)]
pub use libm::{
    cos, exp, log as ln, log1p as ln_1p, log10, pow, sin, sincos as sin_cos, tanh,
};

/// A table of numbers, such as the weights of a layer.
pub type Matrix = Array2<f64>;

/// Numbers in a row, such as the biases of a layer.
pub type Vector = Array1<f64>;

/// A matrix to be read; in most, each row belongs to an example.
pub type Rows<'a> = ArrayView2<'a, f64>;

/// A matrix to be written.
pub type RowsMut<'a> = ArrayViewMut2<'a, f64>;

/// Why the rows of a buffer, and all of them together, are slices.
pub(crate) const WHOLE: &str = "buffers are stored row by row, and cut by whole rows";

/// Scores turned into probabilities: never negative, and together 1.
///
/// The largest score is taken off first. That changes nothing in the result, and `exp` cannot overflow.
/// Both slices have one entry per class. A score that is NaN or +∞ makes every probability NaN, and so do
/// scores that are all −∞.
///
/// # Panics
/// If the slices have different lengths.
pub fn softmax(scores: &[f64], probabilities: &mut [f64]) {
    expect_lengths("softmax", "scores", scores, "probabilities", probabilities);
    let largest = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let mut total = 0.0;
    for (probability, &score) in probabilities.iter_mut().zip(scores) {
        *probability = exp(score - largest);
        total += *probability;
    }
    for probability in probabilities {
        *probability /= total;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn known_values() {
        assert_eq!((exp(0.0), exp(-1e3), exp(1e3)), (1.0, 0.0, f64::INFINITY));
        assert_eq!((ln(1.0), ln(0.0)), (0.0, f64::NEG_INFINITY));
        assert_eq!((ln_1p(1e-20), ln_1p(1.0)), (1e-20, std::f64::consts::LN_2));
        assert_eq!((log10(1e-3), log10(1e5)), (-3.0, 5.0));
        assert_eq!((pow(2.0, 10.0), pow(9.0, 0.5), pow(4.0, -1.0)), (1024.0, 3.0, 0.25));
        assert_eq!((tanh(0.0), tanh(50.0), tanh(-50.0)), (0.0, 1.0, -1.0));
        assert_eq!((sin(0.0), cos(0.0)), (0.0, 1.0));
        assert!((sin(1.0) - 0.841_470_984_807_896_5).abs() < 1e-15);
        assert!((cos(1.0) - 0.540_302_305_868_139_8).abs() < 1e-15);
        assert!(ln(-1.0).is_nan() && log10(-1.0).is_nan());
    }

    #[test]
    fn softmax_of_what_is_no_number_is_none() {
        for scores in [
            [f64::NAN, 0.0],
            [0.0, f64::NAN],
            [f64::INFINITY, 0.0],
            [f64::NEG_INFINITY; 2],
        ] {
            let mut probabilities = [0.0; 2];
            softmax(&scores, &mut probabilities);
            assert!(
                probabilities.iter().all(|p| p.is_nan()),
                "{scores:?}: {probabilities:?}"
            );
        }
    }

    #[test]
    #[should_panic(
        expected = "softmax needs as many probabilities as scores, but got 3 scores and 2 probabilities"
    )]
    fn a_probability_without_room_is_counted() {
        softmax(&[1.0, 2.0, 3.0], &mut [0.0; 2]);
    }

    proptest! {
        #[test]
        fn sine_and_cosine_together_have_the_bits_of_both(x in -1e6..1e6_f64) {
            prop_assert_eq!(sin_cos(x), (sin(x), cos(x)));
        }

        #[test]
        fn softmax_gives_probabilities(scores in prop::collection::vec(-1e6..1e6_f64, 1..12)) {
            let mut probabilities = vec![0.0; scores.len()];
            softmax(&scores, &mut probabilities);
            prop_assert!(probabilities.iter().all(|p| (0.0..=1.0).contains(p)));
            prop_assert!((probabilities.iter().sum::<f64>() - 1.0).abs() < 1e-12);
        }
    }
}
