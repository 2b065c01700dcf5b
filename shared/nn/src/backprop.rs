//! From the cost back to every weight.
//!
//! The forward pass remembers what each layer put out. The backward pass carries an error, δ = ∂C/∂z,
//! from the last layer to the first; at each layer it leaves the gradient of that layer's weights and
//! biases behind. Four equations do it all; each is a function of its own below. With X the inputs of a
//! layer, W its weights and a row per example:
//!
//! 1. at the outputs, δ = ∂C/∂a ⊙ φ′(z);
//! 2. one layer down, δ = (δ Wᵀ) ⊙ φ′(z);
//! 3. for the weights, ∂C/∂W = Xᵀ δ;
//! 4. for the biases, ∂C/∂b = the sum of the rows of δ.
//!
//! The cost of a batch is the mean over its rows, so 3 and 4 also divide by the number of rows.
//! (Equations: Rumelhart, Hinton and Williams, 1986; in this form Nielsen, 2015, chapter 2.)

use ndarray::linalg::general_mat_mul;
use ndarray::{Array1, Array2, ArrayView2, ArrayViewMut2, Axis, s};

use crate::network::{WHOLE, mean_cost};
use crate::{Activation, Cost, Dense, Examples, Mismatch, Network};

/// The gradient of one layer: how the cost grows with each of its weights and biases.
#[derive(Clone, Debug, PartialEq)]
pub struct LayerGradient {
    /// ∂C/∂W, (inputs, outputs).
    pub weights: Array2<f64>,
    /// ∂C/∂b, (outputs).
    pub biases: Array1<f64>,
}

/// The gradient of the cost with respect to every learnable number of a network.
#[derive(Clone, Debug, PartialEq)]
pub struct Gradients {
    /// One per layer, from the inputs to the outputs.
    pub layers: Vec<LayerGradient>,
}

impl Gradients {
    /// The numbers, in the order of [`Network::parameters`].
    pub fn entries(&self) -> impl Iterator<Item = f64> {
        self.layers
            .iter()
            .flat_map(|layer| layer.weights.iter().chain(&layer.biases))
            .copied()
    }

    /// The numbers as slices, in the order of [`Network::blocks_mut`].
    pub(crate) fn blocks(&self) -> impl Iterator<Item = &[f64]> {
        self.layers.iter().flat_map(|layer| {
            [layer.weights.as_slice(), layer.biases.as_slice()]
                .map(|block| block.expect("backpropagation stores gradients row by row"))
        })
    }

    /// Panics with both shapes unless there is a slope for each weight and each bias of the network.
    pub(crate) fn expect_shapes(&self, network: &Network) {
        let wanted =
            network.layers.iter().map(|layer| (layer.weights.dim(), layer.biases.len()));
        let came =
            self.layers.iter().map(|layer| (layer.weights.dim(), layer.biases.len()));
        assert!(
            wanted.clone().eq(came.clone()),
            "a network with weights and biases of {:?} was given gradients of {:?}",
            wanted.collect::<Vec<_>>(),
            came.collect::<Vec<_>>(),
        );
    }
}

/// The forward and the backward pass, with the buffers that both need.
///
/// Made once for a network and a largest batch, it computes any number of gradients without allocating.
#[derive(Clone, Debug)]
pub struct Backprop {
    rows: usize,               // of the batch at hand
    signals: Vec<Array2<f64>>, // the inputs, then the outputs of each layer (most rows, outputs)
    sums: Array2<f64>,         // of the last layer (most rows, outputs)
    targets: Array2<f64>,      // (most rows, outputs)
    deltas: Vec<Array2<f64>>,  // per layer (most rows, outputs)
    gradients: Gradients,
}

impl Backprop {
    /// Buffers for batches of up to `most_rows` rows through `network`.
    pub fn new(network: &Network, most_rows: usize) -> Backprop {
        let buffer = |numbers: usize| Array2::zeros((most_rows, numbers));
        let gradient = |layer: &Dense| LayerGradient {
            weights: Array2::zeros(layer.weights.dim()),
            biases: Array1::zeros(layer.outputs()),
        };
        let outputs = || network.layers.iter().map(Dense::outputs);
        Backprop {
            rows: 0,
            signals: [network.inputs()]
                .into_iter()
                .chain(outputs())
                .map(buffer)
                .collect(),
            sums: buffer(network.outputs()),
            targets: buffer(network.outputs()),
            deltas: outputs().map(buffer).collect(),
            gradients: Gradients {
                layers: network.layers.iter().map(gradient).collect(),
            },
        }
    }

    /// Both passes: the mean cost of the examples; its gradient is then in [`Backprop::gradients`].
    ///
    /// # Panics
    /// If there are more rows than there is room for, the buffers were made for a network of other sizes, or
    /// network, examples and cost do not go together; see [`Mismatch`].
    pub fn run(&mut self, network: &Network, examples: &Examples, cost: Cost) -> f64 {
        Mismatch::look(network, examples, Some(cost))
            .unwrap_or_else(|wrong| panic!("{wrong}"));
        self.expect_room(network, examples.rows());
        self.take(examples, 0..examples.rows());
        self.pass(network, cost)
    }

    /// The gradient that the last backward pass found.
    pub fn gradients(&self) -> &Gradients {
        &self.gradients
    }

    /// The same, to be changed before it is used.
    pub fn gradients_mut(&mut self) -> &mut Gradients {
        &mut self.gradients
    }

    /// What the network answered in the last forward pass, `(rows, outputs)`.
    pub fn outputs(&self) -> ArrayView2<'_, f64> {
        first_rows(&self.signals[self.deltas.len()], self.rows)
    }

    /// How the cost of each row grows with each of its inputs, ∂C_r/∂x, after a backward pass, `(rows, inputs)`.
    ///
    /// # Panics
    /// If the buffers were made for a network of other sizes.
    pub fn input_gradient(&self, network: &Network) -> Array2<f64> {
        self.expect_room(network, self.rows);
        let mut gradient = Array2::zeros((self.rows, network.inputs()));
        let delta = first_rows(&self.deltas[0], self.rows);
        let weights = network.layers[0].weights.t();
        general_mat_mul(1.0, &delta, &weights, 0.0, &mut gradient); // (rows, outputs)(outputs, inputs)
        gradient
    }

    /// Sends a batch through all layers and remembers what each of them put out.
    ///
    /// # Panics
    /// If the batch is empty, has more rows than there is room for or other inputs than the network, or the
    /// buffers were made for a network of other sizes.
    pub fn forward(&mut self, network: &Network, inputs: ArrayView2<f64>) {
        self.expect_room(network, inputs.nrows());
        assert_eq!(
            inputs.ncols(),
            network.inputs(),
            "a network of {} inputs was given rows of {}",
            network.inputs(),
            inputs.ncols(),
        );
        self.rows = inputs.nrows();
        first_rows_mut(&mut self.signals[0], self.rows).assign(&inputs);
        self.forward_rows(network);
    }

    /// Copies these rows into the buffers.
    pub(crate) fn take(
        &mut self,
        examples: &Examples,
        rows: impl ExactSizeIterator<Item = usize>,
    ) {
        self.rows = rows.len();
        for (place, row) in rows.enumerate() {
            self.signals[0].row_mut(place).assign(&examples.inputs.row(row));
            self.targets.row_mut(place).assign(&examples.targets.row(row));
        }
    }

    /// Both passes of the rows that were taken, and their mean cost.
    pub(crate) fn pass(&mut self, network: &Network, cost: Cost) -> f64 {
        self.forward_rows(network);
        self.backward(network, cost);
        let [sums, targets] =
            [&self.sums, &self.targets].map(|all| first_rows(all, self.rows));
        mean_cost(cost, network.last_layer().activation, sums, self.outputs(), targets)
    }

    fn forward_rows(&mut self, network: &Network) {
        let (inputs, outputs) =
            self.signals.split_first_mut().expect("the inputs come first");
        let mut input = first_rows(inputs, self.rows); // (rows, inputs)
        for (index, (layer, output)) in network.layers.iter().zip(outputs).enumerate() {
            let mut here = first_rows_mut(output, self.rows);
            layer.weighted_sums(input, here.view_mut()); // (rows, outputs)
            if index + 1 == network.layers.len() {
                first_rows_mut(&mut self.sums, self.rows).assign(&here); // for `Cost::of_sums`
            }
            layer.bend(here);
            input = first_rows(output, self.rows);
        }
    }

    /// Carries the error of the last forward pass back, from layer to layer.
    fn backward(&mut self, network: &Network, cost: Cost) {
        let rows = self.rows;
        let mut above = None;
        for (index, delta) in self.deltas.iter_mut().enumerate().rev() {
            let layer = &network.layers[index];
            let [input, output] = [&self.signals[index], &self.signals[index + 1]]
                .map(|all| first_rows(all, rows));
            let here = first_rows_mut(delta, rows); // (rows, outputs)
            match above {
                None => {
                    let targets = first_rows(&self.targets, rows);
                    output_error(cost, layer.activation, output, targets, here);
                }
                Some((weights, above)) => {
                    error_below(weights, above, layer.activation, output, here);
                }
            }
            let delta = first_rows(delta, rows);
            let gradient = &mut self.gradients.layers[index];
            weight_gradient(input, delta, &mut gradient.weights);
            bias_gradient(delta, &mut gradient.biases);
            above = Some((&layer.weights, delta));
        }
    }

    /// Panics unless there is room for these rows, and for those layers.
    fn expect_room(&self, network: &Network, rows: usize) {
        let most_rows = self.targets.nrows();
        assert!(
            0 < rows && rows <= most_rows,
            "a batch needs 1 to {most_rows} rows here, but came with {rows}"
        );
        let made_for = self.gradients.layers.iter().map(|layer| layer.weights.dim());
        let came = network.layers.iter().map(|layer| layer.weights.dim());
        assert!(
            made_for.clone().eq(came.clone()),
            "these buffers were made for layers of {:?} (inputs, outputs), but the network has {:?}; \
             make others with `Backprop::new`",
            made_for.collect::<Vec<_>>(),
            came.collect::<Vec<_>>(),
        );
    }
}

/// Equation 1: δ = ∂C/∂a ⊙ φ′(z) at the outputs, all `(rows, outputs)`.
fn output_error(
    cost: Cost,
    bend: Activation,
    outputs: ArrayView2<f64>,
    targets: ArrayView2<f64>,
    mut delta: ArrayViewMut2<f64>,
) {
    let rows = outputs.rows().into_iter().zip(targets.rows()).zip(delta.rows_mut());
    for ((output, target), mut delta) in rows {
        let [output, target] = [output, target].map(|row| row.to_slice().expect(WHOLE));
        cost.delta(bend, output, target, delta.as_slice_mut().expect(WHOLE));
    }
}

/// Equation 2: the error of the layer below, δ Wᵀ ⊙ φ′(z), into `error` `(rows, inputs)`.
fn error_below(
    weights: &Array2<f64>,
    delta: ArrayView2<f64>,
    bend: Activation,
    outputs: ArrayView2<f64>,
    mut error: ArrayViewMut2<f64>,
) {
    general_mat_mul(1.0, &delta, &weights.t(), 0.0, &mut error); // (rows, outputs)(outputs, inputs)
    bend.multiply_by_slope(
        outputs.to_slice().expect(WHOLE),
        error.as_slice_mut().expect(WHOLE),
    );
}

/// Equation 3: ∂C/∂W = Xᵀ δ / rows, into `gradient` `(inputs, outputs)`.
fn weight_gradient(
    inputs: ArrayView2<f64>,
    delta: ArrayView2<f64>,
    gradient: &mut Array2<f64>,
) {
    let share = 1.0 / delta.nrows() as f64;
    general_mat_mul(share, &inputs.t(), &delta, 0.0, gradient); // (inputs, rows)(rows, outputs)
}

/// Equation 4: ∂C/∂b = the sum of the rows of δ / rows, into `gradient` `(outputs)`.
fn bias_gradient(delta: ArrayView2<f64>, gradient: &mut Array1<f64>) {
    gradient.fill(0.0);
    for row in delta.axis_iter(Axis(0)) {
        *gradient += &row; // (outputs)
    }
    *gradient /= delta.nrows() as f64;
}

fn first_rows(buffer: &Array2<f64>, rows: usize) -> ArrayView2<'_, f64> {
    buffer.slice(s![..rows, ..])
}

fn first_rows_mut(buffer: &mut Array2<f64>, rows: usize) -> ArrayViewMut2<'_, f64> {
    buffer.slice_mut(s![..rows, ..])
}
