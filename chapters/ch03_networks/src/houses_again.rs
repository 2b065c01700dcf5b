//! The houses once more, with a hidden layer that bends: what no straight line could say, six neurons can.

pub(crate) mod shown;

use datasets::property::House;
use lesson::Result;
use nn::{Activation, Batch, Cost, Examples, Network, Training, seeded};
use rayon::prelude::*;

use crate::houses::Houses;
use crate::linear_map::FLAT;

/// How many hidden neurons we try; the last is the size that is drawn.
pub const SIZES: [usize; 4] = [1, 2, 3, 6];

/// How many random starts each size gets.
pub const STARTS: u64 = 5;

/// The same cost and the same houses in each update as without a hidden layer; smaller steps, and more of them.
pub const TRAINING: Training =
    Training { cost: Cost::Quadratic, rate: 0.2, batch: Batch::Full, epochs: 3_000 };

/// Trains four inputs, some hidden neurons that bend with tanh, and one price.
pub fn learn(hidden: usize, houses: &Examples, seed: u64) -> Result<Network> {
    let rng = &mut seeded(seed);
    let mut network = Network::new(&[4, hidden, 1], Activation::Tanh, rng);
    TRAINING.run(&mut network, houses, rng)?;
    Ok(network)
}

/// Networks from every start with their errors on houses of `test`, the one with the least error first.
pub fn learn_all(
    hidden: usize,
    train: &Houses,
    test: &Houses,
    seed: u64,
) -> Result<Vec<(f64, Network)>> {
    let one = |start| -> Result<(f64, Network)> {
        let network = learn(hidden, &train.scaled, seed + start)?;
        Ok((test.error(test.ask(&network).view()), network))
    };
    let networks = (0..STARTS).into_par_iter().map(one);
    let mut networks = networks.collect::<Result<Vec<_>>>()?;
    networks.sort_by(|a, b| a.0.total_cmp(&b.0));
    Ok(networks)
}

/// A flat near the city, at any age.
pub fn aged(age: f64) -> House {
    House { distance: 10.0, age, ..FLAT }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hidden_layer_that_bends_halves_the_error_and_one_neuron_does_not() {
        let (train, test) = Houses::split(31);
        let line =
            test.error(train.least_squares().predict(test.scaled.inputs.view()).view());
        let error = |hidden| {
            test.error(test.ask(&learn(hidden, &train.scaled, 1).unwrap()).view())
        };
        assert!(error(6) < 0.5 * line);
        assert!(error(1) > 0.8 * line);
    }

    #[test]
    fn a_house_is_priced_alone_as_in_its_row() {
        let (train, test) = Houses::split(31);
        let network = learn(2, &train.scaled, 1).unwrap();
        let prices = test.prices(test.ask(&network).view());
        let house = House::from_row(test.raw.inputs.row(7));
        assert!((test.price_of(&network, house) - prices[7]).abs() < 1e-9);
    }
}
