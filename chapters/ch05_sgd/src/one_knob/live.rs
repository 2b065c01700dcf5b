//! Runs at a batch size and a rate of the reader's, beside those of single rows that move the weights as far.

use std::cell::OnceCell;

use lesson::{Kind as Of, Knob, Knobs, Live, Page, Result, Spread, significant};
use plot::{Axis, Color, Figure, Line, Marker, Panel, Points};

use super::{EPOCHS, Ends, Kind, Last, limit, run};
use crate::convexity::{Row, cost, minimum, rows};

/// The rates that can be turned to: those in between suit batches of three and of six.
const RATES: [f64; 13] =
    [0.0075, 0.015, 0.03, 0.045, 0.06, 0.09, 0.12, 0.18, 0.24, 0.36, 0.48, 0.72, 0.96];
/// The batch sizes that make the curve.
const CURVE: [usize; 3] = [1, 2, 4];
/// How many runs tell where a kind ends: as many as in the page's tables, and in the same orders.
const ORDERS: u64 = super::ORDERS;
const SEED: u64 = 5_000;
/// How many of them are followed epoch by epoch, and how many make a point of the curve.
const FOLLOWED: usize = 60;
/// A cost this high above the lowest is called run away; the runs begin at about a half.
const AWAY: f64 = 1.0;

/// Batch size and rate, turned by the reader.
pub const TURNED: Live = Live {
    name: "turned",
    knobs: &[
        Knob {
            name: "batch",
            label: "batch size m",
            kind: Of::Stops { at: &[1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0], book: 4.0 },
        },
        Knob {
            name: "rate",
            label: "learning rate η",
            kind: Of::Stops { at: &RATES, book: 0.12 },
        },
    ],
    draw,
};

/// Runs of one kind.
struct Runs {
    /// The cost above the lowest of some of them, before training and after each epoch.
    excess: Vec<Vec<f64>>,
    ends: Ends,
}

impl Runs {
    fn new(batch: usize, rate: f64, students: &[Row]) -> Runs {
        let kind = Kind { batch, rate, last: Last::ByRow };
        let lowest = cost(&minimum(students), students);
        let (mut excess, mut costs) = (Vec::new(), Vec::new());
        for order in 0..ORDERS {
            let mut follow = vec![cost(&[0.0; 4], students) - lowest];
            let w = run(kind, students, SEED + order, |w| {
                if excess.len() < FOLLOWED {
                    follow.push(finite(cost(w, students) - lowest));
                }
            });
            if excess.len() < FOLLOWED {
                excess.push(follow);
            }
            costs.push(finite(cost(&w, students)));
        }
        Runs { excess, ends: Ends::of(&costs, lowest) }
    }

    /// The middle run over the middle half of them.
    fn line(&self, color: Color) -> Line {
        let spread = |epoch: usize| {
            let costs = self.excess.iter().map(|run| run[epoch]);
            (epoch as f64, Spread::of(costs).quartiles())
        };
        Line::spread((0..=EPOCHS).map(spread)).color(color)
    }
}

/// What has grown beyond all numbers is endless, and no difference of two such.
fn finite(cost: f64) -> f64 {
    if cost.is_finite() { cost } else { f64::INFINITY }
}

/// A number that has not run away.
fn said(number: f64) -> String {
    // Not a number, too.
    if number < AWAY { significant(number, 2) } else { "beyond all bounds".to_string() }
}

thread_local! {
    /// How far the runs end apart against rate over batch size, for each size of the curve.
    static COLLAPSED: OnceCell<Vec<Vec<(f64, f64)>>> = const { OnceCell::new() };
}

fn collapsed() -> Vec<Vec<(f64, f64)>> {
    let students = rows();
    let lowest = cost(&minimum(&students), &students);
    let point = |batch: usize, rate: f64| {
        let kind = Kind { batch, rate, last: Last::ByRow };
        let end = |order| cost(&run(kind, &students, SEED + order, |_| ()), &students);
        let costs: Vec<f64> = (0..FOLLOWED as u64).map(end).collect();
        (rate / batch as f64, Ends::of(&costs, lowest).deviation)
    };
    let curve = |batch: usize| {
        let rates = RATES.into_iter().filter(|rate| *rate < limit(batch));
        rates.map(|rate| point(batch, rate)).collect()
    };
    CURVE.map(curve).to_vec()
}

fn draw(knobs: &Knobs, page: &mut Page) -> Result {
    let (batch, rate) = (knobs.count("batch"), knobs.number("rate"));
    let share = rate / batch as f64;
    let students = rows();
    let [yours, same_share, same_rate] = [(batch, rate), (1, share), (1, rate)]
        .map(|(batch, rate)| Runs::new(batch, rate, &students));
    page.value("turned_share", significant(share, 2));
    page.value("turned_batch", batch);
    page.value("turned_excess", said(yours.ends.excess));
    page.value("turned_apart", said(yours.ends.deviation));
    page.value("turned_single", said(same_share.ends.deviation));
    page.value("turned_at_rate", said(same_rate.ends.deviation));

    let mut runs = Panel::new()
        .x(Axis::new("epoch").range(0.0..=EPOCHS as f64))
        .y(Axis::new("cost above the lowest")
            .log()
            .range(1e-5..=3.0)
            .ticks([1e-4, 1e-2, 1.0]))
        .aspect(1.5);
    if batch > 1 {
        runs = runs
            .draw(same_rate.line(Color::Green).label("m = 1,\nsame η"))
            .draw(same_share.line(Color::Blue).label("m = 1,\nsame η / m"));
    }
    let words = format!("m = {batch},\nη = {rate}");
    let runs = runs.draw(yours.line(Color::Vermillion).label(words));

    let curve = Panel::new()
        .x(Axis::new("η / m").log().range(0.0008..=1.1).ticks([0.001, 0.01, 0.1, 1.0]))
        .y(Axis::new("deviation").log().range(5e-6..=0.3).ticks([1e-5, 1e-3, 1e-1]))
        .aspect(2.3);
    let curve = COLLAPSED.with(|curves| {
        let curves = curves.get_or_init(collapsed);
        curves.iter().fold(curve, |panel, points| {
            panel.draw(Line::new(points.iter().copied()).color(Color::Muted))
        })
    });
    let here = Points::new([(share, yours.ends.deviation)]);
    let curve =
        curve.draw(here.color(Color::Vermillion).marker(Marker::Circle).radius(7.0));
    let figure = Figure::new(
        "Runs at one batch size and rate, and where they stand",
        "Above, how the cost falls epoch by epoch: the chosen runs, single rows with the same rate over batch size, and \
         single rows at the same rate. Below, the curve of the deviation against rate over batch size, with a mark where \
         the chosen runs stand.",
    );
    page.figure("turned", &figure.columns(1).panel(runs).panel(curve));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the figure lets one discover.
    #[test]
    fn doubling_both_changes_little_and_the_rate_alone_much() {
        let students = rows();
        let deviation = |batch, rate| Runs::new(batch, rate, &students).ends.deviation;
        let one = deviation(1, 0.03);
        for (batch, rate) in [(2, 0.06), (4, 0.12)] {
            let ratio = deviation(batch, rate) / one;
            assert!((0.5..1.5).contains(&ratio), "m = {batch}: {ratio}");
            assert!(deviation(1, rate) > 5.0 * deviation(batch, rate));
        }
    }

    #[test]
    fn what_runs_away_is_said_in_words() {
        let values = TURNED.at("batch=1&rate=0.96").unwrap().values_pinned();
        assert!(values.contains("turned_apart = beyond all bounds"), "{values}");
        assert!(values.contains("turned_excess = beyond all bounds"), "{values}");
    }
}
