use super::majority;

#[test]
fn two_votes_or_three_are_enough() {
    let neuron = majority();
    for votes in 0..8_u8 {
        let row = [votes & 1, (votes >> 1) & 1, (votes >> 2) & 1].map(f64::from);
        let wanted = f64::from(row.iter().sum::<f64>() >= 2.0);
        let (sum, said) = (neuron.weighted_sum(&row), neuron.output(&row));
        assert!(
            said == wanted,
            "{row:?} should give {wanted}. The weighted sum is {sum}, so the neuron says {said}"
        );
    }
}
