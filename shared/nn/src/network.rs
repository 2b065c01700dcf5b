//! Layers in order: the outputs of one are the inputs of the next.

use ndarray::{Array2, ArrayView2};
use rand::Rng;

use crate::examples::largest;
use crate::{Activation, Cost, Dense, Examples};

/// A feed-forward network.
#[derive(Clone, Debug, PartialEq)]
pub struct Network {
    /// From the inputs to the outputs.
    pub layers: Vec<Dense>,
}

impl Network {
    /// A network with random weights: `sizes` counts the inputs, the neurons of each hidden layer and
    /// the outputs.
    ///
    /// Hidden layers bend with `hidden`; the output layer does not bend (see
    /// [`with_output`](Network::with_output)). Weights are normal with variance 1 / inputs (LeCun et al.,
    /// 1998), or 2 / inputs in front of ReLU (He et al., 2015), so that signals neither fade nor grow on
    /// their way. Biases start at zero.
    ///
    /// # Panics
    /// If there are fewer than two sizes, or one is zero.
    pub fn new(sizes: &[usize], hidden: Activation, rng: &mut impl Rng) -> Network {
        assert!(
            sizes.len() >= 2 && !sizes.contains(&0),
            "a network needs at least two sizes, all above zero (inputs, …, outputs), but got {sizes:?}"
        );
        let mut layers: Vec<Dense> = Vec::new();
        for pair in sizes.windows(2) {
            let gain = if hidden == Activation::Relu { 2.0 } else { 1.0 };
            let deviation = f64::sqrt(gain / pair[0] as f64);
            layers.push(Dense::random(pair[0], pair[1], hidden, deviation, rng));
        }
        Network { layers }.with_output(Activation::Identity)
    }

    /// A network of these layers.
    ///
    /// # Panics
    /// If there is no layer, or one does not take as many inputs as the one before it has outputs.
    pub fn from_layers(layers: Vec<Dense>) -> Network {
        assert!(!layers.is_empty(), "a network needs at least one layer, but got none");
        for (index, pair) in layers.windows(2).enumerate() {
            assert_eq!(
                pair[0].outputs(),
                pair[1].inputs(),
                "layer {} has {} outputs, but layer {} takes {} inputs",
                index + 1,
                pair[0].outputs(),
                index + 2,
                pair[1].inputs(),
            );
        }
        Network { layers }
    }

    /// The same network with another bend at its outputs.
    pub fn with_output(mut self, activation: Activation) -> Network {
        let last = self.layers.len() - 1;
        self.layers[last].activation = activation;
        self
    }

    /// How many inputs a row has.
    pub fn inputs(&self) -> usize {
        self.layers[0].inputs()
    }

    /// How many outputs a row has.
    pub fn outputs(&self) -> usize {
        self.layers[self.layers.len() - 1].outputs()
    }

    /// How many numbers can be learnt: all weights and all biases.
    pub fn parameters(&self) -> usize {
        self.layers.iter().map(|layer| layer.weights.len() + layer.biases.len()).sum()
    }

    /// The learnable numbers, a slice per array: the weights of the first layer (row by row), its
    /// biases, then the next layer's.
    ///
    /// # Panics
    /// If a weight matrix was replaced by one that is not stored row by row.
    pub fn blocks_mut(&mut self) -> impl Iterator<Item = &mut [f64]> {
        self.layers.iter_mut().flat_map(|layer| {
            [layer.weights.as_slice_mut(), layer.biases.as_slice_mut()]
                .map(|block| block.expect("weights are stored row by row"))
        })
    }

    /// What the network answers: `(rows, inputs)` in, `(rows, outputs)` out.
    ///
    /// # Panics
    /// If a row has not one number per input.
    pub fn predict(&self, inputs: ArrayView2<f64>) -> Array2<f64> {
        let mut signal = inputs.to_owned();
        for layer in &self.layers {
            let mut outputs = Array2::zeros((signal.nrows(), layer.outputs())); // (rows, outputs)
            layer.forward(signal.view(), outputs.view_mut());
            signal = outputs;
        }
        signal
    }

    /// The mean cost per row.
    ///
    /// # Panics
    /// If the examples do not fit the network.
    pub fn cost(&self, examples: &Examples, cost: Cost) -> f64 {
        self.expect_fit(examples);
        let outputs = self.predict(examples.inputs.view());
        mean_cost(cost, outputs.view(), examples.targets.view())
    }

    /// The class of each row: the place of its largest output.
    pub fn classify(&self, inputs: ArrayView2<f64>) -> Vec<usize> {
        largest(self.predict(inputs).view())
    }

    /// The share of rows that the network gets right, from 0 to 1.
    ///
    /// With several outputs, a row is right if the largest output stands where the largest target does;
    /// with a single one, if output and target are on the same side of ½.
    ///
    /// # Panics
    /// If the examples do not fit the network.
    pub fn accuracy(&self, examples: &Examples) -> f64 {
        self.expect_fit(examples);
        let outputs = self.predict(examples.inputs.view());
        let right = if self.outputs() == 1 {
            let yes = |number: &f64| *number >= 0.5;
            outputs
                .iter()
                .zip(&examples.targets)
                .filter(|(a, y)| yes(a) == yes(y))
                .count()
        } else {
            let wanted = largest(examples.targets.view());
            largest(outputs.view()).iter().zip(&wanted).filter(|(a, y)| a == y).count()
        };
        right as f64 / examples.rows() as f64
    }

    /// Panics with both shapes unless the network takes these inputs and gives these targets.
    pub(crate) fn expect_fit(&self, examples: &Examples) {
        let examples = (examples.inputs.ncols(), examples.targets.ncols());
        assert_eq!(
            (self.inputs(), self.outputs()),
            examples,
            "a network of {} inputs and {} outputs was given rows of {} inputs and {} targets",
            self.inputs(),
            self.outputs(),
            examples.0,
            examples.1,
        );
    }
}

/// The mean over rows of a cost; both arrays are `(rows, outputs)` and stored row by row.
pub(crate) fn mean_cost(
    cost: Cost,
    outputs: ArrayView2<f64>,
    targets: ArrayView2<f64>,
) -> f64 {
    let mut total = 0.0;
    for (output, target) in outputs.rows().into_iter().zip(targets.rows()) {
        total += match (output.as_slice(), target.as_slice()) {
            (Some(output), Some(target)) => cost.value(output, target),
            _ => cost.value(&output.to_vec(), &target.to_vec()),
        };
    }
    total / outputs.nrows() as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seeded;
    use ndarray::array;

    #[test]
    fn outputs_of_one_layer_are_inputs_of_the_next() {
        let double = Dense::new(array![[2.0]], array![0.0], Activation::Identity);
        let add_one = Dense::new(array![[1.0]], array![1.0], Activation::Identity);
        let network = Network::from_layers(vec![double, add_one]);
        assert_eq!(network.predict(array![[3.0], [-1.0]].view()), array![[7.0], [-1.0]]);
    }

    #[test]
    fn parameters_are_counted_and_reached() {
        let mut network = Network::new(&[64, 32, 10], Activation::Tanh, &mut seeded(1));
        assert_eq!(network.parameters(), 64 * 32 + 32 + 32 * 10 + 10);
        let reached: usize = network.blocks_mut().map(|block| block.len()).sum();
        assert_eq!(reached, 64 * 32 + 32 + 32 * 10 + 10);
    }

    #[test]
    fn accuracy_counts_rows_whose_answer_is_right() {
        let layer =
            Dense::new(array![[1.0, -1.0]], array![0.0, 0.0], Activation::Identity);
        let network = Network::from_layers(vec![layer]);
        let inputs = array![[1.0], [2.0], [-1.0], [-3.0]];
        let targets = array![[1.0, 0.0], [1.0, 0.0], [0.0, 1.0], [1.0, 0.0]];
        assert_eq!(network.accuracy(&Examples::new(inputs, targets)), 0.75);
    }

    #[test]
    fn a_single_output_is_a_yes_from_one_half_on() {
        let layer = Dense::new(array![[1.0]], array![0.0], Activation::Identity);
        let examples =
            Examples::new(array![[0.5], [0.4], [2.0]], array![[1.0], [1.0], [1.0]]);
        let accuracy = Network::from_layers(vec![layer]).accuracy(&examples);
        assert!((accuracy - 2.0 / 3.0).abs() < 1e-15);
    }

    #[test]
    #[should_panic(expected = "layer 1 has 3 outputs, but layer 2 takes 4 inputs")]
    fn layers_that_do_not_fit_are_named() {
        let rng = &mut seeded(1);
        let first = Dense::random(2, 3, Activation::Tanh, 1.0, rng);
        let second = Dense::random(4, 1, Activation::Tanh, 1.0, rng);
        Network::from_layers(vec![first, second]);
    }

    #[test]
    #[should_panic(
        expected = "a network of 2 inputs and 1 outputs was given rows of 3 inputs and 1"
    )]
    fn examples_that_do_not_fit_are_named() {
        let network = Network::new(&[2, 1], Activation::Tanh, &mut seeded(1));
        network.accuracy(&Examples::new(array![[1.0, 2.0, 3.0]], array![[1.0]]));
    }
}
