//! From anywhere on two dozen maps: does a walk that shakes find the lowest place more often?

pub(crate) mod shown;

use std::ops::Range;

use nn::seeded;
use rayon::prelude::*;

use crate::landscape::{End, How, Place, TRUTH, cost, other_rows};
use crate::noise::{Landscape, Rate, Walks};

/// The rates of the walks from random places.
pub(crate) const TRIED: [Rate; 5] = [
    Rate::Steady(1.0),
    Rate::Steady(1.5),
    Rate::Steady(2.0),
    Rate::Falling(3.0),
    Rate::Straight(2.5),
];
/// How many random places walks begin at, on the landscape that we know.
const STARTS: usize = 2_000;
/// And on each of so many others.
const STARTS_ELSEWHERE: usize = 64;
/// How many other landscapes there are.
const LANDSCAPES: usize = 24;

/// Walks from the same random places on one landscape: with all rows, and with single ones at each of the rates
/// that are [`TRIED`].
struct FromAnywhere {
    landscape: Landscape,
    starts: Vec<Place>,
    batch: Vec<End>,
    single: Vec<Walks>,
}

impl FromAnywhere {
    /// How many walks each start makes.
    const EACH: usize = TRIED.len() + 1;
    /// How many walks there are, on all landscapes.
    const COUNT: usize = (STARTS + LANDSCAPES * STARTS_ELSEWHERE) * FromAnywhere::EACH;

    fn new(
        mut landscape: Landscape,
        seeds: Range<u64>,
        walked: &(impl Fn() + Sync),
    ) -> FromAnywhere {
        let seeds: Vec<u64> = seeds.collect();
        let start = |seed: &u64| Place::random(&mut seeded(*seed));
        let starts: Vec<Place> = seeds.iter().map(start).collect();
        // The lowest minimum should be among those that are found.
        landscape.settle(&[TRUTH], &|| ());
        let batch = landscape.settle(&starts, walked);
        let single = landscape.walk(None, &TRIED, &seeds, walked);
        FromAnywhere { landscape, starts, batch, single }
    }

    /// The landscapes that are drawn anew.
    fn elsewhere(
        rows_seed: u64,
        walks_seed: u64,
        walked: &(impl Fn() + Sync),
    ) -> Vec<FromAnywhere> {
        let other = |index: u64| {
            let first = walks_seed + index * STARTS_ELSEWHERE as u64;
            let seeds = first..first + STARTS_ELSEWHERE as u64;
            let landscape = Landscape::new(other_rows(rows_seed + index));
            FromAnywhere::new(landscape, seeds, walked)
        };
        (0..LANDSCAPES as u64).into_par_iter().map(other).collect()
    }

    /// The starts from which batch descent does (`by_batch`) or does not find the global minimum, and the walks at this
    /// rate do (`by_walk`) or do not.
    fn found_from(&self, rate: usize, by_batch: bool, by_walk: bool) -> Vec<Place> {
        let global = self.landscape.global();
        let ends = self.batch.iter().zip(&self.single[rate].ends);
        let starts = self.starts.iter().zip(ends).filter(|(_, (batch, walk))| {
            [batch.is_at(global), walk.is_at(global)] == [by_batch, by_walk]
        });
        starts.map(|(start, _)| *start).collect()
    }

    fn compare(&self, rate: usize) -> Compared {
        Compared::of(&self.single[rate].ends, &self.batch, &self.landscape)
    }
}

/// How walks at one rate fare beside batch descent from the same starts.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Compared {
    /// Shares of the starts from which the walks, and batch descent, find the global minimum.
    found: f64,
    found_by_batch: f64,
    /// From how many starts only the walks do, and only batch descent.
    only_walks: usize,
    only_batch: usize,
    /// The mean cost of the places at which they come to rest.
    cost: f64,
    cost_of_batch: f64,
    /// The share of the walks that are lost.
    lost: f64,
}

impl Compared {
    fn of(walks: &[End], batch: &[End], landscape: &Landscape) -> Compared {
        let global = landscape.global();
        let share = |ends: &[End], counts: &dyn Fn(&End) -> bool| {
            ends.iter().filter(|end| counts(end)).count() as f64 / ends.len() as f64
        };
        let cost = |ends: &[End]| {
            let costs = ends.iter().map(|end| cost(end.place, &landscape.rows));
            costs.sum::<f64>() / ends.len() as f64
        };
        let found = |end: &End| end.is_at(global);
        let apart = |one: &[End], other: &[End]| {
            let pairs = one.iter().zip(other);
            pairs.filter(|(one, other)| found(one) && !found(other)).count()
        };
        Compared {
            found: share(walks, &found),
            found_by_batch: share(batch, &found),
            only_walks: apart(walks, batch),
            only_batch: apart(batch, walks),
            cost: cost(walks),
            cost_of_batch: cost(batch),
            lost: share(walks, &|end| end.how == How::Lost),
        }
    }

    /// By how much larger a share of the walks finds the global minimum.
    fn gain(&self) -> f64 {
        self.found - self.found_by_batch
    }

    /// How far chance moves the gain on so many starts: one standard deviation, when each start that tells the two
    /// apart could as well have gone the other way.
    fn luck(&self, starts: usize) -> f64 {
        ((self.only_walks + self.only_batch) as f64).sqrt() / starts as f64
    }
}

/// The mean of some numbers, and how far chance moves it: the standard deviation over the root of their count.
pub(crate) fn mean_and_error(numbers: &[f64]) -> [f64; 2] {
    let count = numbers.len() as f64;
    let mean = numbers.iter().sum::<f64>() / count;
    let squares: f64 = numbers.iter().map(|x| (x - mean) * (x - mean)).sum();
    [mean, (squares / (count - 1.0) / count).sqrt()]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::noise::three_valleys;

    #[test]
    fn only_starts_that_tell_the_two_apart_are_counted() {
        let ours = Landscape::ours();
        let [other, _, global] = three_valleys(&ours);
        let arrived = |place| End { place, how: How::Arrived };
        let lost = End { place: other, how: How::Lost };
        let walks = [arrived(global), arrived(global), arrived(other), lost];
        let batch = [arrived(global), arrived(other), arrived(other), arrived(global)];
        let compared = Compared::of(&walks, &batch, &ours);
        assert_eq!((compared.only_walks, compared.only_batch), (1, 1));
        assert_eq!((compared.gain(), compared.lost), (0.0, 0.25));
        assert_eq!(compared.luck(4), 2_f64.sqrt() / 4.0);
        let compared = Compared::of(&walks[..2], &batch[..2], &ours);
        assert_eq!((compared.only_walks, compared.only_batch), (1, 0));
        assert_eq!((compared.gain(), compared.luck(2)), (0.5, 0.5));
    }

    #[test]
    fn a_mean_of_four_is_twice_as_sure_as_one() {
        // Standard deviation 2 (divided by 3), over the root of 4.
        let [mean, error] = mean_and_error(&[1.0, 1.0, 1.0, 5.0]);
        assert_eq!((mean, error), (2.0, 1.0));
    }
}
