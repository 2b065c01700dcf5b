//! Which class a model gives to each place of the plane.

use crate::canvas::Canvas;
use crate::color::Color;
use crate::field::Field;
use crate::frame::Frame;
use crate::mark::{KeyEntry, Mark, Sample, assert_one_each};
use crate::paint::Paint;
use crate::range::Fit;

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
    /// Panics if the threshold is not finite.
    pub fn split(field: &Field, threshold: f64) -> Self {
        assert!(
            threshold.is_finite(),
            "regions need a finite threshold between them, but got {threshold}"
        );
        let lead = field
            .with_values(field.values().iter().map(|value| value - threshold).collect());
        Self::of(vec![lead.negated(), lead])
    }

    /// One field of scores for each class; a place belongs to the class with the highest. Panics if there are fewer than two
    /// classes or if their fields are not over the same cells.
    pub fn classes(scores: &[Field]) -> Self {
        assert!(
            scores.len() > 1,
            "regions need at least two classes, but got {}: for one border use `split`",
            scores.len()
        );
        let size = scores[0].values().len();
        if let Some(class) = scores.iter().position(|field| !field.matches(&scores[0])) {
            panic!(
                "the classes' fields need the same cells, but the field of class {class} has \
                 other ranges, columns or rows than that of class 0: sample all in one way"
            );
        }
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

    /// One colour for each class, in the classes' order. Panics if there are more or fewer.
    pub fn colors(mut self, colors: impl IntoIterator<Item = Color>) -> Self {
        self.colors = colors.into_iter().collect();
        assert_one_each("colours", self.colors.len(), "classes", self.leads.len());
        self
    }

    /// One name for each class, for the key above the panel. Panics if there are more or fewer.
    pub fn labels<S: Into<String>>(
        mut self,
        labels: impl IntoIterator<Item = S>,
    ) -> Self {
        self.labels = labels.into_iter().map(Into::into).collect();
        assert_one_each("names", self.labels.len(), "classes", self.leads.len());
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
        let leads = self.leads.iter().map(|lead| lead.at_most(canvas.cells()));
        let leads: Vec<_> = leads.collect();
        for (lead, &color) in leads.iter().zip(&self.colors) {
            for rings in lead.shapes(0.0, frame) {
                canvas.polygon(&rings, Paint::fill(color, TINT));
            }
        }
        // With two classes one border is the other's.
        let borders = if leads.len() == 2 { &leads[1..] } else { &leads };
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

#[cfg(test)]
mod tests {
    use super::*;

    fn field(columns: usize) -> Field {
        Field::new(0.0..=1.0, 0.0..=1.0, columns, vec![0.0; 12])
    }

    #[test]
    #[should_panic(expected = "regions need at least two classes, but got 1")]
    fn a_lone_class_is_refused() {
        let _ = Regions::classes(&[field(3)]);
    }

    #[test]
    #[should_panic(expected = "the field of class 1 has other ranges, columns or rows")]
    fn classes_over_different_cells_are_refused() {
        let _ = Regions::classes(&[field(3), field(4)]);
    }

    #[test]
    #[should_panic(
        expected = "regions need a finite threshold between them, but got NaN"
    )]
    fn a_threshold_that_is_no_number_is_refused() {
        let _ = Regions::split(&field(3), f64::NAN);
    }

    #[test]
    #[should_panic(expected = "2 classes need as many names, but got 1")]
    fn a_class_without_a_name_is_refused() {
        let _ = Regions::split(&field(3), 0.0).labels(["yes"]);
    }

    #[test]
    #[should_panic(expected = "2 classes need as many colours, but got 3")]
    fn a_colour_without_a_class_is_refused() {
        let _ = Regions::split(&field(3), 0.0).colors([Color::Ink; 3]);
    }
}
