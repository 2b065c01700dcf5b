use nn::math::normal;
use nn::seeded;

use crate::decaying_rate::rate;

#[test]
fn it_begins_at_the_first_rate_and_halves_in_time() {
    for (first, half) in [(0.1, 100.0), (2.0, 8.0)] {
        let (at_first, later) = (rate(first, half, 0), rate(first, half, half as usize));
        assert_eq!(at_first, first, "update 0 should use the first rate");
        assert_eq!(
            later,
            first / 2.0,
            "after {half} updates half of the rate should be left"
        );
    }
}

#[test]
fn in_the_end_it_falls_like_one_over_t() {
    let ratio = rate(0.1, 100.0, 1_000_000) / rate(0.1, 100.0, 2_000_000);
    assert!(
        (ratio - 2.0).abs() < 1e-3,
        "twice as many updates later the rate should be half as large, but {ratio} times lies between"
    );
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
