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
