use nn::math::tanh;

use super::slopes;

#[path = "shaking.rs"]
mod shaking;
use shaking::{agree, differences};

const PLACES: [(f64, f64); 6] =
    [(0.8, 1.5), (-1.2, 0.4), (0.5, -2.0), (-0.7, -1.0), (0.0, 1.5), (1.0, 0.0)];

/// a = w · tanh(w · x).
fn output(w: f64, x: f64) -> f64 {
    w * tanh(w * x)
}

#[test]
fn the_slope_of_what_is_used_twice() {
    for (w, x) in PLACES {
        let measured = differences(|w| output(w[0], x), &[w]);
        agree(&format!("∂a/∂w at w = {w}, x = {x}"), &[slopes(w, x).0], &measured);
    }
}

#[test]
fn the_slope_of_what_is_used_once() {
    for (w, x) in PLACES {
        let measured = differences(|x| output(w, x[0]), &[x]);
        agree(&format!("∂a/∂x at w = {w}, x = {x}"), &[slopes(w, x).1], &measured);
    }
}
