//! The tests that a stub and its solution both face.

mod broken_derivative;
mod fork;
mod layer_backward;
mod neuron_backward;
mod softmax_error;

/// (f(x + h) − f(x − h)) / 2h for each number of `x`.
fn differences(f: impl Fn(&[f64]) -> f64, x: &[f64]) -> Vec<f64> {
    let h = 1e-5;
    let moved = |place: usize, by: f64| {
        let mut x = x.to_vec();
        x[place] += by;
        f(&x)
    };
    (0..x.len()).map(|place| (moved(place, h) - moved(place, -h)) / (2.0 * h)).collect()
}

#[track_caller]
fn agree(what: &str, found: &[f64], measured: &[f64]) {
    assert_eq!(
        found.len(),
        measured.len(),
        "{what}: one slope is wanted for each number"
    );
    for (place, (found, measured)) in found.iter().zip(measured).enumerate() {
        assert!(
            (found - measured).abs() < 1e-6,
            "{what}, number {place}: you say {found:.6}, but moving it a little measures {measured:.6}"
        );
    }
}
