use ch01_neuron::corners::CORNERS;
use nn::Neuron;

fn face(gate: &str, neuron: Neuron, wanted: [f64; 4]) {
    for (corner, wanted) in CORNERS.iter().zip(wanted) {
        let (sum, said) = (neuron.weighted_sum(corner), neuron.output(corner));
        assert_eq!(
            said, wanted,
            "{gate} of {corner:?}: the weighted sum is {sum}, so it says {said}"
        );
    }
}

#[test]
fn nor() {
    face("NOR", crate::gate_weights::nor(), [1.0, 0.0, 0.0, 0.0]);
}

#[test]
fn first_but_not_second() {
    let neuron = crate::gate_weights::first_but_not_second();
    face("x₁ and not x₂", neuron, [0.0, 0.0, 1.0, 0.0]);
}
