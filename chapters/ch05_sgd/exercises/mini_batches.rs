//! # Mini-batches
//!
//! Cut an epoch into mini-batches. Each has `size` rows, but for the last one: it takes what is left. No
//! row may be dropped. How many updates does an epoch of ten rows make with `size` = 4?

/// The rows in the order given, `size` at a time.
pub fn mini_batches(order: &[usize], size: usize) -> Vec<Vec<usize>> {
    todo!("the mini-batches of {order:?}, {size} rows at a time")
}

/// How many updates one epoch makes.
pub fn updates(rows: usize, size: usize) -> usize {
    todo!("the number of updates for {rows} rows, {size} at a time")
}

#[path = "../checks/mini_batches.rs"]
mod checks;
