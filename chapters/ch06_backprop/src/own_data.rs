//! A table of your own: split, standardised, learnt, and set beside two honest baselines.

pub(crate) mod shown;

use datasets::table::Labelled;
use datasets::{Scaling, labels};
use ndarray::s;
use nn::{Activation, Batch, Cost, Examples, Network, Training, TrainingError, seeded};
use rand::seq::SliceRandom;
use rayon::prelude::*;

/// How the network and the linear model are trained, if the table is not large.
pub const TRAINING: Training = Training {
    cost: Cost::SoftmaxCrossEntropy,
    rate: 0.1,
    batch: Batch::Rows(16),
    epochs: 100,
};

/// Hidden neurons.
const HIDDEN: usize = 16;

/// How many ways of splitting a small table are tried.
const SPLITS: u64 = 10;

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

/// What an epoch takes, in rows times parameters.
fn work(train: &Examples) -> usize {
    let [inputs, hidden, classes] = sizes(train);
    train.rows() * ((inputs + 1) * hidden + (hidden + 1) * classes)
}

/// As many epochs as a table of this size is given.
fn epochs(train: &Examples) -> usize {
    (WORK / work(train)).clamp(1, TRAINING.epochs)
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

    /// The shares of test rows that these are right about.
    fn shares(&self) -> [f64; 3] {
        let truth = self.truth();
        self.said().map(|said| {
            let right = truth.iter().zip(&said).filter(|(is, said)| is == said).count();
            right as f64 / truth.len() as f64
        })
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

/// The shares of right answers with other ways of splitting the rows, if the table is small.
fn split_again(
    table: &Labelled,
    train: &Examples,
    seed: u64,
) -> Result<Vec<[f64; 3]>, TrainingError> {
    let splits =
        if SPLITS as usize * TRAINING.epochs * work(train) > WORK { 0 } else { SPLITS };
    let one = |index: u64| {
        let seed = seed + 10 * index;
        Ok(Contest::run(split(table, seed), seed, || ())?.shares())
    };
    (0..splits).into_par_iter().map(one).collect()
}

/// Whether two equally good models would hardly be so far apart: more than two standard deviations of a fair coin,
/// thrown for each row that only one of them is right about.
fn is_clear([one, other]: [usize; 2]) -> bool {
    one.abs_diff(other).pow(2) > 4 * (one + other)
}

#[cfg(test)]
mod tests {
    use datasets::Table;
    use ndarray::Axis;
    use rand::RngExt;

    use super::*;

    fn penguins() -> Labelled {
        datasets::penguins().labelled("sex").unwrap()
    }

    /// Points in a square, and whether their coordinates have the same sign: no line parts those.
    fn signs(rows: usize) -> Labelled {
        let rng = &mut seeded(1);
        let mut row = || {
            let [x, y] = [(); 2].map(|()| rng.random_range(-1.0..1.0));
            let word = if x * y > 0.0 { "same" } else { "other" };
            format!("{x},{y},{word}\n")
        };
        let rows: String = (0..rows).map(|_| row()).collect();
        Table::parse(&format!("x,y,sign\n{rows}"), "signs.csv")
            .unwrap()
            .labelled("sign")
            .unwrap()
    }

    #[test]
    fn each_row_is_in_one_part_and_each_class_in_all() {
        let table = datasets::penguins().labelled("species").unwrap();
        let parts = split(&table, 1);
        let [train, validation, test] = [&parts.train, &parts.validation, &parts.test]
            .map(|part| part.targets.sum_axis(Axis(0)).to_vec());
        assert_eq!(train, [88.0, 42.0, 73.0]);
        assert_eq!(
            (&validation, &test),
            (&vec![29.0, 13.0, 23.0], &vec![29.0, 13.0, 23.0])
        );
        let species = |rows: &[usize]| table.examples.select(rows).targets;
        assert_eq!(species(&parts.test_rows), parts.test.targets, "the rows are those");
        let mut rows = parts.test_rows.clone();
        rows.sort_unstable();
        rows.dedup();
        assert_eq!(rows.len(), 65, "none comes twice");
    }

    #[test]
    fn only_the_rows_to_train_on_choose_the_ruler() {
        let mut table = penguins();
        let parts = split(&table, 1);
        let numbers = s![.., ..table.numbers.len()];
        let trained = parts.train.inputs.slice(numbers);
        for mean in trained.mean_axis(Axis(0)).unwrap() {
            assert!(mean.abs() < 1e-9, "{mean}");
        }
        let words = parts.test.inputs.slice(s![.., table.numbers.len()..]);
        assert!(words.iter().all(|&x| x == 0.0 || x == 1.0), "words are not scaled");

        table.examples.inputs[[parts.test_rows[0], 0]] *= 100.0;
        let other = split(&table, 1);
        assert_eq!(other.train, parts.train);
        assert_ne!(other.test, parts.test);
    }

    #[test]
    fn the_epoch_that_reads_the_validation_rows_best_is_kept() {
        let parts = split(&penguins(), 1);
        let model = learn(&sizes(&parts.train), &parts, 1, || ()).unwrap();
        assert_eq!(model.costs.len(), TRAINING.epochs + 1);
        let least =
            model.costs.iter().map(|costs| costs[1]).fold(f64::INFINITY, f64::min);
        assert_eq!(model.network.cost(&parts.validation, TRAINING.cost), least);
        assert_eq!(model.costs[model.epoch][1], least);
        assert!((1..TRAINING.epochs).contains(&model.epoch), "{}", model.epoch);
    }

    #[test]
    fn a_bend_is_worth_it_where_no_line_parts_the_classes() {
        let contest = Contest::run(split(&signs(500), 1), 1, || ()).unwrap();
        let [most_frequent, linear, network] = contest.said();
        assert!(is_clear(contest.apart(&network, &linear)));
        assert!(is_clear(contest.apart(&network, &most_frequent)));
        assert!(!is_clear(contest.apart(&linear, &most_frequent)));
    }

    #[test]
    fn only_a_difference_beyond_chance_is_clear() {
        assert!(!is_clear([0, 0]) && !is_clear([4, 0]) && !is_clear([60, 40]));
        assert!(is_clear([5, 0]) && is_clear([0, 5]) && is_clear([61, 40]));
    }

    #[test]
    fn a_large_table_gets_fewer_epochs_and_at_least_one() {
        assert_eq!(epochs(&split(&penguins(), 1).train), TRAINING.epochs);
        let table = |rows, inputs| {
            Examples::new(
                ndarray::Array2::zeros((rows, inputs)),
                ndarray::Array2::zeros((rows, 2)),
            )
        };
        let few = epochs(&table(120_000, 10));
        assert!((2..TRAINING.epochs).contains(&few), "{few}");
        assert_eq!(epochs(&table(120_000, 600)), 1);
    }
}
