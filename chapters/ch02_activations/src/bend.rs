//! Bends made from a sigmoid: stretched, steeper, moved up or down.

use ndarray::Axis;
use nn::backprop::LayerGradient;
use nn::{Activation, Backprop, Cost, Dense, Examples, Gradients, Network};
use rand::{Rng, seq::SliceRandom};

/// The function height · σ(steepness · z) + shift.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bend {
    /// What to call it.
    pub name: &'static str,
    /// How far it reaches from bottom to top.
    pub height: f64,
    /// How much faster than σ it gets there.
    pub steepness: f64,
    /// How far its bottom lies from zero.
    pub shift: f64,
}

/// σ(z) itself.
pub const SIGMOID: Bend = Bend { name: "σ(z)", height: 1.0, steepness: 1.0, shift: 0.0 };
/// σ moved down, so that its outputs lie around zero.
pub const CENTRED: Bend =
    Bend { name: "σ(z) − ½", height: 1.0, steepness: 1.0, shift: -0.5 };
/// σ made steeper, so that its slope at zero is 1.
pub const STEEP: Bend = Bend { name: "σ(4z)", height: 1.0, steepness: 4.0, shift: 0.0 };
/// Both.
pub const BOTH: Bend =
    Bend { name: "σ(4z) − ½", height: 1.0, steepness: 4.0, shift: -0.5 };
/// Both, and twice as large: tanh.
pub const TANH: Bend = Bend { name: "tanh z", height: 2.0, steepness: 2.0, shift: -1.0 };
/// The other way round, σ made from tanh: this one is ½ · tanh(½z) + ½, with tanh in place of σ.
pub const SIGMOID_IN_TANH: Bend =
    Bend { name: "½ tanh(½z) + ½", height: 0.5, steepness: 0.5, shift: 0.5 };

impl Bend {
    /// The function itself.
    pub fn value(self, z: f64) -> f64 {
        self.height * Activation::Sigmoid.value(self.steepness * z) + self.shift
    }
}

/// A network of sigmoids that computes what `network` would compute if its hidden layers had this bend.
///
/// The steepness goes into the weights in front of a hidden layer, the height into those behind it, and
/// the shift into the biases behind it.
pub fn in_sigmoids(network: &Network, bend: Bend) -> Network {
    let last = network.layers.len() - 1;
    let mut layers = Vec::new();
    for (index, layer) in network.layers.iter().enumerate() {
        let (height, shift) = behind(index, bend);
        let mut biases = layer.biases.clone(); // (outputs)
        if shift != 0.0 {
            biases.scaled_add(shift, &layer.weights.sum_axis(Axis(0)));
        }
        let (steepness, activation) = if index < last {
            (bend.steepness, Activation::Sigmoid)
        } else {
            (1.0, layer.activation)
        };
        let weights = steepness * height * &layer.weights; // (inputs, outputs)
        layers.push(Dense::new(weights, steepness * biases, activation));
    }
    Network::from_layers(layers)
}

/// The gradients for `network` with this bend, from those of its twin in sigmoids: the chain rule.
fn from_sigmoids(gradients: &Gradients, bend: Bend) -> Gradients {
    let last = gradients.layers.len() - 1;
    let back = |(index, twin): (usize, &LayerGradient)| {
        let (height, shift) = behind(index, bend);
        let steepness = if index < last { bend.steepness } else { 1.0 };
        let mut weights = steepness * height * &twin.weights; // (inputs, outputs)
        if shift != 0.0 {
            weights.scaled_add(steepness * shift, &twin.biases);
        }
        LayerGradient { weights, biases: steepness * &twin.biases }
    };
    Gradients { layers: gradients.layers.iter().enumerate().map(back).collect() }
}

/// Height and shift of what comes into a layer: the inputs are as they are.
fn behind(index: usize, bend: Bend) -> (f64, f64) {
    if index == 0 { (1.0, 0.0) } else { (bend.height, bend.shift) }
}

/// How to train: rows per update, and how often to go through all rows.
#[derive(Clone, Copy, Debug)]
pub struct Schedule {
    /// The learning rate.
    pub rate: f64,
    /// Rows per update.
    pub batch: usize,
    /// Times through all rows.
    pub epochs: usize,
}

/// Trains `network`, whose hidden layers have this bend; per epoch, the mean cost of its rows as they were seen.
pub fn train(
    network: &mut Network,
    bend: Bend,
    examples: &Examples,
    cost: Cost,
    schedule: Schedule,
    rng: &mut impl Rng,
) -> Vec<f64> {
    let mut backprop = Backprop::new(network, schedule.batch);
    let mut order: Vec<usize> = (0..examples.rows()).collect();
    let mut costs = Vec::with_capacity(schedule.epochs);
    for _ in 0..schedule.epochs {
        order.shuffle(rng);
        let mut total = 0.0;
        for rows in order.chunks(schedule.batch) {
            let batch = examples.select(rows);
            let twin = in_sigmoids(network, bend);
            let mean =
                backprop.run(&twin, batch.inputs.view(), batch.targets.view(), cost);
            let gradients = from_sigmoids(backprop.gradients(), bend);
            for (block, slopes) in network.blocks_mut().zip(gradients.blocks()) {
                for (number, slope) in block.iter_mut().zip(slopes) {
                    *number -= schedule.rate * slope;
                }
            }
            total += mean * rows.len() as f64;
        }
        costs.push(total / examples.rows() as f64);
    }
    costs
}
