use nn::random::normal;
use nn::seeded;

use super::noise;

#[test]
fn equal_gradients_have_no_noise() {
    let found = noise(&[vec![1.0, -2.0], vec![1.0, -2.0], vec![1.0, -2.0]]);
    assert!(
        found == 0.0,
        "three equal gradients do not differ from their mean, so 0 is wanted, but {found} came"
    );
}

#[test]
fn gradients_by_hand() {
    for (gradients, wanted, why) in [
        (
            vec![vec![1.0, 0.0], vec![5.0, 2.0]],
            10.0_f64,
            "the mean is (3, 1), and each lies √5 from it: (5 + 5) / 1",
        ),
        (
            vec![vec![1.0], vec![2.0], vec![6.0]],
            7.0,
            "the mean is 3: ((-2)² + (-1)² + 3²) / 2",
        ),
        (
            vec![
                vec![2.0, 0.0, 1.0],
                vec![4.0, 0.0, 1.0],
                vec![2.0, 4.0, 1.0],
                vec![4.0, 4.0, 9.0],
            ],
            68.0 / 3.0,
            "the mean is (3, 2, 3): (9 + 9 + 9 + 41) / 3",
        ),
    ] {
        let (found, root) = (noise(&gradients), wanted.sqrt());
        assert!(
            (found - root).abs() < 1e-12,
            "the noise of {gradients:?} is √{wanted:.4} = {root:.6}, but {found:.6} came; {why}"
        );
    }
}

#[test]
fn large_gradients_that_differ_a_little_have_a_little_noise() {
    let far = |by: [f64; 2]| vec![1e8 + by[0], by[1] - 3e8];
    let found = noise(&[far([1.0, 0.0]), far([2.0, 2.0]), far([6.0, 4.0])]);
    // The mean is (3, 2) from there: (4 + 1 + 9 + 4 + 0 + 4) / 2.
    let wanted = 11.0_f64.sqrt();
    assert!(
        (found - wanted).abs() < 1e-6,
        "three gradients near (10⁸, −3 · 10⁸) that differ by a few units have the noise √11 = {wanted:.6}, but \
         {found:.6} came; take each distance from the mean first, and square it then"
    );
}

#[test]
fn the_estimate_is_right_on_average_even_from_few() {
    // Five numbers of variance 1 in each gradient: the squared noise is 5.
    let rng = &mut seeded(2);
    let mut squares = 0.0;
    for _ in 0..4_000 {
        let few: Vec<Vec<f64>> =
            (0..3).map(|_| (0..5).map(|_| normal(rng)).collect()).collect();
        let found = noise(&few);
        squares += found * found / 4_000.0;
    }
    assert!(
        (squares - 5.0).abs() < 0.2,
        "the squared noise should be 5 on average, but is {squares:.3}; \
         dividing by the number of gradients instead of one less gives 3.33"
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
    assert!(
        (ratio - 2.0).abs() < 0.15,
        "with four rows per batch the noise should fall to a half, by √4 = 2, but it fell by {ratio:.3}"
    );
}
