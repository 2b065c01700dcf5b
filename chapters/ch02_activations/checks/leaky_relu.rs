use super::{slope, value};

const LEAKS: [f64; 2] = [0.01, 0.25];
const SUMS: [f64; 8] = [-1000.0, -3.0, -0.1, -1e-4, 1e-4, 0.1, 3.0, 1000.0];

#[test]
fn values() {
    for leak in LEAKS {
        for z in SUMS.into_iter().chain([0.0]) {
            let (said, wanted) = (value(z, leak), if z < 0.0 { leak * z } else { z });
            assert!(
                said == wanted,
                "with a leak of {leak}, value({z}) should be {wanted}, not {said}"
            );
        }
    }
}

#[test]
fn slopes() {
    for leak in LEAKS {
        for z in SUMS {
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
    for leak in LEAKS {
        for z in SUMS {
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
    for leak in LEAKS {
        let said = slope(0.0, leak);
        assert!(
            said == leak,
            "the slope on the left of the kink is the leak, {leak}, not {said}"
        );
    }
}
