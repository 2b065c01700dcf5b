//! Straight lines.

use crate::{
    Align, Canvas, Color, Dash, Frame, Label, Look, Mark, Paint, Place, Spot, choices,
    label,
    text::{self, SIZE},
};

/// A straight line: a threshold, a decision line, a diagonal. It does not widen a fitted range, unless it is a segment.
#[derive(Debug, Clone)]
pub struct Rule {
    course: Course,
    look: Look,
}

#[derive(Debug, Clone, Copy)]
enum Course {
    Horizontal(f64),
    Vertical(f64),
    /// Where a·x + b·y + c = 0.
    Zero(f64, f64, f64),
    Segment((f64, f64), (f64, f64)),
}

impl Rule {
    /// A line at this height, across the panel.
    pub fn horizontal(y: f64) -> Self {
        Self::along(Course::Horizontal(y))
    }

    /// A line at this x, from bottom to top.
    pub fn vertical(x: f64) -> Self {
        Self::along(Course::Vertical(x))
    }

    /// The line where `a·x + b·y + c = 0`, across the panel: where a neuron with these weights and this bias is undecided.
    /// Meant for linear axes.
    pub fn zero_of(a: f64, b: f64, c: f64) -> Self {
        Self::along(Course::Zero(a, b, c))
    }

    /// From one point straight to another; on logarithmic axes too.
    pub fn segment(from: (f64, f64), to: (f64, f64)) -> Self {
        Self::along(Course::Segment(from, to))
    }

    fn along(course: Course) -> Self {
        Self { course, look: Look::default() }
    }

    /// Both ends, in data coordinates; none for a line that does not exist.
    fn ends(&self, frame: &Frame) -> Vec<(f64, f64)> {
        let (x, y) = (
            (frame.x.range.low, frame.x.range.high),
            (frame.y.range.low, frame.y.range.high),
        );
        match self.course {
            Course::Horizontal(height) => vec![(x.0, height), (x.1, height)],
            Course::Vertical(at) => vec![(at, y.0), (at, y.1)],
            Course::Segment(from, to) => vec![from, to],
            Course::Zero(a, b, _) if a == 0.0 && b == 0.0 => Vec::new(),
            Course::Zero(a, b, c) => {
                // A power of two keeps all digits, and products below the largest number.
                let (_, size) = libm::frexp(a.abs().max(b.abs()));
                let [a, b, c] = [a, b, c].map(|part| libm::scalbn(part, -size - 1));
                // Solving for the coordinate along which the line is flatter keeps the other end near.
                if (a * frame.x.range.span()).abs() <= (b * frame.y.range.span()).abs() {
                    [x.0, x.1].map(|x| (x, -(a * x + c) / b)).to_vec()
                } else {
                    [y.0, y.1].map(|y| (-(b * y + c) / a, y)).to_vec()
                }
            }
        }
    }
}

choices!(Rule {
    /// Words at its end: above a horizontal line at the right, beside a vertical one at the top.
    label,
    /// A colour other than the muted ink; rules stay unbroken unless they get a dash.
    color,
    /// Breaks the line up.
    dash,
});

impl Mark for Rule {
    fn reach(&self) -> Vec<(f64, f64)> {
        match self.course {
            Course::Horizontal(y) => vec![(f64::NAN, y)],
            Course::Vertical(x) => vec![(x, f64::NAN)],
            Course::Zero(..) => Vec::new(),
            Course::Segment(from, to) => vec![from, to],
        }
    }

    fn draw(&self, frame: &Frame, canvas: &mut Canvas) {
        let paint = Paint::stroke(self.look.color.unwrap_or(Color::Muted), 1.4);
        let paint = paint.dashed(self.look.dash.unwrap_or(Dash::Solid));
        for piece in frame.pieces(&self.ends(frame)) {
            canvas.polyline(&piece, paint);
        }
    }

    fn labels(&self, frame: &Frame) -> Vec<Label> {
        let pieces = frame.pieces(&self.ends(frame));
        let (Some(words), Some([start, end])) =
            (&self.look.label, pieces.first().and_then(|piece| piece.first_chunk()))
        else {
            return Vec::new();
        };
        let room = match self.course {
            Course::Vertical(_) => (frame.right() - end.0).max(end.0 - frame.left) - 8.0,
            _ => frame.width,
        };
        let words = text::wrap(words, room.min(label::most(frame)));
        let place = match self.course {
            Course::Horizontal(_) => {
                let away = text::height(&words) / 2.0 + 0.15 * SIZE;
                let below = end.1 - frame.top < 1.4 * SIZE;
                let y = if below { end.1 + away } else { end.1 - away };
                Place::Exactly((start.0.max(end.0), y), Align::End)
            }
            Course::Vertical(_) => {
                let top = start.1.min(end.1) + 0.75 * SIZE;
                let fits = frame.right() - end.0 > text::width(&words) + 8.0;
                let (x, align) = match fits {
                    true => (end.0 + 7.0, Align::Start),
                    false => (end.0 - 7.0, Align::End),
                };
                Place::Exactly((x, top), align)
            }
            Course::Zero(..) | Course::Segment(..) => Place::Beside(*end, 5.0),
        };
        vec![Label::new(&words, self.look.color.unwrap_or(Color::Muted), place)]
    }

    fn obstacles(&self, frame: &Frame) -> Vec<Vec<Spot>> {
        frame.pieces(&self.ends(frame))
    }
}
