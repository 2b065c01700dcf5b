//! A curve.

use std::ops::RangeInclusive;

use crate::{
    Band, Canvas, Dash, Fit, Frame, Label, Look, Mark, Paint, Place, Range, Spot, choices,
};

/// A curve through points in the order given, labelled at its right end. It breaks where a value is missing.
#[derive(Debug, Clone)]
pub struct Line {
    points: Vec<(f64, f64)>,
    band: Option<Band>,
    look: Look,
    faint: bool,
}

impl Line {
    /// A line through these points.
    pub fn new(points: impl IntoIterator<Item = (f64, f64)>) -> Self {
        Self {
            points: points.into_iter().collect(),
            band: None,
            look: Look::default(),
            faint: false,
        }
    }

    /// A line through these heights at x = 0, 1, 2, …: a cost over epochs.
    pub fn over_index(heights: impl IntoIterator<Item = f64>) -> Self {
        Self::new(heights.into_iter().enumerate().map(|(i, y)| (i as f64, y)))
    }

    /// The middle of many runs over the band that holds them: at each x `[low, middle, high]`, such as median and quartiles.
    pub fn spread(rows: impl IntoIterator<Item = (f64, [f64; 3])>) -> Self {
        let rows: Vec<_> = rows.into_iter().collect();
        let band = Band::new(rows.iter().map(|&(x, [low, _, high])| (x, low, high)));
        let line = Self::new(rows.iter().map(|&(x, [_, middle, _])| (x, middle)));
        Self { band: Some(band), ..line }
    }

    /// A function over a range, smooth to the eye. A jump is drawn as a steep piece; return NaN to part it. Panics if the
    /// range is endless, reversed or empty.
    pub fn function(x: RangeInclusive<f64>, f: impl Fn(f64) -> f64) -> Self {
        const STEPS: u32 = 960;
        let range = Range::of("a function", x);
        let at = |i: u32| range.at(f64::from(i), f64::from(STEPS));
        Self::new((0..=STEPS).map(at).map(|x| (x, f(x))))
    }

    /// Thin and pale: one run of many, behind the line that counts. Unbroken unless a dash is given.
    pub fn faint(mut self) -> Self {
        self.faint = true;
        self
    }
}

choices!(Line {
    /// Words at the right end of the line, in its colour.
    label,
    /// A colour of its own, and with it that colour's dash.
    color,
    /// A dash other than the one that belongs to the colour.
    dash,
});

impl Mark for Line {
    fn reach(&self) -> Vec<(f64, f64)> {
        let band = self.band.iter().flat_map(Band::reach);
        band.chain(self.points.iter().copied()).collect()
    }

    fn fit(&self) -> (Fit, Fit) {
        (Fit::Tight, Fit::Loose)
    }

    fn series(&mut self) -> Option<&mut Look> {
        Some(&mut self.look)
    }

    fn draw(&self, frame: &Frame, canvas: &mut Canvas) {
        let color = self.look.color();
        if let Some(band) = &self.band {
            band.clone().color(color).draw(frame, canvas);
        }
        let paint = if self.faint {
            Paint::stroke(color, 1.0).faded(0.35)
        } else {
            Paint::stroke(color, 2.2)
        };
        let usual = if self.faint { Dash::Solid } else { color.dash() };
        for piece in frame.pieces(&self.points) {
            canvas.polyline(&piece, paint.dashed(self.look.dash.unwrap_or(usual)));
        }
    }

    fn labels(&self, frame: &Frame) -> Vec<Label> {
        let pieces = frame.pieces(&self.points);
        let first = pieces.first().and_then(|piece| piece.first());
        let last = pieces.last().and_then(|piece| piece.last());
        let (Some(words), Some(&first), Some(&last)) = (&self.look.label, first, last)
        else {
            return Vec::new();
        };
        let end = if first.0 > last.0 { first } else { last };
        let at_the_edge = end.0 >= frame.right() - 0.03 * frame.width;
        let place =
            if at_the_edge { Place::Margin(end) } else { Place::Beside(end, 5.0) };
        vec![Label::new(words, self.look.color(), place)]
    }

    fn obstacles(&self, frame: &Frame) -> Vec<Vec<Spot>> {
        if self.faint { Vec::new() } else { frame.pieces(&self.points) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Color, Figure, Panel};

    #[test]
    fn a_spread_is_a_line_over_its_band() {
        let rows = [(0.0, 1.0, 2.0, 4.0), (1.0, 0.5, 1.5, 3.0)];
        let one =
            Line::spread(rows.map(|(x, low, middle, high)| (x, [low, middle, high])));
        let band = Band::new(rows.map(|(x, low, _, high)| (x, low, high)));
        let line = Line::new(rows.map(|(x, _, middle, _)| (x, middle)));
        let (one, line) = (one.color(Color::Green), line.color(Color::Green));
        assert_eq!(
            Figure::new("", "").panel(Panel::new().draw(one.label("runs"))).svg(),
            Figure::new("", "")
                .panel(
                    Panel::new().draw(band.color(Color::Green)).draw(line.label("runs"))
                )
                .svg()
        );
    }

    #[test]
    #[should_panic(
        expected = "a function needs a finite range from low to high, but got 1 to -1"
    )]
    fn a_function_over_a_reversed_range_is_refused() {
        let _ = Line::function(1.0..=-1.0, |x| x);
    }
}
