//! OR counts for a yes, AND for a no that is twice as loud, and the bias asks for at least one half.

use ndarray::array;
use nn::{Activation, Dense, Network};

/// 1 for (0, 1) and (1, 0), else 0. The first hidden neuron is OR, the second AND.
pub fn xor() -> Network {
    let hidden = Dense::new(
        array![[1.0, 1.0], [1.0, 1.0]], // (inputs, hidden): a column for each hidden neuron
        array![-0.5, -1.5],
        Activation::Threshold,
    );
    let output = Dense::new(array![[1.0], [-2.0]], array![-0.5], Activation::Threshold);
    Network::from_layers(vec![hidden, output])
}

#[path = "../checks/xor_by_hand.rs"]
mod checks;
