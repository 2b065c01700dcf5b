//! Demanding only that the cost falls would accept steps that barely help; half of the promise is a
//! common demand (Armijo, 1966, with a share of one half).

/// The first of `rate`, `rate`/2, `rate`/4, … at which a step from `x` lowers the cost by at least half of
/// the promise. `gradient` is the gradient at `x`, and not zero.
pub fn backtrack(
    cost: impl Fn(&[f64]) -> f64,
    x: &[f64],
    gradient: &[f64],
    mut rate: f64,
) -> f64 {
    let here = cost(x);
    let squares: f64 = gradient.iter().map(|slope| slope * slope).sum();
    loop {
        let there: Vec<f64> =
            x.iter().zip(gradient).map(|(x, slope)| x - rate * slope).collect();
        if here - cost(&there) >= 0.5 * rate * squares {
            return rate;
        }
        rate *= 0.5;
    }
}

#[path = "../checks/backtracking.rs"]
mod checks;
