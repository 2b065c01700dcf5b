//! Nobody tells the hidden neurons what a price is made of. We know it, so we can look whether they found out.

use datasets::property::INPUTS;
use lesson::{Page, Result, Row, Table, fixed, percent};
use ndarray::{Array1, Array2, ArrayView1, ArrayView2};
use nn::{Activation, Batch, Cost, Network, Training, seeded};
use plot::{Axis, Bars, Color, Dash, Figure, HeatMap, Panel, Rule};
use rayon::prelude::*;

use crate::houses::{Houses, INGREDIENTS};
use crate::least_squares::{LeastSquares, explained, leftover};

/// How many hidden neurons there are.
pub const HIDDEN: usize = 6;

/// How the network learns prices.
pub const TRAINING: Training =
    Training { cost: Cost::Quadratic, rate: 0.05, batch: Batch::Rows(16), epochs: 300 };

/// How many networks we train, each from a random start of its own.
const NETWORKS: u64 = 9;

/// What the hidden neurons say about each house.
pub fn hidden(network: &Network, houses: &Houses) -> Array2<f64> {
    let layer = network.layers[0].clone();
    Network::from_layers(vec![layer]).predict(houses.scaled.inputs.view()) // (rows, hidden)
}

/// The share of an ingredient that a weighted sum of `columns` explains in houses that it was not
/// fitted to.
fn carried(
    (train, ingredient): (ArrayView2<f64>, ArrayView1<f64>),
    (unseen, truth): (ArrayView2<f64>, ArrayView1<f64>),
) -> f64 {
    let answers = LeastSquares::fit(train, ingredient).predict(unseen);
    explained(answers.view(), truth)
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

/// One network before and after training, and what we measure of it on unseen houses.
struct Learner {
    after: Network,
    /// The share of the price's variance that it explains.
    explained: f64,
    /// For each ingredient, the share that the hidden layer carries, before and after training.
    carried: [[f64; 2]; 3],
    /// For each ingredient, how far the best neuron's curved part follows it, before and after training.
    best: [[f64; 2]; 3],
}

fn learn(train: &Houses, test: &Houses, seed: u64) -> Result<Learner> {
    let before = Network::new(&[4, HIDDEN, 1], Activation::Tanh, &mut seeded(seed));
    let mut after = before.clone();
    TRAINING.run(&mut after, &train.scaled, &mut seeded(seed))?;
    let (seen, unseen) = (train.ingredients(), test.ingredients());
    let both = |measure: &dyn Fn(&Network, usize) -> f64| {
        [0, 1, 2].map(|k| [&before, &after].map(|network| measure(network, k)))
    };
    let carried = both(&|network, k| {
        let layers = [train, test].map(|houses| hidden(network, houses));
        carried((layers[0].view(), seen.column(k)), (layers[1].view(), unseen.column(k)))
    });
    let best = both(&|network, k| {
        let curves = curves(network, test, k);
        curves.iter().map(|curve| curve.abs()).fold(0.0, f64::max)
    });
    let explained = test.explained(test.ask(&after).view());
    Ok(Learner { after, explained, carried, best })
}

/// How far the curved part of each hidden neuron follows that of one ingredient.
fn curves(network: &Network, houses: &Houses, ingredient: usize) -> Vec<f64> {
    let (inputs, ingredients) = (houses.scaled.inputs.view(), houses.ingredients());
    let neurons = hidden(network, houses);
    let curve = |neuron| curve_in_common(inputs, neuron, ingredients.column(ingredient));
    neurons.columns().into_iter().map(curve).collect()
}

/// Fills the page.
pub fn run(page: &mut Page) -> Result {
    let (train, test) = Houses::split(page.seed(31));
    let seeds = (0..NETWORKS).into_par_iter().map(|seed| page.seed(60 + seed));
    let mut networks =
        seeds.map(|seed| learn(&train, &test, seed)).collect::<Result<Vec<_>>>()?;
    networks.sort_by(|a, b| a.explained.total_cmp(&b.explained));
    // The one in the middle is shown: neither the luckiest nor the unluckiest.
    let shown = &networks[networks.len() / 2].after;

    let linear = train.least_squares().predict(test.scaled.inputs.view());
    prices(page, &networks, &test, &linear);
    let carried = layers(&networks, &train, &test);
    page.table("carried", &carried);
    let single = singles(&networks);
    page.table("single", &single);
    for (name, ingredient) in
        ["product", "family", "historic"].into_iter().zip(INGREDIENTS)
    {
        page.value(&format!("{name}_linear"), carried.cell(ingredient, "inputs"));
        page.value(&format!("{name}_layer"), carried.cell(ingredient, "trained"));
        page.value(&format!("{name}_best"), single.cell(ingredient, "trained"));
    }
    page.value("historic_best_untrained", single.cell(INGREDIENTS[2], "untrained"));
    page.value("historic_best_range", single.cell(INGREDIENTS[2], "from – to"));
    one_network(page, shown, &train, &test, test.error(linear.view()));
    settings(page);
    Ok(())
}

fn settings(page: &mut Page) {
    page.value("hidden", HIDDEN);
    page.value("networks", NETWORKS);
    page.value("rate", TRAINING.rate);
    page.value("epochs", TRAINING.epochs);
    page.value("old", datasets::property::HISTORIC);
    if let Batch::Rows(rows) = TRAINING.batch {
        page.value("batch", rows);
    }
    page.value("unseen", crate::houses::TEST);
    page.value("rows", crate::houses::TRAIN);
}

/// The error in prices: the linear fit, and the networks.
fn prices(page: &mut Page, networks: &[Learner], test: &Houses, linear: &Array1<f64>) {
    let mut table = Table::new(["unseen houses", "explained", "error (thousand €)"]);
    let share = test.explained(linear.view());
    let error = test.error(linear.view());
    table.row(["linear fit", &percent(share, 1), &fixed(error, 1)]);
    let names = ["worst network", "middle network", "best network"];
    for (name, index) in
        names.into_iter().zip([0, networks.len() / 2, networks.len() - 1])
    {
        let learner = &networks[index];
        let error = test.error(test.ask(&learner.after).view());
        table.row([name, &percent(learner.explained, 1), &fixed(error, 1)]);
    }
    page.table("prices", &table);
    for (name, row) in [("linear", "linear fit"), ("middle", names[1])] {
        page.value(&format!("{name}_explained"), table.cell(row, "explained"));
        page.value(&format!("{name}_error"), table.cell(row, "error (thousand €)"));
    }
    page.value("noise", datasets::property::NOISE);
}

fn sorted(numbers: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut numbers: Vec<f64> = numbers.collect();
    numbers.sort_by(f64::total_cmp);
    numbers
}

/// What the inputs, an untrained and a trained hidden layer say about each ingredient.
fn layers(networks: &[Learner], train: &Houses, test: &Houses) -> Table {
    let mut table =
        Table::new(["ingredient", "inputs", "untrained", "trained", "from – to"]);
    let (seen, unseen) = (train.ingredients(), test.ingredients());
    for (k, name) in INGREDIENTS.into_iter().enumerate() {
        let inputs = carried(
            (train.scaled.inputs.view(), seen.column(k)),
            (test.scaled.inputs.view(), unseen.column(k)),
        );
        let [before, after] =
            [0, 1].map(|when| sorted(networks.iter().map(|one| one.carried[k][when])));
        let middle = networks.len() / 2;
        let range = (after[0], after[networks.len() - 1]);
        let shares =
            [inputs, before[middle], after[middle]].map(|share| percent(share, 0));
        let range = format!("{} – {}", fixed(100.0 * range.0, 0), percent(range.1, 0));
        table.row(Row::of([name]).and(shares).and([range]));
    }
    table
}

/// How far the best single neuron follows each ingredient where it curves.
fn singles(networks: &[Learner]) -> Table {
    let mut table = Table::new(["ingredient", "untrained", "trained", "from – to"]);
    for (k, name) in INGREDIENTS.into_iter().enumerate() {
        let [before, after] =
            [0, 1].map(|when| sorted(networks.iter().map(|one| one.best[k][when])));
        let middle = networks.len() / 2;
        let range =
            format!("{} – {}", fixed(after[0], 2), fixed(after[networks.len() - 1], 2));
        let curves = [before[middle], after[middle]].map(|curve| fixed(curve, 2));
        table.row(Row::of([name]).and(curves).and([range]));
    }
    table
}

/// The network in the middle: its weights, its curves, and its error with each neuron silenced.
fn one_network(
    page: &mut Page,
    network: &Network,
    train: &Houses,
    test: &Houses,
    linear: f64,
) {
    page.figure("weights", &weights(network));
    let inputs = &network.layers[0].weights; // (inputs, hidden)
    let small = inputs.columns().into_iter().map(|column| {
        let largest = column.iter().map(|w| w.abs()).fold(0.0, f64::max);
        column.iter().filter(|w| w.abs() < 0.1 * largest).count()
    });
    page.value("small_weights", small.sum::<usize>());
    page.value("weights", inputs.len());
    page.figure("curves", &curves_drawn(network, test));
    let neurons = hidden(network, test);
    let inputs = test.scaled.inputs.view();
    let trends = sorted(neurons.columns().into_iter().map(|neuron| {
        explained(LeastSquares::fit(inputs, neuron).predict(inputs).view(), neuron)
    }));
    page.value("least_trend", percent(trends[0], 0));
    page.value("most_trend", percent(trends[HIDDEN - 1], 0));
    let families =
        test.ingredients().column(1).iter().filter(|family| **family > 0.0).count();
    page.value("families", percent(families as f64 / test.raw.rows() as f64, 0));

    let error = |network: &Network| test.error(test.ask(network).view());
    let errors: Vec<f64> =
        (0..HIDDEN).map(|neuron| error(&silenced(network, neuron, train))).collect();
    let straight: Vec<f64> = (0..HIDDEN)
        .map(|neuron| test.error(straightened(network, neuron, train, test).view()))
        .collect();
    let mut table = Table::new(["neuron", "silenced", "only straightened"]);
    table.row(["none", &fixed(error(network), 1), &fixed(error(network), 1)]);
    for (neuron, (silenced, straight)) in errors.iter().zip(&straight).enumerate() {
        table.row([name(neuron), fixed(*silenced, 1), fixed(*straight, 1)]);
    }
    page.table("silenced", &table);
    let curves = sorted(straight.iter().copied());
    page.value("most_curve_missed", fixed(curves[HIDDEN - 1], 1));
    let order = sorted(errors.iter().copied());
    page.value("least_missed", fixed(order[0], 1));
    page.value("most_missed", fixed(order[HIDDEN - 1], 1));
    page.value(
        "worse_than_linear",
        errors.iter().filter(|error| **error > linear).count(),
    );
    page.figure("silenced", &silenced_drawn(&errors, error(network), linear));
}

/// The name of a hidden neuron, counted from 0: h₁, h₂, …
fn name(neuron: usize) -> String {
    let digits = (neuron + 1).to_string();
    let lower =
        digits.chars().filter_map(|c| char::from_u32(c as u32 - '0' as u32 + '₀' as u32));
    "h".chars().chain(lower).collect()
}

fn neurons() -> Axis {
    Axis::new("hidden neuron").categories((0..HIDDEN).map(name))
}

fn weights(network: &Network) -> Figure {
    let [hidden, output] = &network.layers[..] else { return Figure::new("", "") };
    let all = hidden.weights.iter().chain(&output.weights).copied();
    let names = INPUTS.map(|input| input.name).into_iter().chain(["→ price"]);
    Figure::new(
        "The weights of six hidden neurons",
        "A column for each hidden neuron: its weights for area, bedrooms, distance and age, and in the last row its weight in the price.",
    )
    .panel(
        Panel::new()
            .x(neurons())
            .y(Axis::new("").categories(names))
            .aspect(2.0)
            .draw(HeatMap::new(HIDDEN, all).diverging().numbers(2)),
    )
}

fn curves_drawn(network: &Network, houses: &Houses) -> Figure {
    let curves = (0..3).flat_map(|k| curves(network, houses, k));
    Figure::new(
        "Which neuron follows which ingredient",
        "Correlations between the curved parts of six hidden neurons and of three ingredients: each ingredient has one or two neurons that follow it far, and none that is its copy.",
    )
    .panel(
        Panel::new()
            .x(neurons())
            .y(Axis::new("").categories(INGREDIENTS))
            .aspect(3.0)
            .draw(HeatMap::new(HIDDEN, curves).diverging().full_at(1.0).numbers(2)),
    )
}

fn silenced_drawn(errors: &[f64], whole: f64, linear: f64) -> Figure {
    Figure::new(
        "The error without each neuron",
        "Bars for the error on unseen houses with each hidden neuron silenced, above the error of the whole network; most exceed that of the linear fit.",
    )
    .panel(
        Panel::new()
            // An empty place on the right, for the names of the two lines.
            .x(Axis::new("hidden neuron")
                .categories((0..HIDDEN).map(name).chain([String::new()])))
            .y(Axis::new("error on unseen houses (thousand €)"))
            .draw(Bars::new(errors.iter().copied()).numbers(0).color(Color::Blue))
            .draw(Rule::horizontal(linear).dash(Dash::Dashed).label("linear fit"))
            .draw(Rule::horizontal(whole).dash(Dash::Short).label(format!("all {HIDDEN}"))),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn a_hidden_layer_explains_prices_that_a_linear_fit_cannot() {
        let (train, test) = Houses::split(31);
        let learner = learn(&train, &test, 1).unwrap();
        assert!(learner.explained > 0.97, "{}", learner.explained);
        for (k, [before, after]) in learner.carried.into_iter().enumerate() {
            assert!(after > before, "{}: {before} before, {after} after", INGREDIENTS[k]);
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
