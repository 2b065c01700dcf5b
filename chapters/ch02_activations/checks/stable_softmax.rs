use nn::math::{exp, ln};

use super::softmax;

fn face(scores: &[f64], wanted: &[f64]) {
    let said = softmax(scores);
    assert!(
        said.len() == wanted.len(),
        "{} scores need {} probabilities, but {} came",
        scores.len(),
        wanted.len(),
        said.len()
    );
    let close = said
        .iter()
        .zip(wanted)
        .all(|(said, wanted)| (said - wanted).abs() <= 1e-12 * wanted);
    let nan = if said.iter().any(|p| p.is_nan()) {
        ". NaN means ∞ / ∞ or 0 / 0"
    } else {
        ""
    };
    assert!(
        close,
        "the scores {scores:?} should give the probabilities {wanted:?}, but {said:?} came{nan}"
    );
}

#[test]
fn scores_whose_powers_are_known() {
    // e to the powers ln 1, ln 2, ln 5 is 1, 2, 5.
    face(&[0.0, ln(2.0), ln(5.0)], &[0.125, 0.25, 0.625]);
}

#[test]
fn there_may_be_any_number_of_scores() {
    face(&[7.0], &[1.0]);
    face(&[-3.0; 10], &[0.1; 10]);
}

#[test]
fn large_scores_do_not_overflow() {
    face(&[1000.0, 1000.0], &[0.5, 0.5]);
    face(&[1000.0, 0.0, -1000.0], &[1.0, 0.0, 0.0]);
    face(&[-1000.0, 0.0, 1000.0], &[0.0, 0.0, 1.0]);
}

#[test]
fn low_scores_do_not_vanish() {
    face(&[-1000.0, -1000.0, -1000.0, -1000.0], &[0.25; 4]);
    face(&[-100.0, 0.0], &[exp(-100.0), 1.0]);
}

#[test]
fn only_the_distances_between_scores_count() {
    let total = 1.0 + exp(-1.0);
    for largest in [-1000.0, 0.0, 700.0, 1000.0] {
        face(&[largest, largest - 1.0], &[1.0 / total, exp(-1.0) / total]);
    }
}
