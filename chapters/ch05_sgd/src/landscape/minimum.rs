//! Where batch descent comes to rest, known before it is there.

use super::{FADE, Lanes, Place, Row, SQUEEZE, step};
use nn::math::{exp, sin_cos};
use rayon::prelude::*;

/// A walk may take so many steps of batch descent to arrive.
pub const STEPS: usize = 1_000;
/// After so many steps it is time to look for the minimum that a walk goes to.
const PATIENCE: usize = 256;
/// How many walks go in lockstep.
const ABREAST: usize = 500;
/// Minima this close to each other are one.
const SAME: f64 = 1e-6;
/// Along so many directions the neighbourhood of a minimum is looked at,
const DIRECTIONS: usize = 24;
/// out to so many times [`REACH`].
const RINGS: usize = 10;
/// How far the rings are apart.
const REACH: f64 = 0.1;

/// A place where the slope is zero and the cost rises all around.
#[derive(Clone, Copy, Debug)]
pub struct Minimum {
    /// Where it is.
    pub place: Place,
    /// Up to here, on a net of points, the cost curves upwards in all directions, and nowhere so much that a step
    /// of batch descent leaps over the bottom. So from here on each step comes nearer.
    pub radius: f64,
}

/// The minimum to which Newton's method leads from a place, if the cost curves upwards all the way.
fn minimum_near(mut at: Place, rows: &[Row]) -> Option<Place> {
    for _ in 0..20 {
        let curvature = Curvature::at(at, rows);
        if curvature.extremes()[0] <= 0.0 || at.is_lost() {
            return None;
        }
        let next = step(at, rows, 1.0);
        let slope = Place { s: at.s - next.s, k: at.k - next.k };
        let determinant = curvature.ss * curvature.kk - curvature.sk * curvature.sk;
        let s = (curvature.kk * slope.s - curvature.sk * slope.k) / determinant;
        let k = (curvature.ss * slope.k - curvature.sk * slope.s) / determinant;
        at = Place { s: at.s - s, k: at.k - k };
        if s.abs() + k.abs() < 1e-10 {
            return Some(at);
        }
    }
    None
}

/// How far around a minimum each step must come nearer to it: where 0 < curvature < 2 / rate along every direction.
fn radius(at: Place, rows: &[Row], rate: f64) -> f64 {
    let tame = |ring: usize| {
        (0..DIRECTIONS).all(|direction| {
            let angle = direction as f64 / DIRECTIONS as f64 * std::f64::consts::TAU;
            let (sine, cosine) = sin_cos(angle);
            let far = ring as f64 * REACH;
            let place = Place { s: at.s + far * cosine, k: at.k + far * sine };
            let [least, most] = Curvature::at(place, rows).extremes();
            least > 0.0 && most < 2.0 / rate
        })
    };
    (0..=RINGS).take_while(|ring| tame(*ring)).last().unwrap_or(0) as f64 * REACH
}

/// The second derivatives of the mean cost of some rows.
struct Curvature {
    ss: f64,
    sk: f64,
    kk: f64,
}

impl Curvature {
    fn at(at: Place, rows: &[Row]) -> Curvature {
        let mut curvature = Curvature { ss: 0.0, sk: 0.0, kk: 0.0 };
        for row in rows {
            let squeezed = SQUEEZE * row.x;
            let u = at.s + at.k * squeezed;
            let (fade, (sine, cosine)) = (exp(-u * u / FADE), sin_cos(u));
            // The answer's first and second derivative along u.
            let first = (cosine - 2.0 * sine * u / FADE) * fade;
            let inner = sine + 2.0 * (cosine * u + sine) / FADE;
            let second = -inner * fade - 2.0 * u / FADE * first;
            let along_u = first * first + (sine * fade - row.y) * second;
            curvature.ss += along_u / rows.len() as f64;
            curvature.sk += along_u * squeezed / rows.len() as f64;
            curvature.kk += along_u * squeezed * squeezed / rows.len() as f64;
        }
        curvature
    }

    /// The least and the greatest second derivative of all directions: the eigenvalues.
    fn extremes(&self) -> [f64; 2] {
        let (middle, half) = (0.5 * (self.ss + self.kk), 0.5 * (self.ss - self.kk));
        let apart = (half * half + self.sk * self.sk).sqrt();
        [middle - apart, middle + apart]
    }
}

/// What a walk comes to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct End {
    /// Where it is then.
    pub place: Place,
    /// Whether it is going to stay there.
    pub how: How,
}

impl End {
    /// Whether it is at this minimum.
    pub fn is_at(&self, minimum: Place) -> bool {
        self.how == How::Arrived && self.place.distance(minimum) < SAME
    }
}

/// How a walk ends.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum How {
    /// At a minimum.
    Arrived,
    /// It is still moving.
    Creeping,
    /// It has left the map.
    Lost,
}

/// What batch descent comes to from these places; `settled` is told of each.
///
/// A walk that is so near to a minimum that each further step must bring it nearer has arrived. Minima that are
/// found on the way join those that are `known`.
pub fn settle(
    places: &[Place],
    rows: &[Row],
    rate: f64,
    known: &mut Vec<Minimum>,
    settled: &(impl Fn() + Sync),
) -> Vec<End> {
    let some = |places: &[Place]| {
        let mut minima = known.clone();
        let ends = settle_in_lockstep(places, rows, rate, &mut minima);
        ends.iter().for_each(|_| settled());
        (ends, minima)
    };
    let parts: Vec<_> = places.par_chunks(ABREAST).map(some).collect();
    let mut ends = Vec::new();
    for (more, minima) in parts {
        ends.extend(more);
        for minimum in minima {
            if is_new(minimum.place, known) {
                known.push(minimum);
            }
        }
    }
    ends
}

fn is_new(place: Place, known: &[Minimum]) -> bool {
    known.iter().all(|minimum| place.distance(minimum.place) > SAME)
}

/// The same, in one thread.
pub(crate) fn settle_in_lockstep(
    places: &[Place],
    rows: &[Row],
    rate: f64,
    known: &mut Vec<Minimum>,
) -> Vec<End> {
    let creeping = |&place: &Place| End { place, how: How::Creeping };
    let mut ends: Vec<End> = places.iter().map(creeping).collect();
    let mut lanes = Lanes::new(places);
    for done in 0..=STEPS {
        if done >= PATIENCE && done.is_power_of_two() {
            lanes.retire(|_, at| {
                let is_new = |place: &Place| is_new(*place, known);
                if let Some(place) = minimum_near(at, rows).filter(is_new) {
                    known.push(Minimum { place, radius: radius(place, rows, rate) });
                }
                false
            });
        }
        lanes.retire(|walk, at| {
            let near = |minimum: &&Minimum| at.distance(minimum.place) <= minimum.radius;
            ends[walk] = match known.iter().find(near) {
                _ if at.is_lost() => End { place: at, how: How::Lost },
                Some(minimum) => End { place: minimum.place, how: How::Arrived },
                None => creeping(&at),
            };
            ends[walk].how != How::Creeping
        });
        if lanes.is_empty() {
            break;
        }
        lanes.step(rows, rate);
    }
    ends
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::landscape::rows;
    use nn::seeded;

    #[test]
    fn curvatures_are_the_limit_of_differences_of_slopes() {
        let (rows, rng, h) = (rows(), &mut seeded(1), 1e-5);
        for _ in 0..20 {
            let at = Place::random(rng);
            let slopes = |s: f64, k: f64| {
                let [up, down] = [1.0, -1.0].map(|way| {
                    let at = Place { s: at.s + way * s, k: at.k + way * k };
                    let next = step(at, &rows, 1.0);
                    [at.s - next.s, at.k - next.k]
                });
                [0, 1].map(|along| (up[along] - down[along]) / (2.0 * h))
            };
            let (curvature, [ss, sk], [_, kk]) =
                (Curvature::at(at, &rows), slopes(h, 0.0), slopes(0.0, h));
            for (found, difference) in
                [(curvature.ss, ss), (curvature.sk, sk), (curvature.kk, kk)]
            {
                assert!((found - difference).abs() < 1e-8, "{at:?} {found} {difference}");
            }
        }
    }

    #[test]
    fn the_extremes_of_a_curvature_are_its_eigenvalues() {
        assert_eq!(Curvature { ss: 2.0, sk: 1.0, kk: 2.0 }.extremes(), [1.0, 3.0]);
        assert_eq!(Curvature { ss: 1.0, sk: 0.0, kk: -4.0 }.extremes(), [-4.0, 1.0]);
    }

    #[test]
    fn who_has_arrived_would_go_on_to_that_minimum() {
        let (rows, rng) = (rows(), &mut seeded(3));
        let starts: Vec<Place> = (0..60).map(|_| Place::random(rng)).collect();
        let mut known = Vec::new();
        let ends = settle(&starts, &rows, 2.0, &mut known, &|| ());
        let arrived = ends.iter().zip(&starts).filter(|(end, _)| end.how == How::Arrived);
        assert!(arrived.clone().count() > 40);
        for (end, start) in arrived {
            let mut at = *start;
            let steps = (0..20_000).find(|_| {
                at = step(at, &rows, 2.0);
                known.iter().any(|minimum| at.distance(minimum.place) < 1e-3)
            });
            assert!(steps.is_some(), "{start:?} creeps to {end:?}");
            assert!(
                at.distance(end.place) < 1e-3,
                "{start:?} goes to {at:?}, not {end:?}"
            );
        }
    }

    #[test]
    fn the_nearer_to_a_minimum_the_surer() {
        let rows = rows();
        let at =
            minimum_near(Place { s: 0.0, k: 16.5 }, &rows).expect("it curves upwards");
        let radius_at = |rate| radius(at, &rows, rate);
        assert!(radius_at(2.0) > 0.5);
        // From two over the curvature on, each step leaps farther out than it came.
        let [_, most] = Curvature::at(at, &rows).extremes();
        assert_eq!(radius_at(2.01 / most), 0.0);
    }
}
