//! To how many digits two ways to a gradient agree, and what three other checks of it show.

use lesson::{Page, Result, Row, Table, count, fixed, percent, significant};
use nn::math::{ln, log10};
use nn::{Activation, Cost, Examples, Network};
use plot::{Axis, Color, Diagram, Figure, Node, Panel, Points, Rule, Wire};

use super::{
    Check, Mistake, ROWS, SIZES, TEN_RATE, all_checks, errors_by_array, random_examples,
    random_network, ten_rows, untrained, worst, worst_of,
};

/// Fills the page.
pub(crate) fn run(page: &mut Page) -> Result {
    page.figure("passes", &passes());
    let examples = random_examples(page.seed(5));
    let checks = all_checks(&examples, page.seed(11));
    page.table("check", &check(&checks));
    page.figure("check", &agreement(&checks));
    let worst = worst(&checks);
    page.value("combinations", checks.len());
    page.value("worst", significant(worst.error, 2));
    page.value("worst_slope", significant(worst.slope, 1));
    page.value("activations", Activation::ALL.len());
    page.value("costs", Cost::ALL.len());
    page.value("layers", SIZES.map(|size| size.to_string()).join("-"));
    page.value("rows", ROWS);
    let network = random_network(Activation::Tanh, Activation::Sigmoid, page.seed(11));
    page.value("parameters", network.parameter_count());

    page.table("planted", &planted(&network, &examples));
    page.table("untrained", &against_ln_k(page.seed(21)));
    page.table("ten_rows", &by_heart(page.seed(31))?);
    page.value("ten_rate", TEN_RATE);
    Ok(())
}

/// Two layers as a way forwards, and below it the way back, with the equations at their places.
fn passes() -> Figure {
    let mut diagram = Diagram::new().row_height(92.0);
    let mut circle = |column: f64, row: f64, words: &str, color| {
        diagram.node(Node::new(column, row, words).radius(20.0).color(color))
    };
    let [x, z1, a1, z2, a2, c] =
        [(0, "X"), (1, "Z₁"), (2, "A₁"), (3, "Z₂"), (4, "A₂"), (5, "C")]
            .map(|(column, words)| circle(f64::from(column), 0.0, words, Color::Blue));
    let [delta1, delta2] = [(1.0, "δ₁"), (3.0, "δ₂")]
        .map(|(column, words)| circle(column, 1.0, words, Color::Vermillion));
    let [slopes1, slopes2] = [(1.0, "₁"), (3.0, "₂")].map(|(column, layer)| {
        let words = format!("∂C/∂W{layer}, ∂C/∂b{layer}");
        diagram.node(Node::text(column, 2.15, words).color(Color::Vermillion))
    });
    for (from, to, words) in [
        (x, z1, "W₁, b₁"),
        (z1, a1, "φ"),
        (a1, z2, "W₂, b₂"),
        (z2, a2, "φ"),
        (a2, c, "cost"),
    ] {
        diagram.wire(Wire::new(from, to).both_ways(words, "").arrow());
    }
    for (from, to, words) in [
        (c, delta2, "1"),
        (delta2, delta1, "2"),
        (delta1, slopes1, "3, 4"),
        (delta2, slopes2, "3, 4"),
    ] {
        diagram.wire(Wire::new(from, to).label(words).arrow());
    }
    Figure::new(
        "Where the four equations stand",
        "Above, from left to right, what two layers compute: weighted sums, outputs, and again, and then the cost. Below, from right to left, the errors of the two layers. Equation 1 leads from the cost to the error of the last layer, equation 2 from there to that of the layer before, and equations 3 and 4 from each error to the slopes of that layer's weights and biases.",
    )
    .diagram(diagram)
}

fn check(checks: &[Check]) -> Table {
    let rows = Cost::ALL.map(|cost| {
        let errors = Activation::ALL.map(|hidden| worst_of(checks, cost, hidden));
        Row::of([cost.name()]).and(errors.map(|error| format!("{error:.0e}")))
    });
    Table::of(Row::of(["cost"]).and(Activation::ALL.map(Activation::name)), rows)
}

/// For each cost, to how many digits the two ways agree: a dot for each activation of the hidden layers.
fn agreement(checks: &[Check]) -> Figure {
    let digits = Cost::ALL.into_iter().enumerate().flat_map(|(row, cost)| {
        let dot = move |hidden| (-log10(worst_of(checks, cost, hidden)), row as f64);
        Activation::ALL.map(dot)
    });
    let costs = Cost::ALL.map(|cost| cost.name().replace(' ', "\n"));
    let panel = Panel::new()
        .x(Axis::new("digits that agree")
            .range(0.0..=16.0)
            .ticks([0.0, 4.0, 8.0, 12.0, 16.0]))
        .y(Axis::new("").categories(costs))
        .aspect(0.8)
        .draw(Rule::vertical(8.0))
        .draw(Points::new(digits).color(Color::Blue));
    Figure::new(
        "To how many digits backpropagation and differences agree",
        "Eight rows of dots, one row for each cost and one dot for each activation. All lie near eight digits, half of the sixteen that a number has.",
    )
    .panel(panel)
}

/// For each mistake, the error of the check in each array of parameters: a pattern that names the equation.
fn planted(network: &Network, examples: &Examples) -> Table {
    let names =
        ["none", "1: no slope", "2: no slope", "3: sum, not mean", "4: one row only"];
    let rows = Mistake::ALL.into_iter().zip(names).map(|(mistake, name)| {
        let errors = errors_by_array(network, examples, mistake).into_iter();
        let errors =
            errors.map(|error| if error < 1e-6 { "✓".into() } else { percent(error, 0) });
        Row::of([name]).and(errors)
    });
    Table::of(["mistake in", "W₁", "b₁", "W₂", "b₂", "W₃", "b₃"], rows)
}

/// The cost of untrained networks, against ln K.
fn against_ln_k(seed: u64) -> Table {
    let rows = [2, 5, 10].map(|classes| {
        let costs = untrained(classes, seed).map(|cost| fixed(cost, 4));
        Row::of([classes.to_string(), fixed(ln(classes as f64), 4)]).and(costs)
    });
    Table::of(["classes K", "ln K", "usual weights", "a tenth", "a hundredth"], rows)
}

fn by_heart(seed: u64) -> Result<Table> {
    let rows = ten_rows(seed)?.into_iter().map(|learnt| {
        let right = format!("{} of 10", learnt.right);
        [count(learnt.updates), significant(learnt.cost, 3), right]
    });
    Ok(Table::of(["updates", "cost", "right"], rows))
}
