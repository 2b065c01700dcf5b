//! Columns brought to a common size.
//!
//! Study hours run to 115, sleep hours to 10. A weighted sum adds them as they come, so
//! the larger column drowns the smaller. A scaling shifts and stretches each column by
//! itself. It is fitted on the rows that we train on and then applied, unchanged, to all
//! others: a test row must not help to choose the ruler that it is measured with.

use ndarray::{Array1, Array2, ArrayView1, ArrayView2};

/// A shift and a scale for each column: x becomes (x − shift) / scale.
///
/// A column whose numbers are all equal has no spread to divide by. It keeps the scale 1:
/// it becomes 0 in every row that the scaling was fitted on, and a row that differs later
/// shows by how much, in the column's own unit.
///
/// ```
/// use datasets::{Scaling, students};
///
/// let students = students();
/// let scaling = Scaling::standardise(students.inputs.view());
/// let scaled = scaling.apply(students.inputs.view());
/// assert!(scaled.column(0).sum().abs() < 1e-12);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Scaling {
    /// What is taken off: the mean, or the smallest number. (columns)
    pub shift: Array1<f64>,
    /// What is then divided by: the standard deviation, or the range. (columns)
    pub scale: Array1<f64>,
}

impl Scaling {
    /// Fits mean 0 and standard deviation 1 to each column of `(rows, columns)`.
    ///
    /// The deviation is that of the rows themselves: divided by their number, not by one
    /// less.
    ///
    /// # Panics
    /// If there are no rows, or a number is NaN or infinite.
    pub fn standardise(rows: ArrayView2<f64>) -> Scaling {
        Scaling::fit(rows, |column| {
            let count = column.len() as f64;
            let mean = column.sum() / count;
            let squares: f64 = column.iter().map(|x| (x - mean) * (x - mean)).sum();
            (mean, (squares / count).sqrt())
        })
    }

    /// Fits smallest number 0 and largest number 1 to each column of `(rows, columns)`.
    ///
    /// # Panics
    /// If there are no rows, or a number is NaN or infinite.
    pub fn normalise(rows: ArrayView2<f64>) -> Scaling {
        Scaling::fit(rows, |column| {
            let (smallest, largest) = range(column);
            (smallest, largest - smallest)
        })
    }

    /// The same columns, scaled.
    ///
    /// # Panics
    /// If there are not as many columns as the scaling was fitted on.
    pub fn apply(&self, rows: ArrayView2<f64>) -> Array2<f64> {
        self.expect_columns(rows);
        (&rows - &self.shift) / &self.scale // (rows, columns)
    }

    /// Scaled columns, back in their own units.
    ///
    /// # Panics
    /// If there are not as many columns as the scaling was fitted on.
    pub fn invert(&self, rows: ArrayView2<f64>) -> Array2<f64> {
        self.expect_columns(rows);
        &rows * &self.scale + &self.shift // (rows, columns)
    }

    /// Asks `measure` for the shift and scale of each column that is not constant.
    fn fit(
        rows: ArrayView2<f64>,
        measure: impl Fn(ArrayView1<f64>) -> (f64, f64),
    ) -> Scaling {
        assert!(rows.nrows() > 0, "a scaling needs at least one row, but there is none");
        assert!(
            rows.iter().all(|number| number.is_finite()),
            "a scaling needs finite numbers, but the rows hold NaN or an infinity"
        );
        let (shift, scale): (Vec<f64>, Vec<f64>) = rows
            .columns()
            .into_iter()
            .map(|column| {
                // Asked of the numbers themselves: rounding can leave equal ones a
                // deviation.
                let (smallest, largest) = range(column);
                if smallest == largest { (smallest, 1.0) } else { measure(column) }
            })
            .unzip();
        Scaling { shift: shift.into(), scale: scale.into() }
    }

    fn expect_columns(&self, rows: ArrayView2<f64>) {
        assert_eq!(
            rows.ncols(),
            self.shift.len(),
            "a scaling of {} columns was given rows of {}",
            self.shift.len(),
            rows.ncols(),
        );
    }
}

/// The smallest and the largest number of a column.
fn range(column: ArrayView1<f64>) -> (f64, f64) {
    let start = (f64::INFINITY, f64::NEG_INFINITY);
    column.iter().fold(start, |(low, high), &x| (low.min(x), high.max(x)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::{Axis, array, s};
    use proptest::prelude::*;

    #[test]
    fn standardising_gives_mean_zero_and_deviation_one() {
        // 2, 4, 4, 4, 5, 5, 7, 9: mean 5, population deviation 2, sample deviation 2.14.
        let column = array![[2.0], [4.0], [4.0], [4.0], [5.0], [5.0], [7.0], [9.0]];
        let scaled = Scaling::standardise(column.view()).apply(column.view());
        assert_eq!(
            scaled.column(0).to_vec(),
            [-1.5, -0.5, -0.5, -0.5, 0.0, 0.0, 1.0, 2.0]
        );
    }

    #[test]
    fn normalising_reaches_from_zero_to_one() {
        let rows = array![[10.0, -1.0], [20.0, 3.0], [40.0, 1.0]];
        let scaled = Scaling::normalise(rows.view()).apply(rows.view());
        assert_eq!(scaled, array![[0.0, 0.0], [1.0 / 3.0, 1.0], [1.0, 0.5]]);
    }

    #[test]
    fn rows_to_test_on_are_measured_with_the_ruler_of_the_rows_to_train_on() {
        let (train, test) = (array![[0.0], [10.0]], array![[5.0], [20.0]]);
        let scaling = Scaling::normalise(train.view());
        assert_eq!(scaling.apply(test.view()), array![[0.5], [2.0]]);
    }

    #[test]
    fn a_constant_column_becomes_zero_and_keeps_its_unit() {
        let rows = Array2::from_elem((3, 1), 0.1);
        assert_ne!(rows.sum() / 3.0, 0.1, "rounding is what makes this hard");
        for scaling in
            [Scaling::standardise(rows.view()), Scaling::normalise(rows.view())]
        {
            assert_eq!(scaling.apply(rows.view()), Array2::zeros((3, 1)));
            let later = scaling.apply(array![[3.1]].view());
            assert!((later[[0, 0]] - 3.0).abs() < 1e-12);
        }
    }

    #[test]
    #[should_panic(expected = "a scaling of 2 columns was given rows of 3")]
    fn other_columns_are_refused() {
        let scaling = Scaling::standardise(array![[1.0, 2.0], [3.0, 5.0]].view());
        scaling.apply(array![[1.0, 2.0, 3.0]].view());
    }

    #[test]
    #[should_panic(expected = "a scaling needs finite numbers")]
    fn numbers_that_are_none_are_refused() {
        Scaling::standardise(array![[1.0], [f64::NAN]].view());
    }

    proptest! {
        #[test]
        fn what_was_scaled_comes_back(
            numbers in prop::collection::vec(-1e3..1e3_f64, 3..60),
        ) {
            let rows = numbers.len() / 3;
            let rows = Array2::from_shape_vec((rows, 3), numbers[..3 * rows].to_vec())?;
            for scaling in [Scaling::standardise(rows.view()), Scaling::normalise(rows.view())] {
                let back = scaling.invert(scaling.apply(rows.view()).view());
                prop_assert!((back - &rows).iter().all(|error| error.abs() < 1e-9));
            }
        }
    }

    #[test]
    fn columns_do_not_touch_each_other() {
        let rows = crate::students().inputs;
        let together = Scaling::standardise(rows.view()).apply(rows.view());
        for (index, column) in rows.columns().into_iter().enumerate() {
            let alone = column.insert_axis(Axis(1));
            let alone = Scaling::standardise(alone).apply(alone);
            assert_eq!(together.slice(s![.., index..=index]), alone);
        }
    }
}
