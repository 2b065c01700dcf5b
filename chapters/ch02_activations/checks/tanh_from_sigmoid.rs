use std::cell::Cell;

use nn::Activation;

use super::{sigmoid, tanh};

const SUMS: [f64; 7] = [0.7, -0.7, 3.0, -3.0, 0.0, 20.0, -20.0];

/// Compares at every sum, counts how often the function at hand was called, and takes it away.
fn compare(
    name: &str,
    made: impl Fn(f64, &dyn Fn(f64) -> f64) -> f64,
    from: Activation,
    wanted: Activation,
) {
    for z in SUMS {
        let calls = Cell::new(0);
        let given = |z| {
            calls.set(calls.get() + 1);
            from.value(z)
        };
        let (said, wanted) = (made(z, &given), wanted.value(z));
        assert!(
            (said - wanted).abs() < 1e-12,
            "{name}({z}) should be {wanted}, but came as {said}"
        );
        let calls = calls.get();
        assert!(
            calls == 1,
            "{name} should ask {} once, but asked {calls} times",
            from.name()
        );
    }
    let without = made(0.7, &|_| f64::NAN);
    assert!(
        without.is_nan(),
        "{name} should be made of what {} says; now that this is NaN, it is still {without}",
        from.name()
    );
}

#[test]
fn tanh_is_a_rescaled_sigmoid() {
    compare("tanh", |z, given| tanh(z, given), Activation::Sigmoid, Activation::Tanh);
}

#[test]
fn the_sigmoid_is_a_rescaled_tanh() {
    compare(
        "sigmoid",
        |z, given| sigmoid(z, given),
        Activation::Tanh,
        Activation::Sigmoid,
    );
}
