//! Guess, guess nearby, measure the slope, compute the slope: four ways to search get the same number of looks at the cost.

use lesson::{Page, Result, Row, Table, count, percent, significant};
use nn::random::normal;
use nn::{GradientDescent, descend, seeded};
use plot::{Axis, Band, Color, Figure, Line, Panel};
use rayon::prelude::*;

use crate::flat::{Flat, SIZES};
use crate::numeric::forward_difference;

/// How many evaluations of the cost each search may use.
const BUDGET: usize = 2_700;

/// How many times each search is run, each time with another seed.
const RUNS: u64 = 20;

/// What a gradient by backpropagation is charged: a forward pass, and a way back that counts as two.
const TRUE_GRADIENT: usize = 3;

/// How far the numerical gradient shakes each number.
const H: f64 = 1e-6;

/// How far guesses nearby lie, as a standard deviation; the search gets the one that suits it best.
const DEVIATIONS: [f64; 4] = [0.003, 0.01, 0.03, 0.1];

/// The learning rates; each descent gets the one that suits it best.
const RATES: [f64; 4] = [0.1, 0.3, 1.0, 3.0];

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

    fn name(self) -> &'static str {
        match self {
            Random => "random guesses",
            Local => "guesses nearby",
            Numerical => "measured slope",
            True => "computed slope",
        }
    }

    /// What it is tried with. Random guesses have nothing to set.
    fn settings(self) -> &'static [f64] {
        match self {
            Random => &[0.0],
            Local => &DEVIATIONS,
            Numerical | True => &RATES,
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
    let steps = BUDGET / (start.len() + 1);
    let mut log = Log::default();
    descend(GradientDescent, rate, &start, steps, |x, gradient| {
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
struct Runs {
    search: Search,
    setting: f64,
    curves: Vec<Vec<f64>>,
}

impl Runs {
    /// The quartiles after this many evaluations: lower, median, upper.
    fn quartiles(&self, evaluations: usize) -> [f64; 3] {
        let mut costs: Vec<f64> =
            self.curves.iter().map(|curve| curve[evaluations - 1]).collect();
        costs.sort_by(f64::total_cmp);
        [1, 2, 3].map(|quarter| costs[(costs.len() - 1) * quarter / 4])
    }

    fn median(&self, evaluations: usize) -> f64 {
        self.quartiles(evaluations)[1]
    }

    /// The first evaluation after which the median is at or below this cost.
    fn reaches(&self, cost: f64) -> Option<usize> {
        (1..=BUDGET).find(|&evaluations| self.median(evaluations) <= cost)
    }
}

/// In the median run, the share of evaluations that found something better than all before.
fn share_of_improvements(runs: &Runs) -> f64 {
    let improvements = |curve: &Vec<f64>| {
        curve.windows(2).filter(|pair| pair[1] < pair[0]).count() as f64 / BUDGET as f64
    };
    let mut shares: Vec<f64> = runs.curves.iter().map(improvements).collect();
    shares.sort_by(f64::total_cmp);
    shares[(shares.len() - 1) / 2]
}

/// Runs a search with every setting, and keeps the one whose median ends lowest.
fn tuned(search: Search, seeds: &[u64], step: impl Fn() + Sync) -> Runs {
    let all = search.settings().iter().map(|&setting| {
        let curve = |&seed: &u64| search.run(setting, seed);
        let curves = seeds.par_iter().map(curve).inspect(|_| step()).collect();
        Runs { search, setting, curves }
    });
    all.min_by(|a, b| a.median(BUDGET).total_cmp(&b.median(BUDGET)))
        .expect("there is a setting")
}

/// Fills the page.
pub fn run(page: &mut Page) -> Result {
    let seeds: Vec<u64> = (1..=RUNS).map(|run| page.seed(run)).collect();
    let settings: usize = Search::ALL.iter().map(|search| search.settings().len()).sum();
    let progress = page.progress("searching", settings * seeds.len());
    let searches = Search::ALL.map(|search| tuned(search, &seeds, || progress.step()));
    drop(progress);
    let table = table(&searches);
    page.table("searches", &table);
    page.figure("race", &race(&searches));

    let end = &count(BUDGET);
    for (name, search) in [
        ("random", Random),
        ("local", Local),
        ("measured", Numerical),
        ("computed", True),
    ] {
        page.value(&format!("end_{name}"), table.cell(search.name(), end));
        page.value(&format!("setting_{name}"), table.cell(search.name(), "setting"));
        page.value(&format!("steps_{name}"), table.cell(search.name(), "steps"));
    }
    let [random, local, measured, computed] = &searches;
    let blind = random.median(BUDGET);
    for (name, runs) in [("local", local), ("measured", measured), ("computed", computed)]
    {
        let reached = runs.reaches(blind).map_or("never".to_string(), count);
        page.value(&format!("overtakes_{name}"), reached);
    }
    page.value("kept_local", percent(share_of_improvements(local), 0));
    page.value("budget", count(BUDGET));
    page.value("runs", RUNS);
    page.value("charge", TRUE_GRADIENT);
    page.value("numbers", numbers());
    page.value("hidden", SIZES[1]);
    page.value("evaluations_measured", numbers() + 1);
    for (name, settings) in [("deviations", DEVIATIONS), ("rates", RATES)] {
        page.value(name, settings.map(|setting| setting.to_string()).join(", "));
    }
    Ok(())
}

/// How many weights and biases are searched for.
fn numbers() -> usize {
    Flat::students(&mut seeded(1)).numbers().len()
}

/// After how many evaluations the table looks.
const LOOKS: [usize; 4] = [27, 270, 810, BUDGET];

fn table(searches: &[Runs]) -> Table {
    let headings = ["search", "setting", "steps"].map(String::from);
    let mut table = Table::new(headings.into_iter().chain(LOOKS.map(count)));
    for runs in searches {
        let steps = match runs.search {
            Random | Local => BUDGET,
            Numerical => BUDGET / (numbers() + 1),
            True => BUDGET / TRUE_GRADIENT,
        };
        let setting = if runs.search == Random {
            "–".to_string()
        } else {
            runs.setting.to_string()
        };
        table.row(
            Row::of([runs.search.name().to_string(), setting, count(steps)])
                .and(LOOKS.map(|evaluations| significant(runs.median(evaluations), 2))),
        );
    }
    table
}

fn race(searches: &[Runs]) -> Figure {
    let looks: Vec<usize> = (1..=BUDGET).step_by(29).collect();
    let mut panel = Panel::new()
        .x(Axis::new("evaluations of the cost").range(0.0..=BUDGET as f64))
        .y(Axis::new("best cost so far").log());
    let colors = [Color::Purple, Color::Green, Color::Vermillion, Color::Blue];
    for (runs, color) in searches.iter().zip(colors) {
        let rows = looks.iter().map(|&look| {
            let [low, _, high] = runs.quartiles(look);
            (look as f64, low, high)
        });
        let middle = looks.iter().map(|&look| (look as f64, runs.median(look)));
        panel = panel.draw(Band::new(rows).color(color)).draw(
            Line::new(middle).color(color).label(runs.search.name().replace(' ', "\n")),
        );
    }
    Figure::new(
        "Four searches with the same budget",
        "Best cost so far, on a logarithmic scale, against evaluations: medians with quartiles. Random guesses stay \
         where they are, the measured slope goes lower, guesses nearby lower still, the computed slope lowest.",
    )
    .panel(panel)
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
