//! How strongly a valley curves, and in which directions.
//!
//! A bowl of several dimensions has directions in which it curves without twisting. The curvatures along
//! them are the eigenvalues λ of its Hessian, the matrix of second derivatives.

use ndarray::Array2;

/// The eigenvalues of a symmetric matrix, the largest first (Jacobi, 1846: turn two axes at a time until
/// nothing is left beside the diagonal).
pub fn curvatures(hessian: &Array2<f64>) -> Vec<f64> {
    let mut a = hessian.clone();
    let size = a.nrows();
    for _sweep in 0..50 {
        for p in 0..size {
            for q in p + 1..size {
                if a[[p, q]] != 0.0 {
                    turn(&mut a, p, q);
                }
            }
        }
    }
    let mut found: Vec<f64> = a.diag().to_vec();
    found.sort_by(|x, y| y.total_cmp(x));
    found
}

/// Turns the axes p and q so that the entry between them becomes zero.
fn turn(a: &mut Array2<f64>, p: usize, q: usize) {
    let theta = (a[[q, q]] - a[[p, p]]) / (2.0 * a[[p, q]]);
    let tangent = theta.signum() / (theta.abs() + (theta * theta + 1.0).sqrt());
    let cosine = 1.0 / (tangent * tangent + 1.0).sqrt();
    let sine = tangent * cosine;
    for k in 0..a.nrows() {
        let (x, y) = (a[[k, p]], a[[k, q]]);
        a[[k, p]] = cosine * x - sine * y;
        a[[k, q]] = sine * x + cosine * y;
    }
    for k in 0..a.nrows() {
        let (x, y) = (a[[p, k]], a[[q, k]]);
        a[[p, k]] = cosine * x - sine * y;
        a[[q, k]] = sine * x + cosine * y;
    }
    (a[[p, q]], a[[q, p]]) = (0.0, 0.0);
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn known_eigenvalues_come_out() {
        // 2 − √2, 2, 2 + √2: a chain of three springs.
        let chain = array![[2.0, -1.0, 0.0], [-1.0, 2.0, -1.0], [0.0, -1.0, 2.0]];
        let root = 2.0_f64.sqrt();
        for (found, known) in curvatures(&chain).iter().zip([2.0 + root, 2.0, 2.0 - root])
        {
            assert!((found - known).abs() < 1e-14, "{found} {known}");
        }
    }

    #[test]
    fn sum_and_product_are_those_of_the_matrix() {
        let matrix = array![[3244.0, 250.0], [250.0, 55.0]];
        let found = curvatures(&matrix);
        assert!((found[0] + found[1] - 3299.0).abs() < 1e-9);
        assert!((found[0] * found[1] - (3244.0 * 55.0 - 62_500.0)).abs() < 1e-6);
    }
}
