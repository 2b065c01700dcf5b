//! Slopes measured by shaking, and how an answer is held against them.

/// (f(x + h) − f(x − h)) / 2h for each number of `x`.
pub fn differences(f: impl Fn(&[f64]) -> f64, x: &[f64]) -> Vec<f64> {
    let h = 1e-5;
    let moved = |place: usize, by: f64| {
        let mut x = x.to_vec();
        x[place] += by;
        f(&x)
    };
    (0..x.len()).map(|place| (moved(place, h) - moved(place, -h)) / (2.0 * h)).collect()
}

/// Panics with the first slope that is missing or differs by more than 10⁻⁶.
#[track_caller]
pub fn agree(what: &str, found: &[f64], measured: &[f64]) {
    assert!(
        found.len() == measured.len(),
        "{what}: {} slopes are wanted, one for each number, but {} came: {found:?}",
        measured.len(),
        found.len()
    );
    for (place, (found, measured)) in found.iter().zip(measured).enumerate() {
        assert!(
            (found - measured).abs() < 1e-6,
            "{what}, number {place}: you say {found:.6}, but moving it a little measures {measured:.6}"
        );
    }
}
