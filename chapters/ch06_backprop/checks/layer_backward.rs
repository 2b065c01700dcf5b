use ndarray::{Array1, Array2, array};
use nn::{Activation, Dense};

use super::{Slopes, backward};

#[path = "shaking.rs"]
mod shaking;
use shaking::{agree, differences};

const BENDS: [Activation; 3] =
    [Activation::Tanh, Activation::Sigmoid, Activation::Identity];

fn layer(bend: Activation) -> Dense {
    let weights = array![[0.5, -1.0], [0.25, 0.75], [-0.5, 0.3]];
    Dense::new(weights, array![0.1, -0.2], bend)
}

/// Four rows: a layer that confuses rows with inputs shows it.
fn inputs() -> Array2<f64> {
    array![[1.0, 0.5, -0.3], [-0.7, 0.2, 0.9], [0.0, 1.0, 0.4], [0.6, -0.8, 0.2]]
}

fn outputs(layer: &Dense, inputs: &Array2<f64>) -> Array2<f64> {
    let mut outputs = Array2::zeros((inputs.nrows(), layer.outputs()));
    layer.forward(inputs.view(), outputs.view_mut());
    outputs
}

/// ∂C/∂A of the cost below.
fn arrives() -> Array2<f64> {
    array![[1.0, -2.0], [0.5, 0.3], [-1.0, 0.7], [2.0, 1.5]]
}

/// A cost that adds up all outputs, each with its own factor.
fn cost(layer: &Dense, inputs: &Array2<f64>) -> f64 {
    (outputs(layer, inputs) * arrives()).sum()
}

fn slopes(layer: &Dense) -> Slopes {
    let inputs = inputs();
    let outputs = outputs(layer, &inputs);
    backward(layer, &inputs, &outputs, &arrives())
}

/// Compares a matrix of slopes with those that are measured by shaking each number of `start`.
fn face(
    what: &str,
    found: &Array2<f64>,
    start: &Array2<f64>,
    cost: impl Fn(Array2<f64>) -> f64,
) {
    let shape = start.dim();
    assert!(
        found.dim() == shape,
        "{what}: the shape should be {shape:?}, that of what the slopes belong to, but is {:?}",
        found.dim()
    );
    let numbers = |matrix: &Array2<f64>| matrix.iter().copied().collect::<Vec<_>>();
    let measured = differences(
        |moved| cost(Array2::from_shape_fn(shape, |(i, j)| moved[i * shape.1 + j])),
        &numbers(start),
    );
    agree(what, &numbers(found), &measured);
}

#[test]
fn the_slopes_of_the_weights() {
    for bend in BENDS {
        let layer = layer(bend);
        let what = format!("∂C/∂W (inputs, outputs), with {}", bend.name());
        face(&what, &slopes(&layer).weights, &layer.weights, |weights| {
            cost(&Dense { weights, ..layer.clone() }, &inputs())
        });
    }
}

#[test]
fn the_slopes_of_the_biases() {
    for bend in BENDS {
        let layer = layer(bend);
        let measured = differences(
            |b| {
                cost(
                    &Dense { biases: Array1::from_vec(b.to_vec()), ..layer.clone() },
                    &inputs(),
                )
            },
            &layer.biases.to_vec(),
        );
        let what = format!("∂C/∂b (outputs), with {}", bend.name());
        agree(&what, &slopes(&layer).biases.to_vec(), &measured);
    }
}

#[test]
fn the_slopes_of_the_inputs() {
    for bend in BENDS {
        let layer = layer(bend);
        let what = format!("∂C/∂X (rows, inputs), with {}", bend.name());
        face(&what, &slopes(&layer).inputs, &inputs(), |inputs| cost(&layer, &inputs));
    }
}
