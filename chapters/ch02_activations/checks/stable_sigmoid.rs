use nn::{Activation, math::exp};

use super::sigmoid;

#[test]
fn it_is_the_sigmoid() {
    for z in [-30.0, -4.0, -0.5, 0.0, 0.5, 4.0, 30.0] {
        let (said, wanted) = (sigmoid(z), Activation::Sigmoid.value(z));
        assert!(
            (said - wanted).abs() <= 1e-12 * wanted,
            "sigmoid({z}) should be {wanted:e}, but came as {said:e}"
        );
    }
}

#[test]
fn far_out_it_is_still_a_number() {
    for (z, wanted) in
        [(-1000.0, 0.0), (1000.0, 1.0), (-f64::INFINITY, 0.0), (f64::INFINITY, 1.0)]
    {
        let said = sigmoid(z);
        assert!(
            said == wanted,
            "sigmoid({z}) should be {wanted}, but came as {said:e}. NaN means ∞ / ∞: which power of e \
             was too large?"
        );
    }
}

#[test]
fn a_small_answer_is_not_lost() {
    // So far below zero, 1 + eᶻ is 1 to the last bit, and the sigmoid is eᶻ.
    for z in [-50.0, -300.0, -700.0, -709.5, -720.0, -740.0, -745.0] {
        let (said, wanted) = (sigmoid(z), exp(z));
        assert!(
            said > 0.0 && (said - wanted).abs() <= 1e-12 * wanted,
            "sigmoid({z}) should be {wanted:e}, but came as {said:e}: either something was divided by ∞, as \
             in 1 / (1 + e⁻ᶻ), or subtracted from a number next to 1"
        );
    }
}
