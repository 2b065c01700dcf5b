//! Random numbers that everybody draws alike: one generator, whose stream is fixed by its seed (ChaCha
//! with 8 rounds), on every machine.

use rand::rngs::ChaCha8Rng;
use rand::{Rng, RngExt, SeedableRng};

use crate::math::{cos, ln};

/// A random number generator whose whole stream is fixed by `seed`, on every machine.
pub fn seeded(seed: u64) -> ChaCha8Rng {
    ChaCha8Rng::seed_from_u64(seed)
}

/// A normal deviate with mean 0 and standard deviation 1 (Box and Muller, 1958).
pub fn normal(rng: &mut impl Rng) -> f64 {
    // A random number may be 0, but is never 1; so this one is never 0, whose logarithm is −∞.
    let above_zero = 1.0 - rng.random::<f64>();
    let radius = (-2.0 * ln(above_zero)).sqrt();
    let angle = 2.0 * std::f64::consts::PI * rng.random::<f64>();
    radius * cos(angle)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_random_stream_is_the_one_we_know() {
        assert_eq!(seeded(7).random::<u64>(), 2_910_824_217_569_608_635);
    }

    #[test]
    fn normal_deviates_have_mean_zero_and_deviation_one() {
        let mut rng = seeded(1);
        let draws: Vec<f64> = (0..100_000).map(|_| normal(&mut rng)).collect();
        let mean = draws.iter().sum::<f64>() / 100_000.0;
        let variance =
            draws.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / 100_000.0;
        assert!(mean.abs() < 0.01, "mean {mean}");
        assert!((variance - 1.0).abs() < 0.02, "variance {variance}");
    }
}
