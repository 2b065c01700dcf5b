use ndarray::{Array2, array};
use nn::math::normal;
use nn::{Activation, Dense, Network, seeded};

use super::collapse;

fn layer(weights: Array2<f64>, biases: ndarray::Array1<f64>) -> Dense {
    Dense::new(weights, biases, Activation::Identity)
}

#[test]
fn two_layers_of_one_neuron() {
    let (first, second) =
        (layer(array![[2.0]], array![3.0]), layer(array![[5.0]], array![7.0]));
    let one = collapse(&first, &second);
    assert_eq!(one.weights, array![[10.0]], "5 · (2 x + 3) + 7 multiplies x by 10");
    assert_eq!(one.biases, array![22.0], "5 · (2 x + 3) + 7 adds 5 · 3 + 7 = 22");
}

#[test]
fn layers_of_any_size_give_the_same_answers() {
    let rng = &mut seeded(1);
    let mut random =
        |rows, columns| Array2::from_shape_simple_fn((rows, columns), || normal(rng));
    let first = layer(random(4, 3), array![0.5, -1.0, 2.0]);
    let second = layer(random(3, 2), array![-0.25, 1.0]);
    let rows = random(6, 4);
    let one = collapse(&first, &second);
    assert_eq!((one.inputs(), one.outputs()), (4, 2), "4 inputs and 2 outputs remain");
    let wanted = Network::from_layers(vec![first, second]).predict(rows.view());
    let answers = Network::from_layers(vec![one]).predict(rows.view());
    for (answer, wanted) in answers.iter().zip(&wanted) {
        assert!(
            (answer - wanted).abs() < 1e-12,
            "the two layers say {wanted}, the one layer says {answer}"
        );
    }
}
