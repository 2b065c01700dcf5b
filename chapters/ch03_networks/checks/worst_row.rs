use ch03_networks::one_epoch::{neuron, scaled_students};
use ndarray::Array2;
use nn::{Activation, Examples, Neuron};

use super::worst_row;

/// Rows of one input and one target.
fn rows<const N: usize>(inputs: [f64; N], targets: [f64; N]) -> Examples {
    let column =
        |numbers: [f64; N]| Array2::from_shape_fn((N, 1), |(row, _)| numbers[row]);
    Examples::new(column(inputs), column(targets))
}

fn face(neuron: &Neuron, rows: &Examples, wanted: usize, why: &str) {
    let worst = worst_row(neuron, rows);
    assert!(worst == wanted, "row {wanted} is wanted, and you say {worst}: {why}");
}

fn same() -> Neuron {
    Neuron::new(&[1.0], 0.0, Activation::Identity)
}

#[test]
fn an_answer_that_is_too_high_hurts_as_much_as_one_that_is_too_low() {
    for (targets, wanted) in [([1.0, -3.0, 2.0, 0.0], 1), ([1.0, -2.0, 3.0, 0.0], 2)] {
        let why = format!("the answers are all 0, and the targets {targets:?}");
        face(&same(), &rows([0.0; 4], targets), wanted, &why);
    }
}

#[test]
fn of_equals_the_first() {
    let targets = [0.5, 2.0, -2.0, 2.0];
    face(
        &same(),
        &rows([0.0; 4], targets),
        1,
        "rows 1, 2 and 3 cost the same; row 1 comes first",
    );
    face(
        &same(),
        &rows([0.0; 3], [0.0; 3]),
        0,
        "all answers are right, so all rows cost 0; row 0 comes first",
    );
}

#[test]
fn any_row_can_be_the_worst() {
    for wanted in 0..5 {
        let mut targets = [0.5; 5];
        targets[wanted] = 1.0;
        let why = format!("the answers are all 0, and the targets {targets:?}");
        face(&same(), &rows([0.0; 5], targets), wanted, &why);
    }
}

#[test]
fn what_counts_is_how_far_the_answer_lies_from_the_target() {
    let inputs = [5.0, 1.0, 3.0];
    face(
        &same(),
        &rows(inputs, [5.0, 2.0, 1.0]),
        2,
        "the answers are 5, 1 and 3, the targets 5, 2 and 1",
    );
    face(
        &Neuron::new(&[-1.0], 4.0, Activation::Identity),
        &rows(inputs, [-1.0, 0.0, 2.0]),
        1,
        "the answers 4 − x are −1, 3 and 1, the targets −1, 0 and 2",
    );
}

#[test]
fn the_answer_is_what_comes_after_the_bend() {
    let sigmoid = Neuron::new(&[1.0], 0.0, Activation::Sigmoid);
    face(
        &sigmoid,
        &rows([9.0, 0.0, -9.0], [1.0, 1.0, 0.0]),
        1,
        "the sigmoid answers almost 1, ½ and almost 0, the targets are 1, 1 and 0",
    );
}

#[test]
fn the_students_of_the_page() {
    face(
        &neuron(),
        &scaled_students(),
        7,
        "student 8, in row 7, has the tallest bar on the page",
    );
}
