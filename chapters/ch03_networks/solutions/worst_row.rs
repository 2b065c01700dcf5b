//! The cost of every row in turn; a later row must be worse, not as bad, to take the first one's place.

use nn::{Examples, Neuron};

/// The place of the row that costs most, counted from 0. The rows have one target each.
pub fn worst_row(neuron: &Neuron, rows: &Examples) -> usize {
    let (mut worst, mut most) = (0, 0.0);
    for (row, (inputs, target)) in
        rows.inputs.rows().into_iter().zip(&rows.targets).enumerate()
    {
        let error = neuron.output(&inputs.to_vec()) - target;
        let cost = 0.5 * error * error;
        if cost > most {
            (worst, most) = (row, cost);
        }
    }
    worst
}

#[path = "../checks/worst_row.rs"]
mod checks;
