//! A training step allocates nothing.

use allocation_counter::measure;
use ndarray::Array2;
use nn::*;

fn allocations_of_training(cost: Cost, sizes: &[usize], epochs: usize) -> u64 {
    let [inputs, outputs] = [sizes[0], sizes[sizes.len() - 1]];
    let examples = Examples::new(
        Array2::ones((320, inputs)),
        Array2::from_elem((320, outputs), 1.0 / outputs as f64),
    );
    let mut network = Network::new(sizes, Activation::Tanh, &mut seeded(1))
        .with_output(Activation::Sigmoid);
    let training = Training { cost, rate: 1e-3, batch: Batch::Rows(32), epochs };
    measure(|| {
        training.run(&mut network, &examples, &mut seeded(2)).unwrap();
    })
    .count_total
}

#[test]
fn a_training_step_allocates_nothing() {
    for cost in Cost::ALL {
        let [few, many] =
            [10, 20].map(|epochs| allocations_of_training(cost, &[64, 32, 10], epochs));
        assert_eq!(few, many, "{}", cost.name());
    }
}
