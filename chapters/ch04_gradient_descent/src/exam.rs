//! One neuron without a bend predicts the exam of the eight students.
//!
//! Its cost is a polynomial of degree two in its weights, so everything that descent does can be compared
//! with what a little algebra says.

use datasets::{Scaling, students};
use ndarray::{Array1, Array2, Axis, concatenate};
use nn::matmul;

/// The students with a first input that is always 1: its weight is the bias.
#[derive(Clone, Debug)]
pub struct Exam {
    inputs: Array2<f64>,  // (8, weights), stored row by row
    targets: Array1<f64>, // (8)
}

impl Exam {
    /// The constant 1, study hours, sleep hours and quiz, as they are; the exam in percent.
    pub fn raw() -> Exam {
        let students = students();
        Exam {
            inputs: with_one(students.inputs),
            targets: students.targets.column(0).to_owned(),
        }
    }

    /// The same with each input standardised; the exam stays in percent.
    pub fn standardised() -> Exam {
        let students = students();
        let inputs = students.inputs.view();
        Exam {
            inputs: with_one(Scaling::standardise(inputs).apply(inputs)),
            targets: students.targets.column(0).to_owned(),
        }
    }

    /// The inputs and the exam of each student.
    fn rows(&self) -> impl Iterator<Item = (&[f64], &f64)> {
        let inputs = self.inputs.as_slice().expect("stored row by row");
        inputs.chunks_exact(self.inputs.ncols()).zip(&self.targets)
    }

    /// ½ (a − y)², averaged over the students. A weight that is left out at the end counts as 0.
    pub fn cost(&self, weights: &[f64]) -> f64 {
        let mut total = 0.0;
        for (row, target) in self.rows() {
            let mut sum = 0.0;
            for (weight, input) in weights.iter().zip(row) {
                sum += weight * input;
            }
            total += 0.5 * (sum - target) * (sum - target);
        }
        total / self.targets.len() as f64
    }

    /// The gradient of the cost at `weights`, into `gradient`: the mean over rows of (a − y) x.
    pub fn gradient(&self, weights: &[f64], gradient: &mut [f64]) {
        gradient.fill(0.0);
        let share = 1.0 / self.targets.len() as f64;
        for (row, target) in self.rows() {
            let mut sum = 0.0;
            for (weight, input) in weights.iter().zip(row) {
                sum += weight * input;
            }
            for (slope, input) in gradient.iter_mut().zip(row) {
                *slope += share * (sum - target) * input;
            }
        }
    }

    /// How the gradient changes with the weights: the mean over rows of x xᵀ, (weights, weights).
    pub fn hessian(&self) -> Array2<f64> {
        matmul(&self.inputs.t(), &self.inputs) / self.targets.len() as f64
    }

    /// The first `weights` inputs only.
    pub fn first(&self, weights: usize) -> Exam {
        let columns: Vec<usize> = (0..weights).collect();
        Exam {
            inputs: by_rows(self.inputs.select(Axis(1), &columns)),
            targets: self.targets.clone(),
        }
    }

    /// The best weights there are, by solving the equations "every slope is zero" (Gauss, with pivots).
    pub fn best(&self) -> Vec<f64> {
        let size = self.inputs.ncols();
        let mut slope = vec![0.0; size];
        self.gradient(&vec![0.0; size], &mut slope);
        let mut left = self.hessian();
        let mut right: Vec<f64> = slope.iter().map(|slope| -slope).collect();
        for column in 0..size {
            let size_of = |row: &usize| left[[*row, column]].abs();
            let pivot = (column..size)
                .max_by(|a, b| size_of(a).total_cmp(&size_of(b)))
                .expect("there is a row left");
            right.swap(column, pivot);
            for k in 0..size {
                left.swap([column, k], [pivot, k]);
            }
            for row in column + 1..size {
                let factor = left[[row, column]] / left[[column, column]];
                for k in column..size {
                    left[[row, k]] -= factor * left[[column, k]];
                }
                right[row] -= factor * right[column];
            }
        }
        for row in (0..size).rev() {
            for k in row + 1..size {
                right[row] -= left[[row, k]] * right[k];
            }
            right[row] /= left[[row, row]];
        }
        right
    }
}

fn with_one(inputs: Array2<f64>) -> Array2<f64> {
    let ones = Array2::ones((inputs.nrows(), 1));
    let inputs = concatenate(Axis(1), &[ones.view(), inputs.view()]);
    by_rows(inputs.expect("both have a row per student"))
}

/// The same matrix, stored row by row.
fn by_rows(matrix: Array2<f64>) -> Array2<f64> {
    matrix.as_standard_layout().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn at_the_best_weights_every_slope_is_zero() {
        for exam in [Exam::raw(), Exam::standardised(), Exam::standardised().first(2)] {
            let best = exam.best();
            let mut slope = vec![0.0; best.len()];
            exam.gradient(&best, &mut slope);
            assert!(slope.iter().all(|slope| slope.abs() < 1e-9), "{slope:?}");
        }
    }

    #[test]
    fn scaling_the_inputs_does_not_change_how_good_the_best_weights_are() {
        let [raw, scaled] =
            [Exam::raw(), Exam::standardised()].map(|exam| exam.cost(&exam.best()));
        assert!((raw - scaled).abs() < 1e-9, "{raw} {scaled}");
    }

    #[test]
    fn the_gradient_is_the_limit_of_differences() {
        let exam = Exam::standardised();
        let weights = [70.0, 3.0, -1.0, 0.5];
        let mut slope = [0.0; 4];
        exam.gradient(&weights, &mut slope);
        for index in 0..4 {
            let shaken = |by: f64| {
                let mut weights = weights;
                weights[index] += by;
                exam.cost(&weights)
            };
            let measured = (shaken(1e-4) - shaken(-1e-4)) / 2e-4;
            assert!((measured - slope[index]).abs() < 1e-7, "{measured} {slope:?}");
        }
    }
}
