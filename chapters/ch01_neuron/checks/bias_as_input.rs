use nn::{Activation, Neuron};

use crate::bias_as_input::{with_one, without_bias};

#[test]
fn nothing_changes_but_the_shape() {
    let neuron = Neuron::new(&[0.5, -2.0, 0.25], -1.5, Activation::Sigmoid);
    let other = without_bias(&neuron);
    assert_eq!(other.bias, 0.0, "the new neuron has no bias left");
    assert_eq!(other.weights.len(), 4, "it has one weight more");
    for row in [[0.0, 0.0, 0.0], [1.0, 2.0, 3.0], [-4.0, 0.5, 8.0]] {
        let longer = with_one(&row);
        assert_eq!(longer.len(), 4, "a row has one input more");
        assert_eq!(longer[..3], row, "the inputs keep their places");
        let (before, after) = (neuron.output(&row), other.output(&longer));
        assert!(
            (before - after).abs() < 1e-12,
            "{row:?} gave {before}, and now gives {after}"
        );
    }
}
