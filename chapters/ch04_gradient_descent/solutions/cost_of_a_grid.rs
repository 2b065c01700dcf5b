//! A grid multiplies: every further weight costs as many times more as it has values.

/// How many combinations there are; `None` if the number does not fit into a `u128`.
pub fn tries(values: u128, weights: u32) -> Option<u128> {
    values.checked_pow(weights)
}

/// The largest number of weights whose grid needs no more than `budget` tries. `values` is at least 2.
pub fn affordable_weights(values: u128, budget: u128) -> u32 {
    let affordable =
        |&weights: &u32| tries(values, weights).is_some_and(|tries| tries <= budget);
    (1..).take_while(affordable).last().unwrap_or(0)
}

#[path = "../checks/cost_of_a_grid.rs"]
mod checks;
