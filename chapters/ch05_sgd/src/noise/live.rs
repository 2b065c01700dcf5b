//! Walks from one place that the reader chooses, and the wave that belongs to where one of them stands.

use std::cell::OnceCell;

use lesson::{Kind, Knob, Knobs, Live, Page, Result, Resumed, count, fixed};
use nn::seeded;
use plot::{Axis, Color, Contours, Dash, Field, Figure, Line, Marker, Panel, Points};
use rand::rngs::ChaCha8Rng;
use rand::seq::SliceRandom;

use super::{Landscape, Rate, STEPS};
use crate::landscape::{How, Place, ROWS, Row, answer, cost, settle_in_lockstep, step};
use crate::stuck;

/// How many walks begin at the place.
pub(super) const WALKERS: usize = 12;
/// Rows that a step asks, and the words for it.
const ASKED: [(usize, &str); 3] =
    [(1, "one row"), (5, "five rows"), (ROWS, "all thirty rows")];
/// The costs between which the map changes its shade.
const LEVELS: [f64; 6] = [0.07, 0.09, 0.11, 0.13, 0.16, 0.2];
/// The seed of the first walk's orders.
const SEED: u64 = 1_000;

/// Walks that the reader starts somewhere on the map.
pub const WALK: Live = Live {
    name: "walk",
    knobs: &[
        Knob {
            name: "start",
            label: "start of the walks",
            kind: Kind::Points { book: || vec![(1.4, 7.6)] },
        },
        Knob {
            name: "asks",
            label: "a step asks",
            kind: Kind::Choice { of: &[ASKED[0].1, ASKED[1].1, ASKED[2].1], book: 0 },
        },
        Knob {
            name: "rate",
            label: "learning rate η",
            kind: Kind::Stops {
                at: &[0.2, 0.5, 0.7, 1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0],
                book: 0.7,
            },
        },
        Knob {
            name: "falling",
            label: "the rate falls",
            kind: Kind::Switch { book: false },
        },
        Knob {
            name: "steps",
            label: "steps",
            kind: Kind::Steps { most: STEPS, stride: 15, book: STEPS },
        },
    ],
    draw,
};

/// A walk that can be interrupted.
struct Walker {
    rows: Vec<Row>,
    rng: ChaCha8Rng,
    path: Vec<Place>,
}

impl Walker {
    fn new(start: Place, rows: &[Row], seed: u64) -> Walker {
        Walker { rows: rows.to_vec(), rng: seeded(seed), path: vec![start] }
    }

    /// The next step, on so many rows. Who is lost at the end of an epoch stays there.
    fn step(&mut self, asked: usize, rate: Rate) {
        let (taken, here) = (self.path.len() - 1, self.here());
        let next = taken % (ROWS / asked) * asked;
        if next == 0 {
            if here.is_lost() {
                return;
            }
            // All rows have one mean, however they are ordered: but for its rounding.
            if asked < ROWS {
                self.rows.shuffle(&mut self.rng);
            }
        }
        self.path.push(step(here, &self.rows[next..next + asked], rate.at(taken)));
    }

    fn here(&self) -> Place {
        self.path[self.path.len() - 1]
    }
}

/// How many of the walks must be made: those that ask all rows are one.
fn walkers(asked: usize) -> usize {
    if asked < ROWS { WALKERS } else { 1 }
}

/// What the walks go over, and its map.
struct Ground {
    landscape: Landscape,
    field: Field,
}

impl Ground {
    fn new() -> Ground {
        let landscape = Landscape::ours();
        let cost = |s, k| cost(Place { s, k }, &landscape.rows);
        let field = Field::sample(-12.0..=12.0, 0.0..=25.0, cost);
        Ground { landscape, field }
    }
}

/// What tells one walk from another: the start, the rows that a step asks, and the rate.
type Way = ((f64, f64), usize, Rate);

thread_local! {
    static GROUND: OnceCell<Ground> = const { OnceCell::new() };
    static SO_FAR: Resumed<Way, Vec<Walker>> = const { Resumed::new() };
}

fn draw(knobs: &Knobs, page: &mut Page) -> Result {
    let start = knobs.points("start")[0];
    let (asked, _) = ASKED[knobs.count("asks")];
    let rate = knobs.number("rate");
    let rate =
        if knobs.is_on("falling") { Rate::Falling(rate) } else { Rate::Steady(rate) };
    let steps = knobs.count("steps");
    GROUND.with(|ground| {
        let ground = ground.get_or_init(Ground::new);
        let rows = &ground.landscape.rows;
        let place = Place { s: start.0, k: start.1 };
        let walker = |seed| Walker::new(place, rows, SEED + seed);
        SO_FAR.with(|so_far| {
            so_far.at(
                (start, asked, rate),
                steps,
                || (0..walkers(asked) as u64).map(walker).collect(),
                |walkers| walkers.iter_mut().for_each(|walker| walker.step(asked, rate)),
                |walkers| show(ground, walkers, page),
            );
        });
    });
    page.value("walk_steps", count(steps));
    page.value("walkers", WALKERS);
    Ok(())
}

/// The walks on the map, the first one's wave, and in whose basin they stand.
fn show(ground: &Ground, walkers: &[Walker], page: &mut Page) {
    let Landscape { rows, minima } = &ground.landscape;
    let global = ground.landscape.global();
    let places: Vec<Place> = walkers.iter().map(Walker::here).collect();
    let ends = settle_in_lockstep(&places, rows, stuck::RATE, &mut minima.clone());
    let found = ends.iter().filter(|end| end.is_at(global)).count();
    let fate = match ends[0].how {
        How::Arrived if ends[0].is_at(global) => "to the global minimum",
        How::Arrived => "to another valley",
        How::Creeping => "along a flat, to no valley yet",
        How::Lost => "off the map",
    };
    let found = found * WALKERS / walkers.len();
    page.value("walk_found", format!("{found} of {WALKERS}"));
    page.value("walk_cost", fixed(cost(places[0], rows), 3));
    page.value("walk_fate", fate);

    let all = places[1..].iter().copied().map(Place::point);
    let trail = walkers[0].path.iter().copied().map(Place::point);
    let mark = |place: Place| Points::new([place.point()]);
    let map = Panel::new()
        .x(Axis::new("shift s").range(-12.0..=12.0))
        .y(Axis::new("squeeze k").range(0.0..=25.0))
        .aspect(1.45)
        .grip("start")
        .draw(Contours::new(&ground.field).levels(LEVELS))
        .draw(Line::new(trail).color(Color::Vermillion).faint())
        .draw(mark(global).color(Color::Ink).marker(Marker::Ring).radius(11.0))
        .draw(Points::new(all).color(Color::Ink).marker(Marker::Circle).radius(3.5))
        .draw(
            mark(places[0]).color(Color::Vermillion).marker(Marker::Circle).radius(6.0),
        );
    let wave = Line::function(-15.0..=15.0, |x| answer(places[0], x));
    let wave = Panel::new()
        .x(Axis::new("input x").range(-15.0..=15.0))
        .y(Axis::new("").range(-1.5..=1.5).ticks([-1.0, 0.0, 1.0]))
        .aspect(3.8)
        .draw(Points::new(rows.iter().map(|row| (row.x, row.y))).color(Color::Blue))
        .draw(wave.color(Color::Vermillion).dash(Dash::Solid));
    let figure = Figure::new(
        "Twelve walks on the map, and the wave of one",
        "Above, a map of hills and valleys with the places of twelve walks that began together, and the trail of one of \
         them. Below, thirty points, and the wave that belongs to the place where this one stands.",
    );
    page.figure("walk", &figure.columns(1).panel(map).panel(wave));
}

#[cfg(test)]
mod tests {
    use super::super::stochastic;
    use super::*;

    fn value(address: &str, name: &str) -> String {
        let values = WALK.at(address).unwrap().values_pinned();
        let line = values.lines().find_map(|line| line.strip_prefix(name));
        line.unwrap().trim_start_matches(" = ").to_string()
    }

    #[test]
    fn an_interrupted_walk_goes_where_one_at_a_stretch_goes() {
        let landscape = Landscape::ours();
        for (start, rate) in [((1.4, 7.6), 0.7), ((-4.0, 13.0), 5.0)] {
            let start = Place { s: start.0, k: start.1 };
            let mut walker = Walker::new(start, &landscape.rows, 3);
            (0..STEPS).for_each(|_| walker.step(1, Rate::Steady(rate)));
            let path = stochastic(start, &landscape.rows, |_| rate, &mut seeded(3));
            assert_eq!(walker.path, path);
        }
    }

    /// What the figure lets one discover: what frees a walk from a valley does not hold it in the lowest.
    #[test]
    fn single_rows_leave_the_shallow_valley_and_at_a_wild_rate_every_valley() {
        assert_eq!(value("asks=2", "walk_found"), "0 of 12");
        let found = |address| -> usize {
            value(address, "walk_found").split(' ').next().unwrap().parse().unwrap()
        };
        assert!(found("") > 6);
        assert_eq!(found("start=6.1,17.6"), 0);
        assert_eq!(found("start=-0.2,16.4"), 12);
        assert!(found("start=-0.2,16.4&rate=5") < 3);
    }
}
