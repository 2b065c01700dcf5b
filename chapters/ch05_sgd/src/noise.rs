//! One row at a time, the walk shakes: enough to leave a shallow valley, and at larger rates enough to leave any.

mod live;
pub(crate) mod shown;

pub use live::WALK;

use nn::seeded;
use rand::Rng;
use rand::seq::SliceRandom;
use rayon::prelude::*;

use crate::landscape::{
    End, Lanes, Minimum, Place, ROWS, Row, cost, rows, settle, settle_in_lockstep, step,
};
use crate::stuck;

/// How often each walk from a valley is repeated, in other orders of the rows.
const SEEDS: usize = 200;
/// How often a walk goes through all rows.
const EPOCHS: usize = 100;
/// How many steps that is.
const STEPS: usize = EPOCHS * ROWS;
/// The learning rates of the walks from a valley, from timid to wild.
const RATES: [f64; 9] = [0.2, 0.5, 0.7, 1.0, 1.5, 2.0, 2.75, 3.0, 5.0];
/// Those at which the ends of the walks are drawn.
const STREWN: [f64; 4] = [0.2, 0.7, 2.0, 5.0];
/// How many walks are drawn step by step, at the second of these.
const TREMBLING: u64 = 3;
/// Rates that fall during the walk begin with one of these.
const FIRST_RATES: [f64; 4] = [4.0, 5.0, 6.0, 8.0];
/// After so many steps a falling rate has halved.
pub(crate) const HALF: f64 = 300.0;
/// How many starts share a lockstep.
const ABREAST: usize = 50;

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
        if path[path.len() - 1].is_lost() {
            break;
        }
        rows.shuffle(rng);
        for row in &rows {
            let here = path[path.len() - 1];
            path.push(step(here, &[*row], rate(path.len() - 1)));
        }
    }
    path
}

/// The learning rate over a walk.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Rate {
    /// It stays as it is.
    Steady(f64),
    /// It begins here, has halved after [`HALF`] steps, and falls like 1/t in the end.
    Falling(f64),
    /// It begins here and falls in a straight line to zero.
    Straight(f64),
}

impl Rate {
    fn at(self, step: usize) -> f64 {
        match self {
            Rate::Steady(rate) => rate,
            Rate::Falling(first) => first / (1.0 + step as f64 / HALF),
            Rate::Straight(first) => first * (1.0 - step as f64 / STEPS as f64),
        }
    }
}

/// A walk to be made: where it begins, which of the orders of the rows it follows, and its rate.
#[derive(Clone, Copy, Debug)]
struct Walk {
    start: Place,
    order: usize,
    rate: Rate,
}

/// Where [`stochastic`] ends, for many walks in lockstep. Walks that follow the same order get the same rows.
fn stochastic_ends(walks: &[Walk], rows: &[Row], orders: &mut [impl Rng]) -> Vec<Place> {
    let starts: Vec<Place> = walks.iter().map(|walk| walk.start).collect();
    let mut shuffled = vec![rows.to_vec(); orders.len()];
    let mut ends = starts.clone();
    let mut lanes = Lanes::new(&starts);
    for epoch in 0..EPOCHS {
        lanes.retire(|walk, here| {
            ends[walk] = here;
            here.is_lost()
        });
        shuffled.iter_mut().zip(&mut *orders).for_each(|(rows, rng)| rows.shuffle(rng));
        for t in epoch * rows.len()..(epoch + 1) * rows.len() {
            let place = t % rows.len();
            lanes.step_each(
                |walk| shuffled[walks[walk].order][place],
                |walk| walks[walk].rate.at(t),
            );
        }
    }
    lanes.retire(|walk, here| {
        ends[walk] = here;
        true
    });
    ends
}

/// A landscape: its rows, and where batch descent comes to rest on it.
pub(crate) struct Landscape {
    pub rows: Vec<Row>,
    minima: Vec<Minimum>,
}

impl Landscape {
    pub fn new(rows: Vec<Row>) -> Landscape {
        Landscape { rows, minima: Vec::new() }
    }

    /// The landscape on which [`stuck`] descends.
    pub fn ours() -> Landscape {
        let mut ours = Landscape::new(rows());
        settle_in_lockstep(&stuck::starts(), &ours.rows, stuck::RATE, &mut ours.minima);
        ours
    }

    /// Where batch descent comes to rest from these places.
    pub fn settle(&mut self, places: &[Place], settled: &(impl Fn() + Sync)) -> Vec<End> {
        settle(places, &self.rows, stuck::RATE, &mut self.minima, settled)
    }

    /// The lowest of the minima that were found.
    pub fn global(&self) -> Place {
        let cost = |minimum: &&Minimum| cost(minimum.place, &self.rows);
        let lowest = self.minima.iter().min_by(|a, b| cost(a).total_cmp(&cost(b)));
        lowest.expect("every landscape has a minimum").place
    }

    /// The minimum that is nearest to a place.
    fn nearest(&self, s: f64, k: f64) -> Place {
        let far = |minimum: &&Minimum| minimum.place.distance(Place { s, k });
        let nearest = self.minima.iter().min_by(|a, b| far(a).total_cmp(&far(b)));
        nearest.expect("every landscape has a minimum").place
    }

    /// Walks at each of the rates, one per seed, from one place or from a random one. Walks of the same seed have
    /// the same start and see the rows in the same order. `walked` is told of each.
    pub fn walk(
        &mut self,
        start: Option<Place>,
        rates: &[Rate],
        seeds: &[u64],
        walked: &(impl Fn() + Sync),
    ) -> Vec<Walks> {
        let some = |seeds: &[u64]| {
            let mut orders: Vec<_> = seeds.iter().map(|seed| seeded(*seed)).collect();
            let mut walks = Vec::new();
            for (order, rng) in orders.iter_mut().enumerate() {
                let start = start.unwrap_or_else(|| Place::random(rng));
                walks.extend(rates.iter().map(|&rate| Walk { start, order, rate }));
            }
            stochastic_ends(&walks, &self.rows, &mut orders)
        };
        let stops: Vec<Place> = seeds.par_chunks(ABREAST).flat_map_iter(some).collect();
        let ends = self.settle(&stops, walked);
        let at = |rate| Walks {
            ends: ends.iter().skip(rate).step_by(rates.len()).copied().collect(),
        };
        (0..rates.len()).map(at).collect()
    }
}

/// Walks at one rate, one per seed.
pub(crate) struct Walks {
    /// Where batch descent comes to rest from there.
    pub ends: Vec<End>,
}

/// Walks from valleys: of each valley and each rate.
struct FromValleys {
    /// At constant rates, from the shallow valley, the deep one and the global one.
    constant: [Vec<Walks>; 3],
    /// From the deep valley and the global one, at rates that fall.
    fallen: [Vec<Walks>; 2],
}

/// A shallow valley beside the global one, the second lowest of all, and the global one.
pub(crate) fn three_valleys(ours: &Landscape) -> [Place; 3] {
    [ours.nearest(1.4, 7.6), ours.nearest(6.1, 17.6), ours.global()]
}

impl FromValleys {
    /// How many walks there are.
    const COUNT: usize = SEEDS * (3 * RATES.len() + 2 * FIRST_RATES.len());

    fn new(ours: &mut Landscape, seed: u64, walked: &(impl Fn() + Sync)) -> FromValleys {
        let seeds: Vec<u64> = (seed..seed + SEEDS as u64).collect();
        let valleys = three_valleys(ours);
        let [_, deep, global] = valleys;
        let mut walk =
            |start, rates: &[Rate]| ours.walk(Some(start), rates, &seeds, walked);
        FromValleys {
            constant: valleys.map(|start| walk(start, &RATES.map(Rate::Steady))),
            fallen: [deep, global]
                .map(|start| walk(start, &FIRST_RATES.map(Rate::Falling))),
        }
    }
}

/// How many walks of one kind, at one rate, ended how.
#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    left: usize,
    global: usize,
}

impl Tally {
    fn of(walks: &Walks, home: Place, global: Place) -> Tally {
        let at = |place| walks.ends.iter().filter(|end| end.is_at(place)).count();
        Tally { left: walks.ends.len() - at(home), global: at(global) }
    }
}

/// At which of the rates most walks find the global minimum, and how many; the first of equals.
fn best(tallies: &[Tally]) -> (usize, usize) {
    let found = tallies.iter().map(|tally| tally.global).enumerate();
    found.rev().max_by_key(|&(_, walks)| walks).expect("there are rates")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::landscapes::TRIED;

    #[test]
    fn in_lockstep_each_walk_ends_where_it_ends_alone() {
        let rows = rows();
        let place = |order| Place::random(&mut seeded(order as u64));
        let walk = |n: usize| Walk { start: place(n), order: n / 2, rate: TRIED[n % 5] };
        let mut walks: Vec<Walk> = (0..12).map(walk).collect();
        walks[3].rate = Rate::Steady(5.0);
        let alone = walks.iter().map(|walk| {
            let rng = &mut seeded(walk.order as u64);
            let path = stochastic(walk.start, &rows, |t| walk.rate.at(t), rng);
            path[path.len() - 1]
        });
        let alone: Vec<Place> = alone.collect();
        assert!(alone.iter().any(|end| end.is_lost()));
        let mut orders: Vec<_> = (0..6).map(seeded).collect();
        assert_eq!(stochastic_ends(&walks, &rows, &mut orders), alone);
    }

    #[test]
    fn without_noise_nobody_leaves_a_valley() {
        let mut ours = Landscape::ours();
        for start in three_valleys(&ours) {
            let mut at = Place { s: start.s + 0.05, k: start.k };
            for _ in 0..EPOCHS {
                at = step(at, &ours.rows, 1.0);
            }
            assert!(ours.settle(&[at], &|| ())[0].is_at(start));
        }
    }

    #[test]
    fn noise_leaves_the_shallow_valley_and_not_the_deep_one() {
        let mut ours = Landscape::ours();
        let [shallow, deep, global] = three_valleys(&ours);
        let seeds: Vec<u64> = (0..SEEDS as u64).collect();
        let mut tally = |start| {
            let walks = ours.walk(Some(start), &[Rate::Steady(1.0)], &seeds, &|| ());
            Tally::of(&walks[0], start, global)
        };
        let (shallow, deep) = (tally(shallow), tally(deep));
        assert_eq!(shallow.left, SEEDS);
        assert!(shallow.global > SEEDS / 3, "{shallow:?}");
        assert_eq!(deep.left, 0);
    }

    #[test]
    fn a_wild_rate_loses_even_the_global_minimum() {
        let mut ours = Landscape::ours();
        let (global, seeds) = (ours.global(), (0..SEEDS as u64).collect::<Vec<_>>());
        let walks = ours.walk(Some(global), &[Rate::Steady(5.0)], &seeds, &|| ());
        let tally = Tally::of(&walks[0], global, global);
        assert!(tally.left > SEEDS / 2, "{tally:?}");
    }
}
