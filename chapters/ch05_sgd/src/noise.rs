//! One row at a time, the walk shakes: enough to leave a shallow valley, and at larger rates enough to leave any.

use lesson::{Page, Progress, Result, Row as Cells, Table, percent};
use nn::seeded;
use plot::{Axis, Color, Contours, Field, Figure, Line, Marker, Panel, Points};
use rand::Rng;
use rand::seq::SliceRandom;
use rayon::prelude::*;

use crate::landscape::{Place, Row, cost, rows, step};
use crate::stuck;

/// How often each experiment is repeated.
const SEEDS: usize = 200;
/// How often a walk goes through all rows.
const EPOCHS: usize = 100;
/// The learning rates, from timid to wild.
const RATES: [f64; 9] = [0.2, 0.5, 0.7, 1.0, 1.5, 2.0, 2.75, 3.0, 5.0];
/// Rates that fall during the walk begin with one of these.
const FIRST_RATES: [f64; 4] = [4.0, 5.0, 6.0, 8.0];
/// After so many steps a falling rate has halved.
const HALF: f64 = 300.0;
/// Who comes this close to a minimum by batch descent belongs to its basin.
const NEAR: f64 = 0.2;
/// Who moves less than this in a step of batch descent has come to rest somewhere else. A tenth of it
/// gives the same tables.
const STILL: f64 = 1e-3;

/// One row at a time: each epoch visits every row once, in a new order. `rate(t)` is the rate of step t.
pub fn stochastic(
    start: Place,
    rows: &[Row],
    rate: impl Fn(usize) -> f64,
    rng: &mut impl Rng,
) -> Vec<Place> {
    let mut rows = rows.to_vec();
    let mut path = vec![start];
    for _ in 0..EPOCHS {
        rows.shuffle(rng);
        for row in &rows {
            let here = path[path.len() - 1];
            if here.is_lost() {
                return path;
            }
            path.push(step(here, &[*row], rate(path.len() - 1)));
        }
    }
    path
}

/// A rate that stays as it is.
fn steady(rate: f64, _: usize) -> f64 {
    rate
}

/// A rate that falls like 1/t in the end.
fn falling(first: f64, step: usize) -> f64 {
    first / (1.0 + step as f64 / HALF)
}

/// Where walks begin and where they may end.
struct Places {
    global: Place,
    /// A shallow valley beside the global one.
    shallow: Place,
    /// The second lowest valley of all.
    deep: Place,
}

impl Places {
    fn find(rows: &[Row]) -> Places {
        let bottom =
            |a, b| *stuck::walk(Place { a, b }, rows).last().expect("a path has a start");
        let (global, shallow) = (bottom(0.0, 16.6), bottom(1.4, 7.6));
        Places { global, shallow, deep: bottom(6.1, 17.6) }
    }
}

/// In which basin a place lies: where batch descent goes from there, and where it comes to rest.
fn basin(mut at: Place, home: Place, global: Place, rows: &[Row]) -> (Outcome, Place) {
    for _ in 0..1_500 {
        if at.distance(global) < NEAR {
            return (Outcome::Global, global);
        }
        if at.distance(home) < NEAR {
            return (Outcome::Home, home);
        }
        if at.is_lost() {
            return (Outcome::Lost, at);
        }
        let next = step(at, rows, stuck::RATE);
        if next.distance(at) < STILL {
            break;
        }
        at = next;
    }
    (Outcome::Elsewhere, at)
}

/// What became of a walk.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Outcome {
    /// In the basin of the global minimum.
    Global,
    /// In the basin where it began.
    Home,
    /// In some other basin, or on a flat.
    Elsewhere,
    /// Off the map.
    Lost,
}

/// Where a walk was when it stopped, where batch descent took it from there, and what that means.
#[derive(Clone, Copy, Debug)]
struct Walk {
    end: Place,
    rest: Place,
    outcome: Outcome,
}

impl Walk {
    /// A walk that has come to `end`, having begun at `home`.
    fn to(end: Place, home: Place, global: Place, rows: &[Row]) -> Walk {
        let (outcome, rest) = basin(end, home, global, rows);
        Walk { end, rest, outcome }
    }

    fn found(&self) -> bool {
        self.outcome == Outcome::Global
    }
}

/// How many walks of one kind, at one rate, ended how.
#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    left: usize,
    global: usize,
    lost: usize,
}

impl Tally {
    fn of(walks: &[Walk]) -> Tally {
        let count = |what| walks.iter().filter(|walk| walk.outcome == what).count();
        Tally {
            left: walks.len() - count(Outcome::Home),
            global: count(Outcome::Global),
            lost: count(Outcome::Lost),
        }
    }
}

/// Fills the page.
pub fn run(page: &mut Page) -> Result {
    let rows = rows();
    let places = Places::find(&rows);
    let (constant, first) = (jobs(page, &RATES), jobs(page, &FIRST_RATES));

    let progress = page.progress("walking", 4 * constant.len() + 2 * first.len() + SEEDS);
    let walks = |start| from(start, &places, &constant, steady, &rows, &progress);
    let walks_from_shallow = walks(places.shallow);
    let shallow = tallies(&walks_from_shallow);
    let (deep, best) = (tallies(&walks(places.deep)), tallies(&walks(places.global)));
    let [fallen_deep, fallen_best] = [places.deep, places.global]
        .map(|start| tallies(&from(start, &places, &first, falling, &rows, &progress)));
    let (batch, single) = from_anywhere(&places, &constant, &rows, &progress);
    drop(progress);
    page.value("seeds", SEEDS);
    page.value("batch_rate", stuck::RATE);
    // The standard deviation of a share of so many walks, where it is largest: for one half.
    page.value("share_luck", percent((0.25 / SEEDS as f64).sqrt(), 1));
    page.value("epochs", EPOCHS);
    page.value("steps", lesson::count(EPOCHS * rows.len()));
    costs(page, &places, &rows);

    let valleys = valleys_table(&shallow, &deep, &best);
    page.table("valleys", &valleys);
    quote_valleys(page, &valleys);
    page.value("rates", RATES.len());
    page.value("shallow_best", share(most(&shallow)));
    page.value("deep_found", deep.iter().map(|tally| tally.global).sum::<usize>());
    page.value("deep_left", deep.iter().map(|tally| tally.left).sum::<usize>());
    page.value("deep_walks", lesson::count(RATES.len() * SEEDS));
    page.figure("shares", &shares(&shallow, &deep));
    page.value("half", HALF);
    let falling = falling_table(&fallen_deep, &fallen_best);
    page.table("falling", &falling);
    page.value("fallen_best", share(most(&fallen_deep)));
    page.value("fallen_rate", "5");
    page.value("fallen_leave_deep", falling.cell("5", "deep: leave"));
    page.value("fallen_leave_global", falling.cell("5", "global: leave"));

    let starts = starts_table(&batch, &single, &rows);
    page.table("starts", &starts);
    quote_starts(page, &starts, &batch, &single);
    page.figure("ends", &ends(&places, &walks_from_shallow, &rows));
    Ok(())
}

/// Every rate with every seed.
fn jobs(page: &Page, rates: &[f64]) -> Vec<(f64, u64)> {
    let seeds = |rate: &f64| {
        let rate = *rate;
        (0..SEEDS as u64).map(move |seed| (rate, page.seed(1_000 + seed)))
    };
    rates.iter().flat_map(seeds).collect()
}

/// How far above the global minimum the two valleys lie.
fn costs(page: &mut Page, places: &Places, rows: &[Row]) {
    let all =
        [("global", places.global), ("shallow", places.shallow), ("deep", places.deep)];
    for (name, place) in all {
        page.value(&format!("{name}_cost"), lesson::fixed(cost(place, rows), 4));
    }
}

/// Walks from one valley; the rate of step t is `schedule(rate, t)`.
fn from(
    start: Place,
    places: &Places,
    jobs: &[(f64, u64)],
    schedule: fn(f64, usize) -> f64,
    rows: &[Row],
    progress: &Progress,
) -> Vec<Walk> {
    let walk = |&(rate, seed): &(f64, u64)| {
        let path = stochastic(start, rows, |t| schedule(rate, t), &mut seeded(seed));
        let end = path[path.len() - 1];
        // From the global minimum, home is the global minimum.
        let walk = Walk::to(end, start, places.global, rows);
        if start == places.global && walk.found() {
            Walk { outcome: Outcome::Home, ..walk }
        } else {
            walk
        }
    };
    jobs.par_iter().map(walk).inspect(|_| progress.step()).collect()
}

/// A tally per rate.
fn tallies(walks: &[Walk]) -> Vec<Tally> {
    walks.chunks(SEEDS).map(Tally::of).collect()
}

/// Walks from random places on the map: where batch descent ends, and single rows at each rate.
fn from_anywhere(
    places: &Places,
    jobs: &[(f64, u64)],
    rows: &[Row],
    progress: &Progress,
) -> (Vec<Walk>, Vec<Walk>) {
    let nowhere = Place { a: f64::NAN, b: f64::NAN };
    let end = |at| Walk::to(at, nowhere, places.global, rows);
    let batch = |&(_, seed): &(f64, u64)| end(Place::random(&mut seeded(seed)));
    let single = |&(rate, seed): &(f64, u64)| {
        let rng = &mut seeded(seed);
        let start = Place::random(rng);
        let path = stochastic(start, rows, |_| rate, rng);
        end(path[path.len() - 1])
    };
    let batch: Vec<Walk> =
        jobs[..SEEDS].par_iter().map(batch).inspect(|_| progress.step()).collect();
    let single: Vec<Walk> =
        jobs.par_iter().map(single).inspect(|_| progress.step()).collect();
    (batch, single)
}

/// How many walks find the global minimum at the best of the rates.
fn most(tallies: &[Tally]) -> usize {
    tallies.iter().map(|tally| tally.global).max().unwrap_or(0)
}

/// One walk of the two hundred is half a per cent.
fn share(walks: usize) -> String {
    percent(walks as f64 / SEEDS as f64, walks % 2)
}

/// From each of three valleys: how many walks leave it, and how many of them find the global minimum.
fn valleys_table(shallow: &[Tally], deep: &[Tally], best: &[Tally]) -> Table {
    let mut table = Table::new([
        "rate",
        "shallow: leave",
        "shallow: find",
        "deep: leave",
        "deep: find",
        "global: leave",
    ]);
    for (index, rate) in RATES.iter().enumerate() {
        let (shallow, deep, best) = (shallow[index], deep[index], best[index]);
        let counts = [shallow.left, shallow.global, deep.left, deep.global, best.left];
        table.row(Cells::of([rate]).and(counts.map(share)));
    }
    table
}

/// The same from the deep valley and the global one, with a rate that falls.
fn falling_table(deep: &[Tally], best: &[Tally]) -> Table {
    let mut table =
        Table::new(["rate at first", "deep: leave", "deep: find", "global: leave"]);
    for ((rate, deep), best) in FIRST_RATES.iter().zip(deep).zip(best) {
        table.row(Cells::of([rate]).and([deep.left, deep.global, best.left].map(share)));
    }
    table
}

/// From the same random starts, with all rows and with single ones: how many walks find the global minimum,
/// how many of these starts only one of the two gets there from, the mean cost, and how many are lost.
fn starts_table(batch: &[Walk], single: &[Walk], rows: &[Row]) -> Table {
    let mut table = Table::new([
        "",
        "find global",
        "only single rows",
        "only all rows",
        "mean cost",
        "off the map",
    ]);
    let names = RATES.map(|rate| format!("one row, rate {rate}"));
    let kinds = names.into_iter().zip(single.chunks(SEEDS));
    for (name, walks) in [("all rows".to_string(), batch)].into_iter().chain(kinds) {
        let tally = Tally::of(walks);
        let (new, missed) = apart(walks, batch);
        let costs = walks.iter().map(|walk| cost(walk.rest, rows));
        let mean = lesson::fixed(costs.sum::<f64>() / walks.len() as f64, 4);
        let [new, missed] = [new, missed].map(|starts| starts.to_string());
        table.row(Cells::of([
            name,
            share(tally.global),
            new,
            missed,
            mean,
            share(tally.lost),
        ]));
    }
    table
}

/// From how many starts only the walks found the global minimum, and from how many only batch descent.
fn apart(walks: &[Walk], batch: &[Walk]) -> (usize, usize) {
    let pairs =
        || walks.iter().zip(batch).map(|(one, other)| (one.found(), other.found()));
    let new = pairs().filter(|&(one, other)| one && !other).count();
    let missed = pairs().filter(|&(one, other)| other && !one).count();
    (new, missed)
}

fn quote_valleys(page: &mut Page, table: &Table) {
    for (rate, name) in [
        ("0.5", "timid"),
        ("0.7", "free"),
        ("2", "bold"),
        ("2.75", "between"),
        ("3", "wild"),
    ] {
        page.value(&format!("{name}_rate"), rate);
    }
    for (name, rate, heading) in [
        ("timid_leave_shallow", "0.5", "shallow: leave"),
        ("free_find", "0.7", "shallow: find"),
        ("bold_find", "2", "shallow: find"),
        ("bold_leave_deep", "2", "deep: leave"),
        ("between_leave_deep", "2.75", "deep: leave"),
        ("between_leave_global", "2.75", "global: leave"),
        ("wild_leave_deep", "3", "deep: leave"),
        ("wild_leave_global", "3", "global: leave"),
    ] {
        page.value(name, table.cell(rate, heading));
    }
    page.value("least_rate", RATES[0]);
}

fn quote_starts(page: &mut Page, table: &Table, batch: &[Walk], single: &[Walk]) {
    let single: Vec<&[Walk]> = single.chunks(SEEDS).collect();
    let mut best = 0;
    for (index, walks) in single.iter().enumerate() {
        if Tally::of(walks).global > Tally::of(single[best]).global {
            best = index;
        }
    }
    let last = RATES.len() - 1;
    let row = format!("one row, rate {}", RATES[best]);
    page.value("best_rate", RATES[best]);
    for (name, heading) in [
        ("best_global", "find global"),
        ("best_new", "only single rows"),
        ("best_missed", "only all rows"),
        ("best_cost", "mean cost"),
        ("best_lost", "off the map"),
    ] {
        page.value(name, table.cell(&row, heading));
    }
    page.value("last_rate", RATES[last]);
    page.value("batch_global", table.cell("all rows", "find global"));
    page.value("batch_cost", table.cell("all rows", "mean cost"));
    let (new, missed) = apart(single[best], batch);
    page.value("gain", new as i64 - missed as i64);
    // The standard deviation of a difference of counts, when each start that tells the two apart could as
    // well have gone the other way.
    page.value("luck", lesson::fixed(((new + missed) as f64).sqrt(), 0));
}

/// The shares against the rate, for the shallow valley and the deep one.
fn shares(shallow: &[Tally], deep: &[Tally]) -> Figure {
    let panel = |heading: &str, tallies: &[Tally]| {
        let points = |of: fn(&Tally) -> usize| -> Vec<(f64, f64)> {
            let share = |tally| of(tally) as f64 / SEEDS as f64;
            RATES.iter().copied().zip(tallies.iter().map(share)).collect()
        };
        let series = [
            ("leave", Color::Blue, points(|tally| tally.left)),
            ("find global", Color::Vermillion, points(|tally| tally.global)),
        ];
        let shares = [(0.0, "0 %"), (0.5, "50 %"), (1.0, "100 %")];
        let mut panel = Panel::new()
            .heading(heading)
            .x(Axis::new("learning rate").log().tick_labels([
                (0.2, "0.2"),
                (0.5, "0.5"),
                (1.0, "1"),
                (2.0, "2"),
                (5.0, "5"),
            ]))
            .y(Axis::new("share of walks").range(0.0..=1.0).tick_labels(shares));
        for (label, color, points) in series {
            panel = panel
                .draw(Line::new(points.iter().copied()).color(color))
                .draw(Points::new(points).color(color).label(label));
        }
        panel
    };
    Figure::new(
        "Who leaves, and who finds the global minimum",
        "Shares of 200 walks against the rate. From the shallow valley all leave from rate 0.7 on and some find the global minimum; from the deep one they leave only at rates at which hardly any finds it.",
    )
    .panel(panel("from a shallow valley", shallow))
    .panel(panel("from a deep valley", deep))
}

/// Where the walks from the shallow valley are when they stop, at three rates.
fn ends(places: &Places, walks: &[Walk], rows: &[Row]) -> Figure {
    let field =
        Field::sample(-20.0..=20.0, -7.5..=32.5, |a, b| cost(Place { a, b }, rows));
    let figure = Figure::new(
        "Where 200 walks from a shallow valley end, at three rates",
        "At the smallest rate all dots lie in the valley where the walks began. At the middle one they lie in the global valley and in a few others. At the largest they are strewn all over the map.",
    );
    let at = |place: Place| (place.a, place.b);
    let mark = |place, marker| {
        Points::new([at(place)]).color(Color::Ink).marker(marker).radius(9.0)
    };
    [0.2, 0.7, 5.0].into_iter().fold(figure.columns(3), |figure, rate| {
        let walks = RATES.iter().zip(walks.chunks(SEEDS)).find(|walks| *walks.0 == rate);
        let (_, walks) = walks.expect("the rate is one of ours");
        let ends = walks.iter().map(|walk| at(walk.end));
        let panel = Panel::new()
            .heading(format!("rate {rate}"))
            .x(Axis::new("a").range(-20.0..=20.0).ticks([-10.0, 0.0, 10.0]))
            .y(Axis::new("b").range(-7.5..=32.5).ticks([0.0, 10.0, 20.0, 30.0]))
            .equal()
            .draw(Contours::new(&field).levels([0.09, 0.13]))
            .draw(mark(places.global, Marker::Ring))
            .draw(mark(places.shallow, Marker::Cross))
            .draw(Points::new(ends).color(Color::Vermillion).marker(Marker::Circle));
        figure.panel(panel)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hidden() -> Progress {
        Page::new().progress("testing", 0)
    }

    #[test]
    fn without_noise_nobody_leaves_a_valley() {
        let rows = rows();
        let places = Places::find(&rows);
        for start in [places.shallow, places.deep] {
            let mut at = start;
            for _ in 0..EPOCHS {
                at = step(at, &rows, 1.0);
            }
            assert_eq!(basin(at, start, places.global, &rows).0, Outcome::Home);
        }
    }

    #[test]
    fn noise_leaves_the_shallow_valley_and_not_the_deep_one() {
        let rows = rows();
        let places = Places::find(&rows);
        let jobs: Vec<(f64, u64)> = (0..SEEDS as u64).map(|seed| (1.0, seed)).collect();
        let leave = |start| {
            Tally::of(&from(start, &places, &jobs, steady, &rows, &hidden())).left
        };
        assert!(leave(places.shallow) > SEEDS * 9 / 10);
        assert!(leave(places.deep) < SEEDS / 10);
    }

    #[test]
    fn only_starts_that_tell_the_two_apart_are_counted() {
        let at = Place { a: 0.0, b: 0.0 };
        let walks = |outcomes: [Outcome; 4]| {
            outcomes.map(|outcome| Walk { end: at, rest: at, outcome })
        };
        use Outcome::{Elsewhere, Global, Lost};
        let single = walks([Global, Global, Elsewhere, Lost]);
        let batch = walks([Global, Elsewhere, Elsewhere, Global]);
        assert_eq!(apart(&single, &batch), (1, 1));
        assert_eq!(apart(&single[..2], &batch[..2]), (1, 0));
        assert_eq!(apart(&batch, &batch), (0, 0));
    }

    #[test]
    fn a_wild_rate_loses_even_the_global_minimum() {
        let rows = rows();
        let places = Places::find(&rows);
        let jobs: Vec<(f64, u64)> = (0..SEEDS as u64).map(|seed| (5.0, seed)).collect();
        let tally =
            Tally::of(&from(places.global, &places, &jobs, steady, &rows, &hidden()));
        assert!(tally.left > SEEDS / 2, "{tally:?}");
    }
}
