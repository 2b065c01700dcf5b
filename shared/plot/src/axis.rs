//! An axis: what is measured, over which range, and where its ticks stand.

use std::ops::RangeInclusive;

use crate::text;

/// One axis of a [`Panel`](crate::Panel). Without a range it fits the data.
#[derive(Debug, Clone, Default)]
pub struct Axis {
    pub(crate) label: String,
    pub(crate) hidden: bool,
    pub(crate) categorical: bool,
    pub(crate) reversed: bool,
    range: Option<(f64, f64)>,
    log: bool,
    ticks: Option<Vec<(f64, String)>>,
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
}

/// From a value to its share of the way along the axis, 0 at the left or bottom.
#[derive(Debug, Clone, Copy)]
pub struct Scale {
    pub low: f64,
    pub high: f64,
    pub log: bool,
    pub reversed: bool,
}

/// A tick: its share of the way along the axis, and what is written there.
pub(crate) type Tick = (f64, String);

impl Axis {
    /// An axis that says what it measures; with an empty label it says nothing.
    pub fn new(label: impl Into<String>) -> Self {
        Self { label: label.into(), ..Self::default() }
    }

    /// Shows exactly this range. Panics if it is empty or not finite.
    pub fn range(mut self, range: RangeInclusive<f64>) -> Self {
        let (low, high) = range.into_inner();
        assert!(
            low < high && (high - low).is_finite(),
            "an axis needs a finite range from low to high, but got {low} to {high}"
        );
        self.range = Some((low, high));
        self
    }

    /// Logarithmic. Values that are not positive are missing; a range that is not positive panics when the figure is drawn.
    pub fn log(mut self) -> Self {
        self.log = true;
        self
    }

    /// Draws neither ticks nor grid nor label.
    pub fn hidden(mut self) -> Self {
        self.hidden = true;
        self
    }

    /// Runs from right to left, or from top to bottom.
    pub fn reversed(mut self) -> Self {
        self.reversed = true;
        self
    }

    /// Ticks at these values instead of the chosen ones.
    pub fn ticks(mut self, values: impl IntoIterator<Item = f64>) -> Self {
        let written = |value: f64| {
            let decimals = (0..6).find(|&d| {
                text::number(value, d).len() == format!("{value}").replace('-', "−").len()
            });
            (
                value,
                decimals.map_or_else(
                    || format!("{value}").replace('-', "−"),
                    |d| text::number(value, d),
                ),
            )
        };
        self.ticks = Some(values.into_iter().map(written).collect());
        self
    }

    /// Ticks at these values, with these words.
    pub fn tick_labels<S: Into<String>>(
        mut self,
        ticks: impl IntoIterator<Item = (f64, S)>,
    ) -> Self {
        self.ticks =
            Some(ticks.into_iter().map(|(value, words)| (value, words.into())).collect());
        self
    }

    /// Names at 0, 1, 2, …, as bars and heat maps need them. On a vertical axis the first name is at the top.
    pub fn categories<S: Into<String>>(
        mut self,
        names: impl IntoIterator<Item = S>,
    ) -> Self {
        self = self
            .tick_labels(names.into_iter().enumerate().map(|(i, name)| (i as f64, name)));
        let count = self.ticks.as_ref().map_or(0, Vec::len);
        self.categorical = true;
        self.range(-0.5..=count as f64 - 0.5)
    }

    /// The scale for these values: the given range, or one that fits them.
    pub(crate) fn scale(&self, values: impl Iterator<Item = f64>, fit: Fit) -> Scale {
        let Self { log, reversed, .. } = *self;
        if let Some((low, high)) = self.range {
            assert!(
                !log || low > 0.0,
                "a logarithmic axis needs a positive range, but got {low} to {high}"
            );
            return Scale { low, high, log, reversed };
        }
        let usable = values.filter(|value| value.is_finite() && (!log || *value > 0.0));
        let (low, high) = usable.fold((f64::MAX, f64::MIN), |(low, high), value| {
            (low.min(value), high.max(value))
        });
        let air = if fit == Fit::Tight { 0.0 } else { 0.05 };
        let (low, high) = match (low <= high, log) {
            (false, true) => (1.0, 10.0),
            (false, false) => (0.0, 1.0),
            (true, true) if low == high => (low / 2.0, high * 2.0),
            (true, true) => {
                let factor = libm::pow(high / low, air);
                (low / factor, high * factor)
            }
            (true, false) if low == high => {
                let half = 0.5 * low.abs().max(1.0);
                (low - half, high + half)
            }
            (true, false) => {
                let more = air * (high - low);
                let grounded = fit == Fit::FromZero && low == 0.0;
                (if grounded { 0.0 } else { low - more }, high + more)
            }
        };
        Scale { low, high, log, reversed }
    }

    /// The ticks of an axis of this length, in units, at least as far apart as `least`, in data units. `across` asks
    /// whether labels stand side by side.
    pub(crate) fn marks(
        &self,
        scale: &Scale,
        length: f64,
        across: bool,
        least: f64,
    ) -> Vec<Tick> {
        if self.hidden {
            return Vec::new();
        }
        let placed = |ticks: &[(f64, String)]| -> Vec<Tick> {
            let placed = ticks.iter().filter_map(|(value, words)| {
                Some((scale.fraction(*value)?, words.clone()))
            });
            placed.filter(|(at, _)| (-1e-9..=1.0 + 1e-9).contains(at)).collect()
        };
        if let Some(ticks) = &self.ticks {
            return placed(ticks);
        }
        let room = |tick: &Tick| match across {
            true => text::width(&tick.1, text::SIZE) + 18.0,
            false => 2.2 * text::SIZE,
        };
        let least = (least / (scale.high - scale.low) - 1e-9) * length;
        let fits = |ticks: &Vec<Tick>| {
            let most = if across { 7 } else { 6 };
            let apart = |pair: &[Tick]| (pair[1].0 - pair[0].0).abs() * length;
            let enough =
                |pair: &[Tick]| least.max((room(&pair[0]) + room(&pair[1])) / 2.0);
            ticks.len() <= most
                && ticks.windows(2).all(|pair| apart(pair) >= enough(pair))
        };
        let choices = if scale.log { log_choices(scale) } else { linear_choices(scale) };
        let mut choices = choices.iter().map(|ticks| placed(ticks));
        choices.find(fits).unwrap_or_default()
    }
}

impl Scale {
    /// The share of the way along the axis; none for a value that has no place on it. May lie outside 0 to 1.
    pub fn fraction(&self, value: f64) -> Option<f64> {
        let bend = |value: f64| if self.log { libm::log10(value) } else { value };
        if !value.is_finite() || (self.log && value <= 0.0) {
            return None;
        }
        let (low, high) = (bend(self.low), bend(self.high));
        let fraction = ((bend(value) - low) / (high - low)).clamp(-1e4, 1e4);
        Some(if self.reversed { 1.0 - fraction } else { fraction })
    }
}

/// Ticks at steps of 1, 2 and 5 times a power of ten, the densest first.
fn linear_choices(scale: &Scale) -> Vec<Vec<(f64, String)>> {
    let span = scale.high - scale.low;
    let decade = libm::floor(libm::log10(span)) as i32 - 1;
    let steps =
        (decade..decade + 3).flat_map(|e| [1.0, 2.0, 5.0].map(|digit| (digit, e)));
    steps
        .map(|(digit, exponent)| {
            // Dividing by 10^n is exact where multiplying with 10^-n is not.
            let value = |k: f64| match exponent {
                0.. => k * digit * libm::pow(10.0, f64::from(exponent)),
                _ => k * digit / libm::pow(10.0, f64::from(-exponent)),
            };
            let step = value(1.0);
            let (first, last) =
                ((scale.low / step - 1e-6).ceil(), (scale.high / step + 1e-6).floor());
            let decimals = usize::try_from(-exponent).unwrap_or(0);
            let long = scale.low.abs().max(scale.high.abs()) >= 1e6 || decimals > 4;
            let write = |v: f64| {
                if long && v != 0.0 {
                    text::scientific(v)
                } else {
                    text::number(v, if long { 0 } else { decimals })
                }
            };
            let count = (last - first).clamp(-1.0, 200.0) as i32;
            (0..=count)
                .map(|i| value(first + f64::from(i)))
                .map(|v| (v, write(v)))
                .collect()
        })
        .collect()
}

/// Ticks at powers of ten, with twos and fives between them where the range is short; where it is so short that
/// these would be few, the ticks of a linear axis.
fn log_choices(scale: &Scale) -> Vec<Vec<(f64, String)>> {
    let (first, last) = (libm::log10(scale.low), libm::log10(scale.high));
    let decades = libm::floor(first) as i32..=libm::ceil(last) as i32;
    let mut choices = Vec::new();
    if last - first < 0.6 {
        choices.extend(linear_choices(scale));
    }
    if last - first < 2.0 {
        let digits = |e: i32| {
            [1.0, 2.0, 5.0].map(|digit| {
                let value = if e < 0 {
                    digit / libm::pow(10.0, f64::from(-e))
                } else {
                    digit * libm::pow(10.0, f64::from(e))
                };
                let long = !(-4..6).contains(&e);
                (
                    value,
                    if long {
                        text::scientific(value)
                    } else {
                        text::number(value, usize::try_from(-e).unwrap_or(0))
                    },
                )
            })
        };
        choices.push(decades.clone().flat_map(digits).collect());
    }
    for stride in [1, 2, 3, 4, 5, 10, 20, 50, 100] {
        let chosen = decades.clone().filter(|e| e % stride == 0);
        let written_out = decades.clone().all(|e| (-3..=4).contains(&e));
        choices.push(
            chosen
                .map(|e| {
                    (libm::pow(10.0, f64::from(e)), text::power_of_ten(e, written_out))
                })
                .collect(),
        );
    }
    choices
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(axis: &Axis, length: f64) -> Vec<String> {
        let scale = axis.scale([].into_iter(), Fit::Tight);
        axis.marks(&scale, length, true, 0.0).into_iter().map(|tick| tick.1).collect()
    }

    #[test]
    fn ticks_stand_at_round_numbers() {
        assert_eq!(
            words(&Axis::new("").range(-1.0..=1.0), 400.0),
            ["−1.0", "−0.5", "0.0", "0.5", "1.0"]
        );
        assert_eq!(
            words(&Axis::new("").range(0.0..=37.0), 300.0),
            ["0", "10", "20", "30"]
        );
        assert_eq!(
            words(&Axis::new("").range(0.0..=2e7), 400.0),
            ["0", "5·10⁶", "10⁷", "1.5·10⁷", "2·10⁷"]
        );
    }

    #[test]
    fn log_ticks_stand_at_powers_of_ten() {
        assert_eq!(
            words(&Axis::new("").log().range(0.01..=100.0), 400.0),
            ["0.01", "0.1", "1", "10", "100"]
        );
        assert_eq!(
            words(&Axis::new("").log().range(1e-16..=1.0), 300.0),
            ["10⁻¹⁶", "10⁻¹²", "10⁻⁸", "10⁻⁴", "1"]
        );
        assert_eq!(
            words(&Axis::new("").log().range(0.1..=2.0), 400.0),
            ["0.1", "0.2", "0.5", "1", "2"]
        );
    }

    #[test]
    fn a_short_log_axis_has_the_ticks_of_a_linear_one() {
        assert_eq!(
            words(&Axis::new("").log().range(42.0..=78.0), 200.0),
            ["50", "60", "70"]
        );
        assert_eq!(words(&Axis::new("").log().range(1.1..=2.4), 200.0), ["1.5", "2.0"]);
    }

    #[test]
    fn what_a_log_axis_cannot_show_has_no_place() {
        let scale = Axis::new("")
            .log()
            .scale([0.0, -3.0, f64::NAN, 1.0, 100.0].into_iter(), Fit::Tight);
        assert_eq!((scale.low, scale.high), (1.0, 100.0));
        assert_eq!(scale.fraction(10.0), Some(0.5));
        assert_eq!(
            [0.0, -1.0, f64::NAN, f64::INFINITY].map(|v| scale.fraction(v)),
            [None; 4]
        );
    }

    #[test]
    fn without_data_an_axis_runs_from_0_to_1_or_from_1_to_10() {
        let none = || [f64::NAN].into_iter();
        let (plain, log) = (
            Axis::new("").scale(none(), Fit::Loose),
            Axis::new("").log().scale(none(), Fit::Loose),
        );
        assert_eq!((plain.low, plain.high, log.low, log.high), (0.0, 1.0, 1.0, 10.0));
    }

    #[test]
    #[should_panic(
        expected = "a logarithmic axis needs a positive range, but got 0 to 1"
    )]
    fn a_log_range_from_zero_is_refused() {
        Axis::new("").range(0.0..=1.0).log().scale([].into_iter(), Fit::Tight);
    }

    #[test]
    #[should_panic(
        expected = "an axis needs a finite range from low to high, but got 2 to 2"
    )]
    fn an_empty_range_is_refused() {
        let _ = Axis::new("").range(2.0..=2.0);
    }
}
