//! From a gradient to a better set of numbers.
//!
//! The gradient points to where the cost grows fastest, so the numbers move the other way. One such move is
//! an update. How far it goes, and what it remembers of earlier ones, is an [`UpdateRule`].

use crate::mismatch::expect_lengths;

/// How parameters move, given the gradient of the cost.
///
/// A rule with memory keeps it for one array of parameters, and refuses another of a different length; a
/// network has several arrays, and training gives each a rule of its own. A plain function is a rule, too.
pub trait UpdateRule {
    /// One update of `parameters`, at learning rate `rate`; `gradient` has one entry for each.
    ///
    /// # Panics
    /// If the lengths differ.
    fn update(&mut self, rate: f64, parameters: &mut [f64], gradient: &[f64]);
}

impl<F: FnMut(f64, &mut [f64], &[f64])> UpdateRule for F {
    fn update(&mut self, rate: f64, parameters: &mut [f64], gradient: &[f64]) {
        self(rate, parameters, gradient);
    }
}

/// An update against the gradient: p ← p − η ∂C/∂p.
#[derive(Clone, Copy, Debug, Default)]
pub struct GradientDescent;

impl UpdateRule for GradientDescent {
    fn update(&mut self, rate: f64, parameters: &mut [f64], gradient: &[f64]) {
        for (parameter, slope) in with_slopes(parameters, gradient) {
            *parameter -= rate * slope;
        }
    }
}

/// An update that remembers the ones before: v ← μ v − η ∂C/∂p, then p ← p + v (Polyak, 1964).
#[derive(Clone, Debug)]
pub struct Momentum {
    memory: f64,
    velocity: Vec<f64>,
}

impl Momentum {
    /// Momentum at rest, with a memory μ from 0 (none) to just below 1.
    ///
    /// # Panics
    /// Unless 0 ≤ `memory` < 1.
    pub fn new(memory: f64) -> Momentum {
        assert!(
            (0.0..1.0).contains(&memory),
            "momentum needs a memory from 0 to just below 1, but got {memory:?}"
        );
        Momentum { memory, velocity: Vec::new() }
    }
}

impl UpdateRule for Momentum {
    fn update(&mut self, rate: f64, parameters: &mut [f64], gradient: &[f64]) {
        let Momentum { memory, velocity } = self;
        if velocity.is_empty() {
            velocity.resize(parameters.len(), 0.0);
        }
        expect_lengths("momentum", "parameters", parameters, "velocities", velocity);
        let places = with_slopes(parameters, gradient).zip(velocity);
        for ((parameter, slope), velocity) in places {
            *velocity = *memory * *velocity - rate * slope;
            *parameter += *velocity;
        }
    }
}

/// Each parameter beside its slope.
fn with_slopes<'a>(
    parameters: &'a mut [f64],
    gradient: &'a [f64],
) -> impl Iterator<Item = (&'a mut f64, &'a f64)> {
    expect_lengths("an update", "parameters", parameters, "slopes", gradient);
    parameters.iter_mut().zip(gradient)
}

/// Walks down a plain function of a few variables, and returns its path: `steps` updates from `start`.
///
/// `gradient(x, g)` writes the gradient at x into g, which comes full of zeros. The path has `steps + 1`
/// points, the start among them. Nothing stops a path that diverges: that is often what one wants to see.
///
/// ```
/// use nn::{GradientDescent, descend};
///
/// let path = descend(GradientDescent, 0.2, &[10.0], 10, |x, g| g[0] = 2.0 * x[0]);
/// assert!((path[10][0] - 0.060_466_176).abs() < 1e-12);
/// ```
pub fn descend(
    mut rule: impl UpdateRule,
    rate: f64,
    start: &[f64],
    steps: usize,
    mut gradient: impl FnMut(&[f64], &mut [f64]),
) -> Vec<Vec<f64>> {
    let mut here = start.to_vec();
    let mut slope = vec![0.0; start.len()];
    let mut path = vec![here.clone()];
    for _ in 0..steps {
        slope.fill(0.0);
        gradient(&here, &mut slope);
        rule.update(rate, &mut here, &slope);
        path.push(here.clone());
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    fn end_of_parabola(rate: f64) -> f64 {
        descend(GradientDescent, rate, &[10.0], 10, |x, g| g[0] = 2.0 * x[0])[10][0]
    }

    #[test]
    fn descent_on_a_parabola_ends_where_it_must() {
        // x² from 10, ten steps: x shrinks by 1 − 2η each time.
        assert!((end_of_parabola(0.2) - 0.060_466_176_0).abs() < 1e-10);
        assert!((end_of_parabola(0.05) - 3.486_784_401_0).abs() < 1e-10);
        assert!((end_of_parabola(1.1) - 61.917_364_224_1).abs() < 1e-10);
    }

    #[test]
    fn descent_in_two_dimensions_ends_where_it_must() {
        let path = descend(GradientDescent, 0.1, &[-5.0, -2.0], 20, |x, g| {
            g[0] = 2.0 * x[0];
            g[1] = 4.0 * x[1];
        });
        assert!((path[20][0] + 0.057_646_075_2).abs() < 1e-10);
        assert!((path[20][1] + 7.312_316_88e-5).abs() < 1e-13);
    }

    #[test]
    #[should_panic(
        expected = "an update needs as many slopes as parameters, but got 2 parameters and 1 slopes"
    )]
    fn a_slope_that_is_missing_is_counted() {
        GradientDescent.update(0.1, &mut [1.0, 2.0], &[1.0]);
    }

    #[test]
    #[should_panic(
        expected = "an update needs as many slopes as parameters, but got 1 parameters and 2 slopes"
    )]
    fn a_slope_too_many_is_counted_with_momentum_too() {
        Momentum::new(0.5).update(0.1, &mut [1.0], &[1.0, 1.0]);
    }

    #[test]
    #[should_panic(
        expected = "momentum needs as many velocities as parameters, but got 1 parameters and 2 velocities"
    )]
    fn momentum_does_not_pass_from_one_array_to_another() {
        let mut rule = Momentum::new(0.5);
        rule.update(0.1, &mut [1.0, 2.0], &[1.0, 1.0]);
        rule.update(0.1, &mut [1.0], &[1.0]);
    }

    #[test]
    fn a_memory_that_is_none_is_refused() {
        for memory in [-0.1, 1.0, f64::NAN, f64::INFINITY] {
            let panic = std::panic::catch_unwind(|| Momentum::new(memory)).unwrap_err();
            let message = panic.downcast_ref::<String>().expect("a message").clone();
            assert!(message.contains("a memory from 0 to just below 1"), "{message}");
        }
    }

    #[test]
    fn momentum_without_memory_is_gradient_descent() {
        let parabola = |x: &[f64], g: &mut [f64]| g[0] = 2.0 * x[0];
        let plain = descend(GradientDescent, 0.1, &[10.0], 5, parabola);
        assert_eq!(descend(Momentum::new(0.0), 0.1, &[10.0], 5, parabola), plain);
    }

    #[test]
    fn a_gradient_may_be_added_up_in_its_place() {
        let path = descend(GradientDescent, 0.1, &[1.0], 3, |_, g| g[0] += 1.0);
        assert_eq!(path.concat(), [1.0, 0.9, 0.8, 0.7000000000000001]);
    }

    #[test]
    fn a_plain_function_is_a_rule() {
        let signs = |rate: f64, parameters: &mut [f64], gradient: &[f64]| {
            for (parameter, slope) in parameters.iter_mut().zip(gradient) {
                *parameter -= rate * slope.signum();
            }
        };
        let path = descend(signs, 0.25, &[1.0, -1.0], 2, |x, g| g.copy_from_slice(x));
        assert_eq!(path[2], [0.5, -0.5]);
    }

    #[test]
    fn momentum_adds_up_steps_in_the_same_direction() {
        // A slope of 1 everywhere: steps 1, 1.5, 1.75 with memory ½.
        let path = descend(Momentum::new(0.5), 1.0, &[0.0], 3, |_, g| g[0] = 1.0);
        assert_eq!(path, [[0.0], [-1.0], [-2.5], [-4.25]]);
    }
}
