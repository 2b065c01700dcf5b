//! In a narrow valley the steep direction sets the rate and the flat one the time; scaling the inputs makes the valley round.

pub(crate) mod live;
pub(crate) mod shown;

pub use live::WALK;

use ndarray::{Array2, Axis, array};
use nn::{GradientDescent, UpdateRule, descend};
use rayon::prelude::*;

use crate::curvature::curvatures;
use crate::exam::Exam;

/// The gradient of x₁² + c · x₂².
pub fn valley_gradient(c: f64, x: &[f64], gradient: &mut [f64]) {
    gradient[0] = 2.0 * x[0];
    gradient[1] = 2.0 * c * x[1];
}

/// After how many steps we ask whether a descent has run away.
pub const PATIENCE: usize = 5_000;

/// The largest rate at which descent does not run away, found by trying.
///
/// It runs away if, after many steps, the slope is steeper than at the start.
pub fn largest_stable_rate(start: &[f64], gradient: impl Fn(&[f64], &mut [f64])) -> f64 {
    let steepness = |place: &[f64]| {
        let mut slope = vec![0.0; place.len()];
        gradient(place, &mut slope);
        slope.iter().map(|g| g * g).sum::<f64>().sqrt()
    };
    let is_stable = |rate: f64| {
        let path = descend(GradientDescent, rate, start, PATIENCE, &gradient);
        steepness(&path[PATIENCE]) <= steepness(start) // false for NaN, too
    };
    let mut low = 1e-9;
    let mut high = 1.0;
    while is_stable(high) {
        high *= 2.0;
    }
    while high - low > 1e-6 * high {
        let middle = 0.5 * (low + high);
        if is_stable(middle) { low = middle } else { high = middle }
    }
    low
}

/// Where the published descent on x₁² + 2x₂² starts.
pub const START: [f64; 2] = [-5.0, -2.0];
/// Its rate.
pub const RATE: f64 = 0.1;
/// How many steps it makes.
pub const STEPS: usize = 20;

/// The narrow valley is x₁² + this · x₂².
pub const NARROW: f64 = 20.0;
/// The rate in the narrow valley, just below what it bears.
pub const NARROW_RATE: f64 = 0.047;

/// The published steps, but in the valley x₁² + c · x₂² and at this rate.
pub fn walk(c: f64, rate: f64) -> Vec<Vec<f64>> {
    descend(GradientDescent, rate, &START, STEPS, |x, g| valley_gradient(c, x, g))
}

/// The share of the way to the bottom that is left at the end of a path.
pub fn left(path: &[Vec<f64>]) -> f64 {
    let far = |place: &Vec<f64>| place.iter().map(|x| x * x).sum::<f64>().sqrt();
    match path {
        [start, .., end] if far(start) > 0.0 => far(end) / far(start),
        [start] if far(start) > 0.0 => 1.0,
        _ => 0.0, // it has been there from the start
    }
}

/// What a step multiplies the distance from the bottom by, along a direction of this curvature.
pub fn factor(rate: f64, curvature: f64) -> f64 {
    1.0 - rate * curvature
}

/// A valley whose largest rate is looked for: its name, its curvatures, and the rate that was found.
struct Limit {
    name: &'static str,
    curvatures: Vec<f64>,
    found: f64,
}

impl Limit {
    /// Two over the largest curvature.
    fn theory(&self) -> f64 {
        2.0 / self.curvatures[0]
    }
}

fn limits() -> Vec<Limit> {
    let bowls = [("x₁² + x₂²", 1.0), ("x₁² + 2x₂²", 2.0), ("x₁² + 20x₂²", NARROW)];
    let bowls = bowls.into_par_iter().map(|(name, c)| Limit {
        name,
        curvatures: curvatures(&array![[2.0, 0.0], [0.0, 2.0 * c]]),
        found: largest_stable_rate(&START, |x, g| valley_gradient(c, x, g)),
    });
    let exams = [
        ("students, raw", Exam::raw()),
        ("students, standardised", Exam::standardised()),
    ];
    let exams = exams.into_par_iter().map(|(name, exam)| Limit {
        name,
        curvatures: curvatures(&exam.hessian()),
        found: largest_stable_rate(&[0.0; 4], |w, g| exam.gradient(w, g)),
    });
    bowls.chain(exams).collect()
}

/// The largest curvature and the smallest.
pub fn extremes(hessian: &Array2<f64>) -> [f64; 2] {
    let curvatures = curvatures(hessian);
    [curvatures[0], curvatures[curvatures.len() - 1]]
}

/// The rate that serves the largest and the smallest curvature best.
pub fn best_rate([largest, smallest]: [f64; 2]) -> f64 {
    2.0 / (largest + smallest)
}

/// A descent on the students has arrived when its cost is this close to the lowest.
pub const ARRIVED: f64 = 0.01;

/// How many steps a descent takes until it is there; none if it needs more than `patience`.
pub fn arrival(
    mut rule: impl UpdateRule,
    rate: f64,
    start: &[f64],
    patience: usize,
    mut gradient: impl FnMut(&[f64], &mut [f64]),
    is_there: impl Fn(&[f64]) -> bool,
) -> Option<usize> {
    let (mut here, mut slope) = (start.to_vec(), vec![0.0; start.len()]);
    for steps in 0..=patience {
        if is_there(&here) {
            return Some(steps);
        }
        slope.fill(0.0);
        gradient(&here, &mut slope);
        rule.update(rate, &mut here, &slope);
    }
    None
}

/// How many steps a descent on the students may take.
const LONGEST: usize = 2_000_000;

/// How many steps descent by this rule and at this rate takes on the students.
pub fn steps_to_arrive(exam: &Exam, rule: impl UpdateRule, rate: f64) -> Option<usize> {
    let lowest = exam.cost(&exam.best());
    let is_there = |w: &[f64]| exam.cost(w) - lowest < ARRIVED;
    let gradient = |w: &[f64], g: &mut [f64]| exam.gradient(w, g);
    arrival(rule, rate, &[0.0; 4], LONGEST, gradient, is_there)
}

/// How many steps plain descent on the students takes at the best rate there is.
pub fn plain_steps(exam: &Exam) -> Option<usize> {
    steps_to_arrive(exam, GradientDescent, best_rate(extremes(&exam.hessian())))
}

/// How many steps the picture of the students' valley shows.
pub const SHOWN: usize = 6;
/// Where they start: so far from the best weights of sleep and study.
pub const ASIDE: [f64; 2] = [8.0, 4.0];

/// The students' cost over the weights of sleep and study, with the other two at their best.
struct Slice {
    exam: Exam,
    best: Vec<f64>,
}

impl Slice {
    const SLEEP: usize = 2;
    const STUDY: usize = 1;

    fn of(exam: Exam) -> Slice {
        Slice { best: exam.best(), exam }
    }

    /// The best weights of sleep and study.
    fn bottom(&self) -> [f64; 2] {
        [Slice::SLEEP, Slice::STUDY].map(|input| self.best[input])
    }

    fn cost(&self, sleep: f64, study: f64) -> f64 {
        self.exam.cost(&[self.best[0], study, sleep, self.best[3]])
    }

    /// The share of the way to the bottom that is left after the first steps.
    fn left(&self) -> f64 {
        let bottom = self.bottom();
        let far = |x: &Vec<f64>| {
            let [across, along] = [x[0] - bottom[0], x[1] - bottom[1]];
            (across * across + along * along).sqrt()
        };
        let path = self.walk();
        far(&path[SHOWN]) / far(&path[0])
    }

    /// The first steps at the best rate, from aside.
    fn walk(&self) -> Vec<Vec<f64>> {
        let inputs = [Slice::SLEEP, Slice::STUDY];
        let h = self.exam.hessian().select(Axis(0), &inputs).select(Axis(1), &inputs);
        let bottom = self.bottom();
        let start = [bottom[0] + ASIDE[0], bottom[1] + ASIDE[1]];
        descend(GradientDescent, best_rate(extremes(&h)), &start, SHOWN, |x, slope| {
            let [across, along] = [x[0] - bottom[0], x[1] - bottom[1]];
            slope[0] = h[[0, 0]] * across + h[[0, 1]] * along;
            slope[1] = h[[1, 0]] * across + h[[1, 1]] * along;
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_end_comes_out() {
        let path = walk(2.0, 0.1);
        assert!((path[20][0] + 0.057_646_075_2).abs() < 5e-11, "{:?}", path[20]);
        assert!((path[20][1] + 7.312_316_88e-5).abs() < 5e-14, "{:?}", path[20]);
    }

    #[test]
    fn the_largest_stable_rate_is_two_over_the_largest_curvature_to_three_digits() {
        for limit in limits() {
            let apart = (limit.found / limit.theory() - 1.0).abs();
            assert!(apart < 5e-4, "{}: {} {}", limit.name, limit.found, limit.theory());
        }
    }

    #[test]
    fn the_narrower_the_valley_the_more_is_left_even_at_the_best_of_the_rates() {
        let best = |c| {
            let lefts = live::RATES.iter().map(|&rate| left(&walk(c, rate)));
            lefts.fold(f64::INFINITY, f64::min)
        };
        let lefts: Vec<f64> = live::NARROWNESS.iter().map(|&c| best(c)).collect();
        assert!(lefts.is_sorted(), "{lefts:?}");
        assert!(lefts[0] < 1e-9 && lefts[lefts.len() - 1] > 0.3, "{lefts:?}");
    }

    #[test]
    fn a_few_steps_go_further_in_the_bowl_than_in_the_trench() {
        let [raw, bowl] =
            [Exam::raw(), Exam::standardised()].map(|exam| Slice::of(exam).left());
        assert!(raw < 1.0 && bowl < 0.5 * raw, "{raw} {bowl}");
    }

    #[test]
    fn standardising_makes_the_valley_rounder_and_the_way_shorter() {
        let (raw, scaled) = (Exam::raw(), Exam::standardised());
        let condition = |exam: &Exam| {
            let [largest, smallest] = extremes(&exam.hessian());
            largest / smallest
        };
        assert!(condition(&raw) > 1_000.0 * condition(&scaled));
        let [raw, scaled] = [raw, scaled].map(|exam| plain_steps(&exam).unwrap());
        assert!(raw > 1_000 * scaled);
    }
}
