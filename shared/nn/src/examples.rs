//! Rows of inputs with the answers that we want for them.

use ndarray::{Array2, ArrayView2, Axis};
use rand::{Rng, seq::SliceRandom};

/// Examples to learn from: one row of inputs and one row of targets each.
#[derive(Clone, Debug, PartialEq)]
pub struct Examples {
    /// (rows, inputs)
    pub inputs: Array2<f64>,
    /// (rows, outputs)
    pub targets: Array2<f64>,
}

impl Examples {
    /// Pairs inputs with targets, row by row.
    ///
    /// # Panics
    /// If there are no rows, or not as many rows of targets as of inputs.
    pub fn new(inputs: Array2<f64>, targets: Array2<f64>) -> Examples {
        assert_eq!(
            inputs.nrows(),
            targets.nrows(),
            "{} rows of inputs came with {} rows of targets; each row of inputs needs its own",
            inputs.nrows(),
            targets.nrows(),
        );
        assert!(inputs.nrows() > 0, "examples need at least one row, but there is none");
        Examples { inputs, targets }
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
        assert!(
            0 < first && first < self.rows(),
            "{} rows cannot be split into {first} and the rest; both parts need a row",
            self.rows(),
        );
        let mut order: Vec<usize> = (0..self.rows()).collect();
        order.shuffle(rng);
        (self.select(&order[..first]), self.select(&order[first..]))
    }

    /// The rows with these numbers, in this order.
    ///
    /// # Panics
    /// If a row does not exist.
    pub fn select(&self, rows: &[usize]) -> Examples {
        Examples::new(
            self.inputs.select(Axis(0), rows),
            self.targets.select(Axis(0), rows),
        )
    }

    /// Copies the rows with these numbers into the first rows of two buffers.
    pub(crate) fn gather(
        &self,
        rows: &[usize],
        inputs: &mut Array2<f64>,
        targets: &mut Array2<f64>,
    ) {
        for (place, &row) in rows.iter().enumerate() {
            inputs.row_mut(place).assign(&self.inputs.row(row));
            targets.row_mut(place).assign(&self.targets.row(row));
        }
    }
}

/// The place of the largest number in each row; of equals, the first.
pub fn largest(rows: ArrayView2<f64>) -> Vec<usize> {
    let place = |row: ndarray::ArrayView1<f64>| {
        let mut best = 0;
        for (index, &value) in row.iter().enumerate() {
            if value > row[best] {
                best = index;
            }
        }
        best
    };
    rows.rows().into_iter().map(place).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seeded;
    use ndarray::array;

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
    #[should_panic(expected = "2 rows of inputs came with 1 rows of targets")]
    fn inputs_without_targets_are_refused() {
        Examples::new(array![[1.0], [2.0]], array![[1.0]]);
    }

    #[test]
    fn of_equal_numbers_the_first_is_the_largest() {
        assert_eq!(largest(array![[1.0, 3.0, 3.0], [-2.0, -1.0, -3.0]].view()), [1, 1]);
    }
}
