use nn::{Activation, Neuron};

#[path = "shaking.rs"]
mod shaking;
use super::backward;
use shaking::{agree, differences};

const WEIGHTS: [f64; 3] = [0.8, -0.5, 0.3];
const INPUTS: [f64; 3] = [1.5, 0.4, -2.0];
const BIAS: f64 = 0.2;

/// The cost is three times the output, so 3 is what arrives.
fn cost(weights: &[f64], bias: f64, inputs: &[f64], activation: Activation) -> f64 {
    3.0 * Neuron::new(weights, bias, activation).output(inputs)
}

#[test]
fn the_slopes_of_the_weights() {
    for bend in [Activation::Identity, Activation::Sigmoid, Activation::Tanh] {
        let found = backward(&Neuron::new(&WEIGHTS, BIAS, bend), &INPUTS, 3.0).weights;
        let measured = differences(|w| cost(w, BIAS, &INPUTS, bend), &WEIGHTS);
        agree(&format!("weights with {}", bend.name()), &found, &measured);
    }
}

#[test]
fn the_slope_of_the_bias() {
    for bend in [Activation::Identity, Activation::Sigmoid, Activation::Tanh] {
        let found = backward(&Neuron::new(&WEIGHTS, BIAS, bend), &INPUTS, 3.0).bias;
        let measured = differences(|b| cost(&WEIGHTS, b[0], &INPUTS, bend), &[BIAS]);
        agree(&format!("bias with {}", bend.name()), &[found], &measured);
    }
}

#[test]
fn the_slopes_of_the_inputs() {
    for bend in [Activation::Identity, Activation::Sigmoid, Activation::Tanh] {
        let found = backward(&Neuron::new(&WEIGHTS, BIAS, bend), &INPUTS, 3.0).inputs;
        let measured = differences(|x| cost(&WEIGHTS, BIAS, x, bend), &INPUTS);
        agree(&format!("inputs with {}", bend.name()), &found, &measured);
    }
}
