use nn::{Activation, Neuron};

use super::{with_one, without_bias};

const WEIGHTS: [f64; 4] = [0.5, -2.0, 0.25, 3.0];
const ROWS: [[f64; 4]; 3] =
    [[0.0, 0.0, 0.0, 0.0], [1.0, 2.0, 3.0, -1.0], [-4.0, 0.5, 8.0, 0.25]];

/// Compares a neuron that has so many inputs with the one that is made of it.
fn face(inputs: usize, bias: f64, activation: Activation) {
    let neuron = Neuron::new(&WEIGHTS[..inputs], bias, activation);
    let other = without_bias(&neuron);
    assert!(
        other.bias == 0.0,
        "the new neuron should have a bias of 0, but has {}",
        other.bias
    );
    let wanted = [&neuron.weights[..], &[bias]].concat();
    assert!(
        other.weights == wanted,
        "the weights {:?} and the bias {bias} should become the weights {wanted:?}, but became {:?}",
        neuron.weights,
        other.weights
    );
    assert!(
        other.activation == activation,
        "the activation should stay {}, but is {}",
        activation.name(),
        other.activation.name()
    );
    for row in ROWS.map(|row| row[..inputs].to_vec()) {
        let (longer, wanted) = (with_one(&row), [&row[..], &[1.0]].concat());
        assert!(
            longer == wanted,
            "{row:?} should keep its places and get a 1 at its end, {wanted:?}, but became {longer:?}"
        );
        let (before, after) = (neuron.output(&row), other.output(&longer));
        assert!(
            (before - after).abs() < 1e-12,
            "{row:?} gave {before}, and now gives {after}"
        );
    }
}

#[test]
fn a_sigmoid_says_the_same_as_before() {
    face(3, -1.5, Activation::Sigmoid);
}

#[test]
fn a_neuron_without_a_bend_does_too() {
    face(3, 7.0, Activation::Identity);
}

#[test]
fn a_neuron_may_have_any_number_of_inputs() {
    face(1, 0.5, Activation::Tanh);
    face(4, -0.25, Activation::Threshold);
}
