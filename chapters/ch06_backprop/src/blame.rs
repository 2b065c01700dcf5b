//! Two hundred faults, each in a single weight of a trained network: does the gradient point at the culprit?

pub(crate) mod shown;

use std::ops::RangeInclusive;

use datasets::reader::{self, DigitReader};
use lesson::{Result, Spread};
use nn::Activation::Tanh;
use nn::{Backprop, Examples, Network, Training, seeded};
use rand::{Rng, RngExt};

use crate::all_at_once::parameter;

/// How the network was trained before the faults.
const TRAINING: Training = Training { epochs: 20, ..reader::TRAINING };

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
    let changes = changes(&faulty, &patient.backup);
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

fn patient(seed: u64) -> Result<Patient> {
    let reader = DigitReader::new(seed);
    let rng = &mut reader.order();
    let DigitReader { train, network: mut backup, .. } = reader;
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

/// How far each parameter of one network lies from that of the other.
fn changes(now: &Network, before: &Network) -> Vec<f64> {
    let pairs = now.parameters().zip(before.parameters());
    pairs.map(|(now, before)| (now - before).abs()).collect()
}

fn harmful(faults: &[Fault]) -> Vec<&Fault> {
    faults.iter().filter(|fault| fault.did_harm()).collect()
}

/// Where the culprits of some faults rank: the median by slope; how many are first by slope, and among the first
/// ten; how many are first by slope times change, and by the change alone.
fn ranks(faults: &[&Fault]) -> [usize; 5] {
    let by_slope = Spread::of(faults.iter().map(|fault| fault.by_slope as f64));
    [
        by_slope.median().round() as usize,
        between(faults, 1..=1, |fault| fault.by_slope),
        between(faults, 1..=10, |fault| fault.by_slope),
        between(faults, 1..=1, |fault| fault.by_product),
        between(faults, 1..=1, |fault| fault.by_change),
    ]
}

/// How many culprits have one of these ranks.
fn between(
    faults: &[&Fault],
    ranks: RangeInclusive<usize>,
    rank: fn(&Fault) -> usize,
) -> usize {
    faults.iter().filter(|fault| ranks.contains(&rank(fault))).count()
}

/// How many faults the slope leads back, and what it says, in the middle, of their part in the rise.
fn said(faults: &[&Fault]) -> (usize, f64) {
    let back = faults.iter().filter(|fault| fault.is_sent_back()).count();
    (back, Spread::of(faults.iter().map(|fault| fault.part())).median())
}

/// How many of the culprits would be expected on so many ranks if the ranks were drawn by lot.
fn by_lot(ranks: usize, parameters: usize) -> f64 {
    (FAULTS * ranks) as f64 / parameters as f64
}

/// How far chance moves the median of as many ranks as there are faults, drawn by lot: one standard deviation.
fn median_luck(parameters: usize) -> f64 {
    parameters as f64 / (2.0 * (FAULTS as f64).sqrt())
}

/// The most harmful fault among the weights of the pixels.
fn worst_in_first_layer(faults: &[Fault]) -> &Fault {
    let of_pixels = faults.iter().filter(|fault| fault.place < 64 * 32);
    of_pixels
        .max_by(|a, b| a.rise.total_cmp(&b.rise))
        .expect("most weights are a pixel's")
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
    let hidden = Network::from_layers(vec![network.layers[0].clone()]);
    let outputs = hidden.predict(patient.rows.inputs.view()); // (rows, hidden)
    let neuron = outputs.column(place % hidden.outputs());
    let bend = neuron.iter().map(|&a| Tanh.slope(a)).sum::<f64>() / neuron.len() as f64;
    Witness { slope: root_mean_square(slopes.iter()), bend }
}

fn root_mean_square<'a>(numbers: impl ExactSizeIterator<Item = &'a f64>) -> f64 {
    let count = numbers.len() as f64;
    (numbers.map(|number| number * number).sum::<f64>() / count).sqrt()
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
