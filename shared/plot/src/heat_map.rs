//! A table of values as shades.

use std::collections::BTreeMap;
use std::ops::Range;

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

/// A value, with its column, its row and its shade.
#[derive(Debug, Clone, Copy)]
struct Cell {
    column: usize,
    row: usize,
    value: f64,
    shade: Shade,
}

/// Columns and rows of a rectangle of cells.
type Block = (Range<usize>, Range<usize>);

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

    /// The cells that have a value, from the top. Those of one shade follow each other, and so become one shape.
    fn cells(&self) -> Vec<Cell> {
        let finite =
            || self.values.iter().enumerate().filter(|(_, value)| value.is_finite());
        let largest = finite().fold(0.0, |largest, (_, value)| value.abs().max(largest));
        let full = self.full_at.unwrap_or(largest);
        let cell = |(i, &value)| {
            let (column, row) = (i % self.columns, i / self.columns);
            Cell { column, row, value, shade: self.shade(value, full) }
        };
        let mut cells: Vec<_> = finite().map(cell).collect();
        cells.sort_by(|Cell { shade: a, .. }, Cell { shade: b, .. }| {
            a.0.cmp(&b.0).then(a.1.total_cmp(&b.1))
        });
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

/// Each cell on its own.
fn apart(cells: &[Cell]) -> Vec<Block> {
    let block = |cell: &Cell| (cell.column..cell.column + 1, cell.row..cell.row + 1);
    cells.iter().map(block).collect()
}

/// Cells that touch as one rectangle: those side by side, and then such rows of the same columns below each other.
fn joined(cells: &[Cell]) -> Vec<Block> {
    let mut lines: Vec<Block> = Vec::new();
    for (columns, rows) in apart(cells) {
        match lines.last_mut() {
            Some(last) if last.1 == rows && last.0.end == columns.start => {
                last.0.end = columns.end;
            }
            _ => lines.push((columns, rows)),
        }
    }
    let mut blocks: Vec<Block> = Vec::new();
    let mut last = BTreeMap::<_, usize>::new(); // of all blocks of these columns
    for (columns, rows) in lines {
        let ends = (columns.start, columns.end);
        match last.get(&ends) {
            Some(&i) if blocks[i].1.end == rows.start => blocks[i].1.end = rows.end,
            _ => {
                last.insert(ends, blocks.len());
                blocks.push((columns, rows));
            }
        }
    }
    blocks
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
        for of_one_shade in cells.chunk_by(|a, b| a.shade == b.shade) {
            let (color, opacity) = of_one_shade[0].shade;
            let paint = Paint::fill(color, opacity);
            let paint = if many { paint.crisp() } else { paint };
            let blocks = if many { joined(of_one_shade) } else { apart(of_one_shade) };
            for (columns, rows) in blocks {
                let at = |column, row| frame.at((column as f64 - 0.5, row as f64 - 0.5));
                let corners = (at(columns.start, rows.start), at(columns.end, rows.end));
                let (Some(a), Some(b)) = corners else { continue };
                let low = (a.0.min(b.0) + air, a.1.min(b.1) + air);
                let high = (a.0.max(b.0) - air, a.1.max(b.1) - air);
                canvas.rectangle(low, high, paint);
            }
        }
        let Some(decimals) = self.decimals else { return };
        let (width, height) = (self.columns as f64, self.rows() as f64);
        let room = (frame.width / width - 5.0, frame.height / height - 2.0);
        for cell in cells {
            let middle = (cell.column as f64, cell.row as f64);
            let words = text::value(cell.value, decimals);
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
    fn cells_of_one_shade_that_touch_are_one_rectangle() {
        // A frame of ones around a hole, and a one apart.
        let [one, no] = [1.0, f64::NAN];
        let values = [
            [one, one, one, no, one],
            [one, no, one, no, no],
            [one, no, one, no, no],
            [one, one, one, no, no],
        ];
        let map = HeatMap::new(5, values.into_iter().flatten());
        let blocks = joined(&map.cells());
        assert_eq!(
            blocks,
            [(0..3, 0..1), (4..5, 0..1), (0..1, 1..3), (2..3, 1..3), (0..3, 3..4)]
        );
    }

    #[test]
    fn no_cell_is_lost_or_drawn_twice() {
        let values = (0..60 * 40).map(|i| f64::from(i * i % 7 / 3));
        let map = HeatMap::new(60, values).diverging();
        let cells = map.cells();
        let mut covered = vec![None; 60 * 40];
        for of_one_shade in cells.chunk_by(|a, b| a.shade == b.shade) {
            for (columns, rows) in joined(of_one_shade) {
                for i in rows.flat_map(|row| columns.clone().map(move |x| row * 60 + x)) {
                    assert_eq!(covered[i].replace(of_one_shade[0].shade), None, "{i}");
                }
            }
        }
        for cell in cells {
            let i = cell.row * 60 + cell.column;
            assert_eq!(covered[i], Some(cell.shade), "{i}");
        }
    }

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
