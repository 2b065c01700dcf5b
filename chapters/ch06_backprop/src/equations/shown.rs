//! To how many digits two ways to a gradient agree, and what three other checks of it show.

use lesson::{Page, Result, Row, Table, count, fixed, percent, significant};
use nn::math::{ln, log10};
use nn::{Activation, Cost, Examples, Network};
use plot::{Axis, Diagram, Figure, HeatMap, Node, Panel, Wire};

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

/// Two layers as a way forwards and back, with the equations at their places.
fn passes() -> Figure {
    let mut diagram = Diagram::new();
    let words = ["X", "Z₁", "A₁", "Z₂", "A₂", "C"];
    let place = |(column, word): (usize, &str)| {
        diagram.node(Node::new(1.15 * column as f64, 0.0, word).radius(19.0))
    };
    let nodes: Vec<_> = words.into_iter().enumerate().map(place).collect();
    let ways = [
        ("W₁, b₁", "3, 4"),
        ("φ", "2: δ₁"),
        ("W₂, b₂", "3, 4"),
        ("φ", "1: δ₂"),
        ("cost", "∂C/∂A₂"),
    ];
    for (ends, (forth, back)) in nodes.windows(2).zip(ways) {
        diagram.wire(Wire::new(ends[0], ends[1]).both_ways(forth, back).arrow());
    }
    Figure::new(
        "Where the four equations stand",
        "From left to right what two layers compute: weighted sums, outputs, and again, and then the cost. Below the wires, from right to left, the number of the equation that finds what is needed there.",
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

fn agreement(checks: &[Check]) -> Figure {
    let digits = Cost::ALL.into_iter().flat_map(|cost| {
        Activation::ALL.map(|hidden| -log10(worst_of(checks, cost, hidden)))
    });
    let costs = Cost::ALL.map(|cost| cost.name().replace(' ', "\n"));
    let hidden = Activation::ALL.map(Activation::name);
    let panel = Panel::new()
        .x(Axis::new("activation of the hidden layers").categories(hidden))
        .y(Axis::new("").categories(costs))
        .aspect(0.95)
        .draw(HeatMap::new(hidden.len(), digits).numbers(1).full_at(16.0));
    Figure::new(
        "To how many digits backpropagation and differences agree",
        "A table of costs by hidden activations. Every cell is above seven digits.",
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
