//! Handwritten digits: real data, small enough to be built in.

use nn::Examples;

use crate::csv::{self, Answer, Format};

/// The height and the width of an image, in pixels.
pub const SIDE: usize = 8;

/// The number of classes: the digits 0 to 9.
pub const CLASSES: usize = 10;

/// The largest number in the file: all sixteen dots under a pixel are inked.
const FULL: f64 = 16.0;

/// 1,797 handwritten digits by 13 people, each an image of 8×8 pixels.
///
/// Inputs are (1797, 64): the pixels row by row, from 0 (paper) to 1 (ink) in steps of
/// 1/16. Targets are (1797, 10), one-hot; [`labels`](crate::labels) gives them back as
/// numbers. The rows keep the order of the file, in which one writer follows another:
/// shuffle before you split, as [`split`](Examples::split) does.
///
/// Source: "Optical Recognition of Handwritten Digits", E. Alpaydin and C. Kaynak, 1998,
/// the test part; UCI Machine Learning Repository, <https://doi.org/10.24432/C50P49>, CC
/// BY 4.0.
///
/// ```
/// use datasets::{digits, labels};
///
/// let digits = digits();
/// assert_eq!(digits.inputs.dim(), (1_797, 64));
/// assert_eq!(labels(&digits)[..5], [0, 1, 2, 3, 4]);
/// ```
pub fn digits() -> Examples {
    let text = include_str!("../data/digits.csv");
    let format = Format {
        header: false,
        inputs: SIDE * SIDE,
        answer: Answer::Label { classes: CLASSES },
    };
    let mut digits = csv::parse(text, "digits.csv", format)
        .expect("the file that is built in is well formed");
    digits.inputs /= FULL;
    digits
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::labels;
    use nn::seeded;

    #[test]
    fn each_digit_comes_as_often_as_its_source_says() {
        // Counts by class as scikit-learn's `load_digits`, the same file, has them.
        let mut counts = [0; CLASSES];
        for label in labels(&digits()) {
            counts[label] += 1;
        }
        assert_eq!(counts, [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]);
    }

    #[test]
    fn pixels_run_from_paper_to_ink() {
        let digits = digits();
        assert!(digits.inputs.iter().all(|pixel| (0.0..=1.0).contains(pixel)));
        assert_eq!(digits.inputs.iter().filter(|pixel| **pixel == 1.0).count(), 10_456);
        let third_row = [0.0, 3.0, 15.0, 2.0, 0.0, 11.0, 8.0, 0.0].map(|ink| ink / 16.0);
        assert_eq!(digits.inputs.row(0).to_vec()[16..24], third_row);
    }

    #[test]
    fn most_go_into_training_and_every_digit_into_the_test() {
        let (train, test) = digits().split(1_437, &mut seeded(6));
        assert_eq!((train.rows(), test.rows()), (1_437, 360));
        let tested = labels(&test);
        assert!((0..CLASSES).all(|digit| tested.contains(&digit)));
    }
}
