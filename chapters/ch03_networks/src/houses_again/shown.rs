//! The same scatter twice, one flat at every age, and what each hidden neuron takes off the error.

use datasets::property::{HISTORIC, NOISE};
use lesson::{Page, Result, Row, Spread, Table, count, fixed};
use nn::Network;
use plot::{Axis, Color, Dash, Figure, Line, Panel, Rule};
use rayon::prelude::*;

use super::{SIZES, STARTS, TRAINING, aged, learn_all};
use crate::houses::{Houses, TEST, TRAIN};
use crate::linear_map::descend;
use crate::linear_map::shown::{scatter, very_old};

/// Fills the page.
pub(crate) fn run(page: &mut Page) -> Result {
    let (train, test) = Houses::split(page.seed(31));
    let looks = descend(&train.scaled, page.seed(33))?;
    let [.., straight] = &looks[..] else { return Err("nobody looked".into()) };
    let seed = page.seed(60);
    let learn = |hidden| learn_all(hidden, &train, &test, seed);
    let learnt = SIZES.into_par_iter().map(learn).collect::<Result<Vec<_>>>()?;
    let [.., widest] = &learnt[..] else { return Err("no size".into()) };
    // The start in the middle: neither the luckiest nor the unluckiest.
    let (error, bent) = &widest[widest.len() / 2];

    page.figure("prices", &prices(&test, straight, bent));
    page.figure("ages", &ages(&test, straight, bent));
    let line = test.error(test.ask(straight).view());
    page.table("errors", &errors(line, &learnt));
    page.value("line", fixed(line, 0));
    page.value("error", fixed(*error, 0));
    page.value("noise", NOISE);
    page.value("hidden", SIZES[SIZES.len() - 1]);
    page.value("historic", HISTORIC);
    for (name, network) in [("above_line", straight), ("above_bent", bent)] {
        let predicted = test.prices(test.ask(network).view());
        page.value(name, very_old(&test, &predicted)[1]);
    }
    page.value("starts", STARTS);
    page.value("rate", TRAINING.rate);
    page.value("updates", count(TRAINING.epochs));
    page.value("rows", count(TRAIN));
    page.value("unseen", count(TEST));
    Ok(())
}

/// True against predicted prices of the same unseen houses, by both networks.
fn prices(test: &Houses, straight: &Network, bent: &Network) -> Figure {
    let panel = |network, heading: &str| {
        scatter(test, &test.prices(test.ask(network).view())).heading(heading)
    };
    Figure::new(
        "The same houses without and with a hidden layer",
        "Twice the same unseen houses. Without a hidden layer they lie in a curved cloud around the diagonal, the oldest ones all above it; behind six hidden neurons they lie close along the diagonal.",
    )
    .columns(2)
    .panel(panel(straight, "straight"))
    .panel(panel(bent, "with a bend"))
}

/// What one flat costs at every age: by the rule, and to both networks.
fn ages(test: &Houses, straight: &Network, bent: &Network) -> Figure {
    let range = 0.0..=150.0;
    let says = |network: &Network| {
        Line::function(range.clone(), |age| test.price_of(network, aged(age)))
    };
    let rule = Line::function(range.clone(), |age| aged(age).price());
    Figure::new(
        "One flat at every age",
        "The price by the rule falls slowly until the flat is historic and then climbs steeply. The straight network says one falling line, the network with a hidden layer a curve that turns and climbs with the rule.",
    )
    .panel(
        Panel::new()
            .x(Axis::new("age of the flat (years)").range(range.clone()))
            .y(Axis::new("price (thousand €)").range(0.0..=700.0))
            .aspect(1.6)
            .draw(Rule::vertical(HISTORIC).dash(Dash::Short).label("historic"))
            .draw(rule.color(Color::Muted).dash(Dash::Dashed).label("rule"))
            .draw(says(straight).color(Color::Vermillion).dash(Dash::Solid).label("straight"))
            .draw(says(bent).color(Color::Blue).label("bent")),
    )
}

/// The error on unseen houses without a hidden layer, and with hidden neurons.
fn errors(line: f64, learnt: &[Vec<(f64, Network)>]) -> Table {
    let none = Row::of(["none", &fixed(line, 0), "–"]);
    let rows = SIZES.into_iter().zip(learnt).map(|(hidden, networks)| {
        let errors = Spread::of(networks.iter().map(|(error, _)| *error));
        let ends = [errors.least(), errors.most()].map(|error| fixed(error, 0));
        let cells = [fixed(errors.median(), 0), format!("{} – {}", ends[0], ends[1])];
        Row::of([hidden]).and(cells)
    });
    let headings = ["hidden neurons", "error (thousand €)", "from – to"];
    Table::of(headings, [none].into_iter().chain(rows))
}
