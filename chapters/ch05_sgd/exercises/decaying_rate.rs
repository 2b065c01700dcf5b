//! At a constant rate, stochastic descent hovers around its minimum. Let the rate fall: divide `first` by a
//! number that is 1 at update 0 and 2 after `half` updates, and that grows evenly all the time. So the rate has
//! halved after `half` updates and falls like 1/t in the end.

/// The rate of update number `update`.
pub fn rate(first: f64, half: f64, update: usize) -> f64 {
    todo!(
        "the rate of update {update}, if it is {first} at update 0 and half of that at {half}"
    )
}

#[path = "../checks/decaying_rate.rs"]
mod checks;
