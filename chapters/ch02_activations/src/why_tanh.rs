//! Why is tanh widely used? The usual reasons, each measured alone, and the reason that they leave out.

mod path;
pub(crate) mod shown;

use std::ops::Range;

use lesson::Spread;
use nn::{Activation, Batch, Cost, Examples, Network, Training, TrainingError, seeded};
use rayon::prelude::*;

use crate::bend::{
    BOTH, Bend, CENTRED, SIGMOID, SIGMOID_IN_TANH, STEEP, TANH, in_sigmoids,
};
use crate::handful::Handful;

/// A bend, and where its weights start.
#[derive(Clone, Copy, Debug)]
struct Candidate {
    name: &'static str,
    bend: Bend,
    /// Starts from the usual weights, or from those with which it computes what this bend computes from the usual ones.
    start: Option<Bend>,
}

const CANDIDATES: [Candidate; 7] = [
    Candidate { name: SIGMOID.name, bend: SIGMOID, start: None },
    Candidate { name: CENTRED.name, bend: CENTRED, start: None },
    Candidate { name: STEEP.name, bend: STEEP, start: None },
    Candidate { name: BOTH.name, bend: BOTH, start: None },
    Candidate { name: TANH.name, bend: TANH, start: None },
    Candidate { name: "σ(z), tanh's start", bend: SIGMOID, start: Some(TANH) },
    Candidate { name: "tanh z, σ's start", bend: TANH, start: Some(SIGMOID_IN_TANH) },
];

const SEED: u64 = 1_000;

/// How often each setting is tried, from other random numbers.
const RUNS: usize = 20;

/// How many digits are trained on, and how many are for the test.
const ROWS: usize = 150;
const TEST_ROWS: usize = 500;

/// From pixels to digits, by two hidden layers.
const SIZES: [usize; 4] = [64, 12, 12, 10];

/// The learning rates that each bend may choose from.
const RATES: [f64; 5] = [0.2, 0.5, 1.0, 2.0, 5.0];

/// The rate at which the curves are compared side by side.
const SAME_RATE: f64 = 0.5;

/// A rate at which descent with tanh is so calm that rounding errors do not grow.
const CALM: f64 = 0.2;

/// Rows per update, and how often to go through all rows.
const BATCH: usize = 10;
const EPOCHS: usize = 10;

const TRAINING: Training = Training {
    cost: Cost::SoftmaxCrossEntropy,
    rate: SAME_RATE,
    batch: Batch::Rows(BATCH),
    epochs: EPOCHS,
};

/// What one training run leaves behind.
#[derive(Clone, Debug)]
struct Outcome {
    /// Per epoch, the mean cost of the training digits as they were seen.
    costs: Vec<f64>,
    /// The trained network, as its twin in sigmoids.
    twin: Network,
}

impl Outcome {
    fn last(&self) -> f64 {
        self.costs[EPOCHS - 1]
    }
}

fn learn(
    candidate: Candidate,
    rate: f64,
    digits: &Handful,
) -> Result<Outcome, TrainingError> {
    let mut network = Network::new(&SIZES, Activation::Tanh, &mut seeded(digits.seed));
    if let Some(bend) = candidate.start {
        network = in_sigmoids(&network, bend);
    }
    network = candidate.bend.in_hidden(network);
    let (training, rng) = (Training { rate, ..TRAINING }, &mut seeded(digits.seed + 1));
    let costs = training.run(&mut network, &digits.known, rng)?.costs;
    Ok(Outcome { costs, twin: in_sigmoids(&network, candidate.bend) })
}

/// The share of the hidden sigmoids' outputs whose slope is below a tenth of the steepest.
fn flat_share(sigmoids: &Network, examples: &Examples) -> f64 {
    let (mut flat, mut all) = (0, 0);
    let mut signal = examples.inputs.clone();
    for layer in &sigmoids.layers[..SIZES.len() - 2] {
        signal = Network::from_layers(vec![layer.clone()]).predict(signal.view());
        let slopes = signal.iter().map(|&a| Activation::Sigmoid.slope(a));
        flat += slopes.filter(|&slope| slope < 0.1 * 0.25).count();
        all += signal.len();
    }
    flat as f64 / all as f64
}

/// All runs of one candidate.
struct Trial {
    /// The rates of the first half of the runs, and of the second.
    rates: [f64; 2],
    outcomes: Vec<Outcome>,
}

impl Trial {
    /// Where a number of each run lies.
    fn spread(&self, number: impl Fn(&Outcome) -> f64) -> Spread {
        Spread::of(self.outcomes.iter().map(number))
    }

    /// Where the costs after training lie.
    fn last(&self) -> Spread {
        self.spread(Outcome::last)
    }

    /// Where a number of each trained network and its new digits lies.
    fn on_new_digits(
        &self,
        handfuls: &[Handful],
        number: impl Fn(&Network, &Examples) -> f64 + Sync,
    ) -> Spread {
        let runs = self.outcomes.par_iter().zip(handfuls);
        let numbers = runs.map(|(outcome, digits)| number(&outcome.twin, &digits.unseen));
        Spread::of(numbers.collect::<Vec<f64>>())
    }
}

fn trials(
    candidate: Candidate,
    handfuls: &[Handful],
) -> Result<Vec<Trial>, TrainingError> {
    let trial = |rate| {
        let runs = handfuls.par_iter().map(|digits| learn(candidate, rate, digits));
        Ok(Trial { rates: [rate; 2], outcomes: runs.collect::<Result<_, _>>()? })
    };
    RATES.into_par_iter().map(trial).collect()
}

/// The trial at one of the rates.
fn at(rate: f64, trials: &[Trial]) -> &Trial {
    trials.iter().find(|trial| trial.rates[0] == rate).expect("it is one of RATES")
}

/// Each bend at the rate that suits it: one half of the runs has the rate with the lowest median cost in the
/// other half, so that no run helps to choose its own.
fn best(trials: &[Trial]) -> Trial {
    let halves = [0..RUNS / 2, RUNS / 2..RUNS];
    let suits = |half: &Range<usize>| {
        let cost = |trial: &Trial| {
            Spread::of(trial.outcomes[half.clone()].iter().map(Outcome::last)).median()
        };
        let lower = |best, trial| if cost(trial) < cost(best) { trial } else { best };
        trials.iter().reduce(lower).expect("some rate was tried")
    };
    let chosen = [&halves[1], &halves[0]].map(suits);
    let outcomes = chosen.iter().zip(&halves);
    Trial {
        rates: chosen.map(|trial| trial.rates[0]),
        outcomes: outcomes
            .flat_map(|(trial, half)| trial.outcomes[half.clone()].to_vec())
            .collect(),
    }
}

/// By what the cost is divided on the way from one candidate to another, each at its own rate.
fn factor(from: &[Trial], to: &[Trial]) -> f64 {
    best(from).last().median() / best(to).last().median()
}

/// How far a tanh network and its twin in sigmoids lie apart on any output of any digit.
fn largest_difference(all: &Examples, seed: u64) -> f64 {
    let network = Network::new(&SIZES, Activation::Tanh, &mut seeded(seed));
    let twin = in_sigmoids(&network, TANH);
    let apart = network.predict(all.inputs.view()) - twin.predict(all.inputs.view());
    apart.iter().fold(0.0, |worst, difference| f64::max(worst, difference.abs()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use datasets::digits;

    #[test]
    fn a_tanh_network_and_its_twin_in_sigmoids_compute_the_same() {
        assert!(largest_difference(&digits(), 1) < 1e-12);
    }

    #[test]
    fn a_sigmoid_network_and_its_twin_in_tanh_compute_the_same() {
        let sigmoids = Network::new(&SIZES, Activation::Sigmoid, &mut seeded(1));
        let tanhs = in_sigmoids(&sigmoids, SIGMOID_IN_TANH);
        let inputs = digits().inputs;
        let apart = sigmoids.predict(inputs.view())
            - in_sigmoids(&tanhs, TANH).predict(inputs.view());
        assert!(apart.iter().all(|difference| difference.abs() < 1e-12));
    }

    #[test]
    fn tanh_made_of_sigmoids_trains_like_tanh() {
        let (rows, _) = digits().split(60, &mut seeded(1));
        let start = Network::new(&[64, 5, 10], Activation::Tanh, &mut seeded(2));
        let training =
            Training { rate: 0.2, batch: Batch::Rows(7), epochs: 5, ..TRAINING };
        let costs = |mut network: Network| {
            training.run(&mut network, &rows, &mut seeded(3)).unwrap().costs
        };
        let (made, plain) = (costs(TANH.in_hidden(start.clone())), costs(start));
        for (one, other) in made.iter().zip(&plain) {
            assert!((one - other).abs() < 1e-9, "{made:?} {plain:?}");
        }
    }

    #[test]
    fn started_where_tanh_starts_the_sigmoid_learns_faster() {
        let handfuls = Handful::draw(9, ROWS, TEST_ROWS, 1);
        let [usual, twin] = [CANDIDATES[0], CANDIDATES[5]].map(|candidate| {
            let runs = handfuls.iter().map(|digits| learn(candidate, 2.0, digits));
            Spread::of(runs.map(|outcome| outcome.unwrap().last())).quartiles()
        });
        assert!(twin[2] < usual[0], "{twin:?}, from the usual start {usual:?}");
    }

    #[test]
    fn no_run_helps_to_choose_its_own_rate() {
        let trial = |rate: f64, first: f64, second: f64| {
            let network = Network::new(&[1, 1], Activation::Tanh, &mut seeded(1));
            let outcome = |run: usize| Outcome {
                costs: vec![if run < RUNS / 2 { first } else { second }; EPOCHS],
                twin: network.clone(),
            };
            Trial { rates: [rate; 2], outcomes: (0..RUNS).map(outcome).collect() }
        };
        let best = best(&[trial(1.0, 5.0, 8.0), trial(2.0, 6.0, 7.0)]);
        assert_eq!(best.rates, [2.0, 1.0]);
        assert_eq!((best.outcomes[0].last(), best.outcomes[RUNS - 1].last()), (6.0, 8.0));
    }

    #[test]
    fn tanh_wins_at_the_same_rate_in_every_run() {
        for digits in Handful::draw(5, ROWS, TEST_ROWS, 1) {
            let [sigmoid, tanh] = [CANDIDATES[0], CANDIDATES[4]]
                .map(|c| learn(c, SAME_RATE, &digits).unwrap().last());
            assert!(tanh < 0.5 * sigmoid, "tanh {tanh}, sigmoid {sigmoid}");
        }
    }
}
