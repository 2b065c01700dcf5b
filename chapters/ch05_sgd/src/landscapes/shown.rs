//! Who finds the global minimum from random places, on our landscape and on others.

use lesson::{Page, Result, Row as Cells, Table, count, fixed, percent};
use plot::{Axis, Color, Contours, Field, Figure, Marker, Note, Panel, Points, Rule};

use super::{
    Compared, FromAnywhere, LANDSCAPES, STARTS, STARTS_ELSEWHERE, TRIED, mean_and_error,
};
use crate::landscape::{MAP_K, MAP_S, Place, cost};
use crate::noise::{HALF, Landscape, Rate};
use crate::stuck;

/// Fills the page.
pub(crate) fn run(page: &mut Page) -> Result {
    let progress = page.progress("walking", FromAnywhere::COUNT);
    let walked = || progress.step();
    let first = page.seed(10_000);
    let ours = Landscape::ours();
    let here = FromAnywhere::new(ours, first..first + STARTS as u64, &walked);
    let elsewhere = FromAnywhere::elsewhere(page.seed(500), page.seed(100_000), &walked);
    drop(progress);

    page.value("batch_rate", stuck::RATE);
    page.value("starts", count(STARTS));
    page.value("landscapes", LANDSCAPES);
    page.value("starts_elsewhere", STARTS_ELSEWHERE);
    let compared: Vec<Compared> =
        (0..TRIED.len()).map(|rate| here.compare(rate)).collect();
    let there = |rate| elsewhere.iter().map(|one| one.compare(rate)).collect();
    let there: Vec<Vec<Compared>> = (0..TRIED.len()).map(there).collect();
    page.table("starts", &starts(&compared));
    page.table("elsewhere", &other_landscapes(&there));
    let best = best(&compared);
    quote_best(page, best, &compared, &there);
    page.figure("map", &map(&here, best));
    page.figure("gains", &gains(&there[best]));
    Ok(())
}

/// The rate that gains most.
fn best(rates: &[Compared]) -> usize {
    let gain = |rate: &usize| rates[*rate].gain();
    let best = (0..rates.len()).max_by(|a, b| gain(a).total_cmp(&gain(b)));
    best.expect("there are rates")
}

/// The starts on our landscape, by who finds the global minimum from there.
fn map(here: &FromAnywhere, rate: usize) -> Figure {
    let cost = |s, k| cost(Place { s, k }, &here.landscape.rows);
    let starts = |by_batch, by_walk| {
        let starts = here.found_from(rate, by_batch, by_walk);
        Points::new(starts.into_iter().map(Place::point))
    };
    let dot = |points: Points| points.marker(Marker::Circle).radius(3.2);
    let global = Points::new([here.landscape.global().point()])
        .color(Color::Ink)
        .marker(Marker::Ring)
        .radius(11.0);
    let panel = Panel::new()
        .x(Axis::new("shift s").range(MAP_S).ticks([-10.0, -5.0, 0.0, 5.0, 10.0]))
        .y(Axis::new("squeeze k").range(MAP_K).ticks([5.0, 10.0, 15.0, 20.0]))
        .aspect(1.15)
        .draw(Contours::new(&Field::sample(MAP_S, MAP_K, cost)).levels([0.09, 0.13]))
        .draw(dot(starts(true, true)).color(Color::Blue).label("both"))
        .draw(dot(starts(false, true)).color(Color::Vermillion).label("only single rows"))
        .draw(
            starts(true, false)
                .color(Color::Ink)
                .marker(Marker::Cross)
                .radius(4.5)
                .label("only all rows"),
        )
        .draw(global);
    Figure::new(
        "From where the global minimum is found",
        "A map of random starts. Those from which both kinds of descent find the global minimum fill one patch around it. \
         Those from which only single rows do lie strewn around the patch; from few places at its edge, only batch descent does.",
    )
    .panel(panel)
}

/// Each of the other landscapes as a point: how many starts batch descent finds the global minimum from, and single rows.
fn gains(landscapes: &[Compared]) -> Figure {
    let ticks = [0.0, 0.2, 0.4, 0.6].map(|share| (share, percent(share, 0)));
    let most = landscapes.iter().map(|one| one.found.max(one.found_by_batch));
    let most = 0.05 + most.fold(0.0, f64::max);
    let points = landscapes.iter().map(|one| (one.found_by_batch, one.found));
    let panel = Panel::new()
        .x(Axis::new("all rows find it").range(0.0..=most).tick_labels(ticks.clone()))
        .y(Axis::new("single rows find it").range(0.0..=most).tick_labels(ticks))
        .equal()
        .draw(Rule::segment((0.0, 0.0), (most, most)))
        .draw(Note::new((0.015, 0.41), "single rows more often"))
        .draw(Note::new((0.24, 0.05), "all rows more often"))
        .draw(Points::new(points).color(Color::Vermillion).marker(Marker::Circle));
    Figure::new(
        "What noise gains on other landscapes",
        "A point for each landscape. Most points lie a little above the line on which single rows and all rows find the global minimum equally often.",
    )
    .panel(panel)
}

/// What a rate is called in a table.
fn name(rate: Rate) -> String {
    match rate {
        Rate::Steady(rate) => format!("rate {rate}"),
        Rate::Falling(first) => format!("{first} / (1 + t/{HALF})"),
        Rate::Straight(first) => format!("{first} down to 0"),
    }
}

/// Points of a hundred, with a sign.
fn points(share: f64) -> String {
    let sign = if share > 0.0 { "+" } else { "" };
    format!("{sign}{}", fixed(100.0 * share, 1))
}

/// What the rate that gains most on our landscape gains there and on the others: it is found, so that its row has no
/// name to be quoted by.
fn quote_best(page: &mut Page, best: usize, here: &[Compared], there: &[Vec<Compared>]) {
    let (here, there) = (here[best], &there[best]);
    page.value("best_rate", name(TRIED[best]));
    page.value("batch_global", percent(here.found_by_batch, 1));
    page.value("best_global", percent(here.found, 1));
    page.value("best_new", here.only_walks);
    page.value("best_missed", here.only_batch);
    page.value("best_lost", percent(here.lost, 1));
    let [gain, error] = mean_of(there, Compared::gain);
    page.value("gain_elsewhere", fixed(100.0 * gain, 1));
    page.value("gain_error", fixed(100.0 * error, 1));
    page.value("best_elsewhere", percent(mean_of(there, |c| c.found)[0], 1));
    page.value("batch_elsewhere", percent(mean_of(there, |c| c.found_by_batch)[0], 1));
    page.value(
        "lower_elsewhere",
        there.iter().filter(|c| c.cost < c.cost_of_batch).count(),
    );
    page.value("lost_elsewhere", percent(mean_of(there, |c| c.lost)[0], 1));
}

fn mean_of(all: &[Compared], of: impl Fn(&Compared) -> f64) -> [f64; 2] {
    mean_and_error(&all.iter().map(of).collect::<Vec<_>>())
}

/// From the same random starts, with all rows and with single ones: how many walks find the global minimum, from
/// how many starts only one of the two gets there, the mean cost, and how many are lost.
fn starts(rates: &[Compared]) -> Table {
    let batch = [percent(rates[0].found_by_batch, 1)];
    let batch = Cells::of(["all rows".to_string()]).and(batch).and(["", "", "", ""]);
    let batch = batch.and([fixed(rates[0].cost_of_batch, 4), String::new()]);
    let rows = TRIED.iter().zip(rates).map(|(rate, one)| {
        Cells::of([name(*rate), percent(one.found, 1)])
            .and([one.only_walks, one.only_batch])
            .and([points(one.gain()), fixed(100.0 * one.luck(STARTS), 1)])
            .and([fixed(one.cost, 4), percent(one.lost, 1)])
    });
    let counts = ["find global", "only single", "only all", "gain", "±"];
    let rest = ["mean cost", "off the map"];
    Table::of(Cells::of([""]).and(counts).and(rest), [batch].into_iter().chain(rows))
}

/// The same on many landscapes: means over them, and on how many single rows do better.
fn other_landscapes(rates: &[Vec<Compared>]) -> Table {
    let found =
        |all: &[Compared], of: fn(&Compared) -> f64| percent(mean_of(all, of)[0], 1);
    let cost = |all: &[Compared], of: fn(&Compared) -> f64| fixed(mean_of(all, of)[0], 4);
    let batch =
        Cells::of(["all rows".to_string(), found(&rates[0], |c| c.found_by_batch)]);
    let batch = batch.and(["", "", "", &cost(&rates[0], |c| c.cost_of_batch), "", ""]);
    let rows = TRIED.iter().zip(rates).map(|(rate, all)| {
        let [gain, error] = mean_of(all, Compared::gain);
        let on = |better: fn(&Compared) -> bool| all.iter().filter(|c| better(c)).count();
        Cells::of([name(*rate), found(all, |c| c.found)])
            .and([points(gain), fixed(100.0 * error, 1)])
            .and([on(|c| c.gain() > 0.0).to_string(), cost(all, |c| c.cost)])
            .and([on(|c| c.cost < c.cost_of_batch).to_string(), found(all, |c| c.lost)])
    });
    let gains = ["find global", "gain", "±", "more often on"];
    let costs = ["mean cost", "lower on", "off the map"];
    Table::of(Cells::of([""]).and(gains).and(costs), [batch].into_iter().chain(rows))
}
