//! If nothing else helps, try every weight there is: we count how far that goes, and it is not far.

use lesson::{Page, Result, Row, Table, count, fixed, significant};
use nn::math::{log10, pow};
use nn::{GradientDescent, descend, seeded};
use plot::{Axis, Color, Dash, Figure, Line, Note, Panel, Points, Rule};
use rand::RngExt;

use crate::exam::Exam;

/// Every weight is tried from minus this to plus this.
const REACH: f64 = 100.0;

/// How many values of a single weight we try.
const VALUES: usize = 1_000;

/// How many tries we are willing to make for several weights.
const BUDGET: usize = 1_000_000;

/// The weights of a network with four inputs and five hidden neurons: 4 · 5 + 5, biases not counted.
const NOTES_WEIGHTS: usize = 25;

/// Operations per second of the Sunway TaihuLight (TOP500 list, June 2016: 93 PFLOPS, rounded).
const TAIHULIGHT: f64 = 93e15;

/// Seconds in a year of 365 days.
const YEAR: f64 = 365.0 * 24.0 * 3600.0;

/// The age of the universe in years (Planck Collaboration, 2018).
const UNIVERSE: f64 = 13.8e9;

/// The learning rate of the descent that we compare with.
const RATE: f64 = 0.3;

/// How many random points are measured for the other curse, and from how many places.
const POINTS: usize = 1_000;
const PLACES: usize = 20;

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

/// Fills the page.
pub fn run(page: &mut Page) -> Result {
    let exam = Exam::standardised();
    let grids = grids(&exam);
    let table = grid_table(&exam, &grids);
    page.table("grids", &table);
    page.figure("one_weight", &one_weight(&exam, &grids[0]));
    page.value("reach", REACH);
    page.value("values", count(VALUES));
    page.value("step", fixed(2.0 * REACH / (VALUES - 1) as f64, 1));
    page.value("budget", count(BUDGET));
    page.value("guess", fixed(grids[0].weights[0], 1));
    page.value("average", fixed(exam.first(1).best()[0], 1));
    for weights in ["1", "2", "3", "4"] {
        page.value(&format!("tries_{weights}"), table.cell(weights, "tries"));
        page.value(&format!("values_{weights}"), table.cell(weights, "values"));
        page.value(&format!("above_{weights}"), table.cell(weights, "excess"));
    }
    page.value("steps_to_beat", steps_to_beat(&exam, grids[3].cost));
    page.value("rate", RATE);

    let years = years_table();
    page.table("years", &years);
    years_values(page, &years);
    page.figure("tries", &tries());

    let distances = distances(page.seed(1));
    page.table("distances", &distances);
    page.value("near_2", distances.cell("2", "nearest / farthest"));
    page.value("near_25", distances.cell("25", "nearest / farthest"));
    page.value("near_1000", distances.cell("1000", "nearest / farthest"));
    page.value("points", count(POINTS));
    page.value("places", PLACES);
    Ok(())
}

/// One weight with all its values, then as fine a grid as the budget allows for two, three and four.
fn grids(exam: &Exam) -> Vec<Best> {
    (1..=4)
        .map(|weights| {
            let values = evenly(values_for(weights));
            best_on_grid(weights, &values, |weights| exam.cost(weights))
        })
        .collect()
}

/// The most values per weight that keep the tries within the budget, but no more than [`VALUES`].
fn values_for(weights: usize) -> usize {
    let affordable = |values: &usize| values.pow(weights as u32) <= BUDGET;
    (2..=VALUES).rev().find(affordable).expect("two values are affordable")
}

/// This many values from one end of the reach to the other.
fn evenly(values: usize) -> Vec<f64> {
    let step = 2.0 * REACH / (values - 1) as f64;
    (0..values).map(|index| step * index as f64 - REACH).collect()
}

fn grid_table(exam: &Exam, grids: &[Best]) -> Table {
    let mut table = Table::new([
        "weights",
        "values",
        "tries",
        "best found",
        "best there is",
        "excess",
    ]);
    for (index, grid) in grids.iter().enumerate() {
        let weights = index + 1;
        let exam = exam.first(weights);
        let least = exam.cost(&exam.best());
        table.row(
            Row::of([weights.to_string(), count(values_for(weights)), count(grid.tries)])
                .and([fixed(grid.cost, 3), fixed(least, 3)])
                .and([significant(grid.cost - least, 2)]),
        );
    }
    table
}

/// How many steps descent from zero needs to be better than the finest grid we could afford.
fn steps_to_beat(exam: &Exam, cost: f64) -> usize {
    let gradient = |w: &[f64], g: &mut [f64]| exam.gradient(w, g);
    let path = descend(GradientDescent, RATE, &[0.0; 4], 1_000, gradient);
    path.iter().position(|weights| exam.cost(weights) < cost).expect("descent arrives")
}

fn years_table() -> Table {
    let wait = wait(NOTES_WEIGHTS, TAIHULIGHT);
    let rounded = rounded_to(wait.seconds, 3);
    let mut table = Table::new(["", "in full", "three digits"]);
    for (name, number) in [
        ("tries", wait.tries),
        ("operations a second", TAIHULIGHT),
        ("seconds", wait.seconds),
        ("years", wait.years),
        ("years from rounded seconds", rounded / YEAR),
    ] {
        table.row([name.to_string(), significant(number, 6), significant(number, 3)]);
    }
    table
}

/// The number that one gets who writes down only this many significant digits and goes on with them.
fn rounded_to(number: f64, digits: usize) -> f64 {
    significant(number, digits).parse().expect("a number that was printed can be read")
}

fn years_values(page: &mut Page, table: &Table) {
    for (name, row, column) in [
        ("speed", "operations a second", "three digits"),
        ("seconds", "seconds", "in full"),
        ("seconds_rounded", "seconds", "three digits"),
        ("years", "years", "three digits"),
        ("years_full", "years", "in full"),
        ("years_rounded", "years from rounded seconds", "three digits"),
        ("years_rounded_full", "years from rounded seconds", "in full"),
    ] {
        page.value(name, table.cell(row, column));
    }
    page.value("year", count(YEAR as usize));
    let wait = wait(NOTES_WEIGHTS, TAIHULIGHT);
    page.value("tries_exponent", log10(wait.tries).round());
    page.value("notes_weights", NOTES_WEIGHTS);
    page.value("weights_in_a_year", weights_within(TAIHULIGHT * YEAR));
    page.value("weights_in_a_universe", weights_within(TAIHULIGHT * YEAR * UNIVERSE));
}

/// How many weights can be tried in full with this many tries.
fn weights_within(tries: f64) -> usize {
    (1..).take_while(|&weights| pow(VALUES as f64, weights as f64) <= tries).count()
}

/// The cost of every guess, when one number is all there is.
fn one_weight(exam: &Exam, best: &Best) -> Figure {
    let cost = |guess: f64| exam.cost(&[guess]);
    let tried = evenly(VALUES).into_iter().map(|guess| (guess, cost(guess)));
    let winner = (best.weights[0], best.cost);
    Figure::new(
        "The cost of a thousand guesses",
        "The cost against a single weight is a parabola; the smallest of the thousand tries stands out.",
    )
    .panel(
        Panel::new()
            .x(Axis::new("the weight, which is also the prediction ŷ"))
            .y(Axis::new("cost"))
            .draw(Line::new(tried).color(Color::Blue))
            .draw(Points::new([winner]).color(Color::Vermillion))
            .draw(
                Note::new((20.0, 9_000.0), "the best of all tries")
                    .align(plot::Align::Middle)
                    .points_at(winner),
            ),
    )
}

/// Tries against weights, with what a very fast machine gets done.
fn tries() -> Figure {
    let weights = || (1..=NOTES_WEIGHTS).map(|weights| weights as f64);
    let grid = weights().map(|weights| (weights, pow(VALUES as f64, weights)));
    let slope = weights().map(|weights| (weights, weights + 1.0));
    let second = TAIHULIGHT;
    let powers = ["1", "10¹⁵", "10³⁰", "10⁴⁵", "10⁶⁰", "10⁷⁵"];
    let powers = powers.into_iter().enumerate();
    let powers = powers.map(|(index, words)| (pow(10.0, 15.0 * index as f64), words));
    let mut panel = Panel::new()
        .x(Axis::new("weights")
            .range(1.0..=25.0)
            .ticks([1.0, 5.0, 10.0, 15.0, 20.0, 25.0]))
        .y(Axis::new("tries").log().range(1.0..=1e76).tick_labels(powers));
    for (words, done) in [
        ("one second of the TaihuLight", second),
        ("since the universe began", second * YEAR * UNIVERSE),
    ] {
        panel = panel.draw(Rule::horizontal(done).dash(Dash::Dashed).label(words));
    }
    Figure::new(
        "Tries against weights",
        "On a logarithmic scale the tries of a grid rise along a steep straight line, far beyond what a machine \
         could have done since the universe began; the tries for one measured slope stay at the bottom.",
    )
    .panel(
        panel
            .draw(Line::new(grid).color(Color::Blue).label("grid"))
            .draw(Line::new(slope).color(Color::Vermillion).label("slope")),
    )
}

/// The other curse: in many dimensions all random points are about equally far away.
fn distances(seed: u64) -> Table {
    let mut table =
        Table::new(["dimensions", "nearest", "farthest", "nearest / farthest"]);
    for dimensions in [1, 2, 3, 10, 25, 100, 1_000] {
        let rng = &mut seeded(seed);
        let (mut nearest, mut farthest) = (0.0, 0.0);
        for _ in 0..PLACES {
            let place: Vec<f64> = (0..dimensions).map(|_| rng.random()).collect();
            let mut distance = || {
                let squares = place.iter().map(|x| {
                    let apart = x - rng.random::<f64>();
                    apart * apart
                });
                squares.sum::<f64>().sqrt()
            };
            let (mut near, mut far) = (f64::INFINITY, 0.0_f64);
            for _ in 0..POINTS {
                let distance = distance();
                (near, far) = (near.min(distance), far.max(distance));
            }
            nearest += near / PLACES as f64;
            farthest += far / PLACES as f64;
        }
        table.row(
            Row::of([dimensions])
                .and([significant(nearest, 3), significant(farthest, 3)])
                .and([significant(nearest / farthest, 2)]),
        );
    }
    table
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
        let above: Vec<f64> = grids(&exam)
            .iter()
            .enumerate()
            .map(|(index, grid)| {
                let exam = exam.first(index + 1);
                grid.cost - exam.cost(&exam.best())
            })
            .collect();
        assert!(above.is_sorted() && above[3] > 100.0 * above[0], "{above:?}");
    }
}
