//! If nothing else helps, try every weight there is: we count how far that goes, and it is not far.

pub(crate) mod shown;

use lesson::significant;
use nn::math::pow;
use nn::{GradientDescent, descend, seeded};
use rand::RngExt;
use rayon::prelude::*;

use crate::exam::Exam;

/// The winner of a search.
#[derive(Clone, Debug, PartialEq)]
pub struct Best {
    /// Where the cost was smallest.
    pub weights: Vec<f64>,
    /// How small it was.
    pub cost: f64,
    /// How many places were tried.
    pub tries: usize,
}

/// Tries all combinations of `values`, one for each of `weights` weights.
pub fn best_on_grid(
    weights: usize,
    values: &[f64],
    cost: impl Fn(&[f64]) -> f64,
) -> Best {
    let mut wheels = vec![0; weights];
    let mut here = vec![values[0]; weights];
    let mut best = Best { weights: here.clone(), cost: f64::INFINITY, tries: 0 };
    loop {
        for (weight, &wheel) in here.iter_mut().zip(&wheels) {
            *weight = values[wheel];
        }
        best.tries += 1;
        let found = cost(&here);
        if found < best.cost {
            best.cost = found;
            best.weights.clone_from(&here);
        }
        // The first wheel that can still turn does; those before it start anew.
        let Some(turns) = wheels.iter().position(|&wheel| wheel + 1 < values.len())
        else {
            return best;
        };
        wheels[turns] += 1;
        wheels[..turns].fill(0);
    }
}

/// Every weight is tried from minus this to plus this.
pub const REACH: f64 = 100.0;

/// How many values of a single weight we try.
pub const VALUES: usize = 1_000;

/// How many tries we are willing to make for several weights.
pub const BUDGET: usize = 1_000_000;

/// One weight with all its values, then as fine a grid as the budget allows for two, three and four.
pub fn grids(exam: &Exam) -> Vec<Best> {
    (1..=4)
        .into_par_iter()
        .map(|weights| {
            let values = evenly(values_for(weights));
            best_on_grid(weights, &values, |weights| exam.cost(weights))
        })
        .collect()
}

/// The most values per weight that keep the tries within the budget, but no more than [`VALUES`].
pub fn values_for(weights: usize) -> usize {
    let affordable = |values: &usize| values.pow(weights as u32) <= BUDGET;
    (2..=VALUES).rev().find(affordable).expect("two values are affordable")
}

/// How far apart this many values lie.
pub fn spacing(values: usize) -> f64 {
    2.0 * REACH / (values - 1) as f64
}

/// This many values from one end of the reach to the other.
pub fn evenly(values: usize) -> Vec<f64> {
    let step = spacing(values);
    (0..values).map(|index| step * index as f64 - REACH).collect()
}

/// The lowest cost that there is with this many weights.
pub fn least_cost(exam: &Exam, weights: usize) -> f64 {
    let exam = exam.first(weights);
    exam.cost(&exam.best())
}

/// The learning rate of the descent that we compare with.
pub const RATE: f64 = 0.3;

/// How many steps descent from zero needs to be better than the finest grid we could afford.
pub fn steps_to_beat(exam: &Exam, cost: f64) -> usize {
    let gradient = |w: &[f64], g: &mut [f64]| exam.gradient(w, g);
    let path = descend(GradientDescent, RATE, &[0.0; 4], 1_000, gradient);
    path.iter().position(|weights| exam.cost(weights) < cost).expect("descent arrives")
}

/// The weights of a network with four inputs and five hidden neurons: 4 · 5 + 5, biases not counted.
pub const NOTES_WEIGHTS: usize = 25;

/// Operations per second of the Sunway TaihuLight (TOP500 list, June 2016: 93 PFLOPS, rounded).
pub const TAIHULIGHT: f64 = 93e15;

/// Seconds in a year of 365 days.
pub const YEAR: f64 = 365.0 * 24.0 * 3600.0;

/// The age of the universe in years (Planck Collaboration, 2018).
pub const UNIVERSE: f64 = 13.8e9;

/// How long it takes to try all combinations of 1,000 values at one operation per try.
#[derive(Clone, Copy, Debug)]
pub struct Wait {
    /// 1000^weights.
    pub tries: f64,
    /// At the speed of the machine.
    pub seconds: f64,
    /// Of 365 days.
    pub years: f64,
}

/// The wait for this many weights on a machine of `speed` operations per second.
pub fn wait(weights: usize, speed: f64) -> Wait {
    let tries = pow(VALUES as f64, weights as f64);
    let seconds = tries / speed;
    Wait { tries, seconds, years: seconds / YEAR }
}

/// The number that one gets who writes down only this many significant digits and goes on with them.
pub fn rounded_to(number: f64, digits: usize) -> f64 {
    significant(number, digits).parse().expect("a number that was printed can be read")
}

/// How many weights can be tried in full with this many tries.
pub fn weights_within(tries: f64) -> usize {
    (1..).take_while(|&weights| pow(VALUES as f64, weights as f64) <= tries).count()
}

/// How many random points are measured for the other curse.
pub const POINTS: usize = 1_000;
/// From how many places they are measured.
pub const PLACES: usize = 20;
/// In how many dimensions they are measured.
pub const DIMENSIONS: [usize; 7] = [1, 2, 3, 10, 25, 100, 1_000];

/// The other curse: how far the nearest and the farthest of random points in a cube are from a random place,
/// as means over [`PLACES`].
pub fn distances(dimensions: usize, seed: u64) -> [f64; 2] {
    let rng = &mut seeded(seed);
    let (mut nearest, mut farthest) = (0.0, 0.0);
    for _ in 0..PLACES {
        let place: Vec<f64> = (0..dimensions).map(|_| rng.random()).collect();
        let (mut near, mut far) = (f64::INFINITY, 0.0_f64);
        for _ in 0..POINTS {
            let squares = place.iter().map(|x| {
                let apart = x - rng.random::<f64>();
                apart * apart
            });
            let distance = squares.sum::<f64>().sqrt();
            (near, far) = (near.min(distance), far.max(distance));
        }
        nearest += near / PLACES as f64;
        farthest += far / PLACES as f64;
    }
    [nearest, farthest]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_grid_tries_every_combination_once_and_finds_the_best() {
        let values = [-1.0, 0.0, 1.0, 2.0, 3.0];
        let seen = std::cell::RefCell::new(Vec::new());
        let best = best_on_grid(3, &values, |w| {
            seen.borrow_mut().push(w.to_vec());
            (w[0] - 2.0).abs() + (w[1] + 1.0).abs() + (w[2] - 0.2).abs()
        });
        assert_eq!((best.tries, best.weights), (125, vec![2.0, -1.0, 0.0]));
        let mut seen = seen.into_inner();
        seen.sort_by(|a, b| a.partial_cmp(b).unwrap());
        seen.dedup();
        assert_eq!(seen.len(), 125);
    }

    /// 10⁷⁵ / 93·10¹⁵ = 1.07527·10⁵⁸ s = 3.40966·10⁵⁰ years of 365 days.
    #[test]
    fn the_years_are_those_that_were_published() {
        let wait = wait(25, 93e15);
        for (found, published) in
            [(wait.tries, 1e75), (wait.seconds, 1.07527e58), (wait.years, 3.40966e50)]
        {
            assert!((found / published - 1.0).abs() < 5e-6, "{found} {published}");
        }
    }

    /// 3.42·10⁵⁰ is what most slides show.
    #[test]
    fn the_usual_years_come_from_rounding_the_seconds_first() {
        let wait = wait(25, 93e15);
        assert_eq!(significant(wait.years, 3), "3.41e50");
        assert_eq!(significant(rounded_to(wait.seconds, 3), 3), "1.08e58");
        assert_eq!(significant(rounded_to(wait.seconds, 3) / YEAR, 3), "3.42e50");
    }

    #[test]
    fn more_weights_make_the_affordable_grid_worse() {
        let exam = Exam::standardised();
        let excess = |grid: &Best| grid.cost - least_cost(&exam, grid.weights.len());
        let above: Vec<f64> = grids(&exam).iter().map(excess).collect();
        assert!(above.is_sorted() && above[3] > 100.0 * above[0], "{above:?}");
    }
}
