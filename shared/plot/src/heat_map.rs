//! A table of values as shades.

use crate::{
    Align, Canvas, Color, Fit, Frame, Mark, Paint,
    text::{self, SIZE},
};

/// Cells shaded by value. Columns stand at x = 0, 1, 2, … and rows at y = 0, 1, 2, …, so name them with
/// [`Axis::categories`](crate::Axis::categories), which also puts the first row at the top.
///
/// Shades are blue over the surface, so that they are right on light and dark pages. A missing value leaves its cell empty.
#[derive(Debug, Clone)]
pub struct HeatMap {
    columns: usize,
    values: Vec<f64>,
    diverging: bool,
    full_at: Option<f64>,
    decimals: Option<usize>,
}

/// A colour and its opacity.
type Shade = (Color, f64);

impl HeatMap {
    /// Values from 0 upwards, row by row. Panics if they do not fill whole rows.
    pub fn new(columns: usize, values: impl IntoIterator<Item = f64>) -> Self {
        let values: Vec<f64> = values.into_iter().collect();
        assert!(
            columns > 0 && !values.is_empty() && values.len().is_multiple_of(columns),
            "a heat map needs whole rows, but got {} values in {columns} columns: fill the last row",
            values.len()
        );
        Self { columns, values, diverging: false, full_at: None, decimals: None }
    }

    /// Values on both sides of 0: vermillion below, blue above.
    pub fn diverging(mut self) -> Self {
        self.diverging = true;
        self
    }

    /// The size at which a value has the full colour, for several maps with one scale. By default the largest in the map.
    /// Panics if it is negative or not finite.
    pub fn full_at(mut self, size: f64) -> Self {
        assert!(
            size >= 0.0 && size.is_finite(),
            "the full colour needs a finite size, not below 0, but got {size}"
        );
        self.full_at = Some(size);
        self
    }

    /// Writes the value into each cell, with this many decimals, unless the cell is too small for it to be read.
    pub fn numbers(mut self, decimals: usize) -> Self {
        self.decimals = Some(decimals);
        self
    }

    fn rows(&self) -> usize {
        self.values.len() / self.columns
    }

    /// The middle of each cell that has a value, with the value and its shade. Those of one shade follow each other, and so
    /// become one shape.
    fn cells(&self) -> Vec<((f64, f64), f64, Shade)> {
        let finite =
            || self.values.iter().enumerate().filter(|(_, value)| value.is_finite());
        let largest = finite().fold(0.0, |largest, (_, value)| value.abs().max(largest));
        let full = self.full_at.unwrap_or(largest);
        let middle = |i: usize| ((i % self.columns) as f64, (i / self.columns) as f64);
        let cell = |(i, &value)| (middle(i), value, self.shade(value, full));
        let mut cells: Vec<_> = finite().map(cell).collect();
        cells.sort_by(|(.., a), (.., b)| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
        cells
    }

    /// Colour and opacity of a value, in steps that the eye can hardly tell apart.
    fn shade(&self, value: f64, full: f64) -> Shade {
        const STEPS: f64 = 24.0;
        // Numbers are written in ink, so their cells must not become as dark as ink.
        let strongest = if self.decimals.is_some() { 0.66 } else { 0.92 };
        let hidden = full <= 0.0 || (value < 0.0 && !self.diverging);
        let share = if hidden { 0.0 } else { (value.abs() / full).min(1.0) };
        if share == 0.0 {
            // A trace of ink shows that a cell without colour is a cell.
            return (Color::Ink, 0.035);
        }
        let color = if value < 0.0 { Color::Vermillion } else { Color::Blue };
        (color, strongest * (2.0 + (share * STEPS).round()) / (2.0 + STEPS))
    }
}

/// The height of the smallest number that can be read, enlarged.
const SMALLEST: f64 = 5.0;

impl Mark for HeatMap {
    fn reach(&self) -> Vec<(f64, f64)> {
        vec![(-0.5, -0.5), (self.columns as f64 - 0.5, self.rows() as f64 - 0.5)]
    }

    fn fit(&self) -> (Fit, Fit) {
        (Fit::Filled, Fit::Filled)
    }

    fn draw(&self, frame: &Frame, canvas: &mut Canvas) {
        let cells = self.cells();
        let many = self.columns.max(self.rows()) > 12;
        let air = if many { 0.0 } else { 1.0 };
        for &((x, y), _, (color, opacity)) in &cells {
            let corners = (frame.at((x - 0.5, y - 0.5)), frame.at((x + 0.5, y + 0.5)));
            let (Some(a), Some(b)) = corners else { continue };
            let low = (a.0.min(b.0) + air, a.1.min(b.1) + air);
            let high = (a.0.max(b.0) - air, a.1.max(b.1) - air);
            let paint = Paint::fill(color, opacity);
            canvas.rectangle(low, high, if many { paint.crisp() } else { paint });
        }
        let Some(decimals) = self.decimals else { return };
        let (width, height) = (self.columns as f64, self.rows() as f64);
        let room = (frame.width / width - 5.0, frame.height / height - 2.0);
        for &(middle, value, _) in &cells {
            let words = text::value(value, decimals);
            let wide = SIZE * (room.0 / text::width(&words));
            let size = SIZE.min(wide).min(room.1);
            let paint = Paint::words(Color::Ink, Align::Middle).sized(size);
            if let Some(spot) = frame.inside(middle).filter(|_| size >= SMALLEST) {
                canvas.centred_text(spot, &words, paint);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[should_panic(
        expected = "a heat map needs whole rows, but got 5 values in 2 columns"
    )]
    fn a_heat_map_with_half_a_row_is_refused() {
        let _ = HeatMap::new(2, [0.0; 5]);
    }

    #[test]
    #[should_panic(
        expected = "the full colour needs a finite size, not below 0, but got NaN"
    )]
    fn a_full_colour_without_size_is_refused() {
        let _ = HeatMap::new(1, [0.0]).full_at(f64::NAN);
    }
}
