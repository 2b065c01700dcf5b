use ndarray::{Array1, Array2, array};
use nn::{Activation, Dense};

#[path = "shaking.rs"]
mod shaking;
use super::{Slopes, backward};
use shaking::{agree, differences};

fn layer() -> Dense {
    let weights = array![[0.5, -1.0], [0.25, 0.75], [-0.5, 0.3]];
    Dense::new(weights, array![0.1, -0.2], Activation::Tanh)
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

fn slopes() -> Slopes {
    let (layer, inputs) = (layer(), inputs());
    let outputs = outputs(&layer, &inputs);
    backward(&layer, &inputs, &outputs, &arrives())
}

#[test]
fn the_slopes_of_the_weights() {
    let found = slopes().weights;
    assert_eq!(found.dim(), (3, 2), "∂C/∂W has the shape of W, (inputs, outputs)");
    let start = layer().weights.iter().copied().collect::<Vec<_>>();
    let measured = differences(
        |w| {
            let weights = Array2::from_shape_vec((3, 2), w.to_vec()).unwrap();
            cost(&Dense { weights, ..layer() }, &inputs())
        },
        &start,
    );
    agree("weights", &found.iter().copied().collect::<Vec<_>>(), &measured);
}

#[test]
fn the_slopes_of_the_biases() {
    let found = slopes().biases;
    let measured = differences(
        |b| cost(&Dense { biases: Array1::from_vec(b.to_vec()), ..layer() }, &inputs()),
        &layer().biases.to_vec(),
    );
    agree("biases", &found.to_vec(), &measured);
}

#[test]
fn the_slopes_of_the_inputs() {
    let found = slopes().inputs;
    assert_eq!(found.dim(), (4, 3), "∂C/∂X has the shape of X, (rows, inputs)");
    let start = inputs().iter().copied().collect::<Vec<_>>();
    let measured = differences(
        |x| cost(&layer(), &Array2::from_shape_vec((4, 3), x.to_vec()).unwrap()),
        &start,
    );
    agree("inputs", &found.iter().copied().collect::<Vec<_>>(), &measured);
}
