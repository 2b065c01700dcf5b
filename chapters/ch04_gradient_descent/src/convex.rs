//! Descent runs on any slope; convexity is what promises that wherever it starts, it ends at the bottom.

pub(crate) mod shown;

use datasets::xor;
use nn::math::{cos, ln, sin};
use nn::random::normal;
use nn::{Activation, Examples, GradientDescent, Network, descend, seeded};
use rand::{Rng, RngExt};

use crate::exam::Exam;
use crate::flat::Flat;
use crate::lanes;

/// What is multiplied with x inside the cosine.
const WAVE: f64 = 0.15 * std::f64::consts::PI;

/// x · cos(0.15πx): a function with many valleys.
pub fn waves(x: f64) -> f64 {
    x * cos(WAVE * x)
}

/// Its slope.
pub fn waves_slope(x: f64) -> f64 {
    cos(WAVE * x) - WAVE * x * sin(WAVE * x)
}

/// From here to [`TO`], x · cos(0.15πx) has three whole valleys.
pub const FROM: f64 = -20.0;
/// See [`FROM`].
pub const TO: f64 = 13.0;

/// The rate that follows the slope of the waves without jumping over them.
pub const CALM: f64 = 0.05;
/// The published rate, which jumps.
pub const PUBLISHED_RATE: f64 = 2.0;

/// So many steps down the waves: the x of each place, the start among them.
pub fn roll(rate: f64, start: f64, steps: usize) -> Vec<f64> {
    let slope = |x: &[f64], g: &mut [f64]| g[0] = waves_slope(x[0]);
    let path = descend(GradientDescent, rate, &[start], steps, slope);
    path.iter().map(|place| place[0]).collect()
}

/// The bottom of the valley of the waves in which `x` lies.
pub fn bottom(x: f64) -> f64 {
    roll(CALM, x, 2_000)[2_000]
}

/// From how many places each descent starts.
pub const STARTS: usize = 100;
/// How many steps it makes, but for the network.
const STEPS: usize = 1_000;

/// A descent that ends this close to the lowest cost has found it.
pub const CLOSE: f64 = 1e-6;

/// How many pairs of places are asked whether the chord between them lies above the function.
pub const CHORDS: usize = 10_000;

/// A cost as a function of its numbers.
type Height = Box<dyn FnMut(&[f64]) -> f64>;

/// Writes the gradient at some numbers into a slice.
type Slope = Box<dyn FnMut(&[f64], &mut [f64])>;

/// A cost to descend on, and where to start.
pub struct Landscape {
    name: &'static str,
    starts: Vec<Vec<f64>>,
    rate: f64,
    steps: usize,
    /// The lowest cost there is.
    lowest: f64,
    /// A descent that ends this close to it counts as having found it.
    close: f64,
    cost: Height,
    gradient: Slope,
    /// If it is the cost of a network: what that learns.
    examples: Option<Examples>,
}

/// What became of all descents on a landscape.
pub struct Outcome {
    name: &'static str,
    numbers: usize,
    /// How many of the chords dip below the function: none if it is convex.
    below: usize,
    /// Where each descent ended.
    ends: Vec<Vec<f64>>,
    /// The costs at the ends that are not the lowest.
    elsewhere: Vec<f64>,
    /// The steepest slope at such an end; 0 if there is none.
    slope_elsewhere: f64,
}

impl Outcome {
    /// How many descents found the lowest cost.
    fn found(&self) -> usize {
        STARTS - self.elsewhere.len()
    }

    /// The lowest and the highest cost at an end that is not the lowest.
    fn range_elsewhere(&self) -> [f64; 2] {
        let costs = || self.elsewhere.iter().copied();
        [costs().fold(f64::INFINITY, f64::min), costs().fold(0.0, f64::max)]
    }
}

impl Landscape {
    /// Asks the chords, and descends from every start.
    pub fn explore(mut self, seed: u64) -> Outcome {
        let below = self.chords_below(seed);
        let ends = self.ends();
        let mut slope = vec![0.0; self.starts[0].len()];
        let (mut elsewhere, mut slope_elsewhere) = (Vec::new(), 0.0_f64);
        for end in &ends {
            let cost = (self.cost)(end);
            if cost - self.lowest < self.close {
                continue;
            }
            elsewhere.push(cost);
            (self.gradient)(end, &mut slope);
            let squares: f64 = slope.iter().map(|g| g * g).sum();
            slope_elsewhere = slope_elsewhere.max(squares.sqrt());
        }
        let (name, numbers) = (self.name, slope.len());
        Outcome { name, numbers, below, ends, elsewhere, slope_elsewhere }
    }

    /// Where the descents end.
    fn ends(&mut self) -> Vec<Vec<f64>> {
        let (rate, steps) = (self.rate, self.steps);
        if let Some(examples) = &self.examples {
            return lanes::ends(examples, &self.starts, rate, steps);
        }
        let mut end = |start: &Vec<f64>| {
            let path = descend(GradientDescent, rate, start, steps, &mut self.gradient);
            path[steps].clone()
        };
        self.starts.iter().map(&mut end).collect()
    }

    /// Of random chords between two starts, how many are lower than the function at a random place between?
    fn chords_below(&mut self, seed: u64) -> usize {
        let rng = &mut seeded(seed);
        let mut below = 0;
        for _ in 0..CHORDS {
            let mut start = || &self.starts[rng.random_range(0..STARTS as u32) as usize];
            let (p, q) = (start(), start());
            let share: f64 = rng.random();
            let between: Vec<f64> =
                p.iter().zip(q).map(|(p, q)| share * p + (1.0 - share) * q).collect();
            let chord = share * (self.cost)(p) + (1.0 - share) * (self.cost)(q);
            // Rounding alone must not decide.
            if (self.cost)(&between) > chord + 1e-9 * chord.abs() {
                below += 1;
            }
        }
        below
    }
}

/// Evenly spread starts in one dimension.
fn spread(from: f64, to: f64) -> Vec<f64> {
    let width = (to - from) / STARTS as f64;
    (0..STARTS).map(|index| from + width * (index as f64 + 0.5)).collect()
}

/// A cost of one number and its slope. Descents start evenly spread from here to there; the lowest cost is 0.
fn curve(
    name: &'static str,
    [from, to]: [f64; 2],
    rate: f64,
    cost: fn(f64) -> f64,
    slope: fn(f64) -> f64,
) -> Landscape {
    Landscape {
        name,
        starts: spread(from, to).into_iter().map(|start| vec![start]).collect(),
        rate,
        steps: STEPS,
        lowest: 0.0,
        close: CLOSE,
        cost: Box::new(move |x| cost(x[0])),
        gradient: Box::new(move |x, g| g[0] = slope(x[0])),
        examples: None,
    }
}

fn parabola() -> Landscape {
    curve("x²", [-20.0, 20.0], 0.1, |x| x * x, |x| 2.0 * x)
}

/// One valley, but its sides bend away from it.
fn funnel() -> Landscape {
    let slope = |x| 2.0 * x / (1.0 + x * x);
    curve("ln(1 + x²)", [-20.0, 20.0], 0.5, |x| ln(1.0 + x * x), slope)
}

fn wavy() -> Landscape {
    let wavy = curve("x · cos(0.15πx)", [FROM, TO], CALM, waves, waves_slope);
    Landscape { lowest: waves(bottom(-13.7)), ..wavy }
}

fn neuron(seed: u64) -> Landscape {
    let exam = Exam::standardised();
    let lowest = exam.cost(&exam.best());
    let rng = &mut seeded(seed);
    let mut start = || (0..4).map(|_| 50.0 * normal(rng)).collect();
    let other = exam.clone();
    Landscape {
        name: "one neuron, students",
        starts: (0..STARTS).map(|_| start()).collect(),
        rate: 0.3,
        steps: STEPS,
        lowest,
        close: CLOSE,
        cost: Box::new(move |w| exam.cost(w)),
        gradient: Box::new(move |w, g| other.gradient(w, g)),
        examples: None,
    }
}

/// How many steps the network gets for XOR.
pub const XOR_STEPS: usize = 3_000;
/// At this rate.
const XOR_RATE: f64 = 0.3;
/// The cost below which it has learnt XOR.
pub const XOR_LEARNT: f64 = 1e-3;

fn network(seed: u64) -> Landscape {
    let rng = &mut seeded(seed);
    let starts = (0..STARTS).map(|_| xor_network(rng).numbers()).collect();
    let mut flat = xor_network(rng);
    let mut other = flat.clone();
    Landscape {
        name: "network, XOR",
        starts,
        rate: XOR_RATE,
        steps: XOR_STEPS,
        lowest: 0.0,
        close: XOR_LEARNT,
        cost: Box::new(move |w| flat.cost(w)),
        gradient: Box::new(move |w, g| {
            other.gradient(w, g);
        }),
        examples: Some(xor()),
    }
}

fn xor_network(rng: &mut impl Rng) -> Flat {
    Flat::new(Network::new(&[2, 2, 1], Activation::Tanh, rng), xor())
}

/// From how many fresh starts networks learn XOR if we are patient.
pub const PATIENT_STARTS: usize = 500;
/// After how many steps we look.
pub const LOOKS: [usize; 3] = [XOR_STEPS, 30_000, 300_000];

/// How many networks have learnt XOR at each of [`LOOKS`]. Only those that have not go on.
pub fn learnt_in_time(seed: u64, look: impl Fn()) -> [usize; 3] {
    let rng = &mut seeded(seed);
    let starts = (0..PATIENT_STARTS).map(|_| xor_network(rng).numbers());
    let mut left: Vec<Vec<f64>> = starts.collect();
    let (mut flat, mut done) = (xor_network(rng), 0);
    LOOKS.map(|steps| {
        left = lanes::ends(&xor(), &left, XOR_RATE, steps - done);
        left.retain(|numbers| flat.cost(numbers) >= XOR_LEARNT);
        done = steps;
        look();
        PATIENT_STARTS - left.len()
    })
}

/// The five costs, two convex ones first.
pub fn landscapes(seed: u64) -> [Landscape; 5] {
    [parabola(), neuron(seed), funnel(), wavy(), network(seed + 1)]
}

/// The bottoms in which descents ended, the lowest first, and how many ended in each.
pub fn bottoms(ends: &[Vec<f64>]) -> Vec<(f64, usize)> {
    let mut found: Vec<(f64, usize)> = Vec::new();
    for end in ends {
        match found.iter_mut().find(|(bottom, _)| (bottom - end[0]).abs() < 1e-3) {
            Some((_, count)) => *count += 1,
            None => found.push((end[0], 1)),
        }
    }
    found.sort_by(|a, b| waves(a.0).total_cmp(&waves(b.0)));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_end_comes_out() {
        let end = roll(2.0, 10.0, 10)[10];
        assert!(
            (end + 1.528_165_927_635).abs() < 5e-12,
            "{end}, published -1.528165927635"
        );
    }

    #[test]
    fn on_a_convex_cost_every_start_finds_the_minimum() {
        for landscape in [parabola(), neuron(1)] {
            let outcome = landscape.explore(3);
            assert_eq!((outcome.below, outcome.found()), (0, STARTS), "{}", outcome.name);
        }
    }

    #[test]
    fn a_cost_need_not_be_convex_for_every_start_to_find_its_minimum() {
        let outcome = funnel().explore(3);
        assert!(outcome.below > CHORDS / 10, "{} chords", outcome.below);
        assert_eq!(outcome.found(), STARTS);
    }

    #[test]
    fn on_the_waves_the_start_decides() {
        let outcome = wavy().explore(3);
        assert!(outcome.below > CHORDS / 10);
        let bottoms = bottoms(&outcome.ends);
        assert_eq!(bottoms.len(), 3, "{bottoms:?}");
        assert_eq!(bottoms[0].1, outcome.found());
        assert_eq!(bottoms.iter().map(|(_, count)| count).sum::<usize>(), STARTS);
    }

    #[test]
    fn most_networks_learn_xor_and_the_others_still_stand_on_a_slope() {
        let outcome = network(2).explore(3);
        assert!((STARTS / 2..STARTS).contains(&outcome.found()), "{}", outcome.found());
        assert!(outcome.slope_elsewhere > 1e-5, "{}", outcome.slope_elsewhere);
    }

    #[test]
    fn with_patience_more_networks_learn_xor_but_not_all() {
        let [soon, later, late] = learnt_in_time(7, || ());
        assert!(soon + 5 < later && later < late && late < PATIENT_STARTS);
    }
}
