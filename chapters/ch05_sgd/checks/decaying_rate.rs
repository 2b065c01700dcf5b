use nn::random::normal;
use nn::seeded;

use super::rate;

#[test]
fn it_begins_at_the_first_rate_and_halves_in_time() {
    for (first, half) in [(0.1, 100.0), (2.0, 8.0)] {
        let (at_first, later) = (rate(first, half, 0), rate(first, half, half as usize));
        assert!(
            at_first == first,
            "update 0 should use the rate {first}, but uses {at_first}"
        );
        assert!(
            (later - first / 2.0).abs() < 1e-12,
            "after {half} updates the rate should be half of {first}, but is {later}"
        );
    }
}

#[test]
fn in_the_end_it_falls_like_one_over_t() {
    let [early, late] = [10_000, 20_000].map(|update| rate(0.1, 100.0, update));
    let (wanted_early, wanted_late) = (0.1 / 101.0, 0.1 / 201.0);
    assert!(
        (early / wanted_early - 1.0).abs() < 1e-9
            && (late / wanted_late - 1.0).abs() < 1e-9,
        "with first = 0.1 and half = 100, updates 10,000 and 20,000 should have the rates \
         {wanted_early:e} and {wanted_late:e}, but have {early:e} and {late:e}; a rate halved \
         again and again would be far smaller"
    );
}

#[test]
fn the_divisor_grows_evenly() {
    for (half, update, divisor) in [
        (100.0, 25, 1.25),
        (100.0, 50, 1.5),
        (100.0, 150, 2.5),
        (2.5, 1, 1.4),
        (0.5, 3, 7.0),
    ] {
        let found = 0.1 / rate(0.1, half, update);
        assert!(
            (found - divisor).abs() < 1e-9,
            "with half = {half}, update {update} should divide by {divisor}, but divides by {found}"
        );
    }
}

#[test]
fn with_it_a_noisy_descent_comes_closer() {
    // The slope of ½x² with noise: at a constant rate x keeps shaking.
    let end = |rate: &dyn Fn(usize) -> f64| {
        let (rng, mut x, mut squares) = (&mut seeded(5), 10.0, 0.0);
        for update in 0..20_000 {
            x -= rate(update) * (x + normal(rng));
            squares += if update < 10_000 { 0.0 } else { x * x };
        }
        (squares / 10_000.0_f64).sqrt()
    };
    let (constant, decaying) = (end(&|_| 0.5), end(&|update| rate(0.5, 100.0, update)));
    assert!(
        decaying < constant / 10.0,
        "the constant rate hovers at {constant}, the decaying one should be far below: {decaying}"
    );
}
