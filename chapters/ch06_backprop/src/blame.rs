//! A thousand faults, each in a single weight of a trained network, and three detectives who look for the culprit.

mod pass;
pub(crate) mod shown;

use datasets::reader::{self, DigitReader};
use lesson::{Result, Spread};
use ndarray::{ArrayView1, Axis};
use nn::Activation::Tanh;
use nn::random::normal;
use nn::{Backprop, Examples, Network, Training, matmul, seeded};
use rand::{Rng, RngExt};
use rayon::prelude::*;

use crate::all_at_once::parameter;
use pass::Pass;

/// How each network is trained before the faults.
const TRAINING: Training = Training { epochs: 20, ..reader::TRAINING };

/// How many networks there are, each from other random numbers.
const NETWORKS: u64 = 4;

/// How many faults are planted in each network, one at a time.
const FAULTS: usize = 250;

/// How far a fault moves its weight, up or down.
const MOVED: f64 = 4.0;

/// A fault that raises the cost by this much has done harm.
const HARM: f64 = 0.01;

/// How many training digits the damage is measured on.
const ROWS: usize = 300;

/// Repairing takes long: it is tried for so many of the harmful faults of each network, the first ones.
const REPAIRED: usize = 8;

/// How far a repair moves a weight. The detective does not know how large the fault is; none of these is its size.
const TRIES: [f64; 10] = [0.84, 1.2, 1.7, 2.4, 3.4, 4.8, 6.7, 9.5, 13.4, 19.0];

/// How far all parameters are moved at once: the standard deviation of each one's move.
const NUDGES: [f64; 5] = [0.0001, 0.001, 0.01, 0.1, 1.0];

/// In how many directions, for each network and size.
const DIRECTIONS: usize = 10;

/// A trained network, and what it is examined on.
pub struct Patient {
    /// The network, still without a fault.
    pub network: Network,
    /// The digits on which it is examined.
    pub rows: Examples,
    /// What they cost it.
    pub cost: f64,
    /// The slopes of that cost.
    slopes: Vec<f64>,
    pass: Pass,
}

/// What a harmful fault did, and where each detective ranks the culprit; 1 is the most suspicious of all parameters.
pub struct Fault {
    /// By how much the cost rose.
    pub rise: f64,
    /// How far the weight was moved.
    pub moved: f64,
    /// The cost's slope along it, with the fault in.
    pub slope: f64,
    /// The rank by the size of the slope.
    pub by_slope: usize,
    /// The rank by what one step is expected to gain.
    pub by_gain: usize,
    /// The rank by the cost that a repair leaves, if repairs were tried.
    pub by_repair: Option<usize>,
    /// The rank by the size of the number itself, which asks nothing about the cost.
    pub by_size: usize,
    /// How many times as large the slopes of all parameters have become (the root of their mean square).
    pub louder: f64,
    /// How much of its mean slope the tanh of the culprit's neuron has kept, if it is a hidden one.
    pub kept: Option<f64>,
}

/// The cost's slope along each parameter.
pub fn slopes(network: &Network, rows: &Examples) -> Vec<f64> {
    let mut backprop = Backprop::new(network, rows.rows());
    backprop.run(network, rows, TRAINING.cost);
    backprop.gradients().entries().collect()
}

/// The cost's curvature along each parameter, as if the scores moved in proportion to it (Gauss and Newton).
///
/// Along a parameter, score k of a row has a slope sₖ, which a backward pass from that score alone finds. Softmax with
/// cross-entropy bends by diag(p) − p pᵀ, and so along the parameter by Σ pₖ sₖ² − (Σ pₖ sₖ)²: the variance of the
/// slopes, each counted with the probability pₖ that the network gives to its class.
pub fn curvatures(pass: &Pass, rows: &Examples) -> Vec<f64> {
    let [hidden, output] = &pass.layers;
    let shares = pass.shares(); // (rows, classes)
    let layers = [(hidden, &rows.inputs), (output, &hidden.outputs)];
    let of_layer = layers.map(|(layer, inputs)| {
        // From the scores to a neuron's sum come its weights to them, times φ′.
        let slope = |a: f64| layer.bend.slope(a);
        let mut bends = layer.outputs.mapv(|a| slope(a) * slope(a)); // (rows, neurons)
        for (shares, mut bends) in shares.rows().into_iter().zip(bends.rows_mut()) {
            for (bend, levers) in bends.iter_mut().zip(layer.levers.rows()) {
                *bend *= variance(whole(&shares), whole(&levers));
            }
        }
        // From there to a weight, times what came in.
        let squares = inputs.mapv(|x| x * x); // (rows, inputs)
        let weights = matmul(&squares.t(), &bends); // (inputs, neurons)
        weights.into_iter().chain(bends.sum_axis(Axis(0))).collect::<Vec<f64>>()
    });
    of_layer.concat().iter().map(|sum| sum / rows.rows() as f64).collect()
}

/// The variance of numbers that are drawn with these probabilities.
fn variance(shares: &[f64], numbers: &[f64]) -> f64 {
    let pairs = || shares.iter().zip(numbers);
    let mean: f64 = pairs().map(|(share, number)| share * number).sum();
    pairs().map(|(share, number)| share * (number - mean) * (number - mean)).sum()
}

fn whole<'a>(row: &ArrayView1<'a, f64>) -> &'a [f64] {
    row.to_slice().expect("stored row by row")
}

/// What one step in a parameter alone should gain: along a parabola of this slope g and this curvature h,
/// g² / 2h.
pub fn gain(slope: f64, curvature: f64) -> f64 {
    if slope == 0.0 { 0.0 } else { slope * slope / (2.0 * curvature) }
}

/// The least cost that is found by moving one parameter alone, in steps against its slope; none if it is more than
/// `most`.
pub fn repair(pass: &Pass, place: usize, slope: f64, most: f64) -> Option<f64> {
    let tries = TRIES.iter().filter(|_| slope != 0.0);
    tries
        .filter_map(|by| pass.cost_if(place, -by * slope.signum(), most))
        .reduce(f64::min)
}

impl Fault {
    /// Whether a step against the slope would lead the culprit back to where it was.
    fn is_sent_back(&self) -> bool {
        self.slope * self.moved > 0.0
    }

    /// Which share of the rise slope times change explains.
    fn part(&self) -> f64 {
        self.slope * self.moved / self.rise
    }
}

impl Patient {
    fn new(seed: u64) -> Result<Patient> {
        let reader = DigitReader::new(seed);
        let rng = &mut reader.order();
        let DigitReader { train, mut network, .. } = reader;
        TRAINING.run(&mut network, &train, rng)?;
        let rows = train.select(&(0..ROWS).collect::<Vec<usize>>());
        let cost = network.cost(&rows, TRAINING.cost);
        let (slopes, pass) = (slopes(&network, &rows), Pass::new(&network, &rows));
        Ok(Patient { network, rows, cost, slopes, pass })
    }

    /// Moves weights that are drawn by lot, one at a time, and shows those that did harm to the detectives.
    fn plant(&self, seed: u64) -> Vec<Fault> {
        let rng = &mut seeded(seed);
        let mut harmful = Vec::new();
        for _ in 0..FAULTS {
            let place = any_weight(&self.network, rng);
            let moved = if rng.random::<bool>() { MOVED } else { -MOVED };
            let cost = self.pass.cost_if(place, moved, f64::INFINITY);
            let rise = cost.expect("no cost is too much") - self.cost;
            if rise > HARM {
                harmful.push(self.investigate(
                    place,
                    moved,
                    rise,
                    harmful.len() < REPAIRED,
                ));
            }
        }
        harmful
    }

    /// Asks the detectives who did it; the third only if it may.
    fn investigate(&self, place: usize, moved: f64, rise: f64, repairs: bool) -> Fault {
        let mut faulty = self.network.clone();
        *parameter(&mut faulty, place) += moved;
        let slopes = slopes(&faulty, &self.rows);
        let pass = Pass::new(&faulty, &self.rows);
        let curvatures = curvatures(&pass, &self.rows);

        let sizes: Vec<f64> = slopes.iter().map(|slope| slope.abs()).collect();
        let gains = slopes.iter().zip(curvatures).map(|(&slope, h)| gain(slope, h));
        let left = |place: usize, most| repair(&pass, place, slopes[place], most);
        let by_repair = || {
            let of_culprit = left(place, f64::INFINITY).unwrap_or(f64::INFINITY);
            (0..slopes.len()).filter(|&other| left(other, of_culprit).is_some()).count()
        };
        let first = &self.network.layers[0];
        let neuron = (place < first.weights.len()).then(|| place % first.outputs());
        Fault {
            rise,
            moved,
            slope: slopes[place],
            by_slope: rank(&sizes, place),
            by_gain: rank(&gains.collect::<Vec<f64>>(), place),
            by_repair: repairs.then(by_repair),
            by_size: rank(
                &faulty.parameters().map(|number| number.abs()).collect::<Vec<f64>>(),
                place,
            ),
            louder: (squares(&slopes) / squares(&self.slopes)).sqrt(),
            kept: neuron.map(|neuron| bend(&pass, neuron) / bend(&self.pass, neuron)),
        }
    }

    /// Moves all parameters a little, in directions drawn by lot, and asks whether the slopes explain what the cost does.
    fn nudge(&self, size: f64, seed: u64) -> Vec<Nudge> {
        let rng = &mut seeded(seed);
        let mut one = || {
            let mut moved = self.network.clone();
            let change: Vec<f64> =
                self.slopes.iter().map(|_| size * normal(rng)).collect();
            moved.parameters_mut().zip(&change).for_each(|(number, by)| *number += by);
            let after = slopes(&moved, &self.rows);
            let sum = |slopes: &[f64]| -> f64 {
                slopes.iter().zip(&change).map(|(slope, by)| slope * by).sum()
            };
            let rise = moved.cost(&self.rows, TRAINING.cost) - self.cost;
            let [before, after] = [&self.slopes, &after].map(|slopes| sum(slopes) / rise);
            Nudge { rise, after, both: 0.5 * (before + after) }
        };
        (0..DIRECTIONS).map(|_| one()).collect()
    }
}

/// What the cost did when all parameters moved, and which share of that the sum of slope times change explains.
struct Nudge {
    /// By how much the cost rose; it may have fallen.
    rise: f64,
    /// The share if the slopes are taken after the move, as a detective would.
    after: f64,
    /// The share if they are the mean of those before and after.
    both: f64,
}

/// What was found in one network.
struct Case {
    patient: Patient,
    /// The faults that did harm.
    faults: Vec<Fault>,
    /// For each of [`NUDGES`], what every direction did.
    nudges: Vec<Vec<Nudge>>,
}

/// All networks; `closed` is told of each.
fn all_cases(seed: u64, closed: impl Fn() + Sync) -> Result<Vec<Case>> {
    let one = |index: u64| {
        let seed = seed + 10 * index;
        let patient = Patient::new(seed)?;
        let faults = patient.plant(seed + 3);
        let nudges = NUDGES.iter().map(|&size| patient.nudge(size, seed + 4)).collect();
        closed();
        Ok(Case { patient, faults, nudges })
    };
    (0..NETWORKS).into_par_iter().map(one).collect()
}

fn squares(numbers: &[f64]) -> f64 {
    numbers.iter().map(|number| number * number).sum()
}

/// The slope of a hidden neuron's tanh, summed over the rows.
fn bend(pass: &Pass, neuron: usize) -> f64 {
    pass.layers[0].outputs.column(neuron).iter().map(|&a| Tanh.slope(a)).sum()
}

/// How many are at least as large as the one at this place, itself among them.
fn rank(measures: &[f64], place: usize) -> usize {
    measures.iter().filter(|&&measure| measure >= measures[place]).count()
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

/// How many culprits come first, how many among the first ten, and the median of their ranks.
struct Record {
    culprits: usize,
    first: usize,
    first_ten: usize,
    median: f64,
}

impl Record {
    fn of(ranks: &[usize]) -> Record {
        let within = |most: usize| ranks.iter().filter(|&&rank| rank <= most).count();
        let median = Spread::of(ranks.iter().map(|&rank| rank as f64)).median();
        Record { culprits: ranks.len(), first: within(1), first_ten: within(10), median }
    }
}

#[cfg(test)]
mod tests {
    use nn::Cost;
    use nn::math::softmax;

    use super::*;

    /// What a gradient promises, and all that it promises: the answer to a small change.
    #[test]
    fn slope_times_change_is_the_rise_if_the_change_is_small() {
        let patient = Patient::new(1).unwrap();
        let place = 20 * 32 + 7; // a pixel in the middle, a hidden neuron
        let mut moved = patient.network.clone();
        *parameter(&mut moved, place) += 1e-4;
        let rise = moved.cost(&patient.rows, TRAINING.cost) - patient.cost;
        let said = slopes(&moved, &patient.rows)[place] * 1e-4;
        assert!(rise != 0.0);
        assert!((said / rise - 1.0).abs() < 0.02, "{said} {rise}");
    }

    #[test]
    fn the_sum_over_all_parameters_explains_a_small_move_and_no_large_one() {
        let patient = Patient::new(1).unwrap();
        let middle = |size, share: fn(&Nudge) -> f64| {
            Spread::of(patient.nudge(size, 2).iter().map(share)).median()
        };
        assert!((middle(1e-5, |nudge| nudge.after) - 1.0).abs() < 0.01);
        assert!((middle(1e-3, |nudge| nudge.both) - 1.0).abs() < 0.001);
        assert!(middle(0.1, |nudge| nudge.after) > 1.8);
    }

    #[test]
    fn the_more_a_detective_asks_the_more_it_finds_whatever_the_seed() {
        for seed in [2, 3] {
            let faults = Patient::new(seed).unwrap().plant(seed + 10);
            assert!(faults.len() > 30, "{}", faults.len());
            let shares = |rank: fn(&Fault) -> Option<usize>| {
                let ranks: Vec<usize> = faults.iter().filter_map(rank).collect();
                let Record { culprits, first, first_ten, .. } = Record::of(&ranks);
                [first, first_ten].map(|found| found as f64 / culprits as f64)
            };
            let slope = shares(|fault| Some(fault.by_slope));
            let gain = shares(|fault| Some(fault.by_gain));
            let repair = shares(|fault| fault.by_repair);
            assert!(slope[0] < 0.1 && slope[1] < 0.25, "{slope:?}");
            assert!(gain[0] > slope[0] + 0.05 && gain[1] > slope[1] + 0.05, "{gain:?}");
            assert!(repair[0] >= 0.5 && repair[1] >= 0.75, "{repair:?}");
            let back = faults.iter().filter(|fault| fault.is_sent_back()).count();
            assert!(10 * back >= 9 * faults.len(), "{back} of {}", faults.len());
        }
    }

    fn small() -> (Network, Examples) {
        let rows = datasets::digits().split(20, &mut seeded(1)).0;
        (Network::new(&[64, 5, 10], Tanh, &mut seeded(2)), rows)
    }

    /// The slopes of the scores are measured by shaking, one parameter and one row after the other.
    #[test]
    fn the_curvature_is_the_mean_variance_of_the_slopes_of_the_scores() {
        let (mut network, rows) = small();
        let found = curvatures(&Pass::new(&network, &rows), &rows);
        assert_eq!(found.len(), network.parameter_count());
        let scores = network.predict(rows.inputs.view()); // (rows, classes)
        for place in [40, 101, 64 * 5, 64 * 5 + 5, 64 * 5 + 31, found.len() - 1] {
            let mut at = |by: f64| {
                *parameter(&mut network, place) += by;
                let scores = network.predict(rows.inputs.view());
                *parameter(&mut network, place) -= by;
                scores
            };
            let slopes = (at(1e-5) - at(-1e-5)) / 2e-5; // (rows, classes)
            let mut wanted = 0.0;
            for (scores, slopes) in scores.rows().into_iter().zip(slopes.rows()) {
                let mut p = scores.to_vec();
                softmax(&scores.to_vec(), &mut p);
                let bent = |k: usize, l: usize| f64::from(k == l) * p[k] - p[k] * p[l];
                for k in 0..10 {
                    for l in 0..10 {
                        wanted += slopes[k] * bent(k, l) * slopes[l] / 20.0;
                    }
                }
            }
            let apart = (found[place] - wanted).abs();
            assert!(apart <= 1e-7 * wanted, "{place}: {} {wanted}", found[place]);
        }
    }

    /// There the scores do move in proportion.
    #[test]
    fn along_the_parameters_of_the_outputs_the_curvature_is_that_of_the_cost() {
        let (network, rows) = small();
        let pass = Pass::new(&network, &rows);
        let found = curvatures(&pass, &rows);
        let cost = |place, by| pass.cost_if(place, by, f64::INFINITY).unwrap();
        for (place, &curvature) in found.iter().enumerate().skip(64 * 5 + 5) {
            let h = 1e-3;
            let twice = cost(place, h) + cost(place, -h) - 2.0 * cost(place, 0.0);
            let measured = twice / (h * h);
            assert!(
                (curvature - measured).abs() < 1e-6,
                "{place}: {curvature} {measured}"
            );
        }
    }

    #[test]
    fn along_a_parabola_the_gain_is_what_the_best_step_gains() {
        // 3 t + t² is least at −3/2: −9/4.
        assert_eq!(gain(3.0, 2.0), 2.25);
        assert_eq!(gain(0.0, 0.0), 0.0);
    }

    #[test]
    fn a_repair_of_the_culprit_takes_back_most_of_the_rise() {
        let (network, rows) = small();
        let cost = network.cost(&rows, Cost::SoftmaxCrossEntropy);
        let mut faulty = network.clone();
        let place = 64 * 5 + 5 + 7;
        *parameter(&mut faulty, place) += MOVED;
        let pass = Pass::new(&faulty, &rows);
        let slopes = slopes(&faulty, &rows);
        let rise = pass.cost_if(place, 0.0, f64::INFINITY).unwrap() - cost;
        let left = repair(&pass, place, slopes[place], f64::INFINITY).unwrap() - cost;
        assert!(left < 0.2 * rise, "{left} of {rise}");
        assert_eq!(repair(&pass, place, 0.0, f64::INFINITY), None);
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
