//! However numbers lie in memory, the result has the same bits as that of a copy row by row.

use ndarray::{Array2, Axis, s};
use nn::random::normal;
use nn::*;
use rand::Rng;

/// The same numbers, laid out in memory in other ways.
fn layouts(numbers: &Array2<f64>) -> Vec<Array2<f64>> {
    let by_columns = numbers.t().as_standard_layout().into_owned().reversed_axes();
    let mut upside_down = numbers.slice(s![..;-1, ..]).as_standard_layout().into_owned();
    upside_down.invert_axis(Axis(0));
    let (rows, columns) = numbers.dim();
    let mut wide = Array2::from_elem((rows, 2 * columns), f64::NAN);
    wide.slice_mut(s![.., ..;2]).assign(numbers);
    let every_second = wide.slice_move(s![.., ..;2]);
    let all = vec![numbers.clone(), by_columns, upside_down, every_second];
    assert!(all.iter().all(|other| other == numbers));
    assert_eq!(all.iter().filter(|other| other.is_standard_layout()).count(), 1);
    all
}

fn normals(shape: (usize, usize), rng: &mut impl Rng) -> Array2<f64> {
    Array2::from_shape_simple_fn(shape, || normal(rng))
}

/// Two layers, softmax-sized: three classes.
fn parts() -> (Network, Array2<f64>, Array2<f64>) {
    let rng = &mut seeded(1);
    let network = Network::new(&[20, 7, 3], Activation::Tanh, rng);
    let classes: Vec<usize> = (0..40).map(|row| row % 3).collect();
    let targets =
        Array2::from_shape_fn((40, 3), |(row, class)| f64::from(classes[row] == class));
    (network, normals((40, 20), rng), targets)
}

/// Everything that the core makes of a network and examples.
fn outcome(
    network: &Network,
    examples: &Examples,
) -> (f64, Gradients, f64, f64, Vec<usize>) {
    let cost = Cost::SoftmaxCrossEntropy;
    let mut backprop = Backprop::new(network, examples.rows());
    let mean = backprop.run(network, examples, cost);
    (
        mean,
        backprop.gradients().clone(),
        network.cost(examples, cost),
        network.accuracy(examples),
        network.classify(examples.inputs.view()),
    )
}

#[test]
fn one_pass_does_not_see_the_layout() {
    let (network, inputs, targets) = parts();
    let wanted = outcome(&network, &Examples::new(inputs.clone(), targets.clone()));
    for x in layouts(&inputs) {
        for y in layouts(&targets) {
            assert_eq!(outcome(&network, &Examples::new(x.clone(), y.clone())), wanted);
        }
    }
}

#[test]
fn training_does_not_see_the_layout() {
    let (network, inputs, targets) = parts();
    let trained = |network: &Network, examples: &Examples, batch| {
        let mut network = network.clone();
        let training =
            Training { cost: Cost::SoftmaxCrossEntropy, rate: 0.1, batch, epochs: 3 };
        let history = training.run(&mut network, examples, &mut seeded(2)).unwrap();
        (network, history)
    };
    for batch in [Batch::Full, Batch::Rows(7)] {
        let plain = Examples::new(inputs.clone(), targets.clone());
        let wanted = trained(&network, &plain, batch);
        for x in layouts(&inputs) {
            for y in layouts(&targets) {
                assert_eq!(
                    trained(&network, &Examples::new(x.clone(), y), batch),
                    wanted
                );
            }
        }
        for first in layouts(&network.layers[0].weights) {
            for second in layouts(&network.layers[1].weights) {
                let mut other = network.clone();
                other.layers[0].weights = first.clone();
                other.layers[1].weights = second;
                assert_eq!(
                    outcome(&other, &Examples::new(inputs.clone(), targets.clone())),
                    outcome(&network, &Examples::new(inputs.clone(), targets.clone()))
                );
                assert_eq!(trained(&other, &plain, batch), wanted);
            }
        }
    }
}

#[test]
fn a_layer_takes_weights_and_biases_in_any_layout() {
    let (mut network, inputs, targets) = parts();
    let wanted = outcome(&network, &Examples::new(inputs.clone(), targets.clone()));
    for weights in layouts(&network.layers[0].weights.clone()) {
        let biases = Array2::<f64>::zeros((7, 2)).index_axis_move(Axis(1), 0);
        assert!(!biases.is_standard_layout());
        network.layers[0] = Dense::new(weights, biases, Activation::Tanh);
        assert_eq!(
            outcome(&network, &Examples::new(inputs.clone(), targets.clone())),
            wanted
        );
        assert_eq!(network.parameters_mut().count(), 140 + 7 + 21 + 3);
        assert_eq!(
            outcome(&network, &Examples::new(inputs.clone(), targets.clone())),
            wanted
        );
    }
}

#[test]
fn the_gradient_check_does_not_see_the_layout() {
    let (network, inputs, targets) = parts();
    let (cost, rows) = (Cost::SoftmaxCrossEntropy, [0, 1, 2]);
    let few = Examples::new(inputs, targets).select(&rows);
    let wanted = gradient_check(&network, &few, cost);
    assert!(wanted.error < 1e-6, "{wanted:?}");
    for x in layouts(&few.inputs) {
        for y in layouts(&few.targets) {
            assert_eq!(
                gradient_check(&network, &Examples::new(x.clone(), y), cost),
                wanted
            );
        }
    }
    let mut backprop = Backprop::new(&network, 3);
    backprop.run(&network, &few, cost);
    for weights in layouts(&backprop.gradients().layers[0].weights) {
        let mut gradients = backprop.gradients().clone();
        gradients.layers[0].weights = weights;
        assert_eq!(gradients.check(&network, &few, cost), wanted);
    }
}

#[test]
fn a_step_takes_a_gradient_in_any_layout() {
    let (network, inputs, targets) = parts();
    let examples = Examples::new(inputs, targets);
    let (cost, batch) = (Cost::SoftmaxCrossEntropy, Batch::Full);
    let training = Training { cost, rate: 0.1, batch, epochs: 1 };
    let step = |layout: usize| {
        let (mut network, rng) = (network.clone(), &mut seeded(2));
        let mut run = training.start(&mut network, &examples, rng).unwrap();
        run.look().unwrap();
        let weights = &mut run.backprop.gradients_mut().layers[0].weights;
        *weights = layouts(weights).swap_remove(layout);
        run.step().unwrap();
        network
    };
    for layout in 1..4 {
        assert_eq!(step(layout), step(0));
    }
}
