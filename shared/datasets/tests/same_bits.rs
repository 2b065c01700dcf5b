//! The same bits on every machine, shown where it is hardest: a training run in chaos.
//!
//! At a learning rate far too large for it, training amplifies the last bit of a single weight until it
//! shows in the second digit of the cost. So if one multiplication on one processor rounded differently,
//! this run would end elsewhere.

use datasets::reader::{DigitReader, TRAINING};
use nn::Training;

/// The cost after 2,700 updates at three times the book's rate, from weights of which one is a bit larger.
fn cost_in_chaos(nudge: impl Fn(f64) -> f64) -> f64 {
    let mut reader = DigitReader::new(6);
    let (rng, network) = (&mut reader.order(), &mut reader.network);
    let weight = &mut network.layers[0].weights[[20, 3]];
    *weight = nudge(*weight);
    let training = Training { rate: 1.5, epochs: 60, ..TRAINING };
    let history = training.run(network, &reader.train, rng).unwrap();
    history.costs[59]
}

#[test]
fn a_run_in_chaos_ends_on_the_same_bits_everywhere() {
    assert_eq!(
        format!("{:.16e}", cost_in_chaos(|weight| weight)),
        "1.3018450431831826e-2"
    );
}

#[test]
fn one_bit_of_one_weight_changes_the_second_digit() {
    let (cost, nudged) = (cost_in_chaos(|weight| weight), cost_in_chaos(f64::next_up));
    assert!((cost - nudged).abs() > 0.01 * cost, "{cost} {nudged}");
}
