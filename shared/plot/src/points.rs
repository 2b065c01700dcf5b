//! Single observations.

use crate::{
    Canvas, Color, Fit, Frame, KeyEntry, Label, Look, Mark, Marker, Place, Sample, Spot,
    choices,
};

/// Single observations, each with a marker. What is missing or outside the range is left out.
#[derive(Debug, Clone)]
pub struct Points {
    points: Vec<(f64, f64)>,
    names: Vec<String>,
    look: Look,
    radius: Option<f64>,
}

impl Points {
    /// Markers at these points. More than 120 are drawn smaller.
    pub fn new(points: impl IntoIterator<Item = (f64, f64)>) -> Self {
        let points = points.into_iter().collect();
        Self { points, names: Vec::new(), look: Look::default(), radius: None }
    }

    /// A name beside each point, in the points' order. Panics if there are more or fewer names than points.
    pub fn names<S: Into<String>>(mut self, names: impl IntoIterator<Item = S>) -> Self {
        self.names = names.into_iter().map(Into::into).collect();
        assert!(
            self.names.len() == self.points.len(),
            "{} points need as many names, but got {}: give one for each, in their order",
            self.points.len(),
            self.names.len()
        );
        self
    }

    /// Half a marker's width, in figure units. Panics unless it is from 0 to 100.
    pub fn radius(mut self, radius: f64) -> Self {
        assert!(
            (0.0..=100.0).contains(&radius),
            "a marker's radius is from 0 to 100 units, but got {radius}"
        );
        self.radius = Some(radius);
        self
    }

    fn marker_shape(&self) -> Marker {
        self.look.marker.unwrap_or(self.look.color().marker())
    }

    fn half_width(&self) -> f64 {
        self.radius.unwrap_or(if self.points.len() > 120 { 3.0 } else { 5.0 })
    }
}

choices!(Points {
    /// Words for the key above the panel.
    label,
    /// A colour of its own, and with it that colour's marker.
    color,
    /// A marker other than the one that belongs to the colour.
    marker,
});

impl Mark for Points {
    fn reach(&self) -> Vec<(f64, f64)> {
        self.points.clone()
    }

    fn fit(&self) -> (Fit, Fit) {
        (Fit::Loose, Fit::Loose)
    }

    fn series(&mut self) -> Option<&mut Look> {
        Some(&mut self.look)
    }

    fn draw(&self, frame: &Frame, canvas: &mut Canvas) {
        let (color, marker) = (self.look.color(), self.marker_shape());
        for spot in self.points.iter().filter_map(|&point| frame.inside(point)) {
            canvas.marker(spot, marker, self.half_width(), color);
        }
    }

    fn labels(&self, frame: &Frame) -> Vec<Label> {
        let named = self.points.iter().zip(&self.names);
        let placed =
            named.filter_map(|(&point, name)| Some((frame.inside(point)?, name)));
        placed
            .map(|(spot, name)| {
                Label::new(name, Color::Ink, Place::Beside(spot, self.half_width() + 1.5))
            })
            .collect()
    }

    fn obstacles(&self, frame: &Frame) -> Vec<Vec<Spot>> {
        let places = self.points.iter().filter_map(|&point| frame.inside(point));
        places.map(|(x, y)| vec![(x - 2.0, y), (x + 2.0, y)]).collect()
    }

    fn key(&self) -> Option<KeyEntry> {
        self.look.key(Sample::Marker(self.marker_shape()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[should_panic(
        expected = "2 points need as many names, but got 3: give one for each"
    )]
    fn a_name_without_a_point_is_refused() {
        let _ = Points::new([(0.0, 0.0), (1.0, 1.0)]).names(["a", "b", "c"]);
    }

    #[test]
    #[should_panic(expected = "a marker's radius is from 0 to 100 units, but got inf")]
    fn an_endless_marker_is_refused() {
        let _ = Points::new([(0.0, 0.0)]).radius(f64::INFINITY);
    }
}
