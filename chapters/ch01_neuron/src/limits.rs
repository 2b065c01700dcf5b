//! Of the sixteen gates on two inputs, which can one neuron be?

use std::collections::BTreeSet;

use lesson::{Page, Result, Row, Table, percent};
use nn::{Activation::Threshold, Neuron};
use plot::Figure;

use crate::corners::{self, answers};

/// The sixteen gates by the number that their answers at the four corners spell in binary.
const NAMES: [&str; 16] = [
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

/// How many gates there are on three inputs: a 0 or a 1 at each of eight corners.
const GATES_OF_THREE: usize = 1 << 8;

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

/// Answers read as a number in binary: the name of a gate.
fn number(answers: &[f64]) -> usize {
    answers.iter().fold(0, |number, answer| 2 * number + *answer as usize)
}

/// How large the numbers of a neuron are, taken together.
fn size(neuron: &Neuron) -> f64 {
    neuron.weights[0].abs() + neuron.weights[1].abs() + neuron.bias.abs()
}

/// The same search with three inputs: how many gates it finds.
fn search_three() -> usize {
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

/// Fills the page.
pub fn run(page: &mut Page) -> Result {
    let found = search();
    page.table("gates", &table(&found));
    page.figure("gates16", &sixteen(&found));
    let possible = found.iter().filter(|gate| gate.neuron.is_some()).count();
    page.value("tried", found.iter().map(|gate| gate.count).sum::<usize>());
    page.value("gates", found.len());
    page.value("possible", possible);
    page.value("share_of_two", percent(possible as f64 / found.len() as f64, 1));

    let possible = search_three();
    page.value("gates_of_three", GATES_OF_THREE);
    page.value("possible_of_three", possible);
    page.value("share_of_three", percent(possible as f64 / GATES_OF_THREE as f64, 1));
    Ok(())
}

/// What a gate should say at the four corners.
fn wanted(gate: usize) -> [f64; 4] {
    [3, 2, 1, 0].map(|bit| ((gate >> bit) & 1) as f64)
}

fn table(found: &[Found]) -> Table {
    let mut table =
        Table::new(["gate", "0 0", "0 1", "1 0", "1 1", "neurons", "w₁", "w₂", "b"]);
    for (gate, Found { neuron, count }) in found.iter().enumerate() {
        let numbers = match neuron {
            Some(neuron) => {
                [neuron.weights[0], neuron.weights[1], neuron.bias].map(|x| x.to_string())
            }
            None => ["–"; 3].map(String::from),
        };
        table.row(Row::of([NAMES[gate]]).and(wanted(gate)).and([count]).and(numbers));
    }
    table
}

fn sixteen(found: &[Found]) -> Figure {
    let figure = Figure::new(
        "Sixteen gates",
        "Every gate on two inputs, shaded where a neuron says 1. XOR and XNOR have no shading.",
    );
    found.iter().enumerate().fold(figure.columns(4), |figure, (gate, found)| {
        let neuron = found.neuron.as_ref();
        figure.panel(corners::panel(NAMES[gate], neuron, wanted(gate)).bare())
    })
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
