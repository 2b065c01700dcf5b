use nn::{Activation, Network, seeded};

use super::parameters;

#[test]
fn a_single_neuron_has_a_weight_per_input_and_a_bias() {
    assert_eq!(parameters(&[3, 1]), 4, "3 inputs, 1 neuron: 3 weights and 1 bias");
}

#[test]
fn inputs_are_no_neurons() {
    assert_eq!(
        parameters(&[4, 6, 1]),
        37,
        "4·6 + 6 for the hidden layer, 6·1 + 1 for the output"
    );
}

#[test]
fn it_agrees_with_networks_that_exist() {
    for sizes in [vec![1, 1], vec![2, 2, 1], vec![64, 32, 10], vec![5, 4, 3, 2, 1]] {
        let network = Network::new(&sizes, Activation::Tanh, &mut seeded(1));
        assert_eq!(
            parameters(&sizes),
            network.parameters(),
            "a network of the sizes {sizes:?} learns {} numbers",
            network.parameters()
        );
    }
}
