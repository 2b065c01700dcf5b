//! A small grey image.

use crate::{Area, Canvas, Color, Fit, Frame, Mark, Paint};

/// A small grey image, such as a handwritten digit: ink on paper, on a dark page too. See [`Panel::picture`](crate::Panel::picture).
#[derive(Debug, Clone)]
pub struct Picture {
    columns: usize,
    ink: Vec<f64>,
}

impl Picture {
    /// Row by row from the top: 0 is paper, 1 is ink; a missing value is paper. Panics if the values do not fill whole rows.
    pub fn new(columns: usize, ink: impl IntoIterator<Item = f64>) -> Self {
        let ink: Vec<f64> = ink.into_iter().collect();
        assert!(
            columns > 0 && !ink.is_empty() && ink.len().is_multiple_of(columns),
            "a picture needs whole rows, but got {} values in {columns} columns: fill the last row",
            ink.len()
        );
        Self { columns, ink }
    }
}

/// How far the paper reaches beyond the picture, in its cells.
const RIM: f64 = 0.5;

/// How many shades of grey there are: as many as the digits of the data set have.
const SHADES: u8 = 16;

impl Mark for Picture {
    fn reach(&self) -> Vec<(f64, f64)> {
        let rows = self.ink.len() / self.columns;
        vec![(-RIM, -RIM), (self.columns as f64 + RIM, rows as f64 + RIM)]
    }

    fn fit(&self) -> (Fit, Fit) {
        (Fit::Filled, Fit::Filled)
    }

    fn draw(&self, frame: &Frame, canvas: &mut Canvas) {
        let Area { left, top, right, bottom } = frame.area();
        canvas.rectangle((left, top), (right, bottom), Paint::fill(Color::Paper, 1.0));
        let shade = |ink: &f64| (ink.clamp(0.0, 1.0) * f64::from(SHADES)).round() as u8;
        let mut cells: Vec<_> = self.ink.iter().map(shade).zip(0..).collect();
        // Cells of one shade follow each other, and so become one shape.
        cells.sort_unstable();
        for (level, i) in cells.into_iter().filter(|cell| cell.0 > 0) {
            let (x, y) = ((i % self.columns) as f64, (i / self.columns) as f64);
            let opacity = f64::from(level) / f64::from(SHADES);
            let corners = (frame.at((x, y)), frame.at((x + 1.0, y + 1.0)));
            if let (Some(a), Some(b)) = corners {
                canvas.rectangle(a, b, Paint::fill(Color::Print, opacity).crisp());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[should_panic(
        expected = "a picture needs whole rows, but got 0 values in 8 columns"
    )]
    fn a_picture_of_nothing_is_refused() {
        let _ = Picture::new(8, []);
    }
}
