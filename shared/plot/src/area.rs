//! Rectangles of the canvas, in figure units.

use crate::{
    Align, Spot,
    text::{self, SIZE},
};

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Area {
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
}

impl Area {
    /// What words cover whose middle line stands at a place.
    pub fn of_words(words: &str, (x, y): Spot, align: Align) -> Self {
        let (wide, half) = (text::width(words), text::height(words) / 2.0);
        let left = match align {
            Align::Start => x,
            Align::Middle => x - wide / 2.0,
            Align::End => x - wide,
        };
        Self { left, top: y - half, right: left + wide, bottom: y + half }
    }

    pub fn width(&self) -> f64 {
        self.right - self.left
    }

    pub fn height(&self) -> f64 {
        self.bottom - self.top
    }

    /// The same with its top left corner at another place.
    pub fn moved(&self, (left, top): Spot) -> Self {
        Self { left, top, right: left + self.width(), bottom: top + self.height() }
    }

    /// The same with this much more on the left and right, at the top and at the bottom.
    pub fn grown(&self, sides: (f64, f64), ends: (f64, f64)) -> Self {
        Self {
            left: self.left - sides.0,
            top: self.top - ends.0,
            right: self.right + sides.1,
            bottom: self.bottom + ends.1,
        }
    }

    pub fn holds(&self, (x, y): Spot) -> bool {
        (self.left..=self.right).contains(&x) && (self.top..=self.bottom).contains(&y)
    }

    pub fn contains(&self, other: &Self) -> bool {
        self.holds((other.left, other.top)) && self.holds((other.right, other.bottom))
    }

    /// The nearest place in it.
    pub fn nearest(&self, (x, y): Spot) -> Spot {
        (x.clamp(self.left, self.right), y.clamp(self.top, self.bottom))
    }

    pub fn overlaps(&self, other: &Self) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }

    /// Without the air above and below its letters.
    pub fn letters(&self) -> Self {
        let air = (text::LINE - SIZE) / 2.0;
        self.grown((0.0, 0.0), (-air, -air))
    }

    /// Whether its letters overlap those of no other.
    pub fn is_clear_of(&self, others: &[Self]) -> bool {
        let own = self.letters();
        !others.iter().any(|other| own.overlaps(&other.letters()))
    }
}
