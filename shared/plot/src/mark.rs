//! What a panel asks of everything that it draws.

use std::fmt::Debug;

use crate::canvas::Canvas;
use crate::color::{Color, Marker};
use crate::frame::Frame;
use crate::label::Label;
use crate::polyline::Spot;
use crate::range::Fit;

/// Something that a [`Panel`](crate::Panel) can draw. The marks of this crate implement it; its parts are not public.
pub trait Mark: Debug + Send + Sync {
    /// Data points that a fitted range must hold. A coordinate that does not count is NaN.
    #[doc(hidden)]
    fn reach(&self) -> Vec<(f64, f64)>;

    /// How a fitted range should surround the data, for x and y.
    #[doc(hidden)]
    fn fit(&self) -> (Fit, Fit) {
        (Fit::Loose, Fit::Loose)
    }

    /// Takes the next series colour, if it has none of its own. Tells whether it did.
    #[doc(hidden)]
    fn take_color(&mut self, _next: Color) -> bool {
        false
    }

    /// Whether it fills the plane, so that a grid would only disturb.
    #[doc(hidden)]
    fn fills_plane(&self) -> bool {
        false
    }

    #[doc(hidden)]
    fn draw(&self, frame: &Frame, canvas: &mut Canvas);

    /// What is written beside it, once everything is drawn.
    #[doc(hidden)]
    fn labels(&self, _frame: &Frame) -> Vec<Label> {
        Vec::new()
    }

    /// Lines that labels should rather not cover.
    #[doc(hidden)]
    fn obstacles(&self, _frame: &Frame) -> Vec<Vec<Spot>> {
        Vec::new()
    }

    /// Entries for the key above the panel, for marks that have no end to be labelled at.
    #[doc(hidden)]
    fn key(&self) -> Vec<KeyEntry> {
        Vec::new()
    }
}

/// A word in the key, after a sample of what it names.
#[derive(Debug, Clone)]
pub struct KeyEntry {
    pub words: String,
    pub color: Color,
    pub sample: Sample,
}

#[derive(Debug, Clone, Copy)]
pub enum Sample {
    Marker(Marker),
    /// A patch with this opacity.
    Patch(f64),
}
