//! The way of a descent.

use crate::{Canvas, Fit, Frame, Look, Mark, Marker, Paint, Spot, choices};

/// Steps over a plane or along a curve: a ring where it starts, a dot at each step, arrows, a filled mark where it ends.
#[derive(Debug, Clone)]
pub struct Path {
    steps: Vec<(f64, f64)>,
    look: Look,
}

impl Path {
    /// A path through these places. It breaks where a value is missing and is cut off at the range.
    pub fn new(steps: impl IntoIterator<Item = (f64, f64)>) -> Self {
        Self { steps: steps.into_iter().collect(), look: Look::default() }
    }
}

choices!(Path {
    /// A colour of its own.
    color,
});

/// Above this number of steps the single ones are not marked.
const COUNTABLE: usize = 60;

impl Mark for Path {
    fn reach(&self) -> Vec<(f64, f64)> {
        self.steps.clone()
    }

    fn fit(&self) -> (Fit, Fit) {
        (Fit::Loose, Fit::Loose)
    }

    fn series(&mut self) -> Option<&mut Look> {
        Some(&mut self.look)
    }

    fn draw(&self, frame: &Frame, canvas: &mut Canvas) {
        let color = self.look.color();
        let pieces = frame.pieces(&self.steps);
        for piece in &pieces {
            canvas.polyline(piece, Paint::stroke(color, 1.8));
        }
        if self.steps.len() <= COUNTABLE {
            for (x, y) in self.steps.iter().filter_map(|&step| frame.inside(step)) {
                canvas.circle((x, y), 2.4, Paint::fill(color, 1.0));
            }
            for pair in pieces.iter().flat_map(|piece| piece.windows(2)) {
                let (from, to) = (pair[0], pair[1]);
                let (dx, dy) = (to.0 - from.0, to.1 - from.1);
                if dx * dx + dy * dy > 26.0 * 26.0 {
                    canvas.arrow_head(
                        from,
                        (from.0 + 0.58 * dx, from.1 + 0.58 * dy),
                        8.5,
                        color,
                    );
                }
            }
        }
        if let Some(start) = self.steps.first().and_then(|&step| frame.inside(step)) {
            canvas.marker(start, Marker::Ring, 4.5, color);
        }
        match self.steps.last().and_then(|&step| frame.inside(step)) {
            Some(end) => canvas.marker(end, color.marker(), 5.0, color),
            None => {
                if let Some([from, to]) =
                    pieces.last().and_then(|piece| piece.last_chunk())
                {
                    canvas.arrow_head(*from, *to, 9.0, color);
                }
            }
        }
    }

    fn obstacles(&self, frame: &Frame) -> Vec<Vec<Spot>> {
        frame.pieces(&self.steps)
    }
}
