use nn::{GradientDescent, descend};

use super::{factors, largest_stable_rate};

const BOWLS: [&[f64]; 5] =
    [&[2.0], &[2.0, 4.0], &[8.0, 0.5, 3.0], &[1.0, 2.0, 9.0, 4.0], &[0.125, 0.25]];

/// How far from the bottom descent is after many steps, from a start at 1 in every direction.
fn distance(curvatures: &[f64], rate: f64) -> f64 {
    let start = vec![1.0; curvatures.len()];
    let path = descend(GradientDescent, rate, &start, 2_000, |x, g| {
        for ((slope, x), curvature) in g.iter_mut().zip(x).zip(curvatures) {
            *slope = curvature * x;
        }
    });
    // ∞ − ∞ is NaN, which `f64::max` would skip.
    let far = |x: &f64| if x.is_nan() { f64::INFINITY } else { x.abs() };
    path[2_000].iter().map(far).fold(0.0, f64::max)
}

#[test]
fn just_below_it_descent_arrives_and_just_above_it_runs_away() {
    for bowl in BOWLS {
        let rate = largest_stable_rate(bowl);
        assert!(
            rate.is_finite() && rate > 0.0,
            "curvatures {bowl:?}: a finite rate above zero is wanted, but {rate} came"
        );
        let below = distance(bowl, 0.99 * rate);
        assert!(
            below < 1e-3,
            "curvatures {bowl:?}: at 0.99 of your rate {rate} descent should arrive, \
             but after 2,000 steps it is {below} away. Is your rate too large?"
        );
        let above = distance(bowl, 1.01 * rate);
        assert!(
            above > 1e3,
            "curvatures {bowl:?}: at 1.01 of your rate {rate} descent should run away, \
             but after 2,000 steps it is only {above} away. Is your rate too small?"
        );
        let stays = distance(bowl, rate);
        assert!(
            (stays - 1.0).abs() < 1e-6,
            "curvatures {bowl:?}: at your rate {rate} itself descent should neither arrive nor run away but jump \
             from 1 to −1 and back; after 2,000 steps it is {stays} away. Compute the rate, do not try"
        );
    }
}

#[test]
fn a_step_multiplies_by_the_factors() {
    for (curvatures, rate, wanted) in [
        (&[2.0, 4.0][..], 0.1, &[0.8, 0.6][..]),
        (&[4.0, 0.5, 2.0], 0.6, &[-1.4, 0.7, -0.2]),
        (&[3.0], 0.0, &[1.0]),
    ] {
        let found = factors(curvatures, rate);
        assert!(
            found.len() == wanted.len(),
            "{} curvatures went in, so as many factors are wanted, but {} came out",
            wanted.len(),
            found.len()
        );
        for (index, (found, wanted)) in found.iter().zip(wanted).enumerate() {
            assert!(
                (found - wanted).abs() < 1e-12,
                "curvatures {curvatures:?} at rate {rate}: factor {index} should be {wanted}, but is {found}"
            );
        }
    }
}
