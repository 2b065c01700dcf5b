//! One published number, and the mistake that made it: the output weights moved before the errors had gone back.

pub(crate) mod shown;

use crate::by_hand::{
    INPUTS, START, Weights, forward, hidden_deltas, output_deltas, step, update_at_once,
};

/// How many updates the published example makes in all.
const LONG: usize = 10_000;
/// The rate of the published example.
const RATE: f64 = crate::by_hand::RATE;

/// The mistake: the output weights move first, and the hidden errors go back through the moved ones.
pub fn update_one_after_the_other(weights: &mut Weights) {
    let pass = forward(weights);
    let deltas = output_deltas(&pass);
    step(&mut weights.output, deltas, pass.hidden);
    let below = hidden_deltas(&pass, deltas, &weights.output);
    step(&mut weights.hidden, below, INPUTS);
}

/// Either of the two.
type Update = fn(&mut Weights);

/// Both, with their names.
const WAYS: [(&str, Update); 2] = [
    ("all at once", update_at_once),
    ("one after the other", update_one_after_the_other),
];

/// The weights after so many updates.
fn after(updates: usize, update: Update) -> Weights {
    let mut weights = START;
    for _ in 0..updates {
        update(&mut weights);
    }
    weights
}

/// What the mistake leaves of the first step of each hidden neuron's weights, if the output weights have moved at this
/// rate: 1 if nothing is lost, negative if the neuron is sent the wrong way.
fn left_of_the_step(rate: f64) -> [f64; 2] {
    let pass = forward(&START);
    let deltas = output_deltas(&pass);
    let right = hidden_deltas(&pass, deltas, &START.output);
    // The output weights move in a straight line, so we may go along it in steps of the published rate.
    let mut moved = START.output;
    step(&mut moved, deltas.map(|delta| delta * rate / RATE), pass.hidden);
    let wrong = hidden_deltas(&pass, deltas, &moved);
    [0, 1].map(|h| wrong[h] / right[h])
}

/// The rate from which on the mistake sends each hidden neuron the wrong way. What is left of the step falls from 1 in
/// a straight line.
fn turning_rates() -> [f64; 2] {
    left_of_the_step(1.0).map(|left| 1.0 / (1.0 - left))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(found: f64, published: f64, tolerance: f64) {
        assert!(
            (found - published).abs() < tolerance,
            "found {found}, published {published}"
        );
    }

    /// Mazur, "A Step by Step Backpropagation Example", 2015.
    #[test]
    fn the_published_cost_after_one_update_is_that_of_the_mistake() {
        let wrong = after(1, update_one_after_the_other);
        near(forward(&wrong).cost(), 0.291027924, 5e-10);
        near(forward(&wrong).cost(), 0.291027923905, 5e-13);
        let wrong = after(LONG, update_one_after_the_other);
        near(forward(&wrong).outputs[0], 0.015912196, 5e-10);
        near(forward(&wrong).outputs[1], 0.984065734, 5e-10);
    }

    #[test]
    fn what_is_left_of_a_step_is_what_the_weights_do() {
        let moves = WAYS.map(|(_, update)| after(1, update).hidden);
        let left = left_of_the_step(RATE);
        for (h, left) in left.into_iter().enumerate() {
            let [right, wrong] = moves.map(|hidden| hidden[h][0] - START.hidden[h][0]);
            near(wrong / right, left, 1e-9);
        }
    }

    #[test]
    fn at_the_turning_rate_nothing_is_left() {
        let rates = turning_rates();
        near(left_of_the_step(rates[0])[0], 0.0, 1e-12);
        near(left_of_the_step(rates[1])[1], 0.0, 1e-12);
    }
}
