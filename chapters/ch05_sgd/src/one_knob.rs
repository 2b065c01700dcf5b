//! Batch size and rate are one knob: what counts is how far a row moves the weights, until a batch leaps too far.

mod live;
pub(crate) mod shown;

pub use live::TURNED;

use nn::seeded;
use rand::seq::SliceRandom;
use rayon::prelude::*;

use crate::convexity::{Row, Weights, cost, mean_slope, minimum, rows};

/// The batch sizes: all that eight students allow.
const SIZES: [usize; 8] = [1, 2, 3, 4, 5, 6, 7, 8];
/// The learning rates of the map, each √2 times the one before.
const RATES: [f64; 14] = [
    0.0125, 0.0177, 0.025, 0.0354, 0.05, 0.0707, 0.1, 0.141, 0.2, 0.283, 0.4, 0.566, 0.8,
    1.13,
];
/// The rate at which batch sizes are compared.
const ONE_RATE: f64 = 0.1;
/// How far a row moves the weights, rate over batch size, when that is compared.
const ONE_SHARE: f64 = 0.03;
/// How long each run goes on.
const EPOCHS: usize = 40;
/// How often each is repeated, in other orders of the rows.
const ORDERS: u64 = 400;

/// How much the rows of the last batch count, when the rows do not divide evenly.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Last {
    /// As much as all others.
    ByRow,
    /// Together as much as a whole batch.
    AsWhole,
}

/// One epoch, an update after every `batch` rows: each moves the weights by rate / batch against its slope.
pub fn epoch(w: &mut Weights, rows: &[Row], batch: usize, rate: f64, last: Last) {
    for few in rows.chunks(batch) {
        let share = match last {
            Last::ByRow => few.len() as f64 / batch as f64,
            Last::AsWhole => 1.0,
        };
        let mean = mean_slope(w, few);
        for (weight, slope) in w.iter_mut().zip(mean) {
            *weight -= rate * share * slope;
        }
    }
}

/// A kind of run: rows per update, the rate, and what the last batch counts.
#[derive(Clone, Copy, Debug)]
struct Kind {
    batch: usize,
    rate: f64,
    last: Last,
}

/// Where the runs of a kind end.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Ends {
    /// How far the cost lies above the lowest, on average.
    excess: f64,
    /// How far the runs stray from their mean: a standard deviation.
    deviation: f64,
}

impl Ends {
    fn of(costs: &[f64], lowest: f64) -> Ends {
        // Counted from the first, so that equal runs deviate by exactly nothing.
        let [count, first] = [costs.len() as f64, costs[0]];
        let mean = costs.iter().map(|cost| cost - first).sum::<f64>() / count;
        let strays = costs.iter().map(|cost| cost - first - mean);
        let squares: f64 = strays.map(|stray| stray * stray).sum();
        Ends { excess: first + mean - lowest, deviation: (squares / count).sqrt() }
    }
}

/// A run of one kind, each epoch in an order of its own; `after` sees the weights after each.
fn run(
    kind: Kind,
    students: &[Row],
    seed: u64,
    mut after: impl FnMut(&Weights),
) -> Weights {
    let (mut rows, rng) = (students.to_vec(), &mut seeded(seed));
    let mut w = [0.0; 4];
    for _ in 0..EPOCHS {
        rows.shuffle(rng);
        // However the rows of all are ordered, their mean is one: but for its rounding.
        let rows = if kind.batch < rows.len() { &rows } else { students };
        epoch(&mut w, rows, kind.batch, kind.rate, kind.last);
        after(&w);
    }
    w
}

/// The ends of many runs of one kind, from the same weights, in other orders.
fn repeat(kind: Kind, seed: u64) -> Ends {
    let students = rows();
    let end = |order| cost(&run(kind, &students, seed + order, |_| ()), &students);
    let costs: Vec<f64> = (0..ORDERS).map(end).collect();
    Ends::of(&costs, cost(&minimum(&students), &students))
}

/// The ends of each of many kinds.
fn repeat_all(kinds: &[Kind], seed: u64, repeated: &(impl Fn() + Sync)) -> Vec<Ends> {
    let ends = kinds.par_iter().map(|kind| repeat(*kind, seed));
    ends.inspect(|_| repeated()).collect()
}

/// The rate from which on some batch of this size leaps over its own minimum, farther each time: 2 over the
/// largest curvature of the mean cost of its rows, in any direction.
fn limit(batch: usize) -> f64 {
    let students = rows();
    let chosen =
        (1..1_u32 << students.len()).filter(|set| set.count_ones() == batch as u32);
    let curvatures = chosen.map(|set| {
        let few = students.iter().enumerate().filter(|(row, _)| set >> row & 1 == 1);
        largest_curvature(&few.map(|(_, row)| *row).collect::<Vec<_>>())
    });
    2.0 / curvatures.fold(0.0, f64::max)
}

/// The largest second derivative of the mean cost of some rows, of all directions, by repeated multiplication.
fn largest_curvature(rows: &[Row]) -> f64 {
    // Without its constant part, the slope is the curvature times the weights.
    let constant = mean_slope(&[0.0; 4], rows);
    let mut direction = [0.5, 0.6, 0.4, 0.5];
    let mut length = 0.0;
    for _ in 0..200 {
        let slope = mean_slope(&direction, rows);
        let curved = [0, 1, 2, 3].map(|i| slope[i] - constant[i]);
        length = curved.iter().map(|part| part * part).sum::<f64>().sqrt();
        direction = curved.map(|part| part / length);
    }
    length
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_whole_batch_moves_by_the_mean_slope_and_a_short_one_by_its_share() {
        let rows = rows();
        let start = [0.3, -0.2, 0.1, 0.4];
        let moved = |rows: &[Row], last| {
            let mut w = start;
            epoch(&mut w, rows, 8, 0.5, last);
            [0, 1, 2, 3].map(|i| start[i] - w[i])
        };
        let near = |one: Weights, other: Weights| {
            one.iter().zip(other).all(|(a, b)| (a - b).abs() < 1e-15)
        };
        let mean = mean_slope(&start, &rows);
        assert!(near(moved(&rows, Last::ByRow), mean.map(|slope| 0.5 * slope)));
        let two = mean_slope(&start, &rows[..2]);
        assert!(near(moved(&rows[..2], Last::AsWhole), two.map(|slope| 0.5 * slope)));
        assert!(near(moved(&rows[..2], Last::ByRow), two.map(|slope| 0.125 * slope)));
    }

    #[test]
    fn a_row_curves_the_cost_by_the_square_of_its_length() {
        for row in rows() {
            assert!((largest_curvature(&[row]) - row.square()).abs() < 1e-12);
        }
    }

    #[test]
    fn below_the_limit_equal_shares_end_equally_spread() {
        let deviation = |batch: usize| {
            let kind = Kind { batch, rate: 0.03 * batch as f64, last: Last::ByRow };
            repeat(kind, 7).deviation
        };
        let one = deviation(1);
        for batch in [2, 3, 4] {
            let ratio = deviation(batch) / one;
            assert!((0.5..1.5).contains(&ratio), "m = {batch}: {ratio}");
        }
        assert_eq!(deviation(8), 0.0);
    }

    #[test]
    fn a_larger_batch_may_take_larger_steps() {
        let limits = SIZES.map(limit);
        assert!(limits.is_sorted(), "{limits:?}");
        assert!(limits[7] < 8.0 * limits[0]);
    }
}
