use std::cell::Cell;

use super::backtrack;

/// Halving 100 so often leads below anything that an exercise asks for.
const ENOUGH: usize = 200;

fn parabola(x: &[f64]) -> f64 {
    x[0] * x[0]
}

fn valley(x: &[f64]) -> f64 {
    x[0] * x[0] + 20.0 * x[1] * x[1]
}

/// The chosen rate; stops a search that does not end.
fn chosen(cost: fn(&[f64]) -> f64, x: &[f64], gradient: &[f64], first: f64) -> f64 {
    let asked = Cell::new(0);
    let counted = |place: &[f64]| {
        asked.set(asked.get() + 1);
        assert!(
            asked.get() <= ENOUGH,
            "from {x:?}, with the first rate {first}, the search does not end: the cost has been asked for \
             {ENOUGH} times. Is the promise computed anew for each rate, and does each try begin at x?"
        );
        assert!(
            place.len() == x.len(),
            "a step from {x:?} should lead to a place of as many numbers, but leads to {place:?}"
        );
        cost(place)
    };
    backtrack(counted, x, gradient, first)
}

#[test]
fn a_good_rate_is_kept() {
    for first in [0.25, 0.1] {
        let rate = chosen(parabola, &[10.0], &[20.0], first);
        assert!(
            rate == first,
            "on x² a rate of {first} keeps its promise, so it should be kept, but {rate} came"
        );
    }
}

#[test]
fn a_large_rate_is_halved_until_it_keeps_half_of_the_promise() {
    // On x² the cost falls by η(1 − η) times the squared slope: at least half of the promise from η = ½ on.
    for first in [4.0, 0.5] {
        let rate = chosen(parabola, &[10.0], &[20.0], first);
        assert!(
            rate != 1.0,
            "a rate of 1 on x² leads to −10, where the cost is as high as before"
        );
        assert!(
            rate == 0.5,
            "on x², from {first}, the first rate that keeps half of its promise is 0.5, which keeps it to the \
             digit; yours is {rate}"
        );
    }
}

#[test]
fn a_step_that_only_helps_a_little_is_not_enough() {
    // A rate of 0.75 ends at −5: the cost falls by 75, but 300 was promised.
    let rate = chosen(parabola, &[10.0], &[20.0], 0.75);
    assert!(
        rate == 0.375,
        "0.75 lowers the cost from 100 to 25, a quarter of its promise of 300; half of 0.75 would do, but \
         yours is {rate}"
    );
}

#[test]
fn the_search_goes_on_however_far_the_rate_must_fall() {
    // On 2⁴⁰ x² half of the promise is kept from η = 2⁻⁴¹ on, and a step from 1 then ends at 0.
    const STEEP: f64 = (1_u64 << 40) as f64;
    let wanted = 0.5 / STEEP;
    for first in [1.0, 524_288.0] {
        let rate = chosen(|x| STEEP * x[0] * x[0], &[1.0], &[2.0 * STEEP], first);
        assert!(
            rate == wanted,
            "on 2⁴⁰ x², from 1 and the first rate {first}, the first rate that keeps half of its promise is \
             2⁻⁴¹ = {wanted:e}, but yours is {rate:e}; no number of halvings is too many"
        );
    }
}

#[test]
fn all_slopes_belong_to_the_promise() {
    // At (1, 1) the promise is (2² + 40²) η. At 1/32 the cost falls by 18.9 of 50.1, at 1/64 by 17.3 of 25.1.
    let rate = chosen(valley, &[1.0, 1.0], &[2.0, 40.0], 1.0);
    assert!(
        rate == 1.0 / 64.0,
        "on x² + 20 y², from (1, 1) and 1, the first rate that keeps half of its promise is 1/64 = 0.015625, \
         but yours is {rate}"
    );
}

#[test]
fn it_brings_descent_down_a_narrow_valley_at_any_first_rate() {
    let mut x = [-5.0, -2.0];
    for _ in 0..300 {
        let gradient = [2.0 * x[0], 40.0 * x[1]];
        let rate = chosen(valley, &x, &gradient, 100.0);
        x = [x[0] - rate * gradient[0], x[1] - rate * gradient[1]];
    }
    let cost = valley(&x);
    assert!(
        cost < 1e-6,
        "after 300 steps with backtracking the cost should be below a millionth, but is {cost}"
    );
}
