//! Shake each weight a little and watch the cost: that measures a slope without calculus, if "a little" is chosen well.

pub(crate) mod shown;

pub use shown::SECANTS;

use nn::math::{log10, pow};

use crate::flat::Flat;

/// The seed of the network whose gradient is measured.
pub const SEED: u64 = 1;

/// (f(x + h) − f(x)) / h for each number in turn: n + 1 evaluations.
pub fn forward_difference(
    x: &[f64],
    h: f64,
    gradient: &mut [f64],
    mut cost: impl FnMut(&[f64]) -> f64,
) {
    let here = cost(x);
    let mut shaken = x.to_vec();
    for (index, slope) in gradient.iter_mut().enumerate() {
        shaken[index] = x[index] + h;
        *slope = (cost(&shaken) - here) / h;
        shaken[index] = x[index];
    }
}

/// (f(x + h) − f(x − h)) / 2h for each number in turn: 2n evaluations.
pub fn central_difference(
    x: &[f64],
    h: f64,
    gradient: &mut [f64],
    mut cost: impl FnMut(&[f64]) -> f64,
) {
    let mut shaken = x.to_vec();
    for (index, slope) in gradient.iter_mut().enumerate() {
        shaken[index] = x[index] + h;
        let above = cost(&shaken);
        shaken[index] = x[index] - h;
        *slope = (above - cost(&shaken)) / (2.0 * h);
        shaken[index] = x[index];
    }
}

/// Where on the parabola x² the slope is measured for the eye.
pub const PLACE: f64 = 1.0;
/// How far apart the two points are through which a line is laid, from far to near.
pub const REACHES: [f64; 3] = [2.0, 1.0, 0.5];

/// How steep the line is through the points of the parabola at this place and so far to the right of it.
pub fn secant(place: f64, h: f64) -> f64 {
    let mut slope = [0.0];
    forward_difference(&[place], h, &mut slope, |x| x[0] * x[0]);
    slope[0]
}

/// How wrong both differences are at one h.
#[derive(Clone, Copy, Debug)]
pub struct Measured {
    /// How far each number was shaken.
    pub h: f64,
    /// The relative errors of the forward and of the central difference.
    pub errors: [f64; 2],
}

/// The relative errors of the whole gradient against backpropagation, for h = 10^(−k/4) down to 10^−15.
pub fn errors(flat: &mut Flat) -> Vec<Measured> {
    let x = flat.numbers();
    let mut exact = vec![0.0; x.len()];
    flat.gradient(&x, &mut exact);
    let mut gradient = vec![0.0; x.len()];
    (0..=60)
        .map(|quarter| {
            let h = pow(10.0, -f64::from(quarter) / 4.0);
            forward_difference(&x, h, &mut gradient, |x| flat.cost(x));
            let forward = relative_error(&gradient, &exact);
            central_difference(&x, h, &mut gradient, |x| flat.cost(x));
            Measured { h, errors: [forward, relative_error(&gradient, &exact)] }
        })
        .collect()
}

/// The length of the difference as a share of the length of the exact gradient.
fn relative_error(found: &[f64], exact: &[f64]) -> f64 {
    let length = |squares: f64| squares.sqrt();
    let apart = found.iter().zip(exact).map(|(a, b)| (a - b) * (a - b)).sum();
    length(apart) / length(exact.iter().map(|b| b * b).sum())
}

/// The two differences, in the order of [`Measured::errors`].
pub const NAMES: [&str; 2] = ["forward", "central"];

/// The h with the smallest error of one difference, and that error.
pub fn best(measured: &[Measured], which: usize) -> (f64, f64) {
    let all = measured.iter().map(|m| (m.h, m.errors[which]));
    all.min_by(|a, b| a.1.total_cmp(&b.1)).expect("something was measured")
}

/// Where the arms of either curve are straight: from–to on the left, from–to on the right.
const ARMS: [[[f64; 2]; 2]; 2] =
    [[[0.9e-14, 1.1e-10], [0.9e-6, 1.1e-2]], [[0.9e-14, 1.1e-8], [0.9e-4, 1.1e-2]]];

/// How steeply log error rises with log h on the left and on the right arm, by least squares.
pub fn slopes(measured: &[Measured], which: usize) -> [f64; 2] {
    ARMS[which].map(|[from, to]| {
        let on_arm = measured.iter().filter(|m| from <= m.h && m.h <= to);
        let points: Vec<(f64, f64)> =
            on_arm.map(|m| (log10(m.h), log10(m.errors[which]))).collect();
        let count = points.len() as f64;
        let mean_x = points.iter().map(|p| p.0).sum::<f64>() / count;
        let mean_y = points.iter().map(|p| p.1).sum::<f64>() / count;
        let across: f64 = points.iter().map(|p| (p.0 - mean_x) * (p.1 - mean_y)).sum();
        across / points.iter().map(|p| (p.0 - mean_x) * (p.0 - mean_x)).sum::<f64>()
    })
}

/// How many evaluations of the cost one gradient takes by either difference, counted.
pub fn evaluations(flat: &mut Flat) -> [usize; 2] {
    let x = flat.numbers();
    let mut gradient = vec![0.0; x.len()];
    flat.evaluations = 0;
    forward_difference(&x, 1e-8, &mut gradient, |x| flat.cost(x));
    let forward = flat.evaluations;
    central_difference(&x, 1e-5, &mut gradient, |x| flat.cost(x));
    [forward, flat.evaluations - forward]
}

#[cfg(test)]
mod tests {
    use super::*;
    use nn::seeded;

    #[test]
    fn the_secant_of_a_parabola_is_too_steep_by_its_reach() {
        // ((x + h)² − x²) / h = 2x + h.
        for place in [0.0, 0.25, PLACE] {
            for h in REACHES {
                assert_eq!(secant(place, h), 2.0 * place + h);
            }
        }
    }

    #[test]
    fn both_arms_have_the_slopes_that_theory_gives() {
        let measured = errors(&mut Flat::students(&mut seeded(SEED)));
        for (which, order) in [1.0, 2.0].into_iter().enumerate() {
            let (name, [left, right]) = (NAMES[which], slopes(&measured, which));
            assert!((left + 1.0).abs() < 0.1, "{name}: left arm {left}, expected -1");
            assert!(
                (right - order).abs() < 0.1,
                "{name}: right arm {right}, expected {order}"
            );
        }
    }

    #[test]
    fn the_best_steps_lie_near_the_roots_of_the_rounding_unit() {
        let measured = errors(&mut Flat::students(&mut seeded(SEED)));
        for (which, power) in [2.0, 3.0].into_iter().enumerate() {
            let (h, expected) =
                (best(&measured, which).0, pow(f64::EPSILON, 1.0 / power));
            assert!(
                (log10(h) - log10(expected)).abs() < 1.0,
                "{}: {h}, expected {expected}",
                NAMES[which]
            );
        }
    }

    #[test]
    fn evaluations_are_n_plus_one_and_twice_n() {
        let mut flat = Flat::students(&mut seeded(1));
        let n = flat.numbers().len();
        assert_eq!(evaluations(&mut flat), [n + 1, 2 * n]);
    }
}
