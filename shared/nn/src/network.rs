//! Layers in order: the outputs of one are the inputs of the next.
//!
//! Each layer alone can only bend a weighted sum. Several in a row bend what is bent already, and so come
//! near to functions of any shape. A network is a list of layers and what one asks of it: an answer
//! ([`Network::predict`]), how wrong it is ([`Network::cost`]), or how often it is right
//! ([`Network::accuracy`]).

use rand::Rng;

use crate::class::{class, classes, wanted_class};
use crate::math::{Matrix, Rows};
use crate::mismatch::expect_as_many;
use crate::{Activation, Backprop, Cost, Dense, Examples, Gradients, Mismatch};

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
    /// 1998), or 2 / inputs if the hidden layers are ReLU (He et al., 2015), so that signals neither fade nor
    /// grow on their way. Biases start at zero.
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
        let network = Network { layers };
        Mismatch::in_layers(&network).unwrap_or_else(|wrong| panic!("{wrong}"));
        network
    }

    /// The same network with another bend at its outputs.
    pub fn with_output(mut self, activation: Activation) -> Network {
        self.layers.last_mut().expect(NO_LAYER).activation = activation;
        self
    }

    /// How many inputs a row has.
    pub fn inputs(&self) -> usize {
        self.layers.first().expect(NO_LAYER).inputs()
    }

    /// How many outputs a row has.
    pub fn outputs(&self) -> usize {
        self.last_layer().outputs()
    }

    /// The layer that answers.
    pub(crate) fn last_layer(&self) -> &Dense {
        self.layers.last().expect(NO_LAYER)
    }

    /// The learnable numbers: the weights of the first layer (row by row), its biases, then the next
    /// layer's.
    pub fn parameters(&self) -> impl Iterator<Item = f64> {
        self.layers.iter().flat_map(Dense::parameters).copied()
    }

    /// [`Network::parameters`], to be changed.
    pub fn parameters_mut(&mut self) -> impl Iterator<Item = &mut f64> {
        self.layers.iter_mut().flat_map(Dense::parameters_mut)
    }

    /// How many numbers can be learnt: all weights and all biases.
    pub fn parameter_count(&self) -> usize {
        self.parameters().count()
    }

    /// One update by gradient descent: every number moves against its slope, by `rate` times the slope.
    ///
    /// # Panics
    /// If these are not the gradients of such a network.
    pub fn update(&mut self, rate: f64, gradients: &Gradients) {
        gradients.expect_fit(self);
        for (parameter, slope) in self.parameters_mut().zip(gradients.entries()) {
            *parameter -= rate * slope;
        }
    }

    /// What the network answers: `(rows, inputs)` in, `(rows, outputs)` out.
    ///
    /// # Panics
    /// If a row has not one number per input, or the layers were changed and no longer fit each other.
    pub fn predict(&self, inputs: Rows) -> Matrix {
        Mismatch::in_layers(self).unwrap_or_else(|wrong| panic!("{wrong}"));
        let (takes, width) = (self.inputs(), inputs.ncols());
        expect_as_many("a network", (takes, "inputs"), (width, "columns"));
        let mut signal = inputs.to_owned();
        for layer in &self.layers {
            let mut outputs = Matrix::zeros((signal.nrows(), layer.outputs()));
            layer.forward(signal.view(), outputs.view_mut());
            signal = outputs;
        }
        signal
    }

    /// The mean cost per row.
    ///
    /// # Panics
    /// If network, examples and cost do not go together; see [`Mismatch`].
    pub fn cost(&self, examples: &Examples, cost: Cost) -> f64 {
        self.expect_fit(examples, Some(cost));
        let mut pass = Backprop::new(self, examples.rows());
        pass.take(self, examples, 0..examples.rows());
        pass.forward_rows(self);
        pass.judge(self, cost)
    }

    /// The class of each row, as [`class`] reads it: with several outputs the place of the largest, with a
    /// single one 1 from ½ on and 0 below.
    ///
    /// # Panics
    /// If a row has not one number per input, or an output is not a number, as after training diverged.
    pub fn classify(&self, inputs: Rows) -> Vec<usize> {
        classes(self.predict(inputs).view())
    }

    /// The share of rows whose outputs stand for the same [`class`] as their targets, from 0 to 1.
    ///
    /// A row with an output that is not a number is never right.
    ///
    /// # Panics
    /// If the examples do not fit the network, or a row of targets names no class; see [`Mismatch`].
    pub fn accuracy(&self, examples: &Examples) -> f64 {
        self.expect_fit(examples, None);
        let answers = self.predict(examples.inputs.view());
        let mut right = 0;
        for (row, targets) in examples.targets.rows().into_iter().enumerate() {
            let wanted = wanted_class(targets).unwrap_or_else(|| panic!(
                "accuracy counts classes, but the targets {targets} of row {row} name none; for a single output \
                 write 0 or 1, for several a 1 at the class and 0 elsewhere, or measure a cost instead"
            ));
            right += usize::from(class(answers.row(row)) == Some(wanted));
        }
        right as f64 / examples.rows() as f64
    }

    /// Panics with what does not go together.
    pub(crate) fn expect_fit(&self, examples: &Examples, cost: Option<Cost>) {
        Mismatch::check(self, examples, cost).unwrap_or_else(|wrong| panic!("{wrong}"));
    }
}

pub(crate) const NO_LAYER: &str = "a network needs at least one layer, but got none";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seeded;
    use ndarray::{Array1, Array2, array};

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
        assert_eq!(network.parameter_count(), 64 * 32 + 32 + 32 * 10 + 10);
        let reached = network.parameters_mut().count();
        assert_eq!(reached, 64 * 32 + 32 + 32 * 10 + 10);
        let read: Vec<f64> = network.parameters().collect();
        let changed: Vec<f64> = network.parameters_mut().map(|number| *number).collect();
        assert_eq!((read.len(), &read), (reached, &changed));
        assert_eq!(read[64 * 32 - 1], network.layers[0].weights[[63, 31]]);
        assert_eq!(read[64 * 32 + 32], network.layers[1].weights[[0, 0]]);
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
    #[should_panic(expected = "the targets [2] of row 1 name none")]
    fn a_quantity_is_no_class() {
        identity().accuracy(&Examples::new(array![[1.0], [2.0]], array![[1.0], [2.0]]));
    }

    #[test]
    #[should_panic(expected = "the targets [-1] of row 0 name none")]
    fn a_no_that_is_written_as_minus_one_is_named() {
        identity().accuracy(&Examples::new(array![[1.0], [2.0]], array![[-1.0], [1.0]]));
    }

    #[test]
    fn rows_that_name_no_class_or_several_are_refused() {
        let layer =
            Dense::new(array![[1.0, 1.0]], array![0.0, 0.0], Activation::Identity);
        let network = Network::from_layers(vec![layer]);
        for targets in [[1.0, 1.0], [0.0, 0.0], [0.5, 0.5], [3.2, -7.5], [100.0, 200.0]] {
            let examples =
                Examples::new(array![[1.0], [1.0]], array![[0.0, 1.0], targets]);
            let count = || network.accuracy(&examples);
            let panic = std::panic::catch_unwind(count).unwrap_err();
            let message = panic.downcast_ref::<String>().expect("a message");
            assert!(message.contains("of row 1 name none; "), "{message}");
        }
        let sure = Examples::new(array![[1.0], [1.0]], array![[0.3, 0.7], [1.0, 0.0]]);
        assert_eq!(network.accuracy(&sure), 0.5, "of equal outputs, the first counts");
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
            let start = format!("layer 0 has {inputs} inputs and {outputs} outputs");
            assert!(message.starts_with(&start), "{message}");
        }
    }

    #[test]
    #[should_panic(
        expected = "layer 1 needs as many inputs as outputs before it, but got 4 outputs before it and 3 inputs"
    )]
    fn layers_that_were_changed_and_no_longer_fit_are_named() {
        let mut network = Network::new(&[2, 3, 1], Activation::Tanh, &mut seeded(1));
        network.layers[0] = Dense::random(2, 4, Activation::Tanh, 1.0, &mut seeded(2));
        network.predict(array![[1.0, 2.0]].view());
    }

    #[test]
    #[should_panic(
        expected = "a network needs as many columns as inputs, but got 2 inputs and 3 columns"
    )]
    fn rows_that_are_too_wide_are_named() {
        let network = Network::new(&[2, 1], Activation::Tanh, &mut seeded(1));
        network.predict(array![[1.0, 2.0, 3.0]].view());
    }

    #[test]
    #[should_panic(
        expected = "layer 1 needs as many inputs as outputs before it, but got 3 outputs before it and 4 inputs"
    )]
    fn layers_that_do_not_fit_are_named() {
        let rng = &mut seeded(1);
        let first = Dense::random(2, 3, Activation::Tanh, 1.0, rng);
        let second = Dense::random(4, 1, Activation::Tanh, 1.0, rng);
        Network::from_layers(vec![first, second]);
    }

    #[test]
    #[should_panic(
        expected = "a network needs as many columns as inputs, but got 2 inputs and 3 columns"
    )]
    fn examples_that_do_not_fit_are_named() {
        let network = Network::new(&[2, 1], Activation::Tanh, &mut seeded(1));
        network.accuracy(&Examples::new(array![[1.0, 2.0, 3.0]], array![[1.0]]));
    }
}
