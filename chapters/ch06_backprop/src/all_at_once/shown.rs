//! The multiplications of both ways for networks of growing width.

use lesson::{Page, Result, Row, Table, count, significant};
use plot::{Axis, Color, Figure, Line, Panel, Points};

use super::{Count, WIDTHS, counted};

/// Fills the page.
pub(crate) fn run(page: &mut Page) -> Result {
    let counts = WIDTHS.map(|width| counted(width, page.seed(41)));
    page.table("passes", &passes(&counts));
    page.table("ratios", &ratios(&counts));
    page.figure("counts", &drawn(&counts));
    let [_, _, middle, _, _, large] = &counts;
    // A second column of its table has the heading of the first, but for a space.
    page.value("large_sparing", rounded(large.sparing / large.backpropagation));
    page.value("difference", significant(middle.difference.unwrap_or(f64::NAN), 1));
    page.value("days", significant(large.ratio() / 86_400.0, 2));
    page.value("share", significant(large.ratio() / large.parameters as f64, 3));
    Ok(())
}

/// What one row takes, forward and backward.
fn passes(counts: &[Count]) -> Table {
    let rows = counts.iter().map(|way| {
        let ratio = significant(way.backpropagation / way.pass, 3);
        let numbers = [way.parameters, way.pass as usize, way.backpropagation as usize];
        Row::of(numbers.map(count)).and([ratio])
    });
    Table::of(["parameters n", "one pass", "backprop", "backprop / pass"], rows)
}

/// What both ways of shaking take, and how often backpropagation could be done for that.
fn ratios(counts: &[Count]) -> Table {
    let rows = counts.iter().map(|way| {
        let run = if way.difference.is_some() { "run" } else { "calculated" };
        Row::of([&count(way.parameters), &whole(way.shaking), run])
            .and([rounded(way.ratio()), whole(way.sparing)])
            .and([rounded(way.sparing / way.backpropagation)])
    });
    let shaking = ["parameters n", "n + 1 passes", "", "/ backprop"];
    Table::of(Row::of(shaking).and(["sparing", "/ backprop "]), rows)
}

fn whole(number: f64) -> String {
    if number < 1e10 { count(number as usize) } else { significant(number, 3) }
}

fn rounded(ratio: f64) -> String {
    if ratio < 100.0 { significant(ratio, 3) } else { count(ratio.round() as usize) }
}

fn drawn(counts: &[Count]) -> Figure {
    type Number = fn(&Count) -> f64;
    let ways: [(&str, Color, Number); 3] = [
        ("shaking", Color::Vermillion, |way| way.shaking),
        ("sparing", Color::Green, |way| way.sparing),
        ("backprop", Color::Blue, |way| way.backpropagation),
    ];
    let powers = [1e1, 1e2, 1e3, 1e4, 1e5, 1e6];
    let powers = powers.into_iter().zip(["10", "10²", "10³", "10⁴", "10⁵", "10⁶"]);
    let panel = Panel::new()
        .x(Axis::new("parameters n").log().range(8.0..=1.2e6).tick_labels(powers))
        .y(Axis::new("multiplications for the slope of every parameter").log());
    let panel = ways.into_iter().fold(panel, |panel, (name, color, number)| {
        let points =
            || counts.iter().map(move |way| (way.parameters as f64, number(way)));
        panel
            .draw(Line::new(points()).color(color).label(name))
            .draw(Points::new(points()).color(color))
    });
    Figure::new(
        "What all slopes cost",
        "Multiplications against parameters on logarithmic axes. Backpropagation grows with n, shaking with the square of n.",
    )
    .panel(panel)
}
