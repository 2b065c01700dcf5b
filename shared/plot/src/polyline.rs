//! Lines as lists of places: cut off at a rectangle, and thinned.

use std::collections::BTreeSet;

use crate::Area;

/// A place in figure units, from the top left.
pub(crate) type Spot = (f64, f64);

/// A place that may be missing.
pub(crate) type Sample = Option<Spot>;

/// What of a line lies in an area. A missing place breaks it.
pub(crate) fn clip(points: &[Sample], area: &Area) -> Vec<Vec<Spot>> {
    let mut pieces: Vec<Vec<Spot>> = Vec::new();
    let mut open = false;
    for pair in points.windows(2) {
        let visible = match (pair[0], pair[1]) {
            (Some(a), Some(b)) => {
                clip_segment(a, b, area).map(|(from, to)| (from, to, from == a, to == b))
            }
            _ => None,
        };
        let Some((from, to, starts_inside, ends_inside)) = visible else {
            open = false;
            continue;
        };
        match pieces.last_mut() {
            Some(piece) if open && starts_inside => piece.push(to),
            _ => pieces.push(vec![from, to]),
        }
        open = ends_inside;
    }
    pieces
}

/// Liang and Barsky's parametric clipping of one segment.
fn clip_segment(a: Spot, b: Spot, area: &Area) -> Option<(Spot, Spot)> {
    let (dx, dy) = (b.0 - a.0, b.1 - a.1);
    let (mut enter, mut leave) = (0.0_f64, 1.0_f64);
    for (step, room) in [
        (-dx, a.0 - area.left),
        (dx, area.right - a.0),
        (-dy, a.1 - area.top),
        (dy, area.bottom - a.1),
    ] {
        if step == 0.0 {
            if room < 0.0 {
                return None;
            }
        } else if step < 0.0 {
            enter = enter.max(room / step);
        } else {
            leave = leave.min(room / step);
        }
    }
    let at = |t: f64| (a.0 + t * dx, a.1 + t * dy);
    (enter <= leave).then(|| {
        (if enter > 0.0 { at(enter) } else { a }, if leave < 1.0 { at(leave) } else { b })
    })
}

/// What of a filled ring lies in an area (Sutherland and Hodgman: one side after the other).
pub(crate) fn clip_ring(ring: &[Spot], area: &Area) -> Vec<Spot> {
    let sides: [&dyn Fn(Spot) -> f64; 4] =
        [&|p| p.0 - area.left, &|p| area.right - p.0, &|p| p.1 - area.top, &|p| {
            area.bottom - p.1
        }];
    let mut ring = ring.to_vec();
    for room in sides {
        let mut kept = Vec::with_capacity(ring.len());
        for (i, &to) in ring.iter().enumerate() {
            let from = ring[(i + ring.len() - 1) % ring.len()];
            let (a, b) = (room(from), room(to));
            if (a < 0.0) != (b < 0.0) {
                let t = a / (a - b);
                kept.push((from.0 + t * (to.0 - from.0), from.1 + t * (to.1 - from.1)));
            }
            if b >= 0.0 {
                kept.push(to);
            }
        }
        ring = kept;
    }
    ring
}

/// Fewer places for the same picture: nothing moves by more than about `tolerance`.
///
/// A line that runs on to the right and has more places than columns of pixels first keeps only
/// what shows in each column: where it enters, its lowest and highest place, and where it leaves. Then
/// places that lie on the way between their neighbours go (Douglas and Peucker).
///
/// They come piece by piece: straightening takes a time that may grow with the square of a piece's length, and
/// whoever has no room for more need not ask for the next.
pub(crate) fn thin(
    points: &[Spot],
    tolerance: f64,
) -> impl Iterator<Item = Vec<Spot>> + use<> {
    let column = 8.0 * tolerance;
    let runs_on = points.windows(2).all(|pair| pair[0].0 <= pair[1].0);
    let columns = match (points.first(), points.last()) {
        (Some(first), Some(last)) => (last.0 - first.0) / column,
        _ => 0.0,
    };
    let points = if runs_on && points.len() as f64 > 4.0 * columns {
        thin_columns(points, column)
    } else {
        points.to_vec()
    };
    let pieces = points.len().div_ceil(PIECE);
    (0..pieces).map(move |i| {
        let end = ((i + 1) * PIECE).min(points.len());
        straighten(&points[i * PIECE..end], tolerance)
    })
}

/// The most places that are straightened at once.
const PIECE: usize = 5_000;

/// At most `4 * runs` places of a ring, of as many equal runs of places.
pub(crate) fn extremes(ring: &[Spot], runs: usize) -> Vec<Spot> {
    if ring.len() <= 4 * runs {
        return ring.to_vec();
    }
    ring.chunks(ring.len().div_ceil(runs)).flat_map(farthest).collect()
}

/// The places of a run that lie farthest to the four sides, in their order.
fn farthest(run: &[Spot]) -> impl Iterator<Item = Spot> {
    let ends = |key: fn(Spot) -> f64| {
        let order = |a: &usize, b: &usize| key(run[*a]).total_cmp(&key(run[*b]));
        [(0..run.len()).min_by(order), (0..run.len()).max_by(order)]
    };
    let chosen = [ends(|spot| spot.0), ends(|spot| spot.1)];
    let chosen: BTreeSet<usize> = chosen.into_iter().flatten().flatten().collect();
    chosen.into_iter().map(|i| run[i])
}

fn thin_columns(points: &[Spot], column: f64) -> Vec<Spot> {
    let runs = points.chunk_by(|a, b| (a.0 / column).floor() == (b.0 / column).floor());
    let mut kept: Vec<Spot> = runs.flat_map(farthest).collect();
    kept.dedup();
    kept
}

fn straighten(points: &[Spot], tolerance: f64) -> Vec<Spot> {
    let mut keep = vec![false; points.len()];
    let mut open = vec![(0, points.len().saturating_sub(1))];
    while let Some((from, to)) = open.pop() {
        keep[from] = true;
        keep[to] = true;
        let farthest = (from + 1..to)
            .map(|i| (i, distance(points[i], points[from], points[to])))
            .fold(
                (from, tolerance),
                |best, next| if next.1 > best.1 { next } else { best },
            );
        if farthest.0 > from {
            open.extend([(from, farthest.0), (farthest.0, to)]);
        }
    }
    points.iter().zip(keep).filter_map(|(&point, keep)| keep.then_some(point)).collect()
}

/// How long the way from one place to another is.
pub(crate) fn length(from: Spot, to: Spot) -> f64 {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    (dx * dx + dy * dy).sqrt()
}

/// The place at this distance from one place on the way to another.
pub(crate) fn towards(from: Spot, to: Spot, distance: f64) -> Spot {
    let length = length(from, to).max(1e-9);
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    (from.0 + distance * dx / length, from.1 + distance * dy / length)
}

/// The distance of a place from a segment.
pub(crate) fn distance(p: Spot, a: Spot, b: Spot) -> f64 {
    let (dx, dy) = (b.0 - a.0, b.1 - a.1);
    let square = dx * dx + dy * dy;
    let t = if square > 0.0 {
        (((p.0 - a.0) * dx + (p.1 - a.1) * dy) / square).clamp(0.0, 1.0)
    } else {
        0.0
    };
    let (ex, ey) = (p.0 - a.0 - t * dx, p.1 - a.1 - t * dy);
    (ex * ex + ey * ey).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn thinned(points: &[Spot]) -> Vec<Spot> {
        thin(points, 0.05).flatten().collect()
    }

    #[test]
    fn straightening_looks_at_a_bounded_number_of_places_at_once() {
        let scribble: Vec<Spot> = (0..100_000)
            .map(|i| (f64::from(i * 7919 % 10_007), f64::from(i * 1_047 % 10_007)))
            .collect();
        assert!(thin(&scribble, 0.05).all(|piece| piece.len() <= 5_000));
    }

    #[test]
    fn the_extremes_of_a_ring_reach_as_far_as_the_ring() {
        let ring: Vec<Spot> = (0..10_000)
            .map(|i| (f64::from(i * 7919 % 10_007), f64::from(i * 1_047 % 10_007)))
            .collect();
        let few = extremes(&ring, 50);
        assert!(few.len() <= 200, "{}", few.len());
        for key in [|p: &Spot| p.0, |p: &Spot| p.1, |p: &Spot| -p.0, |p: &Spot| -p.1] {
            let most = |ring: &[Spot]| ring.iter().map(key).fold(f64::MIN, f64::max);
            assert_eq!(most(&few), most(&ring));
        }
        assert_eq!(extremes(&ring[..4], 50), ring[..4]);
    }

    #[test]
    fn a_straight_line_needs_two_places() {
        let line: Vec<Spot> =
            (0..100).map(|i| (f64::from(i), f64::from(2 * i))).collect();
        assert_eq!(thinned(&line), [(0.0, 0.0), (99.0, 198.0)]);
    }

    #[test]
    fn thinning_moves_no_place_by_more_than_the_tolerance() {
        let curve: Vec<Spot> = (0..2_000)
            .map(|i| f64::from(i) / 4.0)
            .map(|x| (x, 100.0 * libm::sin(x / 40.0)))
            .collect();
        let thin = thinned(&curve);
        assert!(thin.len() < 200, "{}", thin.len());
        for &place in &curve {
            let off = thin
                .windows(2)
                .map(|pair| distance(place, pair[0], pair[1]))
                .fold(f64::MAX, f64::min);
            assert!(off <= 0.05 + 1e-9, "{off}");
        }
    }

    #[test]
    fn peaks_survive_when_there_are_more_places_than_pixels() {
        let mut noise: Vec<Spot> =
            (0..50_000).map(|i| (f64::from(i) / 100.0, f64::from(i % 7))).collect();
        noise[31_234].1 = 400.0;
        let thin = thinned(&noise);
        assert!(thin.len() < 6_000);
        assert!(thin.iter().any(|p| p.1 == 400.0));
    }

    #[test]
    fn a_line_that_leaves_and_comes_back_is_two_pieces() {
        let hill = [(0.0, 0.5), (1.0, 2.5), (2.0, 0.5)].map(Some);
        let pieces = clip(&hill, &Area { left: 0.0, top: 0.0, right: 2.0, bottom: 1.0 });
        assert_eq!(
            pieces,
            [vec![(0.0, 0.5), (0.25, 1.0)], vec![(1.75, 1.0), (2.0, 0.5)]]
        );
    }

    #[test]
    fn a_ring_is_cut_at_the_border() {
        let square = [(-1.0, -1.0), (3.0, -1.0), (3.0, 3.0), (-1.0, 3.0)];
        let cut =
            clip_ring(&square, &Area { left: 0.0, top: 0.0, right: 1.0, bottom: 1.0 });
        for corner in [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)] {
            assert!(cut.contains(&corner), "{cut:?}");
        }
        assert!(
            cut.iter().all(|p| (0.0..=1.0).contains(&p.0) && (0.0..=1.0).contains(&p.1))
        );
    }
}
