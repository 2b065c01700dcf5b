use nn::{Activation, Neuron};

use super::{with_one, without_bias};

fn face(neuron: &Neuron) {
    let other = without_bias(neuron);
    assert!(
        other.bias == 0.0,
        "the new neuron should have a bias of 0, but has {}",
        other.bias
    );
    assert!(
        other.weights.len() == 4,
        "three weights and a bias should become 4 weights, but there are {}",
        other.weights.len()
    );
    assert!(
        other.activation == neuron.activation,
        "the activation should stay {}, but is {}",
        neuron.activation.name(),
        other.activation.name()
    );
    for row in [[0.0, 0.0, 0.0], [1.0, 2.0, 3.0], [-4.0, 0.5, 8.0]] {
        let longer = with_one(&row);
        assert!(
            longer.len() == 4 && longer[..3] == row,
            "{row:?} should keep its places and get one input more at its end, but became {longer:?}"
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
    face(&Neuron::new(&[0.5, -2.0, 0.25], -1.5, Activation::Sigmoid));
}

#[test]
fn a_neuron_without_a_bend_does_too() {
    face(&Neuron::new(&[3.0, 1.0, -1.0], 7.0, Activation::Identity));
}
