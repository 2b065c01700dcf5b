use super::{affordable_weights, tries};

#[test]
fn a_grid_multiplies() {
    for (values, weights, wanted) in
        [(1_000, 1, 1_000), (1_000, 2, 1_000_000), (31, 4, 923_521), (2, 10, 1_024)]
    {
        assert_eq!(
            tries(values, weights),
            Some(wanted),
            "{values} values for each of {weights} weights"
        );
    }
}

#[test]
fn what_does_not_fit_is_no_number() {
    assert_eq!(
        tries(1_000, 25),
        None,
        "10⁷⁵ does not fit into a u128, whose largest number is about 3 · 10³⁸"
    );
}

#[test]
fn a_budget_allows_only_whole_weights() {
    for (values, budget, wanted) in
        [(1_000, 1_000_000, 2), (1_000, 999_999, 1), (1_000, 999, 0), (10, u128::MAX, 38)]
    {
        assert_eq!(
            affordable_weights(values, budget),
            wanted,
            "with {values} values per weight and {budget} tries"
        );
    }
}
