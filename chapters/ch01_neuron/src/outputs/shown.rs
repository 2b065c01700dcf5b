//! The three readings as a table and as bars.

use lesson::{Page, Result, Row, Table, fixed, significant};
use nn::Activation::Sigmoid;
use plot::{Align, Axis, Bars, Figure, Note, Panel};

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
        Row::of([name]).and(sums).and([yes[index], choice[index]].map(|p| fixed(p, 2)))
    });
    let total = |values: &[f64], decimals| fixed(values.iter().sum(), decimals);
    let totals = Row::of(["together", ""]);
    let totals = totals.and([total(number, 1), total(yes, 2), total(choice, 2)]);
    let headings = ["neuron", "weighted sum", "identity", "sigmoid", "softmax"];
    Table::of(headings, rows.chain([totals]))
}

/// Reading by reading, a bar for each kind of result, and what the three add up to.
fn bars(readings: &[(&str, Vec<f64>); 3]) -> Figure {
    let panel = Panel::new()
        .x(Axis::new("").categories(readings.each_ref().map(|(name, _)| *name)))
        .y(Axis::new("output a").range(-0.9..=2.3).ticks([-0.5, 0.0, 0.5, 1.0, 1.5]));
    let bars = SUMS.iter().enumerate().map(|(index, (kind, _))| {
        let values = readings.each_ref().map(|(_, values)| values[index]);
        Bars::new(values).slot(index, SUMS.len()).label(*kind).numbers(2)
    });
    let totals = readings.iter().enumerate().map(|(index, (_, values))| {
        let total = fixed(values.iter().sum(), 2);
        Note::new((index as f64, 2.15), format!("together {total}")).align(Align::Middle)
    });
    Figure::new(
        "Three readings of the same sums",
        "Bars for fails, passes and excels under identity, sigmoid and softmax; only softmax adds up to one.",
    )
    .panel(totals.fold(bars.fold(panel, Panel::draw), Panel::draw))
}
