use crate::mini_batches::{mini_batches, updates};

#[test]
fn the_last_batch_takes_what_is_left() {
    let found = mini_batches(&[5, 0, 3, 1, 4, 2, 6], 3);
    let wanted = vec![vec![5, 0, 3], vec![1, 4, 2], vec![6]];
    assert_eq!(found, wanted, "seven rows, three at a time, in the order given");
}

#[test]
fn a_size_that_fits_leaves_no_empty_batch() {
    let found = mini_batches(&[1, 0, 3, 2], 2);
    assert_eq!(
        found,
        [[1, 0], [3, 2]],
        "four rows in twos make two batches and no third"
    );
}

#[test]
fn a_size_beyond_the_rows_gives_one_batch() {
    let found = mini_batches(&[1, 0], 8);
    assert_eq!(found, [[1, 0]], "two rows fit into one batch of up to eight");
}

#[test]
fn updates_are_counted_like_batches() {
    for (rows, size, wanted) in
        [(8, 8, 1), (8, 1, 8), (8, 3, 3), (10, 4, 3), (1_437, 32, 45)]
    {
        let found = updates(rows, size);
        assert_eq!(
            found, wanted,
            "{rows} rows, {size} per update, make {wanted} updates"
        );
    }
}
