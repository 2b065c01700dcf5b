//! The houses of this chapter: some to learn from, some that nobody has seen.

use datasets::property::House;
use datasets::{Scaling, property};
use ndarray::{Array1, Array2, ArrayView1, Axis, array};
use nn::{Examples, Network, seeded};

use crate::least_squares::{LeastSquares, explained};

/// How many houses we learn from.
pub const TRAIN: usize = 700;
/// How many are kept for the test.
pub const TEST: usize = 300;

/// Houses with their prices, as they are and standardised.
#[derive(Clone, Debug)]
pub struct Houses {
    /// Area, bedrooms, distance and age as they are, and the price in thousand €.
    pub raw: Examples,
    /// All columns standardised, by the houses to learn from.
    pub scaled: Examples,
    prices: Scaling,
    inputs: Scaling,
}

impl Houses {
    /// The houses to learn from and the unseen ones, both on the ruler of the first. `seed` makes the houses,
    /// `seed + 1` splits them.
    pub fn split(seed: u64) -> (Houses, Houses) {
        let all = property(TRAIN + TEST, &mut seeded(seed));
        let (train, test) = all.split(TRAIN, &mut seeded(seed + 1));
        let inputs = Scaling::standardise(train.inputs.view());
        let prices = Scaling::standardise(train.targets.view());
        let scaled = |raw: Examples| Houses {
            scaled: Examples::new(
                inputs.apply(raw.inputs.view()),
                prices.apply(raw.targets.view()),
            ),
            raw,
            prices: prices.clone(),
            inputs: inputs.clone(),
        };
        (scaled(train), scaled(test))
    }

    /// What a network with one output says about each house, standardised.
    pub fn ask(&self, network: &Network) -> Array1<f64> {
        network.predict(self.scaled.inputs.view()).remove_axis(Axis(1)) // (rows)
    }

    /// The weighted sum of the standardised inputs that fits the standardised prices best.
    pub fn least_squares(&self) -> LeastSquares {
        LeastSquares::fit(self.scaled.inputs.view(), self.scaled.targets.column(0))
    }

    /// Standardised answers as prices in thousand €.
    pub fn prices(&self, answers: ArrayView1<f64>) -> Array1<f64> {
        self.prices.invert(answers.insert_axis(Axis(1))).remove_axis(Axis(1))
    }

    /// What a network with one output says that a house costs, in thousand €.
    pub fn price_of(&self, network: &Network, house: House) -> f64 {
        let House { area, bedrooms, distance, age } = house;
        let row = self.inputs.apply(array![[area, bedrooms, distance, age]].view());
        let answer = network.predict(row.view()); // (1, 1)
        self.prices.invert(answer.view())[[0, 0]]
    }

    /// By how much the price rises, in thousand €, with one more of this input, if its standardised
    /// weight is this.
    pub fn per_unit(&self, input: usize, weight: f64) -> f64 {
        weight * self.prices.scale(0) / self.inputs.scale(input)
    }

    /// The share of the prices' variance that answers explain.
    pub fn explained(&self, answers: ArrayView1<f64>) -> f64 {
        explained(answers, self.scaled.targets.column(0))
    }

    /// How far answers are off, in thousand €: the root of the mean squared error.
    pub fn error(&self, answers: ArrayView1<f64>) -> f64 {
        let error = self.prices(answers) - self.raw.targets.column(0);
        (error.dot(&error) / error.len() as f64).sqrt()
    }

    /// What the rule made the prices from and no weighted sum of the inputs can follow, a column for
    /// each of [`INGREDIENTS`].
    pub fn ingredients(&self) -> Array2<f64> {
        let rows = self.raw.inputs.rows().into_iter().flat_map(|row| {
            let parts = House::from_row(row).ingredients();
            [parts.nearness_times_area, parts.family, parts.historic]
        });
        Array2::from_shape_vec((self.raw.rows(), 3), rows.collect())
            .expect("three ingredients a house") // (rows, 3)
    }
}

/// Short names of the three ingredients.
pub const INGREDIENTS: [&str; 3] = ["area × nearness", "family flat", "historic age"];
