//! A training step allocates nothing of our own.

use allocation_counter::measure;
use ndarray::{Array2, linalg::general_mat_mul};
use nn::*;

/// What one matrix product allocates by itself: `matrixmultiply` packs its operands into a buffer.
fn allocations_of_a_product() -> u64 {
    let (a, b) = (Array2::<f64>::ones((32, 64)), Array2::<f64>::ones((64, 32)));
    let mut c = Array2::zeros((32, 32));
    measure(|| general_mat_mul(1.0, &a, &b, 0.0, &mut c)).count_total
}

fn allocations_of_training(epochs: usize) -> u64 {
    let examples = Examples::new(Array2::ones((320, 64)), Array2::ones((320, 10)));
    let mut network = Network::new(&[64, 32, 10], Activation::Tanh, &mut seeded(1));
    let training =
        Training { cost: Cost::Quadratic, rate: 1e-3, batch: Batch::Rows(32), epochs };
    measure(|| {
        training.run(&mut network, &examples, &mut seeded(2)).unwrap();
    })
    .count_total
}

#[test]
fn a_training_step_allocates_nothing_of_our_own() {
    let steps = 10;
    let products = 5; // two forward, two for the weights, one for the error below
    let ten_epochs = allocations_of_training(20) - allocations_of_training(10);
    assert_eq!(ten_epochs, 10 * steps * products * allocations_of_a_product());
}
