//! The bridge to plotters: shapes go in, in figure units; what plotters' SVG backend makes of them is rewritten by [`svg`](crate::svg).
//!
//! plotters rounds to whole pixels, so its canvas is ten times larger than the figure. And it knows no
//! CSS variables, dashes or halos, so it gets as "colour" the number of a [`Paint`], and the rewriting puts the paint there.

use plotters::backend::{DrawingBackend, SVGBackend};
use plotters::style::{Color as _, RGBColor, ShapeStyle, TextStyle};

use crate::color::{Color, Marker};
use crate::cover::Cover;
use crate::paint::{Align, Paint};
use crate::polyline::{self, Spot};
use crate::svg::{self, SCALE};
use crate::text;

pub struct Canvas<'a> {
    backend: SVGBackend<'a>,
    paints: Vec<Paint>,
    detail: Detail,
    cover: Cover,
    /// For how many bytes of markup there still is room, at least.
    room: usize,
}

/// How much of what it gets a canvas draws.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Detail {
    /// How far, in units, a thinned line may lie from the true one.
    pub tolerance: f64,
    /// The side, in units, of the cells of a grid: what reaches none that a shape of the same paint has not reached before
    /// is left out. Without one, all is drawn.
    pub grid: Option<f64>,
    /// When the markup must become longer than this, there is none.
    pub most: usize,
}

/// Draws on a canvas of this size and returns the shapes as compact SVG markup, without the `<svg>` around it; or none,
/// if they are too many.
pub(crate) fn draw(
    size: (f64, f64),
    detail: Detail,
    drawing: impl FnOnce(&mut Canvas<'_>),
) -> Option<String> {
    let mut raw = String::new();
    let pixels = ((size.0 * SCALE) as u32, (size.1 * SCALE) as u32);
    let paints = {
        let backend = SVGBackend::with_string(&mut raw, pixels);
        let cover = Cover::new(size, detail.grid.unwrap_or(f64::MAX));
        let room = detail.most;
        let mut canvas = Canvas { backend, paints: Vec::new(), detail, cover, room };
        drawing(&mut canvas);
        canvas.backend.present().expect(WRITES_TO_MEMORY);
        (!canvas.is_full()).then_some(canvas.paints)?
    };
    Some(svg::rewrite(&raw, &paints))
}

/// The least bytes that markup takes for a place on a line, a rectangle, and an element of its own.
const PLACE: usize = 4;
const RECTANGLE: usize = 11;
const ELEMENT: usize = 20;

const WRITES_TO_MEMORY: &str =
    "plotters' SVG backend writes into a string, which cannot fail";

impl Canvas<'_> {
    /// Whether nothing more need be drawn, as the markup is too long already.
    pub fn is_full(&self) -> bool {
        self.room == 0
    }

    /// How many cells of the grid lie side by side across a figure: a finer table than that is not shown.
    pub fn cells(&self) -> usize {
        self.detail.grid.map_or(usize::MAX, |_| self.cover.columns)
    }

    fn take(&mut self, bytes: usize) {
        self.room = self.room.saturating_sub(bytes);
    }

    /// A line through the places, thinned as far as nobody can see it.
    pub fn polyline(&mut self, points: &[Spot], paint: Paint) {
        let Some(cell) = self.detail.grid else { return self.path(points, paint) };
        let key = self.index(paint);
        let mut places: Vec<Spot> = Vec::new();
        for (i, &place) in points.iter().enumerate() {
            let near = |from: &Spot| {
                (place.0 - from.0).abs() < cell && (place.1 - from.1).abs() < cell
            };
            if i + 1 == points.len() || !places.last().is_some_and(near) {
                places.push(place);
            }
        }
        let mut run: Vec<Spot> = Vec::new();
        for pair in places.windows(2) {
            if self.cover.reaches(key, pair) {
                if run.is_empty() {
                    run.push(pair[0]);
                }
                run.push(pair[1]);
            } else {
                self.path(&std::mem::take(&mut run), paint);
            }
        }
        self.path(&run, paint);
    }

    fn path(&mut self, points: &[Spot], paint: Paint) {
        let points = self.thinned(points);
        if points.len() > 1 && !self.is_full() {
            self.take(PLACE * (points.len() - 1));
            let style = self.style(paint);
            self.backend.draw_path(points, &style).expect(WRITES_TO_MEMORY);
        }
    }

    /// The places in pixels. If there are more than there is room for, the canvas is full.
    fn thinned(&mut self, points: &[Spot]) -> Vec<(i32, i32)> {
        let mut kept = Vec::new();
        if self.is_full() {
            return kept;
        }
        for piece in polyline::thin(points, self.detail.tolerance) {
            kept.extend(piece.into_iter().map(pixel));
            kept.dedup();
            if PLACE * kept.len() > self.room + PLACE {
                self.room = 0;
                break;
            }
        }
        kept
    }

    pub fn line(&mut self, from: Spot, to: Spot, paint: Paint) {
        if self.is_full() {
            return;
        }
        self.take(PLACE);
        let style = self.style(paint);
        self.backend.draw_line(pixel(from), pixel(to), &style).expect(WRITES_TO_MEMORY);
    }

    /// A filled shape. The rings after the first are holes.
    pub fn polygon(&mut self, rings: &[Vec<Spot>], paint: Paint) {
        if self.detail.grid.is_none() {
            return self.shape(rings, paint);
        }
        let key = self.index(paint);
        let few = |ring: &Vec<Spot>| polyline::extremes(ring, 2 * self.cells());
        let rings: Vec<_> = rings.iter().map(few).collect();
        // All are asked, as each covers its cells.
        if rings.iter().filter(|ring| self.cover.reaches(key, ring)).count() > 0 {
            self.shape(&rings, paint);
        }
    }

    /// plotters has no holes: one ring leads to the next and back along the same way, which encloses nothing.
    fn shape(&mut self, rings: &[Vec<Spot>], paint: Paint) {
        let mut outline = Vec::new();
        for ring in rings {
            let mut ring = self.thinned(ring);
            if ring.len() > 2 {
                ring.push(ring[0]);
                outline.extend(ring);
                let start = outline[0];
                outline.push(start);
            }
        }
        if !outline.is_empty() && !self.is_full() {
            outline.dedup();
            outline.pop();
            self.take(PLACE * (outline.len() - 1));
            let style = self.style(paint);
            self.backend.fill_polygon(outline, &style).expect(WRITES_TO_MEMORY);
        }
    }

    /// A rectangle that may lie over others of its paint.
    pub fn bar(&mut self, a: Spot, b: Spot, paint: Paint) {
        let key = self.index(paint);
        let outline = [a, (a.0, b.1), b, (b.0, a.1)];
        if self.detail.grid.is_none() || self.cover.reaches(key, &outline) {
            self.rectangle(a, b, paint);
        }
    }

    /// Rectangles of one paint that follow each other are joined into one shape: they must not overlap.
    pub fn rectangle(&mut self, (left, top): Spot, (right, bottom): Spot, paint: Paint) {
        if self.is_full() {
            return;
        }
        self.take(RECTANGLE);
        let style = self.style(paint);
        let corners = (
            pixel((left.min(right), top.min(bottom))),
            pixel((left.max(right), top.max(bottom))),
        );
        self.backend
            .draw_rect(corners.0, corners.1, &style, true)
            .expect(WRITES_TO_MEMORY);
    }

    pub fn circle(&mut self, centre: Spot, radius: f64, paint: Paint) {
        if self.is_full() {
            return;
        }
        self.take(ELEMENT);
        let style = self.style(paint);
        let radius = (radius * SCALE).round() as u32;
        self.backend
            .draw_circle(pixel(centre), radius, &style, true)
            .expect(WRITES_TO_MEMORY);
    }

    /// Text whose baseline starts, is centred or ends at the place, as the paint says. Lines are broken at `\n`.
    pub fn text(&mut self, (x, y): Spot, words: &str, paint: Paint) {
        let size = paint.text.map_or(text::SIZE, |text| text.size);
        let key = self.key(paint);
        let style = TextStyle::from(("sans-serif", 10)).color(&key);
        for (i, line) in
            words.lines().enumerate().filter(|(_, line)| !line.trim().is_empty())
        {
            let at = pixel((x, y + i as f64 * text::line_height(size)));
            self.backend
                .draw_text(&svg::plain(line), &style, at)
                .expect(WRITES_TO_MEMORY);
        }
    }

    /// Text of one or more lines, centred on the place in height.
    pub fn centred_text(&mut self, (x, y): Spot, words: &str, paint: Paint) {
        let size = paint.text.map_or(text::SIZE, |text| text.size);
        let rise =
            text::line_height(size) * (words.lines().count().max(1) - 1) as f64 / 2.0;
        self.text((x, y - rise + text::HALF_CAPITAL * size), words, paint);
    }

    /// A patch of the surface for words that interrupt a line.
    pub fn patch(&mut self, (x, y): Spot, words: &str, size: f64) {
        if !words.is_empty() {
            let lines = words.lines().count() as f64;
            let half = (
                text::width(words, size) / 2.0 + 2.0,
                (0.5 + 0.6 * (lines - 1.0)) * size,
            );
            let paint = Paint::fill(Color::Surface, 1.0);
            self.rectangle((x - half.0, y - half.1), (x + half.0, y + half.1), paint);
        }
    }

    /// A marker with a rim in the surface colour, so that neighbours stay apart.
    pub fn marker(&mut self, (x, y): Spot, marker: Marker, radius: f64, color: Color) {
        let solid = Paint::fill(color, 1.0).outlined(Color::Surface, 1.2);
        let key = self.index(solid);
        if self.detail.grid.is_some() && !self.cover.reaches(key, &[(x, y)]) {
            return;
        }
        let mut shape = |corners: &[Spot]| {
            let ring = corners
                .iter()
                .map(|&(dx, dy)| (x + dx * radius, y + dy * radius))
                .collect();
            self.shape(&[ring], solid);
        };
        match marker {
            Marker::Circle => self.circle((x, y), radius, solid),
            Marker::Triangle => shape(&[(0.0, -1.3), (1.15, 0.8), (-1.15, 0.8)]),
            Marker::Square => {
                shape(&[(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)])
            }
            Marker::Diamond => shape(&[(0.0, -1.3), (1.3, 0.0), (0.0, 1.3), (-1.3, 0.0)]),
            Marker::Ring => {
                self.circle(
                    (x, y),
                    radius,
                    Paint::fill(Color::Surface, 1.0).outlined(color, 1.8),
                );
            }
            Marker::Cross => {
                let reach = 0.85 * radius;
                self.line(
                    (x - reach, y - reach),
                    (x + reach, y + reach),
                    Paint::stroke(color, 2.2),
                );
                self.line(
                    (x - reach, y + reach),
                    (x + reach, y - reach),
                    Paint::stroke(color, 2.2),
                );
            }
        }
    }

    /// An arrow's head whose tip is at `to`, seen from `from`.
    pub fn arrow_head(&mut self, from: Spot, to: Spot, size: f64, color: Color) {
        let (dx, dy) = (to.0 - from.0, to.1 - from.1);
        let length = (dx * dx + dy * dy).sqrt();
        if length > 0.0 {
            let (ux, uy) = (dx / length * size, dy / length * size);
            let corner =
                |side: f64| (to.0 - ux - side * 0.42 * uy, to.1 - uy + side * 0.42 * ux);
            self.shape(&[vec![to, corner(1.0), corner(-1.0)]], Paint::fill(color, 1.0));
        }
    }

    /// The number of a paint.
    fn index(&mut self, paint: Paint) -> usize {
        self.paints.iter().position(|known| *known == paint).unwrap_or_else(|| {
            self.paints.push(paint);
            self.paints.len() - 1
        })
    }

    fn key(&mut self, paint: Paint) -> RGBColor {
        let index = self.index(paint);
        RGBColor((index >> 16) as u8, (index >> 8) as u8, index as u8)
    }

    fn style(&mut self, paint: Paint) -> ShapeStyle {
        ShapeStyle {
            color: self.key(paint).to_rgba(),
            filled: paint.fill.is_some(),
            stroke_width: 1,
        }
    }
}

/// Where a text begins that is aligned at `x`.
pub(crate) fn text_start(x: f64, width: f64, align: Align) -> f64 {
    match align {
        Align::Start => x,
        Align::Middle => x - width / 2.0,
        Align::End => x - width,
    }
}

fn pixel((x, y): Spot) -> (i32, i32) {
    ((x * SCALE).round() as i32, (y * SCALE).round() as i32)
}
