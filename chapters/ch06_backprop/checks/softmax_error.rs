use nn::Cost;
use nn::math::softmax;

#[path = "shaking.rs"]
mod shaking;
use super::{long_way, short_way, softmax_slopes};
use shaking::{agree, differences};

const SCORES: [f64; 4] = [0.5, -1.0, 2.0, 0.1];
const TARGETS: [f64; 4] = [0.1, 0.2, 0.0, 0.7];

fn probabilities(scores: &[f64]) -> Vec<f64> {
    let mut a = vec![0.0; scores.len()];
    softmax(scores, &mut a);
    a
}

#[test]
fn each_probability_depends_on_every_score() {
    let found = softmax_slopes(&probabilities(&SCORES));
    assert_eq!(found.len(), 4, "a row is wanted for each probability");
    for (i, row) in found.iter().enumerate() {
        let measured = differences(|z| probabilities(z)[i], &SCORES);
        agree(&format!("the slopes of probability {i}"), row, &measured);
    }
}

#[test]
fn the_long_way_is_right() {
    let measured = differences(|z| Cost::SoftmaxCrossEntropy.value(z, &TARGETS), &SCORES);
    agree("the long way", &long_way(&probabilities(&SCORES), &TARGETS), &measured);
}

#[test]
fn the_short_way_leads_to_the_same_place() {
    let measured = differences(|z| Cost::SoftmaxCrossEntropy.value(z, &TARGETS), &SCORES);
    agree("the short way", &short_way(&probabilities(&SCORES), &TARGETS), &measured);
}
