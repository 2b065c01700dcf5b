//! Of the sixteen gates on two inputs, which can one neuron be?

use std::collections::BTreeSet;

use lesson::{Page, Result, Table, percent};
use nn::{Activation, Neuron};
use plot::Figure;

use crate::corners::{self, CORNERS};

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
    let mut found = vec![Found::default(); 16];
    for w1 in -2..=2 {
        for w2 in -2..=2 {
            for half in -5..=4 {
                let weights = [f64::from(w1), f64::from(w2)];
                let bias = f64::from(half) + 0.5;
                let neuron = Neuron::new(&weights, bias, Activation::Threshold);
                let gate = &mut found[number(&neuron)];
                gate.count += 1;
                if gate.neuron.as_ref().is_none_or(|known| size(&neuron) < size(known)) {
                    gate.neuron = Some(neuron);
                }
            }
        }
    }
    found
}

/// How large the numbers of a neuron are, taken together.
fn size(neuron: &Neuron) -> f64 {
    neuron.weights[0].abs() + neuron.weights[1].abs() + neuron.bias.abs()
}

/// The gate that a neuron is, as the number that its four answers spell in binary.
fn number(neuron: &Neuron) -> usize {
    CORNERS.iter().fold(0, |number, corner| 2 * number + neuron.output(corner) as usize)
}

fn sixteen(found: &[Found]) -> Figure {
    let figure = Figure::new(
        "Sixteen gates",
        "Every gate on two inputs with a line that separates its corners; XOR and XNOR have none.",
    );
    found.iter().enumerate().fold(figure.columns(4), |figure, (number, gate)| {
        let answers = [3, 2, 1, 0].map(|bit| ((number >> bit) & 1) as f64);
        figure.panel(corners::panel(NAMES[number], gate.neuron.as_ref(), answers).bare())
    })
}

/// How many of the 256 gates on three inputs a neuron of the same kind of grid can be.
fn gates_of_three() -> usize {
    let mut found = BTreeSet::new();
    let sides = || -2..=2;
    for (w1, w2, w3) in
        sides().flat_map(|a| sides().flat_map(move |b| sides().map(move |c| (a, b, c))))
    {
        for half in -7..=6 {
            let sum = |corner: i32| {
                let [x1, x2, x3] = [corner & 1, (corner >> 1) & 1, corner >> 2];
                f64::from(w1 * x1 + w2 * x2 + w3 * x3 + half) + 0.5
            };
            found.insert(
                (0..8).fold(0, |gate, corner| 2 * gate + u32::from(sum(corner) >= 0.0)),
            );
        }
    }
    found.len()
}

/// Fills the page.
pub fn run(page: &mut Page) -> Result {
    let found = search();
    let mut table =
        Table::new(["gate", "0 0", "0 1", "1 0", "1 1", "neurons", "w₁", "w₂", "b"]);
    for (number, gate) in found.iter().enumerate() {
        let answers = (0..4).map(|corner| ((number >> (3 - corner)) & 1).to_string());
        let weights = match &gate.neuron {
            Some(neuron) => {
                [neuron.weights[0], neuron.weights[1], neuron.bias].map(|x| x.to_string())
            }
            None => ["–"; 3].map(String::from),
        };
        let count = [gate.count.to_string()];
        table.row(
            [NAMES[number].to_string()]
                .into_iter()
                .chain(answers)
                .chain(count)
                .chain(weights),
        );
    }
    page.table("gates", &table);
    page.figure("gates16", &sixteen(&found));
    page.value("tried", found.iter().map(|gate| gate.count).sum::<usize>());
    page.value("gates", found.len());
    let possible = found.iter().filter(|gate| gate.neuron.is_some()).count();
    page.value("possible", possible);
    let missing: Vec<&str> = NAMES
        .iter()
        .zip(&found)
        .filter(|(_, gate)| gate.neuron.is_none())
        .map(|(name, _)| *name)
        .collect();
    page.value("missing", missing.join(" and "));

    let three = gates_of_three();
    page.value("gates_of_three", 256);
    page.value("possible_of_three", three);
    page.value("share_of_two", percent(possible as f64 / found.len() as f64, 1));
    page.value("share_of_three", percent(three as f64 / 256.0, 1));
    Ok(())
}
