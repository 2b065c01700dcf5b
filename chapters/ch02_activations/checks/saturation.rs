use nn::{Activation, math::ln};

use super::reaches;

fn face(bend: Activation, level: f64, wanted: f64) {
    let said = reaches(bend, level);
    assert!(
        (said - wanted).abs() < 1e-9,
        "{} reaches {level:?} at z = {wanted:.9}, not at {said:.9}; there it is {:.9}",
        bend.name(),
        bend.value(said)
    );
}

#[test]
fn tanh_is_one_to_four_digits() {
    let level = 0.99995;
    // Solved for z by hand: z = ½ ln((1 + a) / (1 − a)).
    face(Activation::Tanh, level, 0.5 * ln((1.0 + level) / (1.0 - level)));
}

#[test]
fn the_sigmoid_takes_longer() {
    let level = 0.99995;
    // z = ln(a / (1 − a)).
    face(Activation::Sigmoid, level, ln(level / (1.0 - level)));
}

#[test]
fn a_level_in_the_lower_half() {
    face(Activation::Tanh, -0.5, -0.5 * ln(3.0));
    face(Activation::Sigmoid, 0.5, 0.0);
}

#[test]
fn a_level_near_the_end_of_the_interval() {
    // So far below zero, the sigmoid is eᶻ.
    face(Activation::Sigmoid, 1e-21, ln(1e-21));
}
