//! Which of two classes a model gives to each place of the plane.

use crate::{Canvas, Color, Field, Fit, Frame, Mark, Paint};

/// Decision regions: the plane tinted by class, with the border between the two classes as a line. Draw it first.
#[derive(Debug, Clone)]
pub struct Regions {
    /// Not negative in the second class, negative in the first.
    lead: Field,
    colors: [Color; 2],
}

impl Regions {
    /// Two classes: first where the field is below the threshold (blue), then where it is at or above it (vermillion).
    /// Panics if the threshold is not finite.
    pub fn split(field: &Field, threshold: f64) -> Self {
        assert!(
            threshold.is_finite(),
            "regions need a finite threshold between them, but got {threshold}"
        );
        let lead = field.mapped(|value| value - threshold);
        Self { lead, colors: [Color::Blue, Color::Vermillion] }
    }

    /// One colour for each class.
    pub fn colors(mut self, colors: [Color; 2]) -> Self {
        self.colors = colors;
        self
    }
}

const TINT: f64 = 0.16;

impl Mark for Regions {
    fn reach(&self) -> Vec<(f64, f64)> {
        self.lead.corners().to_vec()
    }

    fn fit(&self) -> (Fit, Fit) {
        (Fit::Filled, Fit::Filled)
    }

    fn draw(&self, frame: &Frame, canvas: &mut Canvas) {
        let [first, second] = self.colors.map(|color| Paint::fill(color, TINT));
        self.lead.mapped(|lead| -lead).fill(0.0, first, frame, canvas);
        self.lead.fill(0.0, second, frame, canvas);
        let border = Paint::stroke(Color::Ink, 1.3).faded(0.75);
        self.lead.outline(0.0, border, frame, canvas);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[should_panic(
        expected = "regions need a finite threshold between them, but got NaN"
    )]
    fn a_threshold_that_is_no_number_is_refused() {
        let field = Field::sample(0.0..=1.0, 0.0..=1.0, |x, _| x);
        let _ = Regions::split(&field, f64::NAN);
    }
}
