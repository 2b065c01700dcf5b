//! At a constant rate, stochastic descent hovers around its minimum. Let the rate fall: write the
//! schedule that starts at `first`, has halved after `half` updates, and falls like 1/t in the end. Updates
//! are counted from 0.

/// The rate of update number `update`.
pub fn rate(first: f64, half: f64, update: usize) -> f64 {
    todo!(
        "divide the first rate by something that is 1 at first and 2 after `half` updates"
    )
}
