//! Where the culprits rank, what the gradient says of those that did harm, and one case.

use lesson::{Page, Result, Row, Table, count, significant};
use plot::{Axis, Bars, Color, Figure, HeatMap, Marker, Panel, Points};

use super::{
    DRIFT_EPOCHS, FAULTS, Fault, HARM, Patient, ROWS, SHOWN, SIZES, TRAINING, between,
    by_lot, changes, harmful, median_luck, patient, plant_all, ranks, root_mean_square,
    said, witness, worst_in_first_layer,
};

/// Fills the page.
pub(crate) fn run(page: &mut Page) -> Result {
    let patient = patient(page.seed(51))?;
    let faults = SIZES.map(|size| plant_all(&patient, size, page.seed(54)));
    name_settings(page, &patient);

    page.table("ranks", &all(&faults));
    let shown = &faults[SHOWN];
    let flat = |fault: &&Fault| fault.slopes[fault.place] == 0.0;
    page.value("flat", shown.iter().filter(flat).count());
    let harm = of_harmful(&faults, RANKED, |harmful| ranks(harmful).map(count));
    page.table("harm", &harm);
    let parameters = patient.today.parameter_count() as f64;
    let ten_by_lot = (harmful(shown).len() * 10) as f64 / parameters;
    page.value("harmful_ten_by_lot", significant(ten_by_lot, 1));
    let said = of_harmful(&faults, ["sent back", "said / true"], |harmful| {
        let (back, part) = said(harmful);
        [back.to_string(), significant(part, 2)]
    });
    page.table("said", &said);

    page.figure("ranks", &histogram(shown));
    let case = worst_in_first_layer(shown);
    page.figure("case", &one_case(&patient, case));
    page.value("case_rise", significant(case.rise, 2));
    page.value("case_rank", case.by_slope);
    let [before, after] =
        [0.0, case.moved].map(|moved| witness(&patient, case.place, moved));
    page.value("slopes_before", significant(before.slope, 2));
    page.value("slopes_after", significant(after.slope, 2));
    page.value("bend_before", significant(before.bend, 2));
    page.value("bend_after", significant(after.bend, 2));
    Ok(())
}

fn name_settings(page: &mut Page, patient: &Patient) {
    let count_of_parameters = patient.today.parameter_count();
    page.value("faults", FAULTS);
    page.value("parameters", count(count_of_parameters));
    page.value("median_luck", significant(median_luck(count_of_parameters), 1));
    page.value("harm_limit", HARM);
    page.value("rows", ROWS);
    page.value("epochs", TRAINING.epochs);
    page.value("drift_epochs", DRIFT_EPOCHS);
    page.value("cost", significant(patient.cost, 2));
    let usual = root_mean_square(patient.today.layers[0].weights.iter());
    page.value("usual_weight", significant(usual, 2));
    let drift = changes(&patient.today, &patient.backup);
    page.value("largest_drift", significant(drift.into_iter().fold(0.0, f64::max), 2));
}

/// The headings over what [`ranks`] counts.
const RANKED: [&str; 5] =
    ["median by slope", "first by slope", "first ten", "slope × change", "change alone"];

/// All faults of each size: where the culprit ranks, and where it would if lots were drawn.
fn all(faults: &[Vec<Fault>; 3]) -> Table {
    let rows = SIZES.iter().zip(faults).map(|(size, faults)| {
        Row::of([size]).and(ranks(&faults.iter().collect::<Vec<_>>()).map(count))
    });
    let parameters = faults[SHOWN][0].slopes.len();
    let lots = [1, 10, 1, 1].map(|ranks| significant(by_lot(ranks, parameters), 1));
    let lots = Row::of(["by lot", &count(parameters.div_ceil(2))]).and(lots);
    Table::of(Row::of(["moved by"]).and(RANKED), rows.chain([lots]))
}

/// How many faults of each size did harm, and some cells about those.
fn of_harmful<const N: usize>(
    faults: &[Vec<Fault>; 3],
    headings: [&str; N],
    cells: impl Fn(&[&Fault]) -> [String; N],
) -> Table {
    let rows = SIZES.iter().zip(faults).map(|(size, faults)| {
        let harmful = harmful(faults);
        let row = Row::of([size.to_string(), harmful.len().to_string()]);
        if harmful.is_empty() { row.and(["–"; N]) } else { row.and(cells(&harmful)) }
    });
    Table::of(Row::of(["moved by", "did harm"]).and(headings), rows)
}

/// How many culprits rank where: by slope, by slope times change, and if the ranks were drawn by lot.
fn histogram(faults: &[Fault]) -> Figure {
    let parameters = faults[0].slopes.len();
    let ends = [1, 3, 10, 30, 100, 300, 1_000, parameters];
    let bins = || [0].into_iter().chain(ends).zip(ends);
    let panel = |heading: &str, bars: Vec<f64>| {
        Panel::new()
            .heading(heading)
            .x(Axis::new("rank of the culprit, up to").categories(ends.map(count)))
            .y(Axis::new("faults").range(0.0..=FAULTS as f64))
            .aspect(3.8)
            .draw(Bars::new(bars).numbers(0))
    };
    let faults: Vec<&Fault> = faults.iter().collect();
    let ranked = |rank: fn(&Fault) -> usize| {
        bins()
            .map(|(start, end)| between(&faults, start + 1..=end, rank) as f64)
            .collect()
    };
    let lots = bins().map(|(start, end)| by_lot(end - start, parameters)).collect();
    Figure::new(
        "Where the culprit ranks",
        "Three histograms of the culprit's rank. By the size of the slope nearly all culprits lie beyond the first ten, \
         much as when the ranks are drawn by lot; by slope times change most are first.",
    )
    .columns(1)
    .panel(panel("by the size of the slope", ranked(|fault| fault.by_slope)))
    .panel(panel("by lot, on average", lots))
    .panel(panel("by slope × change", ranked(|fault| fault.by_product)))
}

/// The slopes of the pixels' weights with one fault in: an image for each of the seven hidden neurons whose
/// largest slope is largest, and for the culprit's.
fn one_case(patient: &Patient, case: &Fault) -> Figure {
    let hidden = patient.today.layers[0].outputs();
    let slopes_of =
        |neuron: usize| (0..64).map(move |pixel| case.slopes[pixel * hidden + neuron]);
    let largest = |neuron: usize| slopes_of(neuron).map(f64::abs).fold(0.0, f64::max);
    let mut neurons: Vec<usize> = (0..hidden).collect();
    neurons.sort_by(|&a, &b| largest(b).total_cmp(&largest(a)));
    let (culprit_pixel, culprit_neuron) = (case.place / hidden, case.place % hidden);
    let figure = Figure::new(
        "The slopes with one fault in",
        "Images of the 64 slopes of eight hidden neurons. The last is the culprit's, with a cross at the culprit; it is paler than the others.",
    );
    neurons.retain(|&neuron| neuron != culprit_neuron);
    neurons.insert(7, culprit_neuron);
    neurons.iter().take(8).fold(figure.columns(4), |figure, &neuron| {
        let map =
            HeatMap::new(8, slopes_of(neuron)).diverging().full_at(largest(neurons[0]));
        let mut panel = Panel::picture(map);
        if neuron == culprit_neuron {
            let place = ((culprit_pixel % 8) as f64, (culprit_pixel / 8) as f64);
            panel =
                panel.draw(Points::new([place]).color(Color::Ink).marker(Marker::Cross));
        }
        figure.panel(panel.heading(format!("h{}", neuron + 1)))
    })
}
