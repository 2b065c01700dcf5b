//! Many walks in lockstep, each in a lane of its own: what `step` does to one place, done to all of them.
//!
//! The sums are the same and in the same order, so each walk has the bits that it would have alone. But the
//! processor takes several exponentials and sines at once, and is done in about a quarter of the time.

use nn::elementary::{exp_all, sin_cos_all};

use super::{FADE, Place, Row, SQUEEZE, Wave, chained};

/// The places of all walks that still go on.
pub struct Lanes {
    walks: Vec<usize>, // which walk each lane carries
    s: Vec<f64>,
    k: Vec<f64>,
    rows: Vec<Row>,
    waves: Waves,
    slopes: [Vec<f64>; 2],
}

/// The [`Wave`] of each lane.
struct Waves {
    u: Vec<f64>,
    fade: Vec<f64>,
    sine: Vec<f64>,
    cosine: Vec<f64>,
}

impl Lanes {
    /// A lane for each start; the walks are numbered in their order.
    pub fn new(starts: &[Place]) -> Lanes {
        let lanes = starts.len();
        let numbers = || vec![0.0; lanes];
        let [u, fade, sine, cosine] = [(); 4].map(|()| numbers());
        Lanes {
            walks: (0..lanes).collect(),
            s: starts.iter().map(|start| start.s).collect(),
            k: starts.iter().map(|start| start.k).collect(),
            rows: vec![Row { x: 0.0, y: 0.0 }; lanes],
            waves: Waves { u, fade, sine, cosine },
            slopes: [numbers(), numbers()],
        }
    }

    /// Whether no walk is left.
    pub fn is_empty(&self) -> bool {
        self.walks.is_empty()
    }

    /// Shows each walk and its place, and takes those out that are done.
    pub fn retire(&mut self, mut is_done: impl FnMut(usize, Place) -> bool) {
        for lane in (0..self.walks.len()).rev() {
            if is_done(self.walks[lane], Place { s: self.s[lane], k: self.k[lane] }) {
                self.walks.swap_remove(lane);
                self.s.swap_remove(lane);
                self.k.swap_remove(lane);
            }
        }
    }

    /// One step of each walk against the mean slope of all these rows.
    pub fn step(&mut self, rows: &[Row], rate: f64) {
        self.forget_slopes();
        let lanes = self.walks.len();
        for row in rows {
            self.rows[..lanes].fill(*row);
            self.add_slopes();
        }
        self.descend(|_| rate / rows.len() as f64);
    }

    /// One step of each walk against the slope of a single row, which is its own; so is the rate.
    pub fn step_each(&mut self, row: impl Fn(usize) -> Row, rate: impl Fn(usize) -> f64) {
        self.forget_slopes();
        for (place, walk) in self.rows.iter_mut().zip(&self.walks) {
            *place = row(*walk);
        }
        self.add_slopes();
        self.descend(rate);
    }

    fn forget_slopes(&mut self) {
        self.slopes.iter_mut().for_each(|slopes| slopes.fill(0.0));
    }

    fn add_slopes(&mut self) {
        let lanes = self.walks.len();
        let (s, k, rows) = (&self.s[..lanes], &self.k[..lanes], &self.rows[..lanes]);
        let Waves { u, fade, sine, cosine } = &mut self.waves;
        let [u, fade, sine, cosine] =
            [u, fade, sine, cosine].map(|numbers| &mut numbers[..lanes]);
        for lane in 0..lanes {
            u[lane] = s[lane] + SQUEEZE * k[lane] * rows[lane].x;
            fade[lane] = -u[lane] * u[lane] / FADE;
        }
        exp_all(fade);
        sin_cos_all(u, sine, cosine);
        let [along_s, along_k] =
            self.slopes.each_mut().map(|slopes| &mut slopes[..lanes]);
        for lane in 0..lanes {
            let [u, fade, sine, cosine] = [u[lane], fade[lane], sine[lane], cosine[lane]];
            let slope = chained(rows[lane], Wave { u, fade, sine, cosine });
            along_s[lane] += slope.s;
            along_k[lane] += slope.k;
        }
    }

    fn descend(&mut self, rate: impl Fn(usize) -> f64) {
        for (lane, walk) in self.walks.iter().enumerate() {
            let rate = rate(*walk);
            self.s[lane] -= rate * self.slopes[0][lane];
            self.k[lane] -= rate * self.slopes[1][lane];
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::landscape::{rows, step};
    use nn::seeded;

    #[test]
    fn walks_in_lockstep_have_the_bits_of_walks_alone() {
        let (rows, rng) = (rows(), &mut seeded(1));
        let mut alone: Vec<Place> = (0..37).map(|_| Place::random(rng)).collect();
        let mut lanes = Lanes::new(&alone);
        let rate = |walk| 0.3 * walk as f64;
        for t in 0..50 {
            let row = |walk| rows[(t + walk) % rows.len()];
            lanes.step(&rows, 2.0);
            lanes.step_each(row, rate);
            for (walk, at) in alone.iter_mut().enumerate() {
                *at = step(step(*at, &rows, 2.0), &[row(walk)], rate(walk));
            }
            // One leaves now and then: the others keep their numbers.
            lanes.retire(|walk, at| {
                assert_eq!(at, alone[walk], "walk {walk} after step {t}");
                walk == t
            });
        }
        assert!(lanes.is_empty());
    }
}
