//! A layer: many neurons side by side, for many rows at once.
//!
//! One neuron takes the product of one row with one column of weights. Put the weights of all neurons
//! into a matrix, one column each, and the rows of a batch into another, and a single matrix product
//! does the work of every neuron on every row.

use rand::Rng;

use crate::Activation;
use crate::math::{Matrix, Rows, RowsMut, Vector};
use crate::mismatch::expect_as_many;
use crate::product::add_product;
use crate::random::normal;

/// A layer in which every neuron sees every input.
#[derive(Clone, Debug, PartialEq)]
pub struct Dense {
    /// (inputs, outputs): a column holds the weights of one neuron.
    pub weights: Matrix,
    /// (outputs): the bias of each neuron.
    pub biases: Vector,
    /// What happens to each weighted sum.
    pub activation: Activation,
}

impl Dense {
    /// A layer with these weights `(inputs, outputs)` and these biases `(outputs)`, whatever their
    /// memory layout.
    ///
    /// # Panics
    /// If there is not one bias per column of weights.
    pub fn new(weights: Matrix, biases: Vector, activation: Activation) -> Dense {
        expect_as_many("a layer", (weights.ncols(), "neurons"), (biases.len(), "biases"));
        Dense { weights, biases, activation }
    }

    /// A layer with normal weights of the given standard deviation, and biases of zero.
    ///
    /// # Panics
    /// If the deviation is not a number from 0 to 10³⁰⁰. (Some weights are several deviations large, and must
    /// still be finite.)
    pub fn random(
        inputs: usize,
        outputs: usize,
        activation: Activation,
        deviation: f64,
        rng: &mut impl Rng,
    ) -> Dense {
        assert!(
            (0.0..=1e300).contains(&deviation),
            "a standard deviation must be a number from 0 to 1e300, but is {deviation:?}"
        );
        let weights =
            Matrix::from_shape_simple_fn((inputs, outputs), || deviation * normal(rng));
        Dense::new(weights, Vector::zeros(outputs), activation)
    }

    /// How many inputs each neuron takes.
    pub fn inputs(&self) -> usize {
        self.weights.nrows()
    }

    /// How many neurons there are, each with one output.
    pub fn outputs(&self) -> usize {
        self.weights.ncols()
    }

    /// The learnable numbers: the weights row by row, then the biases.
    pub(crate) fn parameters(&self) -> impl Iterator<Item = &f64> {
        self.weights.iter().chain(&self.biases)
    }

    /// [`Dense::parameters`], to be changed.
    pub(crate) fn parameters_mut(&mut self) -> impl Iterator<Item = &mut f64> {
        self.weights.iter_mut().chain(&mut self.biases)
    }

    /// A = φ(X W + b), into `outputs`, which is `(rows, outputs)`.
    ///
    /// # Panics
    /// As [`Dense::weighted_sums`].
    pub fn forward(&self, inputs: Rows, mut outputs: RowsMut) {
        self.weighted_sums(inputs, outputs.view_mut());
        self.bend(outputs);
    }

    /// Z = X W + b, into `sums`, which is `(rows, outputs)`.
    ///
    /// # Panics
    /// If a row has not one number per input, `sums` has another shape, or a bias is missing.
    pub fn weighted_sums(&self, inputs: Rows, mut sums: RowsMut) {
        let ((rows, width), (takes, neurons)) = (inputs.dim(), self.weights.dim());
        expect_as_many("a layer", (takes, "inputs"), (width, "columns"));
        expect_as_many("a layer", (rows, "rows"), (sums.nrows(), "rows of sums"));
        expect_as_many("a layer", (neurons, "neurons"), (sums.ncols(), "sums in a row"));
        // Without this, a single bias would quietly serve all neurons: `ndarray` repeats it.
        expect_as_many("a layer", (neurons, "neurons"), (self.biases.len(), "biases"));
        sums.assign(&self.biases); // (rows, outputs)
        // The products are added up first, 256 at a time, and each such sum then joins the bias.
        add_product(inputs, self.weights.view(), sums); // + (rows, inputs)(inputs, outputs)
    }

    /// Replaces every weighted sum z by φ(z).
    pub(crate) fn bend(&self, mut sums: RowsMut) {
        match sums.as_slice_memory_order_mut() {
            Some(sums) => self.activation.apply(sums),
            None => sums.mapv_inplace(|z| self.activation.value(z)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Neuron, seeded};
    use ndarray::{Array2, array, s};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_dense_layer_equals_its_neurons(
            (inputs, outputs, rows) in (1..9_usize, 1..9_usize, 1..9_usize),
            seed in any::<u64>(),
        ) {
            let rng = &mut seeded(seed);
            for activation in Activation::ALL {
                let mut layer = Dense::random(inputs, outputs, activation, 1.0, rng);
                layer.biases.mapv_inplace(|_| normal(rng));
                let x = Array2::from_shape_simple_fn((rows, inputs), || normal(rng));
                let mut all_at_once = Array2::zeros((rows, outputs));
                layer.forward(x.view(), all_at_once.view_mut());
                for row in 0..rows {
                    for neuron in 0..outputs {
                        let weights = layer.weights.column(neuron).to_vec();
                        let alone = Neuron::new(&weights, layer.biases[neuron], activation);
                        let output = alone.output(&x.row(row).to_vec());
                        prop_assert!((output - all_at_once[[row, neuron]]).abs() < 1e-12);
                    }
                }
            }
        }
    }

    #[test]
    #[should_panic(
        expected = "a layer needs as many columns as inputs, but got 3 inputs and 2 columns"
    )]
    fn a_row_of_the_wrong_width_is_named() {
        let layer = Dense::random(3, 1, Activation::Identity, 1.0, &mut seeded(1));
        layer.forward(array![[1.0, 2.0]].view(), Array2::zeros((1, 1)).view_mut());
    }

    #[test]
    #[should_panic(
        expected = "a layer needs as many rows of sums as rows, but got 2 rows and 1 rows of sums"
    )]
    fn room_for_too_few_rows_is_named() {
        let layer = Dense::random(1, 3, Activation::Identity, 1.0, &mut seeded(1));
        layer.forward(array![[1.0], [2.0]].view(), Array2::zeros((1, 3)).view_mut());
    }

    #[test]
    fn outputs_of_any_layout_are_filled_and_bent() {
        let layer = Dense::random(2, 3, Activation::Tanh, 1.0, &mut seeded(1));
        let inputs = array![[1.0, -2.0], [0.5, 3.0]];
        let mut wanted = Array2::zeros((2, 3));
        layer.forward(inputs.view(), wanted.view_mut());
        let mut columns = Array2::zeros((3, 2));
        layer.forward(inputs.view(), columns.view_mut().reversed_axes());
        assert_eq!(columns.t(), wanted);
        let mut wide = Array2::zeros((2, 6));
        layer.forward(inputs.view(), wide.slice_mut(s![.., ..;2]));
        assert_eq!(wide.slice(s![.., ..;2]), wanted);
        assert_eq!(wide.slice(s![.., 1..;2]), Array2::zeros((2, 3)));
    }

    #[test]
    #[should_panic(
        expected = "a layer needs as many biases as neurons, but got 3 neurons and 1 biases"
    )]
    fn one_bias_does_not_quietly_serve_all_neurons() {
        let mut layer = Dense::random(2, 3, Activation::Identity, 1.0, &mut seeded(1));
        layer.biases = array![0.5];
        layer.forward(array![[1.0, 2.0]].view(), Array2::zeros((1, 3)).view_mut());
    }

    #[test]
    fn a_deviation_that_is_none_is_refused() {
        for deviation in [f64::NAN, f64::INFINITY, -1.0, 1.7e308] {
            let layer =
                || Dense::random(1, 1, Activation::Identity, deviation, &mut seeded(1));
            let panic = std::panic::catch_unwind(layer).unwrap_err();
            let message = panic.downcast_ref::<String>().expect("a message");
            assert!(
                message
                    .starts_with("a standard deviation must be a number from 0 to 1e300"),
                "{message}"
            );
        }
        let flat = Dense::random(2, 2, Activation::Identity, 0.0, &mut seeded(1));
        assert_eq!(flat.weights, Array2::<f64>::zeros((2, 2)));
    }

    #[test]
    #[should_panic(
        expected = "a layer needs as many biases as neurons, but got 2 neurons and 1 biases"
    )]
    fn a_missing_bias_is_named() {
        Dense::new(array![[1.0, 2.0]], array![0.0], Activation::Identity);
    }
}
