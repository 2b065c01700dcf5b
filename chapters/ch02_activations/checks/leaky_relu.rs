use super::{slope, value};

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
fn slopes() {
    for leak in [0.01, 0.25] {
        for z in [-3.0, -0.1, 0.1, 3.0] {
            let (a, wanted) = if z > 0.0 { (z, 1.0) } else { (leak * z, leak) };
            let said = slope(a, leak);
            assert!(
                said == wanted,
                "with a leak of {leak}, the slope at z = {z} (a = {a}) should be {wanted}, not {said}"
            );
        }
    }
}

#[test]
fn the_value_rises_by_the_slope() {
    let h = 1e-6;
    for leak in [0.01, 0.25] {
        for z in [-3.0, -0.1, 0.1, 3.0] {
            let rise = (value(z + h, leak) - value(z - h, leak)) / (2.0 * h);
            let said = slope(value(z, leak), leak);
            assert!(
                (said - rise).abs() < 1e-6,
                "with a leak of {leak}, your value rises by {rise:.4} per unit at z = {z}, and your slope \
                 says {said}. One of them is wrong"
            );
        }
    }
}

#[test]
fn at_the_kink_it_is_the_slope_on_the_left() {
    let said = slope(0.0, 0.25);
    assert!(
        said == 0.25,
        "the slope on the left of the kink is the leak, 0.25, not {said}"
    );
}
