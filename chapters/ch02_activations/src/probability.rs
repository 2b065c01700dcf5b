//! A number between 0 and 1 is called a probability: does what it announces also happen that often?

pub(crate) mod shown;

use lesson::Spread;
use ndarray::Array2;
use nn::random::{normal, seeded};
use nn::{Activation, Batch, Cost, Examples, Network, Neuron, Training, TrainingError};
use rand::{Rng, RngExt};
use rayon::prelude::*;

/// A world in which the probability of a yes is known: a sigmoid of a weighted sum.
pub fn smooth_world(row: &[f64]) -> f64 {
    Neuron::new(&[1.5, -1.0], 0.5, Activation::Sigmoid).output(row)
}

/// A world with the same border, but two plateaus instead of a slope.
pub fn plateau_world(row: &[f64]) -> f64 {
    if smooth_world(row) < 0.5 { 0.3 } else { 0.95 }
}

/// Rows from a world: two normal inputs each, and a 1 as often as the world says.
pub fn draw(world: fn(&[f64]) -> f64, rows: usize, rng: &mut impl Rng) -> Examples {
    let inputs = Array2::from_shape_simple_fn((rows, 2), || normal(rng));
    let answers = inputs.rows().into_iter().map(|row| {
        let happens = rng.random::<f64>() < world(&row.to_vec());
        f64::from(happens)
    });
    let targets = Array2::from_shape_vec((rows, 1), answers.collect());
    Examples::new(inputs, targets.expect("one answer per row"))
}

/// What was announced for a row, and what happened.
pub type Forecast = (f64, bool);

/// The calibration gap: how far announcement and event lie apart, part by part, weighted by their forecasts.
pub fn gap(forecasts: &[Forecast]) -> f64 {
    // Both are sums over the part, not means, so each part already has its weight.
    let apart = |bin: &Bin| (bin.announced - bin.happened as f64).abs();
    into_parts(forecasts).iter().map(apart).sum::<f64>() / forecasts.len() as f64
}

/// Into how many equal parts the outputs from 0 to 1 are sorted.
const BINS: usize = 10;

/// One part of the forecasts, as sums: divided by `forecasts`, they are the mean announcement and the frequency.
#[derive(Clone, Copy, Debug, Default)]
pub struct Bin {
    /// How many forecasts fell into this part.
    pub forecasts: usize,
    /// What they announced, added up.
    pub announced: f64,
    /// How many came true.
    pub happened: usize,
}

impl Bin {
    /// The mean announcement, and how often it happened.
    fn shares(self) -> [f64; 2] {
        [self.announced, self.happened as f64].map(|sum| sum / self.forecasts as f64)
    }
}

/// Puts forecasts into equal parts from 0 to 1, by what they announce.
pub fn into_parts(forecasts: &[Forecast]) -> [Bin; BINS] {
    let mut bins = [Bin::default(); BINS];
    for &(announced, happened) in forecasts {
        let part = ((announced * BINS as f64) as usize).min(BINS - 1);
        bins[part].forecasts += 1;
        bins[part].announced += announced;
        bins[part].happened += usize::from(happened);
    }
    bins
}

/// The share of the forecasts that were right: one half or more means a yes.
pub fn right(forecasts: &[Forecast]) -> f64 {
    let right = forecasts.iter().filter(|(p, happened)| (*p >= 0.5) == *happened);
    right.count() as f64 / forecasts.len() as f64
}

const SEED: u64 = 21;

/// How often everything is drawn and trained anew.
const RUNS: usize = 20;

/// How many rows a forecaster learns from.
const ROWS: usize = 500;

/// How many rows the memorising network learns from.
const FEW_ROWS: usize = 40;

/// How many new rows a forecaster is judged on.
const TEST_ROWS: usize = 4_000;

/// How much louder the loud neuron is.
const LOUDNESS: f64 = 3.0;

/// How one neuron is trained.
const TRAINING: Training = Training {
    cost: Cost::BinaryCrossEntropy,
    rate: 4.0,
    batch: Batch::Full,
    epochs: 60,
};

/// The same with another cost, at a rate at which it needs no more steps either.
const QUADRATIC: Training = Training { cost: Cost::Quadratic, rate: 30.0, ..TRAINING };

/// The same at the rate of cross-entropy: the steps do not suffice.
const STOPPED_EARLY: Training = Training { rate: TRAINING.rate, ..QUADRATIC };

/// How the memorising network is trained: for much longer.
const MEMORISING: Training = Training { rate: 1.0, epochs: 600, ..TRAINING };

/// The hidden neurons of the memorising network.
const HIDDEN: usize = 12;

/// What one forecaster said of the rows it had learnt from, and of new ones.
struct Forecasts {
    known: Vec<Forecast>,
    new: Vec<Forecast>,
}

/// A forecaster, and its forecasts run by run.
struct Record {
    name: &'static str,
    runs: Vec<Forecasts>,
}

impl Record {
    /// Where the calibration gaps of the runs lie.
    fn gaps(&self) -> Spread {
        Spread::of(self.runs.iter().map(|run| gap(&run.new)))
    }

    /// The median share of right forecasts, on the rows it had learnt from and on new ones.
    fn right(&self) -> [f64; 2] {
        let shares: [fn(&Forecasts) -> f64; 2] =
            [|run| right(&run.known), |run| right(&run.new)];
        shares.map(|share| Spread::of(self.runs.iter().map(share)).median())
    }

    /// The new rows of all runs together, by what was announced.
    fn bins(&self) -> [Bin; BINS] {
        let all: Vec<Forecast> =
            self.runs.iter().flat_map(|run| run.new.iter().copied()).collect();
        into_parts(&all)
    }

    /// The lowest of these parts and the highest.
    fn ends(&self) -> [Bin; 2] {
        let bins = self.bins();
        [bins[0], bins[BINS - 1]]
    }
}

/// All forecasters, each in its own world, over all runs.
fn records(seed: u64) -> Result<Vec<Record>, TrainingError> {
    let runs = (0..RUNS as u64).into_par_iter().map(|run| one_run(seed + run));
    let runs = runs.collect::<Result<Vec<_>, _>>()?;
    let names = runs[0].iter().map(|(name, _)| *name);
    let mut records: Vec<Record> =
        names.map(|name| Record { name, runs: Vec::new() }).collect();
    for run in runs {
        for (record, (_, forecasts)) in records.iter_mut().zip(run) {
            record.runs.push(forecasts);
        }
    }
    Ok(records)
}

/// One neuron, trained from the start that this seed gives it.
fn trained(
    training: Training,
    rows: &Examples,
    seed: u64,
) -> Result<Network, TrainingError> {
    let rng = &mut seeded(seed);
    let mut neuron =
        Network::new(&[2, 1], Activation::Tanh, rng).with_output(Activation::Sigmoid);
    training.run(&mut neuron, rows, rng)?;
    Ok(neuron)
}

/// The forecasts of all eight.
fn one_run(seed: u64) -> Result<[(&'static str, Forecasts); 8], TrainingError> {
    let rng = &mut seeded(seed);
    let known = draw(smooth_world, ROWS, rng);
    let unseen = draw(smooth_world, TEST_ROWS, rng);
    let known_plateaus = draw(plateau_world, ROWS, rng);
    let unseen_plateaus = draw(plateau_world, TEST_ROWS, rng);
    let few = known.select(&(0..FEW_ROWS).collect::<Vec<usize>>());
    let learnt = trained(TRAINING, &known, seed)?;
    let quadratic = trained(QUADRATIC, &known, seed)?;
    let stopped = trained(STOPPED_EARLY, &known, seed)?;
    let elsewhere = trained(TRAINING, &known_plateaus, seed)?;
    let mut loud = learnt.clone();
    loud.parameters_mut().for_each(|number| *number *= LOUDNESS);
    let mut memorised = Network::new(&[2, HIDDEN, 1], Activation::Tanh, rng)
        .with_output(Activation::Sigmoid);
    MEMORISING.run(&mut memorised, &few, rng)?;

    let rule = |rows: &Examples| {
        let truth = rows.inputs.rows().into_iter().map(|row| smooth_world(&row.to_vec()));
        forecasts(truth, rows)
    };
    let base_rate = known.targets.sum() / ROWS as f64;
    let constant = |rows: &Examples| forecasts(vec![base_rate; rows.rows()], rows);
    let says = |network: &Network, known: &Examples, new: &Examples| {
        let [known, new] =
            [known, new].map(|rows| forecasts(network.predict(rows.inputs.view()), rows));
        Forecasts { known, new }
    };
    Ok([
        // The rule has learnt from no rows. These are the few that the memorising network knows.
        ("the rule itself", Forecasts { known: rule(&few), new: rule(&unseen) }),
        ("sigmoid neuron", says(&learnt, &known, &unseen)),
        ("… quadratic cost", says(&quadratic, &known, &unseen)),
        ("… stopped early", says(&stopped, &known, &unseen)),
        ("… made louder", says(&loud, &known, &unseen)),
        ("… other world", says(&elsewhere, &known_plateaus, &unseen_plateaus)),
        ("memorised", says(&memorised, &few, &unseen)),
        ("same for all", Forecasts { known: constant(&known), new: constant(&unseen) }),
    ])
}

fn forecasts(announced: impl IntoIterator<Item = f64>, rows: &Examples) -> Vec<Forecast> {
    announced.into_iter().zip(&rows.targets).map(|(p, &y)| (p, y == 1.0)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_world_says_yes_as_often_as_it_promises() {
        let rows = draw(plateau_world, 20_000, &mut seeded(1));
        let above = rows.inputs.rows().into_iter().zip(&rows.targets);
        let above = above.filter(|(row, _)| smooth_world(&row.to_vec()) >= 0.5);
        let above: Vec<f64> = above.map(|(_, &y)| y).collect();
        let share = above.iter().sum::<f64>() / above.len() as f64;
        assert!((share - 0.95).abs() < 0.01, "{share}");
    }

    #[test]
    fn a_gap_of_known_size() {
        // Half announce 0.9 and happen never, half announce 0.2 and happen always.
        let forecasts = [(0.9, false), (0.2, true), (0.9, false), (0.2, true)];
        assert!((gap(&forecasts) - 0.85).abs() < 1e-12);
        assert_eq!(gap(&[(1.0, true), (0.0, false)]), 0.0);
    }

    #[test]
    fn each_cost_at_its_own_rate_is_done_after_its_steps_and_the_one_that_stops_is_not() {
        let known = draw(smooth_world, ROWS, &mut seeded(3));
        let left_to_go = |training: Training| {
            let longer = Training { epochs: 20 * training.epochs, ..training };
            let [now, later] = [training, longer]
                .map(|training| trained(training, &known, 4).unwrap())
                .map(|neuron| neuron.predict(known.inputs.view()));
            (now - later).iter().fold(0.0, |most, apart| f64::max(most, apart.abs()))
        };
        assert!(left_to_go(TRAINING) < 1e-4, "{}", left_to_go(TRAINING));
        assert!(left_to_go(QUADRATIC) < 1e-3, "{}", left_to_go(QUADRATIC));
        assert!(left_to_go(STOPPED_EARLY) > 5e-3, "{}", left_to_go(STOPPED_EARLY));
    }

    #[test]
    fn the_neuron_is_calibrated_and_three_others_are_not() {
        let records = records(500).unwrap();
        let gaps: Vec<f64> =
            records.iter().map(|record| record.gaps().median()).collect();
        assert!(gaps[1..4].iter().all(|gap| *gap < 0.03), "{gaps:?}");
        assert!(gaps[4..7].iter().all(|gap| *gap > 0.06), "{gaps:?}");
    }
}
