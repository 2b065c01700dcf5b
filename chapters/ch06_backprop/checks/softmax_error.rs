use nn::Cost;
use nn::math::softmax;

use super::{long_way, short_way, softmax_slopes};

#[path = "shaking.rs"]
mod shaking;
use shaking::{agree, differences};

/// Scores, and targets that add up to 1.
const CASES: [(&[f64], &[f64]); 2] =
    [(&[0.5, -1.0, 2.0, 0.1], &[0.1, 0.2, 0.0, 0.7]), (&[-0.4, 0.3], &[0.0, 1.0])];

fn probabilities(scores: &[f64]) -> Vec<f64> {
    let mut a = vec![0.0; scores.len()];
    softmax(scores, &mut a);
    a
}

/// The matrix, once it is certain that it has a row and a column for each probability.
fn matrix(a: &[f64]) -> Vec<Vec<f64>> {
    let found = softmax_slopes(a);
    let columns: Vec<usize> = found.iter().map(Vec::len).collect();
    assert!(
        columns == vec![a.len(); a.len()],
        "{0} probabilities need {0} rows of {0} slopes, but rows of {columns:?} slopes came",
        a.len()
    );
    found
}

/// The long way, once it is certain that the matrix on it has the right shape.
fn along(a: &[f64], y: &[f64]) -> Vec<f64> {
    matrix(a);
    long_way(a, y)
}

#[test]
fn each_probability_depends_on_every_score() {
    for (scores, _) in CASES {
        for (i, row) in matrix(&probabilities(scores)).iter().enumerate() {
            let measured = differences(|z| probabilities(z)[i], scores);
            agree(&format!("the slopes of probability {i}"), row, &measured);
        }
    }
}

#[test]
fn the_long_way_is_right() {
    for (scores, targets) in CASES {
        let measured =
            differences(|z| Cost::SoftmaxCrossEntropy.value(z, targets), scores);
        agree("the long way", &along(&probabilities(scores), targets), &measured);
    }
}

#[test]
fn the_long_way_takes_any_targets() {
    let (scores, targets) = (&[0.5, -1.0, 2.0], &[2.0, 0.5, 0.0]);
    let measured = differences(|z| Cost::SoftmaxCrossEntropy.value(z, targets), scores);
    agree(
        "the long way, with targets that add up to 2.5",
        &along(&probabilities(scores), targets),
        &measured,
    );
}

#[test]
fn the_short_way_leads_to_the_same_place() {
    for (scores, targets) in CASES {
        let measured =
            differences(|z| Cost::SoftmaxCrossEntropy.value(z, targets), scores);
        agree("the short way", &short_way(&probabilities(scores), targets), &measured);
    }
}

#[test]
fn the_short_way_passes_where_the_long_way_divides_by_zero() {
    // A score of −1000 beside one of 0: e⁻¹⁰⁰⁰ is 0 to a computer, and so is the probability.
    let found = short_way(&[0.0, 1.0], &[1.0, 0.0]);
    assert!(
        found == [-1.0, 1.0],
        "at the probabilities 0 and 1, with the targets 1 and 0, the slopes are -1 and 1, but {found:?} came; \
         a division by a probability of 0 makes NaN"
    );
}
