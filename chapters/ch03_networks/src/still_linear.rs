//! Stack as many layers as you like: without a bend between them they are one layer, found at a higher price.

use lesson::{Page, Result, Row, Table, count, fixed, significant};
use ndarray::Array2;
use nn::{Activation, Batch, Cost, Dense, Examples, Network, Training, seeded};
use plot::{Axis, Color, Dash, Figure, Line, Panel, Rule};
use rayon::prelude::*;

use crate::houses::{Houses, TRAIN};
use crate::least_squares::LeastSquares;

/// Four inputs, two hidden layers of five, one output.
const STACKED: &[usize] = &[4, 5, 5, 1];
/// Four inputs, one output.
const PLAIN: [usize; 2] = [4, 1];

/// A fit is as good as least squares when its cost is at most this share higher.
const CLOSE: f64 = 1e-6;
/// The rates that each network may choose from.
const RATES: [f64; 5] = [1.5, 1.0, 0.5, 0.2, 0.1];
/// After so many updates a run counts as lost.
const PATIENCE: usize = 3_000;
/// How many random starts each network gets.
const STARTS: usize = 7;

/// The one layer that does what a network of linear layers does.
pub fn product(network: &Network) -> Dense {
    let mut layers = network.layers.iter();
    let mut whole = layers.next().expect("a network has a layer").clone();
    for layer in layers {
        whole.weights = whole.weights.dot(&layer.weights); // (inputs, outputs)
        whole.biases = whole.biases.dot(&layer.weights) + &layer.biases; // (outputs)
    }
    whole
}

/// Multiplications of one update: a product of matrices forward, one for the weights' gradients, and
/// one to carry the error back, which the first layer is spared.
pub fn multiplications(sizes: &[usize], rows: usize) -> usize {
    let weights: Vec<usize> = sizes.windows(2).map(|pair| pair[0] * pair[1]).collect();
    let all: usize = weights.iter().sum();
    rows * (3 * all - weights[0])
}

/// Multiplications of least squares, about: rows × unknowns² (Golub and Van Loan, *Matrix Computations*).
pub fn multiplications_at_once(rows: usize, unknowns: usize) -> usize {
    rows * unknowns * unknowns
}

/// One way to the fit.
struct Descent {
    rate: f64,
    /// The cost before each update and after the last.
    costs: Vec<f64>,
}

impl Descent {
    fn updates(&self) -> usize {
        self.costs.len() - 1
    }
}

/// Descends until the cost is at most `goal`; none if that takes more than `patience` updates.
fn descend(
    mut network: Network,
    houses: &Examples,
    rate: f64,
    goal: f64,
    patience: usize,
) -> Option<Descent> {
    let (cost, batch) = (Cost::Quadratic, Batch::Full);
    let training = Training { cost, rate, batch, epochs: patience + 1 };
    let rng = &mut seeded(0); // not asked: nothing is shuffled
    let mut run = training.start(&mut network, houses, rng).ok()?;
    let mut costs = Vec::new();
    while let Some(cost) = run.look().ok()? {
        costs.push(cost);
        if cost <= goal {
            return Some(Descent { rate, costs });
        }
        run.step().ok()?;
    }
    None
}

/// The quickest of all rates from one random start.
fn quickest(sizes: &[usize], houses: &Examples, goal: f64, seed: u64) -> Option<Descent> {
    let start = Network::new(sizes, Activation::Identity, &mut seeded(seed));
    let mut best: Option<Descent> = None;
    for rate in RATES {
        let patience = best.as_ref().map_or(PATIENCE, |best| best.updates() - 1);
        best = descend(start.clone(), houses, rate, goal, patience).or(best);
    }
    best
}

/// The quickest descent from every start, sorted by updates.
fn race(
    sizes: &[usize],
    houses: &Examples,
    goal: f64,
    page: &Page,
) -> Result<Vec<Descent>> {
    let seeds = (0..STARTS as u64).into_par_iter().map(|start| page.seed(40 + start));
    let mut runs = seeds
        .map(|seed| quickest(sizes, houses, goal, seed))
        .collect::<Option<Vec<Descent>>>()
        .ok_or("a start reached least squares at no rate")?;
    runs.sort_by_key(Descent::updates);
    Ok(runs)
}

/// Fills the page.
pub fn run(page: &mut Page) -> Result {
    let (train, test) = Houses::split(page.seed(31));
    same_answers(page, &test);

    let houses = &train.scaled;
    let least = least_cost(houses);
    let goal = least * (1.0 + CLOSE);
    let plain = race(&PLAIN, houses, goal, page)?;
    let stacked = race(STACKED, houses, goal, page)?;
    let table = work(&plain[STARTS / 2], &stacked[STARTS / 2]);
    page.table("work", &table);
    for (name, row) in [("plain", NAMES[1]), ("stacked", NAMES[2])] {
        page.value(&format!("{name}_parameters"), table.cell(row, "unknowns"));
        page.value(&format!("{name}_updates"), table.cell(row, "updates"));
        page.value(&format!("{name}_times"), table.cell(row, "times"));
    }
    page.value("at_once", table.cell(NAMES[0], "in all"));
    let range = |runs: &[Descent]| {
        format!("{} to {}", runs[0].updates(), runs[STARTS - 1].updates())
    };
    page.value("plain_range", range(&plain));
    page.value("stacked_range", range(&stacked));
    page.value("break_even", count(2 * plain[STARTS / 2].updates()));
    page.figure("race", &drawn(least, &plain[STARTS / 2], &stacked[STARTS / 2]));
    page.value("starts", STARTS);
    page.value("rates", RATES.map(|rate| rate.to_string()).join(", "));
    page.value("close", "one millionth");
    Ok(())
}

/// A random network without a bend, and the product of its layers, asked about the same houses.
fn same_answers(page: &mut Page, houses: &Houses) {
    let network = Network::new(STACKED, Activation::Identity, &mut seeded(page.seed(34)));
    let one = Network::from_layers(vec![product(&network)]);
    let x = houses.scaled.inputs.view();
    let (three, one) = (network.predict(x), one.predict(x)); // (rows, 1)
    let mut table = Table::new(["house", "three layers", "one layer"]);
    for house in 0..4 {
        let cells = [&three, &one].map(|answers| fixed(answers[[house, 0]], 15));
        table.row(Row::of([house + 1]).and(cells));
    }
    page.table("answers", &table);
    page.value("apart", significant(largest_difference(&three, &one), 1));
    page.value("unseen", houses.raw.rows());
}

fn largest_difference(a: &Array2<f64>, b: &Array2<f64>) -> f64 {
    a.iter().zip(b).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max)
}

/// What the best weighted sum still costs.
fn least_cost(houses: &Examples) -> f64 {
    let (x, y) = (houses.inputs.view(), houses.targets.column(0));
    let error = &y - &LeastSquares::fit(x, y).predict(x);
    0.5 * error.dot(&error) / houses.rows() as f64
}

const NAMES: [&str; 3] = ["least squares", "no hidden layer", "stacked linear layers"];

/// The three ways to the same fit, and what each multiplies on its way.
fn work(plain: &Descent, stacked: &Descent) -> Table {
    let mut table = Table::new([
        "way",
        "unknowns",
        "rate",
        "updates",
        "per update",
        "in all",
        "times",
    ]);
    let at_once = multiplications_at_once(TRAIN, PLAIN[0] + 1);
    let first = [parameters(&PLAIN).to_string(), "–".into(), "–".into(), "–".into()];
    table.row(Row::of([NAMES[0]]).and(first).and([count(at_once), "1".into()]));
    for (name, sizes, descent) in
        [(NAMES[1], &PLAIN[..], plain), (NAMES[2], STACKED, stacked)]
    {
        let each = multiplications(sizes, TRAIN);
        let all = each * descent.updates();
        let times = (all as f64 / at_once as f64).round() as usize;
        let (unknowns, updates) = (parameters(sizes), descent.updates());
        table.row(
            Row::of([name])
                .and([unknowns.to_string(), descent.rate.to_string(), count(updates)])
                .and([count(each), count(all), count(times)]),
        );
    }
    table
}

fn parameters(sizes: &[usize]) -> usize {
    sizes.windows(2).map(|pair| (pair[0] + 1) * pair[1]).sum()
}

/// How far the cost is above the least one, against the multiplications spent.
fn drawn(least: f64, plain: &Descent, stacked: &Descent) -> Figure {
    let mut panel = Panel::new()
        .x(Axis::new("multiplications").log().range(4e3..=3e8))
        .y(Axis::new("cost above the least, as a share of it").log().range(1e-6..=20.0));
    let at_once = multiplications_at_once(TRAIN, PLAIN[0] + 1) as f64;
    panel = panel
        .draw(Rule::vertical(at_once).dash(Dash::Dashed).label("least squares\nis done"));
    for (name, sizes, descent, color) in [
        ("no hidden\nlayer", &PLAIN[..], plain, Color::Blue),
        ("stacked linear\nlayers", STACKED, stacked, Color::Vermillion),
    ] {
        let each = multiplications(sizes, TRAIN) as f64;
        let points = descent.costs.iter().enumerate().map(|(updates, cost)| {
            ((updates as f64) * each, (cost / least - 1.0).max(CLOSE))
        });
        panel = panel.draw(Line::new(points).color(color).label(name));
    }
    Figure::new(
        "Three ways to the same fit",
        "Least squares is done after some ten thousand multiplications; descent without a hidden layer takes dozens of times as many, through three linear layers hundreds of times.",
    )
    .panel(panel)
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;
    use nn::random::normal;

    #[test]
    fn layers_without_a_bend_equal_their_product() {
        for seed in 0..5 {
            let rng = &mut seeded(seed);
            let mut network = Network::new(&[4, 7, 3, 5, 2], Activation::Identity, rng);
            for layer in &mut network.layers {
                layer.biases.mapv_inplace(|_| normal(rng));
            }
            let x = Array2::from_shape_simple_fn((20, 4), || normal(rng));
            let one = Network::from_layers(vec![product(&network)]);
            let apart =
                largest_difference(&network.predict(x.view()), &one.predict(x.view()));
            assert!(apart < 1e-13, "{apart}");
            // With a bend they part: it is the missing bend that makes them one.
            for layer in &mut network.layers {
                layer.activation = Activation::Tanh;
            }
            let apart =
                largest_difference(&network.predict(x.view()), &one.predict(x.view()));
            assert!(apart > 0.1, "{apart}");
        }
    }

    #[test]
    fn multiplications_are_those_that_one_counts_by_hand() {
        // 2-3-1, one row: 6 + 3 forward, 6 + 3 for the gradients, 3 to carry the error back.
        assert_eq!(multiplications(&[2, 3, 1], 1), 21);
        assert_eq!(multiplications(&[4, 1], 700), 5_600);
    }

    #[test]
    fn three_layers_reach_the_fit_of_one_and_pay_more() {
        let (train, _) = Houses::split(31);
        let goal = least_cost(&train.scaled) * (1.0 + CLOSE);
        let plain = quickest(&PLAIN, &train.scaled, goal, 1).unwrap();
        let stacked = quickest(STACKED, &train.scaled, goal, 1).unwrap();
        let price = |sizes: &[usize], run: &Descent| {
            run.updates() * multiplications(sizes, TRAIN)
        };
        assert!(price(STACKED, &stacked) > 10 * price(&PLAIN, &plain));
        assert!(price(&PLAIN, &plain) > 10 * multiplications_at_once(TRAIN, 5));
    }

    #[test]
    fn the_product_of_two_layers_can_be_worked_out_by_hand() {
        let layer = |weights, biases| Dense::new(weights, biases, Activation::Identity);
        let network = Network::from_layers(vec![
            layer(array![[1.0, 2.0]], array![1.0, 0.0]),
            layer(array![[3.0], [4.0]], array![5.0]),
        ]);
        // 3 (x + 1) + 4 (2x) + 5 = 11 x + 8.
        assert_eq!(product(&network), layer(array![[11.0]], array![8.0]));
    }
}
