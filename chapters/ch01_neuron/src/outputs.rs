//! The same weighted sums read as a number, as a yes, or as a choice.

pub(crate) mod shown;

use nn::Activation::{Identity, Sigmoid};
use nn::math::softmax;

/// Weighted sums of three output neurons for one student: one for each kind of result.
pub const SUMS: [(&str, f64); 3] = [("fails", -0.5), ("passes", 1.5), ("excels", 0.3)];

/// What is added to every sum, to see which reading feels it.
pub const ADDED: f64 = 10.0;

/// The three readings of these sums: each as a number, each as a yes, and all together as a choice.
pub fn readings(sums: &[f64]) -> [(&'static str, Vec<f64>); 3] {
    let alone = |bend: nn::Activation| sums.iter().map(|sum| bend.value(*sum)).collect();
    [
        ("identity", alone(Identity)),
        ("sigmoid", alone(Sigmoid)),
        ("softmax", softmaxed(sums)),
    ]
}

/// The softmax of any number of sums.
pub fn softmaxed(sums: &[f64]) -> Vec<f64> {
    let mut probabilities = vec![0.0; sums.len()];
    softmax(sums, &mut probabilities);
    probabilities
}

/// How far `added`, put on every sum, moves a probability of softmax: only differences matter to it.
pub fn softmax_moved(sums: &[f64], added: f64) -> f64 {
    let moved: Vec<f64> = sums.iter().map(|sum| sum + added).collect();
    let distances = softmaxed(sums).into_iter().zip(softmaxed(&moved));
    distances.map(|(a, b)| (a - b).abs()).fold(0.0, f64::max)
}

/// A choice between two, by softmax, and as a yes or no about their difference.
pub fn of_two(a: f64, b: f64) -> [f64; 2] {
    [softmaxed(&[a, b])[0], Sigmoid.value(a - b)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn softmax_shares_out_a_whole_and_asks_for_differences_only() {
        let [before, after] =
            [[-0.5, 1.4, 0.3], [99.5, 101.4, 100.3]].map(|sums| softmaxed(&sums));
        assert!((before.iter().sum::<f64>() - 1.0).abs() < 1e-15);
        assert!(before.iter().zip(after).all(|(a, b)| (a - b).abs() < 1e-13));
    }

    #[test]
    fn softmax_of_two_is_the_sigmoid_of_their_difference() {
        for (a, b) in [(1.4, -0.5), (-3.0, 4.0), (0.0, 0.0)] {
            let [softmax, sigmoid] = of_two(a, b);
            assert!((softmax - sigmoid).abs() < 1e-15);
        }
    }
}
