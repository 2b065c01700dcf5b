//! No lettering of a figure runs over other lettering or out of the figure, whatever is named and however long the names are.

use plot::{
    Align, Axis, Bars, Diagram, Field, Figure, HeatMap, Line, Node, Note, Panel, Picture,
    Points, Regions, Rule, Wire,
};
use roxmltree::Node as Element;

/// A line of text: its words, and the left, top, right and bottom end of its letters, in figure units.
#[derive(Debug, Clone)]
struct Written {
    words: String,
    left: f64,
    top: f64,
    right: f64,
    bottom: f64,
}

impl Written {
    fn overlaps(&self, other: &Self) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }
}

/// The width in Helvetica, rounded up.
fn width(words: &str, size: f64) -> f64 {
    let em = |letter: char| match letter {
        'i' | 'j' | 'l' => 0.23,
        ' ' | 'f' | 't' | '.' | ',' | ':' | '/' | '·' => 0.28,
        'r' | '(' | ')' | '-' => 0.34,
        '₀'..='₉' | '⁰'..='⁹' | '¹' | '²' | '³' | '⁻' => 0.37,
        'c' | 'k' | 's' | 'v' | 'x' | 'y' | 'z' => 0.50,
        'I' => 0.28,
        'J' => 0.50,
        'L' => 0.56,
        'F' | 'T' | 'Z' => 0.62,
        'A' | 'B' | 'E' | 'K' | 'P' | 'S' | 'V' | 'X' | 'Y' => 0.67,
        'C' | 'D' | 'H' | 'N' | 'R' | 'U' | 'w' => 0.73,
        'G' | 'O' | 'Q' => 0.78,
        'm' | 'M' => 0.84,
        '%' => 0.89,
        'W' => 0.95,
        '…' | '—' | '→' => 1.0,
        '@' => 1.02,
        _ => 0.59,
    };
    words.chars().map(em).sum::<f64>() * size
}

fn inherited<'a>(element: Element<'a, '_>, name: &str) -> Option<&'a str> {
    element.ancestors().find_map(|node| node.attribute(name))
}

/// All lines of text of a figure, its width and its height.
fn written(svg: &str) -> (Vec<Written>, f64, f64) {
    let document = roxmltree::Document::parse(svg).unwrap();
    let number = |text: Option<&str>| text.unwrap().parse::<f64>().unwrap() / 10.0;
    let lines = document.descendants().filter(|node| node.has_tag_name("text"));
    let lines = lines.map(|node| {
        let words = node.text().unwrap_or_default().to_owned();
        let (x, y) = (number(node.attribute("x")), number(node.attribute("y")));
        let size = number(inherited(node, "font-size"));
        let wide = width(&words, size);
        let left = match inherited(node, "text-anchor") {
            Some("middle") => x - wide / 2.0,
            Some("end") => x - wide,
            _ => x,
        };
        let (top, bottom) = (y - 0.72 * size, y + 0.2 * size);
        Written { words, left, top, right: left + wide, bottom }
    });
    let view = document.root_element().attribute("viewBox").unwrap();
    let [width, height] = [2, 3].map(|i| number(view.split(' ').nth(i)));
    (lines.collect(), width, height)
}

/// Panics if a line is clipped or runs over another; else gives all words in reading order of the markup.
#[track_caller]
fn assert_readable(figure: &Figure) -> String {
    let svg = figure.svg();
    let (lines, width, height) = written(&svg);
    for (i, line) in lines.iter().enumerate() {
        assert!(
            line.left >= 0.0
                && line.top >= 0.0
                && line.right <= width
                && line.bottom <= height,
            "clipped: {line:?}"
        );
        for other in &lines[..i] {
            assert!(!line.overlaps(other), "{line:?} runs over {other:?}");
        }
    }
    lines.into_iter().map(|line| line.words).collect()
}

/// Five names of 36 letters, with spaces or without.
fn names(spaces: bool) -> [String; 5] {
    ["first", "second", "third", "fourth", "fifth"].map(|name| {
        let words = format!("{name} of the five names given to a thing here");
        let words = if spaces { words } else { words.replace(' ', "") };
        words.chars().take(30).collect()
    })
}

fn one(panel: Panel) -> Figure {
    Figure::new("Names", "Long ones.").panel(panel)
}

fn letters(text: &str) -> String {
    text.replace(char::is_whitespace, "")
}

#[track_caller]
fn assert_all_there(figure: &Figure, names: &[String]) {
    let found = letters(&assert_readable(figure));
    for name in names {
        assert!(found.contains(&letters(name)), "{name} is not in {found}");
    }
}

fn bars(names: &[String], side_by_side: usize) -> Figure {
    let heights = || (1..=names.len()).map(|i| i as f64);
    let panel = || {
        Panel::new()
            .x(Axis::new("what it is").categories(names))
            .y(Axis::new("how much").range(0.0..=names.len() as f64))
            .draw(Bars::new(heights()))
    };
    (0..side_by_side).fold(Figure::new("Names", "Long ones."), |f, _| f.panel(panel()))
}

#[test]
fn names_of_bars_are_wrapped() {
    for spaces in [true, false] {
        for side_by_side in [1, 2, 3] {
            assert_all_there(&bars(&names(spaces), side_by_side), &names(spaces));
        }
    }
    let many: Vec<String> = (0..100).map(|i| format!("a name, no. {i}")).collect();
    assert_readable(&bars(&many, 1));
}

#[test]
fn names_of_rows_are_wrapped() {
    for spaces in [true, false] {
        let rows = |equal: bool| {
            let panel = Panel::new()
                .x(Axis::new("").categories(["a", "b"]))
                .y(Axis::new("").categories(names(spaces)))
                .draw(HeatMap::new(2, (0..10).map(f64::from)).numbers(2));
            one(if equal { panel.equal() } else { panel })
        };
        assert_all_there(&rows(false), &names(spaces));
        assert_readable(&rows(true));
    }
    let many = (0..60).map(|i| format!("the row with the number {i}"));
    let map = HeatMap::new(2, (0..120).map(f64::from)).numbers(0);
    assert_readable(&one(Panel::new().y(Axis::new("").categories(many)).draw(map)));
}

#[test]
fn ends_of_lines_are_wrapped() {
    for spaces in [true, false] {
        for side_by_side in [1, 2, 3] {
            let panel = |at: fn(f64) -> f64| {
                let lines = (0..5).zip(names(spaces)).map(|(i, name)| {
                    Line::new([(0.0, 0.0), (1.0, at(f64::from(i)))]).label(name)
                });
                lines.fold(Panel::new().y(Axis::new("y")), Panel::draw)
            };
            for at in [|i: f64| i, |_| 1.0, |i: f64| -i] {
                let figure = (0..side_by_side)
                    .fold(Figure::new("Names", ""), |figure, _| figure.panel(panel(at)));
                assert_all_there(&figure, &names(spaces));
            }
        }
    }
    let crowd =
        (0..40).map(|i| Line::new([(0.0, 0.0), (1.0, 1.0)]).label(format!("line {i}")));
    assert_readable(&one(crowd.fold(Panel::new().equal(), Panel::draw)));
    let crowd =
        (0..40).map(|i| Line::new([(0.0, 0.0), (1.0, 1.0)]).label(format!("line {i}")));
    assert_readable(&one(crowd.fold(Panel::new(), Panel::draw)));
}

#[test]
fn lines_that_end_inside_are_named_beside_or_from_afar() {
    let lines = names(true).map(|name| Line::new([(0.0, 0.0), (1.0, 1.0)]).label(name));
    let axis = || Axis::new("").range(0.0..=2.0);
    let panel = lines.into_iter().fold(Panel::new().x(axis()).y(axis()), Panel::draw);
    assert_all_there(&one(panel), &names(true));
}

#[test]
fn keys_headings_and_names_of_axes_are_wrapped() {
    for spaces in [true, false] {
        for side_by_side in [1, 2, 3, 6] {
            let panel = |bare: bool| {
                let long = names(spaces).concat();
                let panel = Panel::new()
                    .heading(&long)
                    .x(Axis::new(&long))
                    .y(Axis::new(&long).range(0.0..=1.0));
                let points = names(spaces)
                    .map(|name| Points::new([(0.0, 0.0), (1.0, 1.0)]).label(name));
                let panel = points.into_iter().fold(panel, Panel::draw);
                if bare { panel.bare() } else { panel }
            };
            for bare in [true, false] {
                let figure = (0..side_by_side)
                    .fold(Figure::new("Names", "").columns(side_by_side), |figure, _| {
                        figure.panel(panel(bare))
                    });
                assert_all_there(&figure, &names(spaces));
            }
        }
    }
    let field = Field::sample(0.0..=1.0, 0.0..=1.0, |x, y| x - y);
    let regions = Panel::new().draw(Regions::split(&field, 0.0));
    let [a, ..] = names(true);
    assert_all_there(&one(regions.draw(Points::new([(0.5, 0.5)]).label(&a))), &[a]);
    let picture = Picture::new(8, [0.5; 64]);
    let pictures = (0..6).fold(Figure::new("", "").columns(6), |figure, _| {
        figure.panel(Panel::picture(picture.clone()).heading("a rather long heading"))
    });
    assert_readable(&pictures);
}

#[test]
fn wide_letters_are_given_their_width() {
    for letter in ('A'..='Z').chain("amw%@…—→".chars()) {
        for (spaces, side_by_side) in [(true, 1), (true, 2), (false, 1), (false, 2)] {
            let word = letter.to_string().repeat(if spaces { 6 } else { 36 });
            let name = if spaces { [word.as_str(); 6].join(" ") } else { word };
            let panel = || {
                let points = [(0.0, 0.0), (1.0, 1.0)];
                Panel::new()
                    .heading(&name)
                    .x(Axis::new(name.repeat(2)))
                    .y(Axis::new(&name))
                    .draw(Points::new(points).label(&name))
                    .draw(Points::new(points).label(&name))
                    .draw(Line::new(points).label(&name))
            };
            let figure = (0..side_by_side)
                .fold(Figure::new("Wide", ""), |figure, _| figure.panel(panel()));
            assert_all_there(&figure, std::slice::from_ref(&name));
        }
    }
}

#[test]
fn names_of_points_keep_apart() {
    let places = (0..5).map(|i| (1.0, 1.0 + 0.01 * f64::from(i)));
    let points = Points::new(places).names(names(true));
    assert_all_there(&one(Panel::new().draw(points)), &names(true));
    let places = (0..2_000).map(|i| (f64::from(i % 7), f64::from(i % 11)));
    let crowd = Points::new(places).names((0..2_000).map(|i| format!("point {i}")));
    assert_readable(&one(Panel::new().draw(crowd)));
}

#[test]
fn labels_of_rules_and_notes_keep_apart() {
    let axis = || Axis::new("").range(0.0..=10.0);
    let panel = || Panel::new().x(axis()).y(axis());
    for at in [0.0, 5.0, 9.9] {
        let rules = || names(true).into_iter().enumerate();
        let lying =
            rules().map(|(i, name)| Rule::horizontal(at + 0.02 * i as f64).label(name));
        assert_all_there(&one(lying.fold(panel(), Panel::draw)), &names(true));
        let standing =
            rules().map(|(i, name)| Rule::vertical(at + 0.02 * i as f64).label(name));
        assert_all_there(&one(standing.fold(panel(), Panel::draw)), &names(true));
        for align in [Align::Start, Align::Middle, Align::End] {
            let notes = rules().map(|(_, name)| {
                Note::new((at, at), name).align(align).points_at((5.0, 5.0))
            });
            assert_all_there(&one(notes.fold(panel(), Panel::draw)), &names(true));
        }
    }
}

#[test]
fn numbers_on_bars_and_in_cells_keep_apart() {
    for value in [0.123_456, -1.0, 1e300, f64::MAX, f64::from_bits(1)] {
        for count in [1, 5, 30, 200] {
            assert_readable(&one(
                Panel::new().draw(Bars::new(vec![value; count]).numbers(3))
            ));
            for columns in [1, count] {
                let map = HeatMap::new(columns, vec![value; count]).numbers(3);
                assert_readable(&one(Panel::new().draw(map)));
            }
        }
    }
}

#[test]
fn words_of_diagrams_keep_apart() {
    for spaces in [true, false] {
        let [a, b, c, d, e] = names(spaces);
        let layers: [&[&str]; 3] = [&[&a, &b], &[&c, &d], &[&e]];
        let (diagram, _) = Diagram::layers(&layers);
        assert_all_there(&Figure::new("Names", "").diagram(diagram), &names(spaces));

        let mut row = Diagram::new().row_height(10.0);
        for (i, name) in names(spaces).into_iter().enumerate() {
            row.node(Node::text(i as f64, 0.0, &name));
            row.node(Node::new(i as f64, 1.0, &name));
        }
        assert_all_there(&Figure::new("Names", "").diagram(row), &names(spaces));
    }
    let (mut dense, layers) =
        Diagram::layers(&[&["a", "b", "c", "d"], &["e", "f", "g", "h"]]);
    for &from in &layers[0] {
        for &to in &layers[1] {
            dense.wire(Wire::new(from, to).label("−0.123"));
        }
    }
    assert_readable(&Figure::new("Wires", "").diagram(dense));
}

#[test]
fn a_word_of_a_diagram_keeps_whole_beside_short_ones() {
    let row = |words: [&str; 9]| {
        let mut row = Diagram::new();
        for (i, words) in words.into_iter().enumerate() {
            row.node(Node::text(i as f64, 0.0, words));
        }
        let figure = Figure::new("Words", "").diagram(row);
        assert_readable(&figure);
        let (lines, ..) = written(&figure.svg());
        lines.into_iter().filter(|line| "weights".contains(&line.words)).count()
    };
    let mut words = ["x", "y", "x", "y", "x", "y", "x", "y", "x"];
    words[3] = "weights";
    assert_eq!(row(words), 1, "not in parts");
    words[4] = "weights";
    assert_eq!(row(words), 4, "no room for both");
}

#[test]
fn own_ticks_keep_apart() {
    let crowd = || (0..=200).map(|i| f64::from(i) / 200.0);
    let panel = Panel::new()
        .x(Axis::new("x").range(0.0..=1.0).ticks(crowd()))
        .y(Axis::new("y").range(0.0..=1.0).ticks(crowd()));
    assert_readable(&one(panel));
    for at in [0.0, 1.0] {
        let [name, ..] = names(false);
        let axis = |at| Axis::new("").range(0.0..=1.0).tick_labels([(at, &name)]);
        assert_readable(&one(Panel::new().x(axis(at))));
        assert_readable(&one(Panel::new().x(axis(1.0 - at)).y(axis(at))));
    }
}

#[test]
fn more_columns_than_fit_become_fewer() {
    let figure = (0..60).fold(Figure::new("Many", "").columns(60), |figure, i| {
        figure.panel(Panel::new().heading(format!("panel {i}")).x(Axis::new("x")))
    });
    assert_readable(&figure);
}
