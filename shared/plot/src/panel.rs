//! A panel: two axes and what is drawn between them.

use crate::{
    Align, Axis, Canvas, Color, Fit, Frame, KeyEntry, Label, Mark, Paint, Place, Room,
    Sample, Scale, Spot, Tick, Tile, label,
    text::{self, SIZE},
};

/// One plot of a [`Figure`](crate::Figure). Without anything to draw it shows its axes, from 0 to 1 unless they say otherwise.
#[derive(Debug, Default)]
pub struct Panel {
    heading: String,
    x: Axis,
    y: Axis,
    aspect: Option<f64>,
    equal: bool,
    grip: Option<String>,
    marks: Vec<Box<dyn Mark>>,
    colors_taken: usize,
}

/// A panel on its tile: its scales over the plot, and what goes on and around it.
struct View {
    frame: Frame,
    /// The ticks of either axis, by their share of the way along it.
    x_ticks: Vec<Tick>,
    y_ticks: Vec<Tick>,
    labels: Vec<Label>,
}

/// The words around a plot: above it the heading, the key row by row, and the label of the vertical axis; below it that of
/// the horizontal one.
struct Words {
    heading: String,
    key: Vec<Vec<KeyEntry>>,
    y: String,
    x: String,
}

const LINE: f64 = 1.45 * SIZE;

/// What of a tile's width the labels of either axis and the words at the ends of lines may take at most.
const X_SHARE: f64 = 0.5;
const Y_SHARE: f64 = 0.3;
const LABEL_SHARE: f64 = 0.35;

/// How far words may reach out of a tile, into the gap to the next.
const AIR: f64 = 10.0;

/// No plot is higher than this, unless it has names that would overlap: a page shows a figure and some text at once.
const MAX_HEIGHT: f64 = 400.0;

/// No plot is wider or higher than so many times the other side.
const EXTREME: f64 = 20.0;

impl Panel {
    /// An empty panel whose axes fit what it will draw.
    pub fn new() -> Self {
        Self::default()
    }

    /// An image without axes, its first row at the top: a [`Picture`](crate::Picture), or a [`HeatMap`](crate::HeatMap) of weights.
    pub fn picture(picture: impl Mark + 'static) -> Self {
        let mut panel = Self::new().bare().equal().draw(picture);
        panel.y.reversed = true;
        panel
    }

    /// Words above the panel.
    pub fn heading(mut self, words: impl Into<String>) -> Self {
        self.heading = words.into();
        self
    }

    /// The horizontal axis.
    pub fn x(mut self, axis: Axis) -> Self {
        self.x = axis;
        self
    }

    /// The vertical axis. Its label stands above it, to be read without turning the head.
    pub fn y(mut self, axis: Axis) -> Self {
        self.y = axis;
        // Names are read from the top.
        self.y.reversed ^= self.y.categorical;
        self
    }

    /// Hides both axes.
    pub fn bare(mut self) -> Self {
        self.x.hidden = true;
        self.y.hidden = true;
        self
    }

    /// The plot's width for a height of 1, from 1/20 to 20. By default 1.7 for a lone panel, and less in columns. A plot is
    /// higher than that if its names would overlap. Panics if it is not positive and finite.
    pub fn aspect(mut self, aspect: f64) -> Self {
        assert!(
            aspect.is_finite() && aspect > 0.0,
            "an aspect is a positive number, but got {aspect}"
        );
        self.aspect = Some(aspect);
        self
    }

    /// One unit is as long on either axis, so that circles are round, as long as neither is 20 times as long as the other.
    /// Needs linear axes: drawing panics if one is logarithmic.
    pub fn equal(mut self) -> Self {
        self.equal = true;
        self
    }

    /// Lets a page that moves its figures find its way from a place on this panel to a point of the data, and back: the
    /// markup says where the panel lies and which range it shows, under this name. Nothing can be seen of it. Needs linear
    /// axes: drawing panics if one is logarithmic.
    pub fn grip(mut self, name: impl Into<String>) -> Self {
        self.grip = Some(name.into());
        self
    }

    /// Draws a mark, over those before it. If it is a series without a colour, it takes the next one.
    pub fn draw(mut self, mut mark: impl Mark + 'static) -> Self {
        if let Some(look) = mark.series().filter(|look| look.color.is_none()) {
            look.color = Some(Color::series(self.colors_taken));
            self.colors_taken += 1;
        }
        self.marks.push(Box::new(mark));
        self
    }

    fn view(&self, room: &Room) -> View {
        let marks = || self.marks.iter();
        let reach: Vec<(f64, f64)> = marks().flat_map(|mark| mark.reach()).collect();
        let (x_fit, y_fit) =
            marks().map(|mark| mark.fit()).fold((Fit::Tight, Fit::Tight), |all, one| {
                (all.0.max(one.0), all.1.max(one.1))
            });
        let frame = Frame {
            x: self.x.scale(reach.iter().map(|point| point.0), x_fit),
            y: self.y.scale(reach.iter().map(|point| point.1), y_fit),
            left: room.corner.0,
            top: room.corner.1,
            width: room.plot.0,
            height: room.plot.1,
        };
        let wrapped = |mut label: Label| {
            let most = match label.place {
                Place::Margin(_) => LABEL_SHARE * room.tile,
                _ => label::most(&frame),
            };
            label.words = text::wrap(&label.words, most);
            label
        };
        let labels = marks().flat_map(|mark| mark.labels(&frame)).map(wrapped).collect();
        let (x_ticks, y_ticks) = self.ticks(&frame, room.tile);
        View { frame, x_ticks, y_ticks, labels }
    }

    /// The ticks of both axes, on a tile of this width. With equal scales both have the same distance, so that the grid has
    /// square meshes.
    fn ticks(&self, frame: &Frame, tile: f64) -> (Vec<Tick>, Vec<Tick>) {
        let along_x =
            |least: f64| self.x.marks(&frame.x, frame.width, true, least, X_SHARE * tile);
        let along_y = |least: f64| {
            self.y.marks(&frame.y, frame.height, false, least, Y_SHARE * tile)
        };
        let (x, y) = (along_x(0.0), along_y(0.0));
        if !self.equal {
            return (x, y);
        }
        let step = |ticks: &[Tick], scale: &Scale| match ticks {
            [a, b, ..] => (b.0 - a.0).abs() * scale.range.span(),
            _ => 0.0,
        };
        let (across, up) = (step(&x, &frame.x), step(&y, &frame.y));
        (along_x(up), along_y(across))
    }

    /// Whether a mark fills the plane, so that a grid would only disturb.
    fn fills_plane(&self) -> bool {
        self.marks.iter().any(|mark| mark.fit().0 == Fit::Filled)
    }

    fn is_bare(&self) -> bool {
        self.x.hidden && self.y.hidden
    }

    /// The words around a plot, wrapped to the room that is there.
    fn words(&self, room: &Room) -> Words {
        let (width, (left, right)) = (room.plot.0, room.reach);
        let most = room.sides.0 + width + right + AIR;
        let centred = width + 2.0 * (left.min(right) + AIR);
        let label = |axis: &Axis, most: f64| match axis.hidden {
            true => String::new(),
            false => text::wrap(&axis.label, most),
        };
        let heading = if self.is_bare() { centred } else { most };
        Words {
            heading: text::wrap(&self.heading, heading),
            key: self.key_rows(most.min(1.1 * width), most),
            y: label(&self.y, most),
            x: label(&self.x, centred),
        }
    }

    /// Width by height that the plot should have.
    fn proportion(&self, usual: f64) -> f64 {
        if !self.equal {
            return self.aspect.unwrap_or(usual);
        }
        let Frame { x, y, .. } =
            self.view(&Room { plot: (1.0, 1.0), ..Room::default() }).frame;
        assert!(
            !x.log && !y.log,
            "equal scales need linear axes, but one is logarithmic"
        );
        x.range.span() / y.range.span()
    }

    fn draw_grid(&self, view: &View, canvas: &mut Canvas) {
        if self.fills_plane() {
            return;
        }
        let View { frame, x_ticks, y_ticks, .. } = view;
        let grid = Paint::stroke(Color::Grid, 1.0);
        if !self.y.categorical {
            for (at, _) in y_ticks {
                canvas.line(frame.spot(0.0, *at), frame.spot(1.0, *at), grid);
            }
        }
        if self.equal {
            for (at, _) in x_ticks {
                canvas.line(frame.spot(*at, 1.0), frame.spot(*at, 0.0), grid);
            }
        } else if !self.x.hidden && !self.x.categorical {
            let axis = Paint::stroke(Color::Muted, 1.0).faded(0.6);
            canvas.line(frame.spot(0.0, 0.0), frame.spot(1.0, 0.0), axis);
            for (at, _) in x_ticks {
                let (x, y) = frame.spot(*at, 0.0);
                canvas.line((x, y), (x, y + 4.0), axis);
            }
        }
    }

    fn draw_words(&self, room: &Room, view: &View, canvas: &mut Canvas) {
        let View { frame, x_ticks, y_ticks, .. } = view;
        for (at, words) in x_ticks {
            let (x, y) = frame.spot(*at, 0.0);
            canvas.text((x, y + 7.0 + 0.95 * SIZE), words, muted(Align::Middle));
        }
        for (at, words) in y_ticks {
            let (x, y) = frame.spot(0.0, *at);
            canvas.centred_text((x - 8.0, y), words, muted(Align::End));
        }
        let words = self.words(room);
        let middle = frame.left + frame.width / 2.0;
        let below = frame.bottom() + below_ticks(x_ticks) + 1.05 * SIZE;
        canvas.text((middle, below), &words.x, muted(Align::Middle));
        let edge = frame.left - room.sides.0;
        let mut baseline = frame.top - room.ends.0 + SIZE;
        let (at, heading) = if self.is_bare() {
            (middle, Paint::words(Color::Ink, Align::Middle))
        } else {
            (edge, Paint::words(Color::Ink, Align::Start).bold())
        };
        canvas.text((at, baseline), &words.heading, heading);
        baseline += height(&words.heading);
        for row in &words.key {
            draw_key_row(row, (edge, baseline), canvas);
            baseline += row_height(row);
        }
        canvas.text((edge, baseline), &words.y, muted(Align::Start));
    }

    /// The entries of the key, in as many rows as this width needs, and no entry wider than `most`.
    fn key_rows(&self, width: f64, most: f64) -> Vec<Vec<KeyEntry>> {
        let mut rows: Vec<Vec<KeyEntry>> = Vec::new();
        let mut used = 0.0;
        for mut entry in self.marks.iter().filter_map(|mark| mark.key()) {
            entry.words = text::wrap(&entry.words, most - KEY_INDENT);
            let needs = key_width(&entry);
            match rows.last_mut() {
                Some(row) if used + needs <= width => row.push(entry),
                _ => {
                    rows.push(vec![entry]);
                    used = 0.0;
                }
            }
            used += needs;
        }
        rows
    }
}

impl Tile for Panel {
    fn plot(&self, width: f64, usual: f64, tile: f64) -> (f64, f64) {
        let proportion = self.proportion(usual).clamp(1.0 / EXTREME, EXTREME);
        let height = (width / proportion).min(MAX_HEIGHT);
        if self.equal {
            return (height * proportion, height);
        }
        let view = self.view(&Room { plot: (width, height), tile, ..Room::default() });
        let least = self.y.least_height(Y_SHARE * tile).max(view.stack());
        (height * proportion, height.max(least))
    }

    fn sides(&self, room: &Room) -> (f64, f64) {
        let view = self.view(room);
        let wide = |tick: &Tick| text::width(&tick.1);
        let overhang = |room: &dyn Fn(&Tick) -> f64| {
            let beyond = view.x_ticks.iter().map(|tick| wide(tick) / 2.0 - room(tick));
            beyond.fold(2.0, f64::max)
        };
        // The figure's padding holds what little of a tick's label stands out on the left.
        let left = overhang(&|tick| tick.0 * view.frame.width) - AIR;
        let right = overhang(&|tick| (1.0 - tick.0) * view.frame.width);
        let ticks = view.y_ticks.iter().map(|tick| wide(tick) + 9.0);
        let labels =
            view.in_margin().map(|label| label.width() + label::MARGIN_GAP + 2.0);
        (ticks.fold(left.max(2.0), f64::max), labels.fold(right, f64::max))
    }

    fn ends(&self, room: &Room) -> (f64, f64) {
        let (view, words) = (self.view(room), self.words(room));
        let key: f64 = words.key.iter().map(|row| row_height(row)).sum();
        let air = if self.is_bare() { 2.0 } else { 8.0 };
        let more = (view.stack() - view.frame.height).max(0.0);
        (
            height(&words.heading) + key + height(&words.y) + air + more,
            below_ticks(&view.x_ticks) + height(&words.x),
        )
    }

    fn draw(&self, room: &Room, canvas: &mut Canvas) {
        let view = self.view(room);
        if let Some(name) = &self.grip {
            canvas.grip(name, &view.frame);
        }
        self.draw_grid(&view, canvas);
        for mark in &self.marks {
            mark.draw(&view.frame, canvas);
        }
        if canvas.is_full() {
            return;
        }
        self.draw_words(room, &view, canvas);
        let obstacles: Vec<_> =
            self.marks.iter().flat_map(|mark| mark.obstacles(&view.frame)).collect();
        label::write(&view.labels, &obstacles, &view.frame, room.sides.1, canvas);
    }
}

impl View {
    fn in_margin(&self) -> impl Iterator<Item = &Label> {
        self.labels.iter().filter(|label| matches!(label.place, Place::Margin(_)))
    }

    /// How high the labels at the ends of lines stand together, but for what may reach beyond the frame.
    fn stack(&self) -> f64 {
        self.in_margin().map(Label::height).sum::<f64>() - 2.0 * label::OVERHANG
    }
}

fn muted(align: Align) -> Paint {
    Paint::words(Color::Muted, align)
}

/// How much room words take around the plot.
fn height(words: &str) -> f64 {
    words.lines().count() as f64 * LINE
}

/// How far the labels of the horizontal axis reach below the plot.
fn below_ticks(ticks: &[Tick]) -> f64 {
    match ticks.iter().map(|tick| tick.1.lines().count()).max() {
        Some(lines) if lines > 0 => 7.0 + lines as f64 * 1.25 * SIZE,
        _ => 2.0,
    }
}

const KEY_INDENT: f64 = 20.0;

fn key_width(entry: &KeyEntry) -> f64 {
    KEY_INDENT + text::width(&entry.words) + 16.0
}

fn row_height(row: &[KeyEntry]) -> f64 {
    row.iter().map(|entry| entry.words.lines().count().max(1)).max().unwrap_or(0) as f64
        * LINE
}

fn draw_key_row(row: &[KeyEntry], (left, baseline): Spot, canvas: &mut Canvas) {
    let middle = baseline - text::HALF_CAPITAL * SIZE;
    let mut x = left;
    for entry in row {
        match entry.sample {
            Sample::Marker(marker) => {
                canvas.marker((x + 7.0, middle), marker, 5.0, entry.color)
            }
            Sample::Patch(opacity) => {
                canvas.rectangle(
                    (x, middle - 6.5),
                    (x + 13.0, middle + 6.5),
                    Paint::fill(entry.color, opacity),
                );
            }
        }
        let paint = Paint::words(Color::Ink, Align::Start);
        canvas.text((x + KEY_INDENT, baseline), &entry.words, paint);
        x += key_width(entry);
    }
}
