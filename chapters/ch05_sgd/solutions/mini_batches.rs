//! `chunks` keeps the short end (`chunks_exact` would drop it), and `div_ceil` counts it. Ten rows in fours make 4 + 4 + 2: three updates.

/// The rows in the order given, `size` at a time.
pub fn mini_batches(order: &[usize], size: usize) -> Vec<Vec<usize>> {
    order.chunks(size).map(<[usize]>::to_vec).collect()
}

/// How many updates one epoch makes.
pub fn updates(rows: usize, size: usize) -> usize {
    rows.div_ceil(size)
}

#[path = "../checks/mini_batches.rs"]
mod checks;
