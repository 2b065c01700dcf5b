//! The same two passes train a network: two half moons, and the border that it draws between them.

use nn::random::normal;
use nn::{Examples, seeded};
use rand::Rng;

use super::Step::{self, Add, Input, Multiply, Sigmoid};
use super::{backward, forward};

/// Hidden neurons.
pub(super) const HIDDEN: usize = 8;

/// How many points lie on both moons.
pub(super) const ROWS: usize = 100;

/// How far they stray from their moon: one standard deviation.
const NOISE: f64 = 0.1;

pub(super) const RATE: f64 = 1.0;

/// After so many epochs the border is drawn.
pub(super) const MOMENTS: [usize; 4] = [0, 10, 30, 100];

/// A network with two inputs and one output, step by step. The first three steps are a row, x₁, x₂ and −y; the last is
/// its cost, (a − y)².
#[derive(Clone, Debug)]
pub struct Circuit {
    /// All steps.
    pub steps: Vec<Step>,
    /// Which of them are learnt: the weights and the biases.
    pub parameters: Vec<usize>,
    /// Which of them is the output a.
    pub output: usize,
}

impl Circuit {
    /// A hidden layer of sigmoids and a sigmoid behind it. The weights are normal, the biases start at zero.
    pub fn new(hidden: usize, rng: &mut impl Rng) -> Circuit {
        let (mut steps, mut parameters) = (vec![Input(0.0); 3], Vec::new());
        let mut neuron = |inputs: &[usize]| {
            let mut add = |step| {
                steps.push(step);
                steps.len() - 1
            };
            let mut sum = add(Input(0.0));
            parameters.push(sum); // the bias
            for &input in inputs {
                let weight = add(Input(normal(rng)));
                parameters.push(weight);
                let product = add(Multiply(weight, input));
                sum = add(Add(sum, product));
            }
            add(Sigmoid(sum))
        };
        let hidden: Vec<usize> = (0..hidden).map(|_| neuron(&[0, 1])).collect();
        let output = neuron(&hidden);
        let miss = steps.len();
        steps.extend([Add(output, 2), Multiply(miss, miss)]);
        Circuit { steps, parameters, output }
    }

    /// Puts a row in place, and runs forward.
    pub fn values(&mut self, [x1, x2]: [f64; 2], y: f64) -> Vec<f64> {
        self.steps[..3].copy_from_slice(&[Input(x1), Input(x2), Input(-y)]);
        forward(&self.steps)
    }

    /// A row forward and back; then every parameter moves against its slope.
    pub fn learn(&mut self, inputs: [f64; 2], y: f64) {
        let values = self.values(inputs, y);
        let gradients = backward(&self.steps, &values);
        for &place in &self.parameters {
            self.steps[place] = Input(values[place] - RATE * gradients[place]);
        }
    }

    /// How many rows it puts on their own moon.
    pub(super) fn right(&mut self, moons: &Examples) -> usize {
        let output = self.output;
        let rows = rows(moons);
        rows.filter(|&(x, y)| (self.values(x, y)[output] >= 0.5) == (y == 1.0)).count()
    }
}

/// Each point and its moon.
pub(super) fn rows(moons: &Examples) -> impl Iterator<Item = ([f64; 2], f64)> {
    let targets = moons.targets.iter().copied();
    moons.inputs.rows().into_iter().map(|row| [row[0], row[1]]).zip(targets)
}

/// The moons, and the circuit at each of the [`MOMENTS`].
pub(super) fn train(seed: u64) -> (Examples, Vec<Circuit>) {
    let moons = datasets::moons(ROWS, NOISE, &mut seeded(seed));
    let mut circuit = Circuit::new(HIDDEN, &mut seeded(seed + 1));
    let mut album = Vec::new();
    for epoch in 0..=MOMENTS[3] {
        if MOMENTS.contains(&epoch) {
            album.push(circuit.clone());
        }
        rows(&moons).for_each(|(x, y)| circuit.learn(x, y));
    }
    (moons, album)
}

#[cfg(test)]
mod tests {
    use ndarray::array;
    use nn::{Activation, Backprop, Cost, Dense, Network};

    use super::*;

    /// The core's quadratic cost is half of (a − y)².
    #[test]
    fn the_steps_find_the_gradient_of_the_core() {
        let mut circuit = Circuit::new(2, &mut seeded(1));
        for (place, number) in circuit.parameters.iter().zip([0.3, -1.0, 2.0, 0.7, 0.4]) {
            circuit.steps[*place] = Input(number);
        }
        let values = circuit.values([0.5, -0.8], 1.0);
        let gradients = backward(&circuit.steps, &values);
        // In the circuit each neuron has its bias first.
        let [b1, w11, w21, b2, w12, w22, b, w1, w2] = circuit.parameters[..] else {
            panic!("nine parameters")
        };
        let order = [w11, w12, w21, w22, b1, b2, w1, w2, b];
        let v = |place: usize| values[place];
        let sigmoid = Activation::Sigmoid;
        let network = Network::from_layers(vec![
            Dense::new(
                array![[v(w11), v(w12)], [v(w21), v(w22)]],
                array![v(b1), v(b2)],
                sigmoid,
            ),
            Dense::new(array![[v(w1)], [v(w2)]], array![v(b)], sigmoid),
        ]);
        let mut core = Backprop::new(&network, 1);
        let row = Examples::new(array![[0.5, -0.8]], array![[1.0]]);
        let cost = core.run(&network, &row, Cost::Quadratic);
        assert!((values[values.len() - 1] - 2.0 * cost).abs() < 1e-15);
        for (place, slope) in order.into_iter().zip(core.gradients().entries()) {
            let found = gradients[place];
            assert!((found - 2.0 * slope).abs() < 1e-15, "{place}: {found} {slope}");
        }
    }

    #[test]
    fn a_hundred_epochs_part_the_moons_whatever_the_seed() {
        for seed in 1..6 {
            let (moons, mut album) = train(seed);
            let right: Vec<usize> =
                album.iter_mut().map(|circuit| circuit.right(&moons)).collect();
            assert_eq!(right.len(), MOMENTS.len());
            assert!(right[0] < 90 && right[3] > 95, "seed {seed}: {right:?}");
        }
    }
}
