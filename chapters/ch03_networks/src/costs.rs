//! A cost is what we ask for. Eight of them, each with its gradient, and a check that a well-known list does not pass.

pub(crate) mod shown;

use nn::math::softmax;
use nn::{Activation, Cost, seeded};
use rand::{Rng, RngExt};

/// How far an output is shaken. Smaller, and rounding would show; larger, and the curve would.
pub const H: f64 = 1e-6;

/// How the cost grows with one output, measured: shake it, and watch.
pub fn central_difference(
    cost: impl Fn(&[f64]) -> f64,
    outputs: &[f64],
    place: usize,
) -> f64 {
    let shaken = |by: f64| {
        let mut outputs = outputs.to_vec();
        outputs[place] += by;
        cost(&outputs)
    };
    (shaken(H) - shaken(-H)) / (2.0 * H)
}

/// How far a gradient is off: 0 if it agrees with the measured one, 1 or more if it points elsewhere.
pub fn error(gradient: f64, measured: f64) -> f64 {
    (gradient - measured).abs() / gradient.abs().max(measured.abs()).max(1e-3)
}

/// How many rows each gradient is checked on.
pub const ROWS: usize = 200;
/// How many outputs a row has.
pub const OUTPUTS: usize = 3;

/// The largest error of a gradient over many random rows.
fn worst(
    cost: impl Fn(&[f64], &[f64]) -> f64,
    gradient: impl Fn(&[f64], &[f64], &mut [f64]),
    rng: &mut impl Rng,
) -> f64 {
    let mut worst: f64 = 0.0;
    for _ in 0..ROWS {
        // Between 0 and 1, where every cost is defined; the targets add up to 1.
        let outputs: Vec<f64> =
            (0..OUTPUTS).map(|_| 0.1 + 0.8 * rng.random::<f64>()).collect();
        let scores: Vec<f64> = (0..OUTPUTS).map(|_| 2.0 * rng.random::<f64>()).collect();
        let mut targets = vec![0.0; OUTPUTS];
        softmax(&scores, &mut targets);
        let mut slopes = vec![0.0; OUTPUTS];
        gradient(&outputs, &targets, &mut slopes);
        for (place, slope) in slopes.iter().enumerate() {
            let cost = |outputs: &[f64]| cost(outputs, &targets);
            worst = worst.max(error(*slope, central_difference(cost, &outputs, place)));
        }
    }
    worst
}

/// A gradient as a formula in an output a, its target y and the cost C of the row.
type Formula = fn(a: f64, y: f64, cost: f64) -> f64;

/// An entry of the list: whose cost it is, its gradient as printed there, and that formula.
pub struct Entry {
    /// The cost, as ours.
    pub cost: Cost,
    /// By what the list's value is a multiple of ours.
    pub times: f64,
    /// The printed gradient, with y for its E.
    pub printed: &'static str,
    /// The same to compute with.
    pub formula: Formula,
}

/// The gradients of "A list of cost functions used in neural networks, alongside applications"
/// (CrossValidated), as they stood after the edit of June 2015. Its τ is 1.
pub fn list() -> [Entry; 7] {
    let half = std::f64::consts::FRAC_1_SQRT_2;
    let entry = |cost, times, printed, formula| Entry { cost, times, printed, formula };
    [
        entry(Cost::Quadratic, 1.0, "a − y", |a, y, _| a - y),
        entry(Cost::BinaryCrossEntropy, 1.0, "(a − y) / ((a + 1) a)", |a, y, _| {
            (a - y) / ((a + 1.0) * a)
        }),
        entry(Cost::Exponential, 1.0, "2 (a − y) C", |a, y, cost| 2.0 * (a - y) * cost),
        entry(Cost::Hellinger, 2.0 * half, "(√a − √y) / (√2 √a)", |a, y, _| {
            (a.sqrt() - y.sqrt()) / (std::f64::consts::SQRT_2 * a.sqrt())
        }),
        entry(Cost::KullbackLeibler, 1.0, "y / a", |a, y, _| y / a),
        entry(Cost::GeneralisedKullbackLeibler, 1.0, "(y + a) / a", |a, y, _| {
            (y + a) / a
        }),
        entry(Cost::ItakuraSaito, 1.0, "(y + a²) / a²", |a, y, _| {
            (y + a * a) / (a * a)
        }),
    ]
}

/// The largest error of our gradient of a cost.
pub fn worst_of(cost: Cost, seed: u64) -> f64 {
    worst(
        |a, y| cost.value(a, y),
        |a, y, into| cost.gradient(a, y, into),
        &mut seeded(seed),
    )
}

/// The error of an entry's gradient with respect to its own cost.
pub fn error_of(entry: &Entry, seed: u64) -> f64 {
    let cost = |a: &[f64], y: &[f64]| entry.times * entry.cost.value(a, y);
    let gradient = |a: &[f64], y: &[f64], into: &mut [f64]| {
        let whole = cost(a, y);
        for ((place, a), y) in into.iter_mut().zip(a).zip(y) {
            *place = (entry.formula)(*a, *y, whole);
        }
    };
    worst(cost, gradient, &mut seeded(seed))
}

/// Whether an entry's gradient belongs to another cost than its own.
pub fn is_wrong(entry: &Entry, seed: u64) -> bool {
    error_of(entry, seed) > 1e-3
}

/// What a single sigmoid is asked for, from where, how fast and for how long.
pub const TARGET: f64 = 0.3;
const START: f64 = 0.5;
const RATE: f64 = 0.1;
const UPDATES: usize = 20_000;

/// Where a single sigmoid output ends when it follows this gradient.
fn end(gradient: impl Fn(f64) -> f64) -> f64 {
    let mut z = 0.0; // where a sigmoid says one half
    for _ in 0..UPDATES {
        let a = Activation::Sigmoid.value(z);
        z -= RATE * gradient(a) * Activation::Sigmoid.slope(a);
    }
    Activation::Sigmoid.value(z)
}

/// Where our gradient of a cost leads a sigmoid that is asked for [`TARGET`].
pub fn our_end(cost: Cost) -> f64 {
    end(|a| {
        let mut slope = [0.0];
        cost.gradient(&[a], &[TARGET], &mut slope);
        slope[0]
    })
}

/// Where an entry's gradient leads it.
pub fn listed_end(entry: &Entry) -> f64 {
    let cost = |a: f64| entry.times * entry.cost.value(&[a], &[TARGET]);
    end(|a| (entry.formula)(a, TARGET, cost(a)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use nn::math::exp;

    #[test]
    fn every_gradient_of_the_catalogue_agrees_with_its_cost() {
        for cost in Cost::ALL {
            assert!(worst_of(cost, 1) < 1e-6, "{}: {}", cost.name(), worst_of(cost, 1));
        }
    }

    #[test]
    fn the_check_refuses_the_listed_gradient_and_accepts_the_right_one() {
        let [.., listed, _] = list();
        assert_eq!(listed.printed, "(y + a) / a");
        assert!(error_of(&listed, 1) > 0.5);
        let right =
            Entry { printed: "(a − y) / a", formula: |a, y, _| (a - y) / a, ..listed };
        assert!(error_of(&right, 1) < 1e-6);
    }

    #[test]
    fn four_entries_of_the_list_are_wrong_and_the_others_are_not() {
        let wrong: Vec<Cost> = list()
            .iter()
            .filter(|entry| is_wrong(entry, 1))
            .map(|entry| entry.cost)
            .collect();
        let expected = [
            Cost::BinaryCrossEntropy,
            Cost::KullbackLeibler,
            Cost::GeneralisedKullbackLeibler,
            Cost::ItakuraSaito,
        ];
        assert_eq!(wrong, expected);
    }

    #[test]
    fn each_cost_leads_to_its_target_but_kullback_and_leibler_to_one() {
        for entry in list() {
            let end = our_end(entry.cost);
            let wanted = if entry.cost == Cost::KullbackLeibler { 1.0 } else { TARGET };
            assert!((end - wanted).abs() < 0.01, "{} ends at {end}", entry.cost.name());
        }
    }

    #[test]
    fn a_central_difference_knows_the_slope_of_a_known_function() {
        let slope = central_difference(|a| exp(2.0 * a[0]), &[0.0], 0);
        assert!((slope - 2.0).abs() < 1e-8, "{slope}");
    }
}
