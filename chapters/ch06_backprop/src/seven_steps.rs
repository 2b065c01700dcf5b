//! The notes' recipe in seven steps: how well it learns to read, what it gets wrong, and two words in it that matter.

pub(crate) mod shown;

use datasets::reader::{DigitReader, TRAINING};
use lesson::Result;
use ndarray::Axis;
use nn::math::softmax;
use nn::{Backprop, Batch, Examples, Gradients, History, Network, Training};
use rayon::prelude::*;

/// How often the whole experiment is repeated from other random numbers.
const RUNS: u64 = 10;
/// Who gives a digit less than this probability is not quite sure.
const SURE: f64 = 0.9;

/// What one training run leaves behind.
#[derive(Clone, Debug)]
pub struct Run {
    /// The trained network.
    pub network: Network,
    /// Per epoch, the mean cost of the rows as they were seen.
    pub costs: Vec<f64>,
    /// Before training and after each epoch, the share of digits it has never seen that it gets right.
    pub test: Vec<f64>,
    /// The same on the digits it trains on, if they were watched.
    pub train: Vec<f64>,
    /// The network before training and after each epoch, if it was watched.
    pub album: Vec<Network>,
    /// How many updates were made.
    pub updates: usize,
}

/// Splits the digits, makes a network and trains it; `closely` says whether it is watched on the training digits, too.
pub fn learn(seed: u64, closely: bool) -> Result<(Run, Examples)> {
    let reader = DigitReader::new(seed);
    let rng = &mut reader.order();
    let DigitReader { train, test, mut network, .. } = reader;
    let (mut on_train, mut on_test, mut album) = (Vec::new(), Vec::new(), Vec::new());
    let mut watch = |network: &Network| {
        on_test.push(network.accuracy(&test));
        if closely {
            on_train.push(network.accuracy(&train));
            album.push(network.clone());
        }
    };
    watch(&network);
    let mut run = TRAINING.start(&mut network, &train, rng)?;
    while run.epoch()?.is_some() {
        watch(run.network);
    }
    let History { costs, updates } = run.finish()?;
    Ok((Run { network, costs, test: on_test, train: on_train, album, updates }, test))
}

/// The first run is the one that the page shows; the others tell how far chance reaches. `trained` is told of
/// each.
fn learn_again_and_again(
    seed: u64,
    trained: impl Fn() + Sync,
) -> Result<Vec<(Run, Examples)>> {
    let one = |index: u64| {
        let run = learn(seed + 10 * index, index == 0);
        trained();
        run
    };
    (0..RUNS).into_par_iter().map(one).collect()
}

/// What the test digits are, and what a network says.
struct Reading {
    digits: Vec<usize>,
    said: Vec<usize>,
}

impl Reading {
    fn new(network: &Network, test: &Examples) -> Reading {
        let said = network.classify(test.inputs.view());
        Reading { digits: datasets::labels(test), said }
    }

    /// How often each digit was taken for each: ten rows of ten.
    fn confusion(&self) -> [usize; 100] {
        let mut counts = [0; 100];
        for (digit, said) in self.digits.iter().zip(&self.said) {
            counts[10 * digit + said] += 1;
        }
        counts
    }

    /// The rows that it gets wrong.
    fn wrong(&self) -> Vec<usize> {
        let rows = 0..self.digits.len();
        rows.filter(|&row| self.digits[row] != self.said[row]).collect()
    }
}

/// The first test digit that is read rightly, but not as a matter of course: its row, and how probable the network finds
/// each of the ten.
fn hesitant(network: &Network, test: &Examples, reading: &Reading) -> (usize, Vec<f64>) {
    let scores = network.predict(test.inputs.view()); // (rows, 10)
    let all = scores.rows().into_iter().enumerate().map(|(row, scores)| {
        let mut probabilities = vec![0.0; scores.len()];
        softmax(&scores.to_vec(), &mut probabilities);
        (row, probabilities)
    });
    let is_right = |row: usize| reading.digits[row] == reading.said[row];
    let mut right = all.filter(|(row, _)| is_right(*row));
    right.find(|(row, shares)| shares[reading.said[*row]] < SURE).expect("some doubt")
}

/// How probable a network finds each of the ten for a single digit.
fn probabilities(network: &Network, digit: &Examples) -> Vec<f64> {
    let scores = network.predict(digit.inputs.view()); // (1, 10)
    let mut probabilities = vec![0.0; scores.len()];
    softmax(&scores.row(0).to_vec(), &mut probabilities);
    probabilities
}

/// What one digit asks of the network.
struct Blame {
    /// How the cost of this digit grows with each weight and bias.
    slopes: Gradients,
    /// A copy of the network that has made one move against them.
    after: Network,
}

/// One digit forward and back; then every number moves once, as far as the digit would move it as one of a mini-batch of 32.
fn blame(network: &Network, digit: &Examples) -> Blame {
    let mut passes = Backprop::new(network, 1);
    passes.run(network, digit, TRAINING.cost);
    let slopes = passes.gradients().clone();
    let mut after = network.clone();
    for (number, slope) in after.parameters_mut().zip(slopes.entries()) {
        *number -= TRAINING.rate / 32.0 * slope;
    }
    Blame { slopes, after }
}

/// The notes' steps followed to the letter, where the letter is wrong.
struct Literally {
    /// Test accuracy when all weights start at exactly zero.
    zero: f64,
    /// What that network answers to the first test digit.
    zero_answer: usize,
    /// How many of the test digits get that very answer.
    zero_alike: usize,
    /// Test accuracy when step 6 repeats step 1 too: new random weights before every update.
    restart: f64,
}

fn literally(seed: u64) -> Result<Literally> {
    let reader = DigitReader::new(seed);
    let DigitReader { train, test, network: start, .. } = &reader;
    let mut network = start.clone();
    network.parameters_mut().for_each(|number| *number = 0.0);
    TRAINING.run(&mut network, train, &mut reader.order())?;
    let zero = network.accuracy(test);
    let answers = network.classify(test.inputs.view());
    let zero_answer = answers[0];
    let zero_alike = answers.iter().filter(|&&answer| answer == zero_answer).count();

    // Only the last restart is ever seen: one batch, one update.
    let batch: Vec<usize> = (0..32).collect();
    let mut network = start.clone();
    let once = Training { batch: Batch::Full, epochs: 1, ..TRAINING };
    once.run(&mut network, &train.select(&batch), &mut reader.order())?;
    Ok(Literally { zero, zero_answer, zero_alike, restart: network.accuracy(test) })
}

/// The pixels where fewer than one digit in a hundred has ink, and all others.
fn by_ink(digits: &Examples) -> (Vec<usize>, Vec<usize>) {
    let inked = |pixel: usize| {
        let column = digits.inputs.column(pixel);
        column.iter().filter(|&&ink| ink > 0.0).count()
    };
    (0..64).partition(|&pixel| inked(pixel) * 100 < digits.rows())
}

/// How far the first layer's weights have come since the start: the blank pixels, how far the weights behind them
/// have come, and how far all others.
fn journey(seed: u64, trained: &Network) -> (Vec<usize>, [f64; 2]) {
    let DigitReader { train, network: start, .. } = DigitReader::new(seed);
    let moved = &trained.layers[0].weights - &start.layers[0].weights; // (pixels, neurons)
    let (blank, others) = by_ink(&train);
    let typical = |pixels: &[usize]| {
        let squares = moved.select(Axis(0), pixels).mapv(|by| by * by);
        squares.mean().expect("pixels of both kinds").sqrt()
    };
    let distances = [&blank, &others].map(|pixels| typical(pixels));
    (blank, distances)
}

#[cfg(test)]
mod tests {
    use datasets::reader::TRAIN_ROWS;
    use nn::seeded;

    use super::*;

    #[test]
    fn the_steps_lead_to_a_network_that_reads_digits_it_has_never_seen() {
        let (run, test) = learn(1, true).unwrap();
        assert_eq!(run.updates, TRAINING.epochs * TRAIN_ROWS.div_ceil(32));
        assert_eq!((run.test.len(), run.train.len()), (31, 31));
        assert!(run.test[0] < 0.3, "before training: {}", run.test[0]);
        assert!(run.network.accuracy(&test) > 0.94, "{}", run.network.accuracy(&test));
        assert!(run.train[30] >= run.test[30]);
    }

    #[test]
    fn the_blame_of_a_weight_into_a_hidden_neuron_is_the_ink_times_the_neurons_error() {
        let (run, test) = learn(6, false).unwrap();
        let reading = Reading::new(&run.network, &test);
        let (row, before) = hesitant(&run.network, &test, &reading);
        let digit = test.select(&[row]);
        let Blame { slopes, after } = blame(&run.network, &digit);
        let (errors, weights) = (&slopes.layers[0].biases, &slopes.layers[0].weights);
        for ((pixel, neuron), slope) in weights.indexed_iter() {
            assert!((slope - digit.inputs[[0, pixel]] * errors[neuron]).abs() < 1e-15);
        }
        let now = probabilities(&after, &digit);
        assert!(now[reading.digits[row]] > before[reading.digits[row]]);
    }

    #[test]
    fn a_weight_that_never_meets_ink_never_moves() {
        let DigitReader { train, network: start, .. } = DigitReader::new(1);
        let (run, _) = learn(1, false).unwrap();
        let [before, after] =
            [&start, &run.network].map(|network| &network.layers[0].weights);
        for (pixel, ink) in train.inputs.columns().into_iter().enumerate() {
            let stayed = before.row(pixel) == after.row(pixel);
            assert_eq!(stayed, ink.iter().all(|&ink| ink == 0.0), "pixel {pixel}");
        }
        let (blank, _) = by_ink(&train);
        assert!(
            (0..8).all(|row| blank.contains(&(8 * row))),
            "the left column: {blank:?}"
        );
    }

    /// A fifth of the training digits is kept back to choose on; no test digit is looked at.
    #[test]
    fn on_a_validation_part_no_other_settings_read_a_hundredth_better() {
        let accuracy = |rows: usize, rate: f64| {
            let one = |index: u64| {
                let mut reader = DigitReader::new(6 + 10 * index);
                let (fit, validation) =
                    reader.train.split(TRAIN_ROWS * 4 / 5, &mut seeded(1_000 + index));
                let training = Training { rate, batch: Batch::Rows(rows), ..TRAINING };
                let rng = &mut reader.order();
                training.run(&mut reader.network, &fit, rng).unwrap();
                reader.network.accuracy(&validation)
            };
            (0..4).into_par_iter().map(one).sum::<f64>() / 4.0
        };
        let ours = accuracy(32, TRAINING.rate);
        for (rows, rate) in [(8, 0.2), (8, 0.5), (32, 0.2), (32, 1.0), (128, 1.0)] {
            let other = accuracy(rows, rate);
            assert!(other < ours + 0.01, "{rows} rows at {rate}: {other}, not {ours}");
        }
    }

    #[test]
    fn from_weights_of_zero_every_digit_gets_the_same_answer() {
        let literally = literally(1).unwrap();
        assert_eq!(literally.zero_alike, datasets::digits().rows() - TRAIN_ROWS);
        assert!(literally.zero < 0.2, "{}", literally.zero);
        assert!(literally.restart < 0.7, "{}", literally.restart);
    }
}
