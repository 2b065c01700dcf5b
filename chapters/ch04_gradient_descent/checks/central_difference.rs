use std::cell::Cell;

use super::central_difference;

#[test]
fn a_parabola_is_measured_without_error() {
    let slope = central_difference(|x| x * x, 3.0, 0.5);
    assert!(
        (slope - 12.0).abs() > 1e-9,
        "the slope of x² at 3 came out as 12, twice too steep: the two places lie 2h apart"
    );
    assert!(
        (slope - 6.0).abs() < 1e-9,
        "the slope of x² at 3 is 6, even for h = 0.5, but came out as {slope}"
    );
}

#[test]
fn the_error_falls_with_the_square_of_h() {
    // The slope of x³ at 1 is 3; the central difference gives 3 + h².
    for h in [0.1, 0.01] {
        let slope = central_difference(|x| x * x * x, 1.0, h);
        let wanted = 3.0 + h * h;
        assert!(
            (slope - wanted).abs() < 1e-9,
            "the central difference of x³ at 1 with h = {h} is {wanted}, but came out as {slope}; \
             3 + 3h + h² would be the forward difference"
        );
    }
}

#[test]
fn two_evaluations_are_enough() {
    let evaluations = Cell::new(0);
    central_difference(
        |x| {
            evaluations.set(evaluations.get() + 1);
            x
        },
        0.0,
        0.1,
    );
    assert_eq!(evaluations.get(), 2, "f should be evaluated twice");
}
