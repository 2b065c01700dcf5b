//! Labels that keep out of each other's way.

use crate::canvas::{Canvas, text_start};
use crate::color::Color;
use crate::frame::Frame;
use crate::paint::{Align, Paint};
use crate::panel::Margins;
use crate::polyline;
use crate::polyline::Spot;
use crate::text;

#[derive(Debug, Clone)]
pub struct Label {
    pub words: String,
    pub color: Color,
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
}

/// A rectangle that a label covers: left, top, right, bottom.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Cover(f64, f64, f64, f64);

/// How wide a label within this frame may be.
pub(crate) fn most(frame: &Frame) -> f64 {
    (0.6 * frame.width).max(4.0 * text::SIZE)
}

/// How far margin labels stand from the frame.
pub(crate) const MARGIN_GAP: f64 = 9.0;

/// How far they may reach above and below it.
pub(crate) const OVERHANG: f64 = 8.0;

impl Label {
    pub fn new(words: &str, color: Color, place: Place) -> Self {
        Self { words: words.to_owned(), color, place }
    }

    pub fn width(&self) -> f64 {
        text::width(&self.words, text::SIZE)
    }

    pub fn height(&self) -> f64 {
        text::height(&self.words, text::SIZE)
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

    /// Without the air above and below its letters.
    fn letters(&self) -> Self {
        let air = (text::line_height(text::SIZE) - text::SIZE) / 2.0;
        Self(self.0, self.1 + air, self.2, self.3 - air)
    }

    /// What words of the usual size cover that are centred on a place.
    pub(crate) fn centred((x, y): Spot, words: &str) -> Self {
        let (wide, high) =
            (text::width(words, text::SIZE), text::height(words, text::SIZE));
        Self(x - wide / 2.0, y - high / 2.0, x + wide / 2.0, y + high / 2.0)
    }

    pub(crate) fn is_clear_of(&self, others: &[Self]) -> bool {
        let own = self.letters();
        !others.iter().any(|other| own.overlaps(&other.letters()))
    }

    /// How much of a line runs through it.
    fn crossings(&self, line: &[Spot]) -> usize {
        // Most lines are the marks of points far away.
        let all = |aside: &dyn Fn(&Spot) -> bool| line.iter().all(aside);
        if all(&|p| p.0 < self.0) || all(&|p| p.0 > self.2) {
            return 0;
        }
        if all(&|p| p.1 < self.1) || all(&|p| p.1 > self.3) {
            return 0;
        }
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

    fn lies_in(&self, bounds: &Self) -> bool {
        self.0 >= bounds.0
            && self.1 >= bounds.1
            && self.2 <= bounds.2
            && self.3 <= bounds.3
    }

    fn height(&self) -> f64 {
        self.3 - self.1
    }

    fn width(&self) -> f64 {
        self.2 - self.0
    }

    /// The same with its top left corner at another place.
    fn moved(&self, left: f64, top: f64) -> Self {
        Self(left, top, left + self.width(), top + self.height())
    }
}

/// Where the labels of a panel may stand: beside the frame, but on none of the words around it.
fn bounds(frame: &Frame, margins: Margins) -> Cover {
    let (above, left, right, below) = (16.0, 6.0, 10.0, 10.0);
    Cover(
        frame.left - left,
        frame.top - above,
        frame.right() + margins.right + right,
        frame.bottom() + below,
    )
}

/// Writes all labels of a panel: the margin first, then fixed ones, then those that look for room. One for which there
/// is none is left out.
pub(crate) fn write(
    labels: &[Label],
    obstacles: &[Vec<Spot>],
    frame: &Frame,
    margins: Margins,
    canvas: &mut Canvas,
) {
    let margin = in_margin(labels, frame);
    let covered =
        margin.iter().map(|(label, _, at)| label.cover(*at, Align::Start)).collect();
    for (label, from, at) in margin {
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
            Paint::text(label.color, text::SIZE, Align::Start),
        );
    }
    for Placed { label, at, align, leader } in
        in_frame(labels, obstacles, frame, &bounds(frame, margins), covered)
    {
        if let Some((from, to)) = leader {
            canvas.line(from, to, Paint::stroke(label.color, 1.0).faded(0.6));
        }
        canvas.centred_text(
            at,
            &label.words,
            Paint::text(label.color, text::SIZE, align),
        );
    }
}

/// A label with its place, and a line to what it speaks of if that is not beside it.
struct Placed<'l> {
    label: &'l Label,
    at: Spot,
    align: Align,
    leader: Option<(Spot, Spot)>,
}

fn in_frame<'l>(
    labels: &'l [Label],
    obstacles: &[Vec<Spot>],
    frame: &Frame,
    bounds: &Cover,
    mut covered: Vec<Cover>,
) -> Vec<Placed<'l>> {
    let mut placed = Vec::new();
    // The size of a label for which the whole frame has no room: larger ones need not look.
    let mut hopeless = (f64::MAX, f64::MAX);
    let fixed = |label: &&Label| matches!(label.place, Place::Exactly(..));
    let (first, then): (Vec<_>, Vec<_>) = labels.iter().partition(fixed);
    for label in first.into_iter().chain(then) {
        let (spot, wanted) = match label.place {
            Place::Margin(_) => continue,
            Place::Exactly(spot, align) => (spot, Some((spot, align))),
            Place::Beside(spot, _)
                if label.width() >= hopeless.0 && label.height() >= hopeless.1 =>
            {
                (spot, None)
            }
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
                let best = costs.min_by_key(|cost| cost.0);
                (spot, best.map(|(_, at, align)| (at, align)))
            }
        };
        let free = |cover: &Cover| cover.lies_in(bounds) && cover.is_clear_of(&covered);
        let usual = wanted.filter(|&(at, align)| free(&label.cover(at, align)));
        let next = if let Some((at, align)) = usual {
            Some(Placed { label, at, align, leader: None })
        } else if label.width() >= hopeless.0 && label.height() >= hopeless.1 {
            None
        } else {
            let cover = nearest(label.cover(spot, Align::Middle), frame, free);
            if cover.is_none() {
                hopeless = (label.width(), label.height());
            }
            cover.map(|cover| {
                let to = (
                    spot.0.clamp(cover.0 - 2.0, cover.2 + 2.0),
                    spot.1.clamp(cover.1, cover.3),
                );
                let (dx, dy) = (to.0 - spot.0, to.1 - spot.1);
                Placed {
                    label,
                    at: (cover.0, (cover.1 + cover.3) / 2.0),
                    align: Align::Start,
                    leader: (dx * dx + dy * dy > 400.0).then_some((spot, to)),
                }
            })
        };
        if let Some(next) = next {
            covered.push(label.cover(next.at, next.align));
            placed.push(next);
        }
    }
    placed
}

/// The free place within the frame, of some hundred, to which it is the least way.
fn nearest(wanted: Cover, frame: &Frame, free: impl Fn(&Cover) -> bool) -> Option<Cover> {
    const STEPS: u32 = 24;
    let (right, lowest) =
        (frame.right() - wanted.width(), frame.bottom() - wanted.height());
    let (left, top) = (frame.left.min(right), frame.top.min(lowest));
    let along =
        |from: f64, to: f64, i: u32| from + (to - from) * f64::from(i) / f64::from(STEPS);
    let way = |cover: &Cover| {
        let (dx, dy) = (cover.0 - wanted.0, cover.1 - wanted.1);
        dx * dx + dy * dy
    };
    let grid = (0..=STEPS).flat_map(|i| (0..=STEPS).map(move |j| (i, j)));
    let kept = wanted.moved(
        wanted.0.clamp(left, right.max(left)),
        wanted.1.clamp(top, lowest.max(top)),
    );
    grid.map(|(i, j)| wanted.moved(along(left, right, i), along(top, lowest, j)))
        .chain([kept])
        .filter(free)
        .min_by(|a, b| way(a).total_cmp(&way(b)))
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
        let mut within = false;
        loop {
            let top = next.middle - next.height / 2.0;
            let overlaps = |last: &mut Stack<'_>| last.middle + last.height / 2.0 > top;
            if let Some(last) = stacks.pop_if(overlaps) {
                let (a, b) = (last.members.len() as f64, next.members.len() as f64);
                next.middle = (a * last.middle + b * next.middle) / (a + b);
                next.height += last.height;
                next.members = [last.members, next.members].concat();
                within = false;
            } else if within {
                break;
            } else {
                // A stack that is higher than the frame grows upwards, where the panel leaves room for it.
                let lowest = frame.bottom() + OVERHANG - next.height / 2.0;
                let highest = (frame.top - OVERHANG + next.height / 2.0).min(lowest);
                next.middle = next.middle.clamp(highest, lowest);
                within = true;
            }
        }
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

    fn everywhere() -> Cover {
        bounds(&frame(), Margins::default())
    }

    fn covers(placed: &[Placed<'_>]) -> Vec<Cover> {
        placed.iter().map(|placed| placed.label.cover(placed.at, placed.align)).collect()
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
        let heights = [100.0, 101.0, 103.0, 106.0, 160.0, 20.0, 198.0, 199.0, 200.0];
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
        let covers = covers(&in_frame(&labels, &[], &frame(), &everywhere(), Vec::new()));
        assert_eq!((covers.len(), overlaps(&covers)), (3, 0));
    }

    #[test]
    fn labels_without_room_at_their_place_find_one_and_are_tied_to_it() {
        let fixed = Place::Exactly((100.0, 100.0), Align::Middle);
        let labels = [fixed; 9].map(|place| Label::new("one of nine", Color::Ink, place));
        let placed = in_frame(&labels, &[], &frame(), &everywhere(), Vec::new());
        assert_eq!(placed.len(), 9);
        let letters: Vec<_> = covers(&placed).iter().map(Cover::letters).collect();
        assert_eq!(overlaps(&letters), 0);
        assert!(placed[0].leader.is_none() && placed[8].leader.is_some());
    }

    #[test]
    fn a_label_for_which_there_is_no_room_is_left_out() {
        let many = vec![
            Label::new(
                "one of too many",
                Color::Ink,
                Place::Beside((100.0, 100.0), 6.0)
            );
            500
        ];
        let placed = in_frame(&many, &[], &frame(), &everywhere(), Vec::new());
        assert!((10..60).contains(&placed.len()), "{}", placed.len());
        let letters: Vec<_> = covers(&placed).iter().map(Cover::letters).collect();
        assert_eq!(overlaps(&letters), 0);
    }

    #[test]
    fn a_label_avoids_a_line() {
        let labels = [Label::new("end", Color::Ink, Place::Beside((100.0, 100.0), 6.0))];
        let line = vec![(100.0, 100.0), (300.0, 100.0)];
        let at = in_frame(&labels, &[line], &frame(), &everywhere(), Vec::new())[0].at;
        assert!(at.1 < 95.0 || at.1 > 105.0, "{at:?}");
    }
}
