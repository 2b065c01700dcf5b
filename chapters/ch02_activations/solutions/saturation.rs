//! Each halving keeps one sum below the level and one that has reached it.

use nn::Activation;

/// The sum between −50 and 50 at which `bend` reaches `level`, to a billionth. Sigmoid and tanh rise all
/// the way; the level lies between their ends.
pub fn reaches(bend: Activation, level: f64) -> f64 {
    let (mut below, mut reached) = (-50.0, 50.0);
    for _ in 0..60 {
        let middle = 0.5 * (below + reached);
        if bend.value(middle) < level {
            below = middle;
        } else {
            reached = middle;
        }
    }
    reached
}

#[path = "../checks/saturation.rs"]
mod checks;
