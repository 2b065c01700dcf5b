//! On real digits, small batches reach the same cost after far fewer rows, and after far more updates.

pub(crate) mod shown;

use datasets::digits::{CLASSES, SIDE};
use datasets::reader::{DigitReader, TRAINING, order, untrained};
use lesson::Spread;
use nn::math::ln;
use nn::{Activation, Backprop, Batch, Examples, Network, Training, seeded};
use rand::RngExt;
use rand::seq::SliceRandom;
use rayon::prelude::*;

/// The cost on unseen digits that a run should reach.
const TARGET: f64 = 0.25;
/// Runs of each kind, from other random numbers.
const SEEDS: u64 = 5;
/// How many looks in a row must find the cost there: a noisy curve also touches the target by luck.
const LOOKS: usize = 3;
/// How many rows a small batch may look at before we give up on it.
const PATIENCE: usize = 16_000;
/// How many when all rows share an update.
const LONG_PATIENCE: usize = 60 * TRAIN_ROWS;
/// How many digits are trained on. As many as there are for the test choose the rates.
pub const TRAIN_ROWS: usize = 1_077;

/// The digits in three parts.
pub struct Digits {
    /// To train on: [`TRAIN_ROWS`] rows.
    pub train: Examples,
    /// To choose by: the rate, here.
    pub validation: Examples,
    /// To report on what was chosen.
    pub test: Examples,
}

impl Digits {
    /// The reader's digits, with a third part taken from those that it trains on.
    pub fn new(reader: &DigitReader, seed: u64) -> Digits {
        let (train, validation) = reader.train.split(TRAIN_ROWS, &mut seeded(seed));
        Digits { train, validation, test: reader.test.clone() }
    }
}

/// Rows per update, and the rates that are tried.
const LADDERS: [(usize, [f64; 4]); 5] = [
    (1, [0.02, 0.05, 0.1, 0.2]),
    (8, [0.1, 0.2, 0.5, 1.0]),
    (32, [0.2, 0.5, 1.0, 2.0]),
    (128, [0.5, 1.0, 1.4, 2.0]),
    (TRAIN_ROWS, [0.7, 1.0, 1.4, 2.0]),
];

/// One training run: rows per update, rate, and the seed of the reader that is trained.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Job {
    batch: usize,
    rate: f64,
    seed: u64,
}

/// Where a run stood when we looked.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Glance {
    rows: usize,
    updates: usize,
    cost: f64,
    /// The share of the unseen digits that are read rightly.
    read: f64,
}

/// Trains until the cost on `unseen` digits has been at the target for some looks in a row, or patience ends.
fn train(job: Job, digits: &Digits, unseen: &Examples) -> Vec<Glance> {
    let (mut network, rng) = (untrained(job.seed), &mut order(job.seed));
    let look = |network: &Network, rows, updates| {
        let cost = network.cost(unseen, TRAINING.cost);
        Glance { rows, updates, cost, read: network.accuracy(unseen) }
    };
    let mut glances = vec![look(&network, 0, 0)];
    let (mut rows, mut next) = (0, 30.0);
    // Without end: whoever looks decides when it is enough.
    let (batch, epochs) = (Batch::Rows(job.batch), usize::MAX);
    let training = Training { rate: job.rate, batch, epochs, ..TRAINING };
    let mut run = training.start(&mut network, &digits.train, rng).expect("digits fit");
    loop {
        rows += run.rows().len();
        run.update()
            .expect("no rate of the ladders diverges")
            .expect("patience ends first");
        if rows as f64 >= next {
            next = 1.1 * rows as f64;
            let glance = look(run.network, rows, run.history().updates);
            glances.push(glance);
            // Who is at the target when patience ends may still show that it stays there.
            let gave_up = glance.cost > TARGET && rows >= patience(job.batch);
            if gave_up || arrival(&glances).is_some() {
                return glances;
            }
        }
    }
}

fn patience(batch: usize) -> usize {
    if batch == TRAIN_ROWS { LONG_PATIENCE } else { PATIENCE }
}

/// The first of the looks in a row that found a run at the target, with which it ended; none if it gave up.
fn arrival(glances: &[Glance]) -> Option<Glance> {
    let last = &glances[glances.len().checked_sub(LOOKS)?..];
    last.iter().all(|glance| glance.cost <= TARGET).then_some(last[0])
}

/// Every job, in the order of the jobs, however many cores share the work; `trained` is told of each.
fn train_all(
    jobs: &[Job],
    digits: &Digits,
    unseen: &Examples,
    trained: &(impl Fn() + Sync),
) -> Vec<Vec<Glance>> {
    let runs = jobs.par_iter().with_max_len(1).map(|job| train(*job, digits, unseen));
    runs.inspect(|_| trained()).collect()
}

/// Every rate of every ladder, once, to the digits that choose.
fn climb(
    digits: &Digits,
    seed: u64,
    trained: &(impl Fn() + Sync),
) -> Vec<(Job, Vec<Glance>)> {
    // The longest runs come first, so that the cores finish together.
    let ladders = LADDERS.into_iter().rev();
    let rungs =
        ladders.flat_map(|(batch, rates)| rates.map(|rate| Job { batch, rate, seed }));
    let jobs: Vec<Job> = rungs.collect();
    let runs = train_all(&jobs, digits, &digits.validation, trained);
    jobs.into_iter().zip(runs).collect()
}

/// The fewest rows to the target, of one batch size.
fn fastest(ladders: &[(Job, Vec<Glance>)], batch: usize) -> &(Job, Vec<Glance>) {
    let rows =
        |run: &&(Job, Vec<Glance>)| arrival(&run.1).map_or(usize::MAX, |end| end.rows);
    let ladder = ladders.iter().filter(|(job, _)| job.batch == batch);
    ladder.min_by_key(rows).expect("every batch size has a ladder")
}

/// The fastest rate of each batch size, from other weights, in other orders and to other digits than those that chose it.
fn repeat(
    ladders: &[(Job, Vec<Glance>)],
    digits: &Digits,
    seed: u64,
    trained: &(impl Fn() + Sync),
) -> Vec<(Job, Vec<Vec<Glance>>)> {
    let fastest = LADDERS.iter().rev().map(|(batch, _)| fastest(ladders, *batch).0);
    let again = |job: Job| (1..=SEEDS).map(move |k| Job { seed: seed + 10 * k, ..job });
    let jobs: Vec<Job> = fastest.clone().flat_map(again).collect();
    let runs = train_all(&jobs, digits, &digits.test, trained);
    let runs = runs.chunks(SEEDS as usize).map(<[_]>::to_vec);
    let mut repeated: Vec<_> = fastest.zip(runs).collect();
    repeated.reverse();
    repeated
}

/// Rows, updates or digits read of the runs; one that did not arrive counts with its patience.
fn ends(runs: &[Vec<Glance>], of: fn(&Glance) -> f64) -> Spread {
    let end = |run: &Vec<Glance>| arrival(run).or(run.last().copied());
    Spread::of(runs.iter().filter_map(end).map(|end| of(&end)))
}

/// The run in the middle, by rows to the target.
fn middle_run(runs: &[Vec<Glance>]) -> &Vec<Glance> {
    let rows = |run: &&Vec<Glance>| arrival(run).map_or(usize::MAX, |end| end.rows);
    let mut runs: Vec<&Vec<Glance>> = runs.iter().collect();
    runs.sort_by_key(rows);
    runs[runs.len() / 2]
}

/// The digit of the neuron whose slopes are drawn: it should say yes to this one, and no to all others.
const ASKED: usize = 3;

/// What some digits ask of this neuron, one of ten in a row that know nothing yet: for each of its 64 weights the
/// step against the slope. That slope is the mean over the rows.
pub fn asked(digits: &Examples, rows: &[usize]) -> Vec<f64> {
    let sizes = [SIDE * SIDE, CLASSES];
    let mut ten = Network::new(&sizes, Activation::Identity, &mut seeded(0));
    ten.parameters_mut().for_each(|number| *number = 0.0);
    let mut backprop = Backprop::new(&ten, rows.len());
    backprop.run(&ten, &digits.select(rows), TRAINING.cost);
    let slopes = backprop.gradients().layers[0].weights.column(ASKED);
    slopes.iter().map(|slope| -slope).collect()
}

/// Digits in a random order.
fn some_order(digits: &Examples, seed: u64) -> Vec<usize> {
    let mut rows: Vec<usize> = (0..digits.rows()).collect();
    rows.shuffle(&mut seeded(seed));
    rows
}

/// Rows per batch at which the noise is measured.
const SIZES: [usize; 9] = [1, 2, 4, 8, 16, 32, 64, 128, 256];
/// How many batches of each size are drawn.
const DRAWS: usize = 200;

/// The noise of the slope of a random batch: how far it lies from the slope of all rows, as a root of
/// the mean square, in lengths of the slope of all rows.
fn noise_of(network: &Network, digits: &Examples, size: usize, seed: u64) -> f64 {
    let slope = |backprop: &mut Backprop, examples: &Examples| -> Vec<f64> {
        backprop.run(network, examples, TRAINING.cost);
        backprop.gradients().entries().collect()
    };
    let all = slope(&mut Backprop::new(network, digits.rows()), digits);
    let length: f64 = all.iter().map(|slope| slope * slope).sum();
    let rng = &mut seeded(seed);
    let mut backprop = Backprop::new(network, size);
    let mut total = 0.0;
    for _ in 0..DRAWS {
        // Drawn with replacement: rows that know nothing of each other.
        let rows = digits.rows() as u32;
        let drawn: Vec<usize> =
            (0..size).map(|_| rng.random_range(0..rows) as usize).collect();
        let few = slope(&mut backprop, &digits.select(&drawn));
        total += few.iter().zip(&all).map(|(a, b)| (a - b) * (a - b)).sum::<f64>();
    }
    (total / DRAWS as f64 / length).sqrt()
}

/// The noise for each batch size, after one epoch of training.
fn noises(
    digits: &DigitReader,
    seed: u64,
    measured: &(impl Fn() + Sync),
) -> Vec<(f64, f64)> {
    let (mut network, rng) = (digits.network.clone(), &mut digits.order());
    let once = Training { epochs: 1, ..TRAINING };
    once.run(&mut network, &digits.train, rng).expect("one epoch stays finite");
    let noise = |&size: &usize| {
        (size as f64, noise_of(&network, &digits.train, size, seed + size as u64))
    };
    SIZES.par_iter().map(noise).inspect(|_| measured()).collect()
}

/// The slope of the straight line that fits these points best, by least squares.
pub fn line_slope(points: &[(f64, f64)]) -> f64 {
    let count = points.len() as f64;
    let mean_x = points.iter().map(|point| point.0).sum::<f64>() / count;
    let mean_y = points.iter().map(|point| point.1).sum::<f64>() / count;
    let together = points.iter().map(|(x, y)| (x - mean_x) * (y - mean_y));
    let alone = points.iter().map(|(x, _)| (x - mean_x) * (x - mean_x));
    together.sum::<f64>() / alone.sum::<f64>()
}

fn slope_of_logs(noises: &[(f64, f64)]) -> f64 {
    let logs = noises.iter().map(|(rows, noise)| (ln(*rows), ln(*noise)));
    line_slope(&logs.collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_slope_of_a_line_is_found() {
        assert!((line_slope(&[(0.0, 1.0), (1.0, 0.5), (2.0, 0.0)]) + 0.5).abs() < 1e-15);
    }

    #[test]
    fn noise_falls_with_the_root_of_the_batch_size() {
        let (digits, network) = (datasets::digits(), DigitReader::new(0).network);
        let noise = |size| noise_of(&network, &digits, size, 3);
        let ratio = noise(2) / noise(128);
        assert!((7.0..9.0).contains(&ratio), "64 times the rows, noise down by {ratio}");
    }

    #[test]
    fn a_single_digit_asks_for_its_own_picture_and_many_for_the_mean() {
        let digits = datasets::digits();
        let named = datasets::labels(&digits);
        for (row, named) in named.into_iter().enumerate().take(20) {
            // At first each of the ten says one tenth: too little for its own digit, too much for all others.
            let times = if named == ASKED { 0.9 } else { -0.1 };
            let ink = digits.inputs.row(row);
            let asked = asked(&digits, &[row]);
            assert!(asked.iter().zip(ink).all(|(a, x)| (a - times * x).abs() < 1e-12));
        }
        let [one, other, both] =
            [&[3][..], &[7], &[3, 7]].map(|rows| asked(&digits, rows));
        let mean = one.iter().zip(&other).map(|(a, b)| (a + b) / 2.0);
        assert!(both.iter().zip(mean).all(|(a, b)| (a - b).abs() < 1e-12));
    }

    #[test]
    fn no_digit_is_in_two_parts() {
        let reader = DigitReader::new(3);
        let Digits { train, validation, test } = Digits::new(&reader, 4);
        assert_eq!([train.rows(), validation.rows(), test.rows()], [1_077, 360, 360]);
        // A digit that two people wrote alike may be there twice: as often as in the whole.
        let count = |parts: &[&Examples]| {
            let rows = parts.iter().flat_map(|part| part.inputs.rows());
            let mut rows: Vec<Vec<u64>> =
                rows.map(|row| row.iter().map(|x| x.to_bits()).collect()).collect();
            rows.sort();
            rows
        };
        assert_eq!(count(&[&train, &validation]), count(&[&reader.train]));
    }

    #[test]
    fn a_small_batch_needs_fewer_rows_and_more_updates_than_all_rows() {
        let digits = Digits::new(&DigitReader::new(1), 2);
        let end = |batch, rate| {
            let run = train(Job { batch, rate, seed: 1 }, &digits, &digits.test);
            arrival(&run).expect("it arrives")
        };
        let (small, all) = (end(8, 0.5), end(TRAIN_ROWS, 1.0));
        assert!(small.rows * 5 < all.rows, "{small:?} {all:?}");
        assert!(small.updates > 2 * all.updates, "{small:?} {all:?}");
    }
}
