use ch01_neuron::corners::CORNERS;
use nn::{Activation, Neuron};

fn face(gate: &str, neuron: Neuron, wanted: [f64; 4]) {
    assert!(
        neuron.activation == Activation::Threshold,
        "{gate} must keep its threshold, but its bend is {}",
        neuron.activation.name()
    );
    assert!(
        neuron.weights.len() == 2,
        "{gate} has two inputs, so it needs two weights, but has {:?}",
        neuron.weights
    );
    for (corner, wanted) in CORNERS.iter().zip(wanted) {
        let (sum, said) = (neuron.weighted_sum(corner), neuron.output(corner));
        let side = if wanted == 1.0 { "reach zero" } else { "stay below zero" };
        assert!(
            said == wanted,
            "{gate} of {corner:?} should be {wanted}. The weighted sum is {sum}, so the neuron \
             says {said}; here the sum must {side}"
        );
    }
    for number in neuron.weights.iter().chain([&neuron.bias]) {
        assert!(
            number.fract() == 0.0,
            "{gate} works, but {number} is not a whole number. A sum of exactly zero is a yes"
        );
    }
}

#[test]
fn nor() {
    face("NOR", super::nor(), [1.0, 0.0, 0.0, 0.0]);
}

#[test]
fn first_but_not_second() {
    face("x₁ and not x₂", super::first_but_not_second(), [0.0, 0.0, 1.0, 0.0]);
}
