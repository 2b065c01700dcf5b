//! The cost step by step at three rates, and the straight way down from two places.

use datasets::digits::SIDE;
use lesson::{Page, Result, Row, Table, count, fixed, percent, significant};
use nn::{Examples, Network};
use plot::{Axis, Color, Figure, HeatMap, Line, Marker, Panel, Points};
use rayon::prelude::*;

use super::{DRAWN, LATER, RATES, ROWS, STEPS, Way};
use super::{descend, limit, row, some_digits, stages};

/// Fills the page.
pub(crate) fn run(page: &mut Page) -> Result {
    let (digits, others) = some_digits(page.seed(6));
    let descents = RATES.into_par_iter().map(|(rate, _)| {
        let mut row = row();
        (descend(&mut row, &digits, rate, STEPS), row)
    });
    let (costs, rows): (Vec<_>, Vec<_>) = descents.unzip();
    page.figure("costs", &costs_drawn(&costs));
    page.table("steps", &table(&costs));

    let stages = stages(&digits);
    page.figure("forming", &forming(&stages, &others));
    page.value("drawn", DRAWN);
    page.value("read_first", percent(stages[0].1.accuracy(&others), 0));

    let [(creeping, _), (good, _), (flying, _)] = RATES;
    let mut later = row();
    descend(&mut later, &digits, good, LATER);
    let ways = [row(), later].map(|place| Way::from(&place, &digits));
    page.figure("ways", &ways_drawn(&ways));
    page.value("bottom", significant(ways[0].bottom(), 2));
    page.value("bottom_later", significant(ways[1].bottom(), 2));
    let ahead = ways[1].after(ways[1].bottom());
    page.value("ahead", significant(ahead, 2));
    let as_low = costs[1].iter().position(|cost| *cost <= ahead);
    page.value("as_low", as_low.map_or("–".into(), count));

    page.value("rate_creeping", creeping);
    page.value("rate_good", good);
    page.value("rate_flying", flying);
    page.value("limit", significant(limit(&costs[2], flying), 2));
    page.value("read", percent(rows[1].accuracy(&others), 0));
    page.value("unseen", others.rows());
    page.value("later", LATER);
    page.value("steps", STEPS);
    page.value("rows", count(ROWS));
    page.value("numbers", row().parameter_count());
    Ok(())
}

fn table(costs: &[Vec<f64>]) -> Table {
    let rows = [0, 1, 2, 5, 10, 20, STEPS].map(|step| {
        let costs = costs.iter().map(|costs| match costs[step] {
            cost if cost < 100.0 => fixed(cost, 3),
            cost => significant(cost, 1),
        });
        Row::of([step]).and(costs)
    });
    let headings = RATES.map(|(rate, _)| format!("η = {rate}"));
    Table::of(["step".to_string()].into_iter().chain(headings), rows)
}

fn costs_drawn(costs: &[Vec<f64>]) -> Figure {
    let top = 0.8;
    let panel = Panel::new()
        .x(Axis::new("steps"))
        .y(Axis::new("cost of the digits").range(0.0..=top));
    let colors = [Color::Green, Color::Blue, Color::Vermillion];
    let lines = RATES.into_iter().zip(costs).zip(colors);
    let panel = lines.fold(panel, |panel, (((rate, name), costs), color)| {
        let seen = (0..).map(f64::from).zip(costs.iter().copied());
        let line = Line::new(seen.take_while(|(_, cost)| *cost < top));
        panel.draw(line.color(color).label(format!("{name},\nη = {rate}")))
    });
    Figure::new(
        "The cost of ten neurons at three rates",
        "At a small rate the cost hardly falls; at a middle one it falls at every step; at a large one it falls once and then leaves the picture.",
    )
    .panel(panel)
}

/// The weights of one neuron after more and more steps, and how many unseen digits the ten read by then.
fn forming(stages: &[(usize, Network)], unseen: &Examples) -> Figure {
    let figure = Figure::new(
        format!("The weights of the neuron for the {DRAWN} while it learns"),
        format!(
            "Six pictures of 64 weights. After one step one sees a blurred {DRAWN} in blue. From picture to picture vermillion appears where other digits have ink, and the blue strokes that only a {DRAWN} has become clearer. Above each stands the share of unseen digits that are read, which grows."
        ),
    );
    stages.iter().fold(figure.columns(3), |figure, (steps, row)| {
        let weights = row.layers[0].weights.column(DRAWN).to_vec();
        let read = percent(row.accuracy(unseen), 0);
        let map = HeatMap::new(SIDE, weights).diverging();
        figure.panel(Panel::picture(map).heading(format!("step {steps}: {read}")))
    })
}

/// The cost along the straight way down, with a mark where the usual step ends and one at the bottom.
fn ways_drawn(ways: &[Way; 2]) -> Figure {
    let headings = ["from the start".to_string(), format!("after {LATER} steps")];
    let figure = Figure::new(
        "The straight way down from two places",
        "Two parabolas. From the start the usual step ends near the bottom; some steps later the bottom lies many times further away.",
    );
    ways.iter().zip(headings).fold(figure, |figure, (way, heading)| {
        let reach = 2.4 * way.bottom();
        let at = |rate: f64| [(rate, way.after(rate))];
        let points = |rate, color, marker| {
            Points::new(at(rate)).color(color).marker(marker).radius(6.0)
        };
        let y = Axis::new("cost after one step").range(0.0..=0.6);
        figure.panel(
            Panel::new()
                .heading(heading)
                .aspect(1.1)
                .x(Axis::new("its rate η").range(0.0..=reach))
                .y(y.ticks([0.0, 0.2, 0.4, 0.6]))
                .draw(
                    Line::function(0.0..=reach, |rate| way.after(rate))
                        .color(Color::Muted),
                )
                .draw(points(way.bottom(), Color::Ink, Marker::Ring))
                .draw(points(RATES[1].0, Color::Blue, Marker::Circle).radius(4.0)),
        )
    })
}
