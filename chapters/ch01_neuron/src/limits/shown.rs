//! The sixteen gates as a table and as sixteen little planes.

use lesson::{Page, Result, Row, Table, percent};
use plot::Figure;

use super::{Found, GATES_OF_THREE, NAMES, possible, search, search_three, wanted};
use crate::corners;

/// Fills the page.
pub(crate) fn run(page: &mut Page) -> Result {
    let found = search();
    page.table("gates", &table(&found));
    page.figure("gates16", &sixteen(&found));
    page.value("tried", found.iter().map(|gate| gate.count).sum::<usize>());
    page.value("gates", found.len());
    page.value("possible", possible(&found));
    page.value("share_of_two", percent(possible(&found) as f64 / found.len() as f64, 1));

    let of_three = search_three();
    page.value("gates_of_three", GATES_OF_THREE);
    page.value("possible_of_three", of_three);
    page.value("share_of_three", percent(of_three as f64 / GATES_OF_THREE as f64, 1));
    Ok(())
}

fn table(found: &[Found]) -> Table {
    let rows = found.iter().enumerate().map(|(gate, Found { neuron, count })| {
        let row = Row::of([NAMES[gate]]).and(wanted(gate)).and([count]);
        match neuron {
            Some(neuron) => row.and(&neuron.weights).and([neuron.bias]),
            None => row.and(["–"; 3]),
        }
    });
    Table::of(["gate", "0 0", "0 1", "1 0", "1 1", "neurons", "w₁", "w₂", "b"], rows)
}

fn sixteen(found: &[Found]) -> Figure {
    let figure = Figure::new(
        "Sixteen gates",
        "Every gate on two inputs, shaded where a neuron says 1. XOR and XNOR have no shading, and a border of another colour.",
    );
    let panels = found.iter().enumerate().map(|(gate, found)| {
        let neuron = found.neuron.as_ref();
        corners::panel(NAMES[gate], neuron, wanted(gate), corners::SQUARE).bare()
    });
    panels.fold(figure.columns(4), Figure::panel)
}
