//! A function of the plane, sampled on a grid, and the shapes in which it exceeds a level.

use std::ops::RangeInclusive;

use contour::ContourBuilder;

use crate::{Area, Canvas, Frame, Paint, Range, Spot, polyline};

/// Values on a grid over a rectangle of the plane: the ground on which [`Regions`](crate::Regions) and
/// [`Contours`](crate::Contours) are found by marching squares.
///
/// Borders run smoothly between grid points only if the values do. So sample the weighted sum or the
/// probability, not the class that follows from it. NaN counts as the lowest value, ±∞ as the nearest finite one.
#[derive(Debug, Clone)]
pub struct Field {
    x: Range,
    y: Range,
    /// Row by row, the lowest y first; all finite.
    values: Vec<f64>,
}

/// How many columns and rows a field has: finer shapes than that are not seen.
const CELLS: usize = 100;

/// Outlines of one shape: the first goes around it, the others around its holes.
type Rings = Vec<Vec<(f64, f64)>>;

impl Field {
    /// A function over a rectangle, at the middles of 100 × 100 cells. Panics if a range is endless, reversed or empty.
    pub fn sample(
        x: RangeInclusive<f64>,
        y: RangeInclusive<f64>,
        f: impl Fn(f64, f64) -> f64,
    ) -> Self {
        let (x, y) = (Range::of("a field", x), Range::of("a field", y));
        let middle = |range: Range, i: usize| range.at(i as f64 + 0.5, CELLS as f64);
        let at = |i: usize| f(middle(x, i % CELLS), middle(y, i / CELLS));
        let values: Vec<f64> = (0..CELLS * CELLS).map(at).collect();
        let finite = || values.iter().copied().filter(|value| value.is_finite());
        // The margin of 10¹⁵⁰ leaves room for differences of values.
        let low = finite().reduce(f64::min).unwrap_or(0.0).max(-1e150);
        let high = finite().reduce(f64::max).unwrap_or(0.0).min(1e150).max(low);
        let tamed =
            |value: f64| if value.is_nan() { low } else { value.clamp(low, high) };
        let values = values.into_iter().map(tamed).collect();
        Self { x, y, values }
    }

    pub(crate) fn corners(&self) -> [(f64, f64); 2] {
        [(self.x.low, self.y.low), (self.x.high, self.y.high)]
    }

    pub(crate) fn values(&self) -> &[f64] {
        &self.values
    }

    /// The same grid with other values.
    pub(crate) fn mapped(&self, value: impl Fn(f64) -> f64) -> Self {
        let values = self.values.iter().map(|&old| value(old)).collect();
        Self { values, ..*self }
    }

    /// The shapes in which the value is at least `level`.
    ///
    /// Marching squares cut the corners of the outermost cells. So the grid gets a rim that carries on its border, the
    /// shapes reach out of the rectangle by half a cell, and are cut off on the canvas.
    fn above(&self, level: f64) -> Vec<Rings> {
        const WIDE: usize = CELLS + 2;
        let rimmed: Vec<f64> =
            (0..WIDE * WIDE).map(|i| self.continued(i % WIDE, i / WIDE)).collect();
        let place = |range: Range, at: f64| {
            let step = range.step(CELLS as f64);
            (at * step + (range.low - step)).clamp(f64::MIN, f64::MAX)
        };
        let contours = ContourBuilder::new(WIDE, WIDE, true)
            .contours(&rimmed, &[level])
            .expect("the grid has as many values as its size says");
        let polygons = contours.iter().flat_map(|contour| &contour.geometry().0);
        polygons
            .map(|polygon| {
                let rings =
                    std::iter::once(polygon.exterior()).chain(polygon.interiors());
                let placed = |at: (f64, f64)| (place(self.x, at.0), place(self.y, at.1));
                rings
                    .map(|ring| ring.0.iter().map(|at| placed(at.x_y())).collect())
                    .collect()
            })
            .collect()
    }

    /// The value of a cell of the grid with its rim, on which the slope goes on.
    fn continued(&self, column: usize, row: usize) -> f64 {
        let inside = |i: usize| i.clamp(1, CELLS);
        let value = |c: usize, r: usize| self.values[(r - 1) * CELLS + c - 1];
        let (c, r) = (inside(column), inside(row));
        3.0 * value(c, r) - value(2 * c - column, r) - value(c, 2 * r - row)
    }

    /// Fills the shapes in which the value is at least `level`.
    pub(crate) fn fill(
        &self,
        level: f64,
        paint: Paint,
        frame: &Frame,
        canvas: &mut Canvas,
    ) {
        if !canvas.is_full() {
            let shapes = self.shapes(level, frame);
            shapes.iter().for_each(|rings| canvas.polygon(rings, paint));
        }
    }

    /// Draws the lines along which the value is `level`.
    pub(crate) fn outline(
        &self,
        level: f64,
        paint: Paint,
        frame: &Frame,
        canvas: &mut Canvas,
    ) {
        if !canvas.is_full() {
            let lines = self.borders(level, frame);
            lines.iter().for_each(|line| canvas.polyline(line, paint));
        }
    }

    /// The shapes in which the value is at least `level`, on the canvas: each as its outline and its holes.
    fn shapes(&self, level: f64, frame: &Frame) -> Vec<Vec<Vec<Spot>>> {
        let window = self.window(frame);
        let cut = |ring: &Vec<(f64, f64)>| {
            let places: Vec<_> = ring.iter().filter_map(|&at| frame.at(at)).collect();
            polyline::clip_ring(&places, &window)
        };
        self.above(level).iter().map(|rings| rings.iter().map(cut).collect()).collect()
    }

    /// The lines along which the value is `level`, on the canvas.
    fn borders(&self, level: f64, frame: &Frame) -> Vec<Vec<Spot>> {
        let window = self.window(frame);
        let cut = |ring: Vec<(f64, f64)>| {
            let places: Vec<_> = ring.iter().map(|&at| frame.at(at)).collect();
            polyline::clip(&places, &window)
        };
        self.above(level).into_iter().flatten().flat_map(cut).collect()
    }

    /// What of the canvas both the frame and the field cover.
    fn window(&self, frame: &Frame) -> Area {
        let area = frame.area();
        let corner = |corner| frame.at(corner).unwrap_or((area.left, area.top));
        let [a, b] = self.corners().map(|at| area.nearest(corner(at)));
        Area {
            left: a.0.min(b.0),
            top: a.1.min(b.1),
            right: a.0.max(b.0),
            bottom: a.1.max(b.1),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::axis::Axis;
    use crate::range::Fit;

    fn frame() -> Frame {
        let scale = Axis::new("").range(-1.0..=1.0).scale([].into_iter(), Fit::Tight);
        Frame { x: scale, y: scale, left: 0.0, top: 0.0, width: 400.0, height: 400.0 }
    }

    /// Twice the area of a ring is the sum of its cross products.
    fn area(ring: &[Spot]) -> f64 {
        let next = |i: usize| ring[(i + 1) % ring.len()];
        (0..ring.len())
            .map(|i| ring[i].0 * next(i).1 - next(i).0 * ring[i].1)
            .sum::<f64>()
            .abs()
            / 2.0
    }

    #[test]
    fn a_circle_has_the_area_of_a_circle() {
        let field = Field::sample(-1.0..=1.0, -1.0..=1.0, |x, y| 0.25 - x * x - y * y);
        let shapes = field.shapes(0.0, &frame());
        assert_eq!((shapes.len(), shapes[0].len()), (1, 1));
        let expected = std::f64::consts::PI * 100.0 * 100.0;
        assert!((area(&shapes[0][0]) - expected).abs() < 0.002 * expected);
    }

    #[test]
    fn a_shape_may_have_a_hole() {
        let field = Field::sample(-1.0..=1.0, -1.0..=1.0, |x, y| x * x + y * y - 0.25);
        let shapes = field.shapes(0.0, &frame());
        assert_eq!((shapes.len(), shapes[0].len()), (1, 2));
    }

    #[test]
    fn a_shape_fills_the_corners() {
        let field = Field::sample(-1.0..=1.0, -1.0..=1.0, |_, _| 1.0);
        assert!((area(&field.shapes(0.0, &frame())[0][0]) - 160_000.0).abs() < 1e-6);
        assert!(field.borders(0.0, &frame()).is_empty());
    }

    #[test]
    fn values_that_are_not_finite_do_no_harm() {
        let field = Field::sample(-1.0..=1.0, -1.0..=1.0, |x, y| {
            if x < -0.5 { f64::NAN } else { y / (x - 0.0101).max(0.0) }
        });
        for spot in field.shapes(0.0, &frame()).iter().flatten().flatten() {
            assert!(spot.0.is_finite() && spot.1.is_finite());
        }
    }

    #[test]
    #[should_panic(
        expected = "a field needs a finite range from low to high, but got 0 to inf"
    )]
    fn an_endless_field_is_refused() {
        let _ = Field::sample(0.0..=1.0, 0.0..=f64::INFINITY, |x, _| x);
    }
}
