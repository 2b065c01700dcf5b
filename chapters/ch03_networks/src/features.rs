//! Nobody tells the hidden neurons what a price is made of. We know it, so we can look whether they found out.

pub(crate) mod shown;

use lesson::{Result, Spread};
use ndarray::{Array1, Array2, ArrayView1, ArrayView2};
use nn::{Activation, Batch, Cost, Network, Training, seeded};
use rayon::prelude::*;

use crate::houses::Houses;
use crate::least_squares::{LeastSquares, explained, leftover};

/// How many hidden neurons there are.
pub const HIDDEN: usize = 6;

/// How the network learns prices.
pub const TRAINING: Training =
    Training { cost: Cost::Quadratic, rate: 0.05, batch: Batch::Rows(16), epochs: 300 };

/// How many networks we train, each from a random start of its own.
pub const NETWORKS: u64 = 9;

/// What the hidden neurons say about each house.
pub fn hidden(network: &Network, houses: &Houses) -> Array2<f64> {
    let layer = network.layers[0].clone();
    Network::from_layers(vec![layer]).predict(houses.scaled.inputs.view()) // (rows, hidden)
}

/// The share of each ingredient that a weighted sum of what `says` gives explains in houses that it was not
/// fitted to.
pub fn carried(
    says: impl Fn(&Houses) -> Array2<f64>,
    train: &Houses,
    test: &Houses,
) -> [f64; 3] {
    let [seen, unseen] = [train, test].map(|houses| (says(houses), houses.ingredients()));
    [0, 1, 2].map(|k| {
        let fit = LeastSquares::fit(seen.0.view(), seen.1.column(k));
        explained(fit.predict(unseen.0.view()).view(), unseen.1.column(k))
    })
}

/// How well one neuron follows one ingredient where no weighted sum of the inputs can: the
/// correlation of what a linear fit of either leaves over.
fn curve_in_common(
    inputs: ArrayView2<f64>,
    neuron: ArrayView1<f64>,
    ingredient: ArrayView1<f64>,
) -> f64 {
    let neuron = leftover(inputs, neuron);
    let ingredient = leftover(inputs, ingredient);
    let sizes = neuron.dot(&neuron) * ingredient.dot(&ingredient);
    neuron.dot(&ingredient) / sizes.sqrt()
}

/// The same network with one hidden neuron silenced: it always says its mean over these houses.
pub fn silenced(network: &Network, neuron: usize, houses: &Houses) -> Network {
    let says = hidden(network, houses);
    let mean = says.column(neuron).sum() / says.nrows() as f64;
    let mut network = network.clone();
    let output = &mut network.layers[1];
    output.biases[0] += mean * output.weights[[neuron, 0]];
    output.weights[[neuron, 0]] = 0.0;
    network
}

/// What the network answers about `test` when one hidden neuron no longer curves: in its place stands the
/// weighted sum of the inputs that comes closest to it on `train`.
fn straightened(
    network: &Network,
    neuron: usize,
    train: &Houses,
    test: &Houses,
) -> Array1<f64> {
    let says = [train, test].map(|houses| hidden(network, houses));
    let straight = LeastSquares::fit(train.scaled.inputs.view(), says[0].column(neuron))
        .predict(test.scaled.inputs.view());
    let curve = &says[1].column(neuron) - &straight; // (rows)
    let missing = curve * network.layers[1].weights[[neuron, 0]];
    test.ask(network) - missing
}

/// The error in prices without each hidden neuron, on houses of `test`: silenced, and only straightened.
pub fn errors_without(network: &Network, train: &Houses, test: &Houses) -> Vec<[f64; 2]> {
    let errors = |neuron| {
        let silent = test.ask(&silenced(network, neuron, train));
        let straight = straightened(network, neuron, train, test);
        [silent, straight].map(|answers| test.error(answers.view()))
    };
    (0..HIDDEN).map(errors).collect()
}

/// How far the curved part of each hidden neuron follows that of one ingredient.
pub fn curves(network: &Network, houses: &Houses, ingredient: usize) -> Vec<f64> {
    let (inputs, ingredients) = (houses.scaled.inputs.view(), houses.ingredients());
    let neurons = hidden(network, houses);
    let curve = |neuron| curve_in_common(inputs, neuron, ingredients.column(ingredient));
    neurons.columns().into_iter().map(curve).collect()
}

/// How far the neuron that follows each ingredient best follows it.
fn best(network: &Network, houses: &Houses) -> [f64; 3] {
    let sizes = |k| curves(network, houses, k).into_iter().map(f64::abs);
    [0, 1, 2].map(|k| sizes(k).fold(0.0, f64::max))
}

/// The share of each hidden neuron that is a plain weighted sum of the inputs.
pub fn trends(network: &Network, houses: &Houses) -> Spread {
    let inputs = houses.scaled.inputs.view();
    let trend = |neuron: ArrayView1<f64>| {
        explained(LeastSquares::fit(inputs, neuron).predict(inputs).view(), neuron)
    };
    Spread::of(hidden(network, houses).columns().into_iter().map(trend))
}

/// How many weights into the hidden layer are smaller than a tenth of their neuron's largest.
pub fn small_weights(network: &Network) -> usize {
    let small = |neuron: ArrayView1<f64>| {
        let largest = neuron.iter().map(|w| w.abs()).fold(0.0, f64::max);
        neuron.iter().filter(|w| w.abs() < 0.1 * largest).count()
    };
    network.layers[0].weights.columns().into_iter().map(small).sum()
}

/// The share of the houses that are family flats.
pub fn families(houses: &Houses) -> f64 {
    let ingredients = houses.ingredients();
    let families = ingredients.column(1).iter().filter(|family| **family > 0.0).count();
    families as f64 / houses.raw.rows() as f64
}

/// A trained network, and what we measure of it on unseen houses.
pub struct Learner {
    network: Network,
    /// The share of the price's variance that it explains.
    explained: f64,
    /// Before and after training, the share of each ingredient that the hidden layer carries.
    carried: [[f64; 3]; 2],
    /// Before and after training, how far the best neuron's curved part follows each ingredient.
    best: [[f64; 3]; 2],
}

/// Trains a network from one random start.
fn learn(train: &Houses, test: &Houses, seed: u64) -> Result<Learner> {
    let before = Network::new(&[4, HIDDEN, 1], Activation::Tanh, &mut seeded(seed));
    let mut network = before.clone();
    TRAINING.run(&mut network, &train.scaled, &mut seeded(seed))?;
    let both = [&before, &network];
    Ok(Learner {
        explained: test.explained(test.ask(&network).view()),
        carried: both.map(|one| carried(|houses| hidden(one, houses), train, test)),
        best: both.map(|one| best(one, test)),
        network,
    })
}

/// Networks from many random starts, sorted by what they explain.
pub fn learn_all(train: &Houses, test: &Houses, seed: u64) -> Result<Vec<Learner>> {
    let starts = (0..NETWORKS).into_par_iter();
    let networks = starts.map(|start| learn(train, test, seed + start));
    let mut networks = networks.collect::<Result<Vec<_>>>()?;
    networks.sort_by(|a, b| a.explained.total_cmp(&b.explained));
    Ok(networks)
}

/// How a measure of one ingredient spreads over networks, before and after training.
fn spreads(
    networks: &[Learner],
    measure: impl Fn(&Learner) -> [[f64; 3]; 2],
    ingredient: usize,
) -> [Spread; 2] {
    [0, 1].map(|when| {
        Spread::of(networks.iter().map(|network| measure(network)[when][ingredient]))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::houses::INGREDIENTS;
    use ndarray::array;

    #[test]
    fn a_hidden_layer_explains_prices_that_a_linear_fit_cannot() {
        let (train, test) = Houses::split(31);
        let learner = learn(&train, &test, 1).unwrap();
        assert!(learner.explained > 0.97, "{}", learner.explained);
        let [before, after] = learner.carried;
        for ((name, before), after) in INGREDIENTS.into_iter().zip(before).zip(after) {
            assert!(after > before, "{name}: {before} before, {after} after");
        }
    }

    #[test]
    fn a_neuron_that_is_the_ingredient_curves_with_it_and_a_weighted_sum_does_not() {
        let (train, _) = Houses::split(31);
        let (inputs, ingredients) = (train.scaled.inputs.view(), train.ingredients());
        let historic = ingredients.column(2);
        // A copy, on another scale and tilted by a weighted sum of the inputs.
        let copy = -3.0 * &historic + inputs.dot(&array![1.0, -2.0, 0.5, 10.0]);
        let common = curve_in_common(inputs, copy.view(), historic);
        assert!((common + 1.0).abs() < 1e-9, "{common}");
    }

    #[test]
    fn straightening_takes_away_what_no_weighted_sum_of_the_inputs_says() {
        let (train, test) = Houses::split(31);
        let network = Network::new(&[4, HIDDEN, 1], Activation::Tanh, &mut seeded(1));
        let mut straight = train.ask(&network);
        for neuron in 0..HIDDEN {
            straight +=
                &(straightened(&network, neuron, &train, &train) - train.ask(&network));
        }
        let rest = leftover(train.scaled.inputs.view(), straight.view());
        assert!(rest.iter().all(|error| error.abs() < 1e-9));
        let apart = straightened(&network, 2, &train, &test) - test.ask(&network);
        assert!(apart.iter().any(|difference| difference.abs() > 1e-3));
    }

    #[test]
    fn a_silenced_neuron_always_says_its_mean() {
        let (train, _) = Houses::split(31);
        let network = Network::new(&[4, HIDDEN, 1], Activation::Tanh, &mut seeded(1));
        let quiet = silenced(&network, 2, &train);
        let neuron = hidden(&network, &train).column(2).to_owned();
        let missing = (&neuron - neuron.sum() / neuron.len() as f64)
            * network.layers[1].weights[[2, 0]];
        let apart = train.ask(&network) - train.ask(&quiet) - missing;
        assert!(apart.iter().all(|error| error.abs() < 1e-12));
    }
}
