use ch01_neuron::corners::CORNERS;
use nn::{Activation, Neuron};

use crate::perceptron_update::correct;

fn neuron(weights: [f64; 2], bias: f64) -> Neuron {
    Neuron::new(&weights, bias, Activation::Threshold)
}

#[test]
fn a_right_answer_changes_nothing() {
    let mut or = neuron([1.0, 1.0], -0.5);
    correct(&mut or, &[1.0, 0.0], 1.0);
    assert_eq!(or, neuron([1.0, 1.0], -0.5), "it said 1 and 1 was wanted");
}

#[test]
fn a_missing_yes_adds_the_inputs() {
    let mut shy = neuron([0.0, 0.0], -1.0);
    correct(&mut shy, &[0.5, 2.0], 1.0);
    assert_eq!(
        shy,
        neuron([0.5, 2.0], 0.0),
        "add 0.5 and 2 to the weights and 1 to the bias"
    );
}

#[test]
fn a_wrong_yes_takes_them_off() {
    let mut eager = neuron([1.0, 1.0], 0.0);
    correct(&mut eager, &[0.5, 2.0], 0.0);
    assert_eq!(
        eager,
        neuron([0.5, -1.0], -1.0),
        "take 0.5 and 2 off the weights and 1 off the bias"
    );
}

#[test]
fn repeated_on_and_it_learns_and() {
    let mut and = neuron([0.0, 0.0], 0.0);
    for _ in 0..20 {
        for (corner, target) in CORNERS.iter().zip([0.0, 0.0, 0.0, 1.0]) {
            correct(&mut and, corner, target);
        }
    }
    assert_eq!(
        CORNERS.map(|corner| and.output(&corner)),
        [0.0, 0.0, 0.0, 1.0],
        "{and:?}"
    );
}
