//! The same work on many items, spread over the processor's cores.

use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use lesson::Progress;

/// `work(item)` for every item, in the items' order, however many cores shared the work.
///
/// Each item must bring its own random numbers, so that it does not matter who works on it.
pub fn map<T: Sync, R: Send>(
    items: &[T],
    progress: &Progress,
    work: impl Fn(&T) -> R + Sync,
) -> Vec<R> {
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    on_cores(cores, items, progress, work)
}

fn on_cores<T: Sync, R: Send>(
    cores: usize,
    items: &[T],
    progress: &Progress,
    work: impl Fn(&T) -> R + Sync,
) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let share = || {
        let mut done = Vec::new();
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(index) else { return done };
            done.push((index, work(item)));
            progress.step();
        }
    };
    let mut results: Vec<(usize, R)> = thread::scope(|scope| {
        let workers: Vec<_> = (0..cores).map(|_| scope.spawn(share)).collect();
        let join = |worker: thread::ScopedJoinHandle<_>| match worker.join() {
            Ok(done) => done,
            Err(panic) => std::panic::resume_unwind(panic),
        };
        workers.into_iter().flat_map(join).collect()
    });
    results.sort_by_key(|(index, _)| *index);
    results.into_iter().map(|(_, result)| result).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use lesson::Page;

    #[test]
    fn results_come_in_the_order_of_the_items_on_any_number_of_cores() {
        let items: Vec<u64> = (0..1000).collect();
        let squares: Vec<u64> = items.iter().map(|n| n * n).collect();
        for cores in [1, 2, 7] {
            let hidden = Page::new().progress("squaring", items.len());
            assert_eq!(on_cores(cores, &items, &hidden, |n| n * n), squares, "{cores}");
        }
    }
}
