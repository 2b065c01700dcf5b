//! A range: two finite ends, the first below the second. Whatever runs over one asks here.

use std::ops::RangeInclusive;

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Range {
    pub low: f64,
    pub high: f64,
}

/// How a fitted range surrounds the data. Of several marks' wishes the greatest counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// It ends where they end.
    Tight,
    /// It leaves some air at both ends.
    Loose,
    /// Some air, but none below zero, where bars stand.
    FromZero,
    /// It ends where they end, whatever else is drawn: a tinted plane with an empty rim would look like a mistake.
    Filled,
}

impl Range {
    /// The range that a caller gave to `owner`. Panics if it is endless, reversed or empty.
    pub fn of(owner: &str, range: RangeInclusive<f64>) -> Self {
        let (low, high) = range.into_inner();
        assert!(
            low < high && low.is_finite() && high.is_finite(),
            "{owner} needs a finite range from low to high, but got {low} to {high}: \
             give two numbers, the smaller one first"
        );
        Self { low, high }
    }

    /// A range around those of the values that have a place: with none it is 0 to 1, or 1 to 10 on a logarithmic axis.
    pub fn fitting(values: impl Iterator<Item = f64>, log: bool, fit: Fit) -> Self {
        let usable = values.filter(|value| value.is_finite() && (!log || *value > 0.0));
        let (low, high) = usable.fold((f64::MAX, f64::MIN), |(low, high), value| {
            (low.min(value), high.max(value))
        });
        let air = if matches!(fit, Fit::Tight | Fit::Filled) { 0.0 } else { 0.05 };
        let (low, high) = match (low <= high, log) {
            (false, true) => (1.0, 10.0),
            (false, false) => (0.0, 1.0),
            (true, true) if low == high => (low / 2.0, high * 2.0),
            (true, true) => {
                let factor = match high / low {
                    ratio if ratio.is_finite() => libm::pow(ratio, air),
                    _ => libm::pow(high, air) / libm::pow(low, air),
                };
                (low / factor, high * factor)
            }
            (true, false) if low == high => {
                let half = 0.5 * low.abs().max(1.0);
                (low - half, high + half)
            }
            (true, false) => {
                let more = air * Self { low, high }.span();
                let grounded = fit == Fit::FromZero && low == 0.0;
                (if grounded { 0.0 } else { low - more }, high + more)
            }
        };
        let least = if log { f64::from_bits(1) } else { f64::MIN };
        Self { low: low.max(least), high: high.min(f64::MAX) }
    }

    /// From end to end, or the largest number where that is larger still.
    pub fn span(&self) -> f64 {
        (self.high - self.low).min(f64::MAX)
    }

    /// The width of one of `whole` equal steps from end to end.
    pub fn step(&self, whole: f64) -> f64 {
        match (self.high - self.low) / whole {
            step if step.is_finite() => step,
            _ => self.high / whole - self.low / whole,
        }
    }

    /// The value after `part` of `whole` equal steps from the low end; may lie outside.
    pub fn at(&self, part: f64, whole: f64) -> f64 {
        let straight = self.low + (self.high - self.low) * part / whole;
        if straight.is_finite() {
            return straight;
        }
        let share = part / whole;
        (self.low * (1.0 - share) + self.high * share).clamp(f64::MIN, f64::MAX)
    }

    /// The share of the way from end to end at which a finite value lies; may be outside 0 to 1, even infinite.
    pub fn share(&self, value: f64) -> f64 {
        let shrink = if (self.high - self.low).is_finite() { 1.0 } else { 0.5 };
        let [value, low, high] =
            [value, self.low, self.high].map(|number| number * shrink);
        (value - low) / (high - low)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAX: f64 = f64::MAX;

    #[test]
    fn the_widest_range_has_a_middle_and_shares() {
        let range = Range::of("this", -MAX..=MAX);
        assert_eq!([0.0, 1.0, 2.0].map(|part| range.at(part, 2.0)), [-MAX, 0.0, MAX]);
        assert_eq!([-MAX, 0.0, MAX].map(|value| range.share(value)), [0.0, 0.5, 1.0]);
        assert_eq!(range.at(-1.0, 2.0), -MAX);
    }

    #[test]
    fn a_fitted_range_is_finite_and_not_empty() {
        let tiny = f64::from_bits(1);
        for (a, b) in [
            (0.0, 0.0),
            (tiny, tiny),
            (tiny, MAX),
            (MAX, MAX),
            (-MAX, MAX),
            (-MAX, -MAX),
            (1.0, 1.0_f64.next_up()),
            (1.0, 1e294),
        ] {
            for (log, fit) in
                [(false, Fit::Tight), (false, Fit::Loose), (true, Fit::Loose)]
            {
                let range = Range::fitting([a, b].into_iter(), log, fit);
                assert!(range.low < range.high, "{a} {b}: {range:?}");
                assert!(range.low.is_finite() && range.high.is_finite(), "{range:?}");
                assert!(!log || range.low > 0.0, "{range:?}");
            }
        }
    }

    #[test]
    #[should_panic(
        expected = "this needs a finite range from low to high, but got NaN to 1: give two numbers"
    )]
    fn a_range_from_nowhere_is_refused() {
        Range::of("this", f64::NAN..=1.0);
    }

    #[test]
    #[should_panic(expected = "but got 0 to inf")]
    fn an_endless_range_is_refused() {
        Range::of("this", 0.0..=f64::INFINITY);
    }

    #[test]
    #[should_panic(expected = "but got 2 to 1")]
    fn a_reversed_range_is_refused() {
        Range::of("this", 2.0..=1.0);
    }

    #[test]
    #[should_panic(expected = "but got 2 to 2")]
    fn an_empty_range_is_refused() {
        Range::of("this", 2.0..=2.0);
    }
}
