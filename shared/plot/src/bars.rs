//! Bars and histograms.

use std::ops::RangeInclusive;

use crate::axis::Fit;
use crate::canvas::Canvas;
use crate::color::Color;
use crate::frame::Frame;
use crate::label::{Label, Place};
use crate::mark::{KeyEntry, Mark, Sample};
use crate::paint::{Align, Paint};
use crate::text;

/// Bars from zero, or from the lower end of a logarithmic axis. A bar whose value is missing is left out.
#[derive(Debug, Clone)]
pub struct Bars {
    bars: Vec<(f64, f64)>,
    width: f64,
    slot: (usize, usize),
    label: Option<String>,
    color: Option<Color>,
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

    /// Bars at any x, of this width.
    pub fn at(bars: impl IntoIterator<Item = (f64, f64)>, width: f64) -> Self {
        Self {
            bars: bars.into_iter().collect(),
            width,
            slot: (0, 1),
            label: None,
            color: None,
            decimals: None,
        }
    }

    /// Counts values in equal bins over a range. Values outside it, and missing ones, are not counted; the upper end
    /// belongs to the last bin. Panics if there is no bin or the range is empty.
    pub fn histogram(
        values: impl IntoIterator<Item = f64>,
        range: RangeInclusive<f64>,
        bins: usize,
    ) -> Self {
        let (low, high) = range.into_inner();
        assert!(
            bins > 0 && low < high,
            "a histogram needs bins and a range, but got {bins} bins from {low} to {high}"
        );
        let width = (high - low) / bins as f64;
        let mut counts = vec![0.0; bins];
        for value in values.into_iter().filter(|value| (low..=high).contains(value)) {
            counts[(((value - low) / width) as usize).min(bins - 1)] += 1.0;
        }
        let middles = counts
            .into_iter()
            .enumerate()
            .map(|(i, count)| (low + (i as f64 + 0.5) * width, count));
        Self::at(middles, 0.92 * width)
    }

    /// Makes room for other bars at the same x: this is number `index` of `of`.
    pub fn slot(mut self, index: usize, of: usize) -> Self {
        self.slot = (index, of.max(1));
        self
    }

    /// Words for the key above the panel.
    pub fn label(mut self, words: impl Into<String>) -> Self {
        self.label = Some(words.into());
        self
    }

    /// A colour of its own.
    pub fn color(mut self, color: Color) -> Self {
        self.color = Some(color);
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
            (left + air, left + share - air, height)
        })
    }

    fn opacity(&self) -> f64 {
        if self.slot.0 == 0 { 0.85 } else { 0.55 }
    }
}

impl Mark for Bars {
    fn reach(&self) -> Vec<(f64, f64)> {
        let half = 0.6 * self.width;
        let ends = self
            .bars
            .iter()
            .flat_map(|&(x, height)| [(x - half, 0.0), (x + half, height)]);
        ends.collect()
    }

    fn fit(&self) -> (Fit, Fit) {
        (Fit::Tight, Fit::FromZero)
    }

    fn take_color(&mut self, next: Color) -> bool {
        let free = self.color.is_none();
        self.color.get_or_insert(next);
        free
    }

    fn draw(&self, frame: &Frame, canvas: &mut Canvas<'_>) {
        let paint = Paint::fill(self.color.unwrap_or(Color::Ink), self.opacity());
        let (low, high) = frame.corners();
        for (left, right, height) in self.spans() {
            let base = if frame.y.log { frame.y.low } else { 0.0 };
            if let (Some(a), Some(b)) =
                (frame.at((left, base)), frame.at((right, height)))
            {
                let cut =
                    |(x, y): (f64, f64)| (x.clamp(low.0, high.0), y.clamp(low.1, high.1));
                canvas.rectangle(cut(a), cut(b), paint);
            }
        }
        if let (false, Some((_, y))) = (frame.y.log, frame.inside((frame.x.low, 0.0))) {
            canvas.line(
                (frame.left, y),
                (frame.right(), y),
                Paint::stroke(Color::Muted, 1.0),
            );
        }
    }

    fn labels(&self, frame: &Frame) -> Vec<Label> {
        let Some(decimals) = self.decimals else { return Vec::new() };
        let placed = self.spans().filter_map(|(left, right, height)| {
            let (x, y) = frame.inside(((left + right) / 2.0, height))?;
            let away = if height < 0.0 { 0.75 } else { -0.75 } * text::SIZE;
            let place = Place::Exactly((x, y + away), Align::Middle);
            Some(Label::new(&text::number(height, decimals), Color::Ink, place))
        });
        placed.collect()
    }

    fn key(&self) -> Vec<KeyEntry> {
        let (color, sample) =
            (self.color.unwrap_or(Color::Ink), Sample::Patch(self.opacity()));
        self.label
            .iter()
            .map(|words| KeyEntry { words: words.clone(), color, sample })
            .collect()
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
    fn bars_in_slots_stand_side_by_side() {
        let (a, b) = (Bars::new([1.0]).slot(0, 2), Bars::new([1.0]).slot(1, 2));
        let ((_, right, _), (left, _, _)) =
            (a.spans().next().unwrap(), b.spans().next().unwrap());
        assert!(right < left);
    }
}
