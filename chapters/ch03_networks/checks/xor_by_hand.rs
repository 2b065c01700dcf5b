use nn::{Activation, Network};

use super::xor;

/// The network, once it is certain that it has the layers of the exercise.
fn built() -> Network {
    let network = xor();
    let shape: Vec<(usize, usize)> =
        network.layers.iter().map(|layer| layer.weights.dim()).collect();
    assert!(
        shape == [(2, 2), (2, 1)],
        "two inputs, two hidden neurons and one output need weights of (2, 2) and (2, 1), but yours are {shape:?}"
    );
    for layer in &network.layers {
        assert!(
            layer.biases.len() == layer.outputs(),
            "a layer of {} neurons needs as many biases, but has {}",
            layer.outputs(),
            layer.biases
        );
        assert!(
            layer.activation == Activation::Threshold,
            "all three neurons must keep their threshold, but one has {}",
            layer.activation.name()
        );
    }
    network
}

fn face(what: &str, network: &Network, column: usize, wanted: [f64; 4]) {
    let inputs = datasets::xor().inputs;
    let said = network.predict(inputs.view()).column(column).to_vec();
    for (row, (said, wanted)) in said.iter().zip(wanted).enumerate() {
        assert!(
            *said == wanted,
            "{what} should say {wanted} to {}, and says {said}",
            inputs.row(row)
        );
    }
}

#[test]
fn the_hidden_neurons_are_or_and_and() {
    let hidden = Network::from_layers(vec![built().layers.swap_remove(0)]);
    face("the first hidden neuron, OR,", &hidden, 0, [0.0, 1.0, 1.0, 1.0]);
    face("the second hidden neuron, AND,", &hidden, 1, [0.0, 0.0, 0.0, 1.0]);
}

#[test]
fn the_output_is_xor() {
    face("the output", &built(), 0, [0.0, 1.0, 1.0, 0.0]);
}
