//! Backpropagation against an authority that knows no chain rule, and against published numbers.

use ndarray::{Array2, Axis, array};
use nn::math::softmax;
use nn::random::normal;
use nn::*;

/// Five rows of three inputs, and targets that are probabilities: every cost accepts them.
fn examples() -> Examples {
    let rng = &mut seeded(5);
    let inputs = Array2::from_shape_simple_fn((5, 3), || normal(rng));
    let mut targets = Array2::zeros((5, 4));
    for mut row in targets.rows_mut() {
        let scores: Vec<f64> = (0..4).map(|_| normal(rng)).collect();
        softmax(&scores, row.as_slice_mut().unwrap());
    }
    Examples::new(inputs, targets)
}

fn network(hidden: Activation, output: Activation) -> Network {
    let rng = &mut seeded(11);
    let mut network = Network::new(&[3, 6, 5, 4], hidden, rng).with_output(output);
    for layer in &mut network.layers {
        layer.biases.mapv_inplace(|_| 0.3 * normal(rng));
    }
    network
}

#[test]
fn every_activation_and_every_cost_agree_with_central_differences() {
    let mut checked = 0;
    for hidden in Activation::ALL {
        for output in Activation::ALL {
            for cost in Cost::ALL {
                if !cost.accepts(output) {
                    continue;
                }
                let worst = gradient_check(&network(hidden, output), &examples(), cost);
                let names = (hidden.name(), output.name(), cost.name());
                assert!(worst.error < 1e-7, "{names:?}: {worst:?}");
                checked += 1;
            }
        }
    }
    // Three costs take the outputs of five activations, five those of the sigmoid; five hidden activations.
    assert_eq!(checked, (3 * 5 + 5) * 5);
}

#[test]
fn a_saturated_sigmoid_agrees_with_central_differences() {
    for cost in [
        Cost::BinaryCrossEntropy,
        Cost::KullbackLeibler,
        Cost::GeneralisedKullbackLeibler,
        Cost::Hellinger,
    ] {
        for z in [-800.0, -40.0, -30.0, 0.0, 30.0, 40.0, 800.0] {
            for y in [0.0, 0.3, 1.0] {
                let targets = if cost == Cost::KullbackLeibler {
                    array![[y, 1.0 - y]]
                } else {
                    array![[y, y]]
                };
                let layer =
                    Dense::new(array![[z, z]], array![0.0, 0.0], Activation::Sigmoid);
                let network = Network::from_layers(vec![layer]);
                let worst = gradient_check(
                    &network,
                    &Examples::new(array![[1.0]], targets),
                    cost,
                );
                assert!(
                    worst.error < 1e-6,
                    "{} at z = {z}, y = {y}: {worst:?}",
                    cost.name()
                );
            }
        }
    }
}

#[test]
fn a_certain_and_wrong_sigmoid_costs_the_same_on_both_sides() {
    for (z, y) in [(40.0, 0.0), (-40.0, 1.0)] {
        let layer = Dense::new(array![[z]], array![0.0], Activation::Sigmoid);
        let network = Network::from_layers(vec![layer]);
        let examples = Examples::new(array![[1.0]], array![[y]]);
        assert_eq!(network.cost(&examples, Cost::BinaryCrossEntropy), 40.0);
        let mut backprop = Backprop::new(&network, 1);
        assert_eq!(backprop.run(&network, &examples, Cost::BinaryCrossEntropy), 40.0);
    }
}

#[test]
fn a_wrong_gradient_is_caught_and_located() {
    let network = network(Activation::Tanh, Activation::Sigmoid);
    let examples = examples();
    let mut backprop = Backprop::new(&network, examples.rows());
    backprop.run(&network, &examples, Cost::Quadratic);
    for (layer, weights) in [(0, 3 * 6_usize), (1, 6 * 5), (2, 5 * 4)] {
        for place in [0, weights - 1, weights, weights + 3] {
            let mut gradients = backprop.gradients().clone();
            let gradient = &mut gradients.layers[layer];
            let slope = match usize::checked_sub(place, weights) {
                None => gradient.weights.iter_mut().nth(place).unwrap(),
                Some(bias) => &mut gradient.biases[bias],
            };
            let right = *slope;
            *slope = right * 1.25;
            let wrong = *slope;
            let worst = gradients.check(&network, &examples, Cost::Quadratic);
            assert_eq!((worst.layer, worst.place), (layer, place), "{worst:?}");
            assert_eq!(worst.backprop, wrong);
            assert!((worst.differences - right).abs() < 1e-9, "{worst:?}");
            // As a share of the larger of the two, but of no less than a thousandth of the cost.
            let small = 1e-3 * network.cost(&examples, Cost::Quadratic);
            let error = (wrong - right).abs() / wrong.abs().max(small);
            assert!((worst.error - error).abs() < 1e-5, "{worst:?}, not {error}");
        }
    }
    let mut gradients = backprop.gradients().clone();
    gradients.layers[1].weights[[0, 0]] = f64::NAN;
    let worst = gradients.check(&network, &examples, Cost::Quadratic);
    assert!(worst.error.is_nan() && (worst.layer, worst.place) == (1, 0), "{worst:?}");
}

#[test]
#[should_panic(
    expected = "a network with weights and biases of [((3, 6), 6), ((6, 5), 5), ((5, 4), 4)] was \
                given gradients of [((3, 4), 4)]"
)]
fn gradients_of_another_network_are_refused() {
    let other = Network::new(&[3, 4], Activation::Tanh, &mut seeded(1));
    let gradients = Backprop::new(&other, 1).gradients().clone();
    let network = network(Activation::Tanh, Activation::Identity);
    gradients.check(&network, &examples(), Cost::Quadratic);
}

/// One layer's gradients for the generalised Kullback-Leibler cost, when ∂C/∂a is `slope(a, y)`.
fn by_hand(
    network: &Network,
    examples: &Examples,
    slope: fn(f64, f64) -> f64,
) -> Gradients {
    let mut delta = network.predict(examples.inputs.view()); // (rows, outputs)
    delta.zip_mut_with(&examples.targets, |a, y| *a = slope(*a, *y) * *a * (1.0 - *a));
    delta /= examples.rows() as f64;
    let mut gradients = Backprop::new(network, 1).gradients().clone();
    gradients.layers[0].weights.assign(&matmul(&examples.inputs.t(), &delta)); // (inputs, outputs)
    gradients.layers[0].biases.assign(&delta.sum_axis(Axis(0))); // (outputs)
    gradients
}

#[test]
fn a_gradient_that_a_well_known_list_gives_does_not_belong_to_its_cost() {
    // "A list of cost functions used in neural networks, alongside applications", 2015.
    let network = Network::new(&[3, 4], Activation::Sigmoid, &mut seeded(11))
        .with_output(Activation::Sigmoid);
    let (examples, cost) = (examples(), Cost::GeneralisedKullbackLeibler);
    let check = |slope| {
        by_hand(&network, &examples, slope).check(&network, &examples, cost).error
    };
    let (right, listed) = (check(|a, y| (a - y) / a), check(|a, y| (y + a) / a));
    assert!(right < 1e-7, "(a − y) / a is off by {right}");
    assert!(listed > 0.5, "(y + a) / a is off by no more than {listed}");
}

/// The best-known worked example of backpropagation (Mazur, 2015): 2-2-2, sigmoid, biases not trained.
fn worked_example() -> (Network, Examples) {
    let layer =
        |weights, bias| Dense::new(weights, array![bias, bias], Activation::Sigmoid);
    let network = Network::from_layers(vec![
        layer(array![[0.15, 0.25], [0.20, 0.30]], 0.35),
        layer(array![[0.40, 0.50], [0.45, 0.55]], 0.60),
    ]);
    (network, Examples::new(array![[0.05, 0.10]], array![[0.01, 0.99]]))
}

fn assert_near(found: f64, published: f64) {
    assert!((found - published).abs() < 5e-10, "found {found}, published {published}");
}

fn update_weights(network: &mut Network, backprop: &Backprop) {
    for (layer, gradient) in network.layers.iter_mut().zip(&backprop.gradients().layers) {
        layer.weights.scaled_add(-0.5, &gradient.weights);
    }
}

#[test]
fn the_worked_example_comes_out_to_nine_digits() {
    let (mut network, examples) = worked_example();
    let mut backprop = Backprop::new(&network, 1);
    let cost = backprop.run(&network, &examples, Cost::Quadratic);
    assert_near(cost, 0.298371109);
    let outputs = backprop.outputs();
    assert_near(outputs[[0, 0]], 0.751365070);
    assert_near(outputs[[0, 1]], 0.772928465);
    let [hidden, output] = &backprop.gradients().layers[..] else { panic!("two layers") };
    assert_near(output.biases[0], 0.138498562);
    assert_near(output.biases[1], -0.038098237);
    assert_near(output.weights[[0, 0]], 0.082167041);
    assert_near(hidden.weights[[0, 0]], 0.000438568);

    update_weights(&mut network, &backprop);
    let published = [
        [[0.149780716, 0.249751144], [0.199561432, 0.299502287]],
        [[0.358916480, 0.511301270], [0.408666186, 0.561370121]],
    ];
    for (layer, published) in network.layers.iter().zip(published) {
        for (&found, &published) in layer.weights.iter().zip(published.iter().flatten()) {
            assert_near(found, published);
        }
    }
    // Published as 0.291027924, from hidden errors that already used the new output weights.
    assert!((network.cost(&examples, Cost::Quadratic) - 0.291027773694).abs() < 5e-13);
}

#[test]
fn ten_thousand_updates_of_the_worked_example_end_where_they_should() {
    let (mut network, examples) = worked_example();
    let mut backprop = Backprop::new(&network, 1);
    for update in 0..10_000 {
        let cost = backprop.run(&network, &examples, Cost::Quadratic);
        if update == 9_999 {
            assert!((cost - 3.51085481e-5).abs() < 5e-14, "{cost}");
        }
        update_weights(&mut network, &backprop);
    }
    let outputs = network.predict(examples.inputs.view());
    assert!((outputs[[0, 0]] - 0.0159136204).abs() < 5e-11, "{outputs}");
    assert!((outputs[[0, 1]] - 0.9840642735).abs() < 5e-11, "{outputs}");
}

#[test]
fn a_gradient_of_a_batch_is_the_mean_of_its_rows() {
    let network = network(Activation::Tanh, Activation::Identity);
    let examples = examples();
    let mut whole = Backprop::new(&network, 5);
    whole.run(&network, &examples, Cost::Quadratic);
    let mut mean = Array2::<f64>::zeros((3, 6));
    for row in 0..5 {
        let one = examples.select(&[row]);
        // A buffer for five rows, used for one: short batches must not see old rows.
        whole.clone().run(&network, &one, Cost::Quadratic);
        let mut alone = whole.clone();
        alone.run(&network, &one, Cost::Quadratic);
        mean.scaled_add(0.2, &alone.gradients().layers[0].weights);
    }
    for (a, b) in mean.iter().zip(&whole.gradients().layers[0].weights) {
        assert!((a - b).abs() < 1e-14);
    }
}

#[test]
#[should_panic(expected = "a batch needs 1 to 4 rows here, but came with 5")]
fn a_batch_that_is_too_large_is_named() {
    let network = network(Activation::Tanh, Activation::Identity);
    Backprop::new(&network, 4).forward(&network, examples().inputs.view());
}

#[test]
#[should_panic(expected = "a batch needs 1 to 5 rows here, but came with 0")]
fn a_batch_without_rows_is_named() {
    let network = network(Activation::Tanh, Activation::Identity);
    Backprop::new(&network, 5).forward(&network, Array2::zeros((0, 3)).view());
}

#[test]
#[should_panic(
    expected = "a network with weights and biases of [((3, 6), 6), ((6, 4), 4)] was given gradients of \
                [((3, 6), 6), ((6, 5), 5), ((5, 4), 4)]; `Backprop::new` makes those that fit"
)]
fn buffers_of_another_network_are_refused() {
    let network = network(Activation::Tanh, Activation::Identity);
    let other = Network::new(&[3, 6, 4], Activation::Tanh, &mut seeded(1));
    Backprop::new(&network, 5).forward(&other, examples().inputs.view());
}

#[test]
fn answers_are_those_of_the_last_batch() {
    let (network, examples) =
        (network(Activation::Tanh, Activation::Identity), examples());
    let mut backprop = Backprop::new(&network, 5);
    backprop.run(&network, &examples, Cost::Quadratic);
    assert_eq!(backprop.outputs(), network.predict(examples.inputs.view()));
    let few = examples.select(&[3, 1]);
    backprop.forward(&network, few.inputs.view());
    assert_eq!(backprop.outputs(), network.predict(few.inputs.view()));
}

#[test]
#[should_panic(
    expected = "a network needs as many columns as inputs, but got 3 inputs and 2 columns"
)]
fn a_batch_that_is_too_narrow_is_named() {
    let network = network(Activation::Tanh, Activation::Identity);
    Backprop::new(&network, 5).forward(&network, Array2::zeros((1, 2)).view());
}

#[test]
fn the_gradient_of_the_inputs_agrees_with_central_differences() {
    let network = network(Activation::Tanh, Activation::Sigmoid);
    let (examples, cost, h) = (examples(), Cost::Quadratic, 1e-5);
    let mut backprop = Backprop::new(&network, 5);
    backprop.run(&network, &examples, cost);
    let gradient = backprop.input_gradient(&network);
    assert_eq!(gradient.dim(), (5, 3));
    for ((row, input), slope) in gradient.indexed_iter() {
        let shaken = |by: f64| {
            let mut one = examples.select(&[row]);
            one.inputs[[0, input]] += by;
            network.cost(&one, cost)
        };
        let differences = (shaken(h) - shaken(-h)) / (2.0 * h);
        assert!(
            (slope - differences).abs() < 1e-9,
            "{row}, {input}: {slope}, {differences}"
        );
    }
}

#[test]
fn an_update_by_hand_is_one_of_training() {
    let (start, examples) = (network(Activation::Tanh, Activation::Sigmoid), examples());
    let (cost, rate) = (Cost::Quadratic, 0.3);
    let mut backprop = Backprop::new(&start, 5);
    backprop.run(&start, &examples, cost);
    let mut by_hand = start.clone();
    by_hand.update(rate, backprop.gradients());
    let mut trained = start.clone();
    let training = Training { cost, rate, batch: Batch::Full, epochs: 1 };
    training.run(&mut trained, &examples, &mut seeded(1)).unwrap();
    assert_eq!(by_hand, trained);
    let gradients = backprop.gradients().entries();
    for ((before, after), slope) in
        start.parameters().zip(by_hand.parameters()).zip(gradients)
    {
        assert_eq!(after, before - rate * slope);
    }
}

/// One weight and one bias in front of a bend.
fn lin(weight: f64, bias: f64, bend: Activation) -> Network {
    Network::from_layers(vec![Dense::new(array![[weight]], array![bias], bend)])
}

#[test]
fn a_cost_of_any_size_is_no_mistake() {
    for target in [1e-12, 1e-5, 1.0, 1e4, 1e6, 1e10, 1e12] {
        let layer =
            Dense::new(array![[1.0, 1.0]], array![0.0, 0.0], Activation::Identity);
        let network = Network::from_layers(vec![layer]);
        let examples = Examples::new(array![[1.0]], array![[1.01, target]]);
        let worst = gradient_check(&network, &examples, Cost::Quadratic);
        assert!(worst.error < 1e-6, "{target}: {worst:?}");
        let straight = lin(0.0, 0.0, Activation::Identity);
        let examples = Examples::new(array![[0.0]], array![[target]]);
        let worst = gradient_check(&straight, &examples, Cost::Quadratic);
        assert!(worst.error < 1e-6, "{target}: {worst:?}");
    }
}

#[test]
fn a_mistake_in_a_tiny_gradient_is_one() {
    let network = lin(0.5, 0.0, Activation::Identity);
    let examples = Examples::new(array![[1e-5]], array![[1e-5]]);
    let mut backprop = Backprop::new(&network, 1);
    backprop.run(&network, &examples, Cost::Quadratic);
    assert!(
        backprop.gradients().check(&network, &examples, Cost::Quadratic).error < 1e-6
    );
    let mut turned = backprop.gradients().clone();
    turned.layers[0].weights *= -1.0;
    let worst = turned.check(&network, &examples, Cost::Quadratic);
    assert!(worst.error > 0.05, "{worst:?}");
}

#[test]
fn exact_agreement_shows_a_parameter_and_its_slopes() {
    let network = lin(0.0, 0.0, Activation::Identity);
    let examples = Examples::new(array![[1.0]], array![[0.0]]);
    let worst = gradient_check(&network, &examples, Cost::Quadratic);
    assert_eq!((worst.error, worst.backprop, worst.differences), (0.0, 0.0, 0.0));
    assert_eq!((worst.layer, worst.place), (0, 0), "of equals, the first");
}
