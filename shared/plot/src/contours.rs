//! A landscape seen from above.

use crate::{Canvas, Color, Field, Fit, Frame, Mark, Paint};

/// Lines of equal height, the lower ground tinted more deeply, as on a sea chart. Draw it first.
#[derive(Debug, Clone)]
pub struct Contours {
    field: Field,
    levels: Vec<f64>,
}

impl Contours {
    /// Nine levels that part the plane into ten areas of the same size.
    pub fn new(field: &Field) -> Self {
        let mut sorted = field.values().to_vec();
        sorted.sort_by(f64::total_cmp);
        let levels =
            (1..10).map(|tenth| sorted[tenth * (sorted.len() - 1) / 10]).collect();
        Self { field: field.clone(), levels }
    }

    /// Lines at these values instead.
    pub fn levels(mut self, levels: impl IntoIterator<Item = f64>) -> Self {
        self.levels = levels.into_iter().filter(|level| level.is_finite()).collect();
        self
    }
}

impl Mark for Contours {
    fn reach(&self) -> Vec<(f64, f64)> {
        self.field.corners().to_vec()
    }

    fn fit(&self) -> (Fit, Fit) {
        (Fit::Filled, Fit::Filled)
    }

    fn draw(&self, frame: &Frame, canvas: &mut Canvas) {
        // All levels together tint the deepest ground by this much.
        let tint = Paint::fill(Color::Blue, 0.42 / self.levels.len().max(4) as f64);
        let depth = self.field.mapped(|value| -value);
        for &level in &self.levels {
            depth.fill(-level, tint, frame, canvas);
        }
        let line = Paint::stroke(Color::Blue, 0.8).faded(0.45);
        for &level in &self.levels {
            self.field.outline(level, line, frame, canvas);
        }
    }
}
