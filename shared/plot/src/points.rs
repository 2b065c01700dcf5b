//! Single observations.

use crate::canvas::Canvas;
use crate::color::{Color, Marker};
use crate::frame::Frame;
use crate::label::{Label, Place};
use crate::mark::{KeyEntry, Mark, Sample};
use crate::polyline::Spot;

/// Single observations, each with a marker. What is missing or outside the range is left out.
#[derive(Debug, Clone)]
pub struct Points {
    points: Vec<(f64, f64)>,
    names: Vec<String>,
    label: Option<String>,
    color: Option<Color>,
    marker: Option<Marker>,
    radius: Option<f64>,
}

impl Points {
    /// Markers at these points. More than 120 are drawn smaller.
    pub fn new(points: impl IntoIterator<Item = (f64, f64)>) -> Self {
        let points = points.into_iter().collect();
        Self {
            points,
            names: Vec::new(),
            label: None,
            color: None,
            marker: None,
            radius: None,
        }
    }

    /// Words for the key above the panel.
    pub fn label(mut self, words: impl Into<String>) -> Self {
        self.label = Some(words.into());
        self
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

    /// A colour of its own, and with it that colour's marker.
    pub fn color(mut self, color: Color) -> Self {
        self.color = Some(color);
        self
    }

    /// A marker other than the one that belongs to the colour.
    pub fn marker(mut self, marker: Marker) -> Self {
        self.marker = Some(marker);
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

    fn look(&self) -> (Color, Marker, f64) {
        let color = self.color.unwrap_or(Color::Ink);
        let usual = if self.points.len() > 120 { 3.0 } else { 5.0 };
        (color, self.marker.unwrap_or(color.marker()), self.radius.unwrap_or(usual))
    }
}

impl Mark for Points {
    fn reach(&self) -> Vec<(f64, f64)> {
        self.points.clone()
    }

    fn take_color(&mut self, next: Color) -> bool {
        let free = self.color.is_none();
        self.color.get_or_insert(next);
        free
    }

    fn draw(&self, frame: &Frame, canvas: &mut Canvas) {
        let (color, marker, radius) = self.look();
        for spot in self.points.iter().filter_map(|&point| frame.inside(point)) {
            canvas.marker(spot, marker, radius, color);
        }
    }

    fn labels(&self, frame: &Frame) -> Vec<Label> {
        let (_, _, radius) = self.look();
        let named = self.points.iter().zip(&self.names);
        let placed =
            named.filter_map(|(&point, name)| Some((frame.inside(point)?, name)));
        placed
            .map(|(spot, name)| {
                Label::new(name, Color::Ink, Place::Beside(spot, radius + 1.5))
            })
            .collect()
    }

    fn obstacles(&self, frame: &Frame) -> Vec<Vec<Spot>> {
        let places = self.points.iter().filter_map(|&point| frame.inside(point));
        places.map(|(x, y)| vec![(x - 2.0, y), (x + 2.0, y)]).collect()
    }

    fn key(&self) -> Vec<KeyEntry> {
        let (color, marker, _) = self.look();
        let entry = |words: &String| KeyEntry {
            words: words.clone(),
            color,
            sample: Sample::Marker(marker),
        };
        self.label.iter().map(entry).collect()
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
