//! The same bits on every machine, shown where it is hardest: a training run in chaos.
//!
//! At a learning rate far too large for it, training amplifies the last bit of a single weight until it
//! shows in the second digit of the cost. So if one multiplication on one processor rounded differently,
//! this run would end elsewhere.

use ch06_backprop::seven_steps::TRAINING;
use nn::{Activation, Network, Training, seeded};

/// The cost after 2,700 updates at three times the book's rate, from weights of which one is a bit larger.
fn cost_in_chaos(nudge: impl Fn(f64) -> f64) -> f64 {
    let (train, _) = datasets::digits().split(1_437, &mut seeded(6));
    let mut network = Network::new(&[64, 32, 10], Activation::Tanh, &mut seeded(7));
    let weight = &mut network.layers[0].weights[[20, 3]];
    *weight = nudge(*weight);
    let training = Training { rate: 1.5, epochs: 60, ..TRAINING };
    let history = training.run(&mut network, &train, &mut seeded(8)).unwrap();
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
