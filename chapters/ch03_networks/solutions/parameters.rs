//! Every neuron has one weight per input and one bias: (inputs + 1) × neurons, layer by layer.

/// All that can be learnt in a network of these sizes, as `[4, 6, 1]`: 4 inputs, 6 hidden neurons, 1 output.
pub fn parameters(sizes: &[usize]) -> usize {
    sizes.windows(2).map(|pair| (pair[0] + 1) * pair[1]).sum()
}

#[path = "../checks/parameters.rs"]
mod checks;
