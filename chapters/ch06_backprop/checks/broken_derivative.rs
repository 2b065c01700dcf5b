#[allow(dead_code)] // `agree`
#[path = "shaking.rs"]
mod shaking;
use super::{cost, gradient, suspects};
use shaking::differences;

const PARAMETERS: [f64; 7] = [0.9, -0.6, 0.1, 0.4, 1.2, -0.8, 0.3];

#[test]
fn the_check_finds_what_is_wrong_and_nothing_else() {
    let right = differences(cost, &PARAMETERS);
    let said = suspects(cost, &PARAMETERS, &right);
    assert!(
        said.is_empty(),
        "all slopes were right, but you suspect {said:?}; a difference to one side only is not exact enough"
    );
    for place in 0..PARAMETERS.len() {
        let mut wrong = right.clone();
        wrong[place] += 0.01;
        let said = suspects(cost, &PARAMETERS, &wrong);
        assert_eq!(
            said,
            [place],
            "slope {place} was wrong by 0.01, but you suspect {said:?}"
        );
    }
}

#[test]
fn several_mistakes_are_all_found() {
    let mut wrong = differences(cost, &PARAMETERS);
    wrong[1] = 0.0;
    wrong[5] *= -1.0;
    let said = suspects(cost, &PARAMETERS, &wrong);
    assert_eq!(said, [1, 5], "slopes 1 and 5 were wrong, but you suspect {said:?}");
}

#[test]
fn the_gradient_is_mended() {
    let (found, measured) = (gradient(&PARAMETERS), differences(cost, &PARAMETERS));
    let apart =
        found.iter().zip(&measured).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
    assert!(
        apart < 1e-6,
        "one of the slopes is still off by {apart:.0e}; ask your `suspects` which one it is"
    );
}
