//! A table of values as shades.

use crate::canvas::Canvas;
use crate::color::Color;
use crate::frame::Frame;
use crate::mark::{Fit, Mark};
use crate::paint::{Align, Paint};
use crate::text;

/// Cells shaded by value. Columns stand at x = 0, 1, 2, … and rows at y = 0, 1, 2, …, so name them with
/// [`Axis::categories`](crate::Axis::categories), which also puts the first row at the top.
///
/// Shades are a series colour over the surface, so that they are right on light and dark pages. A missing value leaves its cell empty.
#[derive(Debug, Clone)]
pub struct HeatMap {
    columns: usize,
    values: Vec<f64>,
    shades: Shades,
    range: Option<f64>,
    decimals: Option<usize>,
}

#[derive(Debug, Clone, Copy)]
enum Shades {
    /// From nothing at 0 to the full colour.
    Sequential(Color),
    /// One colour for negative values, one for positive ones.
    Diverging(Color, Color),
}

impl HeatMap {
    /// Values from 0 upwards, row by row. Panics if they do not fill whole rows.
    pub fn new(columns: usize, values: impl IntoIterator<Item = f64>) -> Self {
        let values: Vec<f64> = values.into_iter().collect();
        assert!(
            columns > 0 && !values.is_empty() && values.len().is_multiple_of(columns),
            "a heat map needs whole rows, but got {} values in {columns} columns",
            values.len()
        );
        Self {
            columns,
            values,
            shades: Shades::Sequential(Color::Blue),
            range: None,
            decimals: None,
        }
    }

    /// A colour other than blue.
    pub fn color(mut self, color: Color) -> Self {
        self.shades = Shades::Sequential(color);
        self
    }

    /// Values on both sides of 0: vermillion below, blue above.
    pub fn diverging(mut self) -> Self {
        self.shades = Shades::Diverging(Color::Vermillion, Color::Blue);
        self
    }

    /// The size at which a value has the full colour, for several maps with one scale. By default the largest in the map.
    pub fn full_at(mut self, size: f64) -> Self {
        self.range = Some(size);
        self
    }

    /// Writes the value into each cell, with this many decimals.
    pub fn numbers(mut self, decimals: usize) -> Self {
        self.decimals = Some(decimals);
        self
    }

    fn rows(&self) -> usize {
        self.values.len() / self.columns
    }

    /// Colour and opacity of a value, in steps that the eye cannot tell apart.
    fn shade(&self, value: f64, full: f64) -> (Color, f64) {
        const STEPS: f64 = 24.0;
        let share = if full > 0.0 { (value.abs() / full).min(1.0) } else { 0.0 };
        let opacity = (share * STEPS).round() / STEPS * 0.92;
        match self.shades {
            Shades::Sequential(color) => (color, if value < 0.0 { 0.0 } else { opacity }),
            Shades::Diverging(below, above) => {
                (if value < 0.0 { below } else { above }, opacity)
            }
        }
    }
}

impl Mark for HeatMap {
    fn reach(&self) -> Vec<(f64, f64)> {
        vec![(-0.5, -0.5), (self.columns as f64 - 0.5, self.rows() as f64 - 0.5)]
    }

    fn fit(&self) -> (Fit, Fit) {
        (Fit::Tight, Fit::Tight)
    }

    fn fills_plane(&self) -> bool {
        true
    }

    fn draw(&self, frame: &Frame, canvas: &mut Canvas<'_>) {
        let finite = self.values.iter().filter(|value| value.is_finite());
        let full = self
            .range
            .unwrap_or_else(|| finite.fold(0.0, |full, value| value.abs().max(full)));
        let mut cells: Vec<(f64, f64, f64, (Color, f64))> = self
            .values
            .iter()
            .enumerate()
            .filter(|(_, value)| value.is_finite())
            .map(|(i, &value)| {
                (
                    (i % self.columns) as f64,
                    (i / self.columns) as f64,
                    value,
                    self.shade(value, full),
                )
            })
            .collect();
        // Cells of one shade follow each other and become one shape.
        cells.sort_by(|a, b| {
            (a.3.0 as u8).cmp(&(b.3.0 as u8)).then(a.3.1.total_cmp(&b.3.1))
        });
        let air = if self.columns.max(self.rows()) <= 12 { 1.0 } else { 0.0 };
        for &(x, y, _, (color, opacity)) in &cells {
            if let (Some(a), Some(b)) =
                (frame.at((x - 0.5, y - 0.5)), frame.at((x + 0.5, y + 0.5)))
            {
                let (left, right, top, bottom) =
                    (a.0.min(b.0), a.0.max(b.0), a.1.min(b.1), a.1.max(b.1));
                // A trace of ink shows that an empty-looking cell is a cell.
                let (color, opacity) = if opacity < 0.02 && air > 0.0 {
                    (Color::Ink, 0.04)
                } else {
                    (color, opacity)
                };
                let paint = Paint::fill(color, opacity);
                let paint = if air > 0.0 { paint } else { paint.crisp() };
                canvas.rectangle(
                    (left + air, top + air),
                    (right - air, bottom - air),
                    paint,
                );
            }
        }
        let Some(decimals) = self.decimals else { return };
        for &(x, y, value, (_, opacity)) in &cells {
            if let Some(spot) = frame.inside((x, y)) {
                let color = if opacity > 0.55 { Color::Surface } else { Color::Ink };
                let words = text::number(value, decimals);
                let room = frame.width / self.columns as f64 - 5.0;
                let size = text::SIZE * (room / text::width(&words, text::SIZE)).min(1.0);
                canvas.centred_text(
                    spot,
                    &words,
                    Paint::bare_text(color, size, Align::Middle),
                );
            }
        }
    }
}
