//! Layers in order: the outputs of one are the inputs of the next.

use ndarray::{Array2, ArrayView2};
use rand::Rng;

use crate::examples::{class, classes};
use crate::{Activation, Cost, Dense, Examples, Mismatch};

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
    /// If there is no layer, one has no inputs or no neurons, or one does not take as many inputs as the
    /// one before it has outputs.
    pub fn from_layers(layers: Vec<Dense>) -> Network {
        assert!(!layers.is_empty(), "a network needs at least one layer, but got none");
        for (index, layer) in layers.iter().enumerate() {
            assert!(
                !layer.weights.is_empty(),
                "layer {} has {} inputs and {} outputs; each layer needs at least one of both",
                index + 1,
                layer.inputs(),
                layer.outputs(),
            );
        }
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

    /// What bends the sums of the last layer.
    pub(crate) fn output_activation(&self) -> Activation {
        self.layers[self.layers.len() - 1].activation
    }

    /// How many numbers can be learnt: all weights and all biases.
    pub fn parameters(&self) -> usize {
        self.layers.iter().map(|layer| layer.weights.len() + layer.biases.len()).sum()
    }

    /// The learnable numbers, a slice per array: the weights of the first layer (row by row), its
    /// biases, then the next layer's.
    pub fn blocks_mut(&mut self) -> impl Iterator<Item = &mut [f64]> {
        self.layers.iter_mut().flat_map(Dense::blocks_mut)
    }

    /// What the network answers: `(rows, inputs)` in, `(rows, outputs)` out.
    ///
    /// # Panics
    /// If a row has not one number per input, or the layers were changed and no longer fit each other.
    pub fn predict(&self, inputs: ArrayView2<f64>) -> Array2<f64> {
        let mut outputs = self.output_sums(inputs);
        self.layers[self.layers.len() - 1].bend(outputs.view_mut());
        outputs
    }

    /// The weighted sums of the last layer, `(rows, outputs)`.
    fn output_sums(&self, inputs: ArrayView2<f64>) -> Array2<f64> {
        let mut signal = inputs.to_owned();
        for (index, layer) in self.layers.iter().enumerate() {
            let mut sums = Array2::zeros((signal.nrows(), layer.outputs())); // (rows, outputs)
            layer.weighted_sums(signal.view(), sums.view_mut());
            if index + 1 < self.layers.len() {
                layer.bend(sums.view_mut());
            }
            signal = sums;
        }
        signal
    }

    /// The mean cost per row.
    ///
    /// # Panics
    /// If network, examples and cost do not go together; see [`Mismatch`].
    pub fn cost(&self, examples: &Examples, cost: Cost) -> f64 {
        self.expect_fit(examples, Some(cost));
        let sums = self.output_sums(examples.inputs.view());
        let last = &self.layers[self.layers.len() - 1];
        let mut outputs = sums.clone();
        last.bend(outputs.view_mut());
        let targets = examples.targets.view();
        mean_cost(cost, last.activation, sums.view(), outputs.view(), targets)
    }

    /// The class of each row, as [`class`] reads it: with several outputs the place of the largest, with a
    /// single one 1 from ½ on and 0 below.
    ///
    /// # Panics
    /// If a row has not one number per input, or an output is not a number, as after training diverged.
    pub fn classify(&self, inputs: ArrayView2<f64>) -> Vec<usize> {
        classes(self.predict(inputs).view())
    }

    /// The share of rows whose outputs stand for the same [`class`] as their targets, from 0 to 1.
    ///
    /// A row with an output that is not a number is never right.
    ///
    /// # Panics
    /// If the examples do not fit the network, or the targets of a single output do not lie between 0
    /// and 1; see [`Mismatch`].
    pub fn accuracy(&self, examples: &Examples) -> f64 {
        self.expect_fit(examples, None);
        if self.outputs() == 1 {
            let neither = |y: &f64| !(0.0..=1.0).contains(y);
            if let Some((row, &value)) =
                examples.targets.iter().enumerate().find(|(_, y)| neither(y))
            {
                panic!("{}", Mismatch::NeitherYesNorNo { row, value });
            }
        }
        let outputs = self.predict(examples.inputs.view());
        let answers = outputs.rows().into_iter().map(class);
        let wanted = examples.targets.rows().into_iter().map(class);
        let right = answers.zip(wanted).filter(|(a, y)| a.is_some() && a == y).count();
        right as f64 / examples.rows() as f64
    }

    /// Panics with what does not go together.
    fn expect_fit(&self, examples: &Examples, cost: Option<Cost>) {
        Mismatch::look(self, examples.inputs.view(), examples.targets.view(), cost)
            .unwrap_or_else(|wrong| panic!("{wrong}"));
    }
}

/// The mean over rows of a cost; all three arrays are `(rows, outputs)`, the first two stored row by row.
pub(crate) fn mean_cost(
    cost: Cost,
    bend: Activation,
    sums: ArrayView2<f64>,
    outputs: ArrayView2<f64>,
    targets: ArrayView2<f64>,
) -> f64 {
    let mut total = 0.0;
    for ((z, a), y) in sums.rows().into_iter().zip(outputs.rows()).zip(targets.rows()) {
        let (z, a) = (z.to_slice().expect(WHOLE), a.to_slice().expect(WHOLE));
        total += match y.to_slice() {
            Some(y) => cost.of_sums(bend, z, a, y),
            None => cost.of_sums(bend, z, a, &y.to_vec()),
        };
    }
    total / outputs.nrows() as f64
}

/// Why the rows of a buffer are slices.
pub(crate) const WHOLE: &str = "buffers are cut by whole rows, so they stay contiguous";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seeded;
    use ndarray::{Array1, array};

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
    fn classify_and_accuracy_read_an_answer_in_the_same_way() {
        // Sums −1, 1, 1, −1: XOR's answers, from a single output.
        let single = Dense::new(array![[1.0]], array![0.0], Activation::Sigmoid);
        let single = Network::from_layers(vec![single]);
        let xor = Examples::new(
            array![[-1.0], [1.0], [1.0], [-1.0]],
            array![[0.0], [1.0], [1.0], [0.0]],
        );
        assert_eq!(single.accuracy(&xor), 1.0);
        assert_eq!(single.classify(xor.inputs.view()), [0, 1, 1, 0]);
        let double =
            Dense::new(array![[0.0, 1.0]], array![0.0, 0.0], Activation::Identity);
        let double = Network::from_layers(vec![double]);
        assert_eq!(double.classify(xor.inputs.view()), [0, 1, 1, 0]);
    }

    #[test]
    fn a_network_that_is_lost_gets_nothing_right() {
        for outputs in [1, 2] {
            let rng = &mut seeded(1);
            let mut network = Network::new(&[2, outputs], Activation::Tanh, rng);
            let inputs = array![[0.0, 1.0], [1.0, 0.0]];
            let targets =
                Array2::from_shape_fn((2, outputs), |(_, output)| f64::from(output == 0));
            network.layers[0].biases.fill(f64::NAN);
            assert_eq!(network.accuracy(&Examples::new(inputs, targets)), 0.0);
        }
    }

    #[test]
    #[should_panic(expected = "row 0 (counted from 0) stands for no class")]
    fn a_network_that_is_lost_does_not_classify() {
        let mut network = Network::new(&[1, 2], Activation::Tanh, &mut seeded(1));
        network.layers[0].biases[1] = f64::NAN;
        network.classify(array![[1.0]].view());
    }

    fn identity() -> Network {
        let layer = Dense::new(array![[1.0]], array![0.0], Activation::Identity);
        Network::from_layers(vec![layer])
    }

    #[test]
    #[should_panic(expected = "targets[[1, 0]] is 2.0; accuracy counts classes")]
    fn a_quantity_is_no_class() {
        identity().accuracy(&Examples::new(array![[1.0], [2.0]], array![[1.0], [2.0]]));
    }

    #[test]
    #[should_panic(expected = "targets[[0, 0]] is -1.0; accuracy counts classes")]
    fn a_no_that_is_written_as_minus_one_is_named() {
        identity().accuracy(&Examples::new(array![[1.0], [2.0]], array![[-1.0], [1.0]]));
    }

    #[test]
    #[should_panic(expected = "targets[[1, 1]] is NaN")]
    fn accuracy_refuses_targets_that_are_no_numbers() {
        let network = Network::new(&[1, 2], Activation::Tanh, &mut seeded(1));
        network.accuracy(&Examples::new(
            array![[1.0], [2.0]],
            array![[1.0, 0.0], [1.0, f64::NAN]],
        ));
    }

    #[test]
    fn weights_have_the_variance_that_their_activation_needs() {
        for (hidden, gain) in [(Activation::Tanh, 1.0), (Activation::Relu, 2.0)] {
            let network = Network::new(&[400, 100], hidden, &mut seeded(1));
            let squares: f64 = network.layers[0].weights.iter().map(|w| w * w).sum();
            let variance = squares / 40_000.0;
            assert!(
                (variance * 400.0 - gain).abs() < 0.05 * gain,
                "{hidden:?}: {variance}"
            );
            assert!(network.layers[0].biases.iter().all(|&bias| bias == 0.0));
        }
    }

    #[test]
    fn hidden_layers_bend_and_the_last_one_as_it_is_told() {
        let network = Network::new(&[2, 3, 4, 1], Activation::Tanh, &mut seeded(1));
        let bends = |network: &Network| -> Vec<_> {
            network.layers.iter().map(|layer| layer.activation).collect()
        };
        use Activation::{Identity, Sigmoid, Tanh};
        assert_eq!(bends(&network), [Tanh, Tanh, Identity]);
        assert_eq!(bends(&network.with_output(Sigmoid)), [Tanh, Tanh, Sigmoid]);
    }

    fn panic_of(sizes: &[usize]) -> String {
        let panic = std::panic::catch_unwind(|| {
            Network::new(sizes, Activation::Tanh, &mut seeded(1));
        });
        panic.unwrap_err().downcast_ref::<String>().expect("a message").clone()
    }

    #[test]
    fn sizes_that_are_none_are_refused() {
        for sizes in [&[][..], &[3], &[3, 0, 1], &[0, 1], &[3, 0]] {
            let message = panic_of(sizes);
            assert!(message.contains(&format!("but got {sizes:?}")), "{message}");
        }
    }

    #[test]
    #[should_panic(expected = "a network needs at least one layer, but got none")]
    fn a_network_without_layers_is_refused() {
        Network::from_layers(vec![]);
    }

    #[test]
    fn a_layer_without_neurons_or_inputs_is_refused() {
        for (inputs, outputs) in [(2, 0), (0, 2)] {
            let layer = Dense::new(
                Array2::zeros((inputs, outputs)),
                Array1::zeros(outputs),
                Activation::Tanh,
            );
            let panic = std::panic::catch_unwind(|| Network::from_layers(vec![layer]))
                .unwrap_err();
            let message = panic.downcast_ref::<String>().expect("a message");
            let start = format!("layer 1 has {inputs} inputs and {outputs} outputs");
            assert!(message.starts_with(&start), "{message}");
        }
    }

    #[test]
    #[should_panic(expected = "Dense takes 3 inputs, but the row has 4")]
    fn layers_that_were_changed_and_no_longer_fit_are_named() {
        let mut network = Network::new(&[2, 3, 1], Activation::Tanh, &mut seeded(1));
        network.layers[0] = Dense::random(2, 4, Activation::Tanh, 1.0, &mut seeded(2));
        network.predict(array![[1.0, 2.0]].view());
    }

    #[test]
    #[should_panic(expected = "Dense takes 2 inputs, but the row has 3")]
    fn rows_that_are_too_wide_are_named() {
        let network = Network::new(&[2, 1], Activation::Tanh, &mut seeded(1));
        network.predict(array![[1.0, 2.0, 3.0]].view());
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
