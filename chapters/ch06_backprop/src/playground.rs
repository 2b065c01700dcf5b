//! A network of the reader's own: which points, how many layers and neurons, which bend, and how it learns.

pub(crate) mod shown;

pub use shown::PLAY;

use std::f64::consts::TAU;

use ndarray::{Array2, Axis, array};
use nn::math::{cos, sin};
use nn::random::normal;
use nn::seeded;
use nn::{Activation, Batch, Cost, Dense, Examples, Network, Training, TrainingError};
use rand::{Rng, RngExt};

/// Points of two kinds in the plane.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Shape {
    /// Two half moons.
    Moons,
    /// Two arms of a spiral.
    Spiral,
    /// A disc inside a ring.
    Circle,
    /// Four clouds, like kinds at opposite corners.
    Xor,
    /// The reader's own.
    Own,
}

/// How many points the shapes have.
pub const ROWS: usize = 120;

impl Shape {
    /// The points, (rows, 2), all within the picture, and of which kind each is, 0 or 1.
    pub fn points(self, own: &[(f64, f64)]) -> Examples {
        let rng = &mut seeded(4);
        match self {
            Shape::Moons => {
                let mut moons = datasets::moons(ROWS, 0.1, rng);
                moons.inputs -= &array![0.5, 0.25];
                moons.inputs *= 0.85;
                moons
            }
            Shape::Spiral => {
                let spiral = datasets::spiral(ROWS / 2, 2, 0.03, rng);
                let kind = spiral.targets.index_axis(Axis(1), 1).to_owned();
                Examples::new(1.3 * spiral.inputs, kind.insert_axis(Axis(1)))
            }
            Shape::Circle => by_row(ROWS, |row| {
                let (angle, kind) = (TAU * rng.random::<f64>(), row % 2);
                let radius = 0.45 * rng.random::<f64>() + 0.8 * kind as f64;
                ((radius * cos(angle), radius * sin(angle)), kind)
            }),
            Shape::Xor => by_row(ROWS, |row| {
                let ((right, up), stray) = ((row % 2, row / 2 % 2), 0.22);
                let mut at = |side: usize| 1.5 * side as f64 - 0.75 + stray * normal(rng);
                ((at(right), at(up)), usize::from(right != up))
            }),
            // The first half is of one kind.
            Shape::Own => {
                by_row(own.len(), |row| (own[row], usize::from(2 * row >= own.len())))
            }
        }
    }
}

fn by_row(rows: usize, mut point: impl FnMut(usize) -> ((f64, f64), usize)) -> Examples {
    let (mut inputs, mut targets) = (Array2::zeros((rows, 2)), Array2::zeros((rows, 1)));
    for row in 0..rows {
        let ((x, y), kind) = point(row);
        (inputs[[row, 0]], inputs[[row, 1]]) = (x, y);
        targets[[row, 0]] = kind as f64;
    }
    Examples::new(inputs, targets)
}

/// What the reader chose.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// Which points.
    pub shape: Shape,
    /// The reader's own points.
    pub own: Vec<(f64, f64)>,
    /// How many neurons each hidden layer has.
    pub hidden: &'static [usize],
    /// Their bend.
    pub bend: Activation,
    /// The learning rate.
    pub rate: f64,
    /// How many points an update looks at.
    pub batch: usize,
    /// The seed of the weights and of the order of the points.
    pub seed: u64,
    /// The first weights, if the reader sets them: see [`first_weights`].
    pub weights: Option<Vec<f64>>,
}

/// A network in training.
pub struct Learner {
    /// The points.
    pub points: Examples,
    /// The network as it stands.
    pub network: Network,
    /// The mean cost of each epoch's points as they were seen.
    pub costs: Vec<f64>,
    training: Training,
    order: Box<dyn Rng>,
    failure: Option<TrainingError>,
}

impl Learner {
    /// Before its first epoch.
    pub fn new(choice: &Choice) -> Learner {
        let sizes: Vec<usize> = [&[2], choice.hidden, &[1]].concat();
        let network = Network::new(&sizes, choice.bend, &mut seeded(choice.seed));
        let mut network = network.with_output(Activation::Sigmoid);
        if let Some(weights) = &choice.weights {
            network.parameters_mut().zip(weights).for_each(|(own, first)| *own = *first);
        }
        let training = Training {
            cost: Cost::BinaryCrossEntropy,
            rate: choice.rate,
            batch: Batch::Rows(choice.batch),
            epochs: 1,
        };
        let order = Box::new(seeded(choice.seed + 1));
        let points = choice.shape.points(&choice.own);
        Learner { points, network, costs: Vec::new(), training, order, failure: None }
    }

    /// One epoch further, unless it has failed.
    pub fn epoch(&mut self) {
        if self.failure.is_none() {
            match self.training.run(&mut self.network, &self.points, &mut self.order) {
                Ok(history) => self.costs.extend(history.costs),
                Err(failure) => self.failure = Some(failure),
            }
        }
    }

    /// How many points are on the right side.
    pub fn right(&self) -> usize {
        let says = self.network.predict(self.points.inputs.view()); // (rows, 1)
        let both = says.iter().zip(&self.points.targets);
        both.filter(|(says, kind)| (**says >= 0.5) == (**kind == 1.0)).count()
    }
}

/// The first layers of a network, the output layer left out: what its last hidden neurons say.
fn before_output(network: &Network) -> Option<Network> {
    let hidden: Vec<Dense> = network.layers[..network.layers.len() - 1].to_vec();
    (!hidden.is_empty()).then(|| Network::from_layers(hidden))
}

/// The weights with which a network of three hidden neurons starts, unless the reader sets others: those of the hidden
/// layer input by input, its biases, then those of the output and its bias.
pub fn first_weights() -> Vec<f64> {
    let network = Network::new(&[2, 3, 1], Activation::Tanh, &mut seeded(SEED));
    network.parameters().map(|weight| (100.0 * weight).round() / 100.0).collect()
}

const SEED: u64 = 3;

#[cfg(test)]
mod tests {
    use super::*;

    fn choice(shape: Shape, hidden: &'static [usize]) -> Choice {
        let own = vec![(-0.5, 0.0), (0.5, 0.0)];
        let bend = Activation::Tanh;
        Choice {
            shape,
            own,
            hidden,
            bend,
            rate: 0.3,
            batch: 10,
            seed: SEED,
            weights: None,
        }
    }

    fn trained(choice: &Choice, epochs: usize) -> Learner {
        let mut learner = Learner::new(choice);
        (0..epochs).for_each(|_| learner.epoch());
        assert!(learner.failure.is_none());
        learner
    }

    #[test]
    fn without_a_hidden_layer_a_ring_is_out_of_reach_and_with_three_neurons_it_is_not() {
        let [none, three] = [&[][..], &[3][..]]
            .map(|hidden| trained(&choice(Shape::Circle, hidden), 200).right());
        assert!(none < ROWS * 3 / 4 && three == ROWS, "{none} {three}");
    }

    #[test]
    fn every_shape_has_as_many_points_of_either_kind_within_the_picture() {
        for shape in [Shape::Moons, Shape::Spiral, Shape::Circle, Shape::Xor] {
            let points = shape.points(&[]);
            assert_eq!(points.targets.sum(), ROWS as f64 / 2.0, "{shape:?}");
            assert!(points.inputs.iter().all(|at| at.abs() < EDGE), "{shape:?}");
        }
    }

    #[test]
    fn weights_that_are_set_are_those_it_starts_from() {
        let weights: Vec<f64> = (0..13).map(f64::from).collect();
        let learner = Learner::new(&Choice {
            weights: Some(weights.clone()),
            ..choice(Shape::Xor, &[3])
        });
        assert_eq!(learner.network.parameters().collect::<Vec<_>>(), weights);
    }

    use super::shown::EDGE;
}
