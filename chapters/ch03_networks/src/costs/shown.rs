//! The costs and their gradients checked, those of the list beside them, and where each leads.

use lesson::{Page, Result, Row, Table, count, fixed, significant};
use nn::Cost;
use plot::{Axis, Color, Dash, Figure, Line, Note, Panel, Points, Rule};

use super::{H, OUTPUTS, RATE, ROWS, START, TARGET, UPDATES};
use super::{
    central_difference, error_of, is_wrong, list, listed_end, our_end, worst_of,
};

/// Fills the page.
pub(crate) fn run(page: &mut Page) -> Result {
    let (list, seed) = (list(), page.seed(90));
    page.table("checked", &checked(seed));
    page.figure("curves", &curves());

    let listed = list.iter().map(|entry| {
        let errors = [error_of(entry, seed), worst_of(entry.cost, seed)];
        Row::of([entry.cost.name(), entry.printed]).and(errors.map(power))
    });
    let headings = ["cost", "list's gradient", "list's error", "our error"];
    page.table("listed", &Table::of(headings, listed));
    page.value("wrong", list.iter().filter(|entry| is_wrong(entry, seed)).count());
    page.value("entries", list.len());

    let ends = list.iter().map(|entry| {
        let ends = [our_end(entry.cost), listed_end(entry)];
        Row::of([entry.cost.name()]).and(ends.map(|end| fixed(end, 3)))
    });
    page.table("ends", &Table::of(["cost", "our gradient", "list's gradient"], ends));
    page.value("target", TARGET);
    page.value("start", START);
    page.value("rate", RATE);
    page.value("updates", count(UPDATES));
    page.value("rows", ROWS);
    page.value("shake", H);
    page.value("costs", Cost::ALL.len());
    Ok(())
}

/// Every cost of the catalogue against central differences.
fn checked(seed: u64) -> Table {
    let (outputs, targets) = ([0.6, 0.3, 0.4], [0.2, 0.3, 0.5]);
    let worst = Cost::ALL.map(|cost| worst_of(cost, seed));
    let rows = Cost::ALL.into_iter().zip(worst).map(|(cost, worst)| {
        let mut gradient = [0.0; OUTPUTS];
        cost.gradient(&outputs, &targets, &mut gradient);
        let measured = central_difference(|a| cost.value(a, &targets), &outputs, 0);
        let numbers = [cost.value(&outputs, &targets), gradient[0], measured];
        Row::of([cost.name()]).and(numbers.map(|x| fixed(x, 6))).and([power(worst)])
    });
    let largest = power(worst.into_iter().fold(0.0, f64::max));
    let last = Row::of(["worst of all", "", "", "", &largest]);
    Table::of(["cost", "C", "∂C/∂a₁", "measured", "worst error"], rows.chain([last]))
}

/// An error that is made of rounding is told by its size alone.
fn power(error: f64) -> String {
    let bound = [1e-9, 1e-8, 1e-7, 1e-6].into_iter().find(|bound| error < *bound);
    bound.map_or_else(|| significant(error, 2), |bound| format!("below {bound:e}"))
}

/// Every cost of one output, over all that the output may say, if the target is [`TARGET`].
fn curves() -> Figure {
    let figure = Figure::new(
        "Seven costs of one output",
        "Each cost over the output, less its value at the target. All but Kullback-Leibler are lowest at the target; they differ in how steeply they rise on either side.",
    );
    let line = |cost: Cost| {
        let at_target = cost.value(&[TARGET], &[TARGET]);
        let height = move |a: f64| cost.value(&[a], &[TARGET]) - at_target;
        Line::function(0.002..=0.998, move |a| {
            Some(height(a)).filter(|c| *c < 1.02).unwrap_or(f64::NAN)
        })
    };
    // Kullback-Leibler shares a panel with the form that repairs it.
    let costs = list().map(|entry| entry.cost);
    let alone = costs.into_iter().filter(|cost| *cost != Cost::KullbackLeibler);
    alone.fold(figure.columns(2), |figure, cost| {
        let (heading, x) = match cost {
            Cost::GeneralisedKullbackLeibler => ("Kullback-Leibler", "output a"),
            Cost::ItakuraSaito => (cost.name(), "output a"),
            _ => (cost.name(), ""),
        };
        let panel = Panel::new()
            .heading(heading)
            .x(Axis::new(x).range(0.0..=1.0).ticks([0.0, TARGET, 1.0]))
            .y(Axis::new("").range(-0.5..=1.0).ticks([0.0, 1.0]))
            .aspect(1.7)
            .draw(Rule::vertical(TARGET).dash(Dash::Short))
            .draw(line(cost).color(Color::Blue))
            .draw(Points::new([(TARGET, 0.0)]).color(Color::Vermillion));
        figure.panel(match cost {
            Cost::GeneralisedKullbackLeibler => panel
                .draw(line(Cost::KullbackLeibler).color(Color::Green))
                .draw(Note::new((0.45, 0.45), "generalised").color(Color::Blue))
                .draw(Note::new((0.32, -0.33), "plain").color(Color::Green)),
            _ => panel,
        })
    })
}
