//! Give descent a memory. With the velocity v (0 at first), the memory μ, the rate η and the gradient g,
//! one update is
//!
//! v ← μ v − η g, then p ← p + v
//!
//! for every parameter p. Steps in the same direction add up, and steps back and forth cancel.

use nn::UpdateRule;

/// Descent with a memory.
#[derive(Clone, Debug)]
pub struct WithMemory {
    /// μ, from 0 (no memory) to just below 1.
    pub memory: f64,
    /// One per parameter; empty before the first update.
    pub velocity: Vec<f64>,
}

impl UpdateRule for WithMemory {
    fn update(&mut self, rate: f64, parameters: &mut [f64], gradient: &[f64]) {
        todo!("make room for the velocities, then update each of them and its parameter")
    }
}
