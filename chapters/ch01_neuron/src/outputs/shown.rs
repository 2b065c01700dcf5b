//! The three readings as a table and as bars.

use lesson::{Page, Result, Row, Table, fixed, significant};
use nn::Activation::Sigmoid;
use plot::{Axis, Bars, Figure, Panel};

use super::{ADDED, SUMS, of_two, readings, softmax_moved};

/// Fills the page.
pub(crate) fn run(page: &mut Page) -> Result {
    let sums = SUMS.map(|(_, sum)| sum);
    let readings = readings(&sums);
    page.table("readings", &table(&readings));
    page.figure("readings", &bars(&readings));

    let [fails, passes, _] = sums;
    page.value("softmax_moved", significant(softmax_moved(&sums, ADDED), 1));
    page.value("sigmoid_moved", fixed(Sigmoid.value(fails + ADDED), 4));
    let [softmax, sigmoid] = of_two(passes, fails);
    page.value("two_softmax", fixed(softmax, 6));
    page.value("two_sigmoid", fixed(sigmoid, 6));
    Ok(())
}

fn table(readings: &[(&str, Vec<f64>); 3]) -> Table {
    let [(_, number), (_, yes), (_, choice)] = readings;
    let rows = SUMS.into_iter().enumerate().map(|(index, (name, sum))| {
        let sums = [sum, number[index]].map(|sum| fixed(sum, 1));
        Row::of([name]).and(sums).and([yes[index], choice[index]].map(|p| fixed(p, 3)))
    });
    let total = |values: &[f64], decimals| fixed(values.iter().sum(), decimals);
    let totals = Row::of(["together", ""]);
    let totals = totals.and([total(number, 1), total(yes, 3), total(choice, 3)]);
    let headings = ["neuron", "weighted sum", "identity", "sigmoid", "softmax"];
    Table::of(headings, rows.chain([totals]))
}

fn bars(readings: &[(&str, Vec<f64>); 3]) -> Figure {
    let panel = Panel::new()
        .x(Axis::new("").categories(SUMS.map(|(name, _)| name)))
        .y(Axis::new("").range(-0.6..=1.6).hidden());
    let bars = readings.iter().enumerate().map(|(index, (name, values))| {
        let bars = Bars::new(values.iter().copied()).slot(index, readings.len());
        bars.label(*name).numbers(3)
    });
    Figure::new(
        "Three readings of the same sums",
        "Bars for fails, passes and excels under identity, sigmoid and softmax; only softmax adds up to one.",
    )
    .panel(bars.fold(panel, Panel::draw))
}
