//! A figure: a grid of panels and diagrams that becomes one SVG.

use crate::canvas::{self, Canvas, SCALE};
use crate::color::Color;
use crate::diagram::Diagram;
use crate::panel::{Margins, Panel};
use crate::svg;

/// A finished figure: what a chapter puts on a page.
#[derive(Debug)]
pub struct Figure {
    title: String,
    description: String,
    columns: Option<usize>,
    tiles: Vec<Tile>,
}

#[derive(Debug)]
enum Tile {
    Panel(Panel),
    Diagram(Diagram),
}

/// Where the tiles of a figure go.
struct Layout {
    margins: Vec<Margins>,
    /// The size of each tile's plot.
    plots: Vec<(f64, f64)>,
    /// The left end of each column's plots, and the top of each row's.
    lefts: Vec<f64>,
    tops: Vec<f64>,
    plot_width: f64,
    height: f64,
}

const PADDING: f64 = 14.0;
const GAP: (f64, f64) = (22.0, 24.0);

/// No plot is higher than this: a page shows a figure and some text at once.
const MAX_PLOT_HEIGHT: f64 = 400.0;

/// The size that no figure should exceed, in bytes.
const MAX_BYTES: usize = 40_000;

impl Figure {
    /// The width of every figure, in units. On a page that gives it as many CSS pixels, its text is as high as the page's.
    pub const WIDTH: f64 = 560.0;

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
    /// few ticks, six hold pictures: text stays 10 px high on a phone whatever the number, the plots shrink.
    pub fn columns(mut self, columns: usize) -> Self {
        assert!(columns > 0, "a figure needs at least one column");
        self.columns = Some(columns);
        self
    }

    /// Adds a panel, from left to right and from top to bottom.
    pub fn panel(mut self, panel: Panel) -> Self {
        self.tiles.push(Tile::Panel(panel));
        self
    }

    /// Adds a diagram.
    pub fn diagram(mut self, diagram: Diagram) -> Self {
        self.tiles.push(Tile::Diagram(diagram));
        self
    }

    /// The figure as an `<svg>` element that can stand in a page or in a file of its own.
    ///
    /// Lines are thinned by less than a tenth of a pixel; only where the file would exceed 40 kB, by more.
    pub fn svg(&self) -> String {
        let layout = self.layout();
        let mut tolerance = 0.06;
        loop {
            let svg = self.render(&layout, tolerance);
            if svg.len() < MAX_BYTES || tolerance > 2.0 {
                return svg;
            }
            tolerance *= 1.7;
        }
    }

    fn column_count(&self) -> usize {
        self.columns.unwrap_or(self.tiles.len().min(2)).min(self.tiles.len()).max(1)
    }

    fn layout(&self) -> Layout {
        let columns = self.column_count();
        let usual_aspect = match columns {
            1 => 1.7,
            2 => 1.25,
            _ => 1.0,
        };
        let inner = Self::WIDTH - 2.0 * PADDING - (columns - 1) as f64 * GAP.0;
        // How wide the plots are depends on their labels, and how many labels there are on the plots. Two
        // rounds settle it: the first guesses the size.
        let mut plot_width = 0.8 * inner / columns as f64;
        let plots = |width: f64| {
            self.tiles.iter().map(move |tile| tile.plot_size(width, usual_aspect))
        };
        let mut margins = Vec::new();
        for _ in 0..2 {
            let sizes = plots(plot_width);
            margins = self
                .tiles
                .iter()
                .zip(sizes)
                .map(|(tile, (w, h))| tile.margins(w, h))
                .collect::<Vec<_>>();
            let widest = |side: fn(&Margins) -> f64| -> f64 {
                (0..columns)
                    .map(|c| {
                        margins
                            .iter()
                            .skip(c)
                            .step_by(columns)
                            .map(side)
                            .fold(0.0, f64::max)
                    })
                    .sum()
            };
            plot_width = ((inner - widest(|m| m.left) - widest(|m| m.right))
                / columns as f64)
                .max(20.0);
        }
        let plots: Vec<_> = plots(plot_width).collect();

        let (mut lefts, mut x) = (Vec::new(), PADDING);
        for column in 0..columns {
            let most = |side: fn(&Margins) -> f64| {
                margins.iter().skip(column).step_by(columns).map(side).fold(0.0, f64::max)
            };
            lefts.push(x + most(|m| m.left));
            x += most(|m| m.left) + plot_width + most(|m| m.right) + GAP.0;
        }
        let (mut tops, mut y) = (Vec::new(), PADDING);
        for (row, plots) in margins.chunks(columns).zip(plots.chunks(columns)) {
            let most =
                |side: fn(&Margins) -> f64| row.iter().map(side).fold(0.0, f64::max);
            tops.push(y + most(|m| m.top));
            y += most(|m| m.top)
                + plots.iter().map(|plot| plot.1).fold(0.0, f64::max)
                + most(|m| m.bottom)
                + GAP.1;
        }
        Layout {
            margins,
            plots,
            lefts,
            tops,
            plot_width,
            height: (y - GAP.1 + PADDING).max(2.0 * PADDING).ceil(),
        }
    }

    fn render(&self, layout: &Layout, tolerance: f64) -> String {
        let columns = self.column_count();
        let shapes = canvas::draw((Self::WIDTH, layout.height), tolerance, |canvas| {
            for (i, tile) in self.tiles.iter().enumerate() {
                let (width, height) = layout.plots[i];
                let left = layout.lefts[i % columns] + (layout.plot_width - width) / 2.0;
                tile.draw(
                    (left, layout.tops[i / columns]),
                    (width, height),
                    layout.margins[i],
                    canvas,
                );
            }
        });
        self.document(layout.height, &shapes)
    }

    fn document(&self, height: f64, shapes: &str) -> String {
        let (title, description) =
            (svg::escape(&self.title), svg::escape(&self.description));
        let id = id(&[&self.title, &self.description, shapes]);
        let (width, wide, high) = (Self::WIDTH, Self::WIDTH * SCALE, height * SCALE);
        let surface = Color::Surface.css();
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" viewBox=\"0 0 {wide} {high}\" \
             style=\"max-width:100%;height:auto\" role=\"img\" aria-labelledby=\"{id}-t {id}-d\" \
             font-family=\"var(--plot-font,system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif)\">\n\
             <title id=\"{id}-t\">{title}</title>\n<desc id=\"{id}-d\">{description}</desc>\n\
             <rect width=\"{wide}\" height=\"{high}\" rx=\"60\" fill=\"{surface}\"/>\n{shapes}</svg>\n"
        )
    }
}

impl Tile {
    fn plot_size(&self, width: f64, usual_aspect: f64) -> (f64, f64) {
        match self {
            Self::Panel(panel) => {
                let proportion = panel.proportion(usual_aspect);
                let height = (width / proportion).min(MAX_PLOT_HEIGHT);
                (height * proportion, height)
            }
            Self::Diagram(diagram) => (width, diagram.height()),
        }
    }

    fn margins(&self, width: f64, height: f64) -> Margins {
        match self {
            Self::Panel(panel) => panel.margins(width, height),
            Self::Diagram(diagram) => diagram.margins(),
        }
    }

    fn draw(
        &self,
        (left, top): (f64, f64),
        (width, height): (f64, f64),
        margins: Margins,
        canvas: &mut Canvas<'_>,
    ) {
        match self {
            Self::Panel(panel) => {
                panel.draw_at(left, top, width, height, margins, canvas)
            }
            Self::Diagram(diagram) => {
                diagram.draw_at((left, top), width, margins, canvas)
            }
        }
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
