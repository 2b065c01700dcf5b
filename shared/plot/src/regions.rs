//! Which class a model gives to each place of the plane.

use crate::axis::Fit;
use crate::canvas::Canvas;
use crate::color::Color;
use crate::field::Field;
use crate::frame::Frame;
use crate::mark::{KeyEntry, Mark, Sample};
use crate::paint::Paint;

/// Decision regions: the plane tinted by class, with the border between the classes as a line. Draw it first.
#[derive(Debug, Clone)]
pub struct Regions {
    /// For each class by how much it leads; it holds the places where that is not negative.
    leads: Vec<Field>,
    colors: Vec<Color>,
    labels: Vec<String>,
}

impl Regions {
    /// Two classes: first where the field is below the threshold (blue), then where it is at or above it (vermillion).
    pub fn split(field: &Field, threshold: f64) -> Self {
        let lead = field
            .with_values(field.values().iter().map(|value| value - threshold).collect());
        Self::of(vec![lead.negated(), lead])
    }

    /// One field of scores for each class; a place belongs to the class with the highest. Panics if there are fewer than two
    /// classes or if their fields differ in size.
    pub fn classes(scores: &[Field]) -> Self {
        assert!(
            scores.len() > 1,
            "regions need at least two classes, but got {}",
            scores.len()
        );
        let size = scores[0].values().len();
        assert!(
            scores.iter().all(|field| field.values().len() == size),
            "the classes' fields differ in size"
        );
        let lead = |class: usize| {
            let best_other = |i: usize| {
                let others =
                    scores.iter().enumerate().filter(|&(other, _)| other != class);
                others.map(|(_, field)| field.values()[i]).fold(f64::MIN, f64::max)
            };
            scores[class].with_values(
                (0..size).map(|i| scores[class].values()[i] - best_other(i)).collect(),
            )
        };
        Self::of((0..scores.len()).map(lead).collect())
    }

    fn of(leads: Vec<Field>) -> Self {
        let colors = (0..leads.len()).map(Color::series).collect();
        Self { leads, colors, labels: Vec::new() }
    }

    /// One colour for each class, in the classes' order.
    pub fn colors(mut self, colors: impl IntoIterator<Item = Color>) -> Self {
        for (own, color) in self.colors.iter_mut().zip(colors) {
            *own = color;
        }
        self
    }

    /// One name for each class, for the key above the panel.
    pub fn labels<S: Into<String>>(
        mut self,
        labels: impl IntoIterator<Item = S>,
    ) -> Self {
        self.labels = labels.into_iter().map(Into::into).collect();
        self
    }
}

const TINT: f64 = 0.16;

impl Mark for Regions {
    fn reach(&self) -> Vec<(f64, f64)> {
        self.leads[0].corners().to_vec()
    }

    fn fit(&self) -> (Fit, Fit) {
        (Fit::Tight, Fit::Tight)
    }

    fn fills_plane(&self) -> bool {
        true
    }

    fn draw(&self, frame: &Frame, canvas: &mut Canvas<'_>) {
        for (lead, &color) in self.leads.iter().zip(&self.colors) {
            for rings in lead.shapes(0.0, frame) {
                canvas.polygon(&rings, Paint::fill(color, TINT));
            }
        }
        // With two classes one border is the other's.
        let borders = if self.leads.len() == 2 { &self.leads[1..] } else { &self.leads };
        for piece in borders.iter().flat_map(|lead| lead.borders(0.0, frame)) {
            canvas.polyline(&piece, Paint::stroke(Color::Ink, 1.3).faded(0.75));
        }
    }

    fn key(&self) -> Vec<KeyEntry> {
        let named = self.labels.iter().zip(&self.colors);
        named
            .map(|(words, &color)| KeyEntry {
                words: words.clone(),
                color,
                sample: Sample::Patch(2.0 * TINT),
            })
            .collect()
    }
}
