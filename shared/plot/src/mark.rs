//! What a panel asks of everything that it draws, and what marks have in common.

use std::fmt::Debug;

use crate::{Canvas, Color, Dash, Fit, Frame, Label, Marker, Spot};

/// Something that a panel can draw.
pub trait Mark: Debug + Send + Sync {
    /// Data points that a fitted range must hold. A coordinate that does not count is NaN.
    fn reach(&self) -> Vec<(f64, f64)>;

    /// How a fitted range should surround the data, for x and y.
    fn fit(&self) -> (Fit, Fit) {
        (Fit::Tight, Fit::Tight)
    }

    /// The look of a mark that takes the next series colour, if it has none of its own.
    fn series(&mut self) -> Option<&mut Look> {
        None
    }

    fn draw(&self, frame: &Frame, canvas: &mut Canvas);

    /// What is written beside it, once everything is drawn.
    fn labels(&self, _frame: &Frame) -> Vec<Label> {
        Vec::new()
    }

    /// Lines that labels should rather not cover.
    fn obstacles(&self, _frame: &Frame) -> Vec<Vec<Spot>> {
        Vec::new()
    }

    /// The entry in the key above the panel, for marks that have no end to be labelled at.
    fn key(&self) -> Option<KeyEntry> {
        None
    }
}

/// What a caller has chosen of a mark's look. The rest follows from the colour.
#[derive(Debug, Clone, Default)]
pub struct Look {
    pub color: Option<Color>,
    pub dash: Option<Dash>,
    pub marker: Option<Marker>,
    pub label: Option<String>,
}

impl Look {
    pub fn color(&self) -> Color {
        self.color.unwrap_or(Color::Ink)
    }

    pub fn key(&self, sample: Sample) -> Option<KeyEntry> {
        let words = self.label.clone()?;
        Some(KeyEntry { words, color: self.color(), sample })
    }
}

/// The methods by which a caller chooses a look. A mark names those that it has, each with what it means there.
macro_rules! choices {
    ($mark:ident { $($(#[$doc:meta])* $choice:ident,)+ }) => {
        impl $mark { $(choices!(@$choice $(#[$doc])*);)+ }
    };
    (@color $($doc:tt)*) => { choices!(@choose color, Color, $($doc)*); };
    (@dash $($doc:tt)*) => { choices!(@choose dash, Dash, $($doc)*); };
    (@marker $($doc:tt)*) => { choices!(@choose marker, Marker, $($doc)*); };
    (@choose $choice:ident, $kind:ident, $(#[$doc:meta])*) => {
        $(#[$doc])*
        pub fn $choice(mut self, $choice: $crate::$kind) -> Self {
            self.look.$choice = Some($choice);
            self
        }
    };
    (@label $(#[$doc:meta])*) => {
        $(#[$doc])*
        pub fn label(mut self, words: impl Into<String>) -> Self {
            self.look.label = Some(words.into());
            self
        }
    };
}

pub(crate) use choices;

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
