use ch01_neuron::corners::{CORNERS, answers};
use nn::{Activation, Neuron};

use super::correct;

fn neuron(weights: [f64; 2], bias: f64) -> Neuron {
    Neuron::new(&weights, bias, Activation::Threshold)
}

/// Corrects once and compares weights and bias.
fn face(mut before: Neuron, inputs: [f64; 2], target: f64, wanted: Neuron, why: &str) {
    let said = before.output(&inputs);
    correct(&mut before, &inputs, target);
    assert!(
        before == wanted,
        "to {inputs:?} it said {said}, and {target} was wanted: {why}. Weights {:?} and bias {} should be \
         {:?} and {}",
        before.weights,
        before.bias,
        wanted.weights,
        wanted.bias
    );
}

#[test]
fn a_right_answer_changes_nothing() {
    let or = neuron([1.0, 1.0], -0.5);
    face(or.clone(), [1.0, 0.0], 1.0, or.clone(), "nothing changes");
    face(or.clone(), [0.0, 0.0], 0.0, or, "nothing changes");
}

#[test]
fn a_missing_yes_adds_the_inputs() {
    let wanted = neuron([0.5, 2.0], 0.0);
    face(neuron([0.0, 0.0], -1.0), [0.5, 2.0], 1.0, wanted, "the inputs and 1 are added");
}

#[test]
fn a_wrong_yes_takes_them_off() {
    let wanted = neuron([0.5, -1.0], -1.0);
    face(
        neuron([1.0, 1.0], 0.0),
        [0.5, 2.0],
        0.0,
        wanted,
        "the inputs and 1 are taken off",
    );
}

#[test]
fn repeated_on_and_it_learns_and() {
    let wanted = [0.0, 0.0, 0.0, 1.0];
    let mut and = neuron([0.0, 0.0], 0.0);
    for _ in 0..20 {
        for (corner, target) in CORNERS.iter().zip(wanted) {
            correct(&mut and, corner, target);
        }
    }
    let said = answers(&and);
    assert!(
        said == wanted,
        "after twenty passes over AND it should say {wanted:?} at the corners, but says {said:?}, with \
         weights {:?} and bias {}",
        and.weights,
        and.bias
    );
}
