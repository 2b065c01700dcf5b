use ch01_neuron::corners::CORNERS;
use nn::Neuron;

fn face(gate: &str, neuron: Neuron, wanted: [f64; 4]) {
    for (corner, wanted) in CORNERS.iter().zip(wanted) {
        let (sum, said) = (neuron.weighted_sum(corner), neuron.output(corner));
        let side = if wanted == 1.0 { "reach zero" } else { "stay below zero" };
        assert!(
            said == wanted,
            "{gate} of {corner:?} should be {wanted}. The weighted sum is {sum}, so the neuron \
             says {said}; here the sum must {side}"
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
