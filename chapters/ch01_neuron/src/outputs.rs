//! The same weighted sums read as a number, as a yes, or as a choice.

use lesson::{Page, Result, Row, Table, fixed, significant};
use nn::Activation::{Identity, Sigmoid};
use nn::math::softmax;
use plot::{Axis, Bars, Figure, Panel};

/// Weighted sums of three output neurons for one student: one for each kind of result.
const SUMS: [(&str, f64); 3] = [("fails", -0.5), ("passes", 1.4), ("excels", 0.3)];

/// Fills the page.
pub fn run(page: &mut Page) -> Result {
    let sums = SUMS.map(|(_, sum)| sum);
    let yes = sums.map(|sum| Sigmoid.value(sum));
    let choice = softmaxed(&sums);
    let table = table(&sums, &yes, &choice);
    page.table("readings", &table);
    let bars: [(&str, &[f64]); 3] =
        [("identity", &sums), ("sigmoid", &yes), ("softmax", &choice)];
    page.figure("readings", &readings(&bars));
    for reading in ["sigmoid", "softmax"] {
        page.value(&format!("{reading}_total"), table.cell("together", reading));
        page.value(&format!("passes_{reading}"), table.cell("passes", reading));
    }
    page.value("passes_sum", table.cell("passes", "weighted sum"));

    // Add the same number to every sum: only the differences matter to softmax.
    let moved = softmaxed(&sums.map(|sum| sum + 10.0));
    let distances = choice.iter().zip(&moved).map(|(a, b)| (a - b).abs());
    page.value("softmax_moved", significant(distances.fold(0.0, f64::max), 1));
    page.value("sigmoid_moved", fixed(Sigmoid.value(sums[0] + 10.0), 4));

    // A choice between two is a yes or no about their difference.
    let [fails, passes, _] = sums;
    page.value("two_softmax", fixed(softmaxed(&[passes, fails])[0], 6));
    page.value("two_sigmoid", fixed(Sigmoid.value(passes - fails), 6));
    Ok(())
}

fn table(sums: &[f64; 3], yes: &[f64; 3], choice: &[f64]) -> Table {
    let mut table =
        Table::new(["neuron", "weighted sum", "identity", "sigmoid", "softmax"]);
    for (index, (name, sum)) in SUMS.into_iter().enumerate() {
        let [sum, identity] = [sum, Identity.value(sum)].map(|sum| fixed(sum, 1));
        let probabilities = [yes[index], choice[index]].map(|p| fixed(p, 3));
        table.row(Row::of([name]).and([sum, identity]).and(probabilities));
    }
    let totals =
        [yes.iter().sum(), choice.iter().sum()].map(|total: f64| fixed(total, 3));
    let number = fixed(sums.iter().sum(), 1);
    table.row(Row::of(["together", "", &number]).and(totals));
    table
}

fn readings(readings: &[(&str, &[f64])]) -> Figure {
    let panel = Panel::new()
        .x(Axis::new("").categories(SUMS.map(|(name, _)| name)))
        .y(Axis::new("").range(-0.6..=1.6).hidden());
    let panel =
        readings.iter().enumerate().fold(panel, |panel, (index, (name, values))| {
            let bars = Bars::new(values.iter().copied()).slot(index, readings.len());
            panel.draw(bars.label(*name).numbers(3))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn softmax_shares_out_a_whole_and_asks_for_differences_only() {
        let [before, after] =
            [[-0.5, 1.4, 0.3], [99.5, 101.4, 100.3]].map(|sums| softmaxed(&sums));
        assert!((before.iter().sum::<f64>() - 1.0).abs() < 1e-15);
        assert!(before.iter().zip(after).all(|(a, b)| (a - b).abs() < 1e-13));
    }

    #[test]
    fn softmax_of_two_is_the_sigmoid_of_their_difference() {
        for (a, b) in [(1.4, -0.5), (-3.0, 4.0), (0.0, 0.0)] {
            assert!((softmaxed(&[a, b])[0] - Sigmoid.value(a - b)).abs() < 1e-15);
        }
    }
}
