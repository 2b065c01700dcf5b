//! A digit that the reader draws: from lines to the 64 numbers that the network knows, and what it says of them.

pub(crate) mod shown;

pub use shown::READ;

use datasets::reader::{DigitReader, TRAINING};
use nn::math::softmax;
use nn::{Network, Training, TrainingError};
use rand::Rng;

/// The side of the fine square on which lines become ink, in dots; 4 × 4 dots make a pixel.
pub const FINE: usize = 32;
/// How far ink reaches from the middle of a line, in dots.
const PEN: f64 = 2.2;

/// Lines as x, y, x, y, … on a square from 0 to 1, from its top left.
pub type Drawing = Vec<Vec<f64>>;

/// Which of the fine dots the pen has inked.
pub fn inked(drawing: &Drawing) -> Vec<bool> {
    let pieces: Vec<_> = drawing.iter().flat_map(|line| pieces(line)).collect();
    let dot = |at: usize| {
        let (x, y) = ((at % FINE) as f64 + 0.5, (at / FINE) as f64 + 0.5);
        pieces.iter().any(|piece| squared_distance((x, y), *piece) <= PEN * PEN)
    };
    (0..FINE * FINE).map(dot).collect()
}

/// What the network gets: for each pixel, the inked share of its sixteen dots.
pub fn pixels(drawing: &Drawing) -> Vec<f64> {
    let dots = inked(drawing);
    let pixel = |at: usize| {
        let (column, row) = (4 * (at % 8), 4 * (at / 8));
        let block = (0..16).filter(|dot| dots[(row + dot / 4) * FINE + column + dot % 4]);
        block.count() as f64 / 16.0
    };
    (0..64).map(pixel).collect()
}

/// The drawing as the data's makers would have cut it out: in the middle, and as large as the square allows.
pub fn fitted(drawing: &Drawing) -> Drawing {
    let places = || drawing.iter().flat_map(|line| line.chunks(2));
    let ends = |of: usize| {
        places().fold((1.0_f64, 0.0_f64), |(low, high), place| {
            (low.min(place[of]), high.max(place[of]))
        })
    };
    let ((left, right), (top, bottom)) = (ends(0), ends(1));
    let size = (right - left).max(bottom - top).max(SMALLEST);
    let grow = (1.0 - 2.0 * PEN / FINE as f64) / size;
    let middle = [(left + right) / 2.0, (top + bottom) / 2.0];
    let moved = |line: &Vec<f64>| {
        let moved = line.iter().enumerate();
        moved.map(|(at, place)| 0.5 + grow * (place - middle[at % 2])).collect()
    };
    drawing.iter().map(moved).collect()
}

/// What is smaller is not made to fill the square: a dot stays a dot.
const SMALLEST: f64 = 0.1;

type Piece = ((f64, f64), (f64, f64));

/// The straight pieces of a line; a lone place is a piece without length.
fn pieces(line: &[f64]) -> Vec<Piece> {
    let dots = FINE as f64;
    let places: Vec<_> = line.chunks(2).map(|at| (at[0] * dots, at[1] * dots)).collect();
    match places.as_slice() {
        [] => Vec::new(),
        [only] => vec![(*only, *only)],
        many => many.windows(2).map(|pair| (pair[0], pair[1])).collect(),
    }
}

fn squared_distance(at: (f64, f64), (from, to): Piece) -> f64 {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let length = dx * dx + dy * dy;
    let along = (at.0 - from.0) * dx + (at.1 - from.1) * dy;
    let share = if length > 0.0 { (along / length).clamp(0.0, 1.0) } else { 0.0 };
    let (x, y) = (at.0 - from.0 - share * dx, at.1 - from.1 - share * dy);
    x * x + y * y
}

/// A reader in training: the digits, the network as it stands, and the chance that orders the rows.
pub struct Learner {
    reader: DigitReader,
    order: Box<dyn Rng>,
    outcome: Result<(), TrainingError>,
}

impl Learner {
    /// Before its first epoch.
    pub fn new(seed: u64) -> Learner {
        let reader = DigitReader::new(seed);
        Learner { order: Box::new(reader.order()), reader, outcome: Ok(()) }
    }

    /// One epoch further.
    pub fn epoch(&mut self) {
        let one = Training { epochs: 1, ..TRAINING };
        let DigitReader { train, network, .. } = &mut self.reader;
        let trained = one.run(network, train, &mut self.order);
        self.outcome = trained.map(|_| ());
    }
}

/// What the network makes of 64 pixels.
pub struct Reading {
    /// What each hidden neuron says.
    pub hidden: Vec<f64>,
    /// How probable it finds each digit.
    pub probabilities: Vec<f64>,
    /// The digit it finds most probable.
    pub says: usize,
    /// How much each pixel's ink adds to the score of that digit, or takes from it.
    pub speaks: Vec<f64>,
}

/// Reads 64 pixels with a network of one hidden layer of tanh.
///
/// What a pixel adds to the score is its ink times the slope of the score: through each hidden neuron, the weight into it,
/// its own slope, and the weight out of it.
pub fn read(network: &Network, pixels: &[f64]) -> Reading {
    let [first, last] = &network.layers[..] else {
        panic!("a reader has one hidden layer, and not {} layers", network.layers.len())
    };
    let sum = |layer: &nn::Dense, inputs: &[f64], neuron: usize| {
        let products = inputs.iter().zip(layer.weights.column(neuron));
        products.fold(layer.biases[neuron], |sum, (input, weight)| sum + input * weight)
    };
    let hidden: Vec<f64> = (0..first.outputs())
        .map(|neuron| first.activation.value(sum(first, pixels, neuron)))
        .collect();
    let scores: Vec<f64> =
        (0..last.outputs()).map(|digit| sum(last, &hidden, digit)).collect();
    let mut probabilities = vec![0.0; scores.len()];
    softmax(&scores, &mut probabilities);
    let says = (0..scores.len())
        .fold(0, |best, d| if scores[d] > scores[best] { d } else { best });
    let slope = |pixel: usize| {
        let through = hidden.iter().enumerate().map(|(neuron, a)| {
            first.weights[[pixel, neuron]]
                * first.activation.slope(*a)
                * last.weights[[neuron, says]]
        });
        through.fold(0.0, |sum, part| sum + part)
    };
    let speaks = pixels.iter().enumerate().map(|(pixel, ink)| ink * slope(pixel));
    Reading { speaks: speaks.collect(), hidden, probabilities, says }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A digit of the data as lines: one short line after the other, each time the one that brings the pad's own pixels
    /// nearest to the digit's, as long as one does.
    fn traced(digit: &[f64]) -> Drawing {
        let place = |at: usize| (at as f64 + 1.0) / 16.0;
        let ways = [(0, 0), (2, 0), (0, 2), (2, 2), (2, -2)];
        let line = |at: usize| {
            let ((column, row), (right, down)) =
                ((at % 15, at / 15 % 15), ways[at / 225]);
            let to = (column + right, row.checked_add_signed(down)?);
            let ends = vec![place(column), place(row), place(to.0), place(to.1)];
            (to.0 < 15 && to.1 < 15).then_some(ends)
        };
        let lines: Vec<_> = (0..5 * 225).filter_map(line).collect();
        let masks: Vec<_> = lines.iter().map(|line| inked(&vec![line.clone()])).collect();
        let misfit = |ink: &[bool], more: &[bool]| {
            let dot = |at: usize| f64::from(u8::from(ink[at] || more[at]));
            let pixel = |at: usize| {
                let corner = 4 * (at / 8) * FINE + 4 * (at % 8);
                (0..16)
                    .fold(0.0, |sum, i| sum + dot(corner + i / 4 * FINE + i % 4) / 16.0)
            };
            (0..64).fold(0.0, |sum, at| {
                let off = pixel(at) - digit[at];
                sum + off * off
            })
        };
        let (mut ink, mut drawing) = (vec![false; FINE * FINE], Vec::new());
        let mut best = misfit(&ink, &ink);
        loop {
            let tries = masks.iter().map(|mask| misfit(&ink, mask)).enumerate();
            let (at, least) = tries.min_by(|a, b| a.1.total_cmp(&b.1)).unwrap();
            if least >= best {
                return drawing;
            }
            best = least;
            ink.iter_mut().zip(&masks[at]).for_each(|(ink, more)| *ink |= more);
            drawing.push(lines[at].clone());
        }
    }

    fn trained() -> Learner {
        let mut learner = Learner::new(6);
        (0..TRAINING.epochs).for_each(|_| learner.epoch());
        learner.outcome.clone().unwrap();
        learner
    }

    #[test]
    fn nine_of_ten_unseen_digits_are_read_when_they_are_drawn_on_the_pad() {
        let learner = trained();
        let test = &learner.reader.test;
        let labels = datasets::labels(test);
        let right = (0..60).filter(|&row| {
            let drawing = traced(&test.inputs.row(row).to_vec());
            let pixels = pixels(&fitted(&drawing));
            read(&learner.reader.network, &pixels).says == labels[row]
        });
        let right = right.count();
        assert!(right >= 54, "{right} of 60");
    }

    #[test]
    fn it_reads_as_the_core_does() {
        let learner = trained();
        let test = &learner.reader.test;
        let answers = learner.reader.network.classify(test.inputs.view());
        for (row, answer) in answers.into_iter().enumerate() {
            assert_eq!(
                read(&learner.reader.network, &test.inputs.row(row).to_vec()).says,
                answer
            );
        }
    }

    /// The slope that a pixel's word is made of, beside a difference.
    #[test]
    fn a_pixels_word_is_its_ink_times_the_slope_of_the_score() {
        let learner = trained();
        let network = &learner.reader.network;
        let pixels = learner.reader.test.inputs.row(3).to_vec();
        let reading = read(network, &pixels);
        let score = |pixels: &[f64]| {
            let row = ndarray::Array2::from_shape_vec((1, 64), pixels.to_vec()).unwrap();
            network.predict(row.view())[[0, reading.says]]
        };
        for (pixel, ink) in pixels.iter().enumerate() {
            let moved = |by: f64| {
                let mut pixels = pixels.clone();
                pixels[pixel] += by;
                score(&pixels)
            };
            let slope = (moved(1e-5) - moved(-1e-5)) / 2e-5;
            assert!((reading.speaks[pixel] - ink * slope).abs() < 1e-8, "pixel {pixel}");
        }
    }

    #[test]
    fn a_drawing_is_moved_to_the_middle_and_fills_the_square() {
        let small = vec![vec![0.1, 0.1, 0.1, 0.3]];
        let ends = &fitted(&small)[0];
        assert!((ends[0] - 0.5).abs() < 1e-12 && (ends[1] + ends[3] - 1.0).abs() < 1e-12);
        assert!((ends[3] * FINE as f64 + PEN - FINE as f64).abs() < 1e-9);
        let ink = |drawing: &Drawing| pixels(drawing).iter().sum::<f64>();
        assert!(ink(&fitted(&small)) > 2.0 * ink(&small));
    }

    #[test]
    fn nothing_drawn_is_paper() {
        assert!(pixels(&fitted(&Vec::new())).iter().all(|ink| *ink == 0.0));
        assert!(pixels(&vec![vec![]]).iter().all(|ink| *ink == 0.0));
    }
}
