//! The same inputs raw, standardised and normalised: where do the weighted sums land?

use datasets::{Scaling, students};
use lesson::{Page, Result, Table, count, percent, significant};
use ndarray::Array2;
use nn::{Activation, Neuron, math::normal, seeded};
use plot::{Axis, Bars, Dash, Figure, Panel, Rule};

/// How many neurons with random weights look at each version of the inputs.
const NEURONS: usize = 1_000;

/// Beyond this a sigmoid is saturated: its slope has fallen below 2 %, from 25 % at zero.
const SATURATED: f64 = 4.0;

/// Fills the page.
pub fn run(page: &mut Page) -> Result {
    let students = students();
    let raw = students.inputs.view();
    let versions = [
        ("raw", raw.to_owned()),
        ("standardised", Scaling::standardise(raw).apply(raw)),
        ("normalised", Scaling::normalise(raw).apply(raw)),
    ];
    let mut inputs = Table::new(["", "study", "sleep", "quiz"]);
    let mut saturation = Table::new([
        "inputs",
        "median |sum|",
        "largest |sum|",
        "saturated",
        "median slope",
    ]);
    let mut figure = Figure::new(
        "Weighted sums of random neurons",
        "Histograms of the weighted sums for raw, standardised and normalised inputs over the same range: \
         raw sums are spread far out, the others stand close to zero.",
    )
    .columns(1);
    for (name, version) in &versions {
        let student = version.row(0);
        inputs.row(
            [name.to_string()]
                .into_iter()
                .chain(student.iter().map(|x| significant(*x, 3))),
        );

        let sums = weighted_sums(version, page.seed(1));
        figure = figure.panel(histogram(name, &sums));
        let sizes: Vec<f64> = sums.iter().map(|sum| sum.abs()).collect();
        let share = sizes.iter().filter(|&&size| size > SATURATED).count() as f64
            / sizes.len() as f64;
        let slopes =
            sums.iter().map(|&z| Activation::Sigmoid.slope(Activation::Sigmoid.value(z)));
        let (middle, slope) = (median(sizes.clone()), median(slopes.collect()));
        let largest = sizes.iter().copied().fold(0.0, f64::max);
        saturation.row([
            name.to_string(),
            significant(middle, 3),
            significant(largest, 3),
            percent(share, 1),
            significant(slope, 3),
        ]);
        page.value(&format!("{name}_saturated"), percent(share, 1));
        page.value(&format!("{name}_median"), significant(middle, 3));
        page.value(&format!("{name}_slope"), significant(slope, 3));
    }
    page.table("inputs", &inputs);
    page.table("saturation", &saturation);
    page.figure("sums", &figure);
    page.value("neurons", count(NEURONS));
    page.value("sums", count(NEURONS * raw.nrows()));
    page.value("limit", SATURATED);
    Ok(())
}

/// The weighted sums of every student in every neuron. Weights and biases are normal with deviation 1.
fn weighted_sums(inputs: &Array2<f64>, seed: u64) -> Vec<f64> {
    let rng = &mut seeded(seed);
    let mut sums = Vec::new();
    for _ in 0..NEURONS {
        let weights = [normal(rng), normal(rng), normal(rng)];
        let neuron = Neuron::new(&weights, normal(rng), Activation::Sigmoid);
        sums.extend(
            inputs.rows().into_iter().map(|row| neuron.weighted_sum(&row.to_vec())),
        );
    }
    sums
}

fn histogram(name: &str, sums: &[f64]) -> Panel {
    Panel::new()
        .heading(name)
        .x(Axis::new("weighted sum z").range(-120.0..=120.0))
        .y(Axis::new("").hidden())
        .aspect(5.5)
        .draw(Bars::histogram(sums.iter().copied(), -120.0..=120.0, 120))
        .draw(Rule::vertical(-SATURATED).dash(Dash::Dashed))
        .draw(Rule::vertical(SATURATED).dash(Dash::Dashed))
}

fn median(mut numbers: Vec<f64>) -> f64 {
    numbers.sort_by(f64::total_cmp);
    numbers[numbers.len() / 2]
}
