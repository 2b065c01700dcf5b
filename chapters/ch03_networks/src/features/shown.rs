//! What nine networks carry of each ingredient, and one of them neuron by neuron.

use datasets::property::{HISTORIC, INPUTS, NOISE};
use lesson::{Page, Result, Row, Spread, Table, fixed, percent};
use ndarray::Array1;
use nn::{Batch, Network};
use plot::{Axis, Bars, Color, Dash, Figure, HeatMap, Panel, Rule};

use super::{HIDDEN, Learner, NETWORKS, TRAINING};
use super::{carried, curves, errors_without, families, learn_all};
use super::{small_weights, spreads, trends};
use crate::houses::{Houses, INGREDIENTS, TEST, TRAIN};

/// Fills the page.
pub(crate) fn run(page: &mut Page) -> Result {
    let (train, test) = Houses::split(page.seed(31));
    let networks = learn_all(&train, &test, page.seed(60))?;
    let linear = train.least_squares().predict(test.scaled.inputs.view());
    page.table("prices", &prices(&networks, &test, &linear));
    page.value("noise", NOISE);
    let inputs = carried(|houses| houses.scaled.inputs.clone(), &train, &test);
    page.table("carried", &layers(&networks, inputs));
    page.table("single", &singles(&networks));

    // The one in the middle is shown: neither the luckiest nor the unluckiest.
    let shown = &networks[networks.len() / 2].network;
    page.figure("weights", &weights(shown));
    page.value("small_weights", small_weights(shown));
    page.value("weights", shown.layers[0].weights.len());
    page.figure("curves", &curves_drawn(shown, &test));
    let trends = trends(shown, &test);
    page.value("least_trend", percent(trends.least(), 0));
    page.value("most_trend", percent(trends.most(), 0));
    page.value("families", percent(families(&test), 0));

    let whole = test.error(test.ask(shown).view());
    let errors = errors_without(shown, &train, &test);
    let names = ["none".to_string()].into_iter().chain((0..HIDDEN).map(name));
    let rows = names.zip([[whole; 2]].into_iter().chain(errors.iter().copied()));
    let rows =
        rows.map(|(name, errors)| Row::of([name]).and(errors.map(|e| fixed(e, 1))));
    page.table("silenced", &Table::of(["neuron", "silenced", "only straightened"], rows));
    let most = |way: usize| Spread::of(errors.iter().map(|errors| errors[way])).most();
    let linear = test.error(linear.view());
    let worse = errors.iter().filter(|errors| errors[0] > linear).count();
    page.value("most_curve_missed", fixed(most(1), 1));
    page.value("most_missed", fixed(most(0), 1));
    page.value("worse_than_linear", worse);
    page.figure("silenced", &silenced_drawn(&errors, whole, linear));

    page.value("hidden", HIDDEN);
    page.value("networks", NETWORKS);
    page.value("rate", TRAINING.rate);
    page.value("epochs", TRAINING.epochs);
    page.value("old", HISTORIC);
    if let Batch::Rows(rows) = TRAINING.batch {
        page.value("batch", rows);
    }
    page.value("unseen", TEST);
    page.value("rows", TRAIN);
    Ok(())
}

/// The error in prices: the linear fit, and the networks.
fn prices(networks: &[Learner], test: &Houses, linear: &Array1<f64>) -> Table {
    let row = |name: &str, answers: &Array1<f64>| {
        let [share, error] = [test.explained(answers.view()), test.error(answers.view())];
        [name.to_string(), percent(share, 1), fixed(error, 1)]
    };
    let names = ["worst network", "middle network", "best network"];
    let indices = [0, networks.len() / 2, networks.len() - 1];
    let rows = names.into_iter().zip(indices);
    let rows = rows.map(|(name, index)| row(name, &test.ask(&networks[index].network)));
    let rows = [row("linear fit", linear)].into_iter().chain(rows);
    Table::of(["unseen houses", "explained", "error (thousand €)"], rows)
}

/// What the inputs, an untrained and a trained hidden layer say about each ingredient.
fn layers(networks: &[Learner], inputs: [f64; 3]) -> Table {
    let rows = [0, 1, 2].map(|k| {
        let [before, after] = spreads(networks, |network| network.carried, k);
        let shares = [inputs[k], before.median(), after.median()];
        let least = fixed(100.0 * after.least(), 0);
        Row::of([INGREDIENTS[k]])
            .and(shares.map(|share| percent(share, 0)))
            .and([format!("{least} – {}", percent(after.most(), 0))])
    });
    Table::of(["ingredient", "inputs", "untrained", "trained", "from – to"], rows)
}

/// How far the best single neuron follows each ingredient where it curves.
fn singles(networks: &[Learner]) -> Table {
    let rows = [0, 1, 2].map(|k| {
        let [before, after] = spreads(networks, |network| network.best, k);
        Row::of([INGREDIENTS[k]])
            .and([before.median(), after.median()].map(|curve| fixed(curve, 2)))
            .and([format!("{:.2} – {:.2}", after.least(), after.most())])
    });
    Table::of(["ingredient", "untrained", "trained", "from – to"], rows)
}

/// The name of a hidden neuron, counted from 0: h₁, h₂, …
fn name(neuron: usize) -> String {
    let low = |digit: char| char::from_u32('₀' as u32 + digit.to_digit(10)?);
    "h".chars().chain((neuron + 1).to_string().chars().filter_map(low)).collect()
}

/// A map with a column for each hidden neuron and a row for each of these.
fn by_neuron<S: Into<String>>(rows: impl IntoIterator<Item = S>, map: HeatMap) -> Panel {
    Panel::new()
        .x(Axis::new("hidden neuron").categories((0..HIDDEN).map(name)))
        .y(Axis::new("").categories(rows))
        .draw(map.numbers(2))
}

fn weights(network: &Network) -> Figure {
    let all = network.layers.iter().flat_map(|layer| layer.weights.iter().copied());
    let names = INPUTS.map(|input| input.name).into_iter().chain(["→ price"]);
    Figure::new(
        "The weights of six hidden neurons",
        "A column for each hidden neuron: its weights for area, bedrooms, distance and age, and in the last row its weight in the price.",
    )
    .panel(by_neuron(names, HeatMap::new(HIDDEN, all).diverging()).aspect(2.0))
}

fn curves_drawn(network: &Network, houses: &Houses) -> Figure {
    let curves = (0..3).flat_map(|k| curves(network, houses, k)).map(f64::abs);
    Figure::new(
        "Which neuron follows which ingredient",
        "How far the curved parts of six hidden neurons go with those of three ingredients, their correlations without the sign: each ingredient has one or two neurons that follow it far, and none that is its copy.",
    )
    .panel(by_neuron(INGREDIENTS, HeatMap::new(HIDDEN, curves).full_at(1.0)).aspect(3.0))
}

fn silenced_drawn(errors: &[[f64; 2]], whole: f64, linear: f64) -> Figure {
    // An empty place on the right, for the names of the two lines.
    let places = (0..HIDDEN).map(name).chain([String::new()]);
    let ways = [("silenced", Color::Blue), ("only straightened", Color::Green)];
    let panel = Panel::new()
        .x(Axis::new("hidden neuron").categories(places))
        .y(Axis::new("error on unseen houses (thousand €)"))
        .aspect(1.4);
    let panel =
        ways.into_iter().enumerate().fold(panel, |panel, (way, (name, color))| {
            let bars = Bars::new(errors.iter().map(|errors| errors[way]));
            panel.draw(bars.slot(way, ways.len()).color(color).label(name))
        });
    Figure::new(
        "The error without each neuron",
        "Bars for the error on unseen houses with each hidden neuron silenced, most of them above that of the linear fit, and \
         shorter ones beside them with the neuron only straightened, all below it.",
    )
    .panel(
        panel
            .draw(Rule::horizontal(linear).dash(Dash::Dashed).label("linear fit"))
            .draw(Rule::horizontal(whole).dash(Dash::Short).label(format!("all {HIDDEN}"))),
    )
}
