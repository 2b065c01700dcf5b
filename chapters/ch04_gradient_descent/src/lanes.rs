//! Many small networks walk side by side.
//!
//! A step of a network of nine numbers is over before it is well begun, and descents from many starts do not ask
//! each other. So each network gets a lane: a number of all networks lies in one slice, and the same few
//! operations move all of them at once.

use nn::Examples;
use nn::elementary::tanh_all;
use rayon::prelude::*;

/// How many networks walk together. More would not fit in the nearest memory.
const LANES: usize = 16;

/// Where so many steps down the mean quadratic cost end, for networks with one hidden layer of tanh and one output.
///
/// Each start has the weights and biases in the order of [`Network::parameters`](nn::Network::parameters).
pub fn ends(
    examples: &Examples,
    starts: &[Vec<f64>],
    rate: f64,
    steps: usize,
) -> Vec<Vec<f64>> {
    let groups = starts.par_chunks(LANES);
    groups.flat_map_iter(|starts| walk(examples, starts, rate, steps)).collect()
}

/// One number of every network.
type Lane = Vec<f64>;

fn walk(
    examples: &Examples,
    starts: &[Vec<f64>],
    rate: f64,
    steps: usize,
) -> Vec<Vec<f64>> {
    let (rows, inputs) = examples.inputs.dim();
    let (lanes, count) = (starts.len(), starts[0].len());
    let hidden = (count - 1) / (inputs + 2);
    let zeros = || vec![0.0; lanes];
    let mut numbers: Vec<Lane> =
        (0..count).map(|n| starts.iter().map(|start| start[n]).collect()).collect();
    let mut slopes: Vec<Lane> = (0..count).map(|_| zeros()).collect();
    let mut says = vec![0.0; rows * hidden * lanes]; // of each hidden neuron, to each row
    let [mut delta, mut below] = [zeros(), zeros()];
    let share = 1.0 / rows as f64;
    // The places of the biases of the hidden layer, the weights of the output and its bias.
    let (biases, onward, bias) = (inputs * hidden, (inputs + 1) * hidden, count - 1);
    for _ in 0..steps {
        for (neuron, sums) in says.chunks_exact_mut(lanes).enumerate() {
            let (row, neuron) = (neuron / hidden, neuron % hidden);
            sums.fill(0.0);
            for (input, x) in examples.inputs.row(row).iter().enumerate() {
                let weights = &numbers[input * hidden + neuron];
                each(sums, weights, |sum, weight| sum + x * weight);
            }
            each(sums, &numbers[biases + neuron], |sum, bias| bias + sum);
        }
        tanh_all(&mut says);
        slopes.iter_mut().for_each(|slope| slope.fill(0.0));
        for (row, says) in says.chunks_exact(hidden * lanes).enumerate() {
            delta.fill(0.0);
            for (neuron, says) in says.chunks_exact(lanes).enumerate() {
                both(&mut delta, says, &numbers[onward + neuron], |sum, a, w| {
                    sum + a * w
                });
            }
            let target = examples.targets[[row, 0]];
            each(&mut delta, &numbers[bias], |sum, bias| (bias + sum) - target);
            each(&mut slopes[bias], &delta, |slope, error| slope + error);
            for (neuron, says) in says.chunks_exact(lanes).enumerate() {
                both(&mut slopes[onward + neuron], says, &delta, |slope, a, e| {
                    slope + a * e
                });
                below.copy_from_slice(&delta);
                both(&mut below, says, &numbers[onward + neuron], |e, a, w| {
                    (e * w) * (1.0 - a * a)
                });
                each(&mut slopes[biases + neuron], &below, |slope, error| slope + error);
                for (input, x) in examples.inputs.row(row).iter().enumerate() {
                    let slopes = &mut slopes[input * hidden + neuron];
                    each(slopes, &below, |slope, error| slope + x * error);
                }
            }
        }
        for (numbers, slopes) in numbers.iter_mut().zip(&slopes) {
            each(numbers, slopes, |number, slope| number - rate * (share * slope));
        }
    }
    (0..lanes).map(|lane| numbers.iter().map(|number| number[lane]).collect()).collect()
}

/// Replaces each number, with one of another slice at hand.
fn each(numbers: &mut [f64], others: &[f64], new: impl Fn(f64, f64) -> f64) {
    numbers
        .iter_mut()
        .zip(others)
        .for_each(|(number, other)| *number = new(*number, *other));
}

/// Replaces each number, with two others at hand.
fn both(numbers: &mut [f64], a: &[f64], b: &[f64], new: impl Fn(f64, f64, f64) -> f64) {
    let others = a.iter().zip(b);
    numbers
        .iter_mut()
        .zip(others)
        .for_each(|(number, (a, b))| *number = new(*number, *a, *b));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::flat::Flat;
    use datasets::xor;
    use nn::{Activation, GradientDescent, Network, descend, seeded};

    #[test]
    fn a_lane_goes_where_its_network_goes_alone() {
        let rng = &mut seeded(1);
        let network = Network::new(&[2, 3, 1], Activation::Tanh, rng);
        let mut flat = Flat::new(network, xor());
        let starts: Vec<Vec<f64>> = (0..LANES + 2).map(|_| flat.draw(rng)).collect();
        for (start, end) in starts.iter().zip(ends(&xor(), &starts, 0.3, 500)) {
            let path = descend(GradientDescent, 0.3, start, 500, |x, g| {
                flat.gradient(x, g);
            });
            assert_eq!(path[500], end);
        }
    }
}
