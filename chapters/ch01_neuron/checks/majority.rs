use nn::Activation;

use super::majority;

#[test]
fn two_votes_or_three_are_enough() {
    let neuron = majority();
    assert!(
        neuron.activation == Activation::Threshold,
        "the neuron must keep its threshold, but its bend is {}",
        neuron.activation.name()
    );
    assert!(
        neuron.weights.len() == 3,
        "three friends vote, so three weights are needed, but there are {:?}",
        neuron.weights
    );
    for votes in 0..8_u8 {
        let row = [votes & 1, (votes >> 1) & 1, (votes >> 2) & 1].map(f64::from);
        let wanted = f64::from(row.iter().sum::<f64>() >= 2.0);
        let (sum, said) = (neuron.weighted_sum(&row), neuron.output(&row));
        let side = if wanted == 1.0 { "reach zero" } else { "stay below zero" };
        assert!(
            said == wanted,
            "{row:?} should give {wanted}. The weighted sum is {sum}, so the neuron says {said}; here the sum \
             must {side}"
        );
    }
}
