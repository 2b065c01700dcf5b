//! Guess, guess nearby, measure the slope, compute the slope: four ways to search get the same number of looks at the cost.

pub(crate) mod shown;

use lesson::Spread;
use nn::random::normal;
use nn::{GradientDescent, descend, seeded};
use rayon::prelude::*;

use crate::flat::Flat;
use crate::numeric::forward_difference;

/// A way to search.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Search {
    /// A new guess every time.
    Random,
    /// A guess near the best so far; it is kept if it is better.
    Local,
    /// Descent along a gradient measured with forward differences.
    Numerical,
    /// Descent along the gradient that backpropagation computes.
    True,
}

use Search::{Local, Numerical, Random, True};

impl Search {
    /// From the blindest to the best informed.
    pub const ALL: [Search; 4] = [Random, Local, Numerical, True];

    /// What it is tried with. Random guesses have nothing to set.
    pub fn settings(self) -> &'static [f64] {
        match self {
            Random => &[0.0],
            Local => &DEVIATIONS,
            Numerical | True => &RATES,
        }
    }

    /// How many guesses or steps the budget pays for.
    pub fn steps(self) -> usize {
        match self {
            Random | Local => BUDGET,
            Numerical => BUDGET / (numbers() + 1),
            True => BUDGET / TRUE_GRADIENT,
        }
    }

    /// The best cost so far after each evaluation of the budget.
    pub fn run(self, setting: f64, seed: u64) -> Vec<f64> {
        match self {
            Random => random(seed),
            Local => local(setting, seed),
            Numerical => numerical(setting, seed),
            True => computed(setting, seed),
        }
    }
}

/// How many evaluations of the cost each search may use.
pub const BUDGET: usize = 2_700;

/// How many times each search is run, each time with another seed.
pub const RUNS: u64 = 20;

/// On how many other runs the setting of each search is chosen.
pub const CHOOSING: u64 = 10;

/// What a gradient by backpropagation is charged: a forward pass, and a way back that counts as two.
pub const TRUE_GRADIENT: usize = 3;

/// How far the numerical gradient shakes each number.
const H: f64 = 1e-6;

/// How far guesses nearby lie, as a standard deviation; the search gets the one that suits it best.
pub const DEVIATIONS: [f64; 4] = [0.003, 0.01, 0.03, 0.1];

/// The learning rates; each descent gets the one that suits it best.
pub const RATES: [f64; 4] = [0.1, 0.3, 1.0, 3.0];

/// How many weights and biases are searched for.
pub fn numbers() -> usize {
    Flat::students(&mut seeded(1)).numbers().len()
}

/// New random weights every time, as a network starts out with them.
fn random(seed: u64) -> Vec<f64> {
    let rng = &mut seeded(seed);
    let mut flat = Flat::students(rng);
    let mut log = Log::default();
    while log.has_room() {
        let guess = flat.draw(rng);
        log.spend(1, flat.cost(&guess));
    }
    log.whole()
}

/// A normal step from the best place so far, kept if it is an improvement.
fn local(deviation: f64, seed: u64) -> Vec<f64> {
    let rng = &mut seeded(seed);
    let mut flat = Flat::students(rng);
    let mut here = flat.numbers();
    let mut log = Log::default();
    log.spend(1, flat.cost(&here));
    while log.has_room() {
        let guess: Vec<f64> = here.iter().map(|x| x + deviation * normal(rng)).collect();
        let before = log.lowest();
        log.spend(1, flat.cost(&guess));
        if log.lowest() < before {
            here = guess;
        }
    }
    log.whole()
}

/// Descent with a gradient that takes an evaluation per number, and one more.
fn numerical(rate: f64, seed: u64) -> Vec<f64> {
    let mut flat = Flat::students(&mut seeded(seed));
    let start = flat.numbers();
    let mut log = Log::default();
    descend(GradientDescent, rate, &start, Numerical.steps(), |x, gradient| {
        forward_difference(x, H, gradient, |x| {
            let cost = flat.cost(x);
            log.spend(1, cost);
            cost
        });
    });
    log.whole()
}

/// Descent with the gradient that backpropagation computes.
fn computed(rate: f64, seed: u64) -> Vec<f64> {
    let mut flat = Flat::students(&mut seeded(seed));
    let start = flat.numbers();
    let mut log = Log::default();
    descend(GradientDescent, rate, &start, BUDGET / TRUE_GRADIENT, |x, gradient| {
        let cost = flat.gradient(x, gradient);
        log.spend(TRUE_GRADIENT, cost);
    });
    log.whole()
}

/// The best cost so far, an entry for each evaluation that was paid for.
#[derive(Default)]
struct Log {
    best: Vec<f64>,
}

impl Log {
    fn has_room(&self) -> bool {
        self.best.len() < BUDGET
    }

    fn lowest(&self) -> f64 {
        self.best.last().copied().unwrap_or(f64::INFINITY)
    }

    /// The whole budget: what is left after the last step does not suffice for another.
    fn whole(mut self) -> Vec<f64> {
        self.best.resize(BUDGET, self.lowest());
        self.best
    }

    fn spend(&mut self, evaluations: usize, cost: f64) {
        let lowest = self.lowest().min(cost);
        self.best.extend(std::iter::repeat_n(lowest, evaluations));
    }
}

/// All runs of one search with the setting that suits it best.
pub struct Runs {
    search: Search,
    setting: f64,
    curves: Vec<Vec<f64>>,
}

impl Runs {
    /// The best costs after this many evaluations.
    pub fn after(&self, evaluations: usize) -> Spread {
        Spread::of(self.curves.iter().map(|curve| curve[evaluations - 1]))
    }

    /// The first evaluation after which the median is at or below this cost.
    pub fn reaches(&self, cost: f64) -> Option<usize> {
        (1..=BUDGET).find(|&evaluations| self.after(evaluations).median() <= cost)
    }

    /// The shares of evaluations that found something better than all before.
    pub fn improvements(&self) -> Spread {
        Spread::of(self.curves.iter().map(|curve| {
            let better = curve.windows(2).filter(|pair| pair[1] < pair[0]);
            better.count() as f64 / BUDGET as f64
        }))
    }
}

/// Runs a search with the setting whose median ends lowest on other seeds.
pub fn tuned(
    search: Search,
    choosing: &[u64],
    seeds: &[u64],
    step: impl Fn() + Sync,
) -> Runs {
    let run = |setting: f64, seeds: &[u64]| {
        let curve = |&seed: &u64| search.run(setting, seed);
        let curves = seeds.par_iter().map(curve).inspect(|_| step()).collect();
        Runs { search, setting, curves }
    };
    let tried = search.settings().par_iter().map(|setting| run(*setting, choosing));
    let tried: Vec<Runs> = tried.collect();
    let end = |runs: &&Runs| runs.after(BUDGET).median();
    let best = tried.iter().min_by(|a, b| end(a).total_cmp(&end(b)));
    run(best.expect("there is a setting").setting, seeds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_search_spends_the_whole_budget_and_never_gets_worse() {
        for search in Search::ALL {
            let curve = search.run(0.1, 1);
            assert_eq!(curve.len(), BUDGET, "{search:?}");
            assert!(curve.windows(2).all(|pair| pair[1] <= pair[0]), "{search:?}");
        }
    }

    #[test]
    fn a_measured_slope_walks_where_a_computed_one_walks() {
        let (measured, computed) = (Numerical.run(0.1, 1), True.run(0.1, 1));
        let n = numbers();
        for step in [1, 10, 50] {
            let a = measured[step * (n + 1)];
            let b = computed[step * TRUE_GRADIENT];
            assert!((a - b).abs() < 1e-4 * b, "step {step}: {a} {b}");
        }
    }

    #[test]
    fn slopes_beat_guesses() {
        for seed in 1..=5 {
            let end = |search: Search| search.run(0.1, seed)[BUDGET - 1];
            assert!(
                end(True) < end(Numerical) && end(Numerical) < end(Random),
                "seed {seed}"
            );
        }
    }
}
