//! One number for all rows hides who pays it. Find the row that hurts most: the one with the largest cost
//! $\tfrac{1}{2}(\hat{y} - y)^2$. Of equals, take the first.

use nn::{Examples, Neuron};

/// The place of the row that costs most, counted from 0. The rows have one target each.
pub fn worst_row(neuron: &Neuron, rows: &Examples) -> usize {
    todo!("the row of {} that costs most, with {neuron:?}", rows.rows())
}

#[path = "../checks/worst_row.rs"]
mod checks;
