//! Where data meet the canvas: the two scales of a panel and the rectangle that they fill.

use crate::axis::Scale;
use crate::polyline;
use crate::polyline::Spot;

#[derive(Debug, Clone, Copy)]
pub struct Frame {
    pub x: Scale,
    pub y: Scale,
    pub left: f64,
    pub top: f64,
    pub width: f64,
    pub height: f64,
}

impl Frame {
    pub fn right(&self) -> f64 {
        self.left + self.width
    }

    pub fn bottom(&self) -> f64 {
        self.top + self.height
    }

    /// The corners with the smallest and the largest coordinates.
    pub fn corners(&self) -> (Spot, Spot) {
        ((self.left, self.top), (self.right(), self.bottom()))
    }

    /// The place of a data point, perhaps outside the frame; none if a coordinate is missing.
    ///
    /// What lies beyond an edge by no more than a rounding lies on it.
    pub fn at(&self, (x, y): (f64, f64)) -> Option<Spot> {
        let (across, up) = (self.x.fraction(x)?, self.y.fraction(y)?);
        let slack = 1e-6 * (self.width + self.height);
        let snapped = |at: f64, low: f64, high: f64| {
            let edge = at.clamp(low, high);
            if (at - edge).abs() <= slack { edge } else { at }
        };
        Some((
            snapped(self.left + across * self.width, self.left, self.right()),
            snapped(self.bottom() - up * self.height, self.top, self.bottom()),
        ))
    }

    /// The place of a data point inside the frame.
    pub fn inside(&self, point: (f64, f64)) -> Option<Spot> {
        let (low, high) = self.corners();
        self.at(point).filter(|&(x, y)| {
            (low.0..=high.0).contains(&x) && (low.1..=high.1).contains(&y)
        })
    }

    /// What of a line shows: it breaks where a value is missing and is cut off at the frame.
    pub fn pieces(&self, points: &[(f64, f64)]) -> Vec<Vec<Spot>> {
        let places: Vec<_> = points.iter().map(|&point| self.at(point)).collect();
        let (low, high) = self.corners();
        polyline::clip(&places, low, high)
    }
}
