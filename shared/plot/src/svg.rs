//! The SVG text of a figure, written by a back end of plotters in the house style: CSS variables for colours, relative
//! coordinates, groups instead of repetition.
//!
//! plotters knows of a shape its colour and its width; a [`Paint`] says more. So a colour is the number of a paint here,
//! as in a picture with a palette.

use std::convert::Infallible;

use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, DrawingBackend, DrawingErrorKind,
};

use crate::Paint;

/// Canvas pixels per figure unit, as plotters rounds to whole pixels.
pub(crate) const SCALE: f64 = 10.0;

/// What is drawn, in order.
pub(crate) struct Document {
    size: (u32, u32),
    paints: Vec<Paint>,
    pieces: Vec<Piece>,
    /// What a page's scripts want to know, and nobody sees.
    notes: Vec<String>,
    /// For how many bytes there is room; nothing is added to a document that has none.
    room: usize,
}

/// An element: its name, and what follows the attributes of its paint.
struct Piece {
    paint: usize,
    name: &'static str,
    body: String,
    end: &'static str,
    /// Lines and rectangles of one paint may share a path.
    joins: bool,
}

type Drawn = Result<(), DrawingErrorKind<Infallible>>;

impl Document {
    pub fn new(size: (f64, f64), room: usize) -> Self {
        let size = ((size.0 * SCALE) as u32, (size.1 * SCALE) as u32);
        Self { size, paints: Vec::new(), pieces: Vec::new(), notes: Vec::new(), room }
    }

    pub fn room(&self) -> usize {
        self.room
    }

    /// The number of a paint.
    pub fn number(&mut self, paint: Paint) -> usize {
        self.paints.iter().position(|known| *known == paint).unwrap_or_else(|| {
            self.paints.push(paint);
            self.paints.len() - 1
        })
    }

    /// A paint as plotters' colour.
    pub fn color(&mut self, paint: Paint) -> BackendColor {
        let [_, red, green, blue] = (self.number(paint) as u32).to_be_bytes();
        BackendColor { alpha: 1.0, rgb: (red, green, blue) }
    }

    /// A line of text. plotters would lay it out in a font, and none is at hand.
    pub fn text(&mut self, (x, y): BackendCoord, words: &str, paint: Paint) {
        let words = escape(words).replace('\'', "&apos;");
        let (paint, body) = (self.number(paint), format!(" x=\"{x}\" y=\"{y}\">{words}"));
        self.add(Piece { paint, name: "text", body, end: "</text>", joins: false });
    }

    /// Markup without a shape.
    pub fn note(&mut self, markup: String) {
        self.notes.push(markup);
    }

    fn path(&mut self, style: &impl BackendStyle, data: &str, joins: bool) -> Drawn {
        let (paint, body) = (number(style), format!(" d=\"{data}"));
        match self.pieces.last_mut() {
            Some(last) if joins && last.joins && last.paint == paint => {
                self.room = self.room.saturating_sub(data.len());
                last.body.push_str(data);
            }
            _ => self.add(Piece { paint, name: "path", body, end: "\"/>", joins }),
        }
        Ok(())
    }

    fn add(&mut self, piece: Piece) {
        if self.room > 0 {
            self.room = self.room.saturating_sub(piece.body.len());
            self.pieces.push(piece);
        }
    }

    /// The shapes as markup, in which a run of paints that differ in opacity at most shares a group.
    pub fn markup(&self) -> String {
        let looks = |piece: &Piece| self.paints[piece.paint].attributes();
        let mut out = String::new();
        for run in self.pieces.chunk_by(|a, b| looks(a) == looks(b)) {
            let look = looks(&run[0]);
            let (opening, own, closing) = match run.len() {
                1 => (String::new(), &*look, ""),
                _ => (format!("<g{look}>\n"), "", "</g>\n"),
            };
            out += &opening;
            for Piece { paint, name, body, end, .. } in run {
                let opacity = self.paints[*paint].opacity();
                out += &format!("<{name}{own}{opacity}{body}{end}\n");
            }
            out += closing;
        }
        for note in &self.notes {
            out += note;
            out.push('\n');
        }
        out
    }
}

impl DrawingBackend for Document {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        Ok(())
    }

    fn draw_pixel(&mut self, (x, y): BackendCoord, color: BackendColor) -> Drawn {
        self.draw_rect((x, y), (x + 1, y + 1), &color, true)
    }

    fn draw_line<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
    ) -> Drawn {
        self.path(style, &data([from, to]), true)
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        (left, top): BackendCoord,
        (right, bottom): BackendCoord,
        style: &S,
        _fill: bool,
    ) -> Drawn {
        let (wide, high) = (right - left, bottom - top);
        self.path(style, &format!("M{left} {top}h{wide}v{high}h{}z", -wide), true)
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Drawn {
        self.path(style, &data(path), false)
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        vertices: I,
        style: &S,
    ) -> Drawn {
        self.path(style, &(data(vertices) + "z"), false)
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        (x, y): BackendCoord,
        radius: u32,
        style: &S,
        _fill: bool,
    ) -> Drawn {
        let body = format!(" cx=\"{x}\" cy=\"{y}\" r=\"{radius}\"");
        let paint = number(style);
        self.add(Piece { paint, name: "circle", body, end: "/>", joins: false });
        Ok(())
    }
}

fn number(style: &impl BackendStyle) -> usize {
    let (red, green, blue) = style.color().rgb;
    u32::from_be_bytes([0, red, green, blue]) as usize
}

/// Path data with steps instead of places, and a space only where a minus sign does not part two numbers.
fn data(places: impl IntoIterator<Item = BackendCoord>) -> String {
    let places: Vec<_> = places.into_iter().collect();
    let Some((x, y)) = places.first() else { return String::new() };
    let mut out = format!("M{x} {y}l");
    for pair in places.windows(2) {
        for step in [pair[1].0 - pair[0].0, pair[1].1 - pair[0].1] {
            if step >= 0 && !out.ends_with('l') {
                out.push(' ');
            }
            out += &step.to_string();
        }
    }
    out
}

/// Text for use in markup: what XML gives a meaning is escaped; what it forbids, and every kind of white space, becomes a space.
pub(crate) fn escape(text: &str) -> String {
    let forbidden = |c: char| {
        c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{fffe}' | '\u{ffff}')
    };
    let plain = text.replace(forbidden, " ").replace('&', "&amp;");
    plain.replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::color::Color;

    fn drawn(draw: impl Fn(&mut Document, &BackendColor) -> Drawn) -> String {
        let mut document = Document::new((10.0, 10.0), 1_000);
        let color = document.color(Paint::fill(Color::Blue, 1.0));
        draw(&mut document, &color).unwrap();
        draw(&mut document, &color).unwrap();
        document.markup()
    }

    #[test]
    fn numbers_are_parted_by_a_space_or_by_their_sign() {
        assert_eq!(data([(10, 20), (15, 18), (5, 30)]), "M10 20l5-2-10 12");
    }

    #[test]
    fn shapes_of_one_paint_share_a_group() {
        let svg = drawn(|document, color| document.draw_circle((1, 2), 3, color, true));
        assert_eq!(svg.matches("var(--plot-blue,#0072b2)").count(), 1);
        assert_eq!(svg.matches("<circle").count(), 2);
    }

    #[test]
    fn rectangles_of_one_paint_become_one_path() {
        let svg =
            drawn(|document, color| document.draw_rect((1, 2), (4, 6), color, true));
        assert!(svg.contains("d=\"M1 2h3v4h-3zM1 2h3v4h-3z\""), "{svg}");
    }
}
