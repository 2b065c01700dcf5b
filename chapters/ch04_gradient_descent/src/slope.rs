//! On the simplest valley there is, the learning rate alone decides between creeping, arriving, bouncing and flying off.

pub(crate) mod shown;

pub use shown::DESCENT;

use nn::{GradientDescent, descend};

/// Where every descent starts.
pub const START: f64 = 10.0;
/// How many steps it makes.
pub const STEPS: usize = 10;

/// The learning rates, with what becomes of them.
pub const RATES: [(f64, &str); 4] =
    [(0.05, "creeping"), (0.2, "good"), (1.0, "bouncing"), (1.1, "diverging")];

/// The rate that needs a single step.
pub const PERFECT: f64 = 0.5;

/// How many steps the figure shows.
pub const SHOWN: usize = 5;

/// The valley.
pub fn parabola(x: f64) -> f64 {
    x * x
}

/// Its slope.
pub fn parabola_slope(x: f64) -> f64 {
    2.0 * x
}

/// Ten steps down the parabola: the x of each place, the start among them.
pub fn roll(rate: f64) -> Vec<f64> {
    roll_from(START, rate, STEPS, parabola_slope)
}

/// So many steps from anywhere down a curve with this slope.
pub fn roll_from(
    start: f64,
    rate: f64,
    steps: usize,
    slope: impl Fn(f64) -> f64,
) -> Vec<f64> {
    let slope = |x: &[f64], g: &mut [f64]| g[0] = slope(x[0]);
    let path = descend(GradientDescent, rate, &[start], steps, slope);
    path.iter().map(|place| place[0]).collect()
}

/// What every step multiplies x by: x − η · 2x.
pub fn factor(rate: f64) -> f64 {
    1.0 - 2.0 * rate
}

/// How fast the parabola's slope changes.
pub const CURVATURE: f64 = 2.0;

/// What becomes in the long run of a descent whose every step multiplies x by this.
pub fn fate(factor: f64) -> &'static str {
    let size = factor.abs();
    match factor {
        _ if (size - 1.0).abs() < 1e-9 => "jumps to and fro for ever",
        _ if size > 1.0 => "flies off",
        _ if size < 1e-9 => "arrives in one step",
        _ if factor < 0.0 => "arrives, from side to side",
        _ => "arrives, from one side",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As printed in the first edition of Dive into Deep Learning, to the last digit of a double.
    #[test]
    fn the_published_ends_come_out() {
        for (rate, published) in [
            (0.2, 0.060_466_175_999_999_97),
            (0.05, 3.486_784_400_999_999_5),
            (1.1, 61.917_364_224_000_096),
        ] {
            let apart = (roll(rate)[STEPS] / published - 1.0).abs();
            assert!(apart < 1e-14, "rate {rate}: {apart} from {published}");
        }
    }

    #[test]
    fn every_step_multiplies_by_the_same_factor() {
        for (rate, _) in RATES {
            for pair in roll(rate).windows(2) {
                let expected = factor(rate) * pair[0];
                assert!((pair[1] - expected).abs() < 1e-12 * pair[0].abs(), "{rate}");
            }
        }
    }

    #[test]
    fn whether_a_descent_arrives_is_decided_at_two_over_the_curvature() {
        for curvature in [1.0, 1.25, 2.0, 3.0] {
            let end = |rate| {
                let path = roll_from(START, rate, 400, |x| curvature * x);
                path[400].abs()
            };
            let limit = 2.0 / curvature;
            for (rate, arrives) in [(0.95 * limit, true), (1.05 * limit, false)] {
                let fate = fate(1.0 - rate * curvature);
                assert_eq!(fate.starts_with("arrives"), arrives, "{curvature} {rate}");
                assert_eq!(end(rate) < 1e-6, arrives, "{curvature} {rate}");
            }
        }
        assert_eq!(fate(factor(1.0)), "jumps to and fro for ever");
        assert_eq!(fate(factor(PERFECT)), "arrives in one step");
    }

    #[test]
    fn a_rate_of_one_goes_back_and_forth_for_ever_and_one_half_arrives_at_once() {
        assert!(
            roll(1.0)
                .iter()
                .enumerate()
                .all(|(step, x)| { *x == if step % 2 == 0 { START } else { -START } })
        );
        assert_eq!(roll(PERFECT)[1], 0.0);
    }
}
