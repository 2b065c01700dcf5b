//! What the slope of every weight costs, counted in multiplications: backpropagation against shaking the weights one by one.

pub(crate) mod shown;

use nn::random::normal;
use nn::{Activation, Cost, Network, seeded};

/// Inputs, hidden neurons and outputs are equally many; these give 10 to 10⁶ parameters.
const WIDTHS: [usize; 6] = [2, 7, 22, 70, 223, 707];

/// Up to this many multiplications a way is run; beyond, it is calculated.
const PATIENCE: f64 = 2e8;

/// How far a parameter is shaken.
const H: f64 = 1e-6;

/// Multiplies, and counts how often.
#[derive(Debug, Default)]
pub struct Counter {
    /// How many multiplications there were.
    pub multiplications: usize,
}

impl Counter {
    /// The product, counted.
    pub fn times(&mut self, a: f64, b: f64) -> f64 {
        self.multiplications += 1;
        a * b
    }
}

/// What goes in, and each layer's outputs.
pub fn forward(
    network: &Network,
    inputs: &[f64],
    counter: &mut Counter,
) -> Vec<Vec<f64>> {
    let mut outputs = vec![inputs.to_vec()];
    for layer in &network.layers {
        let mut sums = layer.biases.to_vec();
        for (input, weights) in
            outputs[outputs.len() - 1].iter().zip(layer.weights.rows())
        {
            for (sum, weight) in sums.iter_mut().zip(weights) {
                *sum += counter.times(*input, *weight);
            }
        }
        layer.activation.apply(&mut sums);
        outputs.push(sums);
    }
    outputs
}

/// Every slope by one forward and one backward pass: the four equations, in plain loops.
pub fn backpropagation(
    network: &Network,
    inputs: &[f64],
    targets: &[f64],
    counter: &mut Counter,
) -> Vec<f64> {
    let outputs = forward(network, inputs, counter);
    let mut slopes = Vec::new(); // one list per layer, the last layer first
    let mut delta = errors(network, &outputs, targets);
    for (index, layer) in network.layers.iter().enumerate().rev() {
        let before = &outputs[index]; // what came into this layer
        let mut of_layer = Vec::new();
        for input in before {
            of_layer.extend(delta.iter().map(|d| counter.times(*input, *d)));
        }
        of_layer.extend(&delta); // the biases
        slopes.push(of_layer);
        if index == 0 {
            break; // nobody will change the inputs
        }
        let mut below = Vec::new();
        for (output, weights) in before.iter().zip(layer.weights.rows()) {
            let sent_back: f64 =
                weights.iter().zip(&delta).map(|(w, d)| counter.times(*w, *d)).sum();
            let slope = 1.0 - counter.times(*output, *output); // of tanh
            below.push(counter.times(sent_back, slope));
        }
        delta = below;
    }
    slopes.reverse(); // now the first layer first
    slopes.concat()
}

/// Every slope by forward passes alone: one as it is, and one with each parameter shaken.
pub fn differences(
    network: &Network,
    inputs: &[f64],
    targets: &[f64],
    counter: &mut Counter,
) -> Vec<f64> {
    let mut network = network.clone();
    let mut cost = |network: &Network| {
        let outputs = forward(network, inputs, counter);
        Cost::Quadratic.value(&outputs[outputs.len() - 1], targets)
    };
    let unshaken = cost(&network);
    let mut slopes = Vec::new();
    for place in 0..network.parameter_count() {
        let before = *parameter(&mut network, place);
        *parameter(&mut network, place) += H;
        slopes.push((cost(&network) - unshaken) / H);
        *parameter(&mut network, place) = before;
    }
    slopes
}

/// ∂C/∂z at the outputs, which do not bend.
fn errors(network: &Network, outputs: &[Vec<f64>], targets: &[f64]) -> Vec<f64> {
    let last = network.layers.len() - 1;
    let bend = network.layers[last].activation;
    assert_eq!(bend, Activation::Identity, "no slope is counted");
    outputs[last + 1].iter().zip(targets).map(|(a, y)| a - y).collect()
}

/// The parameter at this place, in the order in which a network gives them.
pub(crate) fn parameter(network: &mut Network, place: usize) -> &mut f64 {
    network.parameters_mut().nth(place).expect("places are counted over all parameters")
}

/// What each way takes for one network.
struct Count {
    parameters: usize,
    pass: f64,
    backpropagation: f64,
    shaking: f64,
    sparing: f64,
    /// The largest difference between the slopes that the two ways find; none if shaking was not run, and is
    /// so many passes.
    difference: Option<f64>,
}

impl Count {
    fn ratio(&self) -> f64 {
        self.shaking / self.backpropagation
    }
}

/// What one way returns, and how many multiplications it took.
fn counting<T>(way: impl FnOnce(&mut Counter) -> T) -> (T, f64) {
    let mut counter = Counter::default();
    let found = way(&mut counter);
    (found, counter.multiplications as f64)
}

fn counted(width: usize, seed: u64) -> Count {
    let rng = &mut seeded(seed);
    let network = Network::new(&[width; 3], Activation::Tanh, rng);
    let mut numbers = || (0..width).map(|_| normal(rng)).collect::<Vec<f64>>();
    let (inputs, targets) = (numbers(), numbers());

    let (_, pass) = counting(|counter| forward(&network, &inputs, counter));
    let (exact, backpropagation) =
        counting(|counter| backpropagation(&network, &inputs, &targets, counter));
    let parameters = network.parameter_count();
    let mut shaking = (parameters + 1) as f64 * pass;
    let mut difference = None;
    if shaking < PATIENCE {
        let shaken;
        (shaken, shaking) =
            counting(|counter| differences(&network, &inputs, &targets, counter));
        let apart = exact.iter().zip(&shaken).map(|(a, b)| (a - b).abs());
        difference = Some(apart.fold(0.0, f64::max));
    }
    let sparing = sparing(width);
    Count { parameters, pass, backpropagation, shaking, sparing, difference }
}

/// Shaking with nothing computed again that cannot have changed, for a network of two layers this wide.
///
/// A hidden neuron's weight needs a product for its own sum and one for each output's; its bias one for
/// each output's; an output's weight needs one; an output's bias none.
fn sparing(width: usize) -> f64 {
    let width = width as f64;
    let unshaken = 2.0 * width * width;
    let hidden = width * width * (1.0 + width) + width * width;
    unshaken + hidden + width * width
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::Array2;
    use nn::math::log10;
    use nn::{Backprop, Examples};

    /// How steep a log-log line is between the first and the last count.
    fn steepness(counts: &[Count], number: fn(&Count) -> f64) -> f64 {
        let (first, last) = (&counts[0], &counts[counts.len() - 1]);
        log10(number(last) / number(first))
            / log10(last.parameters as f64 / first.parameters as f64)
    }

    #[test]
    fn the_plain_loops_find_the_gradient_of_the_core() {
        let rng = &mut seeded(1);
        let network = Network::new(&[3, 5, 4, 2], Activation::Tanh, rng);
        let (inputs, targets) = ([0.3, -1.0, 2.0], [0.5, -0.5]);
        let slopes =
            backpropagation(&network, &inputs, &targets, &mut Counter::default());
        let row = |numbers: &[f64]| {
            Array2::from_shape_vec((1, numbers.len()), numbers.to_vec()).unwrap()
        };
        let mut core = Backprop::new(&network, 1);
        core.run(&network, &Examples::new(row(&inputs), row(&targets)), Cost::Quadratic);
        let wanted: Vec<f64> = core.gradients().entries().collect();
        assert_eq!(slopes.len(), wanted.len());
        assert!(slopes.iter().zip(&wanted).all(|(a, b)| (a - b).abs() < 1e-14));
        let shaken = differences(&network, &inputs, &targets, &mut Counter::default());
        assert!(shaken.iter().zip(&wanted).all(|(a, b)| (a - b).abs() < 1e-4));
    }

    /// 2k² for the pass, 2k² for equation 3, k² for equation 2, 2k for the slopes: 5k² + 2k.
    #[test]
    fn the_counts_are_those_that_were_derived() {
        for width in [2, 7, 22] {
            let (way, k) = (counted(width, 1), width as f64);
            let parameters = 2.0 * k * k + 2.0 * k;
            assert_eq!(way.parameters as f64, parameters);
            assert_eq!(way.pass, 2.0 * k * k);
            assert_eq!(way.backpropagation, 5.0 * k * k + 2.0 * k);
            assert!(way.difference.is_some());
            assert_eq!(way.shaking, (parameters + 1.0) * 2.0 * k * k);
        }
    }

    #[test]
    fn backpropagation_grows_with_n_and_shaking_with_its_square() {
        let counts: Vec<Count> = [7, 22, 70].map(|width| counted(width, 1)).into();
        assert!((steepness(&counts, |way| way.backpropagation) - 1.0).abs() < 0.05);
        assert!((steepness(&counts, |way| way.shaking) - 2.0).abs() < 0.05);
    }

    /// Counts the products one by one: what changes when one parameter is shaken.
    #[test]
    fn the_sparing_way_is_counted_rightly() {
        for k in [1_usize, 2, 5] {
            let mut products = 2 * k * k;
            for _hidden in 0..k {
                products += k; // its bias: one product per output
                for _weight in 0..k {
                    products += 1 + k;
                }
            }
            products += k * k; // an output's weight: one product each
            assert_eq!(sparing(k), products as f64);
        }
    }
}
