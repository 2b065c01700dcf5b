//! From the cost back to every weight.
//!
//! The forward pass remembers what came into each layer. The backward pass carries an error, δ = ∂C/∂z,
//! from the last layer to the first; at each layer it leaves the gradient of that layer's weights and
//! biases behind. Four equations do it all; each is a function of its own. With X the inputs of a layer, W its
//! weights, a row per example, and ⊙ the product entry by entry:
//!
//! 1. at the outputs, δ = ∂C/∂a ⊙ φ′(z);
//! 2. one layer down, δ_below = (δ Wᵀ) ⊙ φ′(z_below);
//! 3. for the weights, ∂C/∂W = Xᵀ δ;
//! 4. for the biases, ∂C/∂b = the sum of the rows of δ.
//!
//! The cost of a batch is the mean over its rows, so 3 and 4 also divide by the number of rows.
//! (Equations: Rumelhart, Hinton and Williams, 1986; in this form Nielsen, 2015, chapter 2.)

use ndarray::Axis;

use crate::math::{Matrix, Rows, RowsMut, Vector, WHOLE};
use crate::mismatch::expect_as_many;
use crate::network::NO_LAYER;
use crate::product::product;
use crate::{Activation, Cost, Dense, Examples, Network};

/// The gradient of one layer: how the cost grows with each of its weights and biases.
#[derive(Clone, Debug, PartialEq)]
pub struct LayerGradient {
    /// ∂C/∂W, (inputs, outputs).
    pub weights: Matrix,
    /// ∂C/∂b, (outputs).
    pub biases: Vector,
}

impl LayerGradient {
    /// The slopes, in the order of [`Dense::parameters`].
    pub(crate) fn entries(&self) -> impl Iterator<Item = &f64> {
        self.weights.iter().chain(&self.biases)
    }
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
        self.layers.iter().flat_map(LayerGradient::entries).copied()
    }

    /// Panics with both shapes unless there is a slope for each weight and each bias of the network.
    pub(crate) fn expect_fit(&self, network: &Network) {
        let theirs = network.layers.iter().map(|l| (l.weights.dim(), l.biases.len()));
        let ours = self.layers.iter().map(|l| (l.weights.dim(), l.biases.len()));
        assert!(
            theirs.clone().eq(ours.clone()),
            "a network with weights and biases of {:?} was given gradients of {:?}; `Backprop::new` \
             makes those that fit",
            theirs.collect::<Vec<_>>(),
            ours.collect::<Vec<_>>(),
        );
    }
}

/// The forward and the backward pass, with the buffers that both need.
///
/// Made once for a network and a largest batch, it computes any number of gradients without allocating.
#[derive(Clone, Debug)]
pub struct Backprop {
    rows: usize,         // of the batch at hand
    inputs: Vec<Matrix>, // of each layer (most rows, inputs)
    sums: Matrix,        // of the last layer (most rows, outputs)
    outputs: Matrix,     // of the last layer (most rows, outputs)
    targets: Matrix,     // (most rows, outputs)
    deltas: Vec<Matrix>, // of each layer (most rows, outputs)
    gradients: Gradients,
}

impl Backprop {
    /// Buffers for batches of up to `most_rows` rows through `network`.
    pub fn new(network: &Network, most_rows: usize) -> Backprop {
        let buffer = |numbers: usize| Matrix::zeros((most_rows, numbers));
        let gradient = |layer: &Dense| LayerGradient {
            weights: Matrix::zeros(layer.weights.dim()),
            biases: Vector::zeros(layer.outputs()),
        };
        let layers = || network.layers.iter();
        Backprop {
            rows: 0,
            inputs: layers().map(|layer| buffer(layer.inputs())).collect(),
            sums: buffer(network.outputs()),
            outputs: buffer(network.outputs()),
            targets: buffer(network.outputs()),
            deltas: layers().map(|layer| buffer(layer.outputs())).collect(),
            gradients: Gradients { layers: layers().map(gradient).collect() },
        }
    }

    /// Checks the examples, copies them into the buffers, and makes both passes. Returns their mean cost; its
    /// gradient is then in [`Backprop::gradients`].
    ///
    /// # Panics
    /// If there are more rows than there is room for, the buffers were made for a network of other sizes, or
    /// network, examples and cost do not go together; see [`Mismatch`](crate::Mismatch).
    pub fn run(&mut self, network: &Network, examples: &Examples, cost: Cost) -> f64 {
        network.expect_fit(examples, Some(cost));
        self.take(network, examples, 0..examples.rows());
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
    pub fn outputs(&self) -> Rows<'_> {
        first_rows(&self.outputs, self.rows)
    }

    /// How the cost of each row grows with each of its inputs, ∂C_r/∂x, after a backward pass, `(rows, inputs)`.
    ///
    /// # Panics
    /// If the buffers were made for a network of other sizes.
    pub fn input_gradient(&self, network: &Network) -> Matrix {
        self.gradients.expect_fit(network);
        let mut gradient = Matrix::zeros((self.rows, network.inputs()));
        let delta = first_rows(&self.deltas[0], self.rows);
        let weights = &network.layers[0].weights;
        product(1.0, delta, weights.t(), gradient.view_mut()); // (rows, outputs)(outputs, inputs)
        gradient
    }

    /// Copies inputs into the buffers, and makes the forward pass alone.
    ///
    /// # Panics
    /// If the batch is empty, has more rows than there is room for or other inputs than the network, or the
    /// buffers were made for a network of other sizes.
    pub fn forward(&mut self, network: &Network, inputs: Rows) {
        self.expect_room(network, inputs.nrows());
        let (takes, width) = (network.inputs(), inputs.ncols());
        expect_as_many("a network", (takes, "inputs"), (width, "columns"));
        first_rows_mut(&mut self.inputs[0], self.rows).assign(&inputs);
        self.forward_rows(network);
    }

    /// Copies rows of examples into the buffers, and makes no pass.
    pub(crate) fn take(
        &mut self,
        network: &Network,
        examples: &Examples,
        rows: impl ExactSizeIterator<Item = usize> + Clone,
    ) {
        self.expect_room(network, rows.len());
        copy_rows(&examples.inputs, rows.clone(), &mut self.inputs[0]);
        copy_rows(&examples.targets, rows, &mut self.targets);
    }

    /// Panics unless there is room for these rows and those layers; takes note of how many rows there are.
    fn expect_room(&mut self, network: &Network, rows: usize) {
        let most_rows = self.targets.nrows();
        assert!(
            0 < rows && rows <= most_rows,
            "a batch needs 1 to {most_rows} rows here, but came with {rows}"
        );
        self.gradients.expect_fit(network);
        self.rows = rows;
    }

    /// Makes both passes of the rows in the buffers. Returns their mean cost.
    pub(crate) fn pass(&mut self, network: &Network, cost: Cost) -> f64 {
        self.forward_rows(network);
        let mean_cost = self.judge(network, cost);
        self.backward(network);
        mean_cost
    }

    /// Makes the forward pass alone of the rows in the buffers, and remembers what came into each layer.
    pub(crate) fn forward_rows(&mut self, network: &Network) {
        let rows = self.rows;
        let (first, others) = self.inputs.split_first_mut().expect(NO_LAYER);
        let mut signal = first_rows(first, rows); // (rows, inputs)
        for (layer, next) in network.layers.iter().zip(others) {
            layer.forward(signal, first_rows_mut(next, rows)); // (rows, outputs)
            signal = first_rows(next, rows);
        }
        let last = network.last_layer();
        let mut outputs = first_rows_mut(&mut self.outputs, rows);
        last.weighted_sums(signal, outputs.view_mut());
        first_rows_mut(&mut self.sums, rows).assign(&outputs);
        last.bend(outputs);
    }

    /// Equation 1 for the rows that went forward: their errors at the outputs. Returns their mean cost.
    pub(crate) fn judge(&mut self, network: &Network, cost: Cost) -> f64 {
        let [sums, outputs, targets] = [&self.sums, &self.outputs, &self.targets]
            .map(|all| first_rows(all, self.rows));
        let deltas = self.deltas.last_mut().expect(NO_LAYER);
        let delta = first_rows_mut(deltas, self.rows); // (rows, outputs)
        let bend = network.last_layer().activation;
        cost.judge(bend, sums, outputs, targets, delta) / self.rows as f64
    }

    /// Makes the backward pass: carries the errors at the outputs from layer to layer.
    fn backward(&mut self, network: &Network) {
        let rows = self.rows;
        for (index, layer) in network.layers.iter().enumerate().rev() {
            let (delta, below) = this_and_below(&mut self.deltas, index, rows);
            let inputs = first_rows(&self.inputs[index], rows); // (rows, inputs)
            let gradient = &mut self.gradients.layers[index];
            weight_gradient(inputs, delta, &mut gradient.weights);
            bias_gradient(delta, &mut gradient.biases);
            if let Some(below) = below {
                let bend = network.layers[index - 1].activation;
                // The inputs of a layer are the outputs of the one below.
                error_below(&layer.weights, delta, bend, inputs, below);
            }
        }
    }
}

/// The error of a layer, `(rows, outputs)`, and room for that of the layer below, if there is one.
fn this_and_below(
    deltas: &mut [Matrix],
    index: usize,
    rows: usize,
) -> (Rows<'_>, Option<RowsMut<'_>>) {
    let (below, here) = deltas.split_at_mut(index);
    let below = below.last_mut().map(|delta| first_rows_mut(delta, rows));
    (first_rows(&here[0], rows), below)
}

/// Equation 2: the error of the layer below, (δ Wᵀ) ⊙ φ′(z_below), into `error` `(rows, inputs)`.
///
/// `bend` is that layer's activation, and `outputs` its outputs `(rows, inputs)`: they tell the slope.
fn error_below(
    weights: &Matrix,
    delta: Rows,
    bend: Activation,
    outputs: Rows,
    mut error: RowsMut,
) {
    product(1.0, delta, weights.t(), error.view_mut()); // (rows, outputs)(outputs, inputs)
    let outputs = outputs.to_slice().expect(WHOLE);
    bend.multiply_by_slope(outputs, error.as_slice_mut().expect(WHOLE));
}

/// Equation 3: ∂C/∂W = Xᵀ δ / rows, into `gradient` `(inputs, outputs)`.
fn weight_gradient(inputs: Rows, delta: Rows, gradient: &mut Matrix) {
    let share = 1.0 / delta.nrows() as f64;
    product(share, inputs.t(), delta, gradient.view_mut()); // (inputs, rows)(rows, outputs)
}

/// Equation 4: ∂C/∂b = the sum of the rows of δ / rows, into `gradient` `(outputs)`.
fn bias_gradient(delta: Rows, gradient: &mut Vector) {
    gradient.fill(0.0);
    for row in delta.rows() {
        *gradient += &row; // (outputs)
    }
    *gradient /= delta.nrows() as f64;
}

/// Copies rows to the first places of a buffer; each in one piece, if that is how it is stored.
fn copy_rows(from: &Matrix, rows: impl Iterator<Item = usize>, to: &mut Matrix) {
    let width = to.ncols();
    let places = to.as_slice_mut().expect(WHOLE).chunks_exact_mut(width);
    match from.as_slice() {
        Some(from) => places.zip(rows).for_each(|(place, row)| {
            place.copy_from_slice(&from[row * width..][..width]);
        }),
        None => places.zip(rows).for_each(|(place, row)| {
            place.iter_mut().zip(from.row(row)).for_each(|(to, from)| *to = *from);
        }),
    }
}

fn first_rows(buffer: &Matrix, rows: usize) -> Rows<'_> {
    buffer.view().split_at(Axis(0), rows).0
}

fn first_rows_mut(buffer: &mut Matrix, rows: usize) -> RowsMut<'_> {
    buffer.view_mut().split_at(Axis(0), rows).0
}
