use super::one_step;

#[test]
fn a_step_goes_downhill() {
    let after = one_step(&[10.0], &[20.0], 0.2);
    assert_eq!(after.len(), 1, "one weight went in, {} came out", after.len());
    assert!(
        after[0] != 14.0,
        "from 10 with slope 20 you went to 14: that is uphill. Turn the sign"
    );
    assert!(
        (after[0] - 6.0).abs() < 1e-12,
        "from 10 with slope 20 and rate 0.2 the step ends at 6, but yours at {}",
        after[0]
    );
}

#[test]
fn every_weight_follows_its_own_slope() {
    let after = one_step(&[1.0, -2.0, 3.0], &[0.5, 0.0, -4.0], 0.1);
    let wanted = [0.95, -2.0, 3.4];
    assert_eq!(after.len(), 3, "three weights went in, {} came out", after.len());
    for (index, (found, wanted)) in after.iter().zip(wanted).enumerate() {
        assert!(
            (found - wanted).abs() < 1e-12,
            "weight {index} should be {wanted} after the step, but is {found}"
        );
    }
}

#[test]
fn ten_steps_down_the_parabola() {
    let mut x = vec![10.0];
    for _ in 0..10 {
        x = one_step(&x, &[2.0 * x[0]], 0.05);
    }
    assert!(
        (x[0] - 3.486_784_401).abs() < 1e-9,
        "ten steps at rate 0.05 from 10 lead to 3.486784401, but yours lead to {}",
        x[0]
    );
}
