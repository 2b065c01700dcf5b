//! One row at a time, the walk shakes: enough to leave a shallow valley, and at larger rates enough to leave any.

pub(crate) mod shown;

use nn::seeded;
use rand::Rng;
use rand::seq::SliceRandom;
use rayon::prelude::*;

use crate::landscape::{Lanes, Place, Row, cost, rows, step};
use crate::stuck;

/// How often each experiment is repeated.
const SEEDS: usize = 200;
/// How often a walk goes through all rows.
const EPOCHS: usize = 100;
/// The learning rates, from timid to wild.
const RATES: [f64; 9] = [0.2, 0.5, 0.7, 1.0, 1.5, 2.0, 2.75, 3.0, 5.0];
/// Those at which the ends of the walks are drawn.
const STREWN: [f64; 3] = [0.2, 0.7, 5.0];
/// Rates that fall during the walk begin with one of these.
const FIRST_RATES: [f64; 4] = [4.0, 5.0, 6.0, 8.0];
/// After so many steps a falling rate has halved.
const HALF: f64 = 300.0;
/// Who comes this close to a minimum by batch descent belongs to its basin.
const NEAR: f64 = 0.2;
/// Who moves less than this in a step of batch descent has come to rest somewhere else. A tenth of it
/// gives the same tables.
const STILL: f64 = 1e-3;
/// How many walks go in lockstep.
const ABREAST: usize = 120;

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

/// Where [`stochastic`] ends, for many walks in lockstep: `rate(walk, t)` is the rate of step t.
fn stochastic_ends(
    starts: &[Place],
    rows: &[Row],
    rate: impl Fn(usize, usize) -> f64,
    rngs: &mut [impl Rng],
) -> Vec<Place> {
    let mut orders = vec![rows.to_vec(); starts.len()];
    let mut ends = starts.to_vec();
    let mut lanes = Lanes::new(starts);
    for t in 0..EPOCHS * rows.len() {
        let place = t % rows.len();
        if place == 0 {
            orders.iter_mut().zip(&mut *rngs).for_each(|(rows, rng)| rows.shuffle(rng));
        }
        lanes.retire(|walk, here| {
            ends[walk] = here;
            here.is_lost()
        });
        lanes.step_each(|walk| orders[walk][place], |walk| rate(walk, t));
    }
    lanes.retire(|walk, here| {
        ends[walk] = here;
        true
    });
    ends
}

/// A rate that stays as it is.
fn steady(rate: f64, _: usize) -> f64 {
    rate
}

/// A rate that falls like 1/t in the end.
fn falling(first: f64, step: usize) -> f64 {
    first / (1.0 + step as f64 / HALF)
}

/// The rows, and where walks begin and where they may end.
struct Places {
    rows: Vec<Row>,
    global: Place,
    /// A shallow valley beside the global one.
    shallow: Place,
    /// The second lowest valley of all.
    deep: Place,
}

impl Places {
    fn find() -> Places {
        let rows = rows();
        let bottom = |a, b| {
            *stuck::walk(Place { a, b }, &rows).last().expect("a path has a start")
        };
        let (global, shallow) = (bottom(0.0, 16.6), bottom(1.4, 7.6));
        Places { global, shallow, deep: bottom(6.1, 17.6), rows }
    }

    /// What became of walks that have come to `ends`, having begun at `home`: in which basin each of them lies,
    /// that is where batch descent goes from there, and where it comes to rest.
    fn walks(&self, ends: &[Place], home: Place) -> Vec<Walk> {
        let still = |&end: &Place| Walk { end, rest: end, outcome: Outcome::Elsewhere };
        let mut walks: Vec<Walk> = ends.iter().map(still).collect();
        let mut lanes = Lanes::new(ends);
        for _ in 0..1_500 {
            lanes.retire(|walk, at| {
                let (outcome, rest) = if at.distance(self.global) < NEAR {
                    (Outcome::Global, self.global)
                } else if at.distance(home) < NEAR {
                    (Outcome::Home, home)
                } else if at.is_lost() {
                    (Outcome::Lost, at)
                } else {
                    (Outcome::Elsewhere, at)
                };
                walks[walk] = Walk { rest, outcome, ..walks[walk] };
                outcome != Outcome::Elsewhere
            });
            lanes.step(&self.rows, stuck::RATE);
            lanes.retire(|walk, next| next.distance(walks[walk].rest) < STILL);
        }
        lanes.retire(|walk, at| {
            walks[walk].rest = at;
            true
        });
        walks
    }
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
    fn found(&self) -> bool {
        self.outcome == Outcome::Global
    }
}

/// Every rate with every seed.
fn jobs(rates: &[f64], seed: u64) -> Vec<(f64, u64)> {
    let seeds = |&rate: &f64| (0..SEEDS as u64).map(move |index| (rate, seed + index));
    rates.iter().flat_map(seeds).collect()
}

/// Walks from one valley; the rate of step t is `schedule(rate, t)`, and `walked` is told of each.
fn from(
    start: Place,
    places: &Places,
    jobs: &[(f64, u64)],
    schedule: fn(f64, usize) -> f64,
    walked: &(impl Fn() + Sync),
) -> Vec<Walk> {
    let walks = |jobs: &[(f64, u64)]| {
        let mut rngs: Vec<_> = jobs.iter().map(|(_, seed)| seeded(*seed)).collect();
        let starts = vec![start; jobs.len()];
        let rate = |walk: usize, t| schedule(jobs[walk].0, t);
        let ends = stochastic_ends(&starts, &places.rows, rate, &mut rngs);
        let mut walks = places.walks(&ends, start);
        // From the global minimum, home is the global minimum.
        if start == places.global {
            let home = walks.iter_mut().filter(|walk| walk.found());
            home.for_each(|walk| walk.outcome = Outcome::Home);
        }
        walks
    };
    abreast(jobs, walks, walked)
}

/// Walks from random places on the map: where batch descent ends, and single rows at each rate.
fn from_anywhere(
    places: &Places,
    jobs: &[(f64, u64)],
    walked: &(impl Fn() + Sync),
) -> (Vec<Walk>, Vec<Walk>) {
    let nowhere = Place { a: f64::NAN, b: f64::NAN };
    let starts = |jobs: &[(f64, u64)]| -> (Vec<Place>, Vec<_>) {
        let rngs = jobs.iter().map(|(_, seed)| seeded(*seed));
        rngs.map(|mut rng| (Place::random(&mut rng), rng)).unzip()
    };
    let batch = |jobs: &[(f64, u64)]| places.walks(&starts(jobs).0, nowhere);
    let single = |jobs: &[(f64, u64)]| {
        let (starts, mut rngs) = starts(jobs);
        let rate = |walk: usize, _| jobs[walk].0;
        let ends = stochastic_ends(&starts, &places.rows, rate, &mut rngs);
        places.walks(&ends, nowhere)
    };
    (abreast(&jobs[..SEEDS], batch, walked), abreast(jobs, single, walked))
}

/// All walks, some of them in lockstep at a time; `walked` is told of each.
fn abreast(
    jobs: &[(f64, u64)],
    walks: impl Fn(&[(f64, u64)]) -> Vec<Walk> + Sync,
    walked: &(impl Fn() + Sync),
) -> Vec<Walk> {
    let walks = jobs.par_chunks(ABREAST).flat_map_iter(&walks);
    walks.inspect(|_| walked()).collect()
}

/// All walks, rate by rate.
struct Walks {
    /// At constant rates, from the shallow valley, the deep one and the global one.
    constant: [Vec<Walk>; 3],
    /// From the deep valley and the global one, at rates that fall.
    fallen: [Vec<Walk>; 2],
    /// From the same random starts, with all rows and with single ones.
    batch: Vec<Walk>,
    single: Vec<Walk>,
}

impl Walks {
    /// How many there are.
    const COUNT: usize = SEEDS * (4 * RATES.len() + 2 * FIRST_RATES.len() + 1);

    fn new(places: &Places, seed: u64, walked: &(impl Fn() + Sync)) -> Walks {
        let (rates, first) = (jobs(&RATES, seed), jobs(&FIRST_RATES, seed));
        let constant = [places.shallow, places.deep, places.global]
            .map(|start| from(start, places, &rates, steady, walked));
        let fallen = [places.deep, places.global]
            .map(|start| from(start, places, &first, falling, walked));
        let (batch, single) = from_anywhere(places, &rates, walked);
        Walks { constant, fallen, batch, single }
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

    /// A tally per rate.
    fn each(walks: &[Walk]) -> Vec<Tally> {
        walks.chunks(SEEDS).map(Tally::of).collect()
    }
}

/// At which of the rates most walks find the global minimum, and how many; the first of equals.
fn best(tallies: &[Tally]) -> (usize, usize) {
    let found = tallies.iter().map(|tally| tally.global).enumerate();
    found.rev().max_by_key(|&(_, walks)| walks).expect("there are rates")
}

/// From how many starts only the walks found the global minimum, and from how many only batch descent.
fn apart(walks: &[Walk], batch: &[Walk]) -> (usize, usize) {
    let pairs =
        || walks.iter().zip(batch).map(|(one, other)| (one.found(), other.found()));
    let new = pairs().filter(|&(one, other)| one && !other).count();
    let missed = pairs().filter(|&(one, other)| other && !one).count();
    (new, missed)
}

/// How far chance moves the difference of these two counts: one standard deviation, when each start that tells the
/// two apart could as well have gone the other way.
fn luck(new: usize, missed: usize) -> f64 {
    ((new + missed) as f64).sqrt()
}

/// The mean cost of the places at which the walks come to rest.
fn mean_cost(walks: &[Walk], rows: &[Row]) -> f64 {
    walks.iter().map(|walk| cost(walk.rest, rows)).sum::<f64>() / walks.len() as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn in_lockstep_each_walk_ends_where_it_ends_alone() {
        let rows = rows();
        let starts: Vec<Place> =
            (0..10).map(|seed| Place::random(&mut seeded(seed))).collect();
        let rates = |walk| FIRST_RATES[walk % 4];
        let alone = starts.iter().enumerate().map(|(walk, start)| {
            let rate = |t| falling(rates(walk), t);
            let path = stochastic(*start, &rows, rate, &mut seeded(walk as u64));
            path[path.len() - 1]
        });
        let alone: Vec<Place> = alone.collect();
        assert!(alone.iter().any(|end| end.is_lost()));
        let mut rngs: Vec<_> = (0..10).map(seeded).collect();
        let rate = |walk, t| falling(rates(walk), t);
        assert_eq!(stochastic_ends(&starts, &rows, rate, &mut rngs), alone);
    }

    #[test]
    fn without_noise_nobody_leaves_a_valley() {
        let places = Places::find();
        for start in [places.shallow, places.deep] {
            let mut at = start;
            for _ in 0..EPOCHS {
                at = step(at, &places.rows, 1.0);
            }
            assert_eq!(places.walks(&[at], start)[0].outcome, Outcome::Home);
        }
    }

    #[test]
    fn noise_leaves_the_shallow_valley_and_not_the_deep_one() {
        let (places, jobs) = (Places::find(), jobs(&[1.0], 0));
        let leave = |start| Tally::of(&from(start, &places, &jobs, steady, &|| ())).left;
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
        let (places, jobs) = (Places::find(), jobs(&[5.0], 0));
        let tally = Tally::of(&from(places.global, &places, &jobs, steady, &|| ()));
        assert!(tally.left > SEEDS / 2, "{tally:?}");
    }
}
