//! A layer: many neurons side by side, for many rows at once.
//!
//! One neuron takes the product of one row with one column of weights. Put the weights of all neurons
//! into a matrix, one column each, and the rows of a batch into another, and a single matrix product
//! does the work of every neuron on every row.

use ndarray::linalg::general_mat_mul;
use ndarray::{Array1, Array2, ArrayView2, ArrayViewMut2};
use rand::Rng;

use crate::{Activation, math::normal};

/// A layer in which every neuron sees every input.
#[derive(Clone, Debug, PartialEq)]
pub struct Dense {
    /// (inputs, outputs): a column holds the weights of one neuron.
    pub weights: Array2<f64>,
    /// (outputs): the bias of each neuron.
    pub biases: Array1<f64>,
    /// What happens to each weighted sum.
    pub activation: Activation,
}

impl Dense {
    /// A layer with these weights `(inputs, outputs)` and these biases `(outputs)`.
    ///
    /// # Panics
    /// If there is not one bias per column of weights.
    pub fn new(
        weights: Array2<f64>,
        biases: Array1<f64>,
        activation: Activation,
    ) -> Dense {
        assert_eq!(
            weights.ncols(),
            biases.len(),
            "weights for {} neurons came with {} biases; each neuron needs its own",
            weights.ncols(),
            biases.len(),
        );
        Dense { weights, biases, activation }
    }

    /// A layer with normal weights of the given standard deviation, and biases of zero.
    pub fn random(
        inputs: usize,
        outputs: usize,
        activation: Activation,
        deviation: f64,
        rng: &mut impl Rng,
    ) -> Dense {
        let weights =
            Array2::from_shape_simple_fn((inputs, outputs), || deviation * normal(rng));
        Dense::new(weights, Array1::zeros(outputs), activation)
    }

    /// How many inputs each neuron takes.
    pub fn inputs(&self) -> usize {
        self.weights.nrows()
    }

    /// How many neurons there are, each with one output.
    pub fn outputs(&self) -> usize {
        self.weights.ncols()
    }

    /// A = φ(X W + b), into `outputs`, which must be contiguous and `(rows, outputs)`.
    ///
    /// # Panics
    /// If a row has not one number per input, or `outputs` has another shape.
    pub fn forward(&self, inputs: ArrayView2<f64>, mut outputs: ArrayViewMut2<f64>) {
        assert_eq!(
            inputs.ncols(),
            self.inputs(),
            "Dense takes {} inputs, but the row has {}",
            self.inputs(),
            inputs.ncols(),
        );
        outputs.assign(&self.biases); // (rows, outputs)
        general_mat_mul(1.0, &inputs, &self.weights, 1.0, &mut outputs); // + (rows, inputs)(inputs, outputs)
        self.activation.apply(contiguous(&mut outputs));
    }
}

/// The numbers of a matrix as one slice, row after row.
pub(crate) fn contiguous<'a>(matrix: &'a mut ArrayViewMut2<f64>) -> &'a mut [f64] {
    matrix.as_slice_mut().expect("buffers are cut by whole rows, so they stay contiguous")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Neuron, seeded};
    use ndarray::{Array2, array};
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
    #[should_panic(expected = "Dense takes 3 inputs, but the row has 2")]
    fn a_row_of_the_wrong_width_is_named() {
        let layer = Dense::random(3, 1, Activation::Identity, 1.0, &mut seeded(1));
        layer.forward(array![[1.0, 2.0]].view(), Array2::zeros((1, 1)).view_mut());
    }

    #[test]
    #[should_panic(expected = "weights for 2 neurons came with 1 biases")]
    fn a_missing_bias_is_named() {
        Dense::new(array![[1.0, 2.0]], array![0.0], Activation::Identity);
    }
}
