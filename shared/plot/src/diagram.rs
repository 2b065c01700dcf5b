//! Nodes and wires: a neuron, a network, a circuit.

use crate::canvas::Canvas;
use crate::color::{Color, Dash};
use crate::paint::{Align, Paint};
use crate::panel::Margins;
use crate::polyline::Spot;
use crate::text::{self, SIZE};

/// Nodes at the crossings of columns and rows, with wires between them.
///
/// ```
/// use plot::{Diagram, Figure, Node, Wire};
///
/// let mut diagram = Diagram::new();
/// let input = diagram.node(Node::text(0.0, 0.0, "x = 2"));
/// let sum = diagram.node(Node::new(1.0, 0.0, "Σ").below("1.6"));
/// diagram.wire(Wire::new(input, sum).label("0.8").arrow());
/// let svg = Figure::new("One input", "One input reaches the sum through a weight of 0.8.").diagram(diagram).svg();
/// assert!(svg.contains("0.8"));
/// ```
#[derive(Debug, Default)]
pub struct Diagram {
    heading: String,
    nodes: Vec<Node>,
    wires: Vec<Wire>,
    row_height: Option<f64>,
}

/// A node of one [`Diagram`], to which wires can be tied.
#[derive(Debug, Clone, Copy)]
pub struct NodeId(usize);

/// A circle with words in it, or words alone.
#[derive(Debug, Clone)]
pub struct Node {
    column: f64,
    row: f64,
    words: String,
    above: String,
    below: String,
    color: Color,
    radius: f64,
    circle: bool,
}

/// A wire from one node to another.
#[derive(Debug, Clone)]
pub struct Wire {
    from: NodeId,
    to: NodeId,
    label: String,
    second: String,
    share: f64,
    weight: Option<f64>,
    color: Option<Color>,
    arrow: bool,
}

impl Diagram {
    /// A diagram without nodes.
    pub fn new() -> Self {
        Self::default()
    }

    /// Words above the diagram.
    pub fn heading(mut self, words: impl Into<String>) -> Self {
        self.heading = words.into();
        self
    }

    /// The distance from row to row, in figure units; 76 by default. The columns share the width of the figure.
    pub fn row_height(mut self, units: f64) -> Self {
        self.row_height = Some(units);
        self
    }

    /// Columns of circles, each centred in height, and the nodes' ids column by column. They are not wired yet.
    pub fn layers(columns: &[&[&str]]) -> (Self, Vec<Vec<NodeId>>) {
        let tallest = columns.iter().map(|column| column.len()).max().unwrap_or(0);
        let mut diagram = Self::new();
        let mut place = |(i, column): (usize, &&[&str])| -> Vec<NodeId> {
            let first = (tallest - column.len()) as f64 / 2.0;
            let nodes = column.iter().enumerate();
            nodes
                .map(|(j, words)| {
                    diagram.node(Node::new(i as f64, first + j as f64, *words))
                })
                .collect()
        };
        let ids = columns.iter().enumerate().map(&mut place).collect();
        (diagram, ids)
    }

    /// Adds a node.
    pub fn node(&mut self, node: Node) -> NodeId {
        self.nodes.push(node);
        NodeId(self.nodes.len() - 1)
    }

    /// Adds a wire. Wires lie under nodes, and their words over all wires.
    pub fn wire(&mut self, wire: Wire) {
        self.wires.push(wire);
    }

    fn bounds(&self, place: fn(&Node) -> f64) -> (f64, f64) {
        let all = || self.nodes.iter().map(place);
        (all().fold(f64::MAX, f64::min), all().fold(f64::MIN, f64::max))
    }

    fn step(&self) -> f64 {
        self.row_height.unwrap_or(76.0)
    }

    pub(crate) fn height(&self) -> f64 {
        let (first, last) = self.bounds(|node| node.row);
        if first < last { (last - first) * self.step() } else { 0.0 }
    }

    /// The room around the centres of the outermost nodes.
    pub(crate) fn margins(&self) -> Margins {
        let (left, right) = self.bounds(|node| node.column);
        let (top, bottom) = self.bounds(|node| node.row);
        let heading = self.heading.lines().count() as f64 * 1.6 * SIZE;
        let reach = |near: &dyn Fn(&Node) -> bool, size: &dyn Fn(&Node) -> f64| {
            self.nodes.iter().filter(|node| near(node)).map(size).fold(0.0, f64::max)
        };
        Margins {
            left: reach(&|n| n.column < left + 0.3, &Node::half_width),
            right: reach(&|n| n.column > right - 0.3, &Node::half_width),
            top: heading
                + reach(&|n| n.row < top + 0.3, &|n| {
                    n.half_height() + words_height(&n.above)
                })
                + 2.0,
            bottom: reach(&|n| n.row > bottom - 0.3, &|n| {
                n.half_height() + words_height(&n.below)
            }) + 2.0,
        }
    }

    /// Draws the diagram with its outermost nodes on the borders of a rectangle of this width.
    pub(crate) fn draw_at(
        &self,
        (left, top): Spot,
        width: f64,
        margins: Margins,
        canvas: &mut Canvas<'_>,
    ) {
        let ((first, last), (first_row, _)) =
            (self.bounds(|node| node.column), self.bounds(|node| node.row));
        let across = |column: f64| {
            if first < last { (column - first) / (last - first) } else { 0.5 }
        };
        let spots: Vec<Spot> = self
            .nodes
            .iter()
            .map(|node| {
                (
                    left + across(node.column) * width,
                    top + (node.row - first_row) * self.step(),
                )
            })
            .collect();
        let heading = Paint::bare_text(Color::Ink, SIZE, Align::Start).bold();
        canvas.text(
            (left - margins.left, top - margins.top + SIZE),
            &self.heading,
            heading,
        );
        let heaviest = self
            .wires
            .iter()
            .filter_map(|wire| wire.weight)
            .fold(0.0, |most: f64, w| most.max(w.abs()));
        let ends: Vec<(Spot, Spot)> =
            self.wires.iter().map(|wire| self.ends(wire, &spots)).collect();
        for (wire, &ends) in self.wires.iter().zip(&ends) {
            wire.draw(ends, heaviest, canvas);
        }
        for (node, &spot) in self.nodes.iter().zip(&spots) {
            node.draw(spot, canvas);
        }
        for (wire, &ends) in self.wires.iter().zip(&ends) {
            wire.write(ends, canvas);
        }
    }

    /// Where a wire leaves its first node and meets its second.
    fn ends(&self, wire: &Wire, spots: &[Spot]) -> (Spot, Spot) {
        let (a, b) = (spots[wire.from.0], spots[wire.to.0]);
        (self.nodes[wire.from.0].rim(a, b), self.nodes[wire.to.0].rim(b, a))
    }
}

impl Node {
    /// A circle with words in it.
    pub fn new(column: f64, row: f64, words: impl Into<String>) -> Self {
        let (above, below) = (String::new(), String::new());
        Self {
            column,
            row,
            words: words.into(),
            above,
            below,
            color: Color::Ink,
            radius: 23.0,
            circle: true,
        }
    }

    /// Words without a circle: an input, an output, an ellipsis.
    pub fn text(column: f64, row: f64, words: impl Into<String>) -> Self {
        Self { circle: false, ..Self::new(column, row, words) }
    }

    /// Words above the node.
    pub fn above(mut self, words: impl Into<String>) -> Self {
        self.above = words.into();
        self
    }

    /// Words below the node.
    pub fn below(mut self, words: impl Into<String>) -> Self {
        self.below = words.into();
        self
    }

    /// A colour for circle and words.
    pub fn color(mut self, color: Color) -> Self {
        self.color = color;
        self
    }

    /// The circle's radius, in figure units; 23 by default.
    pub fn radius(mut self, units: f64) -> Self {
        self.radius = units;
        self
    }

    /// Half the width and half the height of what a wire must not touch.
    fn body(&self) -> (f64, f64) {
        if self.circle {
            (self.radius, self.radius)
        } else {
            let lines = self.words.lines().count() as f64;
            (text::width(&self.words, SIZE) / 2.0, lines * text::line_height(SIZE) / 2.0)
        }
    }

    fn half_width(&self) -> f64 {
        let around = text::width(&self.above, SIZE).max(text::width(&self.below, SIZE));
        self.body().0.max(around / 2.0) + 1.0
    }

    fn half_height(&self) -> f64 {
        self.body().1
    }

    /// Where a wire from this node towards another place begins: on the circle's rim, or in the middle of that side of
    /// the words which faces the place.
    fn rim(&self, centre: Spot, towards: Spot) -> Spot {
        let (dx, dy) = (towards.0 - centre.0, towards.1 - centre.1);
        let (wide, high) = self.body();
        if self.circle {
            let length = (dx * dx + dy * dy).sqrt().max(1e-9);
            (centre.0 + wide * dx / length, centre.1 + wide * dy / length)
        } else if dx.abs() > dy.abs() {
            (centre.0 + (wide + 5.0).copysign(dx), centre.1)
        } else {
            (centre.0, centre.1 + (high + 1.0).copysign(dy))
        }
    }

    fn draw(&self, (x, y): Spot, canvas: &mut Canvas<'_>) {
        if self.circle {
            let width = if self.color == Color::Ink { 1.5 } else { 2.2 };
            canvas.circle(
                (x, y),
                self.radius,
                Paint::fill(Color::Surface, 1.0).outlined(self.color, width),
            );
        }
        let paint = Paint::text(self.color, SIZE, Align::Middle);
        canvas.centred_text(
            (x, y),
            &self.words,
            Paint::bare_text(self.color, SIZE, Align::Middle),
        );
        let half = self.half_height();
        let rise = words_height(&self.above) / 2.0;
        canvas.centred_text((x, y - half - rise - 1.0), &self.above, paint);
        let drop = words_height(&self.below) / 2.0;
        canvas.centred_text((x, y + half + drop + 1.0), &self.below, paint);
    }
}

fn words_height(words: &str) -> f64 {
    if words.is_empty() {
        0.0
    } else {
        words.lines().count() as f64 * text::line_height(SIZE) + 5.0
    }
}

impl Wire {
    /// A wire between two nodes of the same diagram.
    pub fn new(from: NodeId, to: NodeId) -> Self {
        let (label, second) = (String::new(), String::new());
        Self {
            from,
            to,
            label,
            second,
            share: 0.5,
            weight: None,
            color: None,
            arrow: false,
        }
    }

    /// Words on the wire: its weight, or what flows along it.
    pub fn label(mut self, words: impl Into<String>) -> Self {
        self.label = words.into();
        self
    }

    /// Two numbers: above the wire what flows forward (blue), below it what flows back (vermillion).
    pub fn both_ways(
        mut self,
        forward: impl Into<String>,
        backward: impl Into<String>,
    ) -> Self {
        self.label = forward.into();
        self.second = backward.into();
        self
    }

    /// How far along the wire its words stand, from 0 to 1. Where wires cross in the middle, 0.25 keeps their words apart.
    pub fn at(mut self, share: f64) -> Self {
        self.share = share;
        self
    }

    /// As thick as the weight is large, compared to the largest of the diagram; a negative one is vermillion and dashed,
    /// a positive one blue.
    pub fn weight(mut self, weight: f64) -> Self {
        self.weight = Some(weight);
        self
    }

    /// A colour of its own.
    pub fn color(mut self, color: Color) -> Self {
        self.color = Some(color);
        self
    }

    /// An arrow's head at the end.
    pub fn arrow(mut self) -> Self {
        self.arrow = true;
        self
    }

    fn look(&self) -> (Color, Dash) {
        match self.weight {
            Some(weight) if weight < 0.0 => {
                (self.color.unwrap_or(Color::Vermillion), Dash::Dashed)
            }
            Some(_) => (self.color.unwrap_or(Color::Blue), Dash::Solid),
            None => (self.color.unwrap_or(Color::Muted), Dash::Solid),
        }
    }

    fn draw(&self, (from, to): (Spot, Spot), heaviest: f64, canvas: &mut Canvas<'_>) {
        let (color, dash) = self.look();
        let width = match self.weight {
            Some(weight) if heaviest > 0.0 && weight.is_finite() => {
                0.7 + 3.8 * weight.abs() / heaviest
            }
            _ => 1.5,
        };
        let (dx, dy) = (to.0 - from.0, to.1 - from.1);
        let length = (dx * dx + dy * dy).sqrt().max(1e-9);
        let head = if self.arrow { 9.0 + width } else { 0.0 };
        let neck = (to.0 - 0.7 * head * dx / length, to.1 - 0.7 * head * dy / length);
        canvas.line(from, neck, Paint::stroke(color, width).dashed(dash));
        if self.arrow {
            canvas.arrow_head(from, to, head, color);
        }
    }

    fn write(&self, (from, to): (Spot, Spot), canvas: &mut Canvas<'_>) {
        let (dx, dy) = (to.0 - from.0, to.1 - from.1);
        let spot = (from.0 + self.share * dx, from.1 + self.share * dy);
        if self.second.is_empty() {
            let color = match self.weight {
                Some(_) => self.look().0,
                None => self.color.unwrap_or(Color::Ink),
            };
            canvas.patch(spot, &self.label, SIZE);
            let paint = Paint::bare_text(color, SIZE, Align::Middle);
            return canvas.centred_text(spot, &self.label, paint);
        }
        let length = (dx * dx + dy * dy).sqrt().max(1e-9);
        // The normal that points up: forward numbers stand on that side, backward ones on the other.
        let flip = if dx < 0.0 { -1.0 } else { 1.0 };
        let (nx, ny) = (flip * dy / length, -flip * dx / length);
        for (words, side, color) in
            [(&self.label, 1.0, Color::Blue), (&self.second, -1.0, Color::Vermillion)]
        {
            // Far enough that the words' box stays clear of the wire.
            let away = side
                * (nx.abs() * text::width(words, SIZE) / 2.0
                    + ny.abs() * 0.55 * SIZE
                    + 4.0);
            let at = (spot.0 + away * nx, spot.1 + away * ny);
            canvas.centred_text(at, words, Paint::text(color, SIZE, Align::Middle));
        }
    }
}
