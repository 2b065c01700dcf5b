//! A table of your own: split, standardised, learnt, and set beside two honest baselines.

pub(crate) mod shown;

use datasets::table::Labelled;
use datasets::{Scaling, labels};
use ndarray::s;
use nn::{Activation, Batch, Cost, Examples, Network, Training, TrainingError, seeded};
use rand::seq::SliceRandom;

/// How the network and the linear model are trained, if the table is not large.
pub const TRAINING: Training = Training {
    cost: Cost::SoftmaxCrossEntropy,
    rate: 0.1,
    batch: Batch::Rows(16),
    epochs: 100,
};

/// Hidden neurons.
const HIDDEN: usize = 16;

/// The most that training may take, in rows times parameters: some seconds.
const WORK: usize = 1_000_000_000;

/// The rows of a table, drawn by lot: three in five to train on, one to choose with, one to test with.
#[derive(Clone, Debug)]
pub struct Parts {
    /// The rows that the weights learn from.
    pub train: Examples,
    /// The rows that choose the epoch.
    pub validation: Examples,
    /// The rows that judge, once.
    pub test: Examples,
    /// Which of the examples the test has.
    pub test_rows: Vec<usize>,
}

/// Splits each class by itself, so that every part has its share of each, and standardises the columns of numbers by
/// the rows to train on.
pub fn split(table: &Labelled, seed: u64) -> Parts {
    let rng = &mut seeded(seed);
    let (mut train, mut validation, mut test) = (Vec::new(), Vec::new(), Vec::new());
    let answers = labels(&table.examples);
    for class in 0..table.classes.len() {
        let mut rows: Vec<usize> =
            (0..answers.len()).filter(|&row| answers[row] == class).collect();
        rows.shuffle(rng);
        let fifth = rows.len() / 5;
        test.extend(rows.drain(..fifth));
        validation.extend(rows.drain(..fifth));
        train.extend(rows);
    }
    let numbers = s![.., ..table.numbers.len()];
    let [mut train, mut validation, mut judge] =
        [&train, &validation, &test].map(|rows| table.examples.select(rows));
    let scaling = Scaling::standardise(train.inputs.slice(numbers));
    for part in [&mut train, &mut validation, &mut judge] {
        let scaled = scaling.apply(part.inputs.slice(numbers));
        part.inputs.slice_mut(numbers).assign(&scaled);
    }
    Parts { train, validation, test: judge, test_rows: test }
}

/// What a training leaves behind.
#[derive(Clone, Debug)]
pub struct Model {
    /// The network of the chosen epoch.
    pub network: Network,
    /// That epoch; 0 is before training.
    pub epoch: usize,
    /// Before training and after each epoch, the mean cost of the rows to train on, and of those to choose with.
    pub costs: Vec<[f64; 2]>,
}

/// Trains a network of these sizes, and keeps it as it was when it read the validation rows best. `trained` is told of
/// each epoch.
pub fn learn(
    sizes: &[usize],
    parts: &Parts,
    seed: u64,
    trained: impl Fn(),
) -> Result<Model, TrainingError> {
    let mut network = Network::new(sizes, Activation::Tanh, &mut seeded(seed + 1));
    let costs = |network: &Network| {
        [&parts.train, &parts.validation].map(|part| network.cost(part, TRAINING.cost))
    };
    let mut best =
        Model { network: network.clone(), epoch: 0, costs: vec![costs(&network)] };
    let training = Training { epochs: epochs(&parts.train), ..TRAINING };
    let rng = &mut seeded(seed + 2);
    let mut run = training.start(&mut network, &parts.train, rng)?;
    while run.epoch()?.is_some() {
        let now = costs(run.network);
        if now[1] < best.costs[best.epoch][1] {
            best.network = run.network.clone();
            best.epoch = run.epochs_done();
        }
        best.costs.push(now);
        trained();
    }
    Ok(best)
}

/// The sizes of the network: inputs, hidden neurons, classes.
fn sizes(examples: &Examples) -> [usize; 3] {
    [examples.inputs.ncols(), HIDDEN, examples.targets.ncols()]
}

/// As many epochs as a table of this size is given.
fn epochs(train: &Examples) -> usize {
    let [inputs, hidden, classes] = sizes(train);
    let parameters = (inputs + 1) * hidden + (hidden + 1) * classes;
    (WORK / (train.rows() * parameters)).clamp(1, TRAINING.epochs)
}

/// The network, and what it has to be better than.
struct Contest {
    parts: Parts,
    network: Model,
    /// The same without a hidden layer.
    linear: Model,
    /// The class that most of the rows to train on have.
    most_frequent: usize,
}

impl Contest {
    fn run(
        parts: Parts,
        seed: u64,
        trained: impl Fn() + Sync,
    ) -> Result<Contest, TrainingError> {
        let [inputs, hidden, classes] = sizes(&parts.train);
        let (network, linear) = rayon::join(
            || learn(&[inputs, hidden, classes], &parts, seed, &trained),
            || learn(&[inputs, classes], &parts, seed, || ()),
        );
        let answers = labels(&parts.train);
        let count =
            |class: &usize| answers.iter().filter(|answer| *answer == class).count();
        let most_frequent =
            (0..classes).rev().max_by_key(count).expect("two classes or more");
        Ok(Contest { network: network?, linear: linear?, most_frequent, parts })
    }

    /// What each test row is.
    fn truth(&self) -> Vec<usize> {
        labels(&self.parts.test)
    }

    /// What the most frequent class, the linear model and the network say to the test rows.
    fn said(&self) -> [Vec<usize>; 3] {
        let test = self.parts.test.inputs.view();
        [
            vec![self.most_frequent; test.nrows()],
            self.linear.network.classify(test),
            self.network.network.classify(test),
        ]
    }

    /// How many test rows only `one` is right about, and how many only the `other`.
    fn apart(&self, one: &[usize], other: &[usize]) -> [usize; 2] {
        let mut counts = [0, 0];
        for (is, (one, other)) in self.truth().iter().zip(one.iter().zip(other)) {
            counts[0] += usize::from(one == is && other != is);
            counts[1] += usize::from(one != is && other == is);
        }
        counts
    }
}

/// Whether two equally good models would hardly be so far apart: more than two standard deviations of a fair coin,
/// thrown for each row that only one of them is right about.
fn is_clear([one, other]: [usize; 2]) -> bool {
    one.abs_diff(other).pow(2) > 4 * (one + other)
}
