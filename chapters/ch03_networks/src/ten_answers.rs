//! Ten neurons that read handwritten digits: in a row in front of the pixels, and behind a hidden layer.

pub(crate) mod shown;

use datasets::digits;
use datasets::digits::{CLASSES, SIDE};
use lesson::Result;
use nn::math::{ln, softmax};
use nn::{Activation, Batch, Cost, Examples, Network, Training, seeded};
use rayon::prelude::*;

/// How many of the 1,797 digits we learn from; the rest are for the test.
pub const ROWS: usize = 1_000;

/// How many hidden neurons there are.
pub const HIDDEN: usize = 16;

/// Ten neurons that see 64 pixels, and ten that see what the hidden neurons make of them; either with the rate
/// that suits it best of [`RATES`].
pub const READERS: [(&[usize], f64); 2] =
    [(&[SIDE * SIDE, CLASSES], 0.5), (&[SIDE * SIDE, HIDDEN, CLASSES], 1.0)];

/// The rates that were tried.
pub const RATES: [f64; 5] = [0.1, 0.2, 0.5, 1.0, 2.0];

/// How often training goes through the digits.
pub const EPOCHS: usize = 30;

/// How many random starts each reader gets.
pub const STARTS: u64 = 6;

/// Training as a closed box: a network with random weights and some digits go in, the trained network comes out.
pub fn learn(
    sizes: &[usize],
    rate: f64,
    digits: &Examples,
    seed: u64,
) -> Result<Network> {
    let rng = &mut seeded(seed);
    let mut network = Network::new(sizes, Activation::Tanh, rng);
    let (cost, batch) = (Cost::SoftmaxCrossEntropy, Batch::Rows(32));
    Training { cost, rate, batch, epochs: EPOCHS }.run(&mut network, digits, rng)?;
    Ok(network)
}

/// Both readers after training from one start.
#[derive(Clone, Debug)]
pub struct Pair {
    /// In a row, and behind a hidden layer.
    pub readers: [Network; 2],
    /// The share of the digits learnt from that each gets right.
    pub seen: [f64; 2],
    /// The share of the others that each gets right.
    pub unseen: [f64; 2],
    /// How many of the others only the first gets right, and how many only the second.
    pub alone: [usize; 2],
}

/// Trains both from every start.
pub fn learn_all(train: &Examples, test: &Examples, seed: u64) -> Result<Vec<Pair>> {
    let wanted = datasets::labels(test);
    let one = |start| {
        let [row, hidden] = READERS.map(|(sizes, rate)| learn(sizes, rate, train, start));
        let readers = [row?, hidden?];
        let right = readers.each_ref().map(|reader| {
            let said = reader.classify(test.inputs.view());
            said.iter()
                .zip(&wanted)
                .map(|(said, wanted)| said == wanted)
                .collect::<Vec<_>>()
        });
        let alone = [[0, 1], [1, 0]].map(|[one, other]| {
            let pairs = right[one].iter().zip(&right[other]);
            pairs.filter(|(one, other)| **one && !**other).count()
        });
        let share = |rows| readers.each_ref().map(|reader| reader.accuracy(rows));
        Ok(Pair { seen: share(train), unseen: share(test), alone, readers })
    };
    (seed..seed + STARTS).into_par_iter().map(one).collect()
}

/// What a reader costs at a digit to whose right answer it gave this probability.
pub fn cross_entropy(probability: f64) -> f64 {
    -ln(probability)
}

/// The probability that a reader gives to the right answer, and the largest that it gives, for each digit.
pub fn given(reader: &Network, digits: &Examples) -> Vec<[f64; 2]> {
    let sums = reader.predict(digits.inputs.view()); // (rows, classes)
    let mut shares = [0.0; CLASSES];
    let rows = sums.rows().into_iter().zip(datasets::labels(digits));
    rows.map(|(sums, right)| {
        softmax(&sums.to_vec(), &mut shares);
        [shares[right], shares.iter().copied().fold(0.0, f64::max)]
    })
    .collect()
}

/// The digits to learn from, and those for the test.
pub fn split(seed: u64) -> (Examples, Examples) {
    digits().split(ROWS, &mut seeded(seed))
}

/// The class to which a hidden neuron's answer adds the most, and the one from which it takes the most.
pub fn for_and_against(network: &Network, neuron: usize) -> [usize; 2] {
    let onward = network.layers[1].weights.row(neuron); // (classes)
    let by_weight = |a: &usize, b: &usize| onward[*a].total_cmp(&onward[*b]);
    let most = (0..CLASSES).max_by(by_weight).expect("ten classes");
    [most, (0..CLASSES).min_by(by_weight).expect("ten classes")]
}

/// The hidden neurons whose answers move the ten the most: by how far apart their weights onwards lie.
pub fn most_heard(network: &Network, count: usize) -> Vec<usize> {
    let moves = |neuron: &usize| {
        let [most, least] = for_and_against(network, *neuron);
        let onward = network.layers[1].weights.row(*neuron); // (classes)
        onward[most] - onward[least]
    };
    let mut neurons: Vec<usize> = (0..network.layers[0].outputs()).collect();
    neurons.sort_by(|a, b| moves(b).total_cmp(&moves(a)));
    neurons.truncate(count);
    neurons
}

/// The digits at which a hidden neuron's weighted sum is the largest and the smallest.
pub fn loudest(network: &Network, neuron: usize, digits: &Examples) -> [usize; 2] {
    let sums = digits.inputs.dot(&network.layers[0].weights.column(neuron)); // (rows)
    let by_sum = |a: &usize, b: &usize| sums[*a].total_cmp(&sums[*b]);
    let rows = || 0..digits.rows();
    [rows().max_by(by_sum), rows().min_by(by_sum)].map(|row| row.expect("some digits"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;
    use nn::Dense;

    /// What a reader gets right of a fifth of the training digits that it was not shown, on average.
    fn validated(sizes: &[usize], train: &Examples, rate: f64) -> f64 {
        let one = |seed: u64| {
            let (shown, kept) = train.clone().split(ROWS * 4 / 5, &mut seeded(seed));
            learn(sizes, rate, &shown, 100 + seed).unwrap().accuracy(&kept)
        };
        (0..10).into_par_iter().map(one).sum::<f64>() / 10.0
    }

    #[test]
    fn the_cost_is_the_mean_of_minus_the_logarithms_and_its_slope_a_minus_y() {
        let (train, test) = split(6);
        let reader = learn(READERS[0].0, READERS[0].1, &train, 80).unwrap();
        let given: Vec<f64> =
            given(&reader, &test).iter().map(|[right, _]| *right).collect();
        let mean = given.iter().map(|p| cross_entropy(*p)).sum::<f64>();
        let cost = reader.cost(&test, Cost::SoftmaxCrossEntropy);
        assert!((mean / test.rows() as f64 - cost).abs() < 1e-12);
        // Along the bias of a neuron the slope is that along its sum.
        let one = test.select(&[0]);
        let mut backprop = nn::Backprop::new(&reader, 1);
        backprop.run(&reader, &one, Cost::SoftmaxCrossEntropy);
        let slopes: Vec<f64> = backprop.gradients().entries().collect();
        let biases = &slopes[slopes.len() - CLASSES..];
        let right = datasets::labels(&one)[0];
        assert!((biases[right] - (given[0] - 1.0)).abs() < 1e-12, "{biases:?}");
        assert!(biases.iter().sum::<f64>().abs() < 1e-12, "{biases:?}");
    }

    #[test]
    fn the_rate_is_the_one_that_reads_most_digits_kept_aside_from_the_training() {
        let (train, _) = split(6);
        for (sizes, chosen) in READERS {
            let shares = RATES.map(|rate| validated(sizes, &train, rate));
            let best = RATES.iter().zip(shares).max_by(|a, b| a.1.total_cmp(&b.1));
            assert_eq!(*best.unwrap().0, chosen, "{sizes:?}: {shares:?}");
        }
    }

    #[test]
    fn both_read_digits_that_they_have_never_seen_and_are_counted_alike() {
        let (train, test) = split(6);
        for Pair { unseen, alone, .. } in learn_all(&train, &test, 80).unwrap() {
            assert!(unseen.iter().all(|share| *share > 0.9), "{unseen:?}");
            let apart = (unseen[1] - unseen[0]) * test.rows() as f64;
            let counted = alone[1] as f64 - alone[0] as f64;
            assert!((apart - counted).abs() < 1e-9, "{apart} {counted}");
        }
    }

    #[test]
    fn the_loudest_yes_and_no_have_the_largest_and_the_smallest_sum() {
        let identity = |weights| Dense::new(weights, array![0.0], Activation::Identity);
        let network = Network::from_layers(vec![identity(array![[1.0], [-2.0]])]);
        let inputs = array![[0.0, 0.0], [3.0, 1.0], [1.0, 4.0]]; // sums 0, 1 and −7
        let digits = Examples::new(inputs, ndarray::Array2::zeros((3, 1)));
        assert_eq!(loudest(&network, 0, &digits), [1, 2]);
    }

    #[test]
    fn the_neurons_that_move_the_answers_most_come_first() {
        let mut onward = ndarray::Array2::zeros((3, CLASSES));
        (onward[[0, 3]], onward[[1, 5]], onward[[2, 7]]) = (1.0, -4.0, 2.0);
        let network = Network::from_layers(vec![
            Dense::new(array![[1.0, 1.0, 1.0]], array![0.0, 0.0, 0.0], Activation::Tanh),
            Dense::new(onward, ndarray::Array1::zeros(CLASSES), Activation::Identity),
        ]);
        assert_eq!(most_heard(&network, 2), [1, 2]);
    }

    #[test]
    fn a_hidden_neuron_speaks_for_its_largest_weight_and_against_its_smallest() {
        let mut onward = ndarray::Array2::zeros((1, CLASSES));
        (onward[[0, 3]], onward[[0, 7]]) = (2.0, -1.0);
        let network = Network::from_layers(vec![
            Dense::new(array![[1.0]], array![0.0], Activation::Tanh),
            Dense::new(onward, ndarray::Array1::zeros(CLASSES), Activation::Identity),
        ]);
        assert_eq!(for_and_against(&network, 0), [3, 7]);
    }
}
