//! A figure: a grid of panels and diagrams that becomes one SVG.

use crate::{
    Canvas, Color, Diagram, Panel, Room, Tile,
    canvas::Detail,
    svg::{self, SCALE},
};

/// A finished figure: what a chapter puts on a page.
#[derive(Debug)]
pub struct Figure {
    title: String,
    description: String,
    columns: Option<usize>,
    tiles: Vec<Box<dyn Tile>>,
}

/// Where the tiles of a figure go.
struct Layout {
    rooms: Vec<Room>,
    plot_width: f64,
    height: f64,
}

const PADDING: f64 = 14.0;
const GAP: (f64, f64) = (22.0, 24.0);

/// The size that no figure should exceed, in bytes.
const MAX_BYTES: usize = 40_000;

impl Figure {
    /// The width of every figure, in units. On a page that gives it as many CSS pixels, its text is as high as the page's.
    pub(crate) const WIDTH: f64 = 560.0;

    /// A figure without panels. The title names it; the description says what can be seen, for those who cannot.
    pub fn new(title: impl Into<String>, description: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            description: description.into(),
            columns: None,
            tiles: Vec::new(),
        }
    }

    /// Puts this many panels side by side. By default one stands alone, and more stand in two columns.
    ///
    /// All plots are equally wide. At 560 units, two columns hold plots with axes, three hold small ones with
    /// few ticks, six hold pictures: text stays 13 px high on a phone whatever the number, the plots shrink. Where nothing
    /// would be left of them there are fewer columns. Panics if there is none.
    pub fn columns(mut self, columns: usize) -> Self {
        assert!(columns > 0, "a figure needs at least one column");
        self.columns = Some(columns);
        self
    }

    /// Adds a panel, from left to right and from top to bottom.
    pub fn panel(mut self, panel: Panel) -> Self {
        self.tiles.push(Box::new(panel));
        self
    }

    /// Adds a diagram.
    pub fn diagram(mut self, diagram: Diagram) -> Self {
        self.tiles.push(Box::new(diagram));
        self
    }

    /// The figure as an `<svg>` element that can stand in a page or in a file of its own.
    ///
    /// Lines are thinned by less than a tenth of a pixel; only where the file would exceed 40 kB, by more. Where that is not
    /// enough, what would lie over marks of the same look is left out.
    pub fn svg(&self) -> String {
        let layout = self.layout();
        let grown = |from: f64, to: f64| {
            let all = std::iter::successors(Some(from), |last| Some(1.7 * last));
            all.take_while(move |size| *size < to)
        };
        let detail = |tolerance, cell, most| Detail { tolerance, cell, most };
        let fine = grown(0.06, 3.0).map(|tolerance| detail(tolerance, 0.0, MAX_BYTES));
        let coarse = grown(2.0, 40.0).map(|cell| detail(0.1 * cell, cell, MAX_BYTES));
        // Where the words alone weigh too much, it is not the marks that must go.
        let wordy = [detail(2.5, 0.0, 4 * MAX_BYTES), detail(4.0, 40.0, usize::MAX)];
        fine.chain(coarse)
            .chain(wordy)
            .find_map(|detail| self.render(&layout, detail))
            .expect("where there is room for everything, something is drawn")
    }

    /// The layout in as many columns as wanted, or as leave the plots some width beside their words.
    fn layout(&self) -> Layout {
        let wanted =
            self.columns.unwrap_or(self.tiles.len().min(2)).min(self.tiles.len()).max(1);
        let wide =
            |columns| Some(self.layout_in(columns)).filter(|l| l.plot_width >= 20.0);
        let layout = (2..=wanted).rev().find_map(wide);
        layout.unwrap_or_else(|| self.layout_in(1))
    }

    fn layout_in(&self, columns: usize) -> Layout {
        let usual = [1.7, 1.25, 1.0][(columns - 1).min(2)];
        let inner = Self::WIDTH - 2.0 * PADDING - (columns - 1) as f64 * GAP.0;
        let tile = inner / columns as f64;
        let mut rooms = vec![Room { tile, ..Room::default() }; self.tiles.len()];
        // How wide the plots are depends on their labels, and how many labels there are on the plots. Two
        // rounds settle it: the first guesses the size.
        let mut plot_width = 0.8 * tile;
        let mut sides = Vec::new();
        for _ in 0..2 {
            for (tile, room) in self.tiles.iter().zip(&mut rooms) {
                room.plot = tile.plot(plot_width, usual, room.tile);
                room.sides = tile.sides(room);
            }
            let most = |column: usize, side: fn(&Room) -> f64| {
                rooms.iter().skip(column).step_by(columns).map(side).fold(0.0, f64::max)
            };
            let widest =
                |column| (most(column, |r| r.sides.0), most(column, |r| r.sides.1));
            sides = (0..columns).map(widest).collect();
            let taken: f64 = sides.iter().map(|(left, right)| left + right).sum();
            plot_width = (inner - taken) / columns as f64;
        }
        let mut x = PADDING;
        for (column, (left, right)) in sides.into_iter().enumerate() {
            let rooms = self.tiles.iter().zip(&mut rooms).skip(column).step_by(columns);
            for (tile, room) in rooms {
                room.plot = tile.plot(plot_width.max(20.0), usual, room.tile);
                let aside = (plot_width - room.plot.0) / 2.0;
                room.corner.0 = x + left + aside;
                room.reach = (left + aside, right + aside);
                room.ends = tile.ends(room);
            }
            x += left + plot_width + right + GAP.0;
        }
        let mut y = PADDING;
        for row in rooms.chunks_mut(columns) {
            let most = |side: fn(&Room) -> f64| row.iter().map(side).fold(0.0, f64::max);
            let (top, plot, bottom) =
                (most(|r| r.ends.0), most(|r| r.plot.1), most(|r| r.ends.1));
            row.iter_mut().for_each(|room| room.corner.1 = y + top);
            y += top + plot + bottom + GAP.1;
        }
        let height = (y - GAP.1 + PADDING).max(2.0 * PADDING).ceil();
        Layout { rooms, plot_width, height }
    }

    /// The figure in this detail, unless it becomes too large.
    fn render(&self, layout: &Layout, detail: Detail) -> Option<String> {
        let mut canvas = Canvas::new((Self::WIDTH, layout.height), detail);
        for (tile, room) in self.tiles.iter().zip(&layout.rooms) {
            tile.draw(room, &mut canvas);
        }
        if canvas.is_full() {
            return None;
        }
        let svg = self.document(layout.height, &canvas.markup());
        (svg.len() < detail.most).then_some(svg)
    }

    fn document(&self, height: f64, shapes: &str) -> String {
        let (title, description) =
            (svg::escape(&self.title), svg::escape(&self.description));
        let id = id(&[&self.title, &self.description, shapes]);
        let (width, wide, high) = (Self::WIDTH, Self::WIDTH * SCALE, height * SCALE);
        let surface = Color::Surface.css();
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" viewBox=\"0 0 {wide} {high}\" \
             style=\"max-width:100%;height:auto\" role=\"img\" stroke-linejoin=\"round\" aria-labelledby=\"{id}-t {id}-d\" \
             font-family=\"var(--plot-font,system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif)\">\n\
             <title id=\"{id}-t\">{title}</title>\n<desc id=\"{id}-d\">{description}</desc>\n\
             <rect width=\"{wide}\" height=\"{high}\" rx=\"60\" fill=\"{surface}\"/>\n{shapes}</svg>\n"
        )
    }
}

/// A name for the figure within a page: the title in plain letters and a hash of all content (FNV-1a), as one page may hold
/// many figures, and two may have the same title.
fn id(content: &[&str]) -> String {
    let hash = content
        .iter()
        .flat_map(|part| part.bytes().chain([0]))
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
    let words: String = content[0]
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' })
        .collect();
    let words: Vec<&str> =
        words.split('-').filter(|word| !word.is_empty()).take(4).collect();
    format!("fig-{}-{:08x}", words.join("-"), hash >> 32)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::{
        Axis, Bars, Contours, Field, HeatMap, Line, Node, Points, Regions, Wire,
    };

    fn one(panel: Panel) -> String {
        Figure::new("A figure", "What it shows.").panel(panel).svg()
    }

    /// A figure with a bit of everything, and words that markup has to escape.
    fn rich() -> String {
        let field = Field::sample(-1.0..=1.0, -1.0..=1.0, |x, y| x * x + y * y - 0.5);
        let mut diagram = Diagram::new();
        let (a, b) = (
            diagram.node(Node::text(0.0, 0.0, "\"x\"")),
            diagram.node(Node::new(1.0, 0.0, "Σ")),
        );
        diagram.wire(Wire::new(a, b).both_ways("1 & 2", "<3>").arrow());
        Figure::new("a < b & \"c\"", "first line\n\nthird line \u{1}")
            .panel(
                Panel::new()
                    .draw(Regions::split(&field, 0.0))
                    .draw(Points::new([(0.0, 0.0)]).label("p & q")),
            )
            .panel(Panel::new().draw(Contours::new(&field)))
            .panel(
                Panel::new()
                    .x(Axis::new("<x>"))
                    .draw(Line::new([(0.0, 1.0), (1.0, 2.0)]).label("a\n\nb\u{c}")),
            )
            .panel(Panel::new().draw(Bars::new([1.0, 2.0]).numbers(1)))
            .panel(
                Panel::new().draw(HeatMap::new(2, [0.0, 1.0, 2.0, f64::NAN]).numbers(0)),
            )
            .diagram(diagram)
            .svg()
    }

    #[test]
    fn a_figure_is_well_formed_and_has_no_blank_line() {
        let svg = rich();
        roxmltree::Document::parse(&svg).unwrap();
        assert!(svg.lines().all(|line| !line.trim().is_empty()), "{svg}");
    }

    #[test]
    fn words_are_escaped_once() {
        let svg = rich();
        let document = roxmltree::Document::parse(&svg).unwrap();
        let texts: Vec<_> =
            document.descendants().filter_map(|node| node.text()).collect();
        for words in ["a < b & \"c\"", "p & q", "<x>", "\"x\"", "1 & 2", "<3>"] {
            assert!(texts.contains(&words), "{words} in {texts:?}");
        }
    }

    #[test]
    fn title_and_description_name_the_figure() {
        let svg = rich();
        let document = roxmltree::Document::parse(&svg).unwrap();
        let root = document.root_element();
        assert_eq!(root.attribute("role"), Some("img"));
        let named: Vec<_> =
            root.attribute("aria-labelledby").unwrap().split(' ').collect();
        let ids: Vec<_> =
            root.children().filter_map(|node| node.attribute("id")).collect();
        assert_eq!(named, ids);
    }

    #[test]
    fn figures_of_one_title_have_different_ids() {
        let ids: BTreeSet<_> = [1.0, 2.0, 3.0]
            .map(|y| {
                one(Panel::new().draw(Line::new([(0.0, 0.0), (1.0, y), (2.0, 0.5)])))
            })
            .iter()
            .map(|svg| {
                svg.split("id=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
            })
            .collect();
        assert_eq!(ids.len(), 3, "{ids:?}");
    }

    #[test]
    fn a_grip_says_where_its_panel_lies_and_what_it_shows() {
        let panel = || {
            Panel::new()
                .x(Axis::new("").range(-2.0..=3.0))
                .y(Axis::new("").range(0.0..=0.5))
        };
        let (plain, gripped) = (one(panel()), one(panel().grip("points")));
        let note =
            gripped.lines().find(|line| line.contains("data-grip=\"points\"")).unwrap();
        assert!(
            note.contains(" -2 0.5\" data-to=") && note.ends_with(" 3 0\"/>"),
            "{note}"
        );
        assert_eq!(gripped.lines().count(), plain.lines().count() + 1);
    }

    #[test]
    fn two_renders_are_equal() {
        assert_eq!(rich(), rich());
    }

    #[test]
    fn every_colour_is_a_variable_with_a_fallback() {
        let svg = rich();
        let document = roxmltree::Document::parse(&svg).unwrap();
        for node in document.descendants() {
            for name in ["fill", "stroke"] {
                let value = node.attribute(name).unwrap_or("none");
                assert!(
                    value == "none"
                        || value.starts_with("var(--plot-") && value.contains(",#"),
                    "{value}"
                );
            }
        }
    }

    #[test]
    fn noise_of_ten_thousand_points_stays_below_40_kb() {
        let mut panel = Panel::new();
        for series in 1..=3_i64 {
            let noise =
                (0..10_000_i64).map(|i| ((i * i * 7_919 * series) % 10_007) as f64);
            panel = panel.draw(Line::over_index(noise));
        }
        let svg = one(panel);
        assert!(svg.len() < MAX_BYTES, "{}", svg.len());
        assert!(svg.len() > MAX_BYTES / 4, "nothing was drawn");
    }

    fn paths(svg: &str, color: Color) -> usize {
        let (stroke, mut inside, mut count) =
            (format!("stroke=\"{}\"", color.css()), false, 0);
        for line in svg.lines() {
            inside = line.contains(&stroke) || (inside && !line.starts_with("</g"));
            count += usize::from(inside && line.starts_with("<path"));
        }
        count
    }

    #[test]
    fn a_line_breaks_where_a_value_is_missing() {
        let line = |gap: f64| {
            one(Panel::new().draw(Line::over_index([1.0, 2.0, gap, 2.0, 1.0])))
        };
        assert_eq!(paths(&line(3.0), Color::Blue), 1);
        for missing in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            let svg = line(missing);
            assert_eq!(paths(&svg, Color::Blue), 2);
            assert!(!svg.contains("NaN") && !svg.contains("inf"), "{svg}");
        }
    }

    #[test]
    fn a_line_that_diverges_is_cut_off_at_the_range() {
        let powers = (0..300).map(|i| (f64::from(i), libm::pow(10.0, f64::from(i))));
        let svg =
            one(Panel::new().y(Axis::new("").range(0.0..=100.0)).draw(Line::new(powers)));
        let longest = svg.split(|c: char| !c.is_ascii_digit()).map(str::len).max();
        assert!(longest <= Some(16), "a coordinate far outside the figure: {svg}");
        assert_eq!(paths(&svg, Color::Blue), 1);
    }

    #[test]
    fn an_empty_panel_shows_its_axes() {
        let svg = one(Panel::new().x(Axis::new("nothing")));
        assert!(svg.contains(">nothing</text>") && svg.contains(">0.2</text>"), "{svg}");
        roxmltree::Document::parse(&Figure::new("Empty", "No panel at all.").svg())
            .unwrap();
        roxmltree::Document::parse(
            &Figure::new("Empty", "").diagram(Diagram::new()).svg(),
        )
        .unwrap();
    }

    #[test]
    fn a_lower_panel_count_never_hides_a_panel() {
        let figure = (0..5).fold(Figure::new("Five", ""), |figure, i| {
            figure.panel(Panel::new().heading(format!("no {i}")))
        });
        let svg = figure.columns(3).svg();
        assert!((0..5).all(|i| svg.contains(&format!("no {i}"))));
    }

    #[test]
    #[should_panic(expected = "a figure needs at least one column")]
    fn a_figure_without_columns_is_refused() {
        let _ = Figure::new("", "").columns(0);
    }

    #[test]
    #[should_panic(expected = "an aspect is a positive number, but got -1")]
    fn a_negative_aspect_is_refused() {
        let _ = Panel::new().aspect(-1.0);
    }

    #[test]
    #[should_panic(expected = "equal scales need linear axes, but one is logarithmic")]
    fn equal_scales_on_a_logarithmic_axis_are_refused() {
        one(Panel::new().x(Axis::new("").log()).equal());
    }
}
