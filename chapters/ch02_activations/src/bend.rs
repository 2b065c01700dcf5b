//! Bends made from a sigmoid: stretched, steeper, moved up or down.

use ndarray::Axis;
use nn::activation::Own;
use nn::backprop::LayerGradient;
use nn::{Activation, Dense, Gradients, Network};

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
    /// What a neuron computes that bends in this way.
    pub activation: Activation,
}

macro_rules! bend {
    ($name:literal, height $height:literal, steepness $steepness:literal, shift $shift:literal) => {
        Bend {
            name: $name,
            height: $height,
            steepness: $steepness,
            shift: $shift,
            activation: Activation::Own(Own {
                name: $name,
                value: |z| $height * Activation::Sigmoid.value($steepness * z) + $shift,
                slope: |a| {
                    $steepness
                        * $height
                        * Activation::Sigmoid.slope((a - $shift) / $height)
                },
            }),
        }
    };
}

/// σ(z) itself.
pub const SIGMOID: Bend = Bend {
    name: "σ(z)",
    height: 1.0,
    steepness: 1.0,
    shift: 0.0,
    activation: Activation::Sigmoid,
};
/// σ moved down, so that its outputs lie around zero.
pub const CENTRED: Bend = bend!("σ(z) − ½", height 1.0, steepness 1.0, shift -0.5);
/// σ made steeper, so that its slope at zero is 1.
pub const STEEP: Bend = bend!("σ(4z)", height 1.0, steepness 4.0, shift 0.0);
/// Both.
pub const BOTH: Bend = bend!("σ(4z) − ½", height 1.0, steepness 4.0, shift -0.5);
/// Both, and twice as large: tanh.
pub const TANH: Bend = bend!("tanh z", height 2.0, steepness 2.0, shift -1.0);
/// The other way round, σ made from tanh: this one is ½ · tanh(½z) + ½, with tanh in place of σ.
pub const SIGMOID_IN_TANH: Bend =
    bend!("½ tanh(½z) + ½", height 0.5, steepness 0.5, shift 0.5);

impl Bend {
    /// The same bend, not moved up or down: its units differ in size alone.
    pub const fn unshifted(self) -> Bend {
        Bend { shift: 0.0, ..self }
    }

    /// The same network with this bend in its hidden layers.
    pub fn in_hidden(self, mut network: Network) -> Network {
        let hidden = network.layers.len() - 1;
        for layer in &mut network.layers[..hidden] {
            layer.activation = self.activation;
        }
        network
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

/// Turns the gradient of a network of sigmoids into the step that its twin with this bend would take.
///
/// There: the slopes along the twin's weights and biases, by the chain rule. And back: how far a step along
/// those slopes moves the sigmoids' own.
pub fn there_and_back(gradients: &mut Gradients, bend: Bend) {
    let last = gradients.layers.len() - 1;
    for (index, layer) in gradients.layers.iter_mut().enumerate() {
        let LayerGradient { weights, biases } = layer;
        let (height, shift) = behind(index, bend);
        let steepness = if index < last { bend.steepness } else { 1.0 };
        // By the shift of what comes in, a weight of the twin also moves a bias here.
        *weights *= steepness * height; // (inputs, outputs)
        weights.scaled_add(steepness * shift, biases);
        *biases *= steepness;
        biases.scaled_add(shift, &weights.sum_axis(Axis(0)));
        *biases *= steepness;
        *weights *= steepness * height;
    }
}

/// Height and shift of what comes into a layer: the inputs are as they are.
fn behind(index: usize, bend: Bend) -> (f64, f64) {
    if index == 0 { (1.0, 0.0) } else { (bend.height, bend.shift) }
}
