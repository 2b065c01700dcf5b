use nn::seeded;

use super::epoch;

#[test]
fn every_row_is_visited_once() {
    let order = epoch(30, &mut seeded(1));
    let visits = order.len();
    assert!(visits == 30, "30 rows should make 30 visits, but your epoch has {visits}");
    assert!(
        order.iter().all(|row| *row < 30),
        "rows are numbered from 0, so 30 rows end at 29, but you visit {order:?}"
    );
    for row in 0..30 {
        let times = order.iter().filter(|visit| **visit == row).count();
        assert!(
            times == 1,
            "row {row} should come once, but comes {times} times: {order:?}"
        );
    }
}

#[test]
fn another_epoch_takes_another_order() {
    let rng = &mut seeded(1);
    let (first, second) = (epoch(30, rng), epoch(30, rng));
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
    let [one, other] = [(); 2].map(|()| epoch(30, &mut seeded(7)));
    assert!(
        one == other,
        "two generators with the same seed gave two orders; take all randomness from the one that is given"
    );
}

#[test]
fn every_row_is_as_likely_to_come_first() {
    let (rng, mut firsts) = (&mut seeded(3), [0; 4]);
    for _ in 0..4_000 {
        let first = epoch(4, rng)[0];
        assert!(
            first < 4,
            "rows are numbered from 0, so there is no row {first} of four"
        );
        firsts[first] += 1;
    }
    let fair = firsts.iter().all(|&count| (850..1_150).contains(&count));
    assert!(fair, "of 4,000 epochs each of 4 rows should begin about 1,000: {firsts:?}");
}
