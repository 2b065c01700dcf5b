//! Where data meet the canvas: the two scales of a panel and the rectangle that they fill.

use crate::{Area, Scale, Spot, polyline};

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

    /// The place at these shares of the way from left to right and from bottom to top.
    pub fn spot(&self, across: f64, up: f64) -> Spot {
        (self.left + across * self.width, self.bottom() - up * self.height)
    }

    pub fn area(&self) -> Area {
        let (right, bottom) = (self.right(), self.bottom());
        Area { left: self.left, top: self.top, right, bottom }
    }

    /// The place of a data point, perhaps outside the frame; none if a coordinate is missing.
    ///
    /// What lies beyond an edge by no more than a rounding lies on it.
    pub fn at(&self, (x, y): (f64, f64)) -> Option<Spot> {
        let (across, up) = (self.x.fraction(x)?, self.y.fraction(y)?);
        let spot = self.spot(across, up);
        let edge = self.area().nearest(spot);
        let slack = 1e-6 * (self.width + self.height);
        let snapped =
            |at: f64, edge: f64| if (at - edge).abs() <= slack { edge } else { at };
        Some((snapped(spot.0, edge.0), snapped(spot.1, edge.1)))
    }

    /// The place of a data point inside the frame.
    pub fn inside(&self, point: (f64, f64)) -> Option<Spot> {
        self.at(point).filter(|&spot| self.area().holds(spot))
    }

    /// What of a line shows: it breaks where a value is missing and is cut off at the frame.
    pub fn pieces(&self, points: &[(f64, f64)]) -> Vec<Vec<Spot>> {
        let places: Vec<_> = points.iter().map(|&point| self.at(point)).collect();
        polyline::clip(&places, &self.area())
    }
}
