//! On a cost with many valleys, the start decides where batch descent ends: mostly not in the lowest.

pub(crate) mod shown;

use std::ops::RangeInclusive;

use crate::landscape::{How, MAP_K, MAP_S, Minimum, Place, Row, cost, settle, step};

/// The learning rate, well below what makes the steepest valley unstable.
pub const RATE: f64 = 2.0;
/// A walk that is drawn ends after so many steps.
const STEPS: usize = 4_000;
/// Or when a step is shorter than this.
const STILL: f64 = 1e-7;
/// Starts along each side of the map.
const SIDE: usize = 16;
/// Where the walks begin that are drawn on the map.
pub const DRAWN: [(f64, f64); 6] =
    [(-3.0, 20.0), (2.5, 12.0), (3.5, 20.0), (-4.0, 13.0), (-7.0, 8.0), (0.5, 5.0)];

/// Batch descent: every step looks at all rows. The path, with the start.
pub fn walk(start: Place, rows: &[Row]) -> Vec<Place> {
    let mut path = vec![start];
    for _ in 0..STEPS {
        let here = path[path.len() - 1];
        let next = step(here, rows, RATE);
        path.push(next);
        if next.distance(here) < STILL || next.is_lost() {
            break;
        }
    }
    path
}

/// A place where walks ended, and how many of them.
#[derive(Clone, Copy, Debug)]
pub struct Valley {
    /// Its lowest point.
    pub place: Place,
    /// The mean cost there.
    pub cost: f64,
    /// How many walks ended there.
    pub walks: usize,
}

/// The starts: a grid over the map, at the middles of its cells.
pub fn starts() -> Vec<Place> {
    let at = |side: RangeInclusive<f64>, index: usize| {
        let share = (index as f64 + 0.5) / SIDE as f64;
        side.start() + share * (side.end() - side.start())
    };
    let place = |index| Place { s: at(MAP_S, index / SIDE), k: at(MAP_K, index % SIDE) };
    (0..SIDE * SIDE).map(place).collect()
}

/// What became of all walks.
#[derive(Clone, Debug)]
pub struct Survey {
    /// Where walks ended, the lowest first.
    pub valleys: Vec<Valley>,
    /// Walks that were still creeping along a flat.
    pub creeping: usize,
    /// Walks that ran far off the map.
    pub lost: usize,
}

impl Survey {
    /// Walks from every start; `walked` is told of each.
    fn new(rows: &[Row], walked: impl Fn() + Sync) -> Survey {
        let mut minima = Vec::new();
        let ends = settle(&starts(), rows, RATE, &mut minima, &walked);
        let count = |how| ends.iter().filter(|end| end.how == how).count();
        let valley = |Minimum { place, .. }| Valley {
            place,
            cost: cost(place, rows),
            walks: ends.iter().filter(|end| end.is_at(place)).count(),
        };
        let mut valleys: Vec<Valley> = minima.into_iter().map(valley).collect();
        valleys.retain(|valley| valley.walks > 0);
        valleys.sort_by(|one, other| one.cost.total_cmp(&other.cost));
        Survey { valleys, creeping: count(How::Creeping), lost: count(How::Lost) }
    }

    /// How many walks there were.
    pub fn walks(&self) -> usize {
        let arrived: usize = self.valleys.iter().map(|valley| valley.walks).sum();
        arrived + self.creeping + self.lost
    }

    /// How many ended in a valley that is not the lowest.
    fn elsewhere(&self) -> usize {
        self.valleys.iter().skip(1).map(|valley| valley.walks).sum()
    }

    /// So many of the walks, as a share of all.
    fn share(&self, walks: usize) -> f64 {
        walks as f64 / self.walks() as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::landscape::{TRUTH, rows};

    #[test]
    fn valleys_are_minima_and_the_lowest_is_near_the_truth() {
        let rows = rows();
        let survey = Survey::new(&rows, || ());
        assert_eq!(survey.walks(), SIDE * SIDE);
        assert!(survey.valleys.len() > 5);
        assert!(survey.valleys[0].place.distance(TRUTH) < 0.5);
        for valley in &survey.valleys {
            for (s, k) in [(0.01, 0.0), (-0.01, 0.0), (0.0, 0.01), (0.0, -0.01)] {
                let beside = Place { s: valley.place.s + s, k: valley.place.k + k };
                assert!(cost(beside, &rows) > valley.cost, "{valley:?} is no minimum");
            }
        }
    }

    #[test]
    fn batch_descent_never_climbs() {
        let rows = rows();
        let path = walk(Place { s: -7.0, k: 8.0 }, &rows);
        let costs: Vec<f64> = path.iter().map(|place| cost(*place, &rows)).collect();
        assert!(costs.windows(2).all(|pair| pair[1] <= pair[0]));
    }
}
