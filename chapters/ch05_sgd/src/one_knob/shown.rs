//! A map over batch size and rate, and batch sizes compared at one rate and at one share.

use lesson::{Page, Result, Row as Cells, Table, fixed, significant};
use nn::math::{ln, log10};
use plot::{Axis, Color, Dash, Figure, HeatMap, Line, Marker, Note, Panel, Points};

use super::{
    EPOCHS, Ends, Kind, Last, ONE_RATE, ONE_SHARE, ORDERS, RATES, SIZES, TURNED, limit,
    repeat_all,
};
use crate::convexity::rows;

/// The batch sizes whose deviations are drawn against the rate.
const COLLAPSED: [usize; 3] = [1, 2, 4];

/// Fills the page.
pub(crate) fn run(page: &mut Page) -> Result {
    let map = RATES
        .iter()
        .rev()
        .flat_map(|&rate| SIZES.map(|batch| Kind { batch, rate, last: Last::ByRow }));
    let map: Vec<Kind> = map.collect();
    let compared = SIZES.map(|batch| {
        let share = ONE_SHARE * batch as f64;
        let kind = |rate, last| Kind { batch, rate, last };
        [
            kind(ONE_RATE, Last::ByRow),
            kind(share, Last::ByRow),
            kind(share, Last::AsWhole),
        ]
    });
    let compared = compared.as_flattened();
    let progress = page.progress("repeating", map.len() + compared.len());
    let repeated = || progress.step();
    let map = repeat_all(&map, page.seed(700), &repeated);
    let compared = repeat_all(compared, page.seed(5_000), &repeated);
    drop(progress);

    page.table("compared", &table(&compared));
    page.table("last", &last(&compared));
    page.figure("collapse", &collapse(&map));
    page.figure("map", &figure(&map));
    page.live(&TURNED)?;
    page.value("rate", ONE_RATE);
    page.value("middle_share", ONE_SHARE);
    page.value("epochs", EPOCHS);
    page.value("orders", ORDERS);
    let limits = SIZES.map(limit);
    page.value("row_limit", fixed(limits[0], 2));
    page.value("full_limit", fixed(limits[7], 2));
    Ok(())
}

/// Each batch size at the one rate, and where a row moves the weights equally far.
fn table(compared: &[Ends]) -> Table {
    let updates = |batch| rows().len().div_ceil(batch);
    let rows = SIZES.into_iter().zip(compared.chunks(3)).map(|(batch, ends)| {
        let deviations = [&ends[0], &ends[1]].map(|ends| significant(ends.deviation, 2));
        Cells::of([batch, updates(batch)]).and(deviations)
    });
    Table::of(["m", "updates", "deviation at one rate", "deviation at equal η ÷ m"], rows)
}

/// What the rows of a short last batch count: as much as all others, or together as much as a whole batch.
fn last(compared: &[Ends]) -> Table {
    let rows = SIZES.into_iter().zip(compared.chunks(3)).map(|(batch, ends)| {
        let deviations = [&ends[1], &ends[2]].map(|ends| significant(ends.deviation, 2));
        Cells::of([batch]).and(deviations)
    });
    Table::of(["m", "each row the same", "as a whole batch"], rows)
}

/// The deviation of some batch sizes against the rate, and against rate over batch size.
fn collapse(map: &[Ends]) -> Figure {
    let panel = |heading: &str, words: &str, named: bool, x: fn(f64, usize) -> f64| {
        let panel = Panel::new()
            .heading(heading)
            .x(Axis::new(words).log().range(0.005..=2.5).ticks([0.01, 0.1, 1.0]))
            .y(Axis::new("deviation").log().range(5e-6..=0.3).ticks([1e-5, 1e-3, 1e-1]))
            .aspect(0.75);
        COLLAPSED.into_iter().zip(Color::SERIES).fold(panel, |panel, (batch, color)| {
            let points = RATES.iter().rev().zip(map.chunks(SIZES.len()));
            let points = points.map(|(rate, ends)| (*rate, ends[batch - 1]));
            let points = points.filter(|(rate, _)| *rate < limit(batch));
            let points = points.map(|(rate, ends)| (x(rate, batch), ends.deviation));
            let points: Vec<_> = points.collect();
            let line = Line::new(points.iter().copied()).color(color);
            let name = format!("m = {batch}");
            panel
                .draw(if named { line.label(name) } else { line })
                .draw(Points::new(points).color(color))
        })
    };
    Figure::new(
        "Deviation against the rate, and against the rate over the batch size",
        "On the left three curves that rise side by side: at the same rate larger batches shake less. On the right, against the rate over the batch size, the three lie on one another.",
    )
    .columns(2)
    .panel(panel("against the rate", "rate η", true, |rate, _| rate))
    .panel(panel("against η / m", "η / m", false, |rate, batch| rate / batch as f64))
}

/// The excess over batch size and rate, in powers of ten, with a line of equal share and the limit.
fn figure(map: &[Ends]) -> Figure {
    // From one, without colour, to a hundred-thousandth, in full colour; what ran away is crossed out.
    let near = |ends: &Ends| match ends.excess {
        size if size < 1.0 => -log10(size.max(1e-5)),
        _ => f64::NAN,
    };
    let away = map.iter().enumerate().filter(|(_, ends)| near(ends).is_nan());
    let away =
        away.map(|(cell, _)| ((cell % SIZES.len()) as f64, (cell / SIZES.len()) as f64));
    let sizes = SIZES.map(|m| m.to_string());
    let named = |rate: &f64| [0.0125, 0.05, 0.2, 0.8].contains(rate);
    let rates = RATES.iter().rev();
    let rates =
        rates.map(|rate| if named(rate) { rate.to_string() } else { String::new() });
    let height = |rate: f64| 2.0 * ln(RATES[RATES.len() - 1] / rate) / ln(2.0);
    let line = |rate: &dyn Fn(usize) -> f64| {
        Line::new(SIZES.map(|m| (m as f64 - 1.0, height(rate(m)))))
    };
    let share = line(&|m| ONE_SHARE * m as f64).color(Color::Ink).dash(Dash::Solid);
    let panel = Panel::new()
        .x(Axis::new("batch size m").categories(sizes))
        .y(Axis::new("rate η").categories(rates))
        .aspect(1.3)
        .draw(HeatMap::new(SIZES.len(), map.iter().map(near)).full_at(5.0))
        .draw(Points::new(away).marker(Marker::Cross).color(Color::Muted).radius(4.0))
        .draw(share)
        .draw(Note::new((3.9, 8.0), format!("η / m = {ONE_SHARE}")))
        .draw(line(&limit).color(Color::Vermillion).label("limit"));
    Figure::new(
        "Excess cost over batch size and rate",
        "A map. Cells along a line of equal rate over batch size have about the same shade, bluest along one such line. Above the line of the limit the runs get worse fast, and at large rates they run away.",
    )
    .panel(panel)
}
