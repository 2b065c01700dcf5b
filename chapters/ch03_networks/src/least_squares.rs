//! The classical answer: the weights with the smallest squared error, in one go.

use nalgebra::{DMatrix, DVector};
use ndarray::{Array1, ArrayView1, ArrayView2};

/// A weighted sum of columns, and a constant: what least squares finds.
#[derive(Clone, Debug, PartialEq)]
pub struct LeastSquares {
    /// One per column.
    pub weights: Array1<f64>,
    /// What is added to every row.
    pub bias: f64,
}

impl LeastSquares {
    /// The weights and the bias with the smallest sum of squared errors.
    ///
    /// The columns, with a column of ones, are the product of a matrix Q of orthonormal columns and a
    /// triangular matrix R. So the unknowns w are those with R w = Qᵀ y (Householder, 1958).
    ///
    /// # Panics
    /// If there are fewer rows than unknowns, or a column is a weighted sum of the others.
    pub fn fit(columns: ArrayView2<f64>, target: ArrayView1<f64>) -> LeastSquares {
        let (rows, inputs) = columns.dim();
        let x = DMatrix::from_fn(rows, inputs + 1, |row, column| {
            columns.get((row, column)).copied().unwrap_or(1.0)
        }); // (rows, inputs + 1)
        let mut y = DVector::from_iterator(rows, target.iter().copied());
        let qr = x.qr();
        qr.q_tr_mul(&mut y);
        let unknowns = qr.r().solve_upper_triangular(&y.rows(0, inputs + 1));
        let unknowns = unknowns.expect("no column is a weighted sum of the others");
        LeastSquares {
            weights: unknowns.iter().copied().take(inputs).collect(),
            bias: unknowns[inputs],
        }
    }

    /// The weights, and the bias behind them.
    pub fn parameters(&self) -> impl Iterator<Item = f64> {
        self.weights.iter().chain([&self.bias]).copied()
    }

    /// What the weighted sum says about each row.
    pub fn predict(&self, columns: ArrayView2<f64>) -> Array1<f64> {
        columns.dot(&self.weights) + self.bias // (rows)
    }
}

/// The share of the target's variance that the answers explain: 1 if all are right, 0 if they are no
/// better than the target's mean.
pub fn explained(answers: ArrayView1<f64>, target: ArrayView1<f64>) -> f64 {
    let error = &target - &answers;
    1.0 - error.dot(&error) / target.len() as f64 / target.var(0.0)
}

/// What a linear fit of the target leaves over, row by row.
pub fn leftover(columns: ArrayView2<f64>, target: ArrayView1<f64>) -> Array1<f64> {
    &target - &LeastSquares::fit(columns, target).predict(columns)
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::{Array2, array};
    use nn::{random::normal, seeded};

    #[test]
    fn a_plane_is_found_exactly() {
        let x = array![[1.0, 0.0], [0.0, 1.0], [2.0, 1.0], [3.0, -1.0]];
        let y = x.dot(&array![2.0, -3.0]) + 5.0;
        let fit = LeastSquares::fit(x.view(), y.view());
        assert!(
            (&fit.weights - &array![2.0, -3.0]).iter().all(|error| error.abs() < 1e-12)
        );
        assert!((fit.bias - 5.0).abs() < 1e-12);
        assert!((explained(fit.predict(x.view()).view(), y.view()) - 1.0).abs() < 1e-12);
    }

    #[test]
    fn a_line_through_four_points_can_be_worked_out_by_hand() {
        // Through (1, 6), (2, 5), (3, 7), (4, 10): y = 3.5 + 1.4 x.
        let x = array![[1.0], [2.0], [3.0], [4.0]];
        let fit = LeastSquares::fit(x.view(), array![6.0, 5.0, 7.0, 10.0].view());
        assert!((fit.weights[0] - 1.4).abs() < 1e-12 && (fit.bias - 3.5).abs() < 1e-12);
    }

    #[test]
    fn what_is_left_over_has_nothing_in_common_with_the_columns() {
        let rng = &mut seeded(1);
        let x = Array2::from_shape_simple_fn((50, 3), || normal(rng));
        let y = Array1::from_shape_simple_fn(50, || normal(rng));
        let rest = leftover(x.view(), y.view());
        assert!(rest.sum().abs() < 1e-10);
        assert!(x.t().dot(&rest).iter().all(|product| product.abs() < 1e-10));
    }
}
