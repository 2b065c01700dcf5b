//! The same experiment from many random starts, on as many processors as there are.

use std::thread;

/// Runs `work` for each seed on a thread of its own. The results come in the order of the seeds, so
/// they do not depend on which thread is done first.
pub fn side_by_side<T: Send>(
    seeds: impl Iterator<Item = u64>,
    work: impl Fn(u64) -> T + Sync,
) -> Vec<T> {
    let work = &work;
    thread::scope(|scope| {
        let threads: Vec<_> = seeds.map(|seed| scope.spawn(move || work(seed))).collect();
        threads
            .into_iter()
            .map(|thread| thread.join().expect("an experiment does not panic"))
            .collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_the_order_of_the_seeds() {
        let slow_first = |seed: u64| {
            thread::sleep(std::time::Duration::from_millis(20 - 5 * seed));
            10 * seed
        };
        assert_eq!(side_by_side(0..4, slow_first), [0, 10, 20, 30]);
    }
}
