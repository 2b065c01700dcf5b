//! The velocity is a running sum of steps in which older ones fade.

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
        self.velocity.resize(parameters.len(), 0.0);
        for (index, parameter) in parameters.iter_mut().enumerate() {
            self.velocity[index] =
                self.memory * self.velocity[index] - rate * gradient[index];
            *parameter += self.velocity[index];
        }
    }
}

#[path = "../checks/momentum.rs"]
mod checks;
