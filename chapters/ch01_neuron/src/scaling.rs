//! The same inputs raw, standardised and normalised: where do the weighted sums land, and how long does descent take?

pub(crate) mod shown;

use datasets::{Scaling, students};
use lesson::Spread;
use nalgebra::{DMatrix, DVector};
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

/// Raw, with each half of standardising alone, normalised, and standardised.
pub fn halves() -> [(&'static str, Array2<f64>); 5] {
    let [raw, standardised, normalised] = versions();
    let deviations = Scaling::standardise(raw.1.view());
    let (mut scaled, mut centred) = (raw.1.clone(), standardised.1.clone());
    for ((_, column), x) in scaled.indexed_iter_mut() {
        *x /= deviations.scale(column);
    }
    for ((_, column), x) in centred.indexed_iter_mut() {
        *x *= deviations.scale(column);
    }
    [raw, ("scaled only", scaled), ("centred only", centred), normalised, standardised]
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

/// How descent from weights of 0 fares when one neuron without a bend learns the exam from these inputs.
#[derive(Clone, Debug)]
pub struct Descent {
    /// The largest curvature of the cost, divided by the smallest.
    pub condition: f64,
    /// The rate that serves both of these curvatures best.
    pub rate: f64,
    /// The steps until the cost has [`ARRIVED`].
    pub steps: usize,
    /// How far the cost was above the lowest after 1 step, and then after ever longer stretches.
    pub course: Vec<(usize, f64)>,
}

/// The cost is the mean of ½(a − y)², and has arrived when it is this close to the lowest.
pub const ARRIVED: f64 = 0.01;

impl Descent {
    /// Along each of the valley's own directions, a step multiplies the distance from the bottom by
    /// 1 − rate · curvature.
    pub fn over(inputs: &Array2<f64>) -> Descent {
        let rows = inputs.nrows();
        let one_first = |row, column| match column {
            0 => 1.0, // the weight of this input is the bias
            _ => inputs[[row, column - 1]],
        };
        let x = DMatrix::from_fn(rows, inputs.ncols() + 1, one_first); // (rows, weights)
        let y = DVector::from_iterator(rows, students().targets.iter().copied());
        let valley = (x.transpose() * &x / rows as f64).symmetric_eigen();
        let slopes = valley.eigenvectors.transpose() * x.transpose() * y / rows as f64;
        let (largest, smallest) = (valley.eigenvalues.max(), valley.eigenvalues.min());
        let rate = 2.0 / (largest + smallest);
        let directions = valley.eigenvalues.iter().zip(&slopes);
        let mut distances: Vec<(f64, f64)> = directions
            .map(|(&curvature, slope)| (curvature, slope / curvature))
            .collect();
        let height =
            |(curvature, distance): &(f64, f64)| 0.5 * curvature * distance * distance;
        let (mut steps, mut course) = (0, Vec::new());
        loop {
            let above = distances.iter().map(height).sum::<f64>();
            let looked = course.last().map_or(0, |(steps, _)| *steps);
            if steps > looked + looked / 8 || above < ARRIVED {
                course.push((steps, above));
            }
            if above < ARRIVED {
                return Descent { condition: largest / smallest, rate, steps, course };
            }
            for (curvature, distance) in &mut distances {
                *distance *= 1.0 - rate * *curvature;
            }
            steps += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::{Axis, concatenate};
    use nn::matmul;

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

    #[test]
    fn along_its_own_directions_descent_takes_as_long_as_along_the_weights() {
        let y = students().targets; // (8, 1)
        let [.., (_, normalised), (_, standardised)] = halves();
        for inputs in [normalised, standardised] {
            let x = concatenate![Axis(1), Array2::ones((8, 1)), inputs]; // (8, 4)
            let Descent { rate, steps, course, .. } = Descent::over(&inputs);
            let cost_after = |steps: usize| {
                let mut weights = Array2::zeros((4, 1));
                for _ in 0..steps {
                    let errors = matmul(&x, &weights) - &y;
                    weights = weights - rate / 8.0 * matmul(&x.t(), &errors);
                }
                (matmul(&x, &weights) - &y).mapv(|error| 0.5 * error * error).sum() / 8.0
            };
            let lowest = cost_after(20_000);
            assert!(cost_after(steps) - lowest < ARRIVED, "{steps}");
            assert!(cost_after(steps - 1) - lowest >= ARRIVED, "{steps}");
            assert_eq!(course.last().map(|(steps, _)| *steps), Some(steps));
            for (steps, above) in course {
                let off = (cost_after(steps) - lowest - above).abs();
                assert!(off < 1e-9 * above.max(1.0), "{steps}: {off}");
            }
        }
    }

    #[test]
    fn neither_half_of_standardising_suffices() {
        let [raw, scaled, centred, _, standardised] =
            halves().map(|(_, inputs)| Descent::over(&inputs));
        for half in [scaled, centred] {
            assert!(half.steps < raw.steps / 100, "{half:?}");
            assert!(half.steps > 100 * standardised.steps, "{half:?}");
        }
    }
}
