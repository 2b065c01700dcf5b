//! Without a hidden layer, a network that prices houses is an old friend of statistics: linear regression.

use datasets::property::{FAR, HISTORIC, House, INPUTS};
use lesson::{Page, Result, Row, Table, count, fixed, percent, significant};
use ndarray::{Array1, Axis as Along};
use nn::{Activation, Batch, Cost, Examples, Network, Training, seeded};
use plot::{Axis, Figure, Panel, Points, Rule};

use crate::houses::{Houses, TEST, TRAIN};
use crate::least_squares::LeastSquares;

/// How the network without a hidden layer is trained.
pub const TRAINING: Training =
    Training { cost: Cost::Quadratic, rate: 0.5, batch: Batch::Full, epochs: 400 };

/// After how many updates we look.
const LOOKS: [usize; 6] = [1, 10, 50, 100, 200, 400];

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

/// Fills the page.
pub fn run(page: &mut Page) -> Result {
    let (train, test) = Houses::split(page.seed(31));
    let closed = train.least_squares();
    let looks = descend(&train.scaled, page.seed(33))?;
    let [.., network] = &looks[..] else { return Err("nobody looked".into()) };

    let weights = weights(&closed, network);
    page.table("weights", &weights);
    page.value("difference", weights.cell("largest", "difference"));
    page.table("looks", &approach(&closed, &looks));
    settings(page);

    let answers = test.ask(network);
    page.value("explained", percent(test.explained(answers.view()), 0));
    page.value("error", fixed(test.error(answers.view()), 0));
    page.figure("prices", &prices(&test, &test.prices(answers.view())));
    let fifths = fifths(&test, &test.prices(answers.view()));
    page.table("fifths", &fifths);
    for fifth in ["lowest", "middle", "highest"] {
        let difference = fifths.cell(fifth, "difference");
        page.value(fifth, difference.trim_start_matches(['+', '-']));
    }
    one_more(page, &train, network);
    Ok(())
}

/// Parts of the houses, sorted by what the network says.
const FIFTHS: [&str; 5] = ["lowest", "second", "middle", "fourth", "highest"];

/// What the houses of each part cost and what the network says, on average.
fn fifths(houses: &Houses, predicted: &Array1<f64>) -> Table {
    let mut pairs: Vec<(f64, f64)> =
        houses.raw.targets.iter().copied().zip(predicted.iter().copied()).collect();
    // Not by the true price: among the dearest, any prediction with errors is too low.
    pairs.sort_by(|a, b| a.1.total_cmp(&b.1));
    let mut table = Table::new(["predictions", "predicted", "true", "difference"]);
    for (name, part) in FIFTHS.into_iter().zip(pairs.chunks(pairs.len() / FIFTHS.len())) {
        let mean = |numbers: &mut dyn Iterator<Item = f64>| {
            numbers.sum::<f64>() / part.len() as f64
        };
        let truth = mean(&mut part.iter().map(|pair| pair.0));
        let said = mean(&mut part.iter().map(|pair| pair.1));
        let difference = format!("{:+.0}", said - truth);
        table.row([name.to_string(), fixed(said, 0), fixed(truth, 0), difference]);
    }
    table
}

fn settings(page: &mut Page) {
    page.value("rows", count(TRAIN));
    page.value("unseen", count(TEST));
    page.value("rate", TRAINING.rate);
    page.value("updates", count(TRAINING.epochs));
}

/// The network's numbers in the order of the inputs, the bias last.
fn numbers(network: &Network) -> Vec<f64> {
    let layer = &network.layers[0];
    layer.weights.iter().chain(&layer.biases).copied().collect()
}

fn differences(closed: &LeastSquares, network: &Network) -> Vec<f64> {
    let found = numbers(network);
    let wanted = closed.weights.iter().chain([&closed.bias]);
    found.iter().zip(wanted).map(|(found, wanted)| (found - wanted).abs()).collect()
}

fn largest(numbers: &[f64]) -> f64 {
    numbers.iter().copied().fold(0.0, f64::max)
}

/// Every weight twice: as least squares finds it, and as descent does.
fn weights(closed: &LeastSquares, network: &Network) -> Table {
    let mut table = Table::new(["weight of", "least squares", "descent", "difference"]);
    let names = INPUTS.map(|input| input.name).into_iter().chain(["(bias)"]);
    let apart = differences(closed, network);
    let wanted = closed.weights.iter().chain([&closed.bias]);
    for (((name, wanted), found), apart) in
        names.zip(wanted).zip(numbers(network)).zip(&apart)
    {
        let cells = [fixed(*wanted, 7), fixed(found, 7), below(*apart)];
        table.row(Row::of([name]).and(cells));
    }
    table.row(["largest", "", "", &below(largest(&apart))]);
    table
}

/// A difference, unless it is so small that it is made of rounding alone.
fn below(difference: f64) -> String {
    if difference < 1e-9 { "below 1e-9".to_string() } else { significant(difference, 1) }
}

/// How descent closes in on least squares.
fn approach(closed: &LeastSquares, looks: &[Network]) -> Table {
    let mut table = Table::new(["updates", "largest difference"]);
    for (updates, network) in LOOKS.iter().zip(looks) {
        table.row([updates.to_string(), below(largest(&differences(closed, network)))]);
    }
    table
}

/// What one more of an input is worth to the network, wherever the house stands, and to the rule.
fn one_more(page: &mut Page, houses: &Houses, network: &Network) {
    let weights = &network.layers[0].weights;
    page.value("metre", fixed(houses.per_unit(0, weights[[0, 0]]), 1));
    page.value("year", fixed(-houses.per_unit(3, weights[[3, 0]]), 1));
    let flat = House { area: 60.0, bedrooms: 2.0, distance: 0.0, age: 50.0 };
    for (name, distance) in [("metre_in_the_city", 0.0), ("metre_far_out", FAR)] {
        let house = House { distance, ..flat };
        let larger = House { area: house.area + 1.0, ..house };
        page.value(name, fixed(larger.price() - house.price(), 1));
    }
    let historic = House { age: HISTORIC, ..flat };
    let a_year =
        |house: House| House { age: house.age + 1.0, ..house }.price() - house.price();
    page.value("year_of_a_young_house", fixed(-a_year(flat), 1));
    page.value("year_of_an_old_house", fixed(a_year(historic), 1));
    page.value("young", flat.age);
    page.value("old", historic.age);
}

/// True against predicted prices of houses that nobody trained on.
fn prices(houses: &Houses, predicted: &Array1<f64>) -> Figure {
    let truth = houses.raw.targets.index_axis(Along(1), 0);
    let points = predicted.iter().copied().zip(truth.iter().copied());
    let range = 0.0..=1500.0;
    Figure::new(
        "Predicted and true prices without a hidden layer",
        "Unseen houses around the diagonal, in a curved cloud: at both ends most lie above it, in the middle below.",
    )
    .panel(
        Panel::new()
            .equal()
            .x(Axis::new("predicted price (thousand €)").range(range.clone()))
            .y(Axis::new("true price (thousand €)").range(range))
            .draw(Rule::zero_of(1.0, -1.0, 0.0))
            .draw(Points::new(points)),
    )
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
            let apart = differences(&closed, &looks[LOOKS.len() - 1]);
            assert!(largest(&apart) < 1e-6, "{apart:?}");
            // The start was another one, so it is descent that brought them together.
            assert!(largest(&differences(&closed, &looks[0])) > 1e-2);
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
