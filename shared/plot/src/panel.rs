//! A panel: two axes and what is drawn between them.

use crate::axis::{Axis, Scale};
use crate::canvas::Canvas;
use crate::color::Color;
use crate::frame::Frame;
use crate::label::{self, Place};
use crate::mark::{KeyEntry, Mark, Sample};
use crate::paint::{Align, Paint};
use crate::picture::Picture;
use crate::range::Fit;
use crate::text::{self, SIZE};
use crate::tick::Tick;

/// One plot of a [`Figure`](crate::Figure). Without anything to draw it shows its axes, from 0 to 1 unless they say otherwise.
#[derive(Debug, Default)]
pub struct Panel {
    heading: String,
    x: Axis,
    y: Axis,
    aspect: Option<f64>,
    equal: bool,
    marks: Vec<Box<dyn Mark>>,
    colors_taken: usize,
}

/// The room that a tile needs around its plot, in units.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Margins {
    pub left: f64,
    pub right: f64,
    pub top: f64,
    pub bottom: f64,
}

const LINE: f64 = 1.45 * SIZE;

impl Panel {
    /// An empty panel whose axes fit what it will draw.
    pub fn new() -> Self {
        Self::default()
    }

    /// A picture without axes.
    pub fn picture(picture: Picture) -> Self {
        let y = Axis::default().reversed();
        Self::new().y(y).bare().equal().draw(picture)
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

    /// The plot's width for a height of 1. By default 1.7 for a lone panel, and less in columns.
    pub fn aspect(mut self, aspect: f64) -> Self {
        assert!(
            aspect.is_finite() && aspect > 0.0,
            "an aspect is a positive number, but got {aspect}"
        );
        self.aspect = Some(aspect);
        self
    }

    /// One unit is as long on either axis, so that circles are round. Needs linear axes.
    pub fn equal(mut self) -> Self {
        self.equal = true;
        self
    }

    /// Draws a mark, over those before it. If it is a series without a colour, it takes the next one.
    pub fn draw(mut self, mut mark: impl Mark + 'static) -> Self {
        if mark.take_color(Color::series(self.colors_taken)) {
            self.colors_taken += 1;
        }
        self.marks.push(Box::new(mark));
        self
    }

    /// The panel's scales over a rectangle.
    fn frame(&self, left: f64, top: f64, width: f64, height: f64) -> Frame {
        let reach: Vec<(f64, f64)> =
            self.marks.iter().flat_map(|mark| mark.reach()).collect();
        let fits = self.marks.iter().map(|mark| mark.fit());
        let (mut x_fit, mut y_fit) = fits.fold((Fit::Tight, Fit::Tight), |all, one| {
            (all.0.max(one.0), all.1.max(one.1))
        });
        // A tinted plane with an empty rim would look like a mistake.
        if self.fills_plane() {
            (x_fit, y_fit) = (Fit::Tight, Fit::Tight);
        }
        let x = self.x.scale(reach.iter().map(|point| point.0), x_fit);
        let y = self.y.scale(reach.iter().map(|point| point.1), y_fit);
        Frame { x, y, left, top, width, height }
    }

    fn fills_plane(&self) -> bool {
        self.marks.iter().any(|mark| mark.fills_plane())
    }

    fn key(&self) -> Vec<KeyEntry> {
        self.marks.iter().flat_map(|mark| mark.key()).collect()
    }

    /// The ticks of both axes. With equal scales both have the same distance, so that the grid has square meshes.
    fn ticks(&self, frame: &Frame) -> (Vec<Tick>, Vec<Tick>) {
        let along_x = |least: f64| self.x.marks(&frame.x, frame.width, true, least);
        let along_y = |least: f64| self.y.marks(&frame.y, frame.height, false, least);
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

    fn is_bare(&self) -> bool {
        self.x.hidden && self.y.hidden
    }

    /// The room around a plot of about this size.
    pub(crate) fn margins(&self, width: f64, height: f64) -> Margins {
        let frame = self.frame(0.0, 0.0, width, height);
        let (x_ticks, y_ticks) = self.ticks(&frame);
        let wide = |ticks: &[Tick]| {
            ticks.iter().map(|tick| text::width(&tick.1, SIZE)).fold(0.0, f64::max)
        };
        let beside = self.marks.iter().flat_map(|mark| mark.labels(&frame));
        let beside = beside
            .filter(|label| matches!(label.place, Place::Margin(_)))
            .map(|label| label.width());
        let labels = beside.fold(0.0, f64::max);
        let overhang = x_ticks.last().map_or(0.0, |tick| {
            text::width(&tick.1, SIZE) / 2.0 - (1.0 - tick.0) * width
        });
        let lines = |words: &str| {
            if words.is_empty() { 0.0 } else { words.lines().count() as f64 * LINE }
        };
        let tick_lines =
            x_ticks.iter().map(|tick| tick.1.lines().count()).max().unwrap_or(0);
        let y_label = if self.y.hidden { 0.0 } else { lines(&self.y.label) };
        let key_rows = self.key_rows(width + 0.1 * width).len() as f64;
        Margins {
            left: if y_ticks.is_empty() { 2.0 } else { wide(&y_ticks) + 9.0 },
            right: if labels > 0.0 {
                labels + label::MARGIN_GAP + 2.0
            } else {
                overhang.max(2.0)
            },
            top: lines(&self.heading)
                + key_rows * LINE
                + y_label
                + if self.is_bare() { 2.0 } else { 8.0 },
            bottom: if tick_lines > 0 {
                7.0 + tick_lines as f64 * 1.25 * SIZE
            } else {
                2.0
            } + if self.x.hidden { 0.0 } else { lines(&self.x.label) },
        }
    }

    /// Width by height of the plot.
    pub(crate) fn proportion(&self, usual: f64) -> f64 {
        if !self.equal {
            return self.aspect.unwrap_or(usual);
        }
        let frame = self.frame(0.0, 0.0, 1.0, 1.0);
        assert!(
            !frame.x.log && !frame.y.log,
            "equal scales need linear axes, but one is logarithmic"
        );
        frame.x.range.span() / frame.y.range.span()
    }

    /// Draws the panel with its plot in this rectangle and its margins around it.
    pub(crate) fn draw_at(
        &self,
        left: f64,
        top: f64,
        width: f64,
        height: f64,
        margins: Margins,
        canvas: &mut Canvas<'_>,
    ) {
        let frame = self.frame(left, top, width, height);
        self.draw_grid(&frame, canvas);
        for mark in &self.marks {
            mark.draw(&frame, canvas);
        }
        self.draw_words(&frame, margins, canvas);
        let labels: Vec<_> =
            self.marks.iter().flat_map(|mark| mark.labels(&frame)).collect();
        let obstacles: Vec<_> =
            self.marks.iter().flat_map(|mark| mark.obstacles(&frame)).collect();
        label::write(&labels, &obstacles, &frame, canvas);
    }

    fn draw_grid(&self, frame: &Frame, canvas: &mut Canvas<'_>) {
        let (x_ticks, y_ticks) = self.ticks(frame);
        if self.fills_plane() {
            return;
        }
        let grid = Paint::stroke(Color::Grid, 1.0);
        if !self.y.categorical {
            for (at, _) in &y_ticks {
                let y = frame.bottom() - at * frame.height;
                canvas.line((frame.left, y), (frame.right(), y), grid);
            }
        }
        if self.equal {
            for (at, _) in &x_ticks {
                let x = frame.left + at * frame.width;
                canvas.line((x, frame.top), (x, frame.bottom()), grid);
            }
        } else if !self.x.hidden && !self.x.categorical {
            let axis = Paint::stroke(Color::Muted, 1.0).faded(0.6);
            canvas.line(
                (frame.left, frame.bottom()),
                (frame.right(), frame.bottom()),
                axis,
            );
            for (at, _) in &x_ticks {
                let x = frame.left + at * frame.width;
                canvas.line((x, frame.bottom()), (x, frame.bottom() + 4.0), axis);
            }
        }
    }

    fn draw_words(&self, frame: &Frame, margins: Margins, canvas: &mut Canvas<'_>) {
        let (x_ticks, y_ticks) = self.ticks(frame);
        let muted = |align| Paint::bare_text(Color::Muted, SIZE, align);
        let tick_lines =
            x_ticks.iter().map(|tick| tick.1.lines().count()).max().unwrap_or(0);
        for (at, words) in &x_ticks {
            let spot =
                (frame.left + at * frame.width, frame.bottom() + 7.0 + 0.95 * SIZE);
            canvas.text(spot, words, muted(Align::Middle));
        }
        for (at, words) in &y_ticks {
            let spot = (frame.left - 8.0, frame.bottom() - at * frame.height);
            canvas.centred_text(spot, words, muted(Align::End));
        }
        if !self.x.hidden {
            let ticks =
                if tick_lines > 0 { 7.0 + tick_lines as f64 * 1.25 * SIZE } else { 2.0 };
            let spot =
                (frame.left + frame.width / 2.0, frame.bottom() + ticks + 1.05 * SIZE);
            canvas.text(spot, &self.x.label, muted(Align::Middle));
        }
        let edge = frame.left - margins.left;
        let mut baseline = frame.top - margins.top + SIZE;
        if self.is_bare() {
            let paint = Paint::bare_text(Color::Ink, SIZE, Align::Middle);
            canvas.text((frame.left + frame.width / 2.0, baseline), &self.heading, paint);
        } else {
            canvas.text(
                (edge, baseline),
                &self.heading,
                Paint::bare_text(Color::Ink, SIZE, Align::Start).bold(),
            );
        }
        baseline += self.heading.lines().count() as f64 * LINE;
        for row in self.key_rows(1.1 * frame.width) {
            draw_key_row(&row, (edge, baseline), canvas);
            baseline += LINE;
        }
        if !self.y.hidden {
            canvas.text((edge, baseline), &self.y.label, muted(Align::Start));
        }
    }

    /// The entries of the key, in as many rows as this width needs.
    fn key_rows(&self, width: f64) -> Vec<Vec<KeyEntry>> {
        let mut rows: Vec<Vec<KeyEntry>> = Vec::new();
        let mut used = 0.0;
        for entry in self.key() {
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

const KEY_INDENT: f64 = 20.0;

fn key_width(entry: &KeyEntry) -> f64 {
    KEY_INDENT + text::width(&entry.words, SIZE) + 16.0
}

fn draw_key_row(row: &[KeyEntry], (left, baseline): (f64, f64), canvas: &mut Canvas<'_>) {
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
        let paint = Paint::bare_text(Color::Ink, SIZE, Align::Start);
        canvas.text((x + KEY_INDENT, baseline), &entry.words, paint);
        x += key_width(entry);
    }
}
