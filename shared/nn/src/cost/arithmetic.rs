//! The arithmetic of one row: how its outputs and targets are gone through, and what stands at the edges.
//!
//! At an output or a target of 0, the formulas of the costs say 0 · ∞, 0 / 0 or ln 0. Each function here does
//! what its formula says, and settles that one case.

use crate::math::{exp, ln, ln_1p};

/// The smallest number above 0.
pub const SMALLEST: f64 = f64::from_bits(1);

/// Σ of the costs of the pairs (a, y).
pub fn sum(
    pairs: impl Iterator<Item = (f64, f64)>,
    cost: impl Fn(f64, f64) -> f64,
) -> f64 {
    pairs.map(|(a, y)| cost(a, y)).sum()
}

/// Writes the slope of each pair (a, y) into its place.
pub fn fill(
    slopes: &mut [f64],
    pairs: impl Iterator<Item = (f64, f64)>,
    slope: impl Fn(f64, f64) -> f64,
) {
    slopes.iter_mut().zip(pairs).for_each(|(place, (a, y))| *place = slope(a, y));
}

/// The largest of these numbers.
pub fn largest(numbers: &[f64]) -> f64 {
    numbers.iter().copied().fold(f64::NEG_INFINITY, f64::max)
}

/// −ln p; at 0, that of the smallest number above it: about 744. (PyTorch stops at 100.)
pub fn surprise(p: f64) -> f64 {
    -ln(if p == 0.0 { SMALLEST } else { p })
}

/// ln(1 + eᶻ): max(z, 0) with its corner rounded off, and as exact far to the left as far to the right.
pub fn softplus(z: f64) -> f64 {
    z.max(0.0) + ln_1p(exp(-z.abs()))
}

/// The softplus of −z and of z: the corner is the same, and costs most.
pub fn softplus_of_both(z: f64) -> [f64; 2] {
    let corner = ln_1p(exp(-z.abs()));
    [-z, z].map(|z| z.max(0.0) + corner)
}

/// y ln(y/a), from y and the surprise −ln a: what is lost when a stands in for y.
pub fn divergence(y: f64, surprise: f64) -> f64 {
    times(y, if y == 0.0 { 0.0 } else { ln(y) } + surprise)
}

/// y · x, and 0 where y is 0, even if x is infinite: what has no weight costs nothing.
pub fn times(y: f64, x: f64) -> f64 {
    if y == 0.0 && !x.is_nan() { 0.0 } else { y * x }
}

/// y / a, and 0 where both are 0: where nothing is wanted, nothing is missed. NaN if either is negative.
pub fn ratio(y: f64, a: f64) -> f64 {
    match (y, a) {
        (0.0, 0.0) => 0.0,
        _ if y < 0.0 || a < 0.0 => f64::NAN,
        _ => y / (a + 0.0), // adding 0 makes 0 of −0
    }
}

/// ln(y/a), also where y/a itself is too large or too small to be stored.
pub fn ln_ratio(y: f64, a: f64) -> f64 {
    let ratio = ratio(y, a);
    if ratio.is_normal() { ln(ratio) } else { ln(y) + surprise(a) }
}
