use ch01_neuron::corners::{CORNERS, answers};
use nn::{Activation, Neuron};

use super::correct;

fn neuron(weights: &[f64], bias: f64) -> Neuron {
    Neuron::new(weights, bias, Activation::Threshold)
}

/// Corrects once and compares weights and bias.
fn face(mut neuron: Neuron, inputs: &[f64], target: f64, wanted: Neuron, why: &str) {
    let said = neuron.output(inputs);
    correct(&mut neuron, inputs, target);
    assert!(
        neuron.activation == Activation::Threshold,
        "a correction changes weights and bias; the bend should stay a threshold, but is {}",
        neuron.activation.name()
    );
    assert!(
        neuron == wanted,
        "to {inputs:?} it said {said}, and {target} was wanted: {why}. Weights {:?} and bias {} should be \
         {:?} and {}",
        neuron.weights,
        neuron.bias,
        wanted.weights,
        wanted.bias
    );
}

#[test]
fn a_right_answer_changes_nothing() {
    let or = neuron(&[1.0, 1.0], -0.5);
    face(or.clone(), &[1.0, 0.0], 1.0, or.clone(), "nothing changes");
    face(or.clone(), &[0.0, 0.0], 0.0, or, "nothing changes");
}

#[test]
fn a_missing_yes_adds_the_inputs() {
    let wanted = neuron(&[0.5, 2.0], 0.0);
    face(
        neuron(&[0.0, 0.0], -1.0),
        &[0.5, 2.0],
        1.0,
        wanted,
        "the inputs and 1 are added",
    );
}

#[test]
fn a_wrong_yes_takes_them_off() {
    let wanted = neuron(&[0.5, -1.0], -1.0);
    face(
        neuron(&[1.0, 1.0], 0.0),
        &[0.5, 2.0],
        0.0,
        wanted,
        "the inputs and 1 are taken off",
    );
}

#[test]
fn a_sum_of_exactly_zero_is_a_yes() {
    let zero = neuron(&[0.0, 0.0], 0.0);
    face(zero.clone(), &[0.5, 2.0], 1.0, zero.clone(), "nothing changes");
    let wanted = neuron(&[-0.5, -2.0], -1.0);
    face(zero, &[0.5, 2.0], 0.0, wanted, "the inputs and 1 are taken off");
}

#[test]
fn every_weight_is_corrected_however_many_there_are() {
    let wanted = neuron(&[4.0, -3.0, 2.0, 1.0], -4.0);
    face(
        neuron(&[0.0; 4], -5.0),
        &[4.0, -3.0, 2.0, 1.0],
        1.0,
        wanted,
        "the inputs and 1 are added",
    );
    face(
        neuron(&[3.0], 0.0),
        &[1.0],
        0.0,
        neuron(&[2.0], -1.0),
        "the inputs and 1 are taken off",
    );
}

#[test]
fn repeated_on_and_it_learns_and() {
    let wanted = [0.0, 0.0, 0.0, 1.0];
    let mut and = neuron(&[0.0, 0.0], 0.0);
    for _ in 0..20 {
        for (corner, target) in CORNERS.iter().zip(wanted) {
            correct(&mut and, corner, target);
            assert!(
                and.weights.len() == 2,
                "the neuron had two weights; after a correction it has {:?}",
                and.weights
            );
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
