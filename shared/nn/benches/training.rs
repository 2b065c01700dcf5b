//! Rows per second through one epoch of training.

use divan::counter::ItemsCount;
use ndarray::Array2;
use nn::{Activation, Batch, Cost, Examples, Network, Training, seeded};
use rand::RngExt;

fn main() {
    divan::main();
}

const ROWS: usize = 3_200;

fn random_examples(inputs: usize, outputs: usize) -> Examples {
    let rng = &mut seeded(1);
    Examples::new(
        Array2::from_shape_simple_fn((ROWS, inputs), || rng.random::<f64>()),
        Array2::from_shape_fn((ROWS, outputs), |(row, output)| {
            f64::from(row % outputs == output)
        }),
    )
}

fn epoch(bencher: divan::Bencher, network: Network, cost: Cost, rate: f64, batch: usize) {
    let examples = random_examples(network.inputs(), network.outputs());
    let training = Training { cost, rate, batch: Batch::Rows(batch), epochs: 1 };
    bencher.counter(ItemsCount::new(ROWS)).with_inputs(|| network.clone()).bench_values(
        |mut network| {
            training.run(&mut network, &examples, &mut seeded(2)).unwrap();
            network
        },
    );
}

#[divan::bench(args = [1, 32])]
fn digits_64_32_10_tanh_batch(bencher: divan::Bencher, batch: usize) {
    let network = Network::new(&[64, 32, 10], Activation::Tanh, &mut seeded(3));
    epoch(bencher, network, Cost::SoftmaxCrossEntropy, 0.01, batch);
}

#[divan::bench]
fn mnist_784_30_10_sigmoid_batch_10(bencher: divan::Bencher) {
    let network = Network::new(&[784, 30, 10], Activation::Sigmoid, &mut seeded(3))
        .with_output(Activation::Sigmoid);
    epoch(bencher, network, Cost::Quadratic, 0.01, 10);
}
