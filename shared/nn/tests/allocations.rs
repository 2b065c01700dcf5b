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

fn allocations_of_training(cost: Cost, epochs: usize) -> u64 {
    let examples =
        Examples::new(Array2::ones((320, 64)), Array2::from_elem((320, 10), 0.1));
    let mut network = Network::new(&[64, 32, 10], Activation::Tanh, &mut seeded(1))
        .with_output(Activation::Sigmoid);
    let training = Training { cost, rate: 1e-3, batch: Batch::Rows(32), epochs };
    measure(|| {
        training.run(&mut network, &examples, &mut seeded(2)).unwrap();
    })
    .count_total
}

#[test]
fn a_training_step_allocates_nothing_of_our_own() {
    let steps = 10;
    let products = 5; // two forward, two for the weights, one for the error below
    for cost in Cost::ALL {
        let ten_epochs =
            allocations_of_training(cost, 20) - allocations_of_training(cost, 10);
        let of_products = 10 * steps * products * allocations_of_a_product();
        assert_eq!(ten_epochs, of_products, "{}", cost.name());
    }
}
