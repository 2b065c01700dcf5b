//! With a sigmoid the neuron that looks for a 0 says how sure it is; where that is flat, it cannot be taught.

pub(crate) mod shown;

use datasets::digits::SIDE;
use ndarray::{array, s};
use nn::{Activation, Examples, Neuron};

use crate::threshold::{right, step};

/// The digits with one question: is it a 0? Of the ten targets that is the first.
pub fn zero_or_not(digits: &Examples) -> Examples {
    Examples::new(digits.inputs.clone(), digits.targets.slice(s![.., ..1]).to_owned())
}

/// If no neuron is right about all digits, the rule never stops by itself.
const MOST_PASSES: usize = 100;

/// The perceptron rule of chapter 1: a correction after each mistake, until all are right.
pub fn perceptron(examples: &Examples) -> Neuron {
    let mut neuron = Neuron::new(&[0.0; SIDE * SIDE], 0.0, Activation::Threshold);
    for _ in 0..MOST_PASSES {
        for (row, y) in examples.inputs.rows().into_iter().zip(&examples.targets) {
            let error = neuron.output(&row.to_vec()) - y;
            neuron.weights.iter_mut().zip(row).for_each(|(w, x)| *w -= error * x);
            neuron.bias -= error;
        }
        if right(&neuron, examples) == examples.rows() {
            break;
        }
    }
    neuron
}

/// The volume at which the neuron's sums lie where a sigmoid bends.
pub const QUIET: f64 = 0.1;

/// The volume at which the perceptron rule left it.
pub const LOUD: f64 = 1.0;

/// The same weights and bias, all times `volume`, behind a sigmoid.
pub fn smooth(neuron: &Neuron, volume: f64) -> Neuron {
    let weights: Vec<f64> = neuron.weights.iter().map(|w| volume * w).collect();
    Neuron::new(&weights, volume * neuron.bias, Activation::Sigmoid)
}

/// The neuron after it was told how wrong it is about one row: a step down its own slope.
pub fn told(neuron: &Neuron, row: &Examples) -> Neuron {
    let mut neuron = neuron.clone();
    step(&mut neuron, row, |a| Activation::Sigmoid.slope(a));
    neuron
}

/// The row alone, with the answer that the neuron does not give.
pub fn opposite(neuron: &Neuron, examples: &Examples, row: usize) -> Examples {
    let target = f64::from(answer(neuron, examples, row) < 0.5);
    Examples::new(examples.select(&[row]).inputs, array![[target]])
}

/// No row is told more often than this.
const PATIENCE: usize = 1_000;

/// How often the neuron has to be told the opposite about this row until it says so, if it ever does.
pub fn turns_after(neuron: &Neuron, examples: &Examples, row: usize) -> Option<usize> {
    let row = opposite(neuron, examples, row);
    let mut neuron = neuron.clone();
    (1..=PATIENCE).find(|_| {
        neuron = told(&neuron, &row);
        right(&neuron, &row) == 1
    })
}

/// What the neuron says to a row.
pub fn answer(neuron: &Neuron, examples: &Examples, row: usize) -> f64 {
    neuron.output(&examples.inputs.row(row).to_vec())
}

/// The rows whose sums come nearest to so many numbers, evenly spread from the lowest sum to the highest.
pub fn strip(neuron: &Neuron, examples: &Examples, number: usize) -> Vec<usize> {
    let rows = 0..examples.rows();
    let sum = |row: usize| neuron.weighted_sum(&examples.inputs.row(row).to_vec());
    let sums: Vec<f64> = rows.clone().map(sum).collect();
    let lowest = sums.iter().copied().fold(f64::MAX, f64::min);
    let highest = sums.iter().copied().fold(f64::MIN, f64::max);
    let step = (highest - lowest) / (number - 1) as f64;
    let nearest = |place: usize| {
        let away = |row: &usize| (sums[*row] - (lowest + place as f64 * step)).abs();
        rows.clone().min_by(|a, b| away(a).total_cmp(&away(b)))
    };
    (0..number).filter_map(nearest).collect()
}

#[cfg(test)]
mod tests {
    use datasets::{digits, reader::TRAIN_ROWS};
    use nn::seeded;

    use super::*;

    /// The neuron with its threshold, and the digits that it has not seen.
    fn learnt(seed: u64) -> (Neuron, Examples) {
        let (train, test) = zero_or_not(&digits()).split(TRAIN_ROWS, &mut seeded(seed));
        let neuron = perceptron(&train);
        assert_eq!(right(&neuron, &train), train.rows(), "seed {seed}");
        (neuron, test)
    }

    #[test]
    fn the_sigmoid_says_yes_where_the_threshold_does() {
        let (sharp, test) = learnt(1);
        for smooth in [smooth(&sharp, QUIET), smooth(&sharp, LOUD)] {
            for row in 0..test.rows() {
                let yes = answer(&smooth, &test, row) >= 0.5;
                assert_eq!(yes, answer(&sharp, &test, row) == 1.0, "row {row}");
            }
        }
    }

    #[test]
    fn what_it_gets_wrong_it_was_in_doubt_about() {
        let mut mistakes = 0;
        for seed in 1..=8 {
            let (sharp, test) = learnt(seed);
            let smooth = smooth(&sharp, QUIET);
            for row in 0..test.rows() {
                if right(&smooth, &test.select(&[row])) == 0 {
                    let answer = answer(&smooth, &test, row);
                    assert!((0.2..0.8).contains(&answer), "seed {seed}: {answer}");
                    mistakes += 1;
                }
            }
        }
        assert!(mistakes > 3, "{mistakes}");
    }

    #[test]
    fn a_step_moves_the_sum_by_error_times_slope_times_what_came_in() {
        let (sharp, test) = learnt(1);
        let smooth = smooth(&sharp, QUIET);
        let rate = |row: usize| {
            let pixels = test.inputs.row(row).to_vec();
            let told = told(&smooth, &opposite(&smooth, &test, row));
            let moved = told.weighted_sum(&pixels) - smooth.weighted_sum(&pixels);
            let a = answer(&smooth, &test, row);
            let error = a - f64::from(a < 0.5);
            let came_in = 1.0 + pixels.iter().map(|x| x * x).sum::<f64>(); // the bias's is 1
            -moved / (error * a * (1.0 - a) * came_in)
        };
        for row in 1..test.rows() {
            assert!((rate(row) - rate(0)).abs() < 1e-9, "{} {}", rate(row), rate(0));
        }
    }

    #[test]
    fn the_surer_it_is_the_longer_it_takes_to_turn() {
        let (sharp, test) = learnt(1);
        let smooth = smooth(&sharp, QUIET);
        let strip = strip(&smooth, &test, 5);
        let answers: Vec<f64> =
            strip.iter().map(|&row| answer(&smooth, &test, row)).collect();
        assert!(answers.is_sorted(), "{answers:?}");
        let steps = |row| turns_after(&smooth, &test, row).expect("it turns");
        assert!(steps(strip[0]) > 10 * steps(strip[2]), "{}", steps(strip[0]));
        assert!(steps(strip[4]) > steps(strip[3]));
    }

    #[test]
    fn where_it_is_flat_a_loud_neuron_cannot_be_taught() {
        let (sharp, test) = learnt(1);
        let loud = smooth(&sharp, LOUD);
        let sure = strip(&loud, &test, 5)[0];
        assert_eq!(turns_after(&loud, &test, sure), None);
        let doubt = |row: &usize| (answer(&loud, &test, *row) - 0.5).abs();
        let doubtful = (0..test.rows()).min_by(|a, b| doubt(a).total_cmp(&doubt(b)));
        assert!(turns_after(&loud, &test, doubtful.unwrap()).is_some());
    }
}
