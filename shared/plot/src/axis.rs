//! An axis: what is measured, over which range, and where its ticks stand.

use std::ops::RangeInclusive;

use crate::{Fit, Range, Tick, text, tick};

/// One axis of a [`Panel`](crate::Panel). Without a range it fits the data.
#[derive(Debug, Clone, Default)]
pub struct Axis {
    pub(crate) label: String,
    pub(crate) hidden: bool,
    pub(crate) categorical: bool,
    /// Runs from right to left, or from top to bottom.
    pub(crate) reversed: bool,
    /// Its ticks have a caller's words, which may be wrapped as numbers may not.
    named: bool,
    range: Option<Range>,
    log: bool,
    ticks: Option<Vec<Tick>>,
}

/// From a value to its share of the way along the axis, 0 at the left or bottom.
#[derive(Debug, Clone, Copy)]
pub struct Scale {
    pub range: Range,
    pub log: bool,
    pub reversed: bool,
}

impl Axis {
    /// An axis that says what it measures; with an empty label it says nothing.
    pub fn new(label: impl Into<String>) -> Self {
        Self { label: label.into(), ..Self::default() }
    }

    /// Shows exactly this range. Panics if it is endless, reversed or empty.
    pub fn range(mut self, range: RangeInclusive<f64>) -> Self {
        self.range = Some(Range::of("an axis", range));
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

    /// Ticks at these values instead of the chosen ones.
    pub fn ticks(mut self, values: impl IntoIterator<Item = f64>) -> Self {
        self.ticks = Some(tick::at(values));
        self.named = false;
        self
    }

    /// Ticks at these values, with these words.
    pub fn tick_labels<S: Into<String>>(
        mut self,
        ticks: impl IntoIterator<Item = (f64, S)>,
    ) -> Self {
        let mut ticks: Vec<Tick> =
            ticks.into_iter().map(|(value, words)| (value, words.into())).collect();
        ticks.sort_by(|a, b| a.0.total_cmp(&b.0));
        self.ticks = Some(ticks);
        self.named = true;
        self
    }

    /// Names at 0, 1, 2, …, as bars and heat maps need them. On a vertical axis the first name is at the top. Panics if
    /// there is none; drawing panics if the data go on beyond the last.
    pub fn categories<S: Into<String>>(
        mut self,
        names: impl IntoIterator<Item = S>,
    ) -> Self {
        self = self
            .tick_labels(names.into_iter().enumerate().map(|(i, name)| (i as f64, name)));
        let count = self.ticks.as_ref().map_or(0, Vec::len);
        assert!(
            count > 0,
            "an axis of categories needs at least one name, but got none: \
             name what stands at 0, 1, 2, …, or leave the categories out"
        );
        self.categorical = true;
        self.range(-0.5..=count as f64 - 0.5)
    }

    /// The scale for these values: the given range, or one that fits them.
    pub(crate) fn scale(&self, values: impl Iterator<Item = f64>, fit: Fit) -> Scale {
        let Self { log, reversed, .. } = *self;
        let Some(range) = self.range else {
            return Scale { range: Range::fitting(values, log, fit), log, reversed };
        };
        let Range { low, high } = range;
        assert!(
            !log || low > 0.0,
            "a logarithmic axis needs a positive range, but got {low} to {high}: \
             begin above 0, or make the axis linear"
        );
        if self.categorical {
            // Bars and cells reach beyond their place, though not by a whole one.
            let stray = values
                .filter(|value| value.is_finite())
                .find(|value| !(low - 0.45..=high + 0.45).contains(value));
            assert!(
                stray.is_none(),
                "an axis of {} categories has places from 0 to {}, but a mark reaches to {}: \
                 give every place a name",
                high + 0.5,
                high - 0.5,
                stray.unwrap_or_default()
            );
        }
        Scale { range, log, reversed }
    }

    /// The ticks of an axis of this length, in units, by their share of the way along it. Chosen ones are at least
    /// as far apart as `least`, in data units. `across` asks whether labels stand side by side. No
    /// caller's words are wider than `widest`.
    pub(crate) fn marks(
        &self,
        scale: &Scale,
        length: f64,
        across: bool,
        least: f64,
        widest: f64,
    ) -> Vec<Tick> {
        if self.hidden {
            return Vec::new();
        }
        let placed = |ticks: &[Tick]| -> Vec<Tick> {
            let placed = ticks.iter().filter_map(|(value, words)| {
                Some((scale.fraction(*value)?, words.clone()))
            });
            placed.filter(|(at, _)| (-1e-9..=1.0 + 1e-9).contains(at)).collect()
        };
        if let Some(ticks) = &self.ticks {
            return tick::fitted(
                placed(ticks),
                length,
                across,
                self.named.then_some(widest),
            );
        }
        let room = |tick: &Tick| match across {
            true => text::width(&tick.1) + 18.0,
            false => 2.2 * text::SIZE,
        };
        let least = (least / scale.range.span() - 1e-9) * length;
        let fits = |ticks: &Vec<Tick>| {
            let most = if across { 7 } else { 6 };
            let apart = |pair: &[Tick]| (pair[1].0 - pair[0].0).abs() * length;
            let enough =
                |pair: &[Tick]| least.max((room(&pair[0]) + room(&pair[1])) / 2.0);
            !ticks.is_empty()
                && ticks.len() <= most
                && ticks.windows(2).all(|pair| apart(pair) >= enough(pair))
        };
        let choices = if scale.log {
            tick::logarithmic(scale.range)
        } else {
            tick::linear(scale.range)
        };
        let choices: Vec<_> = choices.iter().map(|ticks| placed(ticks)).collect();
        let sparsest = || choices.iter().rev().flatten().take(1).cloned().collect();
        choices.iter().find(|ticks| fits(ticks)).cloned().unwrap_or_else(sparsest)
    }

    /// The length at which the names of all categories stand one above the other.
    pub(crate) fn least_height(&self, widest: f64) -> f64 {
        if !self.categorical || self.hidden {
            return 0.0;
        }
        let names = self.ticks.iter().flatten();
        let highest = names
            .clone()
            .map(|(_, name)| text::height(&text::wrap(name, widest)))
            .fold(0.0, f64::max);
        highest * names.count() as f64
    }
}

impl Scale {
    /// The share of the way along the axis; none for a value that has no place on it. May lie outside 0 to 1.
    pub fn fraction(&self, value: f64) -> Option<f64> {
        if !value.is_finite() || (self.log && value <= 0.0) {
            return None;
        }
        let Range { low, high } = self.range;
        // Over a range this short, a logarithm is straight, and loses the digits that tell its ends apart.
        let share = if self.log && high / low > 1.0 + 1e-6 {
            Range { low: libm::log10(low), high: libm::log10(high) }
                .share(libm::log10(value))
        } else {
            self.range.share(value)
        };
        let share = share.clamp(-1e4, 1e4);
        Some(if self.reversed { 1.0 - share } else { share })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(axis: &Axis, length: f64) -> Vec<String> {
        let scale = axis.scale([].into_iter(), Fit::Tight);
        axis.marks(&scale, length, true, 0.0, 250.0)
            .into_iter()
            .map(|tick| tick.1)
            .collect()
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
        assert_eq!(scale.range, Range { low: 1.0, high: 100.0 });
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
        assert_eq!(plain.range, Range { low: 0.0, high: 1.0 });
        assert_eq!(log.range, Range { low: 1.0, high: 10.0 });
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

    #[test]
    #[should_panic(
        expected = "an axis of categories needs at least one name, but got none"
    )]
    fn an_axis_without_categories_is_refused() {
        let _ = Axis::new("").categories([""; 0]);
    }

    #[test]
    #[should_panic(
        expected = "an axis of 2 categories has places from 0 to 1, but a mark reaches to 2"
    )]
    fn data_beyond_the_categories_are_refused() {
        let axis = Axis::new("").categories(["a", "b"]);
        axis.scale([0.0, 1.0, 2.0].into_iter(), Fit::Tight);
    }
}
