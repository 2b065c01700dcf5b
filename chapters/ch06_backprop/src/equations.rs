//! The four equations of backpropagation, the code that computes them, and three ways to find out whether they are right.

pub(crate) mod shown;

use lesson::Result;
use ndarray::{Array2, Axis};
use nn::math::softmax;
use nn::random::normal;
use nn::{
    Activation, Backprop, Batch, Cost, Examples, Gradients, Network, Training,
    gradient_check, matmul, seeded,
};

/// The network that is checked: two hidden layers, so that every equation is used.
const SIZES: [usize; 4] = [3, 6, 5, 4];
const ROWS: usize = 5;
/// The rate at which ten rows are learnt by heart.
const TEN_RATE: f64 = 0.5;

/// One mistake for each equation, all of them easy to make.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mistake {
    /// None at all.
    None,
    /// Equation 1 without the slope φ′.
    NoSlopeAtOutput,
    /// Equation 2 without the slope φ′.
    NoSlopeBelow,
    /// Equation 3 without the division by the number of rows.
    SumOfRows,
    /// Equation 4 with the first row only.
    OneRow,
}

use Mistake::{NoSlopeAtOutput, NoSlopeBelow, OneRow, SumOfRows};

impl Mistake {
    /// All of them, in the order of the equations.
    pub const ALL: [Mistake; 5] =
        [Mistake::None, NoSlopeAtOutput, NoSlopeBelow, SumOfRows, OneRow];
}

/// The four equations, for the quadratic cost. `a` are the inputs and then the outputs of each layer, `slopes` the φ′(Z)
/// of each layer, `y` the targets. The numbers in the comments are those of the equations.
pub fn backward(
    network: &Network,
    a: &[Array2<f64>],
    slopes: &[Array2<f64>],
    y: &Array2<f64>,
) -> Gradients {
    let mut gradients = Backprop::new(network, 1).gradients().clone();
    let (rows, last) = (y.nrows() as f64, network.layers.len() - 1);
    let mut delta = (&a[last + 1] - y) * &slopes[last]; // 1: (rows, outputs)
    for index in (0..=last).rev() {
        let gradient = &mut gradients.layers[index];
        gradient.weights = matmul(&a[index].t(), &delta) / rows; // 3: (inputs, outputs)
        gradient.biases = delta.sum_axis(Axis(0)) / rows; // 4: (outputs)
        if index > 0 {
            let weights = &network.layers[index].weights;
            let arrives = matmul(&delta, &weights.t()); // (rows, inputs)
            delta = arrives * &slopes[index - 1]; // 2
        }
    }
    gradients
}

/// The inputs and then the outputs of each layer; and for each layer the slopes φ′(Z).
fn forward(
    network: &Network,
    inputs: &Array2<f64>,
) -> (Vec<Array2<f64>>, Vec<Array2<f64>>) {
    let (mut outputs, mut slopes) = (vec![inputs.clone()], Vec::new());
    for layer in &network.layers {
        let mut output = Array2::zeros((inputs.nrows(), layer.outputs())); // (rows, outputs)
        layer.forward(outputs[outputs.len() - 1].view(), output.view_mut());
        slopes.push(output.mapv(|a| layer.activation.slope(a)));
        outputs.push(output);
    }
    (outputs, slopes)
}

/// The gradients that come out if a mistake is made on the way back.
fn mistaken(network: &Network, examples: &Examples, mistake: Mistake) -> Gradients {
    let (outputs, mut slopes) = forward(network, &examples.inputs);
    let last = slopes.len() - 1;
    match mistake {
        NoSlopeAtOutput => slopes[last].fill(1.0),
        NoSlopeBelow => slopes[..last].iter_mut().for_each(|layer| layer.fill(1.0)),
        _ => {}
    }
    let mut gradients = backward(network, &outputs, &slopes, &examples.targets);
    match mistake {
        SumOfRows => {
            let rows = examples.rows() as f64;
            gradients.layers.iter_mut().for_each(|layer| layer.weights *= rows);
        }
        OneRow => {
            let first = mistaken(network, &examples.select(&[0]), Mistake::None);
            for (layer, one) in gradients.layers.iter_mut().zip(first.layers) {
                layer.biases = one.biases;
            }
        }
        _ => {}
    }
    gradients
}

/// Rows of inputs, and targets that are probabilities: every cost accepts them.
fn random_examples(seed: u64) -> Examples {
    let rng = &mut seeded(seed);
    let inputs = Array2::from_shape_simple_fn((ROWS, SIZES[0]), || normal(rng)); // (rows, inputs)
    let mut targets = Array2::zeros((ROWS, SIZES[3])); // (rows, outputs)
    for mut row in targets.rows_mut() {
        let scores: Vec<f64> = (0..SIZES[3]).map(|_| normal(rng)).collect();
        softmax(&scores, row.as_slice_mut().expect("rows are contiguous"));
    }
    Examples::new(inputs, targets)
}

/// A network with biases that are not zero either: a zero hides mistakes.
fn random_network(hidden: Activation, output: Activation, seed: u64) -> Network {
    let rng = &mut seeded(seed);
    let mut network = Network::new(&SIZES, hidden, rng).with_output(output);
    for layer in &mut network.layers {
        layer.biases.mapv_inplace(|_| 0.3 * normal(rng));
    }
    network
}

/// The worst disagreement for one choice of activations and cost.
struct Check {
    hidden: Activation,
    cost: Cost,
    error: f64,
    /// The size of the slope there.
    slope: f64,
}

/// Every activation in the hidden layers, every one at the outputs, every cost that accepts those outputs.
fn all_checks(examples: &Examples, seed: u64) -> Vec<Check> {
    let mut checks = Vec::new();
    for cost in Cost::ALL {
        for hidden in Activation::ALL {
            for output in
                Activation::ALL.into_iter().filter(|&output| cost.accepts(output))
            {
                let network = random_network(hidden, output, seed);
                let worst = gradient_check(&network, examples, cost);
                let (error, slope) = (worst.error, worst.backprop.abs());
                checks.push(Check { hidden, cost, error, slope });
            }
        }
    }
    checks
}

/// The worst of all.
fn worst(checks: &[Check]) -> &Check {
    checks.iter().max_by(|a, b| a.error.total_cmp(&b.error)).expect("there are costs")
}

/// The worst error of a cost with a hidden activation, over all output activations.
fn worst_of(checks: &[Check], cost: Cost, hidden: Activation) -> f64 {
    let those =
        checks.iter().filter(|check| check.cost == cost && check.hidden == hidden);
    those.map(|check| check.error).fold(0.0, f64::max)
}

/// The worst error of each array: first-layer weights, first-layer biases, second-layer weights, …
fn errors_by_array(network: &Network, examples: &Examples, mistake: Mistake) -> Vec<f64> {
    let found = mistaken(network, examples, mistake);
    let mut backprop = Backprop::new(network, examples.rows());
    backprop.run(network, examples, Cost::Quadratic);
    let right = backprop.gradients();
    let arrays = 2 * network.layers.len();
    let error_of = |array: usize| {
        // Only one array is taken from what is checked, so the worst error is that array's.
        let mut one = right.clone();
        let (layer, source) = (&mut one.layers[array / 2], &found.layers[array / 2]);
        if array.is_multiple_of(2) {
            layer.weights.assign(&source.weights);
        } else {
            layer.biases.assign(&source.biases);
        }
        one.check(network, examples, Cost::Quadratic).error
    };
    (0..arrays).map(error_of).collect()
}

/// The cost of untrained networks over so many classes of digits: with the usual output weights, with a tenth
/// of them, and with a hundredth.
fn untrained(classes: usize, seed: u64) -> [f64; 3] {
    let digits = first_classes(classes);
    [1.0, 0.1, 0.01].map(|size| {
        let rng = &mut seeded(seed);
        let mut network = Network::new(&[64, 32, classes], Activation::Tanh, rng);
        network.layers[1].weights *= size;
        network.cost(&digits, Cost::SoftmaxCrossEntropy)
    })
}

/// The digits below `classes`, with one target for each of them.
fn first_classes(classes: usize) -> Examples {
    let digits = datasets::digits();
    let labels = datasets::labels(&digits);
    let rows: Vec<usize> =
        (0..digits.rows()).filter(|&row| labels[row] < classes).collect();
    let few = digits.select(&rows);
    let wanted: Vec<usize> = (0..classes).collect();
    Examples::new(few.inputs, few.targets.select(Axis(1), &wanted))
}

/// How well ten digits are known after so many updates.
struct Learnt {
    updates: usize,
    cost: f64,
    /// How many of them are read correctly.
    right: usize,
}

/// Ten digits learnt by heart.
fn ten_rows(seed: u64) -> Result<Vec<Learnt>> {
    let (ten, _) = datasets::digits().split(10, &mut seeded(seed));
    let mut network =
        Network::new(&[64, 32, 10], Activation::Tanh, &mut seeded(seed + 1));
    let cost = Cost::SoftmaxCrossEntropy;
    let rng = &mut seeded(seed + 2);
    let training = Training { cost, rate: TEN_RATE, batch: Batch::Full, epochs: 10_000 };
    let mut run = training.start(&mut network, &ten, rng)?;
    let mut learnt = Vec::new();
    for updates in [0, 10, 100, 1_000, 10_000] {
        while run.epochs_done() < updates {
            run.epoch()?;
        }
        let right = (run.network.accuracy(&ten) * ten.rows() as f64).round() as usize;
        learnt.push(Learnt { updates, cost: run.network.cost(&ten, cost), right });
    }
    Ok(learnt)
}

#[cfg(test)]
mod tests {
    use ndarray::arr2;
    use nn::math::ln;

    use super::*;
    use crate::by_hand::{self, START};

    #[test]
    fn every_activation_with_every_cost_agrees_to_seven_digits() {
        let checks = all_checks(&random_examples(1), 2);
        assert!(checks.len() >= Activation::ALL.len() * Cost::ALL.len());
        for check in &checks {
            assert!(
                check.error < 1e-7,
                "{:?} {:?}: {}",
                check.hidden,
                check.cost,
                check.error
            );
        }
    }

    #[test]
    fn the_equations_written_anew_are_those_of_the_core() {
        let examples = random_examples(5);
        let network = random_network(Activation::Tanh, Activation::Sigmoid, 11);
        let mut core = Backprop::new(&network, ROWS);
        core.run(&network, &examples, Cost::Quadratic);
        let anew = mistaken(&network, &examples, Mistake::None);
        let pairs = core.gradients().entries().zip(anew.entries());
        assert!(pairs.map(|(a, b)| (a - b).abs()).all(|apart| apart < 1e-14));
    }

    /// The network by hand as two layers: each column holds the weights of a neuron.
    #[test]
    fn in_matrices_the_network_by_hand_has_the_same_slopes() {
        let pass = by_hand::forward(&START);
        let deltas = by_hand::output_deltas(&pass);
        let below = by_hand::hidden_deltas(&pass, deltas, &START.output);
        let mut network = Network::new(&[2, 2, 2], Activation::Sigmoid, &mut seeded(1))
            .with_output(Activation::Sigmoid);
        for (layer, (neurons, bias)) in
            network.layers.iter_mut().zip([(START.hidden, 0.35), (START.output, 0.60)])
        {
            layer.weights = arr2(&neurons).t().to_owned();
            layer.biases.fill(bias);
        }
        let row = Examples::new(arr2(&[by_hand::INPUTS]), arr2(&[[0.01, 0.99]]));
        let found = mistaken(&network, &row, Mistake::None);
        for (layer, errors) in found.layers.iter().zip([below, deltas]) {
            for (bias, error) in layer.biases.iter().zip(errors) {
                assert!((bias - error).abs() < 1e-15, "{bias} {error}");
            }
        }
        let w5 = found.layers[1].weights[[0, 0]];
        assert!((w5 - deltas[0] * pass.hidden[0]).abs() < 1e-15);
    }

    /// Of one row, the slopes of the last biases are its errors.
    #[test]
    fn softmax_with_cross_entropy_leaves_a_minus_y() {
        let examples = random_examples(5).select(&[0]);
        let network = random_network(Activation::Tanh, Activation::Identity, 11);
        let mut core = Backprop::new(&network, 1);
        core.run(&network, &examples, Cost::SoftmaxCrossEntropy);
        let scores = network.predict(examples.inputs.view());
        let mut a = vec![0.0; SIZES[3]];
        softmax(&scores.row(0).to_vec(), &mut a);
        let errors = &core.gradients().layers[2].biases;
        for ((error, a), y) in errors.iter().zip(a).zip(&examples.targets) {
            assert!((error - (a - y)).abs() < 1e-14, "{error}, not {}", a - y);
        }
    }

    /// 1 spoils everything, 2 all but the last layer, 3 the weights, 4 the biases.
    #[test]
    fn each_mistake_leaves_its_own_pattern() {
        let examples = random_examples(5);
        let network = random_network(Activation::Tanh, Activation::Sigmoid, 11);
        let pattern = |mistake| {
            let errors = errors_by_array(&network, &examples, mistake);
            errors.iter().map(|&error| error > 0.01).collect::<Vec<_>>()
        };
        let (yes, no) = (true, false);
        assert_eq!(pattern(Mistake::None), [no; 6]);
        assert_eq!(pattern(NoSlopeAtOutput), [yes; 6]);
        assert_eq!(pattern(NoSlopeBelow), [yes, yes, yes, yes, no, no]);
        assert_eq!(pattern(SumOfRows), [yes, no, yes, no, yes, no]);
        assert_eq!(pattern(OneRow), [no, yes, no, yes, no, yes]);
    }

    #[test]
    fn an_untrained_softmax_costs_ln_k() {
        for classes in [2, 3, 10] {
            let digits = first_classes(classes);
            let mut network =
                Network::new(&[64, 8, classes], Activation::Tanh, &mut seeded(3));
            network.layers[1].weights *= 1e-9;
            let cost = network.cost(&digits, Cost::SoftmaxCrossEntropy);
            assert!((cost - ln(classes as f64)).abs() < 1e-8, "{classes}: {cost}");
        }
    }

    #[test]
    fn ten_rows_are_learnt_by_heart() {
        let [.., thousand, ten_thousand] = &ten_rows(99).unwrap()[..] else { panic!() };
        assert_eq!((thousand.updates, thousand.right), (1_000, 10));
        assert_eq!(ten_thousand.updates, 10_000);
        assert!(ten_thousand.cost < 1e-3, "{}", ten_thousand.cost);
    }
}
