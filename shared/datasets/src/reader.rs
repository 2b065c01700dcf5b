//! The reader of handwritten digits that the book comes back to.

use nn::{Activation, Batch, Cost, Examples, Network, Training, seeded};
use rand::Rng;

use crate::digits;
use crate::digits::{CLASSES, SIDE};

/// How many of the 1,797 digits are trained on; the rest are for the test.
pub const TRAIN_ROWS: usize = 1_437;

/// The settings that the book trains the reader with.
pub const TRAINING: Training = Training {
    cost: Cost::SoftmaxCrossEntropy,
    rate: 0.5,
    batch: Batch::Rows(32),
    epochs: 30,
};

/// A network that could read digits once it is trained, and the digits for that.
///
/// ```
/// use datasets::reader::{DigitReader, TRAINING};
///
/// let mut reader = DigitReader::new(6);
/// let rng = &mut reader.order();
/// TRAINING.run(&mut reader.network, &reader.train, rng)?;
/// assert!(reader.network.accuracy(&reader.test) > 0.95);
/// # Ok::<(), nn::TrainingError>(())
/// ```
#[derive(Clone, Debug)]
pub struct DigitReader {
    /// The digits to train on: [`TRAIN_ROWS`] rows.
    pub train: Examples,
    /// The digits that it never sees in training.
    pub test: Examples,
    /// 64 pixels, 32 hidden neurons with tanh, ten classes; not trained yet.
    pub network: Network,
    seed: u64,
}

impl DigitReader {
    /// The reader of a seed. Chance is used three times, each time from a stream of its own: `seed` splits the
    /// digits, `seed + 1` makes the weights, `seed + 2` is for the order of the rows.
    pub fn new(seed: u64) -> DigitReader {
        let (train, test) = digits().split(TRAIN_ROWS, &mut seeded(seed));
        DigitReader { train, test, network: untrained(seed), seed }
    }

    /// The random numbers that say in which order training sees the rows.
    pub fn order(&self) -> impl Rng + use<> {
        order(self.seed)
    }
}

/// The network alone of a reader with this seed.
pub fn untrained(seed: u64) -> Network {
    let sizes = [SIDE * SIDE, 32, CLASSES];
    Network::new(&sizes, Activation::Tanh, &mut seeded(seed + 1))
}

/// The random numbers alone that say in which order training sees the rows of a reader with this seed.
pub fn order(seed: u64) -> impl Rng + use<> {
    seeded(seed + 2)
}
