//! Where a hundred descents end on five costs, and one that jumps over the hills.

use lesson::{Page, Result, Row, Table};
use lesson::{count, fixed, percent, significant, standard_error};
use plot::{
    Align, Axis, Band, Color, Contours, Dash, Field, Figure, Line, Marker, Note, Panel,
    Path, Points, Rule,
};

use super::{CALM, CHORDS, CLOSE, FROM, LOOKS, PATIENT_STARTS, PUBLISHED_RATE};
use super::{STARTS, TO, XOR_LEARNT, XOR_STEPS};
use crate::two_weights::{SIDE_BY_SIDE, TwoWeights};

use super::{bottom, bottoms, landscapes, learnt_in_time, roll, spread, waves};

/// Fills the page.
pub(crate) fn run(page: &mut Page) -> Result {
    let outcomes =
        landscapes(page.seed(1)).map(|landscape| landscape.explore(page.seed(3)));
    let rows = outcomes.each_ref().map(|outcome| {
        Row::of([outcome.name.to_string(), outcome.numbers.to_string()]).and([
            count(outcome.below),
            count(STARTS),
            count(outcome.found()),
        ])
    });
    let headings = ["cost", "numbers", "chords below", "starts", "at the lowest"];
    page.figure("map", &map());
    page.figure("chords", &two_chords());
    page.table("starts", &Table::of(headings, rows));
    page.value("starts", STARTS);
    page.value("chords", count(CHORDS));
    page.value("close", CLOSE);
    page.value("learnt", XOR_LEARNT);

    let [.., waved, network] = &outcomes;
    let rows = bottoms(&waved.ends).into_iter().map(|(bottom, descents)| {
        let numbers = [bottom, waves(bottom)].map(|number| significant(number, 4));
        Row::of(numbers).and([descents])
    });
    page.table("valleys", &Table::of(["bottom at x", "cost there", "descents"], rows));
    page.figure("waves", &drawn(&waved.ends));
    page.value("elsewhere", waved.elsewhere.len());
    page.value("network_elsewhere", network.elsewhere.len());
    let [low, high] = network.range_elsewhere();
    page.value("network_low", significant(low, 3));
    page.value("network_high", significant(high, 3));
    page.value("network_slope", significant(network.slope_elsewhere, 1));
    page.value("network_steps", count(XOR_STEPS));
    patience(page);
    page.value("from", FROM);
    page.value("to", TO);
    page.value("rate", CALM);

    let path = roll(PUBLISHED_RATE, 10.0, 10);
    let rows = path
        .iter()
        .enumerate()
        .map(|(step, x)| [step.to_string(), fixed(*x, 6), fixed(waves(*x), 4)]);
    page.table("published", &Table::of(["step", "x", "x · cos(0.15πx)"], rows));
    page.value("published_rate", PUBLISHED_RATE);
    page.value("published_first", fixed(path[1], 3));
    page.value("calm_end", fixed(bottom(10.0), 3));
    Ok(())
}

/// How many networks learn XOR if they may go on.
fn patience(page: &mut Page) {
    let progress = page.progress("being patient", LOOKS.len());
    let learnt = learnt_in_time(page.seed(4), || progress.step());
    drop(progress);
    let rows = LOOKS.into_iter().zip(learnt).map(|(steps, learnt)| {
        let share = percent(learnt as f64 / PATIENT_STARTS as f64, 1);
        [count(steps), count(learnt), share]
    });
    page.table("patience", &Table::of(["steps", "at the lowest", "share"], rows));
    page.value("patient_starts", PATIENT_STARTS);
    let [first, .., last] = learnt.map(|learnt| learnt as f64 / PATIENT_STARTS as f64);
    // Of a difference, since the starts are the same: only those count that it is made of.
    let luck = standard_error(last - first, PATIENT_STARTS);
    page.value("patience_gain", fixed(100.0 * (last - first), 1));
    page.value("patience_luck", fixed(100.0 * luck, 1));
}

/// The whole cost of a network of two weights, with two walks that begin side by side.
fn map() -> Figure {
    let network = TwoWeights::students();
    let (x, y) = (-3.0..=3.0, -2.1..=2.1);
    let field = Field::sample(x.clone(), y.clone(), |w, v| network.cost([w, v]));
    let levels = [0.26, 0.29, 0.33, 0.38, 0.44, 0.5, 0.6, 0.8, 1.1, 1.5, 2.0, 2.6, 3.2];
    let panel = Panel::new()
        .equal()
        .x(Axis::new("weight of the hidden neuron").range(x).ticks([-2.0, 0.0, 2.0]))
        .y(Axis::new("weight of the output").range(y).ticks([-2.0, 0.0, 2.0]))
        .draw(Contours::new(&field).levels(levels));
    let colors = [Color::Vermillion, Color::Green];
    let walks = SIDE_BY_SIDE.into_iter().zip(colors);
    Figure::new(
        "The cost of a network with two weights",
        "A map with two long, curved valleys in opposite corners, high hills in the other corners and a pass between the valleys. Two walks begin side by side on a hillside and run down together to the pass, where they part: one ends in the upper valley, the other in the lower one.",
    )
    .panel(walks.fold(panel, |panel, (start, color)| {
        let path = network.walk(start).into_iter().map(|place| (place[0], place[1]));
        panel.draw(Path::new(path).color(color))
    }))
}

/// A convex curve and a wavy one, each with a chord.
fn two_chords() -> Figure {
    Figure::new(
        "Two curves and their chords",
        "On the left the parabola x² with a straight line between two of its points: the curve hangs below the line. \
         On the right x cos(0.15πx): its hill rises above the line between two points, which lie in two valleys.",
    )
    .panel(chord("convex", |x| x * x, [-6.0, 12.0], (0.0, 112.0)))
    .panel(chord("not convex", waves, [-1.8, 8.5], (0.4, -4.2)))
}

/// A curve with the straight line between two of its points, shaded where the curve is the higher one.
fn chord(
    heading: &str,
    curve: fn(f64) -> f64,
    [left, right]: [f64; 2],
    name_at: (f64, f64),
) -> Panel {
    let (from, to) = (left - 2.5, right + 2.5);
    let rise = (curve(right) - curve(left)) / (right - left);
    let line = |x: f64| curve(left) + rise * (x - left);
    let samples = (0..=200).map(|i| left + (right - left) * f64::from(i) / 200.0);
    let above = samples.map(|x| (x, line(x), curve(x).max(line(x))));
    let ends = [left, right].map(|x| (x, curve(x)));
    Panel::new()
        .heading(heading)
        .x(Axis::new("x").range(from..=to))
        .y(Axis::new("cost"))
        .draw(Band::new(above).color(Color::Vermillion))
        .draw(Line::function(from..=to, curve).color(Color::Ink))
        .draw(Line::new(ends).color(Color::Vermillion).dash(Dash::Solid))
        .draw(
            Points::new(ends).color(Color::Vermillion).marker(Marker::Circle).radius(4.5),
        )
        .draw(Note::new(name_at, "chord").color(Color::Vermillion).align(Align::Middle))
}

/// The curve with the starts, each marked by the valley in which it ends.
fn drawn(ends: &[Vec<f64>]) -> Figure {
    let starts = spread(FROM, TO);
    let mut panel = Panel::new()
        .x(Axis::new("x").range(FROM..=TO).ticks([-20.0, -10.0, 0.0, 10.0]))
        .y(Axis::new("x · cos(0.15πx)").range(-19.0..=21.0))
        .draw(Line::function(FROM..=TO, waves).color(Color::Muted));
    let colors = [Color::Blue, Color::Vermillion, Color::Green];
    for ((bottom, descents), color) in bottoms(ends).into_iter().zip(colors) {
        let here =
            starts.iter().zip(ends).filter(|(_, end)| (end[0] - bottom).abs() < 1e-3);
        let here = here.map(|(start, _)| (*start, waves(*start)));
        let note = Note::new((bottom, waves(bottom) - 2.6), descents.to_string());
        panel = panel
            .draw(Points::new(here).color(color).radius(3.5))
            .draw(note.color(color).align(Align::Middle));
    }
    Figure::new(
        "Where a hundred descents end",
        "The curve x cos(0.15πx) between −20 and 13 with a hundred starts on it. Each start is marked by the one of \
         three valleys in which its descent ends; the number of descents stands below each valley.",
    )
    .panel(panel.draw(Rule::horizontal(0.0)))
}
