//! What is said about many runs: where their numbers lie, and how far chance moves a share of them.

/// The numbers of many runs in order of size: what is said about them is said here, so that it means the
/// same on every page.
#[derive(Clone, Debug, PartialEq)]
pub struct Spread {
    sorted: Vec<f64>,
}

impl Spread {
    /// The spread of these numbers, in whatever order they come.
    ///
    /// # Panics
    /// If there are none, or one of them is not a number.
    pub fn of(numbers: impl IntoIterator<Item = f64>) -> Spread {
        let mut sorted: Vec<f64> = numbers.into_iter().collect();
        assert!(!sorted.is_empty(), "a spread needs at least one number");
        assert!(
            !sorted.iter().any(|number| number.is_nan()),
            "a spread has no place for NaN"
        );
        sorted.sort_by(f64::total_cmp);
        Spread { sorted }
    }

    /// The number in the middle; of an even count, halfway between the two in the middle.
    pub fn median(&self) -> f64 {
        self.quantile(0.5)
    }

    /// A quarter of the numbers lie below the first, half below the second, three quarters below the third.
    pub fn quartiles(&self) -> [f64; 3] {
        [0.25, 0.5, 0.75].map(|share| self.quantile(share))
    }

    /// The number below which this share of them lies, from 0 to 1. Between two neighbours it runs straight
    /// from one to the other (Hyndman and Fan, 1996, definition 7; NumPy's).
    ///
    /// # Panics
    /// If the share lies outside 0 to 1.
    pub fn quantile(&self, share: f64) -> f64 {
        assert!(
            (0.0..=1.0).contains(&share),
            "a share from 0 to 1 was expected, and {share} came"
        );
        let place = share * (self.sorted.len() - 1) as f64;
        let [below, above] =
            [place.floor(), place.ceil()].map(|place| self.sorted[place as usize]);
        // Between two infinities there is no way to go.
        if below == above {
            below
        } else {
            below + (place - place.floor()) * (above - below)
        }
    }

    /// The smallest number.
    pub fn least(&self) -> f64 {
        self.sorted[0]
    }

    /// The largest number.
    pub fn most(&self) -> f64 {
        self.sorted[self.sorted.len() - 1]
    }
}

/// How far chance moves a share when it is counted on so many independent tries: one standard deviation,
/// √(p · (1 − p) / n). Two thirds of all repetitions come this close to the true share.
pub fn standard_error(share: f64, tries: usize) -> f64 {
    (share * (1.0 - share) / tries as f64).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_those_of_numpy() {
        let spread = Spread::of([5.0, 1.0, 4.0, 2.0, 3.0]);
        assert_eq!(spread.quartiles(), [2.0, 3.0, 4.0]);
        assert_eq!((spread.least(), spread.most()), (1.0, 5.0));
        assert_eq!(Spread::of([1.0, 3.0]).quartiles(), [1.5, 2.0, 2.5]);
        // numpy.quantile([1, 2, 4, 8], 0.9)
        assert!((Spread::of([8.0, 4.0, 2.0, 1.0]).quantile(0.9) - 6.8).abs() < 1e-15);
    }

    #[test]
    fn a_share_of_a_hundred_tries_is_known_to_five_in_a_hundred_and_that_of_none_or_all_exactly()
     {
        assert!((standard_error(0.5, 100) - 0.05).abs() < 1e-15);
        assert_eq!([0.0, 1.0].map(|share| standard_error(share, 10)), [0.0, 0.0]);
    }

    #[test]
    fn runs_that_flew_off_have_a_spread_too() {
        let spread = Spread::of([f64::INFINITY, 1.0, f64::INFINITY]);
        assert_eq!(spread.median(), f64::INFINITY);
        assert_eq!(spread.most(), f64::INFINITY);
    }

    #[test]
    #[should_panic(expected = "at least one number")]
    fn of_no_runs_nothing_is_said() {
        Spread::of([]);
    }
}
