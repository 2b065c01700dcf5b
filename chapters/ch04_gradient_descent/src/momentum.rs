//! A descent that remembers its last steps bears a larger rate in a narrow valley, and gathers speed along it.

mod live;
pub(crate) mod shown;

pub use live::ROLL;

use lesson::Spread;
use nn::math::{cos, sin};
use nn::{Momentum, descend, seeded};
use rand::RngExt;
use rayon::prelude::*;

use crate::exam::Exam;
use crate::valleys::{arrival, best_rate, extremes, steps_to_arrive, valley_gradient};

/// How a descent steps: its rate η, and how much of the last step it keeps, its memory μ.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Setting {
    /// η.
    pub rate: f64,
    /// μ: 0 is plain descent.
    pub memory: f64,
}

/// The best setting without a memory between a largest and a smallest curvature.
pub fn plain(curvatures: [f64; 2]) -> Setting {
    Setting { rate: best_rate(curvatures), memory: 0.0 }
}

/// The best setting with a memory (Polyak, 1964).
pub fn with_memory(curvatures: [f64; 2]) -> Setting {
    let [steep, flat] = curvatures.map(f64::sqrt);
    let (step, kept) = (2.0 / (steep + flat), (steep - flat) / (steep + flat));
    Setting { rate: step * step, memory: kept * kept }
}

/// How narrow the valleys are: x₁² + this · x₂².
pub const CONDITIONS: [f64; 3] = [10.0, 100.0, 1_000.0];

/// The curvatures of x₁² + c · x₂².
fn curvatures(c: f64) -> [f64; 2] {
    [2.0 * c, 2.0]
}

/// A descent has arrived when so much of its distance from the bottom is left.
pub const LEFT: f64 = 1e-6;

/// How many starts the steps are counted from.
pub const STARTS: usize = 100;
/// From how many others a grid chooses its setting.
pub const CHOOSING: usize = 10;

/// Starts all around the bottom, at distance 1.
pub fn starts(count: usize, seed: u64) -> Vec<[f64; 2]> {
    let rng = &mut seeded(seed);
    let mut angle = || std::f64::consts::TAU * rng.random::<f64>();
    (0..count).map(|_| angle()).map(|angle| [cos(angle), sin(angle)]).collect()
}

/// After so many steps a descent counts as lost.
const LONGEST: usize = 10_000;

/// How many steps it takes to arrive from this start.
fn steps(c: f64, setting: Setting, start: &[f64; 2], patience: usize) -> Option<usize> {
    let rule = Momentum::new(setting.memory);
    let gradient = |x: &[f64], g: &mut [f64]| valley_gradient(c, x, g);
    let is_there = |x: &[f64]| x[0] * x[0] + x[1] * x[1] <= LEFT * LEFT;
    arrival(rule, setting.rate, start, patience.min(LONGEST), gradient, is_there)
}

/// The steps from all of these starts, unless they add up to `most` or more.
fn all_steps(
    c: f64,
    setting: Setting,
    starts: &[[f64; 2]],
    most: usize,
) -> Option<Vec<usize>> {
    let mut left = most.checked_sub(1)?;
    let mut one = |start| {
        let steps = steps(c, setting, start, left)?;
        left -= steps;
        Some(steps)
    };
    starts.iter().map(&mut one).collect()
}

/// How the steps from these starts spread, where what is lost takes for ever.
pub fn spread(c: f64, setting: Setting, starts: &[[f64; 2]]) -> Spread {
    let steps = starts.iter().map(|start| steps(c, setting, start, LONGEST));
    Spread::of(steps.map(|steps| steps.map_or(f64::INFINITY, |steps| steps as f64)))
}

/// What needs fewer steps from these starts together than `theory`, and the fewest on a grid; `theory`, if nothing does.
///
/// The grid has all rates below 4 over the largest curvature, in steps of a tenth of that unit, and these memories.
fn best_on_grid(
    c: f64,
    theory: Setting,
    memories: &[f64],
    starts: &[[f64; 2]],
) -> Setting {
    let total = |setting, most| Some(all_steps(c, setting, starts, most)?.iter().sum());
    let theory = (total(theory, usize::MAX).unwrap_or(usize::MAX), theory);
    let row = |&memory: &f64| {
        (1..40).fold(theory, |best, tenth| {
            let rate = f64::from(tenth) / 10.0 / curvatures(c)[0];
            let setting = Setting { rate, memory };
            // What cannot be the best any more is not followed to its end.
            total(setting, best.0).map_or(best, |total: usize| (total, setting))
        })
    };
    let rows: Vec<(usize, Setting)> = memories.par_iter().map(row).collect();
    rows.into_iter().min_by_key(|(total, _)| *total).expect("there is a memory").1
}

/// What a grid chooses without and with a memory, from these starts.
pub fn chosen(c: f64, starts: &[[f64; 2]]) -> [Setting; 2] {
    let memories: Vec<f64> = (0..50).map(|fiftieth| f64::from(fiftieth) / 50.0).collect();
    let [plain, with_memory] = [plain, with_memory].map(|theory| theory(curvatures(c)));
    [
        best_on_grid(c, plain, &memories[..1], starts),
        best_on_grid(c, with_memory, &memories, starts),
    ]
}

/// How many steps the students' neuron takes with a memory.
pub fn students_steps(exam: &Exam) -> Option<usize> {
    let Setting { rate, memory } = with_memory(extremes(&exam.hessian()));
    steps_to_arrive(exam, Momentum::new(memory), rate)
}

/// How many steps the figure shows.
pub const SHOWN: usize = 20;
/// Where they start.
pub const ASIDE: [f64; 2] = [-5.0, -2.0];

/// The first steps down a valley.
pub fn walk(c: f64, setting: Setting) -> Vec<Vec<f64>> {
    let rule = Momentum::new(setting.memory);
    descend(rule, setting.rate, &ASIDE, SHOWN, |x, g| valley_gradient(c, x, g))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::valleys::live::RATES;
    use crate::valleys::{NARROW, left};

    /// Along an axis of curvature λ a step with a memory turns (x now, x before) by a matrix whose eigenvalues r are the
    /// roots of r² − (1 + μ − ηλ) r + μ; with Polyak's setting both have the size √μ at either end of the curvatures.
    #[test]
    fn at_both_extremes_polyaks_setting_shrinks_the_distance_alike() {
        for c in CONDITIONS {
            let Setting { rate, memory } = with_memory(curvatures(c));
            let [largest, smallest] =
                curvatures(c).map(|curvature| 1.0 + memory - rate * curvature);
            assert!((largest + 2.0 * memory.sqrt()).abs() < 1e-12, "{largest}");
            assert!((smallest - 2.0 * memory.sqrt()).abs() < 1e-12, "{smallest}");
        }
    }

    #[test]
    fn a_memory_raises_the_largest_rate_by_its_share() {
        for memory in [0.0, 0.4, 0.9] {
            let limit = 2.0 * (1.0 + memory) / curvatures(20.0)[0];
            let arrives = |share: f64| {
                let setting = Setting { rate: share * limit, memory };
                steps(20.0, setting, &[0.6, 0.8], LONGEST).is_some()
            };
            assert!(arrives(0.99) && !arrives(1.01), "{memory}");
        }
    }

    /// As the figure has them: the page's valley, the page's start.
    #[test]
    fn with_a_memory_less_is_left_than_at_any_rate_without() {
        let ways = |memory| {
            let settings = RATES.iter().map(move |&rate| Setting { rate, memory });
            let lefts = settings.map(|setting| left(&walk(NARROW, setting)));
            lefts.fold(f64::INFINITY, f64::min)
        };
        let (without, with) = (ways(0.0), ways(0.4));
        assert!(without > 0.1 && with < 0.1 * without, "{without} {with}");
    }

    #[test]
    fn in_a_round_valley_there_is_nothing_to_remember_and_one_step_is_enough() {
        let setting = with_memory(curvatures(1.0));
        assert!(
            (setting.rate - 0.5).abs() < 1e-15 && setting.memory == 0.0,
            "{setting:?}"
        );
        assert_eq!(steps(1.0, setting, &[0.6, 0.8], 10), Some(1));
    }

    #[test]
    fn plain_descent_takes_the_steps_that_its_factor_says() {
        for c in CONDITIONS {
            let factor = (c - 1.0) / (c + 1.0);
            let wanted = nn::math::ln(LEFT) / nn::math::ln(factor);
            let found = spread(c, plain(curvatures(c)), &starts(10, 1));
            assert!((found.most() - wanted.ceil()).abs() <= 1.0, "{found:?} {wanted}");
            assert_eq!(found.least(), found.most());
        }
    }

    #[test]
    fn with_a_memory_the_steps_grow_with_the_root_only() {
        let starts = starts(20, 1);
        let median = |c| spread(c, with_memory(curvatures(c)), &starts).median();
        let times = median(1_000.0) / median(10.0);
        assert!((8.0..12.0).contains(&times), "{times}");
    }

    /// The cost of Lessard, Recht and Packard (2016): convex, with slopes of 25 and 1 in turn.
    #[test]
    fn on_a_convex_cost_that_is_no_bowl_polyaks_setting_may_circle_for_ever() {
        let gradient = |x: &[f64], g: &mut [f64]| {
            g[0] = match x[0] {
                x if x < 1.0 => 25.0 * x,
                x if x < 2.0 => x + 24.0,
                x => 25.0 * x - 24.0,
            };
        };
        let steps = |Setting { rate, memory }| {
            let rule = Momentum::new(memory);
            arrival(rule, rate, &[3.3], LONGEST, gradient, |x| x[0].abs() < LEFT)
        };
        assert_eq!(steps(with_memory([25.0, 1.0])), None);
        assert!(steps(plain([25.0, 1.0])).is_some());
    }

    #[test]
    fn a_grid_finds_no_setting_that_is_much_better_than_the_theory() {
        let (c, others) = (100.0, starts(20, 1));
        let theory = [plain(curvatures(c)), with_memory(curvatures(c))];
        for (theory, grid) in theory.into_iter().zip(chosen(c, &starts(5, 2))) {
            let [theory, grid] =
                [theory, grid].map(|setting| spread(c, setting, &others).median());
            assert!(grid > 0.6 * theory && grid < 1.1 * theory, "{grid} {theory}");
        }
    }
}
