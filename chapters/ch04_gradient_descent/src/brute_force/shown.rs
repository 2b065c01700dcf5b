//! What grids find in one to four weights, how long twenty-five would take, and the other curse.

use lesson::{Page, Result, Row, Table, count, fixed, significant};
use nn::math::{log10, pow};
use plot::{Align, Axis, Color, Dash, Figure, Line, Note, Panel, Points, Rule};
use rayon::prelude::*;

use super::{BUDGET, DIMENSIONS, NOTES_WEIGHTS, PLACES, POINTS, RATE, REACH};
use super::{Best, TAIHULIGHT, UNIVERSE, VALUES, YEAR};
use super::{distances, evenly, grids, least_cost, rounded_to, spacing};
use super::{steps_to_beat, values_for, wait, weights_within};
use crate::exam::Exam;

/// Fills the page.
pub(crate) fn run(page: &mut Page) -> Result {
    let exam = Exam::standardised();
    let seed = page.seed(1);
    let curse = || {
        let dimensions = DIMENSIONS.into_par_iter();
        dimensions.map(|dimensions| distances(dimensions, seed)).collect::<Vec<_>>()
    };
    let (curse, grids) = rayon::join(curse, || grids(&exam));
    page.table("grids", &grid_table(&exam, &grids));
    page.figure("one_weight", &one_weight(&exam, &grids[0]));
    page.value("reach", REACH);
    page.value("values", count(VALUES));
    page.value("step", fixed(spacing(VALUES), 1));
    page.value("budget", count(BUDGET));
    page.value("guess", fixed(grids[0].weights[0], 1));
    page.value("average", fixed(exam.first(1).best()[0], 1));
    page.value("steps_to_beat", steps_to_beat(&exam, grids[3].cost));
    page.value("rate", RATE);

    page.table("years", &years());
    page.figure("tries", &tries());
    page.value("year", count(YEAR as usize));
    let tries = wait(NOTES_WEIGHTS, TAIHULIGHT).tries;
    page.value("tries_exponent", log10(tries).round());
    page.value("notes_weights", NOTES_WEIGHTS);
    page.value("weights_in_a_year", weights_within(TAIHULIGHT * YEAR));
    page.value("weights_in_a_universe", weights_within(TAIHULIGHT * YEAR * UNIVERSE));

    let rows = DIMENSIONS.into_iter().zip(curse).map(|(dimensions, distances)| {
        let [nearest, farthest] = distances;
        Row::of([dimensions])
            .and([nearest, farthest].map(|distance| significant(distance, 3)))
            .and([significant(nearest / farthest, 2)])
    });
    let headings = ["dimensions", "nearest", "farthest", "nearest / farthest"];
    page.table("distances", &Table::of(headings, rows));
    page.value("points", count(POINTS));
    page.value("places", PLACES);
    Ok(())
}

fn grid_table(exam: &Exam, grids: &[Best]) -> Table {
    let rows = grids.iter().map(|grid| {
        let weights = grid.weights.len();
        let least = least_cost(exam, weights);
        Row::of([weights.to_string(), count(values_for(weights)), count(grid.tries)])
            .and([fixed(grid.cost, 3), fixed(least, 3)])
            .and([significant(grid.cost - least, 2)])
    });
    let headings =
        ["weights", "values", "tries", "best found", "best there is", "excess"];
    Table::of(headings, rows)
}

fn years() -> Table {
    let wait = wait(NOTES_WEIGHTS, TAIHULIGHT);
    let rows = [
        ("tries", wait.tries),
        ("operations a second", TAIHULIGHT),
        ("seconds", wait.seconds),
        ("years", wait.years),
        ("years from rounded seconds", rounded_to(wait.seconds, 3) / YEAR),
    ];
    let rows = rows.map(|(name, number)| {
        Row::of([name]).and([6, 3].map(|digits| significant(number, digits)))
    });
    Table::of(["", "in full", "three digits"], rows)
}

/// The cost of every guess, when one number is all there is.
fn one_weight(exam: &Exam, best: &Best) -> Figure {
    let tried = evenly(VALUES).into_iter().map(|guess| (guess, exam.cost(&[guess])));
    let winner = (best.weights[0], best.cost);
    let note = Note::new((20.0, 9_000.0), "the best of all tries").align(Align::Middle);
    Figure::new(
        "The cost of a thousand guesses",
        "The cost against a single weight is a parabola; the smallest of the thousand tries stands out.",
    )
    .panel(
        Panel::new()
            .x(Axis::new("the weight, which is also the output a"))
            .y(Axis::new("cost"))
            .draw(Line::new(tried).color(Color::Blue))
            .draw(Points::new([winner]).color(Color::Vermillion))
            .draw(note.points_at(winner)),
    )
}

/// Tries against weights, with what a very fast machine gets done.
fn tries() -> Figure {
    let against = |tries: fn(f64) -> f64| {
        let weights = (1..=NOTES_WEIGHTS).map(|weights| weights as f64);
        Line::new(weights.map(|weights| (weights, tries(weights))))
    };
    let grid = against(|weights| pow(VALUES as f64, weights));
    let slope = against(|weights| weights + 1.0);
    let powers = ["1", "10¹⁵", "10³⁰", "10⁴⁵", "10⁶⁰", "10⁷⁵"].into_iter().enumerate();
    let powers = powers.map(|(index, words)| (pow(10.0, 15.0 * index as f64), words));
    let x = Axis::new("weights").range(1.0..=25.0);
    let done = |tries| Rule::horizontal(tries).dash(Dash::Dashed);
    Figure::new(
        "Tries against weights",
        "On a logarithmic scale the tries of a grid rise along a steep straight line, far beyond what a machine \
         could have done since the universe began; the tries for one measured slope stay at the bottom.",
    )
    .panel(
        Panel::new()
            .x(x.ticks([1.0, 5.0, 10.0, 15.0, 20.0, 25.0]))
            .y(Axis::new("tries").log().range(1.0..=1e76).tick_labels(powers))
            .draw(done(TAIHULIGHT).label("one second of the TaihuLight"))
            .draw(done(TAIHULIGHT * YEAR * UNIVERSE).label("since the universe began"))
            .draw(grid.color(Color::Blue).label("grid"))
            .draw(slope.color(Color::Vermillion).label("slope")),
    )
}
