#[path = "shaking.rs"]
mod shaking;
use super::{output, slopes};
use shaking::{agree, differences};

const PLACES: [(f64, f64); 3] = [(0.8, 1.5), (-1.2, 0.4), (0.5, -2.0)];

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
