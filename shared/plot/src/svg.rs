//! Rewrites what plotters' SVG backend wrote: paints instead of numbered colours, relative coordinates, groups instead of repetition.
//!
//! plotters writes one tag per line, and a text's words on a line of their own.

use crate::paint::Paint;

/// Canvas pixels per figure unit.
pub(crate) const SCALE: f64 = 10.0;

/// One shape, and the number of its paint.
struct Piece {
    paint: usize,
    shape: Shape,
}

enum Shape {
    /// Path data. Straight lines and rectangles of one paint may be joined into one path.
    Path { data: String, joins: bool },
    /// An element that is complete but for its paint: its name, then attributes and what follows them.
    Element { name: &'static str, rest: String },
}

/// The shapes of plotters' document as markup in which a run of paints that differ in opacity at most shares a group.
pub(crate) fn rewrite(raw: &str, paints: &[Paint]) -> String {
    let looks: Vec<_> =
        paints.iter().map(|paint| (paint.attributes(SCALE), paint.opacity())).collect();
    let mut out = String::new();
    for run in pieces(raw).chunk_by(|a, b| looks[a.paint].0 == looks[b.paint].0) {
        let (attributes, opacity) = &looks[run[0].paint];
        if let [piece] = run {
            write(&mut out, &piece.shape, &format!("{attributes}{opacity}"));
        } else {
            out.push_str(&format!("<g{attributes}>\n"));
            run.iter()
                .for_each(|piece| write(&mut out, &piece.shape, &looks[piece.paint].1));
            out.push_str("</g>\n");
        }
    }
    out
}

fn write(out: &mut String, shape: &Shape, attributes: &str) {
    match shape {
        Shape::Path { data, .. } => {
            out.push_str(&format!("<path{attributes} d=\"{data}\"/>\n"))
        }
        Shape::Element { name, rest } => {
            out.push_str(&format!("<{name}{attributes}{rest}\n"))
        }
    }
}

fn pieces(raw: &str) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut lines = raw.lines();
    while let Some(tag) = lines.next() {
        let Some(piece) = piece(tag, &mut lines) else { continue };
        match (pieces.last_mut(), &piece.shape) {
            (
                Some(Piece { paint, shape: Shape::Path { data, joins: true } }),
                Shape::Path { data: more, joins: true },
            ) if *paint == piece.paint => data.push_str(more),
            _ => pieces.push(piece),
        }
    }
    pieces
}

/// The piece that a tag of plotters stands for; none for the document's own opening and closing tag.
fn piece<'a>(tag: &str, rest: &mut impl Iterator<Item = &'a str>) -> Option<Piece> {
    let name = tag.trim_start_matches('<').split([' ', '>']).next()?;
    let number = |attribute: &str| {
        get(tag, attribute).and_then(|value| value.parse::<i32>().ok()).unwrap_or(0)
    };
    let shape = match name {
        "line" => {
            let points = [(number("x1"), number("y1")), (number("x2"), number("y2"))];
            Shape::Path { data: data(&points), joins: true }
        }
        "rect" => {
            let (x, y, width, height) =
                (number("x"), number("y"), number("width"), number("height"));
            Shape::Path {
                data: format!("M{x} {y}h{width}v{height}h{}z", -width),
                joins: true,
            }
        }
        "polyline" => Shape::Path { data: data(&points(tag)), joins: false },
        "polygon" => Shape::Path { data: data(&points(tag)) + "z", joins: false },
        "circle" => {
            let (x, y, r) = (number("cx"), number("cy"), number("r"));
            Shape::Element {
                name: "circle",
                rest: format!(" cx=\"{x}\" cy=\"{y}\" r=\"{r}\"/>"),
            }
        }
        "text" => {
            let words = rest.next().unwrap_or_default();
            let at = format!(" x=\"{}\" y=\"{}\"", number("x"), number("y"));
            Shape::Element { name: "text", rest: format!("{at}>{words}</text>") }
        }
        _ => return None,
    };
    // Of fill and stroke one is "none", the other the number of the paint.
    let paint = ["fill", "stroke"]
        .iter()
        .find_map(|attribute| get(tag, attribute)?.strip_prefix('#'));
    let paint = paint
        .and_then(|hex| usize::from_str_radix(hex, 16).ok())
        .expect("plotters writes colours as #RRGGBB");
    Some(Piece { paint, shape })
}

fn get<'a>(tag: &'a str, attribute: &str) -> Option<&'a str> {
    let start = tag.find(&format!(" {attribute}=\""))? + attribute.len() + 3;
    tag[start..].split('"').next()
}

fn points(tag: &str) -> Vec<(i32, i32)> {
    let pairs = get(tag, "points").unwrap_or_default().split_ascii_whitespace();
    pairs
        .filter_map(|pair| pair.split_once(','))
        .filter_map(|(x, y)| Some((x.parse().ok()?, y.parse().ok()?)))
        .collect()
}

/// Path data with steps instead of places, and a space only where a minus sign does not part two numbers.
fn data(points: &[(i32, i32)]) -> String {
    let mut out = format!("M{} {}l", points[0].0, points[0].1);
    for pair in points.windows(2) {
        for step in [pair[1].0 - pair[0].0, pair[1].1 - pair[0].1] {
            if step >= 0 && !out.ends_with('l') {
                out.push(' ');
            }
            out.push_str(&step.to_string());
        }
    }
    out
}

/// Text for use in markup: what XML gives a meaning is escaped; what it forbids, and every kind of white space, becomes a space.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::new();
    for character in plain(text).chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            other => out.push(other),
        }
    }
    out
}

/// Text without control characters, which XML cannot hold; line breaks stay out as well.
pub(crate) fn plain(text: &str) -> String {
    text.chars()
        .map(|c| {
            if c.is_control()
                || matches!(c, '\u{2028}' | '\u{2029}' | '\u{fffe}' | '\u{ffff}')
            {
                ' '
            } else {
                c
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::color::Color;

    #[test]
    fn numbers_are_parted_by_a_space_or_by_their_sign() {
        assert_eq!(data(&[(10, 20), (15, 18), (5, 30)]), "M10 20l5-2-10 12");
    }

    #[test]
    fn shapes_of_one_paint_share_a_group() {
        let raw = "<svg>\n<circle cx=\"1\" cy=\"2\" r=\"3\" opacity=\"1\" fill=\"#000000\" stroke=\"none\"/>\n\
            <circle cx=\"4\" cy=\"5\" r=\"6\" opacity=\"1\" fill=\"#000000\" stroke=\"none\"/>\n</svg>\n";
        let svg = rewrite(raw, &[Paint::fill(Color::Blue, 1.0)]);
        assert_eq!(svg.matches("var(--plot-blue,#0072b2)").count(), 1);
        assert_eq!(svg.matches("<circle").count(), 2);
    }

    #[test]
    fn rectangles_of_one_paint_become_one_path() {
        let rect = "<rect x=\"1\" y=\"2\" width=\"3\" height=\"4\" opacity=\"1\" fill=\"#000000\" stroke=\"none\"/>\n";
        let svg = rewrite(&rect.repeat(2), &[Paint::fill(Color::Blue, 1.0)]);
        assert!(svg.contains("d=\"M1 2h3v4h-3zM1 2h3v4h-3z\""), "{svg}");
    }
}
