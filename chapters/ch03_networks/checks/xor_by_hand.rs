use ndarray::ArrayView2;
use nn::Network;

use super::xor;

fn face(what: &str, network: &Network, column: usize, wanted: [f64; 4]) {
    let xor = datasets::xor();
    let inputs: ArrayView2<f64> = xor.inputs.view();
    let said = network.predict(inputs).column(column).to_vec();
    for (row, (said, wanted)) in said.iter().zip(wanted).enumerate() {
        assert_eq!(
            *said,
            wanted,
            "{what} should say {wanted} to {}, and says {said}",
            inputs.row(row)
        );
    }
}

#[test]
fn the_hidden_neurons_are_or_and_and() {
    let hidden = Network::from_layers(vec![xor().layers[0].clone()]);
    face("the first hidden neuron, OR,", &hidden, 0, [0.0, 1.0, 1.0, 1.0]);
    face("the second hidden neuron, AND,", &hidden, 1, [0.0, 0.0, 0.0, 1.0]);
}

#[test]
fn the_output_is_xor() {
    face("the output", &xor(), 0, [0.0, 1.0, 1.0, 0.0]);
}
