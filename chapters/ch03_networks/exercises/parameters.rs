//! How many numbers does a network learn? Count all weights and all biases, given the number of inputs, of
//! neurons in each hidden layer, and of outputs.

/// All that can be learnt in a network of these sizes, as `[4, 6, 1]`: 4 inputs, 6 hidden neurons, 1 output.
pub fn parameters(sizes: &[usize]) -> usize {
    todo!("the count of weights and biases in a network of the sizes {sizes:?}")
}

#[path = "../checks/parameters.rs"]
mod checks;
