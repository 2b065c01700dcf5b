//! Two half moons that reach into each other.

use std::f64::consts::PI;

use ndarray::Array2;
use nn::Examples;
use nn::math::{cos, sin};
use nn::random::normal;
use rand::Rng;

use crate::bounds::{expect_noise, expect_rows};

/// Two half circles of radius 1, each with one end inside the other.
///
/// Inputs are (rows, 2): x from about −1 to 2, y from about −½ to 1. Targets are (rows,
/// 1): 0 on the upper moon, around (0, 0), and 1 on the lower, around (1, ½). The moons
/// take turns, row by row; on each the points are evenly spaced. Both coordinates then
/// get a normal deviate of standard deviation `noise`: at 0.1 the moons stay apart, at
/// 0.3 they mix. The shape is scikit-learn's `make_moons`.
///
/// # Panics
/// If there are no rows or more than 2²⁶, or the noise is not a number from 0 to 1e300.
///
/// ```
/// let moons = datasets::moons(200, 0.1, &mut nn::seeded(1));
/// assert_eq!(moons.inputs.dim(), (200, 2));
/// ```
pub fn moons(rows: usize, noise: f64, rng: &mut impl Rng) -> Examples {
    expect_rows(rows, 2);
    expect_noise(noise);
    let mut inputs = Array2::zeros((rows, 2)); // (rows, 2)
    let mut targets = Array2::zeros((rows, 1)); // (rows, 1)
    for row in 0..rows {
        let lower = row % 2 == 1;
        let points = if lower { rows / 2 } else { rows.div_ceil(2) };
        let angle = PI * ((row / 2) as f64 + 0.5) / points as f64;
        let (x, y) = if lower {
            (1.0 - cos(angle), 0.5 - sin(angle))
        } else {
            (cos(angle), sin(angle))
        };
        inputs[[row, 0]] = x + noise * normal(rng);
        inputs[[row, 1]] = y + noise * normal(rng);
        targets[[row, 0]] = f64::from(lower);
    }
    Examples::new(inputs, targets)
}

#[cfg(test)]
mod tests {
    use super::*;
    use nn::seeded;

    #[test]
    fn without_noise_every_point_lies_on_its_half_circle() {
        let moons = moons(101, 0.0, &mut seeded(1));
        for (point, target) in moons.inputs.rows().into_iter().zip(&moons.targets) {
            let (x, y, up) =
                if *target == 0.0 { (0.0, 0.0, 1.0) } else { (1.0, 0.5, -1.0) };
            let (dx, dy) = (point[0] - x, up * (point[1] - y));
            assert!((dx * dx + dy * dy - 1.0).abs() < 1e-12, "{point} is off its circle");
            assert!(dy > 0.0, "{point} is on the wrong half");
        }
        assert_eq!(moons.targets.sum(), 50.0);
    }

    #[test]
    fn the_points_of_a_moon_are_evenly_spaced_and_run_against_those_of_the_other() {
        // An upper moon of 3: the middles of thirds of a half circle, at 30°, 90° and 150°.
        // A lower one of 2: at 45° and 135°, mirrored.
        let (half, long, short) = (0.5, 3_f64.sqrt() / 2.0, 0.5_f64.sqrt());
        let expected = [
            [long, half],
            [1.0 - short, 0.5 - short],
            [0.0, 1.0],
            [1.0 + short, 0.5 - short],
            [-long, half],
        ];
        let moons = moons(5, 0.0, &mut seeded(1));
        for (point, expected) in moons.inputs.rows().into_iter().zip(expected) {
            for (x, expected) in point.iter().zip(expected) {
                assert!((x - expected).abs() < 1e-15, "{point} is not {expected:?}");
            }
        }
        assert_eq!(moons.targets.column(0).to_vec(), [0.0, 1.0, 0.0, 1.0, 0.0]);
    }

    #[test]
    fn one_row_lies_on_the_upper_moon() {
        let moon = moons(1, 0.0, &mut seeded(1));
        assert!((moon.inputs[[0, 1]] - 1.0).abs() < 1e-15);
        assert_eq!(moon.targets[[0, 0]], 0.0);
    }

    #[test]
    #[should_panic(
        expected = "expected from 1 to 67108864 rows, which hold 2 numbers each, \
                               but got 0"
    )]
    fn no_moons_are_refused() {
        moons(0, 0.1, &mut seeded(1));
    }

    #[test]
    #[should_panic(expected = "but got 18446744073709551615")]
    fn more_moons_than_fit_are_refused() {
        moons(usize::MAX, 0.1, &mut seeded(1));
    }

    #[test]
    fn a_noise_that_is_no_deviation_is_refused() {
        for noise in [f64::NAN, -0.1, f64::INFINITY, f64::MAX] {
            let refused = std::panic::catch_unwind(|| moons(4, noise, &mut seeded(1)));
            let message = *refused.unwrap_err().downcast::<String>().unwrap();
            assert_eq!(
                message,
                format!(
                    "expected a noise from 0 to 1e300, the standard deviation of what is \
                     added, but got {noise}"
                )
            );
        }
        let loud = moons(1_000, 1e300, &mut seeded(1));
        assert!(loud.inputs.iter().all(|x| x.is_finite()));
    }

    #[test]
    fn noise_is_added_row_by_row_x_before_y() {
        let exact = moons(40, 0.0, &mut seeded(1)).inputs;
        let noisy = moons(40, 0.2, &mut seeded(1)).inputs;
        let rng = &mut seeded(1);
        assert_eq!(noisy, exact.mapv(|x| x + 0.2 * normal(rng)));
    }

    #[test]
    fn noise_has_the_deviation_it_was_given() {
        let exact = moons(4_000, 0.0, &mut seeded(1)).inputs;
        let noisy = moons(4_000, 0.2, &mut seeded(1)).inputs;
        for (column, noise) in (noisy - exact).columns().into_iter().enumerate() {
            let deviation = noise.std(0.0);
            assert!((deviation - 0.2).abs() < 0.005, "column {column}: {deviation}");
            let mean = noise.mean().unwrap();
            assert!(mean.abs() < 0.01, "column {column}: {mean}");
        }
    }
}
