//! Shuffling a list moves its entries around; none is lost and none comes twice.

use rand::Rng;
use rand::seq::SliceRandom;

/// The numbers 0, 1, …, `rows` − 1 in random order.
pub fn epoch(rows: usize, rng: &mut impl Rng) -> Vec<usize> {
    let mut order: Vec<usize> = (0..rows).collect();
    order.shuffle(rng);
    order
}

#[path = "../checks/epoch.rs"]
mod checks;
