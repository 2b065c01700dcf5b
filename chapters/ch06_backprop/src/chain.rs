//! A small calculation with a number on every wire: values flow forward, derivatives flow back.

mod live;
pub mod moons;
pub(crate) mod shown;

pub use live::CIRCUIT;

use nn::Activation;

/// One step of a calculation; it names the steps that it takes its numbers from.
#[derive(Clone, Copy, Debug)]
pub enum Step {
    /// A number that comes from outside.
    Input(f64),
    /// The sum of two steps.
    Add(usize, usize),
    /// The product of two steps.
    Multiply(usize, usize),
    /// The sigmoid of one step.
    Sigmoid(usize),
}

use Step::{Add, Input, Multiply, Sigmoid};

/// What each step computes, from the first to the last.
pub fn forward(steps: &[Step]) -> Vec<f64> {
    let mut values: Vec<f64> = Vec::new();
    for step in steps {
        values.push(match *step {
            Input(number) => number,
            Add(a, b) => values[a] + values[b],
            Multiply(a, b) => values[a] * values[b],
            Sigmoid(z) => Activation::Sigmoid.value(values[z]),
        });
    }
    values
}

/// How the last value grows with each of the others, from the last to the first.
pub fn backward(steps: &[Step], values: &[f64]) -> Vec<f64> {
    let mut gradients = vec![0.0; steps.len()];
    gradients[steps.len() - 1] = 1.0;
    for (here, step) in steps.iter().enumerate().rev() {
        let arrived = gradients[here];
        match *step {
            Input(_) => {}
            Add(a, b) => {
                gradients[a] += arrived;
                gradients[b] += arrived;
            }
            Multiply(a, b) => {
                gradients[a] += arrived * values[b];
                gradients[b] += arrived * values[a];
            }
            Sigmoid(z) => {
                gradients[z] += arrived * Activation::Sigmoid.slope(values[here]);
            }
        }
    }
    gradients
}

/// A neuron with two inputs, σ(w₁x₁ + w₂x₂ + b), step by step: a circuit from Stanford's CS231n.
pub const NEURON: [Step; 10] = [
    Input(2.0),     // 0: w₁
    Input(-1.0),    // 1: x₁
    Input(-3.0),    // 2: w₂
    Input(-2.0),    // 3: x₂
    Input(-3.0),    // 4: b
    Multiply(0, 1), // 5: w₁x₁
    Multiply(2, 3), // 6: w₂x₂
    Add(5, 6),      // 7
    Add(7, 4),      // 8: z
    Sigmoid(8),     // 9: a
];

/// x · (x + 3): the input is used twice.
pub const FORK: [Step; 4] = [
    Input(2.0),     // 0: x
    Input(3.0),     // 1
    Add(0, 1),      // 2: x + 3
    Multiply(0, 2), // 3: x · (x + 3)
];

/// How far an input is moved to measure what backpropagation computes.
const H: f64 = 1e-5;

/// How the last value changes when one input is moved a little both ways: (f(x + h) − f(x − h)) / 2h.
pub fn measured(steps: &[Step], input: usize) -> Option<f64> {
    let Input(number) = steps[input] else { return None };
    let last_at = |number| {
        let mut steps = steps.to_vec();
        steps[input] = Input(number);
        forward(&steps)[steps.len() - 1]
    };
    Some((last_at(number + H) - last_at(number - H)) / (2.0 * H))
}

fn passes(steps: &[Step]) -> (Vec<f64>, Vec<f64>) {
    let values = forward(steps);
    let gradients = backward(steps, &values);
    (values, gradients)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The circuit of Stanford's CS231n.
    #[test]
    fn the_published_circuit_comes_out() {
        let (values, gradients) = passes(&NEURON);
        assert!((values[9] - 0.731_058_578_6).abs() < 5e-11);
        assert!((gradients[8] - 0.196_611_933_2).abs() < 5e-11);
    }

    #[test]
    fn what_flows_back_is_what_can_be_measured() {
        for steps in [&NEURON[..], &FORK[..]] {
            let (_, gradients) = passes(steps);
            for (input, gradient) in gradients.iter().enumerate() {
                if let Some(measured) = measured(steps, input) {
                    assert!(
                        (gradient - measured).abs() < 1e-9,
                        "{input}: {gradient} {measured}"
                    );
                }
            }
        }
    }

    /// A nudge that runs forward meets the same factors that the way back multiplies.
    #[test]
    fn a_nudge_of_w1_arrives_times_its_slope() {
        let mut nudged = NEURON;
        nudged[0] = Input(2.01);
        let [before, after] = [&NEURON, &nudged].map(|steps| forward(steps));
        let moved = |step: usize| after[step] - before[step];
        assert!((moved(5) / moved(0) + 1.0).abs() < 1e-9);
        assert!((moved(8) / moved(5) - 1.0).abs() < 1e-9);
        assert!((moved(9) / moved(8) - backward(&NEURON, &before)[8]).abs() < 1e-3);
        assert!((moved(9) / moved(0) - backward(&NEURON, &before)[0]).abs() < 1e-3);
    }

    #[test]
    fn a_value_used_twice_gets_the_sum_of_both_ways() {
        // f = x² + 3x, so the slope is 2x + 3.
        assert_eq!(passes(&FORK).1[0], 2.0 * 2.0 + 3.0);
    }

    #[test]
    fn a_number_that_goes_into_both_ends_of_a_product_counts_twice() {
        assert_eq!(passes(&[Input(5.0), Multiply(0, 0)]).1[0], 10.0);
    }
}
