//! Four bends side by side, each with its slope, and the two that are one and the same curve.

pub(crate) mod shown;

pub use shown::TANGENTS;

use nn::{Activation, math::exp};

/// The bends of the notes, in their order.
pub const BENDS: [Activation; 4] =
    [Activation::Threshold, Activation::Sigmoid, Activation::Relu, Activation::Tanh];

/// tanh z as a sigmoid that is twice as steep, twice as high, and moved down by 1.
pub fn tanh_from_sigmoid(z: f64) -> f64 {
    2.0 * Activation::Sigmoid.value(2.0 * z) - 1.0
}

/// tanh z as the notes write it.
pub fn tanh_as_in_the_notes(z: f64) -> f64 {
    (1.0 - exp(-2.0 * z)) / (1.0 + exp(-2.0 * z))
}

/// A sum so low that e⁻²ᶻ is beyond the largest number of a computer.
const FAR: f64 = -400.0;

/// How many weighted sums between −20 and 20 the comparisons use.
const COMPARED: u32 = 4_001;

/// The largest distance from tanh between −20 and 20.
pub fn largest_difference(other: impl Fn(f64) -> f64) -> f64 {
    let sums =
        (0..COMPARED).map(|i| 40.0 * f64::from(i) / f64::from(COMPARED - 1) - 20.0);
    sums.map(|z| (other(z) - Activation::Tanh.value(z)).abs()).fold(0.0, f64::max)
}

/// The slope of a bend at a weighted sum.
pub fn slope_at(bend: Activation, z: f64) -> f64 {
    bend.slope(bend.value(z))
}

/// The sum from which on the slope is below a tenth of the slope at zero, by halving an interval.
pub fn flat_beyond(bend: Activation) -> f64 {
    let (mut steep, mut flat) = (0.0, 20.0);
    for _ in 0..60 {
        let middle = 0.5 * (steep + flat);
        if slope_at(bend, middle) < 0.1 * slope_at(bend, 0.0) {
            flat = middle;
        } else {
            steep = middle;
        }
    }
    flat
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tanh_is_a_rescaled_sigmoid() {
        assert!(largest_difference(tanh_from_sigmoid) < 1e-15);
        assert!(largest_difference(|z| Activation::Sigmoid.value(z)) > 0.9);
    }

    #[test]
    fn the_formula_of_the_notes_is_right_until_it_overflows() {
        assert!(largest_difference(tanh_as_in_the_notes) < 1e-15);
        assert!(tanh_as_in_the_notes(FAR).is_nan());
    }

    #[test]
    fn the_flat_parts_begin_where_algebra_says() {
        // tanh′ = 1 − a² = ⅒ at a = √0.9, and artanh √0.9 = ½ ln((1 + √0.9) / (1 − √0.9)).
        let a = 0.9_f64.sqrt();
        let known = 0.5 * nn::math::ln((1.0 + a) / (1.0 - a));
        assert!((flat_beyond(Activation::Tanh) - known).abs() < 1e-12);
        assert!((flat_beyond(Activation::Sigmoid) - 2.0 * known).abs() < 1e-12);
    }

    #[test]
    fn at_the_sides_sigmoid_and_tanh_lie_down_and_relu_does_on_one_side_only() {
        for bend in [Activation::Sigmoid, Activation::Tanh] {
            for z in [-3.0, 3.0] {
                assert!(slope_at(bend, z) < 0.2 * slope_at(bend, 0.0), "{bend:?} at {z}");
            }
        }
        assert_eq!([-3.0, 3.0].map(|z| slope_at(Activation::Relu, z)), [0.0, 1.0]);
    }

    #[test]
    fn at_zero_the_slope_of_tanh_is_four_times_that_of_the_sigmoid() {
        let slopes =
            [Activation::Sigmoid, Activation::Tanh].map(|bend| slope_at(bend, 0.0));
        assert_eq!(slopes, [0.25, 1.0]);
    }
}
