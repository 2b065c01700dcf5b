//! Nodes and wires: a neuron, a network, a circuit.

use crate::canvas::Canvas;
use crate::color::{Color, Dash};
use crate::figure::Figure;
use crate::label::Cover;
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

    /// The distance from row to row, in figure units; 76 by default, and more where words would overlap. The columns share
    /// the width of the figure. Panics unless it is above 0 and at most 1000.
    pub fn row_height(mut self, units: f64) -> Self {
        assert!(
            units > 0.0 && units <= 1e3,
            "the distance of rows is above 0 and at most 1000 units, but got {units}"
        );
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

    /// Adds a node. Panics unless its column and row are from −1000 to 1000.
    pub fn node(&mut self, node: Node) -> NodeId {
        let range = -1e3..=1e3;
        assert!(
            range.contains(&node.column) && range.contains(&node.row),
            "a node needs a column and a row from -1000 to 1000, but got {} and {}",
            node.column,
            node.row
        );
        self.nodes.push(node);
        NodeId(self.nodes.len() - 1)
    }

    /// Adds a wire. Wires lie under nodes, and their words over all wires; words for which no place along their wire is
    /// free are left out. Panics if the wire's nodes are not in this diagram.
    pub fn wire(&mut self, wire: Wire) {
        let (last, count) = (wire.from.0.max(wire.to.0), self.nodes.len());
        assert!(
            last < count,
            "a wire leads to node {last} of a diagram of {count}: tie it to nodes of its own diagram"
        );
        self.wires.push(wire);
    }

    /// The nodes on a plot of this width: their words wrapped so that those of one row keep clear of each other, and
    /// circles large enough for what is in them.
    fn fitted(&self, width: f64) -> Vec<Node> {
        let columns = extent(&self.nodes, |node| node.column);
        let most = |node: &Node| {
            let others = self.nodes.iter().filter(|other| {
                (other.row - node.row).abs() < 0.6 && other.column != node.column
            });
            let apart = others.map(|other| {
                (across(other.column, columns) - across(node.column, columns)).abs()
                    * width
            });
            apart.fold(Figure::WIDTH / 2.0, f64::min) - 8.0
        };
        self.nodes.iter().map(|node| node.fitted(most(node))).collect()
    }

    /// The distance from row to row at which no node of these touches the one below it.
    fn step(&self, nodes: &[Node], width: f64) -> f64 {
        let columns = extent(nodes, |node| node.column);
        let place = |node: &Node| across(node.column, columns) * width;
        let need = |(upper, lower): (&Node, &Node)| {
            let aside = (place(upper) - place(lower)).abs();
            let (rows, beside) =
                (lower.row - upper.row, upper.half_width() + lower.half_width());
            if rows < 0.3 || aside >= beside {
                return 0.0;
            }
            let between = words_height(&upper.below) + words_height(&lower.above);
            (upper.body().1 + lower.body().1 + between + 4.0) / rows
        };
        let pairs = nodes.iter().flat_map(|a| nodes.iter().map(move |b| (a, b)));
        pairs.map(need).fold(self.row_height.unwrap_or(76.0), f64::max)
    }

    pub(crate) fn height(&self, width: f64) -> f64 {
        let nodes = self.fitted(width);
        let (first, last) = extent(&nodes, |node| node.row);
        if first < last { (last - first) * self.step(&nodes, width) } else { 0.0 }
    }

    /// The room left and right of the centres of the outermost nodes.
    pub(crate) fn sides(&self, width: f64) -> (f64, f64) {
        let nodes = self.fitted(width);
        let columns = extent(&nodes, |node| node.column);
        let beyond = |room: &dyn Fn(f64) -> f64| {
            let reach = |node: &Node| {
                node.half_width() - room(across(node.column, columns)) * width
            };
            nodes.iter().map(reach).fold(0.0, f64::max)
        };
        (beyond(&|at| at), beyond(&|at| 1.0 - at))
    }

    /// The room above and below them.
    pub(crate) fn ends(&self, width: f64, margins: Margins) -> (f64, f64) {
        let nodes = self.fitted(width);
        let (top, bottom) = extent(&nodes, |node| node.row);
        let heading =
            self.wrapped_heading(width, margins).lines().count() as f64 * 1.6 * SIZE;
        let reach = |near: &dyn Fn(&Node) -> bool, words: fn(&Node) -> &str| {
            let size = |node: &Node| node.body().1 + words_height(words(node));
            nodes.iter().filter(|node| near(node)).map(size).fold(0.0, f64::max)
        };
        (
            heading + reach(&|n| n.row < top + 0.3, |n| &n.above) + 2.0,
            reach(&|n| n.row > bottom - 0.3, |n| &n.below) + 2.0,
        )
    }

    fn wrapped_heading(&self, width: f64, margins: Margins) -> String {
        text::wrap(&self.heading, margins.left + width + margins.reach.1)
    }

    /// Draws the diagram with its outermost nodes on the borders of a rectangle of this width.
    pub(crate) fn draw_at(
        &self,
        (left, top): Spot,
        width: f64,
        margins: Margins,
        canvas: &mut Canvas<'_>,
    ) {
        let nodes = self.fitted(width);
        let columns = extent(&nodes, |node| node.column);
        let (first_row, _) = extent(&nodes, |node| node.row);
        let step = self.step(&nodes, width);
        let spots: Vec<Spot> = nodes
            .iter()
            .map(|node| {
                (
                    left + across(node.column, columns) * width,
                    top + (node.row - first_row) * step,
                )
            })
            .collect();
        let heading = Paint::bare_text(Color::Ink, SIZE, Align::Start).bold();
        canvas.text(
            (left - margins.left, top - margins.top + SIZE),
            &self.wrapped_heading(width, margins),
            heading,
        );
        let heaviest = self
            .wires
            .iter()
            .filter_map(|wire| wire.weight.filter(|weight| weight.is_finite()))
            .fold(0.0, |most: f64, w| most.max(w.abs()));
        // Where a wire leaves its first node and meets its second.
        let ends = |wire: &Wire| {
            let (a, b) = (spots[wire.from.0], spots[wire.to.0]);
            (nodes[wire.from.0].rim(a, b), nodes[wire.to.0].rim(b, a))
        };
        let ends: Vec<(Spot, Spot)> = self.wires.iter().map(ends).collect();
        for (wire, &ends) in self.wires.iter().zip(&ends) {
            wire.draw(ends, heaviest, canvas);
        }
        let mut covered = Vec::new();
        for (node, &spot) in nodes.iter().zip(&spots) {
            covered.extend(node.draw(spot, canvas));
        }
        for (wire, &ends) in self.wires.iter().zip(&ends) {
            wire.write(ends, &mut covered, canvas);
        }
    }
}

/// The smallest and the largest of the nodes' columns or rows.
fn extent(nodes: &[Node], place: fn(&Node) -> f64) -> (f64, f64) {
    let all = || nodes.iter().map(place);
    (all().fold(f64::MAX, f64::min), all().fold(f64::MIN, f64::max))
}

/// A column's share of the way from the first to the last.
fn across(column: f64, (first, last): (f64, f64)) -> f64 {
    if first < last { (column - first) / (last - first) } else { 0.5 }
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

    /// The circle's radius, in figure units; 23 by default, and more where its words need it. Panics unless it is from 0 to 200.
    pub fn radius(mut self, units: f64) -> Self {
        assert!(
            (0.0..=200.0).contains(&units),
            "a node's radius is from 0 to 200 units, but got {units}"
        );
        self.radius = units;
        self
    }

    /// The node with no words wider than this.
    fn fitted(&self, most: f64) -> Self {
        let wrap = |words: &str| text::wrap(words, most);
        let mut node = self.clone();
        (node.above, node.below) = (wrap(&self.above), wrap(&self.below));
        if !self.circle {
            node.words = wrap(&self.words);
        } else if text::width(&self.words, SIZE) > 2.0 * self.radius {
            node.words = text::wrap(&self.words, (0.7 * most).min(4.0 * self.radius));
            let (wide, high) =
                (text::width(&node.words, SIZE), text::height(&node.words, SIZE));
            node.radius = self.radius.max((wide * wide + high * high).sqrt() / 2.0 + 2.0);
        }
        node
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

    /// Draws the node and tells what its words cover.
    fn draw(&self, (x, y): Spot, canvas: &mut Canvas<'_>) -> [Cover; 3] {
        if self.circle {
            let width = if self.color == Color::Ink { 1.5 } else { 2.2 };
            canvas.circle(
                (x, y),
                self.radius,
                Paint::fill(Color::Surface, 1.0).outlined(self.color, width),
            );
        }
        let half = self.body().1;
        let (rise, drop) =
            (words_height(&self.above) / 2.0, words_height(&self.below) / 2.0);
        let inside = Paint::bare_text(self.color, SIZE, Align::Middle);
        let outside = Paint::text(self.color, SIZE, Align::Middle);
        [
            (y, &self.words, inside),
            (y - half - rise - 1.0, &self.above, outside),
            (y + half + drop + 1.0, &self.below, outside),
        ]
        .map(|(y, words, paint)| {
            canvas.centred_text((x, y), words, paint);
            Cover::centred((x, y), words)
        })
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
    /// Where other words are in the way they move along the wire. Panics unless it is from 0 to 1.
    pub fn at(mut self, share: f64) -> Self {
        assert!(
            (0.0..=1.0).contains(&share),
            "words stand at a share from 0 to 1 of their wire, but got {share}"
        );
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
                0.7 + 3.8 * (weight.abs() / heaviest)
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

    /// Writes the words where they cover none of the others, and adds them to these.
    fn write(
        &self,
        ends: (Spot, Spot),
        covered: &mut Vec<Cover>,
        canvas: &mut Canvas<'_>,
    ) {
        let moves =
            (0..=10).flat_map(|i| [1.0, -1.0].map(|sign| sign * f64::from(i) / 12.0));
        let shares =
            moves.map(|by| self.share + by).filter(|share| (0.0..=1.0).contains(share));
        let places = shares.map(|share| self.words(ends, share));
        let free = |words: &[Written]| {
            words
                .iter()
                .all(|word| Cover::centred(word.at, &word.words).is_clear_of(covered))
        };
        let Some(chosen) = places.into_iter().find(|words| free(words)) else { return };
        for Written { at, words, color, halo } in chosen {
            covered.push(Cover::centred(at, &words));
            let paint = if halo {
                Paint::text(color, SIZE, Align::Middle)
            } else {
                canvas.patch(at, &words, SIZE);
                Paint::bare_text(color, SIZE, Align::Middle)
            };
            canvas.centred_text(at, &words, paint);
        }
    }

    /// What is written if it stands at this share of the wire.
    fn words(&self, (from, to): (Spot, Spot), share: f64) -> Vec<Written> {
        let (dx, dy) = (to.0 - from.0, to.1 - from.1);
        let spot = (from.0 + share * dx, from.1 + share * dy);
        let wrap = |words: &str| text::wrap(words, (0.8 * dx.abs()).max(7.0 * SIZE));
        if self.second.is_empty() {
            let color = match self.weight {
                Some(_) => self.look().0,
                None => self.color.unwrap_or(Color::Ink),
            };
            return vec![Written {
                at: spot,
                words: wrap(&self.label),
                color,
                halo: false,
            }];
        }
        let length = (dx * dx + dy * dy).sqrt().max(1e-9);
        // The normal that points up: forward numbers stand on that side, backward ones on the other.
        let flip = if dx < 0.0 { -1.0 } else { 1.0 };
        let (nx, ny) = (flip * dy / length, -flip * dx / length);
        let beside = |(words, side, color): (&str, f64, Color)| {
            let words = wrap(words);
            // Far enough that the words' box stays clear of the wire.
            let lines = words.lines().count().max(1) as f64;
            let away = side
                * (nx.abs() * text::width(&words, SIZE) / 2.0
                    + ny.abs() * (0.55 + 0.6 * (lines - 1.0)) * SIZE
                    + 4.0);
            let at = (spot.0 + away * nx, spot.1 + away * ny);
            Written { at, words, color, halo: true }
        };
        let (forward, backward) = (Color::Blue, Color::Vermillion);
        [(&*self.label, 1.0, forward), (&*self.second, -1.0, backward)]
            .map(beside)
            .to_vec()
    }
}

/// Words of a wire, centred at their place.
#[derive(Clone)]
struct Written {
    at: Spot,
    words: String,
    color: Color,
    /// A halo, or a patch that interrupts the wire.
    halo: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[should_panic(
        expected = "a node needs a column and a row from -1000 to 1000, but got 0 and NaN"
    )]
    fn a_node_at_no_place_is_refused() {
        Diagram::new().node(Node::new(0.0, f64::NAN, "x"));
    }

    #[test]
    #[should_panic(expected = "a wire leads to node 1 of a diagram of 1")]
    fn a_wire_to_another_diagram_is_refused() {
        let (_, ids) = Diagram::layers(&[&["a", "b"]]);
        let mut other = Diagram::new();
        other.node(Node::new(0.0, 0.0, "x"));
        other.wire(Wire::new(ids[0][0], ids[0][1]));
    }

    #[test]
    #[should_panic(expected = "a node's radius is from 0 to 200 units, but got -1")]
    fn a_negative_radius_is_refused() {
        let _ = Node::new(0.0, 0.0, "x").radius(-1.0);
    }

    #[test]
    #[should_panic(
        expected = "words stand at a share from 0 to 1 of their wire, but got 2"
    )]
    fn words_beyond_their_wire_are_refused() {
        let (_, ids) = Diagram::layers(&[&["a", "b"]]);
        let _ = Wire::new(ids[0][0], ids[0][1]).at(2.0);
    }

    #[test]
    #[should_panic(
        expected = "the distance of rows is above 0 and at most 1000 units, but got 0"
    )]
    fn rows_on_top_of_each_other_are_refused() {
        let _ = Diagram::new().row_height(0.0);
    }
}
