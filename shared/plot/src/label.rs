//! Labels that keep out of each other's way.

use crate::canvas::{Canvas, text_start};
use crate::color::Color;
use crate::frame::Frame;
use crate::paint::{Align, Paint};
use crate::polyline;
use crate::polyline::Spot;
use crate::text;

#[derive(Debug, Clone)]
pub struct Label {
    pub words: String,
    pub color: Color,
    pub size: f64,
    pub place: Place,
}

#[derive(Debug, Clone, Copy)]
pub enum Place {
    /// In the right margin, beside a line that ends at this height.
    Margin(Spot),
    /// Beside this place, at this distance, on whichever side there is room.
    Beside(Spot, f64),
    /// With its middle line at exactly this place.
    Exactly(Spot, Align),
    /// Centred on this place; left out where there is no room.
    Perhaps(Spot),
}

/// A rectangle that a label covers: left, top, right, bottom.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Cover(f64, f64, f64, f64);

/// How far margin labels stand from the frame.
pub(crate) const MARGIN_GAP: f64 = 9.0;

impl Label {
    pub fn new(words: &str, color: Color, place: Place) -> Self {
        Self { words: words.to_owned(), color, size: text::SIZE, place }
    }

    pub fn width(&self) -> f64 {
        text::width(&self.words, self.size)
    }

    fn height(&self) -> f64 {
        self.words.lines().count() as f64 * text::line_height(self.size)
    }

    fn cover(&self, (x, y): Spot, align: Align) -> Cover {
        let left = text_start(x, self.width(), align);
        let half = self.height() / 2.0;
        Cover(left, y - half, left + self.width(), y + half)
    }

    /// Places around a spot, the most usual first.
    fn around(&self, (x, y): Spot, gap: f64) -> [(Spot, Align); 8] {
        let rise = gap + self.height() / 2.0;
        let slope = 0.75 * gap;
        [
            ((x + gap + 2.0, y), Align::Start),
            ((x + slope, y - rise), Align::Start),
            ((x + slope, y + rise), Align::Start),
            ((x, y - rise), Align::Middle),
            ((x, y + rise), Align::Middle),
            ((x - slope, y - rise), Align::End),
            ((x - slope, y + rise), Align::End),
            ((x - gap - 2.0, y), Align::End),
        ]
    }
}

impl Cover {
    fn overlaps(&self, other: &Self) -> bool {
        self.0 < other.2 && other.0 < self.2 && self.1 < other.3 && other.1 < self.3
    }

    /// How much of a line runs through it.
    fn crossings(&self, line: &[Spot]) -> usize {
        let places: Vec<_> = line.iter().copied().map(Some).collect();
        polyline::clip(&places, (self.0, self.1), (self.2, self.3)).len()
    }

    fn leaves(&self, frame: &Frame) -> bool {
        let air = 4.0;
        self.0 < frame.left - air
            || self.1 < frame.top - 2.0 * air
            || self.2 > frame.right() + air
            || self.3 > frame.bottom() + air
    }
}

/// Writes all labels of a panel: fixed ones first, then the margin, then those that look for room.
pub(crate) fn write(
    labels: &[Label],
    obstacles: &[Vec<Spot>],
    frame: &Frame,
    canvas: &mut Canvas<'_>,
) {
    for (label, from, at) in in_margin(labels, frame) {
        if (from.1 - at.1).abs() > 4.0 {
            canvas.line(
                (from.0 + 2.0, from.1),
                (at.0 - 2.0, at.1),
                Paint::stroke(label.color, 1.0).faded(0.6),
            );
        }
        canvas.centred_text(
            at,
            &label.words,
            Paint::text(label.color, label.size, Align::Start),
        );
    }
    for (label, at, align) in in_frame(labels, obstacles, frame) {
        canvas.centred_text(
            at,
            &label.words,
            Paint::text(label.color, label.size, align),
        );
    }
}

fn in_frame<'l>(
    labels: &'l [Label],
    obstacles: &[Vec<Spot>],
    frame: &Frame,
) -> Vec<(&'l Label, Spot, Align)> {
    let mut covered: Vec<Cover> = Vec::new();
    let mut placed = Vec::new();
    for label in labels {
        if let Place::Exactly(spot, align) = label.place {
            covered.push(label.cover(spot, align));
            placed.push((label, spot, align));
        }
    }
    for label in labels {
        let place = match label.place {
            Place::Beside(spot, gap) => {
                let costs = label.around(spot, gap).into_iter().enumerate().map(
                    |(i, (at, align))| {
                        let cover = label.cover(at, align);
                        let texts =
                            covered.iter().filter(|other| cover.overlaps(other)).count();
                        let lines: usize =
                            obstacles.iter().map(|line| cover.crossings(line)).sum();
                        let outside = usize::from(cover.leaves(frame));
                        (1_000 * texts + 500 * outside + 20 * lines + i, at, align)
                    },
                );
                costs.min_by_key(|cost| cost.0).map(|(_, at, align)| (at, align))
            }
            Place::Perhaps(spot) => {
                let cover = label.cover(spot, Align::Middle);
                let free = !cover.leaves(frame)
                    && !covered.iter().any(|other| cover.overlaps(other));
                free.then_some((spot, Align::Middle))
            }
            Place::Margin(_) | Place::Exactly(..) => None,
        };
        if let Some((at, align)) = place {
            covered.push(label.cover(at, align));
            placed.push((label, at, align));
        }
    }
    placed
}

/// The labels in the margin, with the end of their line and their own place.
///
/// Labels that would overlap form a stack whose middle is the mean of the heights they want. A stack that
/// then touches its neighbour joins it.
fn in_margin<'l>(labels: &'l [Label], frame: &Frame) -> Vec<(&'l Label, Spot, Spot)> {
    let mut wanted: Vec<(&Label, Spot)> = labels
        .iter()
        .filter_map(|label| {
            if let Place::Margin(end) = label.place { Some((label, end)) } else { None }
        })
        .collect();
    wanted.sort_by(|a, b| a.1.1.total_cmp(&b.1.1));

    struct Stack<'l> {
        members: Vec<(&'l Label, Spot)>,
        height: f64,
        middle: f64,
    }
    let mut stacks: Vec<Stack<'_>> = Vec::new();
    for (label, end) in wanted {
        let mut next =
            Stack { members: vec![(label, end)], height: label.height(), middle: end.1 };
        while let Some(last) = stacks.pop_if(|last| {
            last.middle + last.height / 2.0 > next.middle - next.height / 2.0
        }) {
            let (a, b) = (last.members.len() as f64, next.members.len() as f64);
            next.middle = (a * last.middle + b * next.middle) / (a + b);
            next.height += last.height;
            next.members = [last.members, next.members].concat();
        }
        let room = (frame.bottom() - frame.top - next.height).max(0.0) / 2.0 + 8.0;
        let centre = frame.top + frame.height / 2.0;
        next.middle = next.middle.clamp(centre - room, centre + room);
        stacks.push(next);
    }

    let mut placed = Vec::new();
    for stack in stacks {
        let mut top = stack.middle - stack.height / 2.0;
        for (label, end) in stack.members {
            placed.push((
                label,
                end,
                (frame.right() + MARGIN_GAP, top + label.height() / 2.0),
            ));
            top += label.height();
        }
    }
    placed
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::axis::Axis;
    use crate::range::Fit;

    fn frame() -> Frame {
        let scale = Axis::new("").scale([].into_iter(), Fit::Tight);
        Frame { x: scale, y: scale, left: 0.0, top: 0.0, width: 300.0, height: 200.0 }
    }

    fn overlaps(covers: &[Cover]) -> usize {
        covers
            .iter()
            .enumerate()
            .map(|(i, a)| covers[..i].iter().filter(|b| a.overlaps(b)).count())
            .sum()
    }

    #[test]
    fn end_labels_do_not_overlap() {
        let heights = [100.0, 101.0, 103.0, 106.0, 145.0, 20.0, 199.0, 198.0];
        let labels =
            heights.map(|y| Label::new("a label", Color::Ink, Place::Margin((300.0, y))));
        let covers: Vec<_> = in_margin(&labels, &frame())
            .into_iter()
            .map(|(label, _, at)| label.cover(at, Align::Start))
            .collect();
        assert_eq!(covers.len(), heights.len());
        let shrunk: Vec<_> =
            covers.iter().map(|c| Cover(c.0, c.1 + 1e-6, c.2, c.3 - 1e-6)).collect();
        assert_eq!(overlaps(&shrunk), 0, "{covers:?}");
    }

    #[test]
    fn a_lonely_end_label_stands_at_the_end_of_its_line() {
        let labels = [Label::new("alone", Color::Ink, Place::Margin((300.0, 77.0)))];
        assert_eq!(in_margin(&labels, &frame())[0].2, (300.0 + MARGIN_GAP, 77.0));
    }

    #[test]
    fn labels_of_neighbouring_points_find_room() {
        let spots = [(100.0, 100.0), (108.0, 100.0), (104.0, 106.0)];
        let labels =
            spots.map(|spot| Label::new("point", Color::Ink, Place::Beside(spot, 6.0)));
        let covers: Vec<_> = in_frame(&labels, &[], &frame())
            .into_iter()
            .map(|(label, at, align)| label.cover(at, align))
            .collect();
        assert_eq!((covers.len(), overlaps(&covers)), (3, 0));
    }

    #[test]
    fn a_label_avoids_a_line() {
        let labels = [Label::new("end", Color::Ink, Place::Beside((100.0, 100.0), 6.0))];
        let line = vec![(100.0, 100.0), (300.0, 100.0)];
        let at = in_frame(&labels, &[line], &frame())[0].1;
        assert!(at.1 < 95.0 || at.1 > 105.0, "{at:?}");
    }
}
