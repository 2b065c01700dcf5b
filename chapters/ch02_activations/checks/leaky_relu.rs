use crate::leaky_relu::{slope, value};

#[test]
fn values() {
    for (z, wanted) in [(3.0, 3.0), (0.0, 0.0), (-2.0, -0.5)] {
        let said = value(z, 0.25);
        assert!(
            said == wanted,
            "with a leak of 0.25, value({z}) should be {wanted}, not {said}"
        );
    }
}

#[test]
fn the_slope_is_the_limit_of_differences() {
    let h = 1e-6;
    for leak in [0.01, 0.25] {
        for z in [-3.0, -0.1, 0.1, 3.0] {
            let measured = (value(z + h, leak) - value(z - h, leak)) / (2.0 * h);
            let said = slope(value(z, leak), leak);
            assert!(
                (said - measured).abs() < 1e-6,
                "with a leak of {leak}, the slope at z = {z} should be {measured:.4}, not {said}"
            );
        }
    }
}

#[test]
fn at_the_kink_it_is_the_slope_on_the_left() {
    let said = slope(value(0.0, 0.25), 0.25);
    assert!(
        said == 0.25,
        "the slope on the left of the kink is the leak, 0.25, not {said}"
    );
}
