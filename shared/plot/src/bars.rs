//! Bars and histograms.

use std::ops::RangeInclusive;

use crate::{
    Align, Canvas, Color, Fit, Frame, KeyEntry, Label, Look, Mark, Paint, Place, Range,
    Sample, choices, text,
};

/// Bars from zero, or from the lower end of a logarithmic axis. A bar whose value is missing is left out.
#[derive(Debug, Clone)]
pub struct Bars {
    bars: Vec<(f64, f64)>,
    width: f64,
    slot: (usize, usize),
    look: Look,
    decimals: Option<usize>,
}

impl Bars {
    /// Bars of these heights at x = 0, 1, 2, …, as [`Axis::categories`](crate::Axis::categories) places its names.
    pub fn new(heights: impl IntoIterator<Item = f64>) -> Self {
        Self::at(
            heights.into_iter().enumerate().map(|(i, height)| (i as f64, height)),
            0.72,
        )
    }

    fn at(bars: impl IntoIterator<Item = (f64, f64)>, width: f64) -> Self {
        Self {
            bars: bars.into_iter().collect(),
            width,
            slot: (0, 1),
            look: Look::default(),
            decimals: None,
        }
    }

    /// Counts values in equal bins over a range. Values outside it, and missing ones, are not counted; the upper end
    /// belongs to the last bin, every other border to the bin above it. Panics unless there are 1 to 10 000 bins, or if
    /// the range is endless, reversed or empty.
    pub fn histogram(
        values: impl IntoIterator<Item = f64>,
        range: RangeInclusive<f64>,
        bins: usize,
    ) -> Self {
        assert!(
            (1..=10_000).contains(&bins),
            "a histogram needs 1 to 10000 bins, but got {bins}: no figure is wide enough for more"
        );
        let range = Range::of("a histogram", range);
        let Range { low, high } = range;
        let whole = bins as f64;
        // Borders such as 0.9 + 5 · 0.02 miss what is meant by a rounding: what is nearer to one than that is on it.
        let rounding = (4.0 * f64::EPSILON * low.abs().max(high.abs()) / range.span()
            * whole)
            .min(1e-6);
        let mut counts = vec![0.0; bins];
        for value in values.into_iter().filter(|value| (low..=high).contains(value)) {
            let bin = (range.share(value) * whole + rounding) as usize;
            counts[bin.min(bins - 1)] += 1.0;
        }
        let middles = counts
            .into_iter()
            .enumerate()
            .map(|(i, count)| (range.at(i as f64 + 0.5, whole), count));
        Self::at(middles, (0.92 * range.step(whole)).max(f64::from_bits(1)))
    }

    /// Makes room for other bars at the same x: this is number `index` of `of`, from 0. Panics if there is no such number.
    pub fn slot(mut self, index: usize, of: usize) -> Self {
        assert!(
            index < of,
            "of {of} bars side by side, none has the index {index}: count from 0"
        );
        self.slot = (index, of);
        self
    }

    /// Writes each bar's value at its end, with this many decimals.
    pub fn numbers(mut self, decimals: usize) -> Self {
        self.decimals = Some(decimals);
        self
    }

    /// Left and right end and height of each bar.
    fn spans(&self) -> impl Iterator<Item = (f64, f64, f64)> {
        let (index, of) = self.slot;
        let share = self.width / of as f64;
        // Neighbours in a group keep a tenth of their share between them.
        let air = if of > 1 { 0.05 * share } else { 0.0 };
        self.bars.iter().map(move |&(x, height)| {
            let left = x - self.width / 2.0 + index as f64 * share;
            let ends = [left + air, left + share - air];
            let [left, right] = ends.map(|end| within_numbers(end, x));
            (left, right, height)
        })
    }

    fn opacity(&self) -> f64 {
        if self.slot.0 == 0 { 0.85 } else { 0.55 }
    }
}

choices!(Bars {
    /// Words for the key above the panel.
    label,
    /// A colour of its own.
    color,
});

/// The end of a bar at `x`: a number, as long as `x` is one.
fn within_numbers(end: f64, x: f64) -> f64 {
    if x.is_finite() { end.clamp(f64::MIN, f64::MAX) } else { end }
}

impl Mark for Bars {
    fn reach(&self) -> Vec<(f64, f64)> {
        let half = 0.6 * self.width;
        let ends = |&(x, height): &(f64, f64)| {
            [(within_numbers(x - half, x), 0.0), (within_numbers(x + half, x), height)]
        };
        self.bars.iter().flat_map(ends).collect()
    }

    fn fit(&self) -> (Fit, Fit) {
        (Fit::Tight, Fit::FromZero)
    }

    fn series(&mut self) -> Option<&mut Look> {
        Some(&mut self.look)
    }

    fn draw(&self, frame: &Frame, canvas: &mut Canvas) {
        let paint = Paint::fill(self.look.color(), self.opacity());
        for (left, right, height) in self.spans() {
            let base = if frame.y.log { frame.y.range.low } else { 0.0 };
            let cut = |corner| Some(frame.area().nearest(frame.at(corner)?));
            if let (Some(a), Some(b)) = (cut((left, base)), cut((right, height))) {
                canvas.bar(a, b, paint);
            }
        }
        let ground = frame.inside((frame.x.range.low, 0.0));
        if let Some((_, y)) = ground.filter(|_| !frame.y.log) {
            let paint = Paint::stroke(Color::Muted, 1.0);
            canvas.line((frame.left, y), (frame.right(), y), paint);
        }
    }

    fn labels(&self, frame: &Frame) -> Vec<Label> {
        let Some(decimals) = self.decimals else { return Vec::new() };
        let placed = self.spans().filter_map(|(left, right, height)| {
            let (x, y) = frame.inside((left / 2.0 + right / 2.0, height))?;
            let away = if height < 0.0 { 0.75 } else { -0.75 } * text::SIZE;
            let place = Place::Exactly((x, y + away), Align::Middle);
            Some(Label::new(&text::value(height, decimals), Color::Ink, place))
        });
        placed.collect()
    }

    fn key(&self) -> Option<KeyEntry> {
        self.look.key(Sample::Patch(self.opacity()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_histogram_counts_each_value_once() {
        let values = [0.0, 0.24, 0.25, 0.99, 1.0, 1.01, -0.1, f64::NAN];
        let bars = Bars::histogram(values, 0.0..=1.0, 4);
        assert_eq!(bars.bars, [(0.125, 2.0), (0.375, 1.0), (0.625, 0.0), (0.875, 2.0)]);
    }

    #[test]
    fn a_value_on_a_border_counts_above_it() {
        let values = [0.999, 1.0, 1.001, 1.099, 1.1, 1.101];
        let counts =
            |bars: Bars| -> Vec<f64> { bars.bars.iter().map(|bar| bar.1).collect() };
        assert_eq!(
            counts(Bars::histogram(values, 0.9..=1.1, 10)),
            [0.0, 0.0, 0.0, 0.0, 1.0, 2.0, 0.0, 0.0, 0.0, 2.0]
        );
        for (low, step, bins) in
            [(0.0, 0.1, 10), (-0.7, 0.07, 20), (1e6, 0.1, 30), (3.3, 1e-5, 99)]
        {
            let borders: Vec<f64> = (0..bins)
                .map(|i| format!("{:.9}", low + step * f64::from(i)).parse().unwrap())
                .collect();
            let high: f64 =
                format!("{:.9}", low + step * f64::from(bins)).parse().unwrap();
            let bars = Bars::histogram(borders, low..=high, bins as usize);
            assert_eq!(counts(bars), vec![1.0; bins as usize], "{low} {step}");
        }
    }

    #[test]
    fn the_widest_histogram_and_the_narrowest_count_each_value_once() {
        let tiny = f64::from_bits(1);
        for (low, high) in [(-f64::MAX, f64::MAX), (0.0, tiny), (1.0, 1.0_f64.next_up())]
        {
            let bars = Bars::histogram([low, high], low..=high, 4);
            assert_eq!(bars.bars.iter().map(|bar| bar.1).sum::<f64>(), 2.0);
            assert!(bars.bars.iter().all(|bar| bar.0.is_finite()));
        }
    }

    #[test]
    #[should_panic(expected = "a histogram needs 1 to 10000 bins, but got 0")]
    fn a_histogram_without_bins_is_refused() {
        let _ = Bars::histogram([1.0], 0.0..=1.0, 0);
    }

    #[test]
    #[should_panic(
        expected = "a histogram needs a finite range from low to high, but got 1 to 0"
    )]
    fn a_histogram_over_a_reversed_range_is_refused() {
        let _ = Bars::histogram([1.0], 1.0..=0.0, 3);
    }

    #[test]
    #[should_panic(expected = "of 2 bars side by side, none has the index 2")]
    fn a_slot_that_is_not_there_is_refused() {
        let _ = Bars::new([1.0]).slot(2, 2);
    }

    #[test]
    fn bars_in_slots_stand_side_by_side() {
        let (a, b) = (Bars::new([1.0]).slot(0, 2), Bars::new([1.0]).slot(1, 2));
        let ((_, right, _), (left, _, _)) =
            (a.spans().next().unwrap(), b.spans().next().unwrap());
        assert!(right < left);
    }
}
