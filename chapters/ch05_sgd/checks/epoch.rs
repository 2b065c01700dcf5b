use nn::seeded;

use crate::epoch::epoch;

#[test]
fn every_row_is_visited_once() {
    let mut order = epoch(30, &mut seeded(1));
    assert_eq!(
        order.len(),
        30,
        "30 rows make 30 visits, but the epoch has {}",
        order.len()
    );
    order.sort_unstable();
    let all: Vec<usize> = (0..30).collect();
    assert_eq!(order, all, "sorted, the visits should be 0 to 29, each of them once");
}

#[test]
fn another_epoch_takes_another_order() {
    let rng = &mut seeded(1);
    let (first, second) = (epoch(30, rng), epoch(30, rng));
    assert_ne!(first, second, "two epochs in a row visited the rows in the same order");
    let plain: Vec<usize> = (0..30).collect();
    assert_ne!(first, plain, "the rows came in the order of the file; shuffle them");
}

#[test]
fn the_same_seed_gives_the_same_order() {
    assert_eq!(
        epoch(30, &mut seeded(7)),
        epoch(30, &mut seeded(7)),
        "all randomness must come from the generator that is given"
    );
}

#[test]
fn every_row_is_as_likely_to_come_first() {
    let (rng, mut firsts) = (&mut seeded(3), [0; 4]);
    for _ in 0..4_000 {
        firsts[epoch(4, rng)[0]] += 1;
    }
    let fair = firsts.iter().all(|&count| (850..1_150).contains(&count));
    assert!(fair, "of 4,000 epochs each of 4 rows should begin about 1,000: {firsts:?}");
}
