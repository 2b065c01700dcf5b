//! The bridge to plotters: shapes go in, in figure units; what plotters' SVG backend makes of them is rewritten by [`svg`](crate::svg).
//!
//! plotters rounds to whole pixels, so its canvas is ten times larger than the figure. And it knows no
//! CSS variables, dashes or halos, so it gets as "colour" the number of a [`Paint`], and the rewriting puts the paint there.

use plotters::backend::{DrawingBackend, SVGBackend};
use plotters::style::{Color as _, RGBColor, ShapeStyle, TextStyle};

use crate::color::{Color, Marker};
use crate::paint::{Align, Paint};
use crate::polyline::{self, Spot};
use crate::svg::{self, SCALE};
use crate::text;

pub struct Canvas<'a> {
    backend: SVGBackend<'a>,
    paints: Vec<Paint>,
    /// How far, in units, a thinned line may lie from the true one.
    tolerance: f64,
}

/// Draws on a canvas of this size and returns the shapes as compact SVG markup, without the `<svg>` around it.
pub(crate) fn draw(
    size: (f64, f64),
    tolerance: f64,
    drawing: impl FnOnce(&mut Canvas<'_>),
) -> String {
    let mut raw = String::new();
    let pixels = ((size.0 * SCALE) as u32, (size.1 * SCALE) as u32);
    let paints = {
        let backend = SVGBackend::with_string(&mut raw, pixels);
        let mut canvas = Canvas { backend, paints: Vec::new(), tolerance };
        drawing(&mut canvas);
        canvas.backend.present().expect(WRITES_TO_MEMORY);
        canvas.paints
    };
    svg::rewrite(&raw, &paints)
}

const WRITES_TO_MEMORY: &str =
    "plotters' SVG backend writes into a string, which cannot fail";

impl Canvas<'_> {
    /// A line through the places, thinned as far as nobody can see it.
    pub fn polyline(&mut self, points: &[Spot], paint: Paint) {
        let points = pixels(&polyline::thin(points, self.tolerance));
        if points.len() > 1 {
            let style = self.style(paint);
            self.backend.draw_path(points, &style).expect(WRITES_TO_MEMORY);
        }
    }

    pub fn line(&mut self, from: Spot, to: Spot, paint: Paint) {
        let style = self.style(paint);
        self.backend.draw_line(pixel(from), pixel(to), &style).expect(WRITES_TO_MEMORY);
    }

    /// A filled shape. The rings after the first are holes.
    ///
    /// plotters has no holes: one ring leads to the next and back along the same way, which encloses nothing.
    pub fn polygon(&mut self, rings: &[Vec<Spot>], paint: Paint) {
        let mut outline = Vec::new();
        for ring in rings {
            let mut ring = pixels(&polyline::thin(ring, self.tolerance));
            ring.dedup();
            if ring.len() > 2 {
                ring.push(ring[0]);
                outline.extend(ring);
                let start = outline[0];
                outline.push(start);
            }
        }
        if !outline.is_empty() {
            outline.dedup();
            outline.pop();
            let style = self.style(paint);
            self.backend.fill_polygon(outline, &style).expect(WRITES_TO_MEMORY);
        }
    }

    /// Rectangles of one paint that follow each other are joined into one shape: they must not overlap.
    pub fn rectangle(&mut self, (left, top): Spot, (right, bottom): Spot, paint: Paint) {
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
        let mut shape = |corners: &[Spot]| {
            let ring = corners
                .iter()
                .map(|&(dx, dy)| (x + dx * radius, y + dy * radius))
                .collect();
            self.polygon(&[ring], solid);
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
            self.polygon(&[vec![to, corner(1.0), corner(-1.0)]], Paint::fill(color, 1.0));
        }
    }

    fn key(&mut self, paint: Paint) -> RGBColor {
        let index =
            self.paints.iter().position(|known| *known == paint).unwrap_or_else(|| {
                self.paints.push(paint);
                self.paints.len() - 1
            });
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

fn pixels(points: &[Spot]) -> Vec<(i32, i32)> {
    let mut pixels: Vec<_> = points.iter().map(|&point| pixel(point)).collect();
    pixels.dedup();
    pixels
}
