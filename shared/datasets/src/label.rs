//! Class numbers, and the targets that stand for them.
//!
//! A network has an output per class, so the class 2 of four becomes the targets 0, 0, 1,
//! 0: one of them is "hot". With two classes a single output does as well, with target 0
//! or 1.

use ndarray::Array2;
use nn::Examples;

use crate::bounds::{MOST, fits};

/// Targets for class numbers: (labels, classes), in each row a 1 at the label and 0
/// elsewhere.
///
/// # Panics
/// If a label is not below `classes`, or the targets would be more than 2²⁷ numbers (1 GiB).
///
/// ```
/// let targets = datasets::one_hot(&[2, 0], 3);
/// assert_eq!(targets, ndarray::array![[0.0, 0.0, 1.0], [1.0, 0.0, 0.0]]);
/// ```
pub fn one_hot(labels: &[usize], classes: usize) -> Array2<f64> {
    assert!(
        fits(labels.len(), classes),
        "expected at most {MOST} targets, but {} labels of {classes} classes ask for more",
        labels.len(),
    );
    let mut targets = Array2::zeros((labels.len(), classes)); // (labels, classes)
    for (row, &label) in labels.iter().enumerate() {
        assert!(label < classes, "label {label} is not one of {classes} classes from 0");
        targets[[row, label]] = 1.0;
    }
    targets
}

/// The class number of each row, as [`nn::class::class`] reads it: the place of the largest target;
/// with a single target, 1 from ½ on and 0 below.
///
/// # Panics
/// If a target is not a number.
pub fn labels(examples: &Examples) -> Vec<usize> {
    nn::class::classes(examples.targets.view())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_survive_the_way_to_targets_and_back() {
        let examples = Examples::new(Array2::zeros((4, 1)), one_hot(&[3, 0, 2, 3], 4));
        assert_eq!(labels(&examples), [3, 0, 2, 3]);
    }

    #[test]
    fn a_single_target_is_class_zero_or_one() {
        assert_eq!(labels(&crate::xor()), [0, 1, 1, 0]);
    }

    #[test]
    #[should_panic(expected = "row 1 (counted from 0) stands for no class")]
    fn a_target_that_is_no_number_is_no_label() {
        labels(&Examples {
            inputs: Array2::zeros((2, 1)),
            targets: ndarray::array![[1.0], [f64::NAN]],
        });
    }

    #[test]
    #[should_panic(expected = "label 3 is not one of 3 classes from 0")]
    fn a_label_without_a_class_is_refused() {
        one_hot(&[0, 3], 3);
    }

    #[test]
    #[should_panic(
        expected = "expected at most 134217728 targets, but 2 labels of 67108865 \
                               classes ask for more"
    )]
    fn more_targets_than_memory_is_set_aside_for_are_refused() {
        one_hot(&[0, 3], (1 << 26) + 1);
    }

    #[test]
    #[should_panic(expected = "2 labels of 18446744073709551615 classes ask for more")]
    fn a_number_of_targets_that_overflows_is_refused() {
        one_hot(&[0, 3], usize::MAX);
    }
}
