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
use crate::{Activation, Cost, Dense, Mismatch, Network};

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
    /// The numbers, a slice per array, in the order of [`Network::blocks_mut`].
    ///
    /// # Panics
    /// If an array was replaced by one that is not stored row by row.
    pub fn blocks(&self) -> impl Iterator<Item = &[f64]> {
        self.layers.iter().flat_map(|layer| {
            [layer.weights.as_slice(), layer.biases.as_slice()].map(|block| {
                block.expect(
                    "gradients stay stored row by row, as backpropagation made them",
                )
            })
        })
    }
}

/// The forward and the backward pass, with the buffers that both need.
///
/// Made once for a network and a largest batch, it computes any number of gradients without allocating.
#[derive(Clone, Debug)]
pub struct Backprop {
    rows: usize,               // of the last forward pass
    sums: Array2<f64>,         // of the last layer (most rows, outputs)
    outputs: Vec<Array2<f64>>, // per layer (most rows, outputs)
    deltas: Vec<Array2<f64>>,  // per layer (most rows, outputs)
    gradients: Gradients,
}

impl Backprop {
    /// Buffers for batches of up to `most_rows` rows through `network`.
    pub fn new(network: &Network, most_rows: usize) -> Backprop {
        let buffer = |layer: &Dense| Array2::zeros((most_rows, layer.outputs()));
        let gradient = |layer: &Dense| LayerGradient {
            weights: Array2::zeros(layer.weights.dim()),
            biases: Array1::zeros(layer.outputs()),
        };
        Backprop {
            rows: 0,
            sums: Array2::zeros((most_rows, network.outputs())),
            outputs: network.layers.iter().map(buffer).collect(),
            deltas: network.layers.iter().map(buffer).collect(),
            gradients: Gradients {
                layers: network.layers.iter().map(gradient).collect(),
            },
        }
    }

    /// Both passes: the mean cost of the batch; the gradient is then in [`Backprop::gradients`].
    ///
    /// `inputs` is `(rows, inputs)`, `targets` is `(rows, outputs)`.
    ///
    /// # Panics
    /// If the batch has more rows than there is room for, the buffers were made for a network of other
    /// sizes, or network, batch and cost do not go together; see [`Mismatch`].
    pub fn run(
        &mut self,
        network: &Network,
        inputs: ArrayView2<f64>,
        targets: ArrayView2<f64>,
        cost: Cost,
    ) -> f64 {
        Mismatch::look(network, inputs, targets, Some(cost))
            .unwrap_or_else(|wrong| panic!("{wrong}"));
        self.pass(network, inputs, targets, cost)
    }

    /// [`Backprop::run`], for a batch that is known to fit.
    pub(crate) fn pass(
        &mut self,
        network: &Network,
        inputs: ArrayView2<f64>,
        targets: ArrayView2<f64>,
        cost: Cost,
    ) -> f64 {
        self.forward(network, inputs);
        self.backward(network, inputs, targets, cost);
        let bend = network.output_activation();
        let sums = first_rows(&self.sums, self.rows);
        mean_cost(cost, bend, sums, self.outputs(self.rows), targets)
    }

    /// The gradient that the last backward pass found.
    pub fn gradients(&self) -> &Gradients {
        &self.gradients
    }

    /// What the network answered to the first `rows` rows of the last forward pass, `(rows, outputs)`.
    ///
    /// # Panics
    /// If that pass had fewer rows.
    pub fn outputs(&self, rows: usize) -> ArrayView2<'_, f64> {
        assert!(
            rows <= self.rows,
            "the answers to {rows} rows were asked for, but the last forward pass had {}",
            self.rows
        );
        first_rows(&self.outputs[self.outputs.len() - 1], rows)
    }

    /// Sends a batch through all layers and remembers what each of them put out.
    ///
    /// # Panics
    /// If the batch is empty, has more rows than there is room for or other inputs than the network, or the
    /// buffers were made for a network of other sizes.
    pub fn forward(&mut self, network: &Network, inputs: ArrayView2<f64>) {
        let rows = inputs.nrows();
        let most_rows = self.outputs[0].nrows();
        assert!(
            0 < rows && rows <= most_rows,
            "a batch needs 1 to {most_rows} rows here, but came with {rows}"
        );
        self.expect_sizes(network);
        self.rows = rows;
        let last = network.layers.len() - 1;
        for (index, layer) in network.layers.iter().enumerate() {
            let (before, here) = self.outputs.split_at_mut(index);
            let input = before.last().map_or(inputs, |output| first_rows(output, rows));
            let mut output = first_rows_mut(&mut here[0], rows);
            layer.weighted_sums(input, output.view_mut()); // (rows, outputs)
            if index == last {
                first_rows_mut(&mut self.sums, rows).assign(&output);
            }
            layer.bend(output);
        }
    }

    /// Panics with both sizes unless the buffers were made for a network such as this one.
    fn expect_sizes(&self, network: &Network) {
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

    /// Carries the error of the last forward pass back through all layers.
    ///
    /// # Panics
    /// If the last forward pass had another number of rows, there is not a target per output, the cost does
    /// not accept the outputs, or the buffers were made for a network of other sizes.
    pub fn backward(
        &mut self,
        network: &Network,
        inputs: ArrayView2<f64>,
        targets: ArrayView2<f64>,
        cost: Cost,
    ) {
        let rows = inputs.nrows();
        assert_eq!(
            rows, self.rows,
            "{rows} rows go backward, but {} went forward; both passes need the same batch",
            self.rows
        );
        self.expect_sizes(network);
        let last = network.layers.len() - 1;
        let answer = first_rows(&self.outputs[last], rows); // (rows, outputs)
        let delta = first_rows_mut(&mut self.deltas[last], rows); // (rows, outputs)
        output_error(cost, network.layers[last].activation, answer, targets, delta);

        for index in (0..=last).rev() {
            let (below, here) = self.deltas.split_at_mut(index);
            let delta = first_rows(&here[0], rows); // (rows, outputs)
            let before = index
                .checked_sub(1)
                .map(|before| first_rows(&self.outputs[before], rows));
            let gradient = &mut self.gradients.layers[index];
            weight_gradient(before.unwrap_or(inputs), delta, &mut gradient.weights);
            bias_gradient(delta, &mut gradient.biases);
            // The error stops here in front of the inputs: nobody will change those.
            if let (Some(output), Some(error)) = (before, below.last_mut()) {
                let bend = network.layers[index - 1].activation;
                let error = first_rows_mut(error, rows); // (rows, inputs)
                error_below(&network.layers[index].weights, delta, bend, output, error);
            }
        }
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
    assert_eq!(
        outputs.dim(),
        targets.dim(),
        "the network's answers are {:?} (rows, outputs), but the targets are {:?}",
        outputs.dim(),
        targets.dim(),
    );
    let rows = outputs.rows().into_iter().zip(targets.rows()).zip(delta.rows_mut());
    for ((output, target), mut delta) in rows {
        let output = output.to_slice().expect(WHOLE);
        let delta = delta.as_slice_mut().expect(WHOLE);
        match target.to_slice() {
            Some(target) => cost.delta(bend, output, target, delta),
            None => cost.delta(bend, output, &target.to_vec(), delta),
        }
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
