//! Thirteen lines of Python, run again to their last printed digit: did that network diverge?

pub(crate) mod shown;

use nn::Activation::Sigmoid;
use nn::elementary::sigmoid_all;
use rand_mt::Mt;
use rayon::prelude::*;

/// The four rows.
const X: [[f64; 3]; 4] =
    [[0.0, 0.0, 1.0], [0.0, 1.0, 1.0], [1.0, 0.0, 1.0], [1.0, 1.0, 1.0]];
/// The answers of the first network: the first input.
const FIRST: [f64; 4] = [0.0, 0.0, 1.0, 1.0];
/// The answers of the second: one of the first two inputs, but not both.
const SECOND: [f64; 4] = [0.0, 1.0, 1.0, 0.0];
/// Updates of the first network.
const SHORT: usize = 10_000;
/// Updates of the second.
const LONG: usize = 60_000;
/// The second prints its mean error before each of these many updates.
const EVERY: usize = 10_000;
/// The rates whose tables were published.
pub const PUBLISHED: [f64; 3] = [0.1, 10.0, 1000.0];
/// The rates of the figure: the published ones and more.
const RATES: [f64; 13] =
    [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0, 100.0, 300.0, 1000.0];
/// The largest of them, at which the network saturates.
const WILD: f64 = 1000.0;
/// When to look at the network whose rate is [`WILD`].
const MOMENTS: [usize; 9] = [0, 1, 2, 3, 100, 300, 2_000, 2_200, LONG];

/// numpy's random numbers from 0 to 1, as `numpy.random.seed` and `numpy.random.random` give them.
struct Numpy(Mt);

impl Numpy {
    fn seed(seed: u32) -> Numpy {
        Numpy(Mt::new(seed))
    }

    /// 53 bits from two draws: 27 from the first, 26 from the second.
    fn random(&mut self) -> f64 {
        let high = f64::from(self.0.next_u32() >> 5);
        let low = f64::from(self.0.next_u32() >> 6);
        (high * 67_108_864.0 + low) / 9_007_199_254_740_992.0
    }

    /// A weight from −1 to 1.
    fn weight(&mut self) -> f64 {
        2.0 * self.random() - 1.0
    }
}

/// The first network: three weights, one neuron, no bias. Its answers after so many updates.
pub fn one_layer(updates: usize) -> [f64; 4] {
    let mut numpy = Numpy::seed(1);
    let mut w = [(); 3].map(|()| numpy.weight());
    let mut answers = [0.0; 4];
    for _ in 0..updates {
        let mut change = [0.0; 3];
        for (row, x) in X.iter().enumerate() {
            let a = Sigmoid.value(x[0] * w[0] + x[1] * w[1] + x[2] * w[2]);
            let delta = (FIRST[row] - a) * Sigmoid.slope(a);
            change = [0, 1, 2].map(|i| change[i] + x[i] * delta);
            answers[row] = a;
        }
        w = [0, 1, 2].map(|i| w[i] + change[i]);
    }
    answers
}

/// The push δ that an output gets, from its error and what it says: the slope of a row's cost along the sum.
pub type Push = fn(error: f64, a: f64) -> f64;

/// The push of the quadratic cost, as in the text.
pub fn quadratic(error: f64, a: f64) -> f64 {
    error * Sigmoid.slope(a)
}

/// The push of cross-entropy.
pub fn cross_entropy(error: f64, _: f64) -> f64 {
    error
}

/// The second network: four hidden neurons between the inputs and the output.
#[derive(Clone, Debug, PartialEq)]
pub struct TwoLayers {
    /// `hidden[input][neuron]`
    hidden: [[f64; 4]; 3],
    /// One per hidden neuron.
    output: [f64; 4],
}

impl TwoLayers {
    /// The weights that seed 1 gives: row by row, the hidden ones first.
    pub fn seeded() -> TwoLayers {
        let mut numpy = Numpy::seed(1);
        let hidden = [(); 3].map(|()| [(); 4].map(|()| numpy.weight()));
        TwoLayers { hidden, output: [(); 4].map(|()| numpy.weight()) }
    }

    /// The outputs of the hidden neurons and of the network, for each row.
    fn forward(&self) -> ([[f64; 4]; 4], [f64; 4]) {
        let [from_1, from_2, from_3] = &self.hidden;
        let sum = |x: [f64; 3], n| x[0] * from_1[n] + x[1] * from_2[n] + x[2] * from_3[n];
        let mut hidden = X.map(|x| [0, 1, 2, 3].map(|n| sum(x, n)));
        sigmoid_all(hidden.as_flattened_mut());
        let mut answers =
            hidden.map(|h| h.iter().zip(&self.output).map(|(h, w)| h * w).sum());
        sigmoid_all(&mut answers);
        (hidden, answers)
    }

    /// One update with the slopes of all four rows. The mean error before it.
    pub fn update(&mut self, rate: f64, push: Push) -> f64 {
        let mut output = [0.0; 4];
        let mut hidden = [[0.0; 4]; 3];
        let mut errors = 0.0;
        let (all, answers) = self.forward();
        for (((x, y), h), a) in X.iter().zip(SECOND).zip(all).zip(answers) {
            let error = a - y;
            errors += error.abs();
            let delta = push(error, a);
            for n in 0..4 {
                output[n] += h[n] * delta;
                let hidden_delta = delta * self.output[n] * Sigmoid.slope(h[n]);
                for (slopes, x) in hidden.iter_mut().zip(x) {
                    slopes[n] += x * hidden_delta;
                }
            }
        }
        // All twelve hidden weights in a row, and then the four of the output.
        let weights = self.hidden.as_flattened_mut().iter_mut().chain(&mut self.output);
        for (weight, slope) in weights.zip(hidden.as_flattened().iter().chain(&output)) {
            *weight -= rate * slope;
        }
        errors / 4.0
    }

    /// What the network answers to the four rows.
    fn answers(&self) -> [f64; 4] {
        self.forward().1
    }

    /// The steepest of the slopes that the four answers stand on.
    fn steepest(&self) -> f64 {
        self.answers().map(|a| Sigmoid.slope(a)).into_iter().fold(0.0, f64::max)
    }

    /// The steepest of the slopes that the hidden neurons stand on, over all rows.
    pub fn steepest_hidden(&self) -> f64 {
        let (hidden, _) = self.forward();
        let slopes = hidden.as_flattened().iter().map(|h| Sigmoid.slope(*h));
        slopes.fold(0.0, f64::max)
    }

    fn largest_weight(&self) -> f64 {
        let weights = self.hidden.as_flattened().iter().chain(&self.output);
        weights.fold(0.0, |largest, weight| weight.abs().max(largest))
    }
}

/// What a run at one rate leaves behind.
pub struct Run {
    /// The mean error before updates 0, 10,000, 20,000, …, and at the end.
    errors: Vec<f64>,
    /// The largest weight that there ever was.
    largest_weight: f64,
    /// The last update that changed a weight at all; 0 if there was none.
    last_change: usize,
    /// The network at the end.
    pub network: TwoLayers,
}

impl Run {
    /// The mean error at the end.
    pub fn last_error(&self) -> f64 {
        self.errors[self.errors.len() - 1]
    }
}

/// Sixty thousand updates at this rate.
pub fn learn(rate: f64, push: Push) -> Run {
    let mut network = TwoLayers::seeded();
    let (mut errors, mut last_change) = (Vec::new(), 0);
    let mut largest_weight = network.largest_weight();
    for update in 0..LONG {
        let before = network.clone();
        let error = network.update(rate, push);
        if update % EVERY == 0 {
            errors.push(error);
        }
        if network != before {
            last_change = update + 1;
            largest_weight = network.largest_weight().max(largest_weight);
        }
    }
    errors.push(network.clone().update(0.0, push));
    Run { errors, largest_weight, last_change, network }
}

/// A run at each of the rates.
fn learn_all() -> Vec<(f64, Run)> {
    RATES.into_par_iter().map(|rate| (rate, learn(rate, quadratic))).collect()
}

/// The run with the smallest error at the end.
fn best(runs: &[(f64, Run)]) -> &(f64, Run) {
    let errors = |(_, one): &&(f64, Run), (_, other): &&(f64, Run)| {
        one.last_error().total_cmp(&other.last_error())
    };
    runs.iter().min_by(errors).expect("there are rates")
}

/// The network at the rate of 1000, at a few of the moments that matter.
fn saturation() -> Vec<(usize, TwoLayers)> {
    let mut network = TwoLayers::seeded();
    let mut seen = Vec::new();
    for updates in 0..=LONG {
        if MOMENTS.contains(&updates) {
            seen.push((updates, network.clone()));
        }
        network.update(WILD, quadratic);
    }
    seen
}

/// The largest weight and the steepest slope of the answers at that rate, at moments that lie ever farther apart.
fn wild_path() -> Vec<(usize, f64, f64)> {
    let mut network = TwoLayers::seeded();
    let (mut path, mut next) = (Vec::new(), 0);
    for updates in 0..=LONG {
        if updates == next || updates == LONG {
            path.push((updates, network.largest_weight(), network.steepest()));
            next = updates + 1 + updates / 20;
        }
        network.update(WILD, quadratic);
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stream_is_numpys() {
        let mut numpy = Numpy::seed(1);
        let published = [0.417_022_004_702_574, 0.720_324_493_442_158_1];
        assert_eq!([(); 2].map(|()| numpy.random()), published);
        assert_eq!(numpy.random(), 0.000_114_374_817_344_886_64);
    }

    /// Trask, "A Neural Network in 13 lines of Python", 2015.
    #[test]
    fn the_first_network_answers_as_published() {
        let published = [0.009_664_49, 0.007_865_06, 0.993_588_98, 0.992_119_57];
        for (answer, published) in one_layer(SHORT).into_iter().zip(published) {
            assert!((answer - published).abs() < 5e-9, "{answer} {published}");
        }
    }

    /// Trask, the same, "Part 2 - Gradient Descent", 2015.
    #[test]
    fn the_errors_are_those_published() {
        let published = [
            (
                0.1,
                [
                    0.496_410_031_903,
                    0.042_888_017_000_1,
                    0.024_098_994_228_5,
                    0.018_110_652_146_8,
                    0.014_987_616_272_2,
                    0.013_014_490_538_1,
                ],
            ),
            (
                10.0,
                [
                    0.496_410_031_903,
                    0.003_129_388_763_01,
                    0.002_144_595_579_85,
                    0.001_723_975_499_56,
                    0.001_478_214_512_29,
                    0.001_312_740_628_34,
                ],
            ),
            (1000.0, [0.496_410_031_903, 0.5, 0.5, 0.5, 0.5, 0.5]),
        ];
        for (rate, errors) in published {
            for (found, published) in
                learn(rate, quadratic).errors.into_iter().zip(errors)
            {
                assert!((found - published).abs() < 1e-11, "{rate}: {found} {published}");
            }
        }
    }

    #[test]
    fn the_rate_of_1000_saturates_and_does_not_diverge() {
        let run = learn(1000.0, quadratic);
        assert!(run.largest_weight < 1_000.0);
        assert!(run.last_change < LONG / 2, "still moving at update {}", run.last_change);
        let slope = run.network.steepest();
        assert!(slope < 1e-30, "{slope}");
    }
}
