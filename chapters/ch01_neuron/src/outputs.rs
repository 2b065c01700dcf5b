//! The same weighted sums read as a number, as a yes, or as a choice.

use lesson::{Page, Result, Table, fixed, significant};
use nn::{Activation, math::softmax};
use plot::{Axis, Bars, Figure, Panel};

/// Weighted sums of three output neurons for one student: one for each kind of result.
const SUMS: [(&str, f64); 3] = [("fails", -0.5), ("passes", 1.4), ("excels", 0.3)];

/// Fills the page.
pub fn run(page: &mut Page) -> Result {
    let sums = SUMS.map(|(_, sum)| sum);
    let yes = sums.map(|sum| Activation::Sigmoid.value(sum));
    let choice = softmaxed(&sums);
    let mut table =
        Table::new(["neuron", "weighted sum", "identity", "sigmoid", "softmax"]);
    for (index, (name, sum)) in SUMS.iter().enumerate() {
        let [sum, identity] =
            [fixed(*sum, 1), fixed(Activation::Identity.value(*sum), 1)];
        let cells = [sum, identity, fixed(yes[index], 3), fixed(choice[index], 3)];
        table.row([name.to_string()].into_iter().chain(cells));
    }
    let totals = [sums.iter().sum::<f64>(), yes.iter().sum(), choice.iter().sum()];
    let [number, yes_total, choice_total] = totals;
    table.row([
        "together",
        "",
        &fixed(number, 1),
        &fixed(yes_total, 3),
        &fixed(choice_total, 3),
    ]);
    page.table("readings", &table);
    page.figure(
        "readings",
        &readings(&[("identity", &sums), ("sigmoid", &yes), ("softmax", &choice)]),
    );
    page.value("sigmoid_total", fixed(yes_total, 3));
    page.value("softmax_total", fixed(choice_total, 3));
    page.value("passes_sum", fixed(sums[1], 1));
    page.value("passes_sigmoid", fixed(yes[1], 3));
    page.value("passes_softmax", fixed(choice[1], 3));

    // Add the same number to every sum: only the differences matter to softmax.
    let moved = softmaxed(&sums.map(|sum| sum + 10.0));
    let distances = choice.iter().zip(&moved).map(|(a, b)| (a - b).abs());
    page.value("softmax_moved", significant(distances.fold(0.0, f64::max), 1));
    page.value("sigmoid_moved", fixed(Activation::Sigmoid.value(sums[0] + 10.0), 4));

    // A choice between two is a yes or no about their difference.
    let two = softmaxed(&[sums[1], sums[0]]);
    let difference = Activation::Sigmoid.value(sums[1] - sums[0]);
    page.text(
        "two_choices",
        format!(
            "softmax of (1.4, -0.5): {}\nsigmoid of 1.4 - (-0.5): {}",
            fixed(two[0], 12),
            fixed(difference, 12)
        ),
    );
    page.value("two_softmax", fixed(two[0], 6));
    page.value("two_sigmoid", fixed(difference, 6));
    Ok(())
}

fn readings(readings: &[(&str, &[f64])]) -> Figure {
    let panel = Panel::new()
        .x(Axis::new("").categories(SUMS.map(|(name, _)| name)))
        .y(Axis::new("").range(-0.6..=1.6).hidden());
    let panel =
        readings.iter().enumerate().fold(panel, |panel, (index, (name, values))| {
            let bars = Bars::new(values.iter().copied()).slot(index, readings.len());
            panel.draw(bars.label(*name).numbers(2))
        });
    Figure::new(
        "Three readings of the same sums",
        "Bars for fails, passes and excels under identity, sigmoid and softmax; only softmax adds up to one.",
    )
    .panel(panel)
}

fn softmaxed(sums: &[f64]) -> Vec<f64> {
    let mut probabilities = vec![0.0; sums.len()];
    softmax(sums, &mut probabilities);
    probabilities
}
