//! Nodes and wires: a neuron, a network, a circuit.

use crate::{
    Align, Area, Canvas, Color, Figure, Look, Paint, Room, Spot, Tile, choices, polyline,
    text::{self, SIZE},
};

/// Nodes at the crossings of columns and rows, with wires between them.
///
/// ```
/// use plot::{Diagram, Figure, Node, Wire};
///
/// let mut diagram = Diagram::new();
/// let input = diagram.node(Node::text(0.0, 0.0, "x = 2"));
/// let sum = diagram.node(Node::new(1.0, 0.0, "Σ"));
/// diagram.wire(Wire::new(input, sum).label("0.8").arrow());
/// let svg = Figure::new("One input", "One input reaches the sum through a weight of 0.8.").diagram(diagram).svg();
/// assert!(svg.contains("0.8"));
/// ```
#[derive(Debug, Default)]
pub struct Diagram {
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
    look: Look,
    /// None for words alone.
    radius: Option<f64>,
}

/// A wire from one node to another.
#[derive(Debug, Clone)]
pub struct Wire {
    from: NodeId,
    to: NodeId,
    labels: Vec<Label>,
    share: f64,
    arrow: bool,
    /// From −1 to 1, if the wire shows its weight.
    weight: Option<f64>,
}

/// Words of a wire.
#[derive(Debug, Clone)]
struct Label {
    words: String,
    color: Color,
    /// 1 above the wire, −1 below it, 0 on it.
    side: f64,
}

/// The width of a node's words and of the gap beside them, where no other node is near.
const WIDEST: f64 = Figure::WIDTH / 2.0;

/// The gap between the words of neighbours.
const BETWEEN: f64 = 8.0;

impl Diagram {
    /// A diagram without nodes.
    pub fn new() -> Self {
        Self::default()
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

    /// The radius of all circles that it has so far, in figure units: see [`Node::radius`].
    pub fn radius(mut self, units: f64) -> Self {
        for node in self.nodes.iter_mut().filter(|node| node.radius.is_some()) {
            *node = node.clone().radius(units);
        }
        self
    }

    /// Columns of circles, each centred in height, and the nodes' ids column by column. They are not wired yet.
    pub fn layers(columns: &[&[&str]]) -> (Self, Vec<Vec<NodeId>>) {
        let tallest = columns.iter().map(|column| column.len()).max().unwrap_or(0);
        let (mut diagram, mut ids) = (Self::new(), Vec::new());
        for (i, column) in columns.iter().enumerate() {
            let first = (tallest - column.len()) as f64 / 2.0;
            let rows =
                column.iter().zip(0..).map(|(words, j)| (words, first + f64::from(j)));
            let nodes = rows.map(|(words, row)| Node::new(i as f64, row, *words));
            ids.push(nodes.map(|node| diagram.node(node)).collect());
        }
        (diagram, ids)
    }

    /// Columns as in [`Diagram::layers`] in which every node is wired to all of the next column, and each wire shows its weight
    /// (see [`Wire::weight`]): `weight(column, from, to)`, compared with the largest. Panics if one is not finite.
    ///
    /// ```
    /// use plot::Diagram;
    ///
    /// let weights = [[0.5, -2.0], [1.0, 0.0]]; // (inputs, outputs)
    /// Diagram::network(&[&["x₁", "x₂"], &["a₁", "a₂"]], |_, from, to| weights[from][to]);
    /// ```
    pub fn network(
        columns: &[&[&str]],
        weight: impl Fn(usize, usize, usize) -> f64,
    ) -> (Self, Vec<Vec<NodeId>>) {
        let (mut diagram, ids) = Self::layers(columns);
        let mut wires = Vec::new();
        for (column, pair) in ids.windows(2).enumerate() {
            for (from, &a) in pair[0].iter().enumerate() {
                for (to, &b) in pair[1].iter().enumerate() {
                    wires.push((a, b, weight(column, from, to)));
                }
            }
        }
        let largest = wires.iter().fold(0.0, |most, wire| wire.2.abs().max(most));
        for (from, to, weight) in wires {
            let share = if weight == 0.0 { 0.0 } else { weight / largest };
            diagram.wire(Wire::new(from, to).weight(share));
        }
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

    /// The nodes on a plot of this width, with their places on it: their words wrapped so that those of one row keep clear
    /// of each other, and broken within only where their neighbours' leave no room for one; circles large enough for what is
    /// in them, and rows far enough apart that no node touches another.
    fn placed(&self, width: f64) -> Vec<(Node, Spot)> {
        let least =
            |part: fn(&Node) -> f64| self.nodes.iter().map(part).fold(f64::MAX, f64::min);
        let (first_column, first_row) = (least(|node| node.column), least(|n| n.row));
        let columns = -least(|node| -node.column) - first_column;
        let across = |node: &Node| match columns > 0.0 {
            true => (node.column - first_column) / columns * width,
            false => 0.5 * width,
        };
        let beside = |node: &Node, other: &Node| {
            (other.row - node.row).abs() < 0.6 && other.column != node.column
        };
        let apart = |node: &Node, other: &Node| (across(other) - across(node)).abs();
        let fitted = |node: &Node| {
            let others = self.nodes.iter().filter(|other| beside(node, other));
            let nearest = others.map(|other| apart(node, other));
            node.fitted(nearest.fold(WIDEST, f64::min) - BETWEEN)
        };
        let mut nodes: Vec<Node> = self.nodes.iter().map(fitted).collect();
        for (i, node) in self.nodes.iter().enumerate() {
            let longest = text::width(&node.words.replace(' ', "\n"));
            let is_whole =
                node.radius.is_some() || text::width(&nodes[i].words) >= longest;
            let room = |other: &Node| apart(node, other) - other.body().0 - BETWEEN;
            let mut others = nodes.iter().filter(|other| beside(node, other));
            if !is_whole
                && longest <= WIDEST - BETWEEN
                && others.all(|other| longest / 2.0 <= room(other))
            {
                nodes[i] = node.fitted(longest);
            }
        }
        let need = |(upper, lower): (&Node, &Node)| {
            let (above, below) = (upper.body(), lower.body());
            let rows = lower.row - upper.row;
            let aside = (across(upper) - across(lower)).abs();
            let beside = rows < 0.3 || aside >= above.0 + below.0 + 2.0;
            if beside { 0.0 } else { (above.1 + below.1 + 4.0) / rows }
        };
        let pairs = nodes.iter().flat_map(|a| nodes.iter().map(move |b| (a, b)));
        let step = pairs.map(need).fold(self.row_height.unwrap_or(76.0), f64::max);
        let place = |node: &Node| (across(node), (node.row - first_row) * step);
        nodes.iter().map(|node| (node.clone(), place(node))).collect()
    }
}

impl Tile for Diagram {
    fn plot(&self, width: f64, _usual: f64, _tile: f64) -> (f64, f64) {
        let nodes = self.placed(width);
        (width, nodes.iter().map(|(_, at)| at.1).fold(0.0, f64::max))
    }

    fn sides(&self, room: &Room) -> (f64, f64) {
        let nodes = self.placed(room.plot.0);
        let left = nodes.iter().map(|(node, at)| node.body().0 + 1.0 - at.0);
        let right = nodes.iter().map(|(node, at)| node.body().0 + 1.0 + at.0);
        (left.fold(0.0, f64::max), right.fold(room.plot.0, f64::max) - room.plot.0)
    }

    fn ends(&self, room: &Room) -> (f64, f64) {
        let nodes = self.placed(room.plot.0);
        let above = nodes.iter().map(|(node, at)| node.body().1 + 2.0 - at.1);
        let below = nodes.iter().map(|(node, at)| node.body().1 + 2.0 + at.1);
        (above.fold(2.0, f64::max), below.fold(room.plot.1 + 2.0, f64::max) - room.plot.1)
    }

    fn draw(&self, room: &Room, canvas: &mut Canvas) {
        let (left, top) = room.corner;
        let mut nodes = self.placed(room.plot.0);
        nodes.iter_mut().for_each(|(_, spot)| *spot = (left + spot.0, top + spot.1));
        // Where a wire leaves its first node and meets its second.
        let ends = |wire: &Wire| {
            let ((from, a), (to, b)) = (&nodes[wire.from.0], &nodes[wire.to.0]);
            (from.rim(*a, *b), to.rim(*b, *a))
        };
        for wire in &self.wires {
            wire.draw(ends(wire), canvas);
        }
        let mut covered = Vec::new();
        for (node, spot) in &nodes {
            node.draw(*spot, canvas);
            covered.push(Area::of_words(&node.words, *spot, Align::Middle));
        }
        for wire in &self.wires {
            wire.write(ends(wire), &mut covered, canvas);
        }
    }
}

impl Node {
    /// A circle with words in it.
    pub fn new(column: f64, row: f64, words: impl Into<String>) -> Self {
        let look = Look::default();
        Self { column, row, words: words.into(), look, radius: Some(23.0) }
    }

    /// Words without a circle: an input, an output, an ellipsis.
    pub fn text(column: f64, row: f64, words: impl Into<String>) -> Self {
        Self { radius: None, ..Self::new(column, row, words) }
    }

    /// The circle's radius, in figure units; 23 by default, and more where its words need it. Panics unless it is from 0 to 200.
    pub fn radius(mut self, units: f64) -> Self {
        assert!(
            (0.0..=200.0).contains(&units),
            "a node's radius is from 0 to 200 units, but got {units}"
        );
        self.radius = Some(units);
        self
    }

    /// The node with no words wider than this.
    fn fitted(&self, most: f64) -> Self {
        let mut node = self.clone();
        let Some(radius) = self.radius else {
            node.words = text::wrap(&self.words, most);
            return node;
        };
        if text::width(&self.words) > 2.0 * radius {
            node.words = text::wrap(&self.words, (0.7 * most).min(4.0 * radius));
            let (wide, high) = (text::width(&node.words), text::height(&node.words));
            node.radius =
                Some(radius.max((wide * wide + high * high).sqrt() / 2.0 + 2.0));
        }
        node
    }

    /// Half the width and half the height of what a wire must not touch.
    fn body(&self) -> (f64, f64) {
        let words = (text::width(&self.words) / 2.0, text::height(&self.words) / 2.0);
        self.radius.map_or(words, |radius| (radius, radius))
    }

    /// Where a wire from this node towards another place begins: on the circle's rim, or in the middle of that side of
    /// the words which faces the place.
    fn rim(&self, centre: Spot, towards: Spot) -> Spot {
        let (dx, dy) = (towards.0 - centre.0, towards.1 - centre.1);
        let (wide, high) = self.body();
        if self.radius.is_some() {
            polyline::towards(centre, towards, wide)
        } else if dx.abs() > dy.abs() {
            (centre.0 + (wide + 5.0).copysign(dx), centre.1)
        } else {
            (centre.0, centre.1 + (high + 1.0).copysign(dy))
        }
    }

    fn draw(&self, spot: Spot, canvas: &mut Canvas) {
        let color = self.look.color();
        if let Some(radius) = self.radius {
            let width = if color == Color::Ink { 1.5 } else { 2.2 };
            let paint = Paint::fill(Color::Surface, 1.0).outlined(color, width);
            canvas.circle(spot, radius, paint);
        }
        let paint = Paint::words(color, Align::Middle);
        canvas.centred_text(spot, &self.words, paint);
    }
}

choices!(Node {
    /// A colour for circle and words.
    color,
});

impl Wire {
    /// A wire between two nodes of the same diagram.
    pub fn new(from: NodeId, to: NodeId) -> Self {
        Self { from, to, labels: Vec::new(), share: 0.5, arrow: false, weight: None }
    }

    /// Words on the wire: its weight, or what flows along it.
    pub fn label(mut self, words: impl Into<String>) -> Self {
        self.labels = vec![Label { words: words.into(), color: Color::Ink, side: 0.0 }];
        self
    }

    /// Two numbers: above the wire what flows forward (blue), below it what flows back (vermillion).
    pub fn both_ways(
        mut self,
        forward: impl Into<String>,
        backward: impl Into<String>,
    ) -> Self {
        self.labels = vec![
            Label { words: forward.into(), color: Color::Blue, side: 1.0 },
            Label { words: backward.into(), color: Color::Vermillion, side: -1.0 },
        ];
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

    /// An arrow's head at the end.
    pub fn arrow(mut self) -> Self {
        self.arrow = true;
        self
    }

    /// Shows a weight, as a share of the largest: blue above 0, vermillion and dashed below, and the thicker the larger. Panics unless
    /// it is from −1 to 1.
    pub fn weight(mut self, share: f64) -> Self {
        assert!(
            (-1.0..=1.0).contains(&share),
            "a weight is a share from -1 to 1 of the largest, but got {share}"
        );
        self.weight = Some(share);
        self
    }

    /// Its colour and its width.
    fn look(&self) -> (Color, f64) {
        let Some(share) = self.weight else { return (Color::Muted, 1.5) };
        let color = if share < 0.0 { Color::Vermillion } else { Color::Blue };
        (color, 0.6 + 4.4 * share.abs())
    }

    fn draw(&self, (from, to): (Spot, Spot), canvas: &mut Canvas) {
        let (color, width) = self.look();
        let head = if self.arrow { 9.0 + width } else { 0.0 };
        let neck = polyline::towards(to, from, 0.7 * head);
        canvas.line(from, neck, Paint::stroke(color, width).dashed(color.dash()));
        if self.arrow {
            canvas.arrow_head(from, to, head, color);
        }
    }

    /// Writes the words where they cover none of the others, and adds them to these.
    fn write(&self, ends: (Spot, Spot), covered: &mut Vec<Area>, canvas: &mut Canvas) {
        let moves =
            (0..=10).flat_map(|i| [1.0, -1.0].map(|sign| sign * f64::from(i) / 12.0));
        let shares =
            moves.map(|by| self.share + by).filter(|share| (0.0..=1.0).contains(share));
        let places = shares.map(|share| -> Vec<(Label, Spot)> {
            self.labels.iter().map(|label| label.placed(ends, share)).collect()
        });
        let clear = |(label, at): &(Label, Spot)| {
            Area::of_words(&label.words, *at, Align::Middle).is_clear_of(covered)
        };
        let Some(chosen) = places.into_iter().find(|labels| labels.iter().all(clear))
        else {
            return;
        };
        for (label, at) in chosen {
            covered.push(Area::of_words(&label.words, at, Align::Middle));
            let paint = if label.side == 0.0 {
                canvas.patch(at, &label.words);
                Paint::words(label.color, Align::Middle)
            } else {
                Paint::haloed_words(label.color, Align::Middle)
            };
            canvas.centred_text(at, &label.words, paint);
        }
    }
}

impl Label {
    /// The words, wrapped, and their place, if they stand at this share of a wire.
    fn placed(&self, (from, to): (Spot, Spot), share: f64) -> (Self, Spot) {
        let (dx, dy) = (to.0 - from.0, to.1 - from.1);
        let words = text::wrap(&self.words, (0.8 * dx.abs()).max(7.0 * SIZE));
        let length = (dx * dx + dy * dy).sqrt().max(1e-9);
        // The normal that points up.
        let flip = if dx < 0.0 { -1.0 } else { 1.0 };
        let (nx, ny) = (flip * dy / length, -flip * dx / length);
        // Far enough that the words' box stays clear of the wire.
        let lines = words.lines().count().max(1) as f64;
        let away = self.side
            * (nx.abs() * text::width(&words) / 2.0
                + ny.abs() * (0.55 + 0.6 * (lines - 1.0)) * SIZE
                + 4.0);
        let (x, y) = (from.0 + share * dx, from.1 + share * dy);
        (Self { words, ..self.clone() }, (x + away * nx, y + away * ny))
    }
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
    fn a_network_wires_every_node_to_all_of_the_next_column() {
        let columns: [&[&str]; 3] = [&["a", "b", "c"], &["d", "e"], &["f"]];
        let weight =
            |column, from, to| if column == 0 { -8.0 } else { (from + to) as f64 };
        let (diagram, ids) = Diagram::network(&columns, weight);
        assert_eq!(diagram.wires.len(), 3 * 2 + 2);
        let last = &diagram.wires[7];
        assert_eq!((last.from.0, last.to.0), (ids[1][1].0, ids[2][0].0));
        let looks = [0, 6, 7].map(|wire: usize| diagram.wires[wire].look());
        let [negative, none, small] = looks;
        assert_eq!(negative, (Color::Vermillion, 5.0));
        assert_eq!(none, (Color::Blue, 0.6));
        assert_eq!(small, (Color::Blue, 0.6 + 4.4 / 8.0));
    }

    #[test]
    fn the_radius_of_circles_leaves_words_alone() {
        let (mut diagram, _) = Diagram::layers(&[&["a"]]);
        diagram.node(Node::text(1.0, 0.0, "words"));
        let radii: Vec<_> = diagram.radius(9.0).nodes.iter().map(|n| n.radius).collect();
        assert_eq!(radii, [Some(9.0), None]);
    }

    #[test]
    fn a_network_without_weights_has_wires_too() {
        let (diagram, _) = Diagram::network(&[&["a"], &["b"]], |_, _, _| 0.0);
        assert_eq!(diagram.wires[0].look(), (Color::Blue, 0.6));
    }

    #[test]
    #[should_panic(
        expected = "a weight is a share from -1 to 1 of the largest, but got NaN"
    )]
    fn a_weight_that_is_no_number_is_refused() {
        Diagram::network(&[&["a"], &["b"]], |_, _, _| f64::NAN);
    }

    #[test]
    #[should_panic(
        expected = "the distance of rows is above 0 and at most 1000 units, but got 0"
    )]
    fn rows_on_top_of_each_other_are_refused() {
        let _ = Diagram::new().row_height(0.0);
    }
}
