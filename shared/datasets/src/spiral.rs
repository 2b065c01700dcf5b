//! Arms that wind around each other.

use std::f64::consts::TAU;

use ndarray::Array2;
use nn::Examples;
use nn::math::{cos, sin};
use nn::random::normal;
use rand::Rng;

use crate::bounds::{expect_noise, expect_rows};
use crate::one_hot;

/// How far an arm winds on its way out, in whole turns.
const TURNS: f64 = 0.75;

/// Arms that start in the middle and wind outwards to radius 1, evenly turned against
/// each other.
///
/// Inputs are (arms · rows_per_arm, 2): x and y. Targets are (arms · rows_per_arm, arms),
/// one-hot. The arms take turns, row by row; along each the points are evenly spaced from
/// the middle out. Both coordinates then get a normal deviate of standard deviation
/// `noise`: of three arms, at 0.03, only the points near the middle mix; at 0.1 many do.
///
/// # Panics
/// If there are no rows, no arms, or more of either than 2²⁷ inputs or targets hold; or if
/// the noise is not a number from 0 to 1e300.
///
/// ```
/// let spiral = datasets::spiral(100, 3, 0.03, &mut nn::seeded(1));
/// assert_eq!(spiral.inputs.dim(), (300, 2));
/// assert_eq!(spiral.targets.dim(), (300, 3));
/// ```
pub fn spiral(
    rows_per_arm: usize,
    arms: usize,
    noise: f64,
    rng: &mut impl Rng,
) -> Examples {
    assert!(arms > 0, "expected at least one arm, but got 0");
    let rows = arms.saturating_mul(rows_per_arm);
    expect_rows(rows, arms.max(2));
    expect_noise(noise);
    let mut inputs = Array2::zeros((rows, 2)); // (rows, 2)
    let mut labels = Vec::new();
    for (row, mut point) in inputs.rows_mut().into_iter().enumerate() {
        let arm = row % arms;
        let radius = ((row / arms) as f64 + 0.5) / rows_per_arm as f64;
        let angle = TAU * (arm as f64 / arms as f64 + TURNS * radius);
        point[0] = radius * cos(angle) + noise * normal(rng);
        point[1] = radius * sin(angle) + noise * normal(rng);
        labels.push(arm);
    }
    Examples::new(inputs, one_hot(&labels, arms))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::labels;
    use nn::seeded;

    #[test]
    fn an_arm_is_the_one_before_it_turned() {
        let spiral = spiral(50, 3, 0.0, &mut seeded(1));
        assert_eq!(labels(&spiral)[..4], [0, 1, 2, 0]);
        let (cos, sin) = (cos(TAU / 3.0), sin(TAU / 3.0));
        for row in (0..150).filter(|row| row % 3 < 2) {
            let (x, y) = (spiral.inputs[[row, 0]], spiral.inputs[[row, 1]]);
            let turned = [x * cos - y * sin, x * sin + y * cos];
            for (axis, turned) in turned.into_iter().enumerate() {
                assert!((spiral.inputs[[row + 1, axis]] - turned).abs() < 1e-12);
            }
        }
    }

    #[test]
    fn an_arm_winds_outwards_through_three_quarters_of_a_turn() {
        let arm = spiral(100, 1, 0.0, &mut seeded(1)).inputs;
        let radius: Vec<f64> =
            arm.rows().into_iter().map(|point| point.dot(&point).sqrt()).collect();
        assert!(radius.is_sorted() && (radius[99] - 0.995).abs() < 1e-12);
        let steps = (1..100).map(|row| {
            let (p, q) = (arm.row(row - 1), arm.row(row));
            (p[0] * q[1] - p[1] * q[0]) / (radius[row - 1] * radius[row])
        });
        // Steps are so small that the sine is the angle.
        let turn = steps.sum::<f64>() / TAU;
        assert!((turn - 0.75 * 0.99).abs() < 1e-3, "{turn}");
    }

    #[test]
    #[should_panic(
        expected = "expected from 1 to 44739242 rows, which hold 3 numbers each, \
                               but got 0"
    )]
    fn a_spiral_without_rows_is_refused() {
        spiral(0, 3, 0.1, &mut seeded(1));
    }

    #[test]
    #[should_panic(expected = "expected at least one arm, but got 0")]
    fn a_spiral_without_arms_is_refused() {
        spiral(10, 0, 0.1, &mut seeded(1));
    }

    #[test]
    #[should_panic(
        expected = "rows, which hold 3 numbers each, but got 18446744073709551615"
    )]
    fn more_rows_than_fit_are_refused() {
        spiral(usize::MAX, 3, 0.1, &mut seeded(1));
    }

    #[test]
    #[should_panic(
        expected = "expected from 1 to 67108864 rows, which hold 2 numbers each"
    )]
    fn more_inputs_than_fit_are_refused() {
        spiral((1 << 26) + 1, 1, 0.1, &mut seeded(1));
    }

    #[test]
    #[should_panic(
        expected = "expected from 1 to 6710 rows, which hold 20000 numbers each"
    )]
    fn more_targets_than_fit_are_refused() {
        spiral(1, 20_000, 0.1, &mut seeded(1));
    }

    #[test]
    #[should_panic(
        expected = "expected a noise from 0 to 1e300, the standard deviation of \
                               what is added, but got -1"
    )]
    fn a_noise_that_is_no_deviation_is_refused() {
        spiral(10, 3, -1.0, &mut seeded(1));
    }

    #[test]
    fn noise_is_added_row_by_row_x_before_y() {
        let exact = spiral(20, 2, 0.0, &mut seeded(1)).inputs;
        let noisy = spiral(20, 2, 0.2, &mut seeded(1)).inputs;
        let rng = &mut seeded(1);
        assert_eq!(noisy, exact.mapv(|x| x + 0.2 * normal(rng)));
    }

    #[test]
    fn noise_has_the_deviation_it_was_given() {
        let exact = spiral(1_500, 3, 0.0, &mut seeded(1)).inputs;
        let noisy = spiral(1_500, 3, 0.2, &mut seeded(1)).inputs;
        for (column, noise) in (noisy - exact).columns().into_iter().enumerate() {
            let deviation = noise.std(0.0);
            assert!((deviation - 0.2).abs() < 0.005, "column {column}: {deviation}");
        }
    }
}
