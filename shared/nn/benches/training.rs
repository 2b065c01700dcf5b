//! One epoch of a run under way, for networks from tiny to wide.
//!
//! `peers.py` beside this file runs the same epochs in NumPy and PyTorch.

use divan::counter::ItemsCount;
use ndarray::Array2;
use nn::{Activation, Batch, Cost, Examples, Network, Training, seeded};
use rand::RngExt;

fn main() {
    divan::main();
}

const ROWS: usize = 3_200;

/// The sizes of a network's layers, and how many rows a mini-batch has.
const NETWORKS: [(&str, &[usize], usize); 6] = [
    ("64-32-10 / 32", &[64, 32, 10], 32),
    ("64-32-10 / 1", &[64, 32, 10], 1),
    ("784-30-10 / 10", &[784, 30, 10], 10),
    ("784-128-10 / 64", &[784, 128, 10], 64),
    ("784-512-256-10 / 128", &[784, 512, 256, 10], 128),
    ("2-16-16-2 / 10", &[2, 16, 16, 2], 10),
];

#[divan::bench(args = NETWORKS.map(|(name, ..)| name))]
fn epoch(bencher: divan::Bencher, name: &str) {
    let (_, sizes, batch) =
        NETWORKS.into_iter().find(|(known, ..)| *known == name).unwrap();
    let mut network = Network::new(sizes, Activation::Tanh, &mut seeded(3));
    let rng = &mut seeded(1);
    let examples = Examples::new(
        Array2::from_shape_simple_fn((ROWS, network.inputs()), || rng.random::<f64>()),
        Array2::from_shape_fn((ROWS, network.outputs()), |(row, output)| {
            f64::from(row % network.outputs() == output)
        }),
    );
    let training = Training {
        cost: Cost::SoftmaxCrossEntropy,
        rate: 0.01,
        batch: Batch::Rows(batch),
        epochs: usize::MAX,
    };
    let (network, rng) = (&mut network, &mut seeded(2));
    let mut run = training.start(network, &examples, rng).unwrap();
    bencher.counter(ItemsCount::new(ROWS)).bench_local(|| run.epoch().unwrap());
}
