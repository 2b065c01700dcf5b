//! A map over batch size and rate, and batch sizes compared at one rate and at one share.

use lesson::{Page, Result, Row as Cells, Table, fixed, significant};
use nn::math::{ln, log10};
use plot::{Axis, Color, Figure, HeatMap, Line, Panel};

use super::{
    EPOCHS, Ends, Kind, Last, ONE_RATE, ONE_SHARE, ORDERS, RATES, SIZES, limit,
    repeat_all,
};
use crate::convexity::rows;

/// Along the thin lines of the map, rate over batch size is one of these.
const SHARES: [f64; 3] = [0.0125, ONE_SHARE, 0.1];

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
    page.figure("map", &figure(&map));
    page.value("rate", ONE_RATE);
    for (name, share) in
        ["lowest_share", "middle_share", "highest_share"].iter().zip(SHARES)
    {
        page.value(name, share);
    }
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
        let two = |number| significant(number, 2);
        Cells::of([batch, updates(batch)])
            .and([two(ends[0].deviation)])
            .and([fixed(ONE_SHARE * batch as f64, 2), two(ends[1].excess)])
            .and([two(ends[1].deviation), two(ends[2].deviation)])
    });
    let same = ["m", "updates", "deviation at one rate"];
    let equal = ["rate", "excess", "deviation", "short batch whole"];
    Table::of(same.into_iter().chain(equal), rows)
}

/// Deviation and excess over batch size and rate, in powers of ten, with lines of equal share and the limit.
fn figure(map: &[Ends]) -> Figure {
    let panel = |heading: &str, of: fn(&Ends) -> f64| {
        // From a hundred-thousandth, without colour, to one, in full colour; what ran away stays empty.
        let shade = |ends: &Ends| match of(ends) {
            size if size < 1.0 => log10(size.max(1e-5)) + 5.0,
            _ => f64::NAN,
        };
        let sizes = SIZES.map(|m| m.to_string());
        let named = |rate: &f64| [0.0125, 0.05, 0.2, 0.8].contains(rate);
        let rates = RATES.iter().rev();
        let rates =
            rates.map(|rate| if named(rate) { rate.to_string() } else { String::new() });
        let height = |rate: f64| 2.0 * ln(RATES[RATES.len() - 1] / rate) / ln(2.0);
        let panel = Panel::new()
            .heading(heading)
            .x(Axis::new("batch size m").categories(sizes))
            .y(Axis::new("rate").categories(rates))
            .draw(HeatMap::new(SIZES.len(), map.iter().map(shade)).full_at(5.0));
        let line = |rate: &dyn Fn(usize) -> f64| {
            Line::new(SIZES.map(|m| (m as f64 - 1.0, height(rate(m)))))
        };
        let panel = SHARES.into_iter().fold(panel, |panel, share| {
            let line = line(&|m| share * m as f64).color(Color::Ink).faint();
            panel.draw(line.label(share.to_string()))
        });
        panel.draw(line(&limit).color(Color::Vermillion).label("limit"))
    };
    Figure::new(
        "Deviation and excess cost over batch size and rate",
        "Two maps. In both, cells along lines of equal rate over batch size have about the same shade. Above the line of the limit the runs get worse fast, and at large rates they run away.",
    )
    .columns(2)
    .panel(panel("deviation of the runs", |ends| ends.deviation))
    .panel(panel("excess of their mean cost", |ends| ends.excess))
}
