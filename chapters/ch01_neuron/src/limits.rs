//! Of the sixteen gates on two inputs, which can one neuron be?

pub(crate) mod shown;

use std::collections::BTreeSet;

use nn::{Activation::Threshold, Neuron};

use crate::corners::answers;

/// The smallest neuron found for a gate, and how many of those tried turned out to be it.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// A neuron that is this gate.
    pub neuron: Option<Neuron>,
    /// How many neurons of the grid are this gate.
    pub count: usize,
}

/// Tries every neuron whose weights are whole numbers from −2 to 2 and whose bias lies halfway between.
pub fn search() -> Vec<Found> {
    let mut found = vec![Found::default(); NAMES.len()];
    for w1 in -2..=2 {
        for w2 in -2..=2 {
            for b in -5..=4 {
                let weights = [f64::from(w1), f64::from(w2)];
                let neuron = Neuron::new(&weights, f64::from(b) + 0.5, Threshold);
                let gate = &mut found[number(&answers(&neuron))];
                gate.count += 1;
                if gate.neuron.as_ref().is_none_or(|known| size(&neuron) < size(known)) {
                    gate.neuron = Some(neuron);
                }
            }
        }
    }
    found
}

/// The sixteen gates by the number that their answers at the four corners spell in binary.
pub const NAMES: [&str; 16] = [
    "never",
    "AND",
    "x₁ and not x₂",
    "x₁",
    "x₂ and not x₁",
    "x₂",
    "XOR",
    "OR",
    "NOR",
    "XNOR",
    "not x₂",
    "x₁ or not x₂",
    "not x₁",
    "x₂ or not x₁",
    "NAND",
    "always",
];

/// How many of these gates some neuron is.
pub fn possible(found: &[Found]) -> usize {
    found.iter().filter(|gate| gate.neuron.is_some()).count()
}

/// Answers read as a number in binary: the name of a gate.
fn number(answers: &[f64]) -> usize {
    answers.iter().fold(0, |number, answer| 2 * number + *answer as usize)
}

/// What a gate should say at the four corners.
pub fn wanted(gate: usize) -> [f64; 4] {
    [3, 2, 1, 0].map(|bit| ((gate >> bit) & 1) as f64)
}

/// How large the numbers of a neuron are, taken together.
fn size(neuron: &Neuron) -> f64 {
    neuron.weights[0].abs() + neuron.weights[1].abs() + neuron.bias.abs()
}

/// How many gates there are on three inputs: a 0 or a 1 at each of eight corners.
pub const GATES_OF_THREE: usize = 1 << 8;

/// The same search with three inputs: how many gates it finds.
pub fn search_three() -> usize {
    let corners =
        [0, 1, 2, 3, 4, 5, 6, 7].map(|c| [c & 1, (c >> 1) & 1, c >> 2].map(f64::from));
    let mut found = BTreeSet::new();
    for weights in 0..125 {
        let weights =
            [weights / 25, weights / 5 % 5, weights % 5].map(|w| f64::from(w - 2));
        for b in -7..=6 {
            let neuron = Neuron::new(&weights, f64::from(b) + 0.5, Threshold);
            found.insert(number(&corners.map(|corner| neuron.output(&corner))));
        }
    }
    found.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_xor_and_its_opposite_are_missing() {
        let found = search();
        let missing: Vec<&str> = (0..16)
            .filter(|&gate| found[gate].neuron.is_none())
            .map(|gate| NAMES[gate])
            .collect();
        assert_eq!(missing, ["XOR", "XNOR"]);
    }

    #[test]
    fn a_gate_that_was_found_says_what_it_should() {
        for (gate, found) in search().iter().enumerate() {
            if let Some(neuron) = &found.neuron {
                assert_eq!(answers(neuron), wanted(gate), "{}", NAMES[gate]);
            }
        }
    }

    /// The number of threshold functions of three variables (OEIS A000609: 2, 4, 14, 104, 1882, …).
    #[test]
    fn of_the_gates_on_three_inputs_104_can_be_found() {
        assert_eq!(search_three(), 104);
    }
}
