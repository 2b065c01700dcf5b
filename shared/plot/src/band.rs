//! A band: from–to around a curve.

use crate::{Canvas, Color, Fit, Frame, Look, Mark, Paint, choices, polyline};

/// The area between a lower and an upper curve, such as quartiles over many seeds. Draw it before its line.
///
/// Without a colour it is blue, the colour of the first line. It breaks where a value is missing.
#[derive(Debug, Clone)]
pub struct Band {
    rows: Vec<(f64, f64, f64)>,
    look: Look,
}

impl Band {
    /// A band through rows of x, lower and upper end.
    pub fn new(rows: impl IntoIterator<Item = (f64, f64, f64)>) -> Self {
        Self { rows: rows.into_iter().collect(), look: Look::default() }
    }
}

choices!(Band {
    /// The colour of the line that it belongs to.
    color,
});

impl Mark for Band {
    fn reach(&self) -> Vec<(f64, f64)> {
        self.rows.iter().flat_map(|&(x, low, high)| [(x, low), (x, high)]).collect()
    }

    fn fit(&self) -> (Fit, Fit) {
        (Fit::Tight, Fit::Loose)
    }

    fn draw(&self, frame: &Frame, canvas: &mut Canvas) {
        let places: Vec<_> = self
            .rows
            .iter()
            .map(|&(x, low, high)| Some((frame.at((x, low))?, frame.at((x, high))?)))
            .collect();
        for run in places.split(Option::is_none) {
            let lower = run.iter().flatten().map(|row| row.0);
            let upper = run.iter().flatten().map(|row| row.1).rev();
            let ring: Vec<_> = lower.chain(upper).collect();
            let ring = polyline::clip_ring(&ring, &frame.area());
            canvas.polygon(
                &[ring],
                Paint::fill(self.look.color.unwrap_or(Color::Blue), 0.18),
            );
        }
    }
}
