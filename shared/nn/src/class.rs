//! The class that a row of numbers stands for: the one reading of an answer, for all who need one.

use ndarray::ArrayView1;

use crate::math::Rows;

/// The class that a row of outputs or targets stands for.
///
/// With several numbers, it is the place of the largest; of equals, the first. A single number says no or
/// yes: 1 from ½ on, 0 below. A row that holds NaN says nothing.
pub fn class(row: ArrayView1<f64>) -> Option<usize> {
    if row.iter().any(|number| number.is_nan()) {
        return None;
    }
    if row.len() == 1 {
        return Some(usize::from(row[0] >= 0.5));
    }
    // Backwards, since of equals `max_by` takes the last.
    (0..row.len()).rev().max_by(|a, b| row[*a].partial_cmp(&row[*b]).expect("no NaN"))
}

/// The class that a row of targets names: numbers from 0 to 1, and of several a single largest.
pub(crate) fn wanted_class(targets: ArrayView1<f64>) -> Option<usize> {
    let class = class(targets)?;
    let sure = targets.iter().all(|y| (0.0..=1.0).contains(y));
    let single = targets.len() == 1
        || targets.iter().filter(|y| **y >= targets[class]).count() == 1;
    (sure && single).then_some(class)
}

/// The [`class`] of each of `(rows, outputs)`.
///
/// # Panics
/// If a row holds NaN, or nothing.
pub fn classes(rows: Rows) -> Vec<usize> {
    let class_of = |(index, row)| {
        class(row).unwrap_or_else(|| {
            panic!("row {index} (counted from 0) stands for no class, since it holds NaN or nothing: {row}")
        })
    };
    rows.rows().into_iter().enumerate().map(class_of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::{Array2, array};

    #[test]
    fn the_class_is_the_place_of_the_largest_and_of_equals_the_first() {
        assert_eq!(classes(array![[1.0, 3.0, 3.0], [-2.0, -1.0, -3.0]].view()), [1, 1]);
        assert_eq!(class(array![0.0, f64::INFINITY].view()), Some(1));
        assert_eq!(class(array![f64::NEG_INFINITY, f64::NEG_INFINITY].view()), Some(0));
    }

    #[test]
    fn a_single_number_is_a_yes_from_one_half_on() {
        let column = array![[0.0], [0.499], [0.5], [1.0], [7.0], [-7.0]];
        assert_eq!(classes(column.view()), [0, 0, 1, 1, 1, 0]);
    }

    #[test]
    fn what_is_not_a_number_is_no_class() {
        let nan = f64::NAN;
        assert_eq!(class(array![nan].view()), None);
        for row in [array![nan, 1.0, 5.0], array![1.0, nan, 5.0], array![1.0, 5.0, nan]] {
            assert_eq!(class(row.view()), None, "{row}");
        }
        assert_eq!(class(Array2::zeros((1, 0)).row(0)), None);
    }

    #[test]
    #[should_panic(expected = "row 1 (counted from 0) stands for no class")]
    fn a_row_without_a_class_is_named() {
        classes(array![[0.0, 1.0], [f64::NAN, 5.0]].view());
    }
}
