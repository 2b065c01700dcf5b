use nn::math::normal;
use nn::seeded;

use super::noise;

#[test]
fn equal_gradients_have_no_noise() {
    let found = noise(&[vec![1.0, -2.0], vec![1.0, -2.0], vec![1.0, -2.0]]);
    assert_eq!(found, 0.0, "three equal gradients do not differ from their mean");
}

#[test]
fn two_gradients_by_hand() {
    // The mean is (3, 1). Each lies √(2² + 1²) = √5 from it: the sum of the squares is 10, divided by 1.
    let found = noise(&[vec![1.0, 0.0], vec![5.0, 2.0]]);
    let wanted = 10.0_f64.sqrt();
    assert!((found - wanted).abs() < 1e-12, "expected √10 = {wanted}, but got {found}");
}

#[test]
fn the_estimate_is_right_on_average_even_from_few() {
    // Two numbers of variance 1 in each gradient: the squared noise is 2.
    let rng = &mut seeded(2);
    let mut squares = 0.0;
    for _ in 0..4_000 {
        let few: Vec<Vec<f64>> = (0..3).map(|_| vec![normal(rng), normal(rng)]).collect();
        squares += noise(&few) * noise(&few) / 4_000.0;
    }
    assert!(
        (squares - 2.0).abs() < 0.1,
        "the squared noise should be 2 on average, but is {squares}; \
         dividing by the number of gradients instead of one less gives 1.33"
    );
}

#[test]
fn four_rows_per_batch_halve_it() {
    let rng = &mut seeded(4);
    let mut batches = |rows: usize| -> Vec<Vec<f64>> {
        let mut mean = || (0..rows).map(|_| normal(rng)).sum::<f64>() / rows as f64;
        (0..2_000).map(|_| vec![mean(), mean()]).collect()
    };
    let ratio = noise(&batches(1)) / noise(&batches(4));
    assert!((ratio - 2.0).abs() < 0.15, "√4 = 2 expected, but the noise fell by {ratio}");
}
