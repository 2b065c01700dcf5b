//! The same inputs raw, standardised and normalised: where do the weighted sums land?

use datasets::{Scaling, students};
use lesson::{Page, Result, Row, Spread, Table, count, fixed, percent, significant};
use ndarray::Array2;
use nn::Activation::Sigmoid;
use nn::math::ln;
use nn::random::normal;
use nn::{Neuron, seeded};
use plot::{Axis, Bars, Dash, Figure, Panel, Rule};

/// How many neurons with random weights look at each version of the inputs.
const NEURONS: usize = 1_000;

/// Beyond this a sigmoid is saturated: less than a tenth of its slope is left.
///
/// The slope a(1 − a) is a tenth of ¼ at a = (1 + √0.9) / 2, and the sigmoid is a at z = ln(a / (1 − a)).
fn saturated() -> f64 {
    let a = 0.5 * (1.0 + 0.9_f64.sqrt());
    ln(a / (1.0 - a))
}

/// How far the histograms run to either side.
const FRAME: f64 = 120.0;

/// Fills the page.
pub fn run(page: &mut Page) -> Result {
    let students = students();
    let raw = students.inputs.view();
    let versions = [
        ("raw", raw.to_owned()),
        ("standardised", Scaling::standardise(raw).apply(raw)),
        ("normalised", Scaling::normalise(raw).apply(raw)),
    ];
    let mut first = Table::new(["", "study", "sleep", "quiz"]);
    for (name, inputs) in &versions {
        let student = inputs.row(0).map(|input| significant(*input, 3));
        first.row(Row::of([name]).and(student));
    }
    page.table("inputs", &first);

    let seed = page.seed(1);
    let sums = versions.map(|(name, inputs)| (name, weighted_sums(&inputs, seed)));
    let saturation = saturation(&sums);
    page.table("saturation", &saturation);
    page.figure("sums", &histograms(&sums));
    for (name, _) in &sums {
        page.value(&format!("{name}_saturated"), saturation.cell(name, "saturated"));
    }
    page.value("raw_slope", saturation.cell("raw", "median slope"));
    page.value("neurons", count(NEURONS));
    page.value("sums", count(sums[0].1.len()));
    page.value("limit", fixed(saturated(), 2));
    let outside = sums[0].1.iter().filter(|sum| sum.abs() > FRAME).count();
    page.value("frame", FRAME);
    page.value("outside", percent(outside as f64 / sums[0].1.len() as f64, 0));
    Ok(())
}

/// How far the sums run, and what that leaves of the sigmoid's slope.
fn saturation(versions: &[(&str, Vec<f64>); 3]) -> Table {
    let headings = ["median |sum|", "largest |sum|", "saturated", "median slope"];
    let mut table = Table::new(Row::of(["inputs"]).and(headings));
    for (name, sums) in versions {
        let sizes = Spread::of(sums.iter().map(|sum| sum.abs()));
        let slope = |sum: &f64| Sigmoid.slope(Sigmoid.value(-sum.abs()));
        let slopes = Spread::of(sums.iter().map(slope));
        let [middle, largest, slope] = [sizes.median(), sizes.most(), slopes.median()]
            .map(|number| significant(number, 3));
        let saturated = sums.iter().filter(|sum| sum.abs() > saturated()).count();
        let share = percent(saturated as f64 / sums.len() as f64, 1);
        table.row([name.to_string(), middle, largest, share, slope]);
    }
    table
}

/// The weighted sums of every student in every neuron. Weights and biases are normal with deviation 1.
fn weighted_sums(inputs: &Array2<f64>, seed: u64) -> Vec<f64> {
    let rng = &mut seeded(seed);
    let mut sums = Vec::new();
    for _ in 0..NEURONS {
        let weights = [normal(rng), normal(rng), normal(rng)];
        let neuron = Neuron::new(&weights, normal(rng), Sigmoid);
        sums.extend(
            inputs.rows().into_iter().map(|row| neuron.weighted_sum(&row.to_vec())),
        );
    }
    sums
}

fn histograms(versions: &[(&str, Vec<f64>); 3]) -> Figure {
    let range = -FRAME..=FRAME;
    let figure = Figure::new(
        "Weighted sums of random neurons",
        "Histograms for raw, standardised and normalised inputs over the same range. \
         Raw sums are spread far out, the others stand close to zero.",
    );
    versions.iter().fold(figure.columns(1), |figure, (name, sums)| {
        let panel = Panel::new()
            .heading(*name)
            .x(Axis::new("weighted sum z").range(range.clone()))
            .y(Axis::new("").hidden())
            .aspect(5.5)
            .draw(Bars::histogram(sums.iter().copied(), range.clone(), 120))
            .draw(Rule::vertical(-saturated()).dash(Dash::Dashed))
            .draw(Rule::vertical(saturated()).dash(Dash::Dashed));
        figure.panel(panel)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn beyond_the_limit_a_sigmoid_has_lost_nine_tenths_of_its_slope() {
        let slope = |z| Sigmoid.slope(Sigmoid.value(z));
        assert!((slope(saturated()) - 0.1 * slope(0.0)).abs() < 1e-12);
        assert!(slope(saturated() + 0.01) < 0.1 * slope(0.0));
    }

    #[test]
    fn scaled_inputs_saturate_fewer_neurons_whatever_the_seed() {
        let students = students();
        let raw = students.inputs.view();
        let share = |inputs: &Array2<f64>, seed| {
            let sums = weighted_sums(inputs, seed);
            sums.iter().filter(|sum| sum.abs() > saturated()).count() as f64
                / sums.len() as f64
        };
        for seed in 10..20 {
            assert!(share(&raw.to_owned(), seed) > 0.9);
            assert!(share(&Scaling::standardise(raw).apply(raw), seed) < 0.1);
            assert!(share(&Scaling::normalise(raw).apply(raw), seed) < 0.05);
        }
    }
}
