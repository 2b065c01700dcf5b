//! How much may be asked for.

/// The most numbers that one array may hold: they take 1 GiB.
pub(crate) const MOST: usize = 1 << 27;

/// The largest noise. A normal deviate stays below ten deviations, so that nothing made
/// with it is infinite.
const LOUDEST: f64 = 1e300;

/// Whether an array of this shape has at most [`MOST`] numbers.
pub(crate) fn fits(rows: usize, columns: usize) -> bool {
    rows.max(1).checked_mul(columns).is_some_and(|numbers| numbers <= MOST)
}

/// # Panics
/// If there are no rows, or more than fit.
pub(crate) fn expect_rows(rows: usize, columns: usize) {
    assert!(
        rows > 0 && fits(rows, columns),
        "expected from 1 to {} rows, which hold {columns} numbers each, but got {rows}",
        MOST / columns.max(1),
    );
}

/// # Panics
/// If `noise` is no standard deviation.
pub(crate) fn expect_noise(noise: f64) {
    assert!(
        (0.0..=LOUDEST).contains(&noise),
        "expected a noise from 0 to {LOUDEST:e}, the standard deviation of what is added, \
         but got {noise}"
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_array_fits_up_to_the_most_numbers() {
        assert!(fits(MOST, 1) && fits(1, MOST) && fits(1 << 13, 1 << 14) && fits(0, 3));
        assert!(!fits(MOST + 1, 1) && !fits(1, MOST + 1) && !fits(usize::MAX, 2));
        assert!(!fits(0, usize::MAX), "even an array without rows has a width");
    }
}
