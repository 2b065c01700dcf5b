//! Write the order in which one epoch of stochastic descent visits its rows: every row once, and in
//! another order each time. The rows are numbered from 0. The random number generator is given, so that
//! one seed gives one order. `shuffle` comes from the trait `rand::seq::SliceRandom`; bring it in with `use`.

use rand::Rng;

/// The numbers 0, 1, …, `rows` − 1 in random order.
pub fn epoch(rows: usize, rng: &mut impl Rng) -> Vec<usize> {
    todo!("{rows} rows in random order; a random number is {}", rng.next_u32())
}

#[path = "../checks/epoch.rs"]
mod checks;
