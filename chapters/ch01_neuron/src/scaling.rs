//! The same inputs raw, standardised and normalised: where do the weighted sums land?

pub(crate) mod shown;

use datasets::{Scaling, students};
use lesson::Spread;
use ndarray::Array2;
use nn::Activation::Sigmoid;
use nn::math::ln;
use nn::random::normal;
use nn::{Neuron, seeded};

/// How many neurons with random weights look at each version of the inputs.
pub const NEURONS: usize = 1_000;

/// The eight students' inputs in three versions.
pub fn versions() -> [(&'static str, Array2<f64>); 3] {
    let students = students();
    let raw = students.inputs.view();
    [
        ("raw", raw.to_owned()),
        ("standardised", Scaling::standardise(raw).apply(raw)),
        ("normalised", Scaling::normalise(raw).apply(raw)),
    ]
}

/// The weighted sums of every student in every neuron. Weights and biases are normal with deviation 1.
pub fn weighted_sums(inputs: &Array2<f64>, seed: u64) -> Vec<f64> {
    let rng = &mut seeded(seed);
    let mut sums = Vec::new();
    for _ in 0..NEURONS {
        let weights = [normal(rng), normal(rng), normal(rng)];
        let neuron = Neuron::new(&weights, normal(rng), Sigmoid);
        sums.extend(
            inputs.rows().into_iter().map(|row| neuron.weighted_sum(&row.to_vec())),
        );
    }
    sums
}

/// Beyond this a sigmoid is saturated: less than a tenth of its slope is left.
///
/// The slope a(1 − a) is a tenth of ¼ at a = (1 + √0.9) / 2, and the sigmoid is a at z = ln(a / (1 − a)).
pub fn limit() -> f64 {
    let a = 0.5 * (1.0 + 0.9_f64.sqrt());
    ln(a / (1.0 - a))
}

/// The share of the sums that lie further from zero than this.
pub fn share_beyond(limit: f64, sums: &[f64]) -> f64 {
    sums.iter().filter(|sum| sum.abs() > limit).count() as f64 / sums.len() as f64
}

/// How far from zero the sums lie.
pub fn sizes(sums: &[f64]) -> Spread {
    Spread::of(sums.iter().map(|sum| sum.abs()))
}

/// What they leave of the sigmoid's slope. It falls as the size grows, on either side alike.
pub fn slopes(sums: &[f64]) -> Spread {
    Spread::of(sums.iter().map(|sum| Sigmoid.slope(Sigmoid.value(-sum.abs()))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn beyond_the_limit_a_sigmoid_has_lost_nine_tenths_of_its_slope() {
        let slope = |z| Sigmoid.slope(Sigmoid.value(z));
        assert!((slope(limit()) - 0.1 * slope(0.0)).abs() < 1e-12);
        assert!(slope(limit() + 0.01) < 0.1 * slope(0.0));
    }

    #[test]
    fn scaled_inputs_saturate_fewer_neurons_whatever_the_seed() {
        for seed in 10..20 {
            let [raw, standardised, normalised] = versions()
                .map(|(_, inputs)| share_beyond(limit(), &weighted_sums(&inputs, seed)));
            assert!(raw > 0.9);
            assert!(standardised < 0.1);
            assert!(normalised < 0.05);
        }
    }
}
