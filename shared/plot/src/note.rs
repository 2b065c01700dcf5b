//! A few words at a place.

use crate::{
    Align, Area, Canvas, Frame, Label, Look, Mark, Paint, Place, choices, polyline,
};

/// A few words at a place of the panel, perhaps with an arrow to what they speak of. `\n` starts a new line.
/// It does not widen a fitted range.
#[derive(Debug, Clone)]
pub struct Note {
    at: (f64, f64),
    words: String,
    align: Align,
    look: Look,
    target: Option<(f64, f64)>,
}

impl Note {
    /// Words that begin at this data point, centred on it in height.
    pub fn new(at: (f64, f64), words: impl Into<String>) -> Self {
        Self {
            at,
            words: words.into(),
            align: Align::Start,
            look: Look::default(),
            target: None,
        }
    }

    /// Which part of the words stands at the point.
    pub fn align(mut self, align: Align) -> Self {
        self.align = align;
        self
    }

    /// An arrow from the words to this data point.
    pub fn points_at(mut self, target: (f64, f64)) -> Self {
        self.target = Some(target);
        self
    }
}

choices!(Note {
    /// A colour other than ink.
    color,
});

impl Mark for Note {
    fn reach(&self) -> Vec<(f64, f64)> {
        Vec::new()
    }

    fn draw(&self, frame: &Frame, canvas: &mut Canvas) {
        let target = self.target.and_then(|target| frame.inside(target));
        let (Some(at), Some(target)) = (frame.inside(self.at), target) else { return };
        // From the nearest place on the words' box to just before the target.
        let words = Area::of_words(&self.words, at, self.align);
        let from = words.grown((3.0, 3.0), (0.0, 0.0)).nearest(target);
        if polyline::length(from, target) > 12.0 {
            let [tip, neck] = [5.0, 10.0].map(|off| polyline::towards(target, from, off));
            canvas.line(from, neck, Paint::stroke(self.look.color(), 1.2));
            canvas.arrow_head(from, tip, 7.5, self.look.color());
        }
    }

    fn labels(&self, frame: &Frame) -> Vec<Label> {
        let spot = frame.inside(self.at);
        spot.map(|spot| {
            Label::new(&self.words, self.look.color(), Place::Exactly(spot, self.align))
        })
        .into_iter()
        .collect()
    }
}
