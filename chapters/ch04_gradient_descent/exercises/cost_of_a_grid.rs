//! Count before you search. A grid tries every combination of some values for each weight. How many tries
//! is that, and what is the most weights that a budget of tries allows?

/// How many combinations there are; `None` if the number does not fit into a `u128`.
pub fn tries(values: u128, weights: u32) -> Option<u128> {
    todo!("the tries for {values} values of each of {weights} weights")
}

/// The largest number of weights whose grid needs no more than `budget` tries. `values` is at least 2.
pub fn affordable_weights(values: u128, budget: u128) -> u32 {
    todo!("the weights that {budget} tries allow, with {values} values of each")
}

#[path = "../checks/cost_of_a_grid.rs"]
mod checks;
