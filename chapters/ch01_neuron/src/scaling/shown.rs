//! One student in three versions, and the sums of random neurons over the same range.

use lesson::{Page, Result, Row, Table, count, fixed, percent, significant};
use plot::{Axis, Bars, Dash, Figure, Panel, Rule};

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
    page.table("descent", &descent());
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
fn descent() -> Table {
    let rows = halves().map(|(name, inputs)| {
        let Descent { condition, steps, .. } = Descent::over(&inputs);
        let condition = match condition < 1_000.0 {
            true => significant(condition, 3),
            false => count(condition.round() as usize),
        };
        [name.to_string(), condition, count(steps)]
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
            .x(Axis::new("weighted sum z").range(range.clone()))
            .y(Axis::new("").hidden())
            .aspect(5.5)
            .draw(Bars::histogram(sums.iter().copied(), range.clone(), 120))
            .draw(Rule::vertical(-limit()).dash(Dash::Dashed))
            .draw(Rule::vertical(limit()).dash(Dash::Dashed))
    });
    panels.fold(figure.columns(1), Figure::panel)
}
