//! Give descent a memory, which the field calls momentum. With the velocity v (0 at first), the memory μ (often
//! `0.9`), the rate η of this update and the gradient g, one update is
//!
//! v ← μ v − η g, then p ← p + v
//!
//! for every parameter p. Steps in the same direction add up, and steps back and forth cancel. The rate may change from
//! one update to the next. It belongs to the new part of the velocity only.

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
        todo!(
            "the update of {parameters:?} and {:?}, with the slopes {gradient:?}, memory {} and rate {rate}",
            self.velocity,
            self.memory
        )
    }
}

#[path = "../checks/momentum.rs"]
mod checks;
