use super::{mini_batches, updates};

#[test]
fn the_last_batch_takes_what_is_left() {
    let found = mini_batches(&[5, 0, 3, 1, 4, 2, 6], 3);
    let wanted = vec![vec![5, 0, 3], vec![1, 4, 2], vec![6]];
    assert!(
        found == wanted,
        "seven rows, three at a time, in the order given, should be {wanted:?}, but came as {found:?}"
    );
}

#[test]
fn a_size_that_fits_leaves_no_empty_batch() {
    let found = mini_batches(&[1, 0, 3, 2], 2);
    assert!(
        found == [[1, 0], [3, 2]],
        "four rows in twos should make two batches and no third, but came as {found:?}"
    );
}

#[test]
fn a_size_beyond_the_rows_gives_one_batch() {
    let found = mini_batches(&[1, 0], 8);
    assert!(
        found == [[1, 0]],
        "two rows should fit into one batch of up to eight, but came as {found:?}"
    );
}

#[test]
fn a_size_of_one_gives_each_row_a_batch() {
    let found = mini_batches(&[2, 0, 1], 1);
    assert!(
        found == [[2], [0], [1]],
        "three rows, one at a time, should make three batches of one, but came as {found:?}"
    );
}

#[test]
fn updates_are_counted_like_batches() {
    for (rows, size, wanted) in [
        (8, 8, 1),
        (8, 1, 8),
        (8, 3, 3),
        (10, 4, 3),
        (9, 4, 3),
        (3, 8, 1),
        (1, 1, 1),
        (1_437, 32, 45),
    ] {
        let found = updates(rows, size);
        assert!(
            found == wanted,
            "for {rows} rows, {size} per update, the count of updates should be {wanted}, but is {found}"
        );
    }
}
