use std::cell::RefCell;

use super::central_difference;

#[test]
fn a_parabola_is_measured_without_error() {
    for (x, wanted) in [(3.0, 6.0), (0.0, 0.0), (-2.0, -4.0)] {
        let slope = central_difference(|x| x * x, x, 0.5);
        let twice = if wanted != 0.0 && (slope - 2.0 * wanted).abs() < 1e-9 {
            ", twice too steep: the two places lie 2h apart"
        } else {
            ""
        };
        assert!(
            (slope - wanted).abs() < 1e-9,
            "the slope of x² at {x} is {wanted}, even for h = 0.5, but came out as {slope}{twice}"
        );
    }
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
    let places = RefCell::new(Vec::new());
    central_difference(
        |x| {
            places.borrow_mut().push(x);
            x
        },
        2.0,
        0.25,
    );
    let mut places = places.into_inner();
    places.sort_by(f64::total_cmp);
    assert!(
        places == [1.75, 2.25],
        "at 2, with h = 0.25, f should be evaluated at 1.75 and 2.25, but was at {places:?}"
    );
}
