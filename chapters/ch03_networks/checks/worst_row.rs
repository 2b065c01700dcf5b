use ch03_networks::one_epoch::{neuron, scaled_students};
use ndarray::array;
use nn::{Activation, Examples, Neuron};

use super::worst_row;

fn copies(targets: [f64; 4]) -> Examples {
    let inputs = array![[0.0], [0.0], [0.0], [0.0]];
    Examples::new(
        inputs,
        ndarray::Array2::from_shape_vec((4, 1), targets.to_vec()).unwrap(),
    )
}

#[test]
fn an_answer_that_is_too_high_hurts_as_much_as_one_that_is_too_low() {
    let zero = Neuron::new(&[1.0], 0.0, Activation::Identity);
    let worst = worst_row(&zero, &copies([1.0, -3.0, 2.0, 0.0]));
    assert_eq!(
        worst, 1,
        "the answers are all 0, so the target −3 in row 1 is the farthest"
    );
}

#[test]
fn of_equals_the_first() {
    let zero = Neuron::new(&[1.0], 0.0, Activation::Identity);
    let worst = worst_row(&zero, &copies([0.5, 2.0, -2.0, 2.0]));
    assert_eq!(worst, 1, "rows 1, 2 and 3 cost the same; row 1 comes first");
}

#[test]
fn the_students_of_the_page() {
    let worst = worst_row(&neuron(), &scaled_students());
    assert_eq!(worst, 7, "student 8, in row 7, has the tallest bar on the page");
}
