//! Without a hidden layer, a network that prices houses is an old friend of statistics: linear regression.

pub(crate) mod shown;

use datasets::property::{FAR, HISTORIC, House};
use lesson::Result;
use ndarray::Array1;
use nn::{Activation, Batch, Cost, Examples, Network, Training, seeded};

use crate::houses::Houses;
use crate::least_squares::LeastSquares;

/// How the network without a hidden layer is trained.
pub const TRAINING: Training =
    Training { cost: Cost::Quadratic, rate: 0.5, batch: Batch::Full, epochs: 400 };

/// After how many updates we look.
pub const LOOKS: [usize; 6] = [1, 10, 50, 100, 200, 400];

/// Trains four inputs straight into one output, and keeps the network as it was at each look.
pub fn descend(houses: &Examples, seed: u64) -> Result<Vec<Network>> {
    let mut network = Network::new(&[4, 1], Activation::Identity, &mut seeded(seed));
    let mut looks = Vec::new();
    let rng = &mut seeded(seed);
    let mut run = TRAINING.start(&mut network, houses, rng)?;
    while run.update()?.is_some() {
        if LOOKS.contains(&run.history().updates) {
            looks.push(run.network.clone());
        }
    }
    Ok(looks)
}

/// A network with three hidden neurons that has not learnt anything yet.
pub fn with_hidden(seed: u64) -> Network {
    Network::new(&[4, 3, 1], Activation::Tanh, &mut seeded(seed))
}

/// How far each of the network's numbers is from that of least squares.
pub fn differences(network: &Network, closed: &LeastSquares) -> Vec<f64> {
    let pairs = network.parameters().zip(closed.parameters());
    pairs.map(|(found, wanted)| (found - wanted).abs()).collect()
}

/// The largest of the differences.
pub fn largest_difference(network: &Network, closed: &LeastSquares) -> f64 {
    differences(network, closed).into_iter().fold(0.0, f64::max)
}

/// The mean predicted and the mean true price of each fifth of the houses, sorted by what is predicted.
pub fn fifths(houses: &Houses, predicted: &Array1<f64>) -> [[f64; 2]; 5] {
    let pairs = predicted.iter().zip(&houses.raw.targets);
    let mut pairs: Vec<[f64; 2]> = pairs.map(|(said, truth)| [*said, *truth]).collect();
    // Not by the true price: among the dearest, any prediction with errors is too low.
    pairs.sort_by(|a, b| a[0].total_cmp(&b[0]));
    let size = pairs.len() / 5;
    [0, 1, 2, 3, 4].map(|fifth| {
        let part = &pairs[fifth * size..(fifth + 1) * size];
        [0, 1].map(|k| part.iter().map(|pair| pair[k]).sum::<f64>() / size as f64)
    })
}

/// What one more of an input is worth to the network, in thousand €, wherever the house stands.
pub fn one_more_to(network: &Network, houses: &Houses, input: usize) -> f64 {
    houses.per_unit(input, network.layers[0].weights[[input, 0]])
}

/// A flat in the city that is neither old nor new.
pub const FLAT: House = House { area: 60.0, bedrooms: 2.0, distance: 0.0, age: 50.0 };
/// The same at the far edge.
pub const FAR_OUT: House = House { distance: FAR, ..FLAT };
/// The same, but historic.
pub const OLD: House = House { age: HISTORIC, ..FLAT };

/// What one more square metre and one more year are worth by the rule, in thousand €.
pub fn one_more_by_rule(house: House) -> [f64; 2] {
    let larger = House { area: house.area + 1.0, ..house };
    let older = House { age: house.age + 1.0, ..house };
    [larger, older].map(|other| other.price() - house.price())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn descent_reaches_the_closed_form_to_six_digits() {
        let (train, _) = Houses::split(31);
        let closed = train.least_squares();
        for seed in 0..3 {
            let looks = descend(&train.scaled, seed).unwrap();
            let apart = largest_difference(&looks[LOOKS.len() - 1], &closed);
            assert!(apart < 1e-6, "{apart}");
            // The start was another one, so it is descent that brought them together.
            assert!(largest_difference(&looks[0], &closed) > 1e-2);
        }
    }

    #[test]
    fn a_weight_per_unit_is_the_slope_of_the_price() {
        let (train, _) = Houses::split(31);
        let standardised = train.least_squares();
        let raw = LeastSquares::fit(train.raw.inputs.view(), train.raw.targets.column(0));
        for (input, weight) in standardised.weights.iter().enumerate() {
            assert!((train.per_unit(input, *weight) - raw.weights[input]).abs() < 1e-9);
        }
    }
}
