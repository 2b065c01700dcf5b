//! A cost with hills and valleys, made of thirty rows, on which `stuck` and `noise` walk.
//!
//! The model with its constants, the true numbers and the map are those of the Gabor model in Simon J. D.
//! Prince, "Understanding Deep Learning" (MIT Press, 2023), chapter 6. The thirty rows are drawn here.

mod lanes;
mod minimum;

use std::ops::RangeInclusive;

use nn::math::{exp, sin, sin_cos};
use nn::random::normal;
use nn::seeded;
use rand::{Rng, RngExt};

pub use lanes::Lanes;
pub(crate) use minimum::settle_in_lockstep;
pub use minimum::{End, How, Minimum, STEPS, settle};

/// How many rows there are.
pub const ROWS: usize = 30;

/// The numbers with which the answers of the rows were made.
pub const TRUTH: Place = Place { s: 0.0, k: 16.6 };

/// How far the answers stray from that: a standard deviation.
pub const STRAY: f64 = 0.3;

/// How much k squeezes the wave, per unit of k and x.
pub const SQUEEZE: f64 = 0.06;

/// How slowly the wave fades away: the larger, the more of its swings can be seen.
pub const FADE: f64 = 32.0;

/// The map on which walks start: its shifts.
pub const MAP_S: RangeInclusive<f64> = -10.0..=10.0;

/// And its squeezes.
pub const MAP_K: RangeInclusive<f64> = 2.5..=22.5;

/// A place on the landscape: the two numbers to learn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    /// Moves the wave to the side.
    pub s: f64,
    /// Squeezes it.
    pub k: f64,
}

impl Place {
    /// Somewhere on the map.
    pub fn random(rng: &mut impl Rng) -> Place {
        Place { s: rng.random_range(MAP_S), k: rng.random_range(MAP_K) }
    }

    /// How far it is to another place.
    pub fn distance(self, other: Place) -> f64 {
        let (s, k) = (self.s - other.s, self.k - other.k);
        (s * s + k * k).sqrt()
    }

    /// The place as a point of the map.
    pub fn point(self) -> (f64, f64) {
        (self.s, self.k)
    }

    /// Far off the map: more than a quarter of its side beyond an edge.
    pub fn is_lost(self) -> bool {
        let off = |value: f64, side: RangeInclusive<f64>| {
            let margin = 0.25 * (side.end() - side.start());
            value < side.start() - margin || value > side.end() + margin
        };
        off(self.s, MAP_S) || off(self.k, MAP_K)
    }
}

/// One row: an input and the answer that we want.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Row {
    /// The input.
    pub x: f64,
    /// The target.
    pub y: f64,
}

/// What the model answers: a wave in u that fades away on both sides.
pub fn answer(at: Place, x: f64) -> f64 {
    let u = at.s + SQUEEZE * at.k * x;
    sin(u) * exp(-u * u / FADE)
}

/// The slope of one row's cost, ½(answer − y)², along s and along k.
pub fn slope(at: Place, row: Row) -> Place {
    let u = at.s + SQUEEZE * at.k * row.x;
    let (sine, cosine) = sin_cos(u);
    chained(row, Wave { u, fade: exp(-u * u / FADE), sine, cosine })
}

/// What the answer to a row is made of, at some place.
struct Wave {
    u: f64,
    fade: f64,
    sine: f64,
    cosine: f64,
}

/// The chain rule: from the row's error to the slope along u, and from there to both numbers.
fn chained(row: Row, Wave { u, fade, sine, cosine }: Wave) -> Place {
    let error = sine * fade - row.y;
    let along_u = error * (cosine - 2.0 * sine * u / FADE) * fade;
    Place { s: along_u, k: along_u * SQUEEZE * row.x }
}

/// The mean cost of some rows.
pub fn cost(at: Place, rows: &[Row]) -> f64 {
    let squares = rows.iter().map(|row| {
        let error = answer(at, row.x) - row.y;
        0.5 * error * error
    });
    squares.sum::<f64>() / rows.len() as f64
}

/// One step against the mean slope of some rows: all, a few, or one.
pub fn step(at: Place, rows: &[Row], rate: f64) -> Place {
    let (mut s, mut k) = (0.0, 0.0);
    for row in rows {
        let one = slope(at, *row);
        s += one.s;
        k += one.k;
    }
    let share = rate / rows.len() as f64;
    Place { s: at.s - share * s, k: at.k - share * k }
}

/// The thirty rows. They are the same for every `--seed`: the landscape is given, the walks are random.
pub fn rows() -> Vec<Row> {
    other_rows(5)
}

/// Thirty other rows, drawn in the same way.
pub fn other_rows(seed: u64) -> Vec<Row> {
    let rng = &mut seeded(seed);
    let mut row = || {
        let x = rng.random_range(-15.0..15.0);
        Row { x, y: answer(TRUTH, x) + STRAY * normal(rng) }
    };
    (0..ROWS).map(|_| row()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slopes_are_the_limit_of_differences() {
        let (rng, h) = (&mut seeded(1), 1e-6);
        for row in rows() {
            let at = Place::random(rng);
            let difference = |ds: f64, dk: f64| {
                let [up, down] = [1.0, -1.0].map(|way| {
                    cost(Place { s: at.s + way * ds, k: at.k + way * dk }, &[row])
                });
                (up - down) / (2.0 * h)
            };
            let slope = slope(at, row);
            assert!((slope.s - difference(h, 0.0)).abs() < 1e-8, "{at:?} {row:?}");
            assert!((slope.k - difference(0.0, h)).abs() < 1e-8, "{at:?} {row:?}");
        }
    }

    #[test]
    fn a_step_on_all_rows_is_the_mean_of_the_steps_on_each() {
        let (rows, at) = (rows(), Place { s: 2.0, k: 9.0 });
        let all = step(at, &rows, 1.0);
        let alone: Vec<Place> = rows.iter().map(|row| step(at, &[*row], 1.0)).collect();
        let mean =
            |of: fn(&Place) -> f64| alone.iter().map(of).sum::<f64>() / ROWS as f64;
        let mean = Place { s: mean(|place| place.s), k: mean(|place| place.k) };
        assert!(all.distance(mean) < 1e-12);
    }
}
