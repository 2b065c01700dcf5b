//! The smallest problem that no single neuron can solve.

use ndarray::array;
use nn::Examples;

/// Exclusive or: 1 if one of two bits is set, 0 if none or both are.
///
/// Inputs are (4, 2), targets (4, 1). No straight line parts the ones from the zeros
/// (Minsky and Papert, *Perceptrons*, 1969).
///
/// ```
/// let xor = datasets::xor();
/// assert_eq!(xor.targets.column(0).to_vec(), [0.0, 1.0, 1.0, 0.0]);
/// ```
pub fn xor() -> Examples {
    Examples::new(
        array![[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]],
        array![[0.0], [1.0], [1.0], [0.0]],
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_is_one_where_the_bits_differ() {
        let xor = xor();
        for (bits, target) in xor.inputs.rows().into_iter().zip(&xor.targets) {
            assert_eq!(*target == 1.0, bits[0] != bits[1], "{bits}");
        }
    }
}
