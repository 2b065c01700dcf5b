//! On a cost with many valleys, the start decides where batch descent ends: mostly not in the lowest.

pub(crate) mod shown;

use std::ops::RangeInclusive;

use rayon::prelude::*;

use crate::landscape::{Lanes, MAP_A, MAP_B, Place, Row, cost, step};

/// The learning rate, well below what makes the steepest valley unstable.
pub const RATE: f64 = 2.0;
/// After so many steps a walk is taken to have arrived.
const STEPS: usize = 4_000;
/// Or when a step is shorter than this.
const STILL: f64 = 1e-7;
/// Walks that end this close to each other have ended in the same place.
const SAME: f64 = 0.05;
/// How many walks go in lockstep.
const ABREAST: usize = 64;
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

/// What a walk comes to.
#[derive(Clone, Copy, Debug, PartialEq)]
enum End {
    /// It stands still, here.
    Valley(Place),
    /// It is still moving.
    Creeping,
    /// It has left the map.
    Lost,
}

/// What the walks from these starts come to, all in lockstep.
fn ends(starts: &[Place], rows: &[Row]) -> Vec<End> {
    let mut ends = vec![End::Creeping; starts.len()];
    let mut here = starts.to_vec();
    let mut lanes = Lanes::new(starts);
    for _ in 1..STEPS {
        lanes.step(rows, RATE);
        lanes.retire(|walk, next| {
            if next.is_lost() {
                ends[walk] = End::Lost;
            } else if next.distance(here[walk]) < STILL {
                ends[walk] = End::Valley(next);
            }
            here[walk] = next;
            !matches!(ends[walk], End::Creeping)
        });
    }
    ends
}

/// The starts: a grid over the map, at the middles of its cells.
fn starts() -> Vec<Place> {
    let at = |side: RangeInclusive<f64>, index: usize| {
        let share = (index as f64 + 0.5) / SIDE as f64;
        side.start() + share * (side.end() - side.start())
    };
    let place = |index| Place { a: at(MAP_A, index / SIDE), b: at(MAP_B, index % SIDE) };
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
        let starts = starts();
        let ends = starts.par_chunks(ABREAST).flat_map_iter(|starts| ends(starts, rows));
        Survey::of(&ends.inspect(|_| walked()).collect::<Vec<_>>(), rows)
    }

    /// Puts ends that are the same place together.
    fn of(ends: &[End], rows: &[Row]) -> Survey {
        let mut valleys: Vec<Valley> = Vec::new();
        let (mut creeping, mut lost) = (0, 0);
        for end in ends {
            match *end {
                End::Creeping => creeping += 1,
                End::Lost => lost += 1,
                End::Valley(place) => {
                    let known =
                        |valley: &&mut Valley| valley.place.distance(place) < SAME;
                    match valleys.iter_mut().find(known) {
                        Some(valley) => valley.walks += 1,
                        None => valleys.push(Valley {
                            place,
                            cost: cost(place, rows),
                            walks: 1,
                        }),
                    }
                }
            }
        }
        valleys.sort_by(|one, other| one.cost.total_cmp(&other.cost));
        Survey { valleys, creeping, lost }
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
            for (a, b) in [(0.01, 0.0), (-0.01, 0.0), (0.0, 0.01), (0.0, -0.01)] {
                let beside = Place { a: valley.place.a + a, b: valley.place.b + b };
                assert!(cost(beside, &rows) > valley.cost, "{valley:?} is no minimum");
            }
        }
    }

    #[test]
    fn in_lockstep_each_walk_comes_to_what_it_comes_to_alone() {
        let rows = rows();
        let alone = |start: &Place| {
            let path = walk(*start, &rows);
            let end = path[path.len() - 1];
            match path.len() <= STEPS {
                _ if end.is_lost() => End::Lost,
                true => End::Valley(end),
                false => End::Creeping,
            }
        };
        let starts: Vec<Place> = starts().into_iter().step_by(7).collect();
        let alone: Vec<End> = starts.iter().map(alone).collect();
        assert!(alone.contains(&End::Creeping) && alone.contains(&End::Lost));
        assert_eq!(ends(&starts, &rows), alone);
    }

    #[test]
    fn batch_descent_never_climbs() {
        let rows = rows();
        let path = walk(Place { a: -7.0, b: 8.0 }, &rows);
        let costs: Vec<f64> = path.iter().map(|place| cost(*place, &rows)).collect();
        assert!(costs.windows(2).all(|pair| pair[1] <= pair[0]));
    }
}
