use super::backtrack;

fn parabola(x: &[f64]) -> f64 {
    x[0] * x[0]
}

fn valley(x: &[f64]) -> f64 {
    x[0] * x[0] + 20.0 * x[1] * x[1]
}

#[test]
fn a_good_rate_is_kept() {
    let rate = backtrack(parabola, &[10.0], &[20.0], 0.25);
    assert_eq!(
        rate, 0.25,
        "on x² a rate of 0.25 keeps its promise, so it should be kept"
    );
}

#[test]
fn a_large_rate_is_halved_until_it_keeps_half_of_the_promise() {
    // On x² the cost falls by η(1 − η) times the squared slope: at least half of the promise from η = ½ on.
    let rate = backtrack(parabola, &[10.0], &[20.0], 4.0);
    assert!(
        rate != 1.0,
        "a rate of 1 on x² leads to −10, where the cost is as high as before"
    );
    assert_eq!(
        rate, 0.5,
        "on x², from 4, the first rate that keeps half of its promise is 0.5"
    );
}

#[test]
fn a_step_that_only_helps_a_little_is_not_enough() {
    // A rate of 0.75 ends at −5: the cost falls by 75, but 300 was promised.
    let rate = backtrack(parabola, &[10.0], &[20.0], 0.75);
    assert_eq!(
        rate, 0.375,
        "0.75 lowers the cost from 100 to 25, a quarter of its promise of 300"
    );
}

#[test]
fn it_brings_descent_down_a_narrow_valley_at_any_first_rate() {
    let mut x = [-5.0, -2.0];
    for _ in 0..300 {
        let gradient = [2.0 * x[0], 40.0 * x[1]];
        let rate = backtrack(valley, &x, &gradient, 100.0);
        x = [x[0] - rate * gradient[0], x[1] - rate * gradient[1]];
    }
    let cost = valley(&x);
    assert!(
        cost < 1e-6,
        "after 300 steps with backtracking the cost should be below a millionth, but is {cost}"
    );
}
