use std::collections::BTreeMap;

use nn::seeded;
use rand::Rng;

use super::epoch;

/// An epoch, once it is certain that it visits every row once.
fn visits(rows: usize, rng: &mut impl Rng) -> Vec<usize> {
    let order = epoch(rows, rng);
    assert!(
        order.len() == rows,
        "{rows} rows should make {rows} visits, but your epoch has {}: {order:?}",
        order.len()
    );
    for row in &order {
        assert!(
            *row < rows,
            "rows are numbered from 0, so {rows} rows end at {}, but you visit {order:?}",
            rows - 1
        );
        let times = order.iter().filter(|visit| *visit == row).count();
        assert!(
            times == 1,
            "each row should come once, but row {row} comes {times} times: {order:?}"
        );
    }
    order
}

#[test]
fn every_row_is_visited_once() {
    for rows in [1, 2, 30] {
        visits(rows, &mut seeded(1));
    }
}

#[test]
fn the_next_call_takes_another_order() {
    let rng = &mut seeded(1);
    let (first, second) = (visits(30, rng), visits(30, rng));
    assert!(
        first != second,
        "two of your epochs in a row have the same order: {first:?}"
    );
    let plain: Vec<usize> = (0..30).collect();
    assert!(
        first != plain,
        "your rows came in the order of the file; they should be shuffled"
    );
}

#[test]
fn the_same_seed_gives_the_same_order() {
    let [one, other] = [(); 2].map(|()| visits(30, &mut seeded(7)));
    assert!(
        one == other,
        "two generators with the same seed gave two orders; take all randomness from the one that is given"
    );
}

#[test]
fn every_row_is_as_likely_to_come_first_or_anywhere_else() {
    let (rng, mut counts) = (&mut seeded(3), [[0; 30]; 30]);
    for _ in 0..3_000 {
        for (place, row) in visits(30, rng).into_iter().enumerate() {
            counts[row][place] += 1;
        }
    }
    for (row, counts) in counts.iter().enumerate() {
        for (place, count) in counts.iter().enumerate() {
            assert!(
                (40..=170).contains(count),
                "in 3,000 epochs of 30 rows, row {row} should stand at place {place} about 100 times, but \
                 stands there {count} times"
            );
        }
    }
}

#[test]
fn every_order_is_as_likely_as_any_other() {
    let (rng, mut counts) = (&mut seeded(3), BTreeMap::new());
    for _ in 0..24_000 {
        *counts.entry(visits(4, rng)).or_insert(0) += 1;
    }
    assert!(
        counts.len() == 24,
        "four rows have 24 orders, but in 24,000 epochs you made only these {}: {:?}",
        counts.len(),
        counts.keys().collect::<Vec<_>>()
    );
    for (order, count) in counts {
        assert!(
            (840..=1_160).contains(&count),
            "in 24,000 epochs of four rows each of the 24 orders should come about 1,000 times, but {order:?} \
             came {count} times"
        );
    }
}
