use nn::{GradientDescent, UpdateRule, descend};

use super::WithMemory;

fn rule(memory: f64) -> WithMemory {
    WithMemory { memory, velocity: Vec::new() }
}

#[test]
fn the_first_step_is_that_of_plain_descent() {
    let (mut rule, mut parameters) = (rule(0.9), [1.0, -2.0]);
    rule.update(0.1, &mut parameters, &[3.0, 5.0]);
    assert!(
        parameters == [0.7, -2.5],
        "with nothing to remember yet, the first step from (1, -2) should lead to (0.7, -2.5), \
         but led to {parameters:?}"
    );
    assert!(
        rule.velocity.len() == 2,
        "two parameters have two velocities, but after the first step there are {:?}",
        rule.velocity
    );
}

#[test]
fn steps_in_the_same_direction_add_up() {
    // Slopes of 1 and −2 everywhere, μ = ½, η = 1: the velocities are −1, −1.5 and −1.75, and minus twice that.
    let path = descend(rule(0.5), 1.0, &[0.0, 0.0], 3, |_, g| (g[0], g[1]) = (1.0, -2.0));
    assert!(
        path == [[0.0, 0.0], [-1.0, 2.0], [-2.5, 5.0], [-4.25, 8.5]],
        "v = 0.5 v − g, then p = p + v should take the first parameter from 0 to -1, -2.5, -4.25 and the second \
         the other way, twice as far, but went {path:?}"
    );
}

#[test]
fn the_velocity_is_what_it_was_before() {
    let mut rule = WithMemory { memory: 0.5, velocity: vec![-1.0, 4.0] };
    let mut parameters = [0.0, 0.0];
    rule.update(1.0, &mut parameters, &[1.0, 0.0]);
    assert!(
        parameters == [-1.5, 2.0] && rule.velocity == [-1.5, 2.0],
        "from the velocity (-1, 4), v = 0.5 v − g with the slopes 1 and 0 is (-1.5, 2), and so is the step; yours \
         is {parameters:?}, and the velocity {:?}",
        rule.velocity
    );
}

#[test]
fn a_new_rate_leaves_the_old_velocity_as_it_is() {
    // A slope of 1, μ = ½. The rate 1 gives v = −1, and then the rate 0.1 gives v = −0.5 − 0.1.
    let (mut rule, mut parameters) = (rule(0.5), [0.0]);
    for rate in [1.0, 0.1] {
        rule.update(rate, &mut parameters, &[1.0]);
    }
    let found = parameters[0];
    assert!(
        (found + 1.6).abs() < 1e-12,
        "after a step at the rate 1 and one at 0.1 the parameter should be -1.6, but is {found}; \
         the rate belongs to the gradient, and the velocity keeps what it had"
    );
}

#[test]
fn no_memory_is_plain_descent() {
    let parabola = |x: &[f64], g: &mut [f64]| g[0] = 2.0 * x[0];
    let plain = descend(GradientDescent, 0.1, &[10.0], 5, parabola);
    let found = descend(rule(0.0), 0.1, &[10.0], 5, parabola);
    assert!(
        found == plain,
        "with μ = 0 the path should be that of plain descent, {plain:?}, but is {found:?}"
    );
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
        "after 100 steps without memory {plain} is left; with it less than a hundredth of that \
         should be, but {memory} is"
    );
}
