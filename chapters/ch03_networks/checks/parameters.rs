use nn::{Activation, Network, seeded};

use super::parameters;

fn face(sizes: &[usize], wanted: usize, why: &str) {
    let found = parameters(sizes);
    assert!(
        found == wanted,
        "a network of the sizes {sizes:?} learns {wanted} numbers, not {found}: {why}"
    );
}

#[test]
fn a_single_neuron_has_a_weight_per_input_and_a_bias() {
    face(&[3, 1], 4, "3 inputs, 1 neuron: 3 weights and 1 bias");
}

#[test]
fn inputs_are_no_neurons() {
    face(&[4, 6, 1], 37, "4·6 + 6 for the hidden layer, 6·1 + 1 for the output");
}

#[test]
fn it_agrees_with_networks_that_exist() {
    for sizes in [
        vec![1, 1],
        vec![2, 2, 1],
        vec![64, 32, 10],
        vec![3, 20, 2, 7],
        vec![5, 4, 3, 2, 1],
    ] {
        let network = Network::new(&sizes, Activation::Tanh, &mut seeded(1));
        face(
            &sizes,
            network.parameter_count(),
            "so many are in the network that `nn` builds",
        );
    }
}
