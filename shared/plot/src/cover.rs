//! Which cells of a grid over the figure have been reached, for each paint.

use crate::Spot;

/// Where there is too much to draw, what shows is which places it reaches: whatever reaches no new cell can be left out.
/// So no more shapes are drawn than there are cells.
#[derive(Debug)]
pub(crate) struct Cover {
    cell: f64,
    pub columns: usize,
    rows: usize,
    /// By paint; row by row.
    reached: Vec<Vec<bool>>,
}

impl Cover {
    pub fn new((width, height): (f64, f64), cell: f64) -> Self {
        let cells = |length: f64| (length / cell.max(1e-3)) as usize + 1;
        Self { cell, columns: cells(width), rows: cells(height), reached: Vec::new() }
    }

    /// Whether a line through these places is the first of its paint in some cell. Then all its cells are taken. Cells of
    /// size 0 are never used up.
    pub fn reaches(&mut self, paint: usize, places: &[Spot]) -> bool {
        if self.cell == 0.0 {
            return true;
        }
        let size = self.columns * self.rows;
        if self.reached.len() <= paint {
            self.reached.resize_with(paint + 1, Vec::new);
        }
        let reached = &mut self.reached[paint];
        reached.resize(size, false);
        let cell = |at: f64, count: usize| ((at / self.cell) as usize).min(count - 1);
        let mut take = |(x, y): Spot| {
            let i = cell(y, self.rows) * self.columns + cell(x, self.columns);
            !std::mem::replace(&mut reached[i], true)
        };
        let mut first = places.first().is_some_and(|&place| take(place));
        for pair in places.windows(2) {
            let (from, (dx, dy)) =
                (pair[0], (pair[1].0 - pair[0].0, pair[1].1 - pair[0].1));
            let steps = (dx.abs().max(dy.abs()) / self.cell).ceil().max(1.0);
            for i in 1..=steps as usize {
                let share = i as f64 / steps;
                first |= take((from.0 + share * dx, from.1 + share * dy));
            }
        }
        first
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_more_lines_are_drawn_than_there_are_cells() {
        let mut cover = Cover::new((100.0, 50.0), 10.0);
        let place = |i: u32| (f64::from(i * 7919 % 101), f64::from(i * 1_047 % 51));
        let lines = (0..100_000).map(|i| [place(i), place(i + 1)]);
        let drawn = lines.filter(|line| cover.reaches(0, line)).count();
        assert!((10..=66).contains(&drawn), "{drawn}");
        assert!(!cover.reaches(0, &[(5.0, 5.0)]) && cover.reaches(1, &[(5.0, 5.0)]));
    }

    #[test]
    fn a_line_takes_the_cells_between_its_ends() {
        let mut cover = Cover::new((100.0, 50.0), 10.0);
        assert!(cover.reaches(0, &[(5.0, 5.0), (95.0, 5.0)]));
        assert!(!cover.reaches(0, &[(55.0, 5.0)]) && cover.reaches(0, &[(55.0, 15.0)]));
    }
}
