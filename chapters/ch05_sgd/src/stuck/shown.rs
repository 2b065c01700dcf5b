//! The rows, the map of the cost with six walks on it, and where the walks from a grid of starts end.

use lesson::{Page, Result, Row as Cells, Table, count, fixed, percent};
use plot::{
    Axis, Color, Contours, Field, Figure, Line, Marker, Note, Panel, Path, Points,
};

use super::{DRAWN, RATE, SIDE, Survey, walk};
use crate::landscape::{
    FADE, Place, ROWS, Row, SQUEEZE, STEPS, STRAY, TRUTH, answer, cost, rows,
};

/// A drawn walk that ends this close to a valley ends there.
const SAME: f64 = 0.05;

/// Fills the page.
pub(crate) fn run(page: &mut Page) -> Result {
    let rows = rows();
    page.figure("rows", &wave(&rows));
    page.value("true_s", TRUTH.s);
    page.value("true_k", TRUTH.k);
    page.value("stray", STRAY);
    page.value("squeeze", SQUEEZE);
    page.value("fade", FADE);
    page.value("rows", ROWS);
    page.value("rate", RATE);
    page.value("steps", count(STEPS));

    let progress = page.progress("descending", SIDE * SIDE);
    let survey = Survey::new(&rows, || progress.step());
    drop(progress);
    page.table("valleys", &table(&survey));
    page.figure("paths", &paths(&survey, &rows));

    let [global, second] = [survey.valleys[0], survey.valleys[1]];
    page.value("starts", survey.walks());
    page.value("valleys", survey.valleys.len());
    page.value("elsewhere_share", percent(survey.share(survey.elsewhere()), 1));
    page.value("second_ratio", fixed(second.cost / global.cost, 1));
    Ok(())
}

fn table(survey: &Survey) -> Table {
    let walks = |walks: usize| [walks.to_string(), percent(survey.share(walks), 1)];
    let valleys = survey.valleys.iter().enumerate().map(|(index, valley)| {
        let [s, k] = [valley.place.s, valley.place.k].map(|number| fixed(number, 2));
        let row = Cells::of([(index + 1).to_string(), s, k, fixed(valley.cost, 4)]);
        row.and(walks(valley.walks))
    });
    let others = [("still creeping", survey.creeping), ("off the map", survey.lost)];
    let others =
        others.map(|(name, count)| Cells::of([name, "", "", ""]).and(walks(count)));
    Table::of(
        ["valley", "s", "k", "cost", "starts", "share of starts"],
        valleys.chain(others),
    )
}

/// The rows, and what the model answers with the true numbers.
fn wave(rows: &[Row]) -> Figure {
    let behind = Line::function(-15.0..=15.0, |x| answer(TRUTH, x));
    let points = rows.iter().map(|row| (row.x, row.y));
    let panel = Panel::new()
        .x(Axis::new("input x").range(-15.0..=15.0))
        .y(Axis::new("answer"))
        .draw(behind.label("the wave\nbehind it"))
        .draw(Points::new(points).color(Color::Vermillion));
    Figure::new(
        "Thirty rows",
        "Thirty points scattered around a wave that swings around zero and fades away on both sides.",
    )
    .panel(panel)
}

/// Six walks over the map of the cost.
fn paths(survey: &Survey, rows: &[Row]) -> Figure {
    let field =
        Field::sample(-12.0..=12.0, 0.0..=25.0, |s, k| cost(Place { s, k }, rows));
    let walks = DRAWN.map(|(s, k)| walk(Place { s, k }, rows));
    let panel = Panel::new()
        .x(Axis::new("shift s").range(-12.0..=12.0))
        .y(Axis::new("squeeze k").range(0.0..=25.0))
        .aspect(1.1)
        .draw(Contours::new(&field));
    let panel = walks.iter().fold(panel, |panel, path| {
        panel.draw(Path::new(thin(path)).color(Color::Vermillion))
    });
    let ends_here = |place: Place| {
        walks.iter().any(|path| place.distance(path[path.len() - 1]) < SAME)
    };
    // The global minimum is named below.
    let named = survey.valleys.iter().map(|valley| valley.place).enumerate().skip(1);
    let panel = named.filter(|(_, place)| ends_here(*place)).fold(
        panel,
        |panel, (index, place)| {
            let beside = (place.s + 0.5, place.k);
            panel.draw(Note::new(beside, (index + 1).to_string()))
        },
    );
    let global = Points::new([survey.valleys[0].place.point()])
        .color(Color::Ink)
        .marker(Marker::Ring)
        .radius(11.0)
        .names(["global\nminimum"]);
    Figure::new(
        "Six walks of batch descent",
        "A map of the cost with several valleys; of six walks, one ends in the global minimum, the others in the valleys 2, 3, 6 and 12.",
    )
    .panel(panel.draw(global))
}

/// The bends of a path, a little apart, and its end: every step would be a smear of dots.
fn thin(path: &[Place]) -> Vec<(f64, f64)> {
    let mut kept = vec![path[0]];
    for &place in path {
        if place.distance(kept[kept.len() - 1]) > 0.9 {
            kept.push(place);
        }
    }
    kept.push(path[path.len() - 1]);
    kept.into_iter().map(Place::point).collect()
}
