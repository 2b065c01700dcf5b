//! A function of the plane, sampled on a grid, and the shapes in which it exceeds a level.

use std::ops::RangeInclusive;

use contour::ContourBuilder;

use crate::area::Area;
use crate::frame::Frame;
use crate::polyline::{self, Spot};
use crate::range::Range;

/// Values on a grid over a rectangle of the plane: the ground on which [`Regions`](crate::Regions) and
/// [`Contours`](crate::Contours) are found by marching squares.
///
/// Borders run smoothly between grid points only if the values do. So sample the weighted sum or the
/// probability, not the class that follows from it. More than 100 cells side by side are averaged to as many. NaN counts as the lowest value, ±∞ as the nearest finite one.
#[derive(Debug, Clone)]
pub struct Field {
    x: Range,
    y: Range,
    columns: usize,
    /// Row by row, the lowest y first; all finite.
    values: Vec<f64>,
}

/// How many columns and rows a field has at most: finer shapes than that are not seen.
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
        let (across, up) =
            (Range::of("a field", x.clone()), Range::of("a field", y.clone()));
        let middle = |range: Range, i: usize| range.at(i as f64 + 0.5, CELLS as f64);
        let values = (0..CELLS * CELLS)
            .map(|i| f(middle(across, i % CELLS), middle(up, i / CELLS)))
            .collect();
        Self::new(x, y, CELLS, values)
    }

    fn new(
        x: RangeInclusive<f64>,
        y: RangeInclusive<f64>,
        columns: usize,
        values: Vec<f64>,
    ) -> Self {
        let finite = || values.iter().copied().filter(|value| value.is_finite());
        let (low, high) =
            (finite().fold(f64::MAX, f64::min), finite().fold(f64::MIN, f64::max));
        // The margin of 10¹⁵⁰ leaves room for differences of values.
        let (low, high) =
            if low <= high { (low.max(-1e150), high.min(1e150)) } else { (0.0, 0.0) };
        let values = values
            .iter()
            .map(
                |value| {
                    if value.is_nan() { low } else { value.clamp(low, high.max(low)) }
                },
            )
            .collect();
        let (x, y) = (Range::of("a field", x), Range::of("a field", y));
        Self { x, y, columns, values }.at_most(CELLS)
    }

    /// The same function on a grid of no more than so many columns and rows: the means of the cells that become one.
    pub(crate) fn at_most(&self, most: usize) -> Self {
        let rows = self.values.len() / self.columns;
        let (wide, high) = (self.columns.min(most.max(2)), rows.min(most.max(2)));
        if (wide, high) == (self.columns, rows) {
            return self.clone();
        }
        let mean = |i: usize| {
            let (column, row) = (i % wide, i / wide);
            let part = |i: usize, of: usize, all: usize| i * all / of..(i + 1) * all / of;
            let (across, up) = (part(column, wide, self.columns), part(row, high, rows));
            let count = (across.len() * up.len()) as f64;
            let values = up.flat_map(|row| {
                across.clone().map(move |column| row * self.columns + column)
            });
            values.map(|i| self.values[i] / count).sum::<f64>()
        };
        let values = (0..wide * high).map(mean).collect();
        Self { columns: wide, values, ..*self }
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
        let (columns, rows) = (self.columns, self.values.len() / self.columns);
        let (wide, high) = (columns + 2, rows + 2);
        let rimmed: Vec<f64> = (0..wide * high)
            .map(|i| {
                self.continued(
                    i as isize % wide as isize - 1,
                    i as isize / wide as isize - 1,
                )
            })
            .collect();
        let place = |range: Range, cells: usize, at: f64| {
            let step = range.step(cells as f64);
            (at * step + (range.low - step)).clamp(f64::MIN, f64::MAX)
        };
        let placed = |x, y| (place(self.x, columns, x), place(self.y, rows, y));
        let contours = ContourBuilder::new(wide, high, true)
            .contours(&rimmed, &[level])
            .expect("the grid has as many values as its size says");
        let polygons = contours.iter().flat_map(|contour| &contour.geometry().0);
        polygons
            .map(|polygon| {
                let mut rings = vec![polygon.exterior()];
                rings.extend(polygon.interiors());
                rings
                    .iter()
                    .map(|ring| {
                        ring.0.iter().map(|point| placed(point.x, point.y)).collect()
                    })
                    .collect()
            })
            .collect()
    }

    /// The value of a cell, or one step beyond the border, where the slope goes on.
    fn continued(&self, column: isize, row: isize) -> f64 {
        let rows = self.values.len() / self.columns;
        let inside = |i: isize, count: usize| i.clamp(0, count as isize - 1);
        let (c, r) = (inside(column, self.columns), inside(row, rows));
        let value =
            |c: isize, r: isize| self.values[r as usize * self.columns + c as usize];
        3.0 * value(c, r) - value(2 * c - column, r) - value(c, 2 * r - row)
    }

    /// The shapes in which the value is at least `level`, on the canvas: each as its outline and its holes.
    pub(crate) fn shapes(&self, level: f64, frame: &Frame) -> Vec<Vec<Vec<Spot>>> {
        let window = self.window(frame);
        let cut = |ring: &Vec<(f64, f64)>| {
            let places: Vec<_> = ring.iter().filter_map(|&at| frame.at(at)).collect();
            polyline::clip_ring(&places, &window)
        };
        self.above(level).iter().map(|rings| rings.iter().map(cut).collect()).collect()
    }

    /// The lines along which the value is `level`, on the canvas.
    pub(crate) fn borders(&self, level: f64, frame: &Frame) -> Vec<Vec<Spot>> {
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
    fn a_fine_field_is_averaged_to_a_hundred_cells_side_by_side() {
        let value = |i: usize| (i % 1_000 + i / 1_000) as f64;
        let fine =
            Field::new(0.0..=1.0, 0.0..=1.0, 1_000, (0..500_000).map(value).collect());
        assert_eq!((fine.columns, fine.values.len()), (100, 10_000));
        assert!((fine.values[0] - (4.5 + 2.0)).abs() < 1e-9, "{}", fine.values[0]);
        assert!((fine.values[9_999] - (994.5 + 497.0)).abs() < 1e-9);
        assert_eq!(fine.at_most(0).values.len(), 4);
    }

    #[test]
    #[should_panic(
        expected = "a field needs a finite range from low to high, but got 0 to inf"
    )]
    fn an_endless_field_is_refused() {
        let _ = Field::sample(0.0..=1.0, 0.0..=f64::INFINITY, |x, _| x);
    }
}
