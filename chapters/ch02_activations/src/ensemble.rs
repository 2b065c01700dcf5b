//! One experiment many times over: where the middle of its runs lies.

/// Where a set of runs lies: a quarter of them below `low`, half below `median`, a quarter above `high`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spread {
    /// The lower quartile.
    pub low: f64,
    /// The median.
    pub median: f64,
    /// The upper quartile.
    pub high: f64,
}

impl Spread {
    /// The quartiles of these numbers, halfway between neighbours where they fall between two.
    ///
    /// # Panics
    /// If there are no numbers.
    pub fn of(numbers: impl IntoIterator<Item = f64>) -> Spread {
        let mut sorted: Vec<f64> = numbers.into_iter().collect();
        assert!(!sorted.is_empty(), "a spread needs at least one number");
        sorted.sort_by(f64::total_cmp);
        let at = |share: f64| {
            let place = share * (sorted.len() - 1) as f64;
            let below = sorted[place.floor() as usize];
            below + (place - place.floor()) * (sorted[place.ceil() as usize] - below)
        };
        Spread { low: at(0.25), median: at(0.5), high: at(0.75) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quartiles_of_five_and_of_two() {
        let spread = Spread::of([5.0, 1.0, 4.0, 2.0, 3.0]);
        assert_eq!(spread, Spread { low: 2.0, median: 3.0, high: 4.0 });
        assert_eq!(Spread::of([1.0, 3.0]), Spread { low: 1.5, median: 2.0, high: 2.5 });
    }
}
