//! 64 pixels, one neuron and the perceptron rule: what it learns is a picture.

mod live;
pub(crate) mod shown;

pub use live::GROW;

use datasets::digits::SIDE;
use nn::{Activation, Examples, Neuron};

use crate::perceptron::correct;

/// One correction.
#[derive(Clone, Debug)]
pub struct Correction {
    /// The pass, counted from 1.
    pub pass: usize,
    /// The row of the digit that the neuron was wrong about.
    pub row: usize,
    /// The neuron afterwards.
    pub after: Neuron,
}

/// If no neuron is right about all digits, the rule never stops by itself.
const MOST_PASSES: usize = 100;

/// Shows all digits in turn, and again, until a whole pass needs no correction.
pub fn learn(digits: &Examples) -> Vec<Correction> {
    let mut neuron = Neuron::new(&[0.0; SIDE * SIDE], 0.0, Activation::Threshold);
    let mut corrections = Vec::new();
    for pass in 1..=MOST_PASSES {
        let before = corrections.len();
        for (row, pixels) in digits.inputs.rows().into_iter().enumerate() {
            let target = is_zero(digits, row);
            let said = correct(&mut neuron, &pixels.to_vec(), target);
            if said != target {
                corrections.push(Correction { pass, row, after: neuron.clone() });
            }
        }
        if corrections.len() == before {
            break;
        }
    }
    corrections
}

/// 1 for a 0, and 0 for every other digit: the first of the ten targets.
fn is_zero(digits: &Examples, row: usize) -> f64 {
    digits.targets[[row, 0]]
}

/// The rows that a neuron gets wrong.
pub fn wrong(neuron: &Neuron, digits: &Examples) -> Vec<usize> {
    let says = |row: usize| neuron.output(&digits.inputs.row(row).to_vec());
    (0..digits.rows()).filter(|&row| says(row) != is_zero(digits, row)).collect()
}

/// How many of the digits are a 0: so many mistakes makes whoever always says no.
pub fn zeros(digits: &Examples) -> usize {
    (0..digits.rows()).filter(|&row| is_zero(digits, row) == 1.0).count()
}

/// The vote of each pixel of a digit: its ink times its weight.
pub fn votes(neuron: &Neuron, pixels: &[f64]) -> Vec<f64> {
    neuron.weights.iter().zip(pixels).map(|(weight, ink)| weight * ink).collect()
}

#[cfg(test)]
mod tests {
    use datasets::reader::DigitReader;

    use super::*;

    fn learnt(seed: u64) -> (DigitReader, Vec<Correction>) {
        let digits = DigitReader::new(seed);
        let corrections = learn(&digits.train);
        (digits, corrections)
    }

    #[test]
    fn the_rule_stops_when_it_is_right_about_all_that_it_learns_from() {
        let (digits, corrections) = learnt(1);
        let last = &corrections[corrections.len() - 1];
        assert!(last.pass < MOST_PASSES, "pass {}", last.pass);
        assert!(wrong(&last.after, &digits.train).is_empty());
        let before = &corrections[corrections.len() - 2];
        assert!(!wrong(&before.after, &digits.train).is_empty());
    }

    #[test]
    fn the_weights_are_whole_digits_added_and_taken_off() {
        let (digits, corrections) = learnt(1);
        let (mut weights, mut bias) = (vec![0.0; SIDE * SIDE], 0.0);
        for correction in &corrections {
            let sign = 2.0 * is_zero(&digits.train, correction.row) - 1.0;
            let pixels = digits.train.inputs.row(correction.row);
            weights
                .iter_mut()
                .zip(pixels)
                .for_each(|(weight, ink)| *weight += sign * ink);
            bias += sign;
        }
        let last = &corrections[corrections.len() - 1].after;
        assert_eq!((&weights, bias), (&last.weights, last.bias));
    }

    #[test]
    fn votes_and_bias_add_up_to_the_sum() {
        let (digits, corrections) = learnt(1);
        let neuron = &corrections[corrections.len() - 1].after;
        for pixels in digits.test.inputs.rows() {
            let votes: f64 = votes(neuron, &pixels.to_vec()).iter().sum();
            assert_eq!(votes + neuron.bias, neuron.weighted_sum(&pixels.to_vec()));
        }
    }

    #[test]
    fn it_beats_whoever_always_says_no() {
        for seed in 1..=5 {
            let (digits, corrections) = learnt(seed);
            let never = Neuron::new(&[0.0; SIDE * SIDE], -1.0, Activation::Threshold);
            assert_eq!(wrong(&never, &digits.test).len(), zeros(&digits.test));
            let mistakes = wrong(&corrections[corrections.len() - 1].after, &digits.test);
            assert!(5 * mistakes.len() < zeros(&digits.test), "{mistakes:?}");
        }
    }
}
