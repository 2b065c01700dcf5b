use nn::{Activation, Neuron};

use super::{Slopes, backward};

#[path = "shaking.rs"]
mod shaking;
use shaking::{agree, differences};

const WEIGHTS: [f64; 5] = [0.8, -0.5, 0.3, 0.6, -0.1];
const INPUTS: [f64; 5] = [1.5, 0.4, -2.0, 0.7, 1.1];
const BENDS: [Activation; 4] =
    [Activation::Identity, Activation::Sigmoid, Activation::Tanh, Activation::Relu];

/// One meeting of a neuron and a row. The cost is the output times what arrives.
struct Case {
    weights: &'static [f64],
    inputs: &'static [f64],
    bias: f64,
    bend: Activation,
    arrives: f64,
}

impl Case {
    /// Every bend, neurons of different sizes, on both sides of zero.
    fn all() -> impl Iterator<Item = Case> {
        BENDS.into_iter().flat_map(|bend| {
            [(3, 0.2, 3.0), (5, 0.2, -0.5), (1, -2.0, 1.0)].map(
                |(size, bias, arrives)| Case {
                    weights: &WEIGHTS[..size],
                    inputs: &INPUTS[..size],
                    bias,
                    bend,
                    arrives,
                },
            )
        })
    }

    fn cost(&self, weights: &[f64], bias: f64, inputs: &[f64]) -> f64 {
        self.arrives * Neuron::new(weights, bias, self.bend).output(inputs)
    }

    fn slopes(&self) -> Slopes {
        let neuron = Neuron::new(self.weights, self.bias, self.bend);
        backward(&neuron, self.inputs, self.arrives)
    }

    fn name(&self, of: &str) -> String {
        let (bend, inputs, arrives) = (self.bend.name(), self.inputs, self.arrives);
        format!("{of} with {bend} at {inputs:?}, when {arrives} arrives")
    }
}

#[test]
fn the_slopes_of_the_weights() {
    for case in Case::all() {
        let measured =
            differences(|w| case.cost(w, case.bias, case.inputs), case.weights);
        agree(&case.name("weights"), &case.slopes().weights, &measured);
    }
}

#[test]
fn the_slope_of_the_bias() {
    for case in Case::all() {
        let measured =
            differences(|b| case.cost(case.weights, b[0], case.inputs), &[case.bias]);
        agree(&case.name("bias"), &[case.slopes().bias], &measured);
    }
}

#[test]
fn the_slopes_of_the_inputs() {
    for case in Case::all() {
        let measured =
            differences(|x| case.cost(case.weights, case.bias, x), case.inputs);
        agree(&case.name("inputs"), &case.slopes().inputs, &measured);
    }
}
