use ndarray::{Array1, Array2, array};
use nn::random::normal;
use nn::{Activation, Dense, Network, seeded};

use super::collapse;

fn layer(weights: Array2<f64>, biases: Array1<f64>) -> Dense {
    Dense::new(weights, biases, Activation::Identity)
}

/// The one layer, once it is certain that rows can go through it.
fn collapsed(first: &Dense, second: &Dense) -> Dense {
    let one = collapse(first, second);
    let (shape, wanted) = (one.weights.dim(), (first.inputs(), second.outputs()));
    assert!(
        shape == wanted && one.biases.len() == wanted.1,
        "the weights should be (inputs, outputs) = {wanted:?}, with a bias for each output, but they are \
         {shape:?}, with {} biases",
        one.biases.len()
    );
    assert!(
        one.activation == Activation::Identity,
        "neither layer bends, so the one layer should not either, but it has {}",
        one.activation.name()
    );
    one
}

#[test]
fn two_layers_of_one_neuron() {
    let (first, second) =
        (layer(array![[2.0]], array![3.0]), layer(array![[5.0]], array![7.0]));
    let one = collapsed(&first, &second);
    let (weight, bias) = (one.weights[[0, 0]], one.biases[0]);
    assert!(
        weight == 10.0,
        "5 · (2 x + 3) + 7 multiplies x by 10, but yours by {weight}"
    );
    assert!(bias == 22.0, "5 · (2 x + 3) + 7 adds 5 · 3 + 7 = 22, but yours {bias}");
}

#[test]
fn layers_of_any_size_give_the_same_answers() {
    let rng = &mut seeded(1);
    let mut random =
        |rows, columns| Array2::from_shape_simple_fn((rows, columns), || normal(rng));
    for (inputs, hidden, outputs) in [(4, 3, 2), (2, 5, 1), (3, 3, 3)] {
        let mut layer = |inputs, outputs| {
            let biases = random(1, outputs).row(0).to_owned();
            layer(random(inputs, outputs), biases)
        };
        let (first, second) = (layer(inputs, hidden), layer(hidden, outputs));
        let rows = random(6, inputs);
        let one = collapsed(&first, &second);
        let wanted = Network::from_layers(vec![first, second]).predict(rows.view());
        let answers = Network::from_layers(vec![one]).predict(rows.view());
        for (answer, wanted) in answers.iter().zip(&wanted) {
            assert!(
                (answer - wanted).abs() < 1e-12,
                "with {inputs} inputs, {hidden} neurons between and {outputs} outputs, the two layers say \
                 {wanted}, the one layer says {answer}"
            );
        }
    }
}
