use nn::{GradientDescent, descend};

use super::{factors, largest_stable_rate};

const BOWLS: [&[f64]; 3] = [&[2.0], &[2.0, 4.0], &[8.0, 0.5, 3.0]];

/// How far from the bottom descent is after many steps, from a start at 1 in every direction.
fn distance(curvatures: &[f64], rate: f64) -> f64 {
    let start = vec![1.0; curvatures.len()];
    let path = descend(GradientDescent, rate, &start, 2_000, |x, g| {
        for ((slope, x), curvature) in g.iter_mut().zip(x).zip(curvatures) {
            *slope = curvature * x;
        }
    });
    path[2_000].iter().fold(0.0, |far: f64, x| far.max(x.abs()))
}

#[test]
fn just_below_it_descent_arrives_and_just_above_it_runs_away() {
    for bowl in BOWLS {
        let rate = largest_stable_rate(bowl);
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
    }
}

#[test]
fn one_step_multiplies_by_the_factors() {
    let found = factors(&[2.0, 4.0], 0.1);
    let wanted = [0.8, 0.6];
    assert_eq!(
        found.len(),
        2,
        "two curvatures went in, {} factors came out",
        found.len()
    );
    for (index, (found, wanted)) in found.iter().zip(wanted).enumerate() {
        assert!(
            (found - wanted).abs() < 1e-12,
            "curvatures 2 and 4 at rate 0.1: factor {index} should be {wanted}, but is {found}"
        );
    }
}
