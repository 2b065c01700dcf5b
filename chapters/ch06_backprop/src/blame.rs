//! Two hundred faults, each in a single weight of a trained network: does the gradient point at the culprit?

use lesson::{Page, Result, Row, Table, count, significant};
use nn::Activation::Tanh;
use nn::{Backprop, Batch, Cost, Examples, Network, Training, seeded};
use plot::{Axis, Bars, Color, Figure, HeatMap, Marker, Panel, Points};
use rand::{Rng, RngExt};

/// How the network was trained before the faults.
const TRAINING: Training = Training {
    cost: Cost::SoftmaxCrossEntropy,
    rate: 0.5,
    batch: Batch::Rows(32),
    epochs: 20,
};

/// After a copy has been put aside, it is trained for so many epochs more: all weights move a little.
const DRIFT_EPOCHS: usize = 1;

/// How many faults are planted, each alone in a fresh copy.
const FAULTS: usize = 200;

/// How far a fault moves its weight, up or down.
const SIZES: [f64; 3] = [1.0, 4.0, 16.0];

/// The size that the figures show and the text speaks of.
const SHOWN: usize = 1;

/// A fault that raises the cost by this much has done harm.
const HARM: f64 = 0.01;

/// How many training digits the damage is measured on.
const ROWS: usize = 300;

/// A network that was put aside when it was good, the same a little later, and what it is asked.
pub struct Patient {
    /// The weights that were put aside.
    pub backup: Network,
    /// The weights of today, still without a fault.
    pub today: Network,
    /// The digits on which it is examined.
    pub rows: Examples,
    /// What they cost it today.
    pub cost: f64,
}

/// What one fault did, and how it was judged.
pub struct Fault {
    /// The culprit's place among all parameters.
    pub place: usize,
    /// How far its weight was moved.
    pub moved: f64,
    /// By how much the cost rose.
    pub rise: f64,
    /// The cost's gradient once the fault is in: one slope for each parameter.
    pub slopes: Vec<f64>,
    /// The culprit's rank by the size of its slope; 1 is the most suspicious of all parameters.
    pub by_slope: usize,
    /// Its rank by slope times the change since the backup.
    pub by_product: usize,
    /// Its rank by that change alone, without asking the gradient.
    pub by_change: usize,
}

/// Moves one weight, and asks the gradient who did it.
pub fn plant(patient: &Patient, place: usize, moved: f64) -> Fault {
    let mut faulty = patient.today.clone();
    *parameter(&mut faulty, place) += moved;
    let (cost, slopes) = examine(&faulty, &patient.rows);

    let sizes: Vec<f64> = slopes.iter().map(|slope| slope.abs()).collect();
    let (before, now) = (parameters(&patient.backup), parameters(&faulty));
    let changes: Vec<f64> =
        now.iter().zip(before).map(|(now, old)| (now - old).abs()).collect();
    let products: Vec<f64> =
        sizes.iter().zip(&changes).map(|(size, change)| size * change).collect();
    Fault {
        place,
        moved,
        rise: cost - patient.cost,
        by_slope: rank(&sizes, place),
        by_product: rank(&products, place),
        by_change: rank(&changes, place),
        slopes,
    }
}

impl Fault {
    /// Whether a step against the slope would lead the culprit back to where it was.
    fn is_sent_back(&self) -> bool {
        self.slopes[self.place] * self.moved > 0.0
    }

    /// What slope times change takes the culprit's part in the rise to be: 1 if it is right.
    fn part(&self) -> f64 {
        self.slopes[self.place] * self.moved / self.rise
    }

    fn did_harm(&self) -> bool {
        self.rise > HARM
    }
}

/// How many are at least as large as the one at this place, itself among them.
fn rank(measures: &[f64], place: usize) -> usize {
    measures.iter().filter(|&&measure| measure >= measures[place]).count()
}

/// Fills the page.
pub fn run(page: &mut Page) -> Result {
    let patient = patient(page.seed(51))?;
    let faults = SIZES.map(|size| plant_all(&patient, size, page.seed(54)));
    name_settings(page, &patient);

    let ranks = ranks(&faults);
    page.table("ranks", &ranks);
    let shown = SIZES[SHOWN].to_string();
    for (name, heading) in [
        ("median", "median by slope"),
        ("first_by_slope", "first by slope"),
        ("first_by_product", "slope × change"),
        ("first_by_change", "change alone"),
    ] {
        page.value(name, ranks.cell(&shown, heading));
    }
    page.value("first_ten", ranks.cell(&shown, "first ten"));
    page.value("first_by_lot", ranks.cell(BY_LOT, "first by slope"));
    page.value("first_ten_by_lot", ranks.cell(BY_LOT, "first ten"));
    page.value("median_small", ranks.cell(&SIZES[0].to_string(), "median by slope"));
    page.value("median_large", ranks.cell(&SIZES[2].to_string(), "median by slope"));
    let flat = |fault: &&Fault| fault.slopes[fault.place] == 0.0;
    page.value("flat", faults[SHOWN].iter().filter(flat).count());

    let harm = harm(&faults);
    page.table("harm", &harm);
    let large = SIZES[2].to_string();
    for (name, heading) in [
        ("harmful", "did harm"),
        ("harmful_median", "median by slope"),
        ("harmful_first_by_slope", "first by slope"),
        ("harmful_first_ten", "first ten"),
        ("harmful_first_by_product", "slope × change"),
        ("harmful_first_by_change", "change alone"),
    ] {
        page.value(name, harm.cell(&shown, heading));
    }
    page.value("harmful_large_by_product", harm.cell(&large, "slope × change"));
    page.value("harmful_large_by_change", harm.cell(&large, "change alone"));
    let harmful_by_lot = (harmful(&faults[SHOWN]).len() * 10) as f64
        / patient.today.parameter_count() as f64;
    page.value("harmful_ten_by_lot", significant(harmful_by_lot, 1));
    let said = said(&faults);
    page.table("said", &said);
    page.value("sent_back", said.cell(&shown, "sent back"));
    page.value("part", said.cell(&shown, "said / true"));
    page.value("harmful_large", said.cell(&large, "did harm"));
    page.value("sent_back_large", said.cell(&large, "sent back"));
    page.value("part_large", said.cell(&large, "said / true"));

    page.figure("ranks", &histogram(&faults[SHOWN]));
    let case = worst_in_first_layer(&faults[SHOWN]);
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
    let parameters = patient.today.parameter_count();
    page.value("faults", FAULTS);
    page.value("parameters", count(parameters));
    page.value("by_lot", count(parameters.div_ceil(2)));
    // The standard deviation of the median of so many ranks that are drawn by lot.
    let luck = parameters as f64 / (2.0 * (FAULTS as f64).sqrt());
    page.value("median_luck", significant(luck, 1));
    page.value("size", SIZES[SHOWN]);
    page.value("small_size", SIZES[0]);
    page.value("large_size", SIZES[2]);
    page.value("harm_limit", HARM);
    page.value("rows", ROWS);
    page.value("epochs", TRAINING.epochs);
    page.value("drift_epochs", DRIFT_EPOCHS);
    page.value("cost", significant(patient.cost, 2));
    let weights = &patient.today.layers[0].weights;
    let mean_square = weights.iter().map(|w| w * w).sum::<f64>() / weights.len() as f64;
    page.value("usual_weight", significant(mean_square.sqrt(), 2));
    let moved: Vec<f64> =
        parameters_of_both(patient).map(|(now, old)| (now - old).abs()).collect();
    page.value("largest_drift", significant(moved.into_iter().fold(0.0, f64::max), 2));
}

fn parameters_of_both(patient: &Patient) -> impl Iterator<Item = (f64, f64)> {
    parameters(&patient.today).into_iter().zip(parameters(&patient.backup))
}

/// The row of a table that says what drawing lots would give.
const BY_LOT: &str = "by lot";

/// How many of the culprits would be expected on so many ranks if the ranks were drawn by lot.
fn by_lot(ranks: usize, parameters: usize) -> f64 {
    (FAULTS * ranks) as f64 / parameters as f64
}

/// All faults of each size: where the culprit ranks.
fn ranks(faults: &[Vec<Fault>; 3]) -> Table {
    let first = ["first by slope", "first ten", "slope × change", "change alone"];
    let mut table = Table::new(Row::of(["moved by", "median by slope"]).and(first));
    let parameters = faults[SHOWN][0].slopes.len();
    for (size, faults) in SIZES.iter().zip(faults) {
        let share = |rank: fn(&Fault) -> usize| {
            count(faults.iter().filter(|fault| rank(fault) == 1).count())
        };
        let median = median(faults.iter().map(|fault| fault.by_slope as f64));
        table.row(Row::of([size.to_string(), count(median as usize)]).and([
            share(|fault| fault.by_slope),
            count(faults.iter().filter(|fault| fault.by_slope <= 10).count()),
            share(|fault| fault.by_product),
            share(|fault| fault.by_change),
        ]));
    }
    let lucky = |ranks: usize| significant(by_lot(ranks, parameters), 1);
    let lots = [count(parameters.div_ceil(2)), lucky(1), lucky(10), lucky(1), lucky(1)];
    table.row(Row::of([BY_LOT]).and(lots));
    table
}

/// The faults of each size that did harm: where their culprits rank.
fn harm(faults: &[Vec<Fault>; 3]) -> Table {
    let first = [
        "median by slope",
        "first by slope",
        "first ten",
        "slope × change",
        "change alone",
    ];
    let mut table = Table::new(Row::of(["moved by", "did harm"]).and(first));
    for (size, faults) in SIZES.iter().zip(faults) {
        let harmful = harmful(faults);
        let row = Row::of([size.to_string(), harmful.len().to_string()]);
        if harmful.is_empty() {
            table.row(row.and(["–"; 5]));
            continue;
        }
        let median = median(harmful.iter().map(|fault| fault.by_slope as f64));
        table.row(row.and([
            count(median as usize),
            number(&harmful, |fault| fault.by_slope == 1),
            number(&harmful, |fault| fault.by_slope <= 10),
            number(&harmful, |fault| fault.by_product == 1),
            number(&harmful, |fault| fault.by_change == 1),
        ]));
    }
    table
}

/// The same faults: whether the slope leads the culprit back, and what it says of its part in the cost.
fn said(faults: &[Vec<Fault>; 3]) -> Table {
    let mut table = Table::new(["moved by", "did harm", "sent back", "said / true"]);
    for (size, faults) in SIZES.iter().zip(faults) {
        let harmful = harmful(faults);
        let row = Row::of([size.to_string(), harmful.len().to_string()]);
        if harmful.is_empty() {
            table.row(row.and(["–"; 2]));
            continue;
        }
        table.row(row.and([
            number(&harmful, Fault::is_sent_back),
            significant(median(harmful.iter().map(|fault| fault.part())), 2),
        ]));
    }
    table
}

fn harmful(faults: &[Fault]) -> Vec<&Fault> {
    faults.iter().filter(|fault| fault.did_harm()).collect()
}

fn number(faults: &[&Fault], wanted: fn(&Fault) -> bool) -> String {
    faults.iter().filter(|fault| wanted(fault)).count().to_string()
}

/// The middle one; of an even number, the upper of the two in the middle.
fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
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
    let ranked = |rank: fn(&Fault) -> usize| {
        let within = |start, end| {
            faults.iter().filter(|fault| (start + 1..=end).contains(&rank(fault))).count()
        };
        bins().map(|(start, end)| within(start, end) as f64).collect()
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

/// The most harmful fault among the weights of the pixels.
fn worst_in_first_layer(faults: &[Fault]) -> &Fault {
    let of_pixels = faults.iter().filter(|fault| fault.place < 64 * 32);
    of_pixels
        .max_by(|a, b| a.rise.total_cmp(&b.rise))
        .expect("most weights are a pixel's")
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
        let mut panel = Panel::new().y(Axis::new("").reversed()).bare().equal().draw(map);
        if neuron == culprit_neuron {
            let place = ((culprit_pixel % 8) as f64, (culprit_pixel / 8) as f64);
            panel =
                panel.draw(Points::new([place]).color(Color::Ink).marker(Marker::Cross));
        }
        figure.panel(panel.heading(format!("h{}", neuron + 1)))
    })
}

/// What explains the case: how large slopes are in the whole network, and how steep the culprit's neuron is.
struct Witness {
    /// The root of the mean of all squared slopes.
    slope: f64,
    /// The mean slope of tanh in the culprit's neuron.
    bend: f64,
}

fn witness(patient: &Patient, place: usize, moved: f64) -> Witness {
    let mut network = patient.today.clone();
    *parameter(&mut network, place) += moved;
    let (_, slopes) = examine(&network, &patient.rows);
    let mean_square =
        slopes.iter().map(|slope| slope * slope).sum::<f64>() / slopes.len() as f64;
    let hidden = Network::from_layers(vec![network.layers[0].clone()]);
    let outputs = hidden.predict(patient.rows.inputs.view()); // (rows, hidden)
    let neuron = outputs.column(place % hidden.outputs());
    let bend = neuron.iter().map(|&a| Tanh.slope(a)).sum::<f64>() / neuron.len() as f64;
    Witness { slope: mean_square.sqrt(), bend }
}

fn patient(seed: u64) -> Result<Patient> {
    let (train, _) = datasets::digits().split(1_437, &mut seeded(seed));
    let mut backup = Network::new(&[64, 32, 10], Tanh, &mut seeded(seed + 1));
    let rng = &mut seeded(seed + 2);
    TRAINING.run(&mut backup, &train, rng)?;
    let mut today = backup.clone();
    Training { epochs: DRIFT_EPOCHS, ..TRAINING }.run(&mut today, &train, rng)?;
    let first: Vec<usize> = (0..ROWS).collect();
    let rows = train.select(&first);
    let (cost, _) = examine(&today, &rows);
    Ok(Patient { backup, today, rows, cost })
}

/// The same culprits for every size, so that only the size differs.
fn plant_all(patient: &Patient, size: f64, seed: u64) -> Vec<Fault> {
    let rng = &mut seeded(seed);
    let mut one = |_| {
        let place = any_weight(&patient.today, rng);
        let up = rng.random::<bool>();
        plant(patient, place, if up { size } else { -size })
    };
    (0..FAULTS).map(&mut one).collect()
}

/// The place of a weight drawn by lot; biases do not take part.
fn any_weight(network: &Network, rng: &mut impl Rng) -> usize {
    let [first, second] = &network.layers[..] else {
        panic!("the network has two layers")
    };
    let (in_first, in_second) = (first.weights.len() as u32, second.weights.len() as u32);
    let lot = rng.random_range(0..in_first + in_second);
    // In the order of the parameters, the first layer's biases stand between the two.
    let biases = if lot < in_first { 0 } else { first.biases.len() };
    lot as usize + biases
}

/// The cost, and its slope for each parameter.
fn examine(network: &Network, rows: &Examples) -> (f64, Vec<f64>) {
    let mut backprop = Backprop::new(network, rows.rows());
    let cost = backprop.run(network, rows, TRAINING.cost);
    (cost, backprop.gradients().entries().collect())
}

fn parameters(network: &Network) -> Vec<f64> {
    network.parameters().collect()
}

fn parameter(network: &mut Network, place: usize) -> &mut f64 {
    network.parameters_mut().nth(place).expect("places are counted over all parameters")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a gradient promises, and all that it promises: the answer to a small change.
    #[test]
    fn slope_times_change_is_the_rise_if_the_change_is_small() {
        let patient = patient(1).unwrap();
        let place = 20 * 32 + 7; // a pixel in the middle, a hidden neuron
        let fault = plant(&patient, place, 1e-4);
        assert!(fault.rise != 0.0);
        assert!((fault.part() - 1.0).abs() < 0.02, "{} {}", fault.part(), fault.rise);
    }

    #[test]
    fn the_slope_alone_rarely_finds_the_culprit_whatever_the_seed() {
        for seed in [2, 3] {
            let faults = plant_all(&patient(seed).unwrap(), SIZES[SHOWN], seed + 10);
            let first = |rank: fn(&Fault) -> usize| {
                faults.iter().filter(|fault| rank(fault) == 1).count()
            };
            assert!(first(|fault| fault.by_slope) < FAULTS / 20);
            assert!(first(|fault| fault.by_product) > FAULTS / 2);
            assert_eq!(first(|fault| fault.by_change), FAULTS);
            let harmful = harmful(&faults);
            let back = harmful.iter().filter(|fault| fault.is_sent_back()).count();
            assert!(
                harmful.len() > 20 && 10 * back >= 9 * harmful.len(),
                "{back} {}",
                harmful.len()
            );
        }
    }

    #[test]
    fn among_equals_a_rank_is_the_last() {
        assert_eq!(
            [0, 1, 2, 3].map(|place| rank(&[5.0, 0.0, 7.0, 0.0], place)),
            [2, 4, 1, 4]
        );
    }

    #[test]
    fn a_place_is_a_weight_and_never_a_bias() {
        let network = Network::new(&[2, 3, 2], Tanh, &mut seeded(1));
        let rng = &mut seeded(2);
        let mut seen: Vec<usize> = (0..500).map(|_| any_weight(&network, rng)).collect();
        seen.sort_unstable();
        seen.dedup();
        assert_eq!(seen, [0, 1, 2, 3, 4, 5, 9, 10, 11, 12, 13, 14]);
    }
}
