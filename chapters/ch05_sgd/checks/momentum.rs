use nn::{GradientDescent, UpdateRule, descend};

use crate::momentum::WithMemory;

fn rule(memory: f64) -> WithMemory {
    WithMemory { memory, velocity: Vec::new() }
}

#[test]
fn the_first_step_is_that_of_plain_descent() {
    let mut parameters = [1.0, -2.0];
    rule(0.9).update(0.1, &mut parameters, &[3.0, 5.0]);
    assert_eq!(
        parameters,
        [0.7, -2.5],
        "before the first step there is nothing to remember"
    );
}

#[test]
fn steps_in_the_same_direction_add_up() {
    // A slope of 1 everywhere, μ = ½, η = 1: the velocities are −1, −1.5 and −1.75.
    let path = descend(rule(0.5), 1.0, &[0.0], 3, |_, g| g[0] = 1.0);
    assert_eq!(path, [[0.0], [-1.0], [-2.5], [-4.25]], "v = 0.5 v − 1, then p = p + v");
}

#[test]
fn no_memory_is_plain_descent() {
    let parabola = |x: &[f64], g: &mut [f64]| g[0] = 2.0 * x[0];
    let plain = descend(GradientDescent, 0.1, &[10.0], 5, parabola);
    let found = descend(rule(0.0), 0.1, &[10.0], 5, parabola);
    assert_eq!(found, plain, "with μ = 0 the velocity is the plain step");
}

#[test]
fn in_a_narrow_valley_memory_arrives_sooner() {
    // x² + 50y²: the rate must be small for y, and is then too small for x.
    let valley = |p: &[f64], g: &mut [f64]| (g[0], g[1]) = (2.0 * p[0], 100.0 * p[1]);
    let left = |path: Vec<Vec<f64>>| path[100][0].abs();
    let plain = left(descend(GradientDescent, 0.015, &[10.0, 1.0], 100, valley));
    let memory = left(descend(rule(0.8), 0.015, &[10.0, 1.0], 100, valley));
    assert!(
        memory < plain / 100.0,
        "after 100 steps {memory} is left, without memory {plain}"
    );
}
