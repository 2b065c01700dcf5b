//! η₀ / (1 + t / τ): the sum of all rates has no bound, so any minimum stays within reach; the sum of their
//! squares has one, so the noise dies out.

/// The rate of update number `update`.
pub fn rate(first: f64, half: f64, update: usize) -> f64 {
    first / (1.0 + update as f64 / half)
}

#[path = "../checks/decaying_rate.rs"]
mod checks;
