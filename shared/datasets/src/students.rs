//! Eight students before an exam.

use ndarray::array;
use nn::Examples;

use crate::Column;

/// The three inputs, in order.
pub const INPUTS: [Column; 3] = [
    Column { name: "study", unit: "hours" },
    Column { name: "sleep", unit: "hours" },
    Column { name: "quiz", unit: "%" },
];

/// The target.
pub const TARGET: Column = Column { name: "exam", unit: "%" };

/// Eight students: how long they studied and slept, how a quiz went, and what the exam gave.
///
/// Inputs are (8, 3), targets (8, 1), as raw numbers in the units of [`INPUTS`] and
/// [`TARGET`]. Source: the picture that the notes refer to, from memory, as it is lost.
///
/// ```
/// let students = datasets::students();
/// assert_eq!(students.inputs.row(0).to_vec(), [12.0, 6.0, 78.0]);
/// assert_eq!(students.targets[[0, 0]], 93.0);
/// ```
pub fn students() -> Examples {
    Examples::new(
        array![
            [12.0, 6.0, 78.0],
            [22.0, 6.5, 24.0],
            [115.0, 4.0, 100.0],
            [31.0, 9.0, 67.0],
            [0.0, 10.0, 58.0],
            [5.0, 8.0, 78.0],
            [92.0, 6.0, 82.0],
            [57.0, 8.0, 91.0],
        ],
        array![[93.0], [68.0], [95.0], [75.0], [51.0], [60.0], [89.0], [97.0]],
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::Axis;

    #[test]
    fn the_columns_add_up_to_totals_taken_by_hand() {
        let students = students();
        assert_eq!(students.inputs.sum_axis(Axis(0)).to_vec(), [334.0, 57.5, 578.0]);
        assert_eq!(students.targets.sum(), 628.0);
    }
}
