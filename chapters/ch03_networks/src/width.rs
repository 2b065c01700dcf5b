//! One curve, fitted by more and more neurons: each of them may bend the line once.

use lesson::{Page, Result, Row, Table, count, significant};
use ndarray::Array2;
use nn::math::sin;
use nn::random::normal;
use nn::{Activation, Batch, Cost, Examples, Momentum, Network, Training, seeded};
use plot::{Axis, Color, Dash, Figure, Line, Marker, Panel, Points};
use rand::{Rng, RngExt};
use rayon::prelude::*;

/// The curve that the points come from.
pub fn curve(x: f64) -> f64 {
    sin(3.0 * x) + 0.5 * x
}

/// Where the points lie.
const REACH: f64 = 2.0;
/// How far a point may stray from the curve: the standard deviation.
const NOISE: f64 = 0.2;
/// How many points we learn from, and how many are kept for the test.
const ROWS: [usize; 2] = [30, 300];
/// How many hidden neurons we try.
const SIZES: [usize; 6] = [1, 2, 3, 5, 10, 30];
/// How many random starts each network gets.
const STARTS: u64 = 5;

const TRAINING: Training =
    Training { cost: Cost::Quadratic, rate: 0.02, batch: Batch::Full, epochs: 1_500 };
/// The memory of the descent (see [`Momentum`]).
const MEMORY: f64 = 0.9;

/// Points around the curve, evenly spread at random.
fn points(rows: usize, rng: &mut impl Rng) -> Examples {
    let x = || REACH * (2.0 * rng.random::<f64>() - 1.0);
    let x = Array2::from_shape_simple_fn((rows, 1), x);
    let y = x.mapv(|x| curve(x) + NOISE * normal(rng));
    Examples::new(x, y)
}

/// Those of `points` that lie between the outermost of `others`.
fn between(points: &Examples, others: &Examples) -> Examples {
    let reach = others.inputs.iter().copied();
    let low = reach.clone().fold(f64::INFINITY, f64::min);
    let high = reach.fold(f64::NEG_INFINITY, f64::max);
    let inside = |row: &usize| (low..=high).contains(&points.inputs[[*row, 0]]);
    points.select(&(0..points.rows()).filter(inside).collect::<Vec<_>>())
}

/// A network of one input, `neurons` ReLU neurons and one output, whose bends lie here and there.
pub fn start(neurons: usize, seed: u64) -> Network {
    let rng = &mut seeded(seed);
    let mut network = Network::new(&[1, neurons, 1], Activation::Relu, rng);
    for bias in &mut network.layers[0].biases {
        *bias = 2.0 * normal(rng);
    }
    network
}

/// What the curve itself would cost on these points: the noise alone.
fn cost_of_the_curve(points: &Examples) -> f64 {
    let errors = points.inputs.iter().zip(&points.targets).map(|(&x, y)| curve(x) - y);
    0.5 * errors.map(|error| error * error).sum::<f64>() / points.rows() as f64
}

/// Where the line bends: at −b / w for a ReLU of weight w and bias b, if that lies among the points.
pub fn bends(network: &Network) -> Vec<f64> {
    let [hidden, output] = &network.layers[..] else { return Vec::new() };
    let neurons = hidden.weights.iter().zip(&hidden.biases).zip(&output.weights);
    let mut places: Vec<f64> = neurons
        // What changes the slope by less than a hundredth is no bend to the eye.
        .filter(|((weight, _), onward)| (*weight * *onward).abs() > 0.01)
        .map(|((weight, bias), _)| -bias / weight)
        .filter(|place| place.abs() < REACH)
        .collect();
    places.sort_by(f64::total_cmp);
    places
}

/// A trained network, and what it costs on the points that it has seen.
fn learn(neurons: usize, points: &Examples, seed: u64) -> Result<(f64, Network)> {
    let mut network = start(neurons, seed);
    let rng = &mut seeded(seed);
    TRAINING.start(&mut network, points, rng)?.with(|| Momentum::new(MEMORY)).finish()?;
    Ok((network.cost(points, TRAINING.cost), network))
}

/// Every start of one size, the one with the lowest cost first.
fn learn_all(
    neurons: usize,
    points: &Examples,
    page: &Page,
) -> Result<Vec<(f64, Network)>> {
    let seeds = (0..STARTS).into_par_iter().map(|start| page.seed(80 + start));
    let mut networks =
        seeds.map(|seed| learn(neurons, points, seed)).collect::<Result<Vec<_>>>()?;
    networks.sort_by(|a, b| a.0.total_cmp(&b.0));
    Ok(networks)
}

/// Fills the page.
pub fn run(page: &mut Page) -> Result {
    let train = points(ROWS[0], &mut seeded(page.seed(70)));
    let test = points(ROWS[1], &mut seeded(page.seed(71)));
    let inside = between(&test, &train);
    let mut table = Table::new([
        "neurons",
        "unknowns",
        "pieces",
        "seen",
        "unseen",
        "inside",
        "middle start",
    ]);
    let mut figure = Figure::new(
        "A curve in straight pieces",
        "Networks of 1 to 30 ReLU neurons fitted to the same points: more neurons, more pieces, a closer fit.",
    )
    .columns(2);
    for neurons in SIZES {
        let networks = learn_all(neurons, &train, page)?;
        let (cost, best) = &networks[0];
        let middle = networks[networks.len() / 2].0;
        let unseen = [&test, &inside].map(|points| best.cost(points, TRAINING.cost));
        table.row(
            Row::of([neurons, best.parameter_count(), bends(best).len() + 1]).and(
                [*cost, unseen[0], unseen[1], middle].map(|cost| significant(cost, 2)),
            ),
        );
        figure = figure.panel(panel(best, neurons, &train));
    }
    let curve = [&train, &test, &inside].map(cost_of_the_curve);
    let [seen, unseen, inside] = curve.map(|cost| significant(cost, 2));
    table.row(["the curve", "", "", &seen, &unseen, &inside, ""]);
    page.table("widths", &table);
    page.value("truth_seen", &seen);
    page.value("truth_unseen", &unseen);
    page.value("truth_inside", &inside);
    page.figure("pieces", &figure);
    for (neurons, heading) in [
        (1, "seen"),
        (3, "seen"),
        (5, "seen"),
        (30, "seen"),
        (5, "unseen"),
        (10, "unseen"),
        (30, "unseen"),
        (5, "inside"),
        (30, "inside"),
        (30, "unknowns"),
        (30, "pieces"),
    ] {
        let cell = table.cell(&neurons.to_string(), heading);
        page.value(&format!("{heading}_{neurons}"), cell);
    }
    page.value("middle_3", table.cell("3", "middle start"));
    page.value("middle_30", table.cell("30", "middle start"));
    settings(page);
    Ok(())
}

fn settings(page: &mut Page) {
    page.value("rows", ROWS[0]);
    page.value("unseen", ROWS[1]);
    page.value("noise", NOISE);
    page.value("starts", STARTS);
    page.value("rate", TRAINING.rate);
    page.value("memory", MEMORY);
    page.value("epochs", count(TRAINING.epochs));
}

/// The curve, the points around it, and the network's line with its bends.
fn panel(network: &Network, neurons: usize, points: &Examples) -> Panel {
    let answer = |x: f64| network.predict(ndarray::array![[x]].view())[[0, 0]];
    let bends = bends(network);
    let ends = [-REACH].into_iter().chain(bends.iter().copied()).chain([REACH]);
    let line: Vec<(f64, f64)> = ends.map(|x| (x, answer(x))).collect();
    let seen = points.inputs.iter().copied().zip(points.targets.iter().copied());
    let words =
        if neurons == 1 { "1 neuron".to_string() } else { format!("{neurons} neurons") };
    Panel::new()
        .heading(words)
        .x(Axis::new("").range(-2.1..=2.1).ticks([-2.0, 0.0, 2.0]))
        .y(Axis::new("").range(-2.4..=2.4).ticks([-2.0, 0.0, 2.0]))
        .aspect(1.6)
        .draw(Line::function(-REACH..=REACH, curve).color(Color::Muted).dash(Dash::Short))
        .draw(Points::new(seen).color(Color::Ink).marker(Marker::Ring).radius(2.6))
        .draw(Line::new(line.clone()).color(Color::Vermillion).dash(Dash::Solid))
        .draw(
            Points::new(line[1..line.len() - 1].iter().copied())
                .color(Color::Vermillion)
                .marker(Marker::Circle)
                .radius(3.6),
        )
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;
    use nn::Dense;

    #[test]
    fn a_line_bends_where_a_neuron_wakes() {
        // relu(x − 1) + 2 relu(−x + ½): bends at 1 and at ½.
        let network = Network::from_layers(vec![
            Dense::new(array![[1.0, -1.0]], array![-1.0, 0.5], Activation::Relu),
            Dense::new(array![[1.0], [2.0]], array![0.0], Activation::Identity),
        ]);
        assert_eq!(bends(&network), [0.5, 1.0]);
    }

    #[test]
    fn between_two_bends_the_line_is_straight() {
        let train = points(30, &mut seeded(1));
        let (_, network) = learn(5, &train, 1).unwrap();
        let answer = |x: f64| network.predict(array![[x]].view())[[0, 0]];
        let mut ends = bends(&network);
        ends.insert(0, -REACH);
        ends.push(REACH);
        for pair in ends.windows(2) {
            let middle = answer(0.5 * (pair[0] + pair[1]));
            let straight = 0.5 * (answer(pair[0]) + answer(pair[1]));
            // What was too small a bend to count may still show here.
            assert!((middle - straight).abs() < 0.01, "between {pair:?}");
        }
        assert!(ends.len() > 3, "it should have learnt to bend: {ends:?}");
    }

    #[test]
    fn ten_neurons_fit_what_one_cannot() {
        let train = points(30, &mut seeded(1));
        let page = Page::new();
        let best = |neurons| learn_all(neurons, &train, &page).unwrap()[0].0;
        assert!(best(10) < 0.2 * best(1));
    }
}
