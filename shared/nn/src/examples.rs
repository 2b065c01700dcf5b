//! Rows of inputs with the answers that we want for them.

use ndarray::Axis;
use rand::{Rng, seq::SliceRandom};

use crate::Mismatch;
use crate::math::Matrix;

/// Examples to learn from: one row of inputs and one row of targets each.
#[derive(Clone, Debug, PartialEq)]
pub struct Examples {
    /// (rows, inputs)
    pub inputs: Matrix,
    /// (rows, outputs)
    pub targets: Matrix,
}

impl Examples {
    /// Pairs inputs with targets, row by row.
    ///
    /// # Panics
    /// If there are no rows, or not as many rows of targets as of inputs.
    pub fn new(inputs: Matrix, targets: Matrix) -> Examples {
        let examples = Examples { inputs, targets };
        Mismatch::in_rows(&examples).unwrap_or_else(|wrong| panic!("{wrong}"));
        examples
    }

    /// The number of rows.
    pub fn rows(&self) -> usize {
        self.inputs.nrows()
    }

    /// Shuffles the rows, then cuts them: `first` rows, and the rest.
    ///
    /// # Panics
    /// If either part would be empty.
    pub fn split(&self, first: usize, rng: &mut impl Rng) -> (Examples, Examples) {
        let rows = self.rows();
        assert!(
            0 < first && first < rows,
            "{rows} rows cannot be split into {first} and the rest; both parts need a row"
        );
        let mut order: Vec<usize> = (0..rows).collect();
        order.shuffle(rng);
        (self.select(&order[..first]), self.select(&order[first..]))
    }

    /// The rows with these numbers, in this order.
    ///
    /// # Panics
    /// If a row does not exist, none is asked for, or there are not as many rows of targets as of inputs.
    pub fn select(&self, rows: &[usize]) -> Examples {
        Mismatch::in_rows(self).unwrap_or_else(|wrong| panic!("{wrong}"));
        if let Some(row) = rows.iter().find(|&&row| row >= self.rows()) {
            panic!("row {row} was asked for, but the {} rows count from 0", self.rows());
        }
        let [inputs, targets] =
            [&self.inputs, &self.targets].map(|all| all.select(Axis(0), rows));
        Examples::new(inputs, targets)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seeded;
    use ndarray::{Array2, array};

    fn numbered(rows: u32) -> Examples {
        let column = Array2::from_shape_fn((rows as usize, 1), |(row, _)| row as f64);
        Examples::new(column.clone(), column)
    }

    #[test]
    fn a_split_keeps_each_row_once_and_with_its_target() {
        let (first, rest) = numbered(10).split(7, &mut seeded(1));
        assert_eq!((first.rows(), rest.rows()), (7, 3));
        assert_eq!(first.inputs, first.targets);
        let mut all: Vec<f64> =
            first.inputs.iter().chain(&rest.inputs).copied().collect();
        assert_ne!(
            all,
            numbered(10).inputs.into_raw_vec_and_offset().0,
            "the rows were not shuffled"
        );
        all.sort_by(f64::total_cmp);
        assert_eq!(all, (0..10).map(f64::from).collect::<Vec<_>>());
    }

    #[test]
    #[should_panic(expected = "4 rows cannot be split into 4 and the rest")]
    fn a_split_with_nothing_left_is_refused() {
        numbered(4).split(4, &mut seeded(1));
    }

    #[test]
    #[should_panic(
        expected = "needs as many rows of targets as rows of inputs, but got 2 rows of inputs and 1 rows of targets"
    )]
    fn inputs_without_targets_are_refused() {
        Examples::new(array![[1.0], [2.0]], array![[1.0]]);
    }

    #[test]
    #[should_panic(
        expected = "needs as many rows of targets as rows of inputs, but got 3 rows of inputs and 5 rows of targets"
    )]
    fn a_selection_from_what_was_never_paired_is_refused() {
        let unequal =
            Examples { inputs: Array2::zeros((3, 1)), targets: Array2::zeros((5, 1)) };
        unequal.select(&[0]);
    }

    #[test]
    #[should_panic(expected = "examples need at least one row, but there is none")]
    fn examples_without_rows_are_refused() {
        Examples::new(Array2::zeros((0, 2)), Array2::zeros((0, 1)));
    }

    #[test]
    #[should_panic(
        expected = "needs as many rows of targets as rows of inputs, but got 0 rows of inputs and 1 rows of targets"
    )]
    fn targets_without_inputs_are_refused() {
        Examples::new(Array2::zeros((0, 2)), Array2::zeros((1, 1)));
    }

    #[test]
    #[should_panic(expected = "3 rows cannot be split into 0 and the rest")]
    fn a_split_that_begins_with_nothing_is_refused() {
        numbered(3).split(0, &mut seeded(1));
    }

    #[test]
    #[should_panic(expected = "row 3 was asked for, but the 3 rows count from 0")]
    fn a_row_that_does_not_exist_is_named() {
        numbered(3).select(&[0, 3]);
    }

    #[test]
    #[should_panic(expected = "examples need at least one row")]
    fn a_selection_of_nothing_is_refused() {
        numbered(3).select(&[]);
    }
}
