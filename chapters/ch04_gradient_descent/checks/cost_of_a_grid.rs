use super::{affordable_weights, tries};

fn face(values: u128, budget: u128, wanted: u32, why: &str) {
    // Whoever counts up with `tries` would count for ever.
    assert!(
        tries(values, 128).is_none(),
        "{values} values for each of 128 weights do not fit into a u128; mend `tries` first"
    );
    let found = affordable_weights(values, budget);
    assert!(
        found == wanted,
        "with {values} values per weight {budget} tries are enough for {wanted} weights, but {found} came; {why}"
    );
}

#[test]
fn a_grid_multiplies() {
    for (values, weights, wanted) in [
        (1_000, 1, 1_000),
        (1_000, 2, 1_000_000),
        (31, 4, 923_521),
        (2, 10, 1_024),
        (7, 0, 1),
        (1, 9, 1),
    ] {
        let found = tries(values, weights);
        assert!(
            found == Some(wanted),
            "{values} values for each of {weights} weights make {wanted} combinations, but {found:?} came"
        );
    }
}

#[test]
fn a_large_number_keeps_all_its_digits() {
    for (values, weights, wanted) in [
        (10, 38, 100_000_000_000_000_000_000_000_000_000_000_000_000),
        (3, 80, 147_808_829_414_345_923_316_083_210_206_383_297_601),
        (2, 127, 170_141_183_460_469_231_731_687_303_715_884_105_728),
    ] {
        let found = tries(values, weights);
        assert!(
            found == Some(wanted),
            "{values} values for each of {weights} weights make {wanted} combinations, which fits into a u128, \
             but {found:?} came"
        );
    }
}

#[test]
fn what_does_not_fit_is_no_number() {
    for (values, weights) in [(1_000, 25), (2, 128), (10, 39), (u128::MAX, 2)] {
        let found = tries(values, weights);
        assert!(
            found.is_none(),
            "{values} values for each of {weights} weights make more combinations than fit into a u128, whose \
             largest number is about 3 · 10³⁸, so `None` is wanted, but {found:?} came"
        );
    }
}

#[test]
fn a_budget_allows_only_whole_weights() {
    for (values, budget, wanted) in [
        (1_000, 1_000_000, 2),
        (1_000, 999_999, 1),
        (1_000, 999, 0),
        (1_000, 1, 0),
        (10, u128::MAX, 38),
        (2, u128::MAX, 127),
    ] {
        face(values, budget, wanted, "count the weights as long as the tries fit");
    }
}

#[test]
fn a_budget_that_a_grid_uses_up_is_enough() {
    for values in 2..=12 {
        let mut budget = 1_u128;
        for weights in 1.. {
            let Some(next) = budget.checked_mul(values) else { break };
            budget = next;
            let why =
                "a logarithm as an `f64` can come out a little too small or too large";
            face(values, budget, weights, why);
            face(values, budget - 1, weights - 1, why);
        }
    }
}
