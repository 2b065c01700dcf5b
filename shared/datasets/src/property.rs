//! Houses whose prices follow a rule that we know.
//!
//! With real prices, nobody can say what the hidden neurons of a network ought to find.
//! So these houses are made up, and their rule holds three things that no weighted sum of
//! the inputs can follow:
//!
//! - **a product**: the nearer a house is to the city, the more a square metre is worth;
//! - **a condition**: families pay extra for a large flat with enough bedrooms, as long
//!   as it is young;
//! - **a kink**: age lowers the price until a house is old enough to be historic; from
//!   then on, age raises it.

use ndarray::{Array2, ArrayView1};
use nn::Examples;
use nn::random::normal;
use rand::{Rng, RngExt};

use crate::Column;
use crate::bounds::expect_rows;

/// The four inputs, in order.
pub const INPUTS: [Column; 4] = [
    Column { name: "area", unit: "m²" },
    Column { name: "bedrooms", unit: "" },
    Column { name: "distance", unit: "km" },
    Column { name: "age", unit: "years" },
];

/// The target.
pub const TARGET: Column = Column { name: "price", unit: "thousand €" };

/// The standard deviation of what the rule does not explain, in thousand €.
pub const NOISE: f64 = 15.0;

/// From this distance on, nearness adds nothing, in km.
pub const FAR: f64 = 25.0;

/// A house is young below this age, in years.
pub const YOUNG: f64 = 40.0;

/// A house is historic from this age on, in years.
pub const HISTORIC: f64 = 100.0;

/// A flat is large above this area, in m².
pub const LARGE: f64 = 80.0;

/// A house, as the inputs describe it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct House {
    /// In m².
    pub area: f64,
    /// A whole number.
    pub bedrooms: f64,
    /// To the city, in km.
    pub distance: f64,
    /// In years.
    pub age: f64,
}

/// What no weighted sum of the inputs can follow; each adds to the price by a weight of its
/// own.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ingredients {
    /// Area times a nearness, which falls evenly from 1 in the city to 0 at [`FAR`]; in m².
    pub nearness_times_area: f64,
    /// With three bedrooms or more, the area above [`LARGE`], times a youth that falls
    /// evenly from 1 for a new house to 0 at [`YOUNG`]; with fewer, 0. In m².
    pub family: f64,
    /// The years above [`HISTORIC`]; 0 for a younger house.
    pub historic: f64,
}

impl House {
    /// A row of inputs, read in the order of [`INPUTS`].
    ///
    /// # Panics
    /// If the row has not four numbers.
    pub fn from_row(row: ArrayView1<f64>) -> House {
        assert_eq!(row.len(), 4, "a house has 4 inputs, but the row has {}", row.len());
        House { area: row[0], bedrooms: row[1], distance: row[2], age: row[3] }
    }

    /// The three parts of the price that no weighted sum of the inputs can follow.
    pub fn ingredients(&self) -> Ingredients {
        let nearness = (1.0 - self.distance / FAR).max(0.0);
        let youth = (1.0 - self.age / YOUNG).max(0.0);
        let large = (self.area - LARGE).max(0.0);
        Ingredients {
            nearness_times_area: nearness * self.area,
            family: if self.bedrooms >= 3.0 { youth * large } else { 0.0 },
            historic: (self.age - HISTORIC).max(0.0),
        }
    }

    /// What the house costs by the rule, without noise, in thousand €.
    pub fn price(&self) -> f64 {
        let Ingredients { nearness_times_area, family, historic } = self.ingredients();
        let straight = 150.0 + 1.5 * self.area - 1.5 * self.age;
        straight + 4.0 * nearness_times_area + 4.0 * family + 7.0 * historic
    }

    /// A house that could stand somewhere.
    fn random(rng: &mut impl Rng) -> House {
        let area = 30.0 + 170.0 * rng.random::<f64>();
        let bedrooms = area / 30.0 + 0.7 * normal(rng);
        let distance = FAR * rng.random::<f64>();
        let age = 150.0 * rng.random::<f64>();
        House {
            area: area.round(),
            bedrooms: bedrooms.round().clamp(1.0, 6.0),
            distance: (10.0 * distance).round() / 10.0,
            age: age.round(),
        }
    }
}

/// Houses with their prices.
///
/// Inputs are (rows, 4) in the units of [`INPUTS`]: area evenly from 30 to 200 m²,
/// bedrooms from 1 to 6, about one per 30 m², distance evenly from 0 to 25 km and age
/// evenly from 0 to 150 years. Targets are (rows, 1): what [`House::price`] says, plus a
/// normal deviate of standard deviation [`NOISE`], in thousand €.
///
/// The best weighted sum of the inputs explains about 81 % of the variance of the prices.
/// Given the three [`Ingredients`] as well, it explains 99.7 %, and the rest is noise.
///
/// # Panics
/// If there are no rows, or more than 2²⁵.
///
/// ```
/// use datasets::property::{House, property};
///
/// let houses = property(1_000, &mut nn::seeded(1));
/// let first = House::from_row(houses.inputs.row(0));
/// let noise = houses.targets[[0, 0]] - first.price();
/// assert!(noise.abs() < 100.0);
/// ```
pub fn property(rows: usize, rng: &mut impl Rng) -> Examples {
    expect_rows(rows, 4);
    let mut inputs = Array2::zeros((rows, 4)); // (rows, 4)
    let mut targets = Array2::zeros((rows, 1)); // (rows, 1)
    for row in 0..rows {
        let house = House::random(rng);
        inputs[[row, 0]] = house.area;
        inputs[[row, 1]] = house.bedrooms;
        inputs[[row, 2]] = house.distance;
        inputs[[row, 3]] = house.age;
        targets[[row, 0]] = house.price() + NOISE * normal(rng);
    }
    Examples::new(inputs, targets)
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::{Array1, Axis, concatenate};
    use nn::seeded;

    const FAMILY_FLAT: House =
        House { area: 120.0, bedrooms: 4.0, distance: 10.0, age: 10.0 };

    /// What the price changes by when the house changes.
    fn difference(from: House, to: House) -> f64 {
        to.price() - from.price()
    }

    #[test]
    fn the_price_of_one_house_can_be_worked_out_by_hand() {
        // Nearness 0.6 of 120 m² is 72; youth 0.75 of 40 m² is 30.
        let Ingredients { nearness_times_area, family, historic } =
            FAMILY_FLAT.ingredients();
        assert!((nearness_times_area - 72.0).abs() < 1e-12);
        assert_eq!((family, historic), (30.0, 0.0));
        // 150 + 180 + 288 + 120 − 15.
        assert!((FAMILY_FLAT.price() - 723.0).abs() < 1e-12);
    }

    #[test]
    fn area_matters_more_near_the_city() {
        let another_metre = |distance| {
            let house = House { distance, bedrooms: 2.0, ..FAMILY_FLAT };
            difference(house, House { area: house.area + 1.0, ..house })
        };
        assert!((another_metre(0.0) - 5.5).abs() < 1e-9);
        assert!((another_metre(FAR) - 1.5).abs() < 1e-9);
    }

    #[test]
    fn bedrooms_matter_only_in_large_young_flats() {
        let another_bedroom = |house: House| {
            difference(House { bedrooms: 2.0, ..house }, House { bedrooms: 3.0, ..house })
        };
        assert_eq!(another_bedroom(FAMILY_FLAT), 120.0);
        assert_eq!(another_bedroom(House { area: LARGE, ..FAMILY_FLAT }), 0.0);
        assert_eq!(another_bedroom(House { age: YOUNG, ..FAMILY_FLAT }), 0.0);
    }

    #[test]
    fn age_lowers_the_price_until_a_house_is_historic() {
        let another_year = |age| {
            let house = House { age, ..FAMILY_FLAT };
            difference(house, House { age: age + 1.0, ..house })
        };
        assert!((another_year(HISTORIC - 1.0) + 1.5).abs() < 1e-9);
        assert!((another_year(HISTORIC) - 5.5).abs() < 1e-9);
    }

    #[test]
    fn houses_could_stand_somewhere() {
        let houses = property(2_000, &mut seeded(1));
        for (row, price) in houses.inputs.rows().into_iter().zip(&houses.targets) {
            let house = House::from_row(row);
            assert!((30.0..=200.0).contains(&house.area), "{house:?}");
            assert!((1.0..=6.0).contains(&house.bedrooms), "{house:?}");
            assert!((0.0..=FAR).contains(&house.distance), "{house:?}");
            assert!((0.0..=150.0).contains(&house.age), "{house:?}");
            assert!(*price > 0.0, "{house:?} costs {price}");
        }
    }

    #[test]
    #[should_panic(
        expected = "expected from 1 to 33554432 rows, which hold 4 numbers each, \
                               but got 0"
    )]
    fn no_houses_are_refused() {
        property(0, &mut seeded(1));
    }

    #[test]
    #[should_panic(expected = "but got 18446744073709551615")]
    fn more_houses_than_fit_are_refused() {
        property(usize::MAX, &mut seeded(1));
    }

    #[test]
    #[should_panic(expected = "a house has 4 inputs, but the row has 3")]
    fn a_row_that_is_no_house_is_refused() {
        House::from_row(ndarray::array![80.0, 3.0, 5.0].view());
    }

    #[test]
    fn a_house_has_a_bedroom_per_thirty_square_metres_give_or_take_a_deviate() {
        for seed in 0..200 {
            let house = House::random(&mut seeded(seed));
            let rng = &mut seeded(seed);
            let area = 30.0 + 170.0 * rng.random::<f64>();
            let bedrooms = area / 30.0 + 0.7 * normal(rng);
            assert_eq!(house.area, area.round());
            let off = (house.bedrooms - bedrooms.clamp(1.0, 6.0)).abs();
            assert!(off <= 0.5, "{house:?}: {bedrooms}");
        }
    }

    #[test]
    fn a_price_is_the_rule_and_then_noise() {
        let houses = property(20, &mut seeded(1));
        let rng = &mut seeded(1);
        for (row, price) in houses.inputs.rows().into_iter().zip(&houses.targets) {
            let house = House::random(rng);
            assert_eq!(House::from_row(row), house);
            assert_eq!(*price, house.price() + NOISE * normal(rng));
        }
    }

    #[test]
    fn a_weighted_sum_misses_what_each_ingredient_adds() {
        let houses = property(5_000, &mut seeded(1));
        let prices = houses.targets.column(0).to_owned();
        let ingredients = Array2::from_shape_vec(
            (5_000, 3),
            houses
                .inputs
                .rows()
                .into_iter()
                .map(|row| House::from_row(row).ingredients())
                .flat_map(|i| [i.nearness_times_area, i.family, i.historic])
                .collect(),
        )
        .unwrap();
        let all = concatenate![Axis(1), houses.inputs, ingredients];

        let straight = unexplained(&houses.inputs, &prices) / prices.var(0.0);
        assert!((0.17..0.21).contains(&straight), "{straight}");
        let noise = unexplained(&all, &prices).sqrt();
        assert!((noise - NOISE).abs() < 0.5, "{noise}");
        for ingredient in 4..7 {
            let mut columns: Vec<usize> = (0..7).collect();
            columns.remove(ingredient);
            let share = unexplained(&all.select(Axis(1), &columns), &prices);
            let share = share / prices.var(0.0);
            assert!(share > 0.03, "without ingredient {ingredient}: {share}");
        }
    }

    /// The mean squared error of the best linear fit, with a constant, by the normal
    /// equations.
    fn unexplained(columns: &Array2<f64>, target: &Array1<f64>) -> f64 {
        let ones = Array2::ones((columns.nrows(), 1));
        let x = concatenate![Axis(1), ones, *columns]; // (rows, columns + 1)
        let mut matrix = nn::matmul(&x.t(), &x);
        let mut weights = x.t().dot(target);
        for pivot in 0..weights.len() {
            for row in (0..weights.len()).filter(|row| *row != pivot) {
                let factor = matrix[[row, pivot]] / matrix[[pivot, pivot]];
                let (subtract, above) = (matrix.row(pivot).to_owned(), weights[pivot]);
                matrix.row_mut(row).scaled_add(-factor, &subtract);
                weights[row] -= factor * above;
            }
        }
        weights /= &matrix.diag();
        let error = target - &x.dot(&weights);
        error.dot(&error) / target.len() as f64
    }
}
