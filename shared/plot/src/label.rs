//! Labels that keep out of each other's way.

use crate::{
    Align, Area, Canvas, Color, Frame, Paint, Spot, polyline,
    text::{self, SIZE},
};

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

/// How wide a label within this frame may be.
pub(crate) fn most(frame: &Frame) -> f64 {
    (0.6 * frame.width).max(4.0 * SIZE)
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
        text::width(&self.words)
    }

    pub fn height(&self) -> f64 {
        text::height(&self.words)
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

/// A label with its place, and a line to what it speaks of if that is not beside it.
struct Placed<'l> {
    label: &'l Label,
    at: Spot,
    align: Align,
    leader: Option<(Spot, Spot)>,
}

impl Placed<'_> {
    fn area(&self) -> Area {
        Area::of_words(&self.label.words, self.at, self.align)
    }
}

/// Writes all labels of a panel that has this margin on its right: there first, then fixed ones, then those that look for
/// room. One for which there is none is left out.
pub(crate) fn write(
    labels: &[Label],
    obstacles: &[Vec<Spot>],
    frame: &Frame,
    margin: f64,
    canvas: &mut Canvas,
) {
    for Placed { label, at, align, leader } in placed(labels, obstacles, frame, margin) {
        if let Some((from, to)) = leader {
            canvas.line(from, to, Paint::stroke(label.color, 1.0).faded(0.6));
        }
        canvas.centred_text(at, &label.words, Paint::haloed_words(label.color, align));
    }
}

fn placed<'l>(
    labels: &'l [Label],
    obstacles: &[Vec<Spot>],
    frame: &Frame,
    margin: f64,
) -> Vec<Placed<'l>> {
    // Beside the frame, but on none of the words around it.
    let bounds = frame.area().grown((6.0, margin + 10.0), (16.0, 10.0));
    let mut placed = in_margin(labels, frame);
    let mut covered: Vec<Area> = placed.iter().map(Placed::area).collect();
    // The size of a label for which the whole frame has no room: larger ones need not look.
    let mut hopeless = (f64::MAX, f64::MAX);
    let fixed = |label: &&Label| matches!(label.place, Place::Exactly(..));
    let (first, then): (Vec<_>, Vec<_>) = labels.iter().partition(fixed);
    for label in first.into_iter().chain(then) {
        let no_hope = label.width() >= hopeless.0 && label.height() >= hopeless.1;
        let (spot, at, align) = match label.place {
            Place::Margin(_) => continue,
            Place::Beside(..) if no_hope => continue,
            Place::Beside(spot, gap) => {
                let (at, align) = beside(label, spot, gap, &covered, obstacles, frame);
                (spot, at, align)
            }
            Place::Exactly(spot, align) => (spot, spot, align),
        };
        let free = |area: &Area| bounds.contains(area) && area.is_clear_of(&covered);
        let mut next = Placed { label, at, align, leader: None };
        if !free(&next.area()) {
            if no_hope {
                continue;
            }
            let centred = Area::of_words(&label.words, spot, Align::Middle);
            let Some(area) = nearest(centred, frame, free) else {
                hopeless = (label.width(), label.height());
                continue;
            };
            let to = area.grown((2.0, 2.0), (0.0, 0.0)).nearest(spot);
            next.at = (area.left, (area.top + area.bottom) / 2.0);
            next.align = Align::Start;
            next.leader = (polyline::length(spot, to) > 20.0).then_some((spot, to));
        }
        covered.push(next.area());
        placed.push(next);
    }
    placed
}

/// The place around a spot where a label covers least of what is there already.
fn beside(
    label: &Label,
    spot: Spot,
    gap: f64,
    covered: &[Area],
    obstacles: &[Vec<Spot>],
    frame: &Frame,
) -> (Spot, Align) {
    let inside = frame.area().grown((4.0, 4.0), (8.0, 4.0));
    let cost = |(at, align): &(Spot, Align)| {
        let area = Area::of_words(&label.words, *at, *align);
        let texts = covered.iter().filter(|other| area.overlaps(other)).count();
        let lines: usize = obstacles.iter().map(|line| crossings(&area, line)).sum();
        1_000 * texts + 500 * usize::from(!inside.contains(&area)) + 20 * lines
    };
    let places = label.around(spot, gap).into_iter().enumerate();
    let best = places.min_by_key(|(i, place)| cost(place) + i);
    best.map_or((spot, Align::Middle), |(_, place)| place)
}

/// How much of a line runs through an area.
fn crossings(area: &Area, line: &[Spot]) -> usize {
    // Most lines are the marks of points far away.
    let all = |aside: &dyn Fn(&Spot) -> bool| line.iter().all(aside);
    if all(&|p| p.0 < area.left) || all(&|p| p.0 > area.right) {
        return 0;
    }
    if all(&|p| p.1 < area.top) || all(&|p| p.1 > area.bottom) {
        return 0;
    }
    let places: Vec<_> = line.iter().copied().map(Some).collect();
    polyline::clip(&places, area).len()
}

/// The free place within the frame, of some hundred, to which it is the least way.
fn nearest(wanted: Area, frame: &Frame, free: impl Fn(&Area) -> bool) -> Option<Area> {
    const STEPS: u32 = 24;
    let (right, lowest) =
        (frame.right() - wanted.width(), frame.bottom() - wanted.height());
    let (left, top) = (frame.left.min(right), frame.top.min(lowest));
    let along =
        |from: f64, to: f64, i: u32| from + (to - from) * f64::from(i) / f64::from(STEPS);
    let way = |area: &Area| {
        let (dx, dy) = (area.left - wanted.left, area.top - wanted.top);
        dx * dx + dy * dy
    };
    let grid = (0..=STEPS).flat_map(|i| (0..=STEPS).map(move |j| (i, j)));
    let grid = grid.map(|(i, j)| (along(left, right, i), along(top, lowest, j)));
    let kept = (
        wanted.left.clamp(left, right.max(left)),
        wanted.top.clamp(top, lowest.max(top)),
    );
    let places = grid.chain([kept]).map(|corner| wanted.moved(corner));
    places.filter(free).min_by(|a, b| way(a).total_cmp(&way(b)))
}

/// The labels in the margin.
///
/// Labels that would overlap form a stack whose middle is the mean of the heights they want. A stack that
/// then touches its neighbour joins it.
fn in_margin<'l>(labels: &'l [Label], frame: &Frame) -> Vec<Placed<'l>> {
    let end = |label: &'l Label| match label.place {
        Place::Margin(end) => Some((label, end)),
        _ => None,
    };
    let mut wanted: Vec<(&Label, Spot)> = labels.iter().filter_map(end).collect();
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
            let at = (frame.right() + MARGIN_GAP, top + label.height() / 2.0);
            let leader = ((end.0 + 2.0, end.1), (at.0 - 2.0, at.1));
            let leader = ((end.1 - at.1).abs() > 4.0).then_some(leader);
            placed.push(Placed { label, at, align: Align::Start, leader });
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

    fn covers(placed: &[Placed<'_>]) -> Vec<Area> {
        placed.iter().map(Placed::area).collect()
    }

    fn overlaps(covers: &[Area]) -> usize {
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
        let covers = covers(&in_margin(&labels, &frame()));
        assert_eq!(covers.len(), heights.len());
        let shrunk: Vec<_> = covers
            .iter()
            .map(|c| Area { top: c.top + 1e-6, bottom: c.bottom - 1e-6, ..*c })
            .collect();
        assert_eq!(overlaps(&shrunk), 0, "{covers:?}");
    }

    #[test]
    fn a_lonely_end_label_stands_at_the_end_of_its_line() {
        let labels = [Label::new("alone", Color::Ink, Place::Margin((300.0, 77.0)))];
        assert_eq!(in_margin(&labels, &frame())[0].at, (300.0 + MARGIN_GAP, 77.0));
    }

    #[test]
    fn labels_of_neighbouring_points_find_room() {
        let spots = [(100.0, 100.0), (108.0, 100.0), (104.0, 106.0)];
        let labels =
            spots.map(|spot| Label::new("point", Color::Ink, Place::Beside(spot, 6.0)));
        let covers = covers(&placed(&labels, &[], &frame(), 0.0));
        assert_eq!((covers.len(), overlaps(&covers)), (3, 0));
    }

    #[test]
    fn labels_without_room_at_their_place_find_one_and_are_tied_to_it() {
        let fixed = Place::Exactly((100.0, 100.0), Align::Middle);
        let labels = [fixed; 9].map(|place| Label::new("one of nine", Color::Ink, place));
        let placed = super::placed(&labels, &[], &frame(), 0.0);
        assert_eq!(placed.len(), 9);
        let letters: Vec<_> = covers(&placed).iter().map(Area::letters).collect();
        assert_eq!(overlaps(&letters), 0);
        assert!(placed[0].leader.is_none() && placed[8].leader.is_some());
    }

    #[test]
    fn a_label_for_which_there_is_no_room_is_left_out() {
        let many =
            vec![
                Label::new("too many", Color::Ink, Place::Beside((100.0, 100.0), 6.0));
                500
            ];
        let placed = super::placed(&many, &[], &frame(), 0.0);
        assert!((10..60).contains(&placed.len()), "{}", placed.len());
        let letters: Vec<_> = covers(&placed).iter().map(Area::letters).collect();
        assert_eq!(overlaps(&letters), 0);
    }

    #[test]
    fn a_label_avoids_a_line() {
        let labels = [Label::new("end", Color::Ink, Place::Beside((100.0, 100.0), 6.0))];
        let line = vec![(100.0, 100.0), (300.0, 100.0)];
        let at = placed(&labels, &[line], &frame(), 0.0)[0].at;
        assert!(at.1 < 95.0 || at.1 > 105.0, "{at:?}");
    }
}
