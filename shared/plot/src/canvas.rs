//! What marks draw on: shapes in figure units, of which it passes on to plotters what can be seen.

use plotters_backend::DrawingBackend;

use crate::{
    Color, Frame, Marker, Paint, Scale, Spot,
    cover::Cover,
    polyline,
    svg::{self, Document, SCALE},
    text,
};

pub struct Canvas {
    document: Document,
    cover: Cover,
    detail: Detail,
}

/// How much of what it gets a canvas draws.
#[derive(Debug, Clone, Copy)]
pub struct Detail {
    /// How far, in units, a thinned line may lie from the true one.
    pub tolerance: f64,
    /// The side, in units, of the cells of a grid: what reaches none that a shape of the same paint has not reached before
    /// is left out. With cells of size 0, all is drawn.
    pub cell: f64,
    /// The size of the file, in bytes, that it must stay below.
    pub most: usize,
}

/// The least bytes that a place on a line takes.
const PLACE: usize = 4;

const WRITES_TO_MEMORY: &str = "the document is text in memory, which cannot fail";

impl Canvas {
    pub fn new(size: (f64, f64), detail: Detail) -> Self {
        let document = Document::new(size, detail.most);
        Self { document, cover: Cover::new(size, detail.cell), detail }
    }

    /// The shapes as compact SVG markup, without the `<svg>` around it.
    pub fn markup(&self) -> String {
        self.document.markup()
    }

    /// Whether nothing more need be drawn, as the markup is too long already.
    pub fn is_full(&self) -> bool {
        self.document.room() == 0
    }

    /// A line through the places, thinned as far as nobody can see it.
    pub fn polyline(&mut self, points: &[Spot], paint: Paint) {
        let (cell, key) = (self.detail.cell, self.document.number(paint));
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
        if points.len() > 1 {
            let color = self.document.color(paint);
            self.document.draw_path(points, &color).expect(WRITES_TO_MEMORY);
        }
    }

    /// The places in pixels, or as many of them as there is room for.
    fn thinned(&self, points: &[Spot]) -> Vec<(i32, i32)> {
        let mut kept = Vec::new();
        for piece in polyline::thin(points, self.detail.tolerance) {
            if PLACE * kept.len() > self.document.room() {
                break;
            }
            kept.extend(piece.into_iter().map(pixel));
            kept.dedup();
        }
        kept
    }

    pub fn line(&mut self, from: Spot, to: Spot, paint: Paint) {
        let color = self.document.color(paint);
        self.document.draw_line(pixel(from), pixel(to), &color).expect(WRITES_TO_MEMORY);
    }

    /// A filled shape. The rings after the first are holes.
    pub fn polygon(&mut self, rings: &[Vec<Spot>], paint: Paint) {
        let key = self.document.number(paint);
        let few = |ring: &Vec<Spot>| polyline::extremes(ring, 2 * self.cover.columns);
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
        if !outline.is_empty() {
            outline.dedup();
            outline.pop();
            let color = self.document.color(paint);
            self.document.fill_polygon(outline, &color).expect(WRITES_TO_MEMORY);
        }
    }

    /// A rectangle that may lie over others of its paint.
    pub fn bar(&mut self, a: Spot, b: Spot, paint: Paint) {
        let key = self.document.number(paint);
        if self.cover.reaches(key, &[a, (a.0, b.1), b, (b.0, a.1)]) {
            self.rectangle(a, b, paint);
        }
    }

    /// Rectangles of one paint that follow each other are joined into one shape: they must not overlap.
    pub fn rectangle(&mut self, a: Spot, b: Spot, paint: Paint) {
        let low = pixel((a.0.min(b.0), a.1.min(b.1)));
        let high = pixel((a.0.max(b.0), a.1.max(b.1)));
        let color = self.document.color(paint);
        self.document.draw_rect(low, high, &color, true).expect(WRITES_TO_MEMORY);
    }

    pub fn circle(&mut self, centre: Spot, radius: f64, paint: Paint) {
        let radius = (radius * SCALE).round() as u32;
        let color = self.document.color(paint);
        let drawn = self.document.draw_circle(pixel(centre), radius, &color, true);
        drawn.expect(WRITES_TO_MEMORY);
    }

    /// Text whose baseline starts, is centred or ends at the place, as the paint says. Lines are broken at `\n`.
    pub fn text(&mut self, (x, y): Spot, words: &str, paint: Paint) {
        let size = paint.size();
        for (i, line) in words.lines().enumerate() {
            if !line.trim().is_empty() {
                let at = pixel((x, y + i as f64 * text::LEADING * size));
                self.document.text(at, line, paint);
            }
        }
    }

    /// Text of one or more lines, centred on the place in height.
    pub fn centred_text(&mut self, (x, y): Spot, words: &str, paint: Paint) {
        let size = paint.size();
        let rise = text::LEADING * size * (words.lines().count().max(1) - 1) as f64 / 2.0;
        self.text((x, y - rise + text::HALF_CAPITAL * size), words, paint);
    }

    /// Says in the markup where a panel lies and what it shows: see [`Panel::grip`](crate::Panel::grip).
    pub fn grip(&mut self, name: &str, frame: &Frame) {
        assert!(
            !frame.x.log && !frame.y.log,
            "a grip needs linear axes, but one is logarithmic"
        );
        let ends = |scale: &Scale| match scale.reversed {
            true => (scale.range.high, scale.range.low),
            false => (scale.range.low, scale.range.high),
        };
        let ((left, right), (bottom, top)) = (ends(&frame.x), ends(&frame.y));
        let (corner, end) =
            (pixel((frame.left, frame.top)), pixel((frame.right(), frame.bottom())));
        self.document.note(format!(
            "<g data-grip=\"{}\" data-from=\"{} {} {left} {top}\" data-to=\"{} {} {right} {bottom}\"/>",
            svg::escape(name),
            corner.0,
            corner.1,
            end.0,
            end.1,
        ));
    }

    /// A patch of the surface for words that interrupt a line.
    pub fn patch(&mut self, (x, y): Spot, words: &str) {
        if !words.is_empty() {
            let wide = text::width(words) / 2.0 + 2.0;
            let high = (0.6 * words.lines().count() as f64 - 0.1) * text::SIZE;
            let paint = Paint::fill(Color::Surface, 1.0);
            self.rectangle((x - wide, y - high), (x + wide, y + high), paint);
        }
    }

    /// A marker with a rim in the surface colour, so that neighbours stay apart.
    pub fn marker(&mut self, (x, y): Spot, marker: Marker, radius: f64, color: Color) {
        let solid = Paint::fill(color, 1.0).outlined(Color::Surface, 1.2);
        let key = self.document.number(solid);
        if !self.cover.reaches(key, &[(x, y)]) {
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
                for up in [reach, -reach] {
                    let ends = ((x - reach, y - up), (x + reach, y + up));
                    self.line(ends.0, ends.1, Paint::stroke(color, 2.2));
                }
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
}

fn pixel((x, y): Spot) -> (i32, i32) {
    ((x * SCALE).round() as i32, (y * SCALE).round() as i32)
}
