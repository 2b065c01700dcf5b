use super::one_step;

/// The step, once it is certain that every weight has come out of it.
fn after(weights: &[f64], gradient: &[f64], rate: f64) -> Vec<f64> {
    let after = one_step(weights, gradient, rate);
    assert!(
        after.len() == weights.len(),
        "the weights {weights:?} went in, so {} numbers are wanted, but {after:?} came out",
        weights.len()
    );
    after
}

#[test]
fn a_step_goes_downhill() {
    let end = after(&[10.0], &[20.0], 0.2)[0];
    assert!(
        end != 14.0,
        "from 10 with slope 20 you went to 14: that is uphill. Turn the sign"
    );
    assert!(
        (end - 6.0).abs() < 1e-12,
        "from 10 with slope 20 and rate 0.2 the step ends at 6, but yours at {end}"
    );
}

#[test]
fn every_weight_follows_its_own_slope() {
    let found = after(&[1.0, -2.0, 3.0, 0.5, 200.0], &[0.5, 0.0, -4.0, 1.0, 900.0], 0.1);
    let wanted = [0.95, -2.0, 3.4, 0.4, 110.0];
    for (index, (found, wanted)) in found.iter().zip(wanted).enumerate() {
        assert!(
            (found - wanted).abs() < 1e-12,
            "weight {index} should be {wanted} after the step, but is {found}"
        );
    }
}

#[test]
fn ten_steps_down_the_parabola() {
    let mut x = 10.0;
    for _ in 0..10 {
        x = after(&[x], &[2.0 * x], 0.05)[0];
    }
    assert!(
        (x - 3.486_784_401).abs() < 1e-9,
        "ten steps at rate 0.05 from 10 lead to 3.486784401, but yours lead to {x}"
    );
}
