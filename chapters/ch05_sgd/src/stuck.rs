//! On a cost with many valleys, the start decides where batch descent ends: mostly not in the lowest.

use lesson::{Page, Result, Row as Cells, Table, count, fixed, percent};
use plot::{
    Axis, Color, Contours, Field, Figure, Line, Marker, Note, Panel, Path, Points,
};
use rayon::prelude::*;

use crate::landscape::{
    FADE, MAP_A, MAP_B, Place, ROWS, Row, SQUEEZE, STRAY, TRUTH, answer, cost, rows, step,
};

/// The learning rate, well below what makes the steepest valley unstable.
pub const RATE: f64 = 2.0;
/// After so many steps a walk is taken to have arrived.
const STEPS: usize = 4_000;
/// Or when a step is shorter than this.
const STILL: f64 = 1e-7;
/// Walks that end this close to each other have ended in the same place.
const SAME: f64 = 0.05;
/// Starts along each side of the map.
const SIDE: usize = 16;

/// Batch descent: every step looks at all rows. The path, with the start.
pub fn walk(start: Place, rows: &[Row]) -> Vec<Place> {
    let mut path = vec![start];
    for _ in 0..STEPS {
        let here = path[path.len() - 1];
        let next = step(here, rows, RATE);
        path.push(next);
        if next.distance(here) < STILL || next.is_lost() {
            break;
        }
    }
    path
}

/// A place where walks ended, and how many of them.
#[derive(Clone, Copy, Debug)]
pub struct Valley {
    /// Its lowest point.
    pub place: Place,
    /// The mean cost there.
    pub cost: f64,
    /// How many walks ended there.
    pub walks: usize,
}

/// What became of all walks.
#[derive(Clone, Debug)]
pub struct Survey {
    /// Where walks ended, the lowest first.
    pub valleys: Vec<Valley>,
    /// Walks that were still creeping along a flat.
    pub creeping: usize,
    /// Walks that ran far off the map.
    pub lost: usize,
}

impl Survey {
    /// How many walks there were.
    pub fn walks(&self) -> usize {
        self.creeping
            + self.lost
            + self.valleys.iter().map(|valley| valley.walks).sum::<usize>()
    }

    /// So many of the walks, in per cent of all.
    fn share(&self, walks: usize) -> String {
        percent(walks as f64 / self.walks() as f64, 1)
    }
}

/// Fills the page.
pub fn run(page: &mut Page) -> Result {
    let rows = rows();
    page.figure("rows", &wave(&rows));
    for (name, value) in [
        ("true_a", TRUTH.a),
        ("true_b", TRUTH.b),
        ("stray", STRAY),
        ("squeeze", SQUEEZE),
        ("fade", FADE),
    ] {
        page.value(name, value);
    }
    page.value("rows", ROWS);
    page.value("rate", RATE);
    page.value("steps", count(STEPS));

    let progress = page.progress("descending", SIDE * SIDE);
    let starts = starts();
    let ends = starts.par_iter().map(|start| end(*start, &rows));
    let ends: Vec<_> = ends.inspect(|_| progress.step()).collect();
    drop(progress);
    let survey = survey(&ends, &rows);
    let table = table(&survey);
    page.table("valleys", &table);
    page.figure("paths", &paths(&survey, &rows));

    let [global, second] = [survey.valleys[0], survey.valleys[1]];
    page.value("starts", survey.walks());
    page.value("valleys", survey.valleys.len());
    page.value("global_share", table.cell("1", "share of starts"));
    let rest = survey.walks() - global.walks - survey.creeping - survey.lost;
    page.value("elsewhere_share", survey.share(rest));
    page.value("creeping_share", table.cell("still creeping", "share of starts"));
    page.value("lost_share", table.cell("off the map", "share of starts"));
    page.value("global_a", fixed(global.place.a, 2));
    page.value("global_b", fixed(global.place.b, 2));
    page.value("global_cost", table.cell("1", "cost"));
    page.value("second_ratio", fixed(second.cost / global.cost, 1));
    Ok(())
}

/// The starts: a grid over the map, at the middles of its cells.
fn starts() -> Vec<Place> {
    let at = |side: std::ops::RangeInclusive<f64>, index: usize| {
        let share = (index as f64 + 0.5) / SIDE as f64;
        side.start() + share * (side.end() - side.start())
    };
    let place = |index| Place { a: at(MAP_A, index / SIDE), b: at(MAP_B, index % SIDE) };
    (0..SIDE * SIDE).map(place).collect()
}

/// What a walk came to.
#[derive(Clone, Copy, Debug)]
enum End {
    /// It stands still, here.
    Valley(Place),
    /// It is still moving.
    Creeping,
    /// It has left the map.
    Lost,
}

/// What the walk from `start` comes to.
fn end(start: Place, rows: &[Row]) -> End {
    let path = walk(start, rows);
    let end = path[path.len() - 1];
    if end.is_lost() {
        End::Lost
    } else if path.len() <= STEPS {
        End::Valley(end)
    } else {
        End::Creeping
    }
}

/// Puts ends that are the same place together.
fn survey(ends: &[End], rows: &[Row]) -> Survey {
    let mut valleys: Vec<Valley> = Vec::new();
    let (mut creeping, mut lost) = (0, 0);
    for end in ends {
        let place = match *end {
            End::Valley(place) => place,
            End::Creeping => {
                creeping += 1;
                continue;
            }
            End::Lost => {
                lost += 1;
                continue;
            }
        };
        match valleys.iter_mut().find(|valley| valley.place.distance(place) < SAME) {
            Some(valley) => valley.walks += 1,
            None => valleys.push(Valley { place, cost: cost(place, rows), walks: 1 }),
        }
    }
    valleys.sort_by(|one, other| one.cost.total_cmp(&other.cost));
    Survey { valleys, creeping, lost }
}

fn table(survey: &Survey) -> Table {
    let mut table = Table::new(["valley", "a", "b", "cost", "starts", "share of starts"]);
    for (index, valley) in survey.valleys.iter().enumerate() {
        let [a, b] = [valley.place.a, valley.place.b].map(|number| fixed(number, 2));
        let cells = Cells::of([(index + 1).to_string(), a, b, fixed(valley.cost, 4)]);
        table.row(cells.and([valley.walks.to_string(), survey.share(valley.walks)]));
    }
    for (name, walks) in
        [("still creeping", survey.creeping), ("off the map", survey.lost)]
    {
        table.row([name, "", "", "", &walks.to_string(), &survey.share(walks)]);
    }
    table
}

/// The rows, and what the model answers with the true numbers.
fn wave(rows: &[Row]) -> Figure {
    let panel = Panel::new()
        .x(Axis::new("input x").range(-15.0..=15.0))
        .y(Axis::new("answer"))
        .draw(
            Line::function(-15.0..=15.0, |x| answer(TRUTH, x))
                .label("the wave\nbehind it"),
        )
        .draw(
            Points::new(rows.iter().map(|row| (row.x, row.y))).color(Color::Vermillion),
        );
    Figure::new(
        "Thirty rows",
        "Thirty points scattered around a wave that swings around zero and fades away on both sides.",
    )
    .panel(panel)
}

/// Six walks over the map of the cost.
fn paths(survey: &Survey, rows: &[Row]) -> Figure {
    let field =
        Field::sample(-12.0..=12.0, 0.0..=25.0, |a, b| cost(Place { a, b }, rows));
    let mut panel = Panel::new()
        .x(Axis::new("a").range(-12.0..=12.0))
        .y(Axis::new("b").range(0.0..=25.0))
        .aspect(1.1)
        .draw(Contours::new(&field));
    let mut ends = Vec::new();
    for (a, b) in
        [(-3.0, 20.0), (2.5, 12.0), (3.5, 20.0), (-4.0, 13.0), (-7.0, 8.0), (0.5, 5.0)]
    {
        // A path is drawn as its bends: every step would be a smear of dots.
        let path = walk(Place { a, b }, rows);
        let thinned = thin(&path).into_iter().map(|place| (place.a, place.b));
        panel = panel.draw(Path::new(thinned).color(Color::Vermillion));
        ends.push(path[path.len() - 1]);
    }
    // The global minimum is named below.
    for (index, valley) in survey.valleys.iter().enumerate().skip(1) {
        if ends.iter().any(|end| valley.place.distance(*end) < SAME) {
            let Place { a, b } = valley.place;
            panel = panel.draw(Note::new((a + 0.5, b), (index + 1).to_string()));
        }
    }
    let global = survey.valleys[0].place;
    let panel = panel.draw(
        Points::new([(global.a, global.b)])
            .color(Color::Ink)
            .marker(Marker::Ring)
            .radius(11.0)
            .names(["global\nminimum"]),
    );
    Figure::new(
        "Six walks of batch descent",
        "A map of the cost with several valleys; of six walks, one ends in the global minimum, the others in the valleys 2, 3, 6 and 11.",
    )
    .panel(panel)
}

/// The places of a path that lie at least a little apart, and its end.
pub(crate) fn thin(path: &[Place]) -> Vec<Place> {
    let mut kept = vec![path[0]];
    for &place in path {
        if place.distance(kept[kept.len() - 1]) > 0.9 {
            kept.push(place);
        }
    }
    kept.push(path[path.len() - 1]);
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn valleys_are_minima_and_the_lowest_is_near_the_truth() {
        let rows = rows();
        let ends: Vec<_> = starts().iter().map(|start| end(*start, &rows)).collect();
        let survey = survey(&ends, &rows);
        assert_eq!(survey.walks(), SIDE * SIDE);
        assert!(survey.valleys.len() > 5);
        assert!(survey.valleys[0].place.distance(TRUTH) < 0.5);
        for valley in &survey.valleys {
            for (a, b) in [(0.01, 0.0), (-0.01, 0.0), (0.0, 0.01), (0.0, -0.01)] {
                let beside = Place { a: valley.place.a + a, b: valley.place.b + b };
                assert!(cost(beside, &rows) > valley.cost, "{valley:?} is no minimum");
            }
        }
    }

    #[test]
    fn batch_descent_never_climbs() {
        let rows = rows();
        let path = walk(Place { a: -7.0, b: 8.0 }, &rows);
        let costs: Vec<f64> = path.iter().map(|place| cost(*place, &rows)).collect();
        assert!(costs.windows(2).all(|pair| pair[1] <= pair[0]));
    }
}
