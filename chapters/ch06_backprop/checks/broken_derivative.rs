use nn::math::tanh;

use super::{cost, gradient, suspects};

#[allow(dead_code)] // `agree` would name the place, and finding it is the exercise
#[path = "shaking.rs"]
mod shaking;
use shaking::differences;

const PARAMETERS: [f64; 7] = [0.9, -0.6, 0.1, 0.4, 1.2, -0.8, 0.3];
const OTHERS: [f64; 7] = [-0.3, 1.1, 0.2, -0.5, 0.7, 0.6, -1.0];

/// ½ (ŷ − y)² of the network of the exercise, once more.
fn true_cost(p: &[f64]) -> f64 {
    let answer = p[4] * tanh(0.7 * p[0] + p[2]) + p[5] * tanh(0.7 * p[1] + p[3]) + p[6];
    0.5 * (answer + 0.4) * (answer + 0.4)
}

/// A cost of three parameters, with the slopes 3, 8 p₁ and −5 p₂.
fn another_cost(p: &[f64]) -> f64 {
    3.0 * p[0] + 4.0 * p[1] * p[1] - 2.5 * p[2] * p[2]
}

fn face(cost: fn(&[f64]) -> f64, parameters: &[f64], gradient: &[f64], wanted: &[usize]) {
    let said = suspects(cost, parameters, gradient);
    assert!(
        said == wanted,
        "of the slopes {gradient:?} those at the places {wanted:?} were wrong, but you suspect {said:?}"
    );
}

#[test]
fn the_check_finds_what_is_wrong_and_nothing_else() {
    let right = differences(true_cost, &PARAMETERS);
    let said = suspects(true_cost, &PARAMETERS, &right);
    assert!(
        said.is_empty(),
        "all slopes were right, but you suspect {said:?}; a difference to one side only is not exact enough"
    );
    for place in 0..PARAMETERS.len() {
        for by in [0.01, -0.01, 1e-5, -1e-5] {
            let mut wrong = right.clone();
            wrong[place] += by;
            let said = suspects(true_cost, &PARAMETERS, &wrong);
            assert!(
                said == [place],
                "slope {place} was wrong by {by}, but you suspect {said:?}"
            );
        }
    }
}

#[test]
fn several_mistakes_are_all_found() {
    let mut wrong = differences(true_cost, &PARAMETERS);
    wrong[1] = 0.0;
    wrong[5] *= -1.0;
    face(true_cost, &PARAMETERS, &wrong, &[1, 5]);
    face(true_cost, &PARAMETERS, &[9.0; 7], &[0, 1, 2, 3, 4, 5, 6]);
}

#[test]
fn what_is_no_number_is_wrong() {
    let mut wrong = differences(true_cost, &PARAMETERS);
    wrong[3] = f64::NAN;
    let said = suspects(true_cost, &PARAMETERS, &wrong);
    assert!(
        said == [3],
        "slope 3 was NaN, but you suspect {said:?}; NaN > 10⁻⁶ is false, and so is NaN ≤ 10⁻⁶"
    );
}

#[test]
fn any_cost_can_be_checked_anywhere() {
    face(another_cost, &[0.5, 1.0, -2.0], &[3.0, 8.0, 10.0], &[]);
    face(another_cost, &[0.5, 1.0, -2.0], &[3.0, 8.0, -10.0], &[2]);
    face(another_cost, &[0.5, -1.0, 0.0], &[3.1, -8.0, 0.0], &[0]);
}

#[test]
fn the_gradient_is_mended() {
    for parameters in [PARAMETERS, OTHERS] {
        let (yours, wanted) = (cost(&parameters), true_cost(&parameters));
        assert!(
            (yours - wanted).abs() < 1e-12,
            "the cost is right and should stay: at {parameters:?} it is {wanted}, but now yours is {yours}"
        );
        let (found, measured) =
            (gradient(&parameters), differences(true_cost, &parameters));
        assert!(
            found.len() == 7,
            "seven parameters have seven slopes, but {} came: {found:?}",
            found.len()
        );
        assert!(
            found.iter().zip(&measured).all(|(a, b)| (a - b).abs() < 1e-6),
            "one of the slopes is still wrong; ask your `suspects` which one it is"
        );
    }
}
