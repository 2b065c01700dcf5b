use crate::weighted_sum::weighted_sum;

#[test]
fn two_inputs() {
    let sum = weighted_sum(&[2.0, -1.0], &[3.0, 4.0], 10.0);
    assert_eq!(sum, 12.0, "2·3 − 1·4 + 10 is 12");
}

#[test]
fn the_bias_counts_once() {
    let sum = weighted_sum(&[1.0, 1.0, 1.0], &[0.0, 0.0, 0.0], -2.5);
    assert_eq!(sum, -2.5, "with all inputs at zero, only the bias is left");
}

#[test]
fn the_student_of_the_page() {
    let sum = weighted_sum(&[0.05, 0.10, 0.04], &[12.0, 6.0, 78.0], -4.0);
    assert!(
        (sum - 0.32).abs() < 1e-12,
        "the first student's weighted sum is 0.32, not {sum}"
    );
}
