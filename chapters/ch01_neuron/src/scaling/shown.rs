//! One student in three versions, and the sums of random neurons over the same range.

use lesson::{Page, Result, Row, Table, count, fixed, percent, significant};
use plot::{Align, Axis, Bars, Color, Dash, Figure, Line, Note, Panel, Rule};

use super::{
    ARRIVED, Descent, NEURONS, halves, limit, share_beyond, sizes, slopes, versions,
    weighted_sums,
};

/// How far the histograms run to either side.
const FRAME: f64 = 120.0;

/// Fills the page.
pub(crate) fn run(page: &mut Page) -> Result {
    let seed = page.seed(1);
    let first = versions().map(|(name, inputs)| {
        Row::of([name]).and(inputs.row(0).map(|input| significant(*input, 3)))
    });
    page.table("inputs", &Table::of(["", "study", "sleep", "quiz"], first));

    let sums = versions().map(|(name, inputs)| (name, weighted_sums(&inputs, seed)));
    page.table("saturation", &saturation(&sums));
    page.figure("sums", &histograms(&sums));
    let courses = halves().map(|(name, inputs)| (name, Descent::over(&inputs)));
    page.table("descent", &descent(&courses));
    page.figure("steps", &courses_drawn(&courses));
    page.value("arrived", ARRIVED);
    let [(_, raw), ..] = &sums;
    page.value("neurons", count(NEURONS));
    page.value("sums", count(raw.len()));
    page.value("limit", fixed(limit(), 2));
    page.value("frame", FRAME);
    page.value("outside", percent(share_beyond(FRAME, raw), 0));
    Ok(())
}

/// How far the sums run, and what that leaves of the sigmoid's slope.
fn saturation(versions: &[(&str, Vec<f64>); 3]) -> Table {
    let rows = versions.iter().map(|(name, sums)| {
        let sizes = sizes(sums);
        let [median, largest, slope] =
            [sizes.median(), sizes.most(), slopes(sums).median()]
                .map(|number| significant(number, 3));
        let saturated = percent(share_beyond(limit(), sums), 1);
        [name.to_string(), median, largest, saturated, slope]
    });
    let headings = ["median |sum|", "largest |sum|", "saturated", "median slope"];
    Table::of(Row::of(["inputs"]).and(headings), rows)
}

/// How long descent takes with each half of standardising, and with all of it.
fn descent(courses: &[(&str, Descent); 5]) -> Table {
    let rows = courses.iter().map(|(name, Descent { condition, steps, .. })| {
        let condition = match *condition < 1_000.0 {
            true => significant(*condition, 3),
            false => count(condition.round() as usize),
        };
        [name.to_string(), condition, count(*steps)]
    });
    Table::of(["inputs", "condition number", "steps"], rows)
}

fn histograms(versions: &[(&str, Vec<f64>); 3]) -> Figure {
    let range = -FRAME..=FRAME;
    let figure = Figure::new(
        "Weighted sums of random neurons",
        "Histograms for raw, standardised and normalised inputs over the same range. \
         Raw sums are spread far out, the others stand close to zero.",
    );
    let panels = versions.iter().map(|(name, sums)| {
        Panel::new()
            .heading(*name)
            .x(Axis::new(if *name == "normalised" { "weighted sum z" } else { "" })
                .range(range.clone()))
            .y(Axis::new("").hidden())
            .aspect(5.5)
            .draw(Bars::histogram(sums.iter().copied(), range.clone(), 80))
            .draw(Rule::vertical(-limit()).dash(Dash::Dashed))
            .draw(Rule::vertical(limit()).dash(Dash::Dashed))
    });
    panels.fold(figure.columns(1), Figure::panel)
}

/// A race of the five, their names under the line where each arrives.
fn courses_drawn(courses: &[(&str, Descent); 5]) -> Figure {
    let x = [(1.0, "1"), (1e2, "100"), (1e4, "10,000"), (1e6, "1 million")];
    let y = [(ARRIVED, "0.01"), (1.0, "1"), (1e2, "100")];
    let panel = Panel::new()
        .x(Axis::new("steps").log().tick_labels(x))
        .y(Axis::new("cost above the lowest").log().range(1e-4..=5e3).tick_labels(y))
        .aspect(1.2)
        .draw(Rule::horizontal(ARRIVED).dash(Dash::Short));
    // Rows for the names, since those of neighbours are wider than the way between them.
    let rows = [3e-3, 3e-3, 2e-4, 8e-4, 3e-3];
    let runs = courses.iter().zip(rows).enumerate();
    let panel = runs.fold(panel, |panel, (index, ((name, descent), row))| {
        let points = descent.course.iter().map(|(steps, above)| (*steps as f64, *above));
        let color = Color::series(index);
        let name = Note::new((descent.steps as f64, row), *name).color(color);
        let align = if index == 0 { Align::End } else { Align::Middle };
        panel.draw(Line::new(points).color(color)).draw(name.align(align))
    });
    Figure::new(
        "How long descent takes",
        "The cost over the steps for five versions of the inputs, both on logarithmic scales. Standardised inputs arrive \
         within tens of steps, normalised ones within hundreds, those that are only scaled or only centred within thousands, \
         and raw ones after more than a million.",
    )
    .panel(panel)
}
