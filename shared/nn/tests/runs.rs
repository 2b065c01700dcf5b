//! A training run that is walked ends where the one-liner ends, and may be changed on its way.

use ndarray::{Array2, array};
use nn::random::normal;
use nn::*;

fn rows() -> Examples {
    let rng = &mut seeded(3);
    let inputs = Array2::from_shape_simple_fn((10, 3), || normal(rng));
    let targets = Array2::from_shape_simple_fn((10, 2), || normal(rng));
    Examples::new(inputs, targets)
}

fn start() -> Network {
    Network::new(&[3, 4, 2], Activation::Tanh, &mut seeded(4))
}

fn training(batch: Batch) -> Training {
    Training { cost: Cost::Quadratic, rate: 0.1, batch, epochs: 5 }
}

#[test]
fn every_way_to_walk_ends_in_the_same_bits() {
    let rows = rows();
    for batch in [Batch::Full, Batch::Rows(1), Batch::Rows(4)] {
        let training = training(batch);
        let mut wanted = start();
        let history = training.run(&mut wanted, &rows, &mut seeded(5)).unwrap();

        let (mut by_epochs, rng) = (start(), &mut seeded(5));
        let mut run = training.start(&mut by_epochs, &rows, rng).unwrap();
        let mut costs = Vec::new();
        while let Some(cost) = run.epoch().unwrap() {
            costs.push(cost);
            assert_eq!(run.epochs_done(), costs.len());
        }
        assert_eq!((run.history(), &costs), (&history, &history.costs));
        assert_eq!(run.finish().unwrap(), history);
        assert_eq!(by_epochs, wanted);

        let (mut by_steps, rng) = (start(), &mut seeded(5));
        let mut run = training.start(&mut by_steps, &rows, rng).unwrap();
        let mut seen = vec![0; 10];
        while let Some(cost) = run.look().unwrap() {
            run.rows().iter().for_each(|&row| seen[row] += 1);
            assert_eq!(run.backprop.outputs().nrows(), run.rows().len());
            let again = run.look().unwrap();
            assert_eq!(again, Some(cost), "a second look is at the same batch");
            run.step().unwrap();
        }
        assert_eq!(seen, [5; 10], "each row once an epoch");
        assert_eq!(by_steps, wanted);

        let (mut in_parts, rng) = (start(), &mut seeded(5));
        let mut run = training.start(&mut in_parts, &rows, rng).unwrap();
        run.update().unwrap();
        run.epoch().unwrap();
        assert_eq!(run.finish().unwrap(), history);
        assert_eq!(in_parts, wanted);
    }
}

#[test]
fn what_is_looked_at_is_what_backpropagation_finds() {
    let (rows, network) = (rows(), start());
    let (mut trained, rng) = (network.clone(), &mut seeded(5));
    let mut run = training(Batch::Rows(4)).start(&mut trained, &rows, rng).unwrap();
    let cost = run.look().unwrap().unwrap();
    let few = rows.select(run.rows());
    let mut backprop = Backprop::new(&network, 4);
    assert_eq!(backprop.run(&network, &few, Cost::Quadratic), cost);
    assert_eq!(backprop.gradients(), run.backprop.gradients());
    assert_eq!(backprop.outputs(), run.backprop.outputs());
}

#[test]
fn the_rate_may_change_on_the_way() {
    let rows = rows();
    let (mut changed, rng) = (start(), &mut seeded(5));
    let mut run = training(Batch::Full).start(&mut changed, &rows, rng).unwrap();
    run.rate = 0.02;
    run.update().unwrap();
    run.rate = 0.0;
    run.update().unwrap();
    let mut wanted = start();
    let once = Training { rate: 0.02, epochs: 1, ..training(Batch::Full) };
    once.run(&mut wanted, &rows, &mut seeded(5)).unwrap();
    assert_eq!(changed, wanted);
}

#[test]
fn a_layer_without_slopes_stays_and_the_others_move() {
    let rows = rows();
    for frozen in [0, 1] {
        let (mut network, rng) = (start(), &mut seeded(5));
        let mut run = training(Batch::Full).start(&mut network, &rows, rng).unwrap();
        while run.look().unwrap().is_some() {
            let gradient = &mut run.backprop.gradients_mut().layers[frozen];
            gradient.weights.fill(0.0);
            gradient.biases.fill(0.0);
            run.step().unwrap();
        }
        assert_eq!(network.layers[frozen], start().layers[frozen]);
        assert_ne!(network.layers[1 - frozen], start().layers[1 - frozen]);
    }
}

#[test]
fn weights_may_shrink_before_the_step() {
    let rows = rows();
    let step = |decay| {
        let (mut network, rng) = (start(), &mut seeded(5));
        for layer in &mut network.layers {
            layer.biases.fill(0.3);
        }
        let mut run = training(Batch::Full).start(&mut network, &rows, rng).unwrap();
        run.look().unwrap();
        for layer in &mut run.network.layers {
            layer.weights *= 1.0 - run.rate * decay;
        }
        run.step().unwrap();
        network
    };
    for ((plain, decayed), before) in
        step(0.0).layers.iter().zip(step(0.5).layers).zip(start().layers)
    {
        assert_eq!(plain.biases, decayed.biases);
        for ((plain, decayed), before) in
            plain.weights.iter().zip(&decayed.weights).zip(&before.weights)
        {
            assert!((plain - 0.1 * 0.5 * before - decayed).abs() < 1e-15);
        }
    }
}

#[test]
fn a_gradient_may_be_changed_before_the_step() {
    let rows = rows();
    let (mut network, rng) = (start(), &mut seeded(5));
    let mut run = training(Batch::Full).start(&mut network, &rows, rng).unwrap();
    run.look().unwrap();
    for layer in &mut run.backprop.gradients_mut().layers {
        layer.weights.fill(0.0);
        layer.biases.fill(1.0);
    }
    run.step().unwrap();
    for (layer, before) in network.layers.iter().zip(start().layers) {
        assert_eq!(layer.weights, before.weights);
        assert_eq!(layer.biases, &before.biases - 0.1);
    }
}

#[test]
fn each_array_gets_a_rule_at_rest() {
    let rows = rows();
    let train = |mut network: Network, memory: f64| {
        let rng = &mut seeded(5);
        let run = training(Batch::Full).start(&mut network, &rows, rng).unwrap();
        run.with_rule(|| Momentum::new(memory)).finish().unwrap();
        network
    };
    let mut plain = start();
    training(Batch::Full).run(&mut plain, &rows, &mut seeded(5)).unwrap();
    assert_eq!(train(start(), 0.0), plain);
    assert_ne!(train(start(), 0.5), plain);
    assert_eq!(train(start(), 0.5), train(start(), 0.5));
}

#[test]
#[should_panic(expected = "a step follows a look")]
fn a_step_in_the_dark_is_refused() {
    let (rows, mut network, rng) = (rows(), start(), &mut seeded(5));
    let mut run = training(Batch::Full).start(&mut network, &rows, rng).unwrap();
    run.update().unwrap();
    let _ = run.step();
}

#[test]
#[should_panic(
    expected = "a learning rate must be a finite number from 0 up, but is NaN"
)]
fn a_rate_that_becomes_none_is_refused() {
    let (rows, mut network, rng) = (rows(), start(), &mut seeded(5));
    let mut run = training(Batch::Full).start(&mut network, &rows, rng).unwrap();
    run.rate = f64::NAN;
    let _ = run.update();
}

#[test]
fn an_activation_a_cost_and_a_rule_of_ones_own_train() {
    let leaky = Activation::Own(activation::Own {
        name: "leaky ReLU",
        value: |z| if z > 0.0 { z } else { 0.1 * z },
        slope: |a| if a > 0.0 { 1.0 } else { 0.1 },
    });
    let fourth = Cost::Own(cost::Own {
        name: "fourth power",
        value: |outputs, targets| {
            outputs
                .iter()
                .zip(targets)
                .map(|(a, y)| (a - y) * (a - y) * (a - y) * (a - y))
                .sum()
        },
        gradient: |outputs, targets, gradient| {
            for ((slope, a), y) in gradient.iter_mut().zip(outputs).zip(targets) {
                *slope = 4.0 * (a - y) * (a - y) * (a - y);
            }
        },
    });
    let mut network = Network::new(&[1, 6, 1], leaky, &mut seeded(1));
    let rows = Examples::new(array![[-1.0], [0.0], [1.0]], array![[1.0], [0.0], [1.0]]);
    assert!(gradient_check(&network, &rows, fourth).error < 1e-6);
    assert_eq!((leaky.name(), fourth.name()), ("leaky ReLU", "fourth power"));
    let before = network.cost(&rows, fourth);
    let training = Training { cost: fourth, rate: 0.05, batch: Batch::Full, epochs: 500 };
    let rng = &mut seeded(1);
    let signs = || {
        |rate: f64, parameters: &mut [f64], gradient: &[f64]| {
            for (parameter, slope) in parameters.iter_mut().zip(gradient) {
                *parameter -= 0.1 * rate * slope.signum();
            }
        }
    };
    training.start(&mut network, &rows, rng).unwrap().with_rule(signs).finish().unwrap();
    assert!(network.cost(&rows, fourth) < 0.1 * before);
}
