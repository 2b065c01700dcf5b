//! A few bends, added by hand, follow any curve; straight lines, however many are added, never do.

pub(crate) mod shown;

use std::f64::consts::TAU;

use nn::{Activation, Neuron, math::cos};

/// How long the curve is, in hours.
pub const DAY: f64 = 24.0;

/// The temperature of an invented day, in °C: cold before dawn, warm in the afternoon, and warmer at its end than
/// at its beginning.
pub fn temperature(hour: f64) -> f64 {
    10.0 + 0.2 * hour - 5.0 * cos(TAU * (hour - 4.0) / DAY)
}

/// A neuron with one input, and how much of its output is added to the others.
#[derive(Clone, Debug)]
pub struct Hinge {
    /// A ReLU that begins to climb where the hinge is.
    pub neuron: Neuron,
    /// By how much the slope of the sum changes there.
    pub turn: f64,
}

/// Hinges at equal distances that take a sum along the curve: each turns it towards the next place.
pub fn follow(curve: impl Fn(f64) -> f64, number: usize) -> Vec<Hinge> {
    let width = DAY / number as f64;
    let mut slope = 0.0;
    let mut hinges = Vec::new();
    for place in 0..number {
        let here = place as f64 * width;
        let needed = (curve(here + width) - curve(here)) / width;
        let neuron = Neuron::new(&[1.0], -here, Activation::Relu);
        hinges.push(Hinge { neuron, turn: needed - slope });
        slope = needed;
    }
    hinges
}

/// Where the curve starts, and what every hinge adds.
pub fn sum(start: f64, hinges: &[Hinge], x: f64) -> f64 {
    start + hinges.iter().map(|hinge| hinge.turn * hinge.neuron.output(&[x])).sum::<f64>()
}

/// The same neurons without their bend: straight lines.
pub fn straightened(hinges: &[Hinge]) -> Vec<Hinge> {
    let mut lines = hinges.to_vec();
    lines.iter_mut().for_each(|line| line.neuron.activation = Activation::Identity);
    lines
}

/// Every minute of the day, in hours.
fn minutes() -> impl Iterator<Item = f64> {
    (0..=1_440).map(|minute| f64::from(minute) / 60.0)
}

/// How far at most the sum of so many hinges is from the curve.
pub fn largest_gap(number: usize) -> f64 {
    let (start, hinges) = (temperature(0.0), follow(temperature, number));
    let gap = |hour| (sum(start, &hinges, hour) - temperature(hour)).abs();
    minutes().map(gap).fold(0.0, f64::max)
}

/// How far at most the best of all straight lines is from the curve.
pub fn largest_gap_of_a_line() -> f64 {
    let day: Vec<(f64, f64)> = minutes().map(|hour| (hour, temperature(hour))).collect();
    // At its best height, a line of this slope is as far below the curve somewhere as above it elsewhere.
    let gap = |slope: f64| {
        let left = || day.iter().map(|(hour, degrees)| degrees - slope * hour);
        0.5 * (left().fold(f64::MIN, f64::max) - left().fold(f64::MAX, f64::min))
    };
    let (mut low, mut high) = (-2.0, 2.0);
    for _ in 0..60 {
        let third = (high - low) / 3.0;
        if gap(low + third) < gap(high - third) {
            high -= third;
        } else {
            low += third;
        }
    }
    gap(low)
}

#[cfg(test)]
mod tests {
    use nn::{random::normal, seeded};

    use super::*;

    /// How far the middle of two points lies from the line between them.
    fn bend(height: impl Fn(f64) -> f64, from: f64, to: f64) -> f64 {
        (0.5 * (height(from) + height(to)) - height(0.5 * (from + to))).abs()
    }

    #[test]
    fn sums_of_lines_stay_a_line() {
        let rng = &mut seeded(1);
        for number in 1..40 {
            let mut line = || Hinge {
                neuron: Neuron::new(&[normal(rng)], normal(rng), Activation::Relu),
                turn: normal(rng),
            };
            let hinges: Vec<Hinge> = (0..number).map(|_| line()).collect();
            let lines = straightened(&hinges);
            // One line is enough for all of them: its numbers are their sums.
            let weight: f64 = lines.iter().map(|l| l.turn * l.neuron.weights[0]).sum();
            let bias: f64 = lines.iter().map(|l| l.turn * l.neuron.bias).sum();
            for x in minutes() {
                assert!((sum(0.0, &lines, x) - (weight * x + bias)).abs() < 1e-9);
            }
            assert!(bend(|x| sum(0.0, &lines, x), 0.0, DAY) < 1e-9);
        }
        let hinges = follow(temperature, 8);
        let start = temperature(0.0);
        assert!(bend(|x| sum(start, &hinges, x), 0.0, DAY) > 1.0);
        assert!(bend(|x| sum(start, &straightened(&hinges), x), 0.0, DAY) < 1e-9);
    }

    #[test]
    fn the_sum_meets_the_curve_at_every_hinge() {
        let (start, hinges) = (temperature(0.0), follow(temperature, 12));
        for place in 0..=12 {
            let hour = 2.0 * f64::from(place);
            assert!((sum(start, &hinges, hour) - temperature(hour)).abs() < 1e-12);
        }
        assert!((sum(start, &hinges, 1.0) - temperature(1.0)).abs() > 1e-3);
    }

    #[test]
    fn twice_as_many_hinges_leave_about_a_quarter_of_the_gap() {
        // Between two points of a curve, the chord is at most (distance)² · curvature / 8 away.
        for number in [8, 16, 32, 64] {
            let angle = TAU / number as f64; // distance times √(curvature / 5)
            let known = angle * angle * 5.0 / 8.0;
            let gap = largest_gap(number);
            assert!(gap <= known && gap > 0.9 * known, "{number}: {gap} {known}");
        }
    }

    #[test]
    fn no_line_is_closer_than_the_best() {
        let best = largest_gap_of_a_line();
        let rng = &mut seeded(2);
        for _ in 0..2_000 {
            let (weight, bias) = (0.3 * normal(rng), 12.0 + 3.0 * normal(rng));
            let gap = |x: f64| (weight * x + bias - temperature(x)).abs();
            assert!(minutes().map(gap).fold(0.0, f64::max) > best);
        }
    }
}
