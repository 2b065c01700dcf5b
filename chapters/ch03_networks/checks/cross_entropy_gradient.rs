use nn::Cost;

use super::gradient;

#[test]
fn an_output_that_is_right_should_stay() {
    for a in [0.1, 0.5, 0.9] {
        let slope = gradient(a, a);
        assert!(
            slope.abs() < 1e-12,
            "at a = y = {a} nothing should pull, but {slope} does"
        );
    }
}

#[test]
fn the_surer_an_output_is_of_what_is_wrong_the_harder_it_is_pulled() {
    const TINY: f64 = 1.0 / (1_u64 << 30) as f64;
    for (a, y, wanted) in [(TINY, 1.0, -1.0 / TINY), (1.0 - TINY, 0.0, 1.0 / TINY)] {
        let slope = gradient(a, y);
        assert!(
            (slope / wanted - 1.0).abs() < 1e-8,
            "at a = {a:?}, y = {y} the slope is {wanted}; your gradient says {slope}"
        );
    }
}

#[test]
fn it_agrees_with_central_differences() {
    let h = 1e-6;
    for y in [0.0, 0.3, 1.0] {
        for a in [0.001, 0.1, 0.4, 0.75, 0.95, 0.999] {
            let cost = |a: f64| Cost::BinaryCrossEntropy.value(&[a], &[y]);
            let measured = (cost(a + h) - cost(a - h)) / (2.0 * h);
            let slope = gradient(a, y);
            assert!(
                (slope - measured).abs() < 1e-5 * measured.abs().max(1.0),
                "at a = {a}, y = {y} the cost grows by {measured} per unit of a; your gradient says {slope}"
            );
        }
    }
}
