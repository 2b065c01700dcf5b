use super::weighted_sum;

#[test]
fn two_inputs() {
    let sum = weighted_sum(&[2.0, -1.0], &[3.0, 4.0], 10.0);
    assert!(sum == 12.0, "2·3 − 1·4 + 10 should be 12, but came as {sum}");
}

#[test]
fn the_bias_counts_once() {
    let sum = weighted_sum(&[1.0, 1.0, 1.0], &[0.0, 0.0, 0.0], -2.5);
    assert!(
        sum == -2.5,
        "with all inputs at zero, only the bias of -2.5 should be left, but {sum} came"
    );
}

#[test]
fn the_student_of_the_page() {
    let sum = weighted_sum(&[0.05, 0.10, 0.04], &[12.0, 6.0, 78.0], -4.0);
    assert!(
        (sum - 0.32).abs() < 1e-12,
        "the first student's weighted sum is 0.32, not {sum}"
    );
}

#[test]
fn every_input_counts_however_many_there_are() {
    // Each input leaves its own digit in the sum.
    let (weights, inputs) = ([1e4, 1e3, 100.0, 10.0, 1.0], [5.0, 4.0, 3.0, 2.0, 1.0]);
    for (count, wanted) in [(0, 0.5), (1, 50_000.5), (4, 54_320.5), (5, 54_321.5)] {
        let (weights, inputs) = (&weights[..count], &inputs[..count]);
        let sum = weighted_sum(weights, inputs, 0.5);
        assert!(
            sum == wanted,
            "inputs {inputs:?} with weights {weights:?} and a bias of 0.5 should give {wanted}, but gave {sum}"
        );
    }
}
