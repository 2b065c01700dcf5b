//! Descent runs on any slope; convexity is what promises that wherever it starts, it ends at the bottom.

use datasets::xor;
use lesson::{Page, Result, Row, Table, count, fixed, significant};
use nn::math::{cos, ln, sin};
use nn::random::normal;
use nn::{Activation, GradientDescent, Network, descend, seeded};
use plot::{Axis, Color, Figure, Line, Note, Panel, Points, Rule};
use rand::RngExt;

use crate::exam::Exam;
use crate::flat::Flat;

/// From how many places each descent starts.
const STARTS: usize = 100;

/// A descent that ends this close to the lowest cost has found it.
const CLOSE: f64 = 1e-6;

/// How many pairs of places are asked whether the chord between them lies above the function.
const CHORDS: usize = 10_000;

/// What is multiplied with x inside the cosine.
const WAVE: f64 = 0.15 * std::f64::consts::PI;

/// Between these, x · cos(0.15πx) has three whole valleys.
const FROM: f64 = -20.0;
const TO: f64 = 13.0;

/// The rate that follows the slope of the waves without jumping over them, and the published one.
const CALM: f64 = 0.05;
const PUBLISHED_RATE: f64 = 2.0;

/// How many steps the network gets for XOR, and the cost below which it has learnt it.
const XOR_STEPS: usize = 3_000;
const XOR_LEARNT: f64 = 1e-3;

/// x · cos(0.15πx): a function with many valleys.
pub fn waves(x: f64) -> f64 {
    x * cos(WAVE * x)
}

/// Its slope.
pub fn waves_slope(x: f64) -> f64 {
    cos(WAVE * x) - WAVE * x * sin(WAVE * x)
}

/// A cost as a function of its numbers.
type Height = Box<dyn FnMut(&[f64]) -> f64>;

/// Writes the gradient at some numbers into a slice.
type Slope = Box<dyn FnMut(&[f64], &mut [f64])>;

/// A cost to descend on, and where to start.
struct Landscape {
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
}

/// What became of all descents on a landscape.
struct Outcome {
    name: &'static str,
    numbers: usize,
    /// How many of the chords dip below the function: none if it is convex.
    below: usize,
    /// Where each descent ended.
    ends: Vec<Vec<f64>>,
    /// The cost there.
    costs: Vec<f64>,
    /// How many found the lowest cost.
    found: usize,
    /// The steepest slope at an end that is not the lowest; 0 if there is none.
    slope_elsewhere: f64,
}

impl Landscape {
    fn explore(mut self, seed: u64) -> Outcome {
        let below = self.chords_below(seed);
        let (rate, steps) = (self.rate, self.steps);
        let ends: Vec<Vec<f64>> = self
            .starts
            .iter()
            .map(|start| {
                let path =
                    descend(GradientDescent, rate, start, steps, &mut self.gradient);
                path[steps].clone()
            })
            .collect();
        let costs: Vec<f64> = ends.iter().map(|end| (self.cost)(end)).collect();
        let arrived = |cost: &f64| cost - self.lowest < self.close;
        let found = costs.iter().filter(|cost| arrived(cost)).count();
        let mut slope = vec![0.0; self.starts[0].len()];
        let mut slope_elsewhere = 0.0_f64;
        for (end, _) in ends.iter().zip(&costs).filter(|(_, cost)| !arrived(cost)) {
            (self.gradient)(end, &mut slope);
            let squares: f64 = slope.iter().map(|g| g * g).sum();
            slope_elsewhere = slope_elsewhere.max(squares.sqrt());
        }
        let numbers = slope.len();
        Outcome { name: self.name, numbers, below, ends, costs, found, slope_elsewhere }
    }

    /// Of random chords between two starts, how many are lower than the function at a random place between?
    fn chords_below(&mut self, seed: u64) -> usize {
        let rng = &mut seeded(seed);
        let mut below = 0;
        for _ in 0..CHORDS {
            let mut start = || &self.starts[rng.random_range(0..STARTS as u32) as usize];
            let (a, b) = (start(), start());
            let share: f64 = rng.random();
            let between: Vec<f64> =
                a.iter().zip(b).map(|(a, b)| share * a + (1.0 - share) * b).collect();
            let chord = share * (self.cost)(a) + (1.0 - share) * (self.cost)(b);
            // Rounding alone must not decide.
            if (self.cost)(&between) > chord + 1e-9 * chord.abs() {
                below += 1;
            }
        }
        below
    }
}

/// Evenly spread starts in one dimension.
fn spread(from: f64, to: f64) -> Vec<Vec<f64>> {
    let width = (to - from) / STARTS as f64;
    (0..STARTS).map(|index| vec![from + width * (index as f64 + 0.5)]).collect()
}

fn parabola() -> Landscape {
    Landscape {
        name: "x²",
        starts: spread(-20.0, 20.0),
        rate: 0.1,
        steps: 1_000,
        lowest: 0.0,
        close: CLOSE,
        cost: Box::new(|x| x[0] * x[0]),
        gradient: Box::new(|x, g| g[0] = 2.0 * x[0]),
    }
}

fn neuron(seed: u64) -> Landscape {
    let exam = Exam::standardised();
    let lowest = exam.cost(&exam.best());
    let rng = &mut seeded(seed);
    let starts =
        (0..STARTS).map(|_| (0..4).map(|_| 50.0 * normal(rng)).collect()).collect();
    let other = exam.clone();
    Landscape {
        name: "one neuron, students",
        starts,
        rate: 0.3,
        steps: 1_000,
        lowest,
        close: CLOSE,
        cost: Box::new(move |w| exam.cost(w)),
        gradient: Box::new(move |w, g| other.gradient(w, g)),
    }
}

/// One valley, but its sides bend away from it.
fn funnel() -> Landscape {
    Landscape {
        name: "ln(1 + x²)",
        starts: spread(-20.0, 20.0),
        rate: 0.5,
        steps: 1_000,
        lowest: 0.0,
        close: CLOSE,
        cost: Box::new(|x| ln(1.0 + x[0] * x[0])),
        gradient: Box::new(|x, g| g[0] = 2.0 * x[0] / (1.0 + x[0] * x[0])),
    }
}

fn wavy() -> Landscape {
    let deepest = bottom(-13.7);
    Landscape {
        name: "x · cos(0.15πx)",
        starts: spread(FROM, TO),
        rate: CALM,
        steps: 1_000,
        lowest: waves(deepest),
        close: CLOSE,
        cost: Box::new(|x| waves(x[0])),
        gradient: Box::new(|x, g| g[0] = waves_slope(x[0])),
    }
}

fn network(seed: u64) -> Landscape {
    let rng = &mut seeded(seed);
    let starts = (0..STARTS).map(|_| xor_network(rng).numbers()).collect();
    let mut flat = xor_network(rng);
    let mut other = flat.clone();
    Landscape {
        name: "network, XOR",
        starts,
        rate: 0.3,
        steps: XOR_STEPS,
        lowest: 0.0,
        close: XOR_LEARNT,
        cost: Box::new(move |w| flat.cost(w)),
        gradient: Box::new(move |w, g| {
            other.gradient(w, g);
        }),
    }
}

fn xor_network(rng: &mut impl rand::Rng) -> Flat {
    Flat::new(Network::new(&[2, 2, 1], Activation::Tanh, rng), xor())
}

/// The bottom of the valley of the waves in which `x` lies.
pub fn bottom(x: f64) -> f64 {
    descend(GradientDescent, CALM, &[x], 2_000, |x, g| g[0] = waves_slope(x[0]))[2_000][0]
}

/// Fills the page.
pub fn run(page: &mut Page) -> Result {
    let landscapes =
        [parabola(), neuron(page.seed(1)), funnel(), wavy(), network(page.seed(2))];
    let progress = page.progress("descending", landscapes.len());
    let outcomes = landscapes.map(|landscape| {
        let outcome = landscape.explore(page.seed(3));
        progress.step();
        outcome
    });
    drop(progress);
    let table = table(&outcomes);
    page.table("starts", &table);
    for (name, outcome) in
        ["parabola", "neuron", "funnel", "waves", "network"].into_iter().zip(&outcomes)
    {
        page.value(&format!("found_{name}"), table.cell(outcome.name, "at the lowest"));
        page.value(&format!("below_{name}"), table.cell(outcome.name, "chords below"));
    }
    page.value("starts", STARTS);
    page.value("chords", count(CHORDS));
    page.value("close", CLOSE);
    page.value("learnt", XOR_LEARNT);

    let waves = &outcomes[3];
    let valleys = valleys_table(&waves.ends);
    page.table("valleys", &valleys);
    page.figure("waves", &figure(waves));
    page.value("elsewhere", STARTS - waves.found);
    network_values(page, &outcomes[4]);
    page.value("from", FROM);
    page.value("to", TO);
    page.value("rate", CALM);

    published(page);
    Ok(())
}

/// Where the networks stand that did not learn XOR.
fn network_values(page: &mut Page, outcome: &Outcome) {
    let elsewhere = outcome.costs.iter().copied().filter(|&cost| cost > XOR_LEARNT);
    let (low, high) = elsewhere.fold((f64::INFINITY, 0.0_f64), |(low, high), cost| {
        (low.min(cost), high.max(cost))
    });
    page.value("network_elsewhere", STARTS - outcome.found);
    page.value("network_low", significant(low, 3));
    page.value("network_high", significant(high, 3));
    page.value("network_slope", significant(outcome.slope_elsewhere, 1));
    page.value("network_steps", count(XOR_STEPS));
}

fn published(page: &mut Page) {
    let slope = |x: &[f64], g: &mut [f64]| g[0] = waves_slope(x[0]);
    let path = descend(GradientDescent, PUBLISHED_RATE, &[10.0], 10, slope);
    let mut table = Table::new(["step", "x", "x · cos(0.15πx)"]);
    for (step, place) in path.iter().enumerate() {
        table.row([step.to_string(), fixed(place[0], 6), fixed(waves(place[0]), 4)]);
    }
    page.table("published", &table);
    page.value("published_rate", PUBLISHED_RATE);
    page.value("published_end", fixed(path[10][0], 6));
    page.value("published_first", fixed(path[1][0], 3));
    page.value("calm_end", fixed(bottom(10.0), 3));
}

fn table(outcomes: &[Outcome]) -> Table {
    let mut table =
        Table::new(["cost", "numbers", "chords below", "starts", "at the lowest"]);
    for outcome in outcomes {
        table.row(
            Row::of([outcome.name.to_string(), outcome.numbers.to_string()]).and([
                count(outcome.below),
                STARTS.to_string(),
                outcome.found.to_string(),
            ]),
        );
    }
    table
}

/// The bottoms in which descents ended, the lowest first, and how many ended in each.
fn bottoms(ends: &[Vec<f64>]) -> Vec<(f64, usize)> {
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

fn valleys_table(ends: &[Vec<f64>]) -> Table {
    let mut table = Table::new(["bottom at x", "cost there", "descents"]);
    for (bottom, descents) in bottoms(ends) {
        table.row([
            significant(bottom, 4),
            significant(waves(bottom), 4),
            descents.to_string(),
        ]);
    }
    table
}

/// The curve with the starts, each marked by the valley in which it ends.
fn figure(outcome: &Outcome) -> Figure {
    let starts = spread(FROM, TO);
    let mut panel = Panel::new()
        .x(Axis::new("x").range(FROM..=TO).ticks([-20.0, -10.0, 0.0, 10.0]))
        .y(Axis::new("x · cos(0.15πx)").range(-19.0..=21.0))
        .draw(Line::function(FROM..=TO, waves).color(Color::Muted));
    let colors = [Color::Blue, Color::Vermillion, Color::Green];
    for ((bottom, descents), color) in bottoms(&outcome.ends).into_iter().zip(colors) {
        let here = starts
            .iter()
            .zip(&outcome.ends)
            .filter(|(_, end)| (end[0] - bottom).abs() < 1e-3)
            .map(|(start, _)| (start[0], waves(start[0])));
        panel = panel.draw(Points::new(here).color(color).radius(3.5)).draw(
            Note::new((bottom, waves(bottom) - 2.6), descents.to_string())
                .color(color)
                .align(plot::Align::Middle),
        );
    }
    Figure::new(
        "Where a hundred descents end",
        "The curve x cos(0.15πx) between −20 and 13 with a hundred starts on it. Each start is marked by the one of \
         three valleys in which its descent ends; the number of descents stands below each valley.",
    )
    .panel(panel.draw(Rule::horizontal(0.0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_end_comes_out() {
        let slope = |x: &[f64], g: &mut [f64]| g[0] = waves_slope(x[0]);
        let end = descend(GradientDescent, 2.0, &[10.0], 10, slope)[10][0];
        assert!(
            (end + 1.528_165_927_635).abs() < 5e-12,
            "{end}, published -1.528165927635"
        );
    }

    #[test]
    fn on_a_convex_cost_every_start_finds_the_minimum() {
        for landscape in [parabola(), neuron(1)] {
            let outcome = landscape.explore(3);
            assert_eq!((outcome.below, outcome.found), (0, STARTS), "{}", outcome.name);
        }
    }

    #[test]
    fn a_cost_need_not_be_convex_for_every_start_to_find_its_minimum() {
        let outcome = funnel().explore(3);
        assert!(outcome.below > CHORDS / 10, "{} chords", outcome.below);
        assert_eq!(outcome.found, STARTS);
    }

    #[test]
    fn on_the_waves_the_start_decides() {
        let outcome = wavy().explore(3);
        assert!(outcome.below > CHORDS / 10);
        let bottoms = bottoms(&outcome.ends);
        assert_eq!(bottoms.len(), 3, "{bottoms:?}");
        assert_eq!(bottoms[0].1, outcome.found);
        assert_eq!(bottoms.iter().map(|(_, count)| count).sum::<usize>(), STARTS);
    }

    #[test]
    fn most_networks_learn_xor_and_the_others_still_stand_on_a_slope() {
        let outcome = network(2).explore(3);
        assert!((STARTS / 2..STARTS).contains(&outcome.found), "{}", outcome.found);
        assert!(outcome.slope_elsewhere > 1e-5, "{}", outcome.slope_elsewhere);
    }
}
