//! A bowl for both kinds of descent: which of them arrives at its bottom?

pub(crate) mod shown;

use nn::math::ln;
use nn::random::normal;
use nn::{Examples, seeded};
use rand::seq::SliceRandom;
use rand::{Rng, RngExt};
use rayon::prelude::*;

use crate::batch_sizes::scaled_students;
use crate::faster::line_slope;

/// Constant rates for single rows.
const RATES: [f64; 4] = [0.1, 0.03, 0.01, 0.003];
/// The rate for batch descent, and the one at which a decaying rate begins.
const FIRST_RATE: f64 = 0.1;
/// After so many updates a decaying rate has halved.
const HALF: f64 = 100.0;
/// Updates of either kind. For single rows, eight make an epoch.
const UPDATES: usize = 20_000;
/// Repetitions.
const SEEDS: usize = 20;
/// Random starts.
const STARTS: u64 = 100;

/// Three weights and a bias.
pub type Weights = [f64; 4];

/// A row: three inputs, a 1 for the bias, and the target.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    x: [f64; 4],
    y: f64,
}

impl Row {
    /// The square of its length, as a list of inputs.
    #[cfg(test)]
    pub(crate) fn square(&self) -> f64 {
        self.x.iter().map(|x| x * x).sum()
    }
}

/// The slope of one row's cost, ½(a − y)², for a linear neuron.
pub fn slope(w: &Weights, row: &Row) -> Weights {
    let answer: f64 = w.iter().zip(row.x).map(|(w, x)| w * x).sum();
    row.x.map(|x| (answer - row.y) * x)
}

/// Moves the weights against a slope.
fn step(w: &mut Weights, slope: Weights, rate: f64) {
    for (weight, slope) in w.iter_mut().zip(slope) {
        *weight -= rate * slope;
    }
}

/// The mean cost of some rows.
pub fn cost(w: &Weights, rows: &[Row]) -> f64 {
    let errors = rows.iter().map(|row| {
        let answer: f64 = w.iter().zip(row.x).map(|(w, x)| w * x).sum();
        answer - row.y
    });
    errors.map(|error| 0.5 * error * error).sum::<f64>() / rows.len() as f64
}

/// The mean slope of some rows.
pub fn mean_slope(w: &Weights, rows: &[Row]) -> Weights {
    let mut sum = [0.0; 4];
    for row in rows {
        for (sum, slope) in sum.iter_mut().zip(slope(w, row)) {
            *sum += slope;
        }
    }
    sum.map(|slope| slope / rows.len() as f64)
}

/// Batch descent: every update takes the mean slope of all rows. The path.
pub fn batch(mut w: Weights, rows: &[Row], rate: f64) -> Vec<Weights> {
    let mut path = vec![w];
    for _ in 0..UPDATES {
        let mean = mean_slope(&w, rows);
        step(&mut w, mean, rate);
        path.push(w);
    }
    path
}

/// Single rows; `rate(t)` is the rate of update t.
pub fn single(
    mut w: Weights,
    rows: &[Row],
    choice: Choice,
    rate: impl Fn(usize) -> f64,
    rng: &mut impl Rng,
) -> Vec<Weights> {
    let mut rows = rows.to_vec();
    let mut path = vec![w];
    while path.len() <= UPDATES {
        if choice == Choice::Shuffled {
            rows.shuffle(rng);
        }
        for place in 0..rows.len() {
            let row = match choice {
                Choice::Shuffled => rows[place],
                Choice::Drawn => any(&rows, rng),
            };
            let push = slope(&w, &row);
            step(&mut w, push, rate(path.len() - 1));
            path.push(w);
        }
    }
    path
}

fn any(rows: &[Row], rng: &mut impl Rng) -> Row {
    rows[rng.random_range(0..rows.len() as u32) as usize]
}

/// How the next row is chosen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Choice {
    /// Each epoch visits every row once, in a new order.
    Shuffled,
    /// Each update draws any row, whether it was seen lately or not.
    Drawn,
}

/// A rate that falls like 1/t in the end.
pub fn decaying(update: usize) -> f64 {
    FIRST_RATE / (1.0 + update as f64 / HALF)
}

/// The eight students, inputs and exam standardised.
pub fn rows() -> Vec<Row> {
    let Examples { inputs, targets } = scaled_students();
    let rows = inputs.rows().into_iter().zip(targets);
    rows.map(|(x, y)| Row { x: [x[0], x[1], x[2], 1.0], y }).collect()
}

/// The same students, with exams that a linear neuron can answer exactly: the noise goes, the cost stays convex.
fn fitted(rows: &[Row], minimum: &Weights) -> Vec<Row> {
    let answer = |row: &Row| minimum.iter().zip(row.x).map(|(w, x)| w * x).sum();
    rows.iter().map(|row| Row { y: answer(row), ..*row }).collect()
}

/// The one minimum, where the mean slope is zero: four linear equations, solved by elimination.
pub fn minimum(rows: &[Row]) -> Weights {
    let mut equations = [[0.0; 5]; 4];
    for (i, equation) in equations.iter_mut().enumerate() {
        for row in rows {
            for (place, value) in
                equation.iter_mut().zip(row.x.into_iter().chain([row.y]))
            {
                *place += row.x[i] * value;
            }
        }
    }
    // The matrix is positive definite, so no pivot is zero.
    for pivot in 0..4 {
        let line = equations[pivot].map(|value| value / equations[pivot][pivot]);
        equations[pivot] = line;
        for (index, equation) in equations.iter_mut().enumerate() {
            let factor = if index == pivot { 0.0 } else { equation[pivot] };
            for (place, value) in equation.iter_mut().zip(line) {
                *place -= factor * value;
            }
        }
    }
    equations.map(|equation| equation[4])
}

/// How far two sets of weights are apart.
fn distance(one: &Weights, other: &Weights) -> f64 {
    one.iter().zip(other).map(|(a, b)| (a - b) * (a - b)).sum::<f64>().sqrt()
}

/// Distances to the minimum over the updates, of many runs that differ in their random order alone.
struct Runs(Vec<Vec<f64>>);

impl Runs {
    fn new(
        rows: &[Row],
        minimum: Weights,
        seeds: &[u64],
        choice: Choice,
        rate: impl Fn(usize) -> f64 + Sync,
    ) -> Runs {
        let run = |seed: &u64| {
            let path = single([0.0; 4], rows, choice, &rate, &mut seeded(*seed));
            path.iter().map(|w| distance(w, &minimum)).collect()
        };
        Runs(seeds.par_iter().map(run).collect())
    }

    /// The middle distance after so many updates, averaged in squares over an epoch and over all runs.
    fn at(&self, update: usize) -> f64 {
        let window = |run: &Vec<f64>| {
            let to = (update + 8).min(run.len());
            run[update..to].iter().map(|d| d * d).sum::<f64>() / (to - update) as f64
        };
        (self.0.iter().map(window).sum::<f64>() / self.0.len() as f64).sqrt()
    }

    /// The same over the last quarter of the updates.
    fn end(&self) -> f64 {
        let squares = self.0.iter().flat_map(|run| &run[UPDATES * 3 / 4..UPDATES]);
        (squares.map(|d| d * d).sum::<f64>() / (self.0.len() * UPDATES / 4) as f64).sqrt()
    }
}

/// The slope of the line through (ln rate, ln distance): ½ if the distance grows like the root of the rate.
fn slope_of_logs(runs: &[Runs]) -> f64 {
    let points = RATES.iter().zip(runs).map(|(rate, runs)| (ln(*rate), ln(runs.end())));
    line_slope(&points.collect::<Vec<_>>())
}

/// From random starts near and far: how far from the minimum the worst run ends, with all rows and with
/// single ones at a decaying rate.
fn farthest(rows: &[Row], minimum: &Weights, seed: u64) -> [f64; 2] {
    let run = |index: u64| {
        let rng = &mut seeded(seed + index);
        let start = [(); 4].map(|()| 10.0 * normal(rng));
        let all = batch(start, rows, FIRST_RATE);
        let one = single(start, rows, Choice::Shuffled, decaying, rng);
        [all, one].map(|path| distance(&path[UPDATES], minimum))
    };
    let ends: Vec<[f64; 2]> = (0..STARTS).into_par_iter().map(run).collect();
    [0, 1].map(|kind| ends.iter().map(|end| end[kind]).fold(0.0, f64::max))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_slope_is_zero_at_the_minimum() {
        let rows = rows();
        let mean = mean_slope(&minimum(&rows), &rows);
        assert!(distance(&mean, &[0.0; 4]) < 1e-14, "{mean:?}");
    }

    #[test]
    fn batch_descent_arrives_from_anywhere() {
        let (rows, rng) = (rows(), &mut seeded(1));
        for _ in 0..20 {
            let start = [(); 4].map(|()| 10.0 * normal(rng));
            let end = batch(start, &rows, FIRST_RATE)[UPDATES];
            assert!(distance(&end, &minimum(&rows)) < 1e-12);
        }
    }

    #[test]
    fn the_smaller_the_rate_the_nearer_single_rows_come() {
        let rows = rows();
        let minimum = minimum(&rows);
        for (choice, slope) in [(Choice::Shuffled, 1.0), (Choice::Drawn, 0.5)] {
            let runs = |&rate: &f64| Runs::new(&rows, minimum, &SEEDS, choice, |_| rate);
            let found = slope_of_logs(&RATES.iter().map(runs).collect::<Vec<_>>());
            assert!((found - slope).abs() < 0.1, "{choice:?} {found}");
        }
    }

    #[test]
    fn where_no_row_disagrees_single_rows_arrive() {
        let rows = rows();
        let minimum = minimum(&rows);
        let rows = fitted(&rows, &minimum);
        let runs = Runs::new(&rows, minimum, &SEEDS, Choice::Drawn, |_| FIRST_RATE);
        assert!(runs.end() < 1e-12);
    }

    const SEEDS: [u64; 4] = [1, 2, 3, 4];
}
