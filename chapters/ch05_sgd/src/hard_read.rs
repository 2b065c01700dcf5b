//! One neuron that is certain and wrong: with the quadratic cost it starts slowly, with cross-entropy it does not.

use lesson::{Page, Result, Row as Cells, Table, fixed, significant};
use nn::Activation::Sigmoid;
use plot::{Axis, Color, Figure, Line, Panel, Rule};
use rayon::prelude::*;

use crate::light_read;

/// Updates of every run.
const UPDATES: usize = 300;
/// The rate of the quadratic runs.
const RATE: f64 = 0.15;
/// A larger one: with it the quadratic cost pushes an output near one half as hard as cross-entropy does at [`RATE`].
const LARGE_RATE: f64 = 4.0 * RATE;
/// The smaller rate at which the text runs cross-entropy.
const SMALL_RATE: f64 = 0.005;
/// The two starts: weight and bias.
const STARTS: [[f64; 2]; 2] = [[0.6, 0.9], [2.0, 2.0]];

/// What is made small, for the target 0: ½a², or −ln(1 − a).
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Way {
    /// Quadratic cost.
    Quadratic,
    /// Cross-entropy.
    CrossEntropy,
    /// The slope of the cross-entropy along the output, taken for the slope along the sum.
    Mistaken,
}

/// The slope of the cost along the weighted sum, δ, where the output is `a`.
pub fn delta(way: Way, a: f64) -> f64 {
    match way {
        Way::Quadratic => a * Sigmoid.slope(a),
        Way::CrossEntropy => a,
        Way::Mistaken => 1.0 / (1.0 - a),
    }
}

/// One input of 1: weight and bias get the same push. Outputs before and after each update.
pub fn learn(way: Way, [mut w, mut b]: [f64; 2], rate: f64) -> Run {
    let mut outputs = vec![Sigmoid.value(w + b)];
    for _ in 0..UPDATES {
        let push = rate * delta(way, outputs[outputs.len() - 1]);
        (w, b) = (w - push, b - push);
        outputs.push(Sigmoid.value(w + b));
    }
    Run { outputs, w, b }
}

/// The outputs over the updates, and the weight and the bias at the end.
#[derive(Clone, Debug)]
pub struct Run {
    outputs: Vec<f64>,
    w: f64,
    b: f64,
}

impl Run {
    /// The first update (or “never”) after which the output is below one half.
    fn turns(&self) -> String {
        let turn = self.outputs.iter().position(|a| *a < 0.5);
        turn.map_or("never".to_string(), |update| update.to_string())
    }

    fn end(&self) -> f64 {
        self.outputs[UPDATES]
    }
}

/// Fills the page.
pub fn run(page: &mut Page) -> Result {
    let quadratic = STARTS.map(|start| learn(Way::Quadratic, start, RATE));
    let entropy = STARTS.map(|start| learn(Way::CrossEntropy, start, RATE));
    let hurried = STARTS.map(|start| learn(Way::Quadratic, start, LARGE_RATE));
    let table = table(&quadratic, &hurried, &entropy);
    page.table("runs", &table);
    page.figure("curves", &curves(&quadratic, &entropy));
    page.value("rate", RATE);
    page.value("large_rate", LARGE_RATE);
    page.value("mild_hurried_turns", hurried[0].turns());
    page.value("saturated_hurried_turns", hurried[1].turns());
    page.value("mild_entropy_turns", entropy[0].turns());
    page.value("small_rate", SMALL_RATE);
    page.value("updates", UPDATES);
    for (name, quadratic) in [("mild", &quadratic[0]), ("saturated", &quadratic[1])] {
        let a = quadratic.outputs[0];
        page.value(&format!("{name}_start"), fixed(a, 3));
        let push = fixed(delta(Way::Quadratic, a), 4);
        page.value(&format!("{name}_quadratic_delta"), push);
        page.value(&format!("{name}_turns"), quadratic.turns());
        page.value(&format!("{name}_end"), fixed(quadratic.end(), 6));
    }
    page.value("saturated_half", fixed(quadratic[1].outputs[UPDATES / 2], 3));
    page.value("saturated_entropy_turns", entropy[1].turns());
    for (name, entropy) in [("mild", &entropy[0]), ("saturated", &entropy[1])] {
        page.value(&format!("{name}_entropy_end"), fixed(entropy.end(), 4));
    }
    let saturated = quadratic[1].outputs[0];
    let ratio = delta(Way::CrossEntropy, saturated) / delta(Way::Quadratic, saturated);
    page.value("ratio", fixed(ratio, 0));
    let mild = quadratic[0].outputs[0];
    let ratio = delta(Way::CrossEntropy, mild) / delta(Way::Quadratic, mild);
    page.value("mild_ratio", fixed(ratio, 1));
    page.value("middle", UPDATES / 2);

    let [quadratic, entropy] = [light_read::quadratic, light_read::cross_entropy].map(
        |push: light_read::Push| {
            let rates = light_read::PUBLISHED.par_iter();
            rates.map(|alpha| light_read::learn(*alpha, push)).collect::<Vec<_>>()
        },
    );
    page.table("other_cost", &other_cost(&quadratic, &entropy));
    page.value("wild_hidden_slope", significant(entropy[2].hidden_slope, 1));

    let widgets = widgets();
    page.table("widgets", &widgets);
    for (start, name) in STARTS.map(start_name).iter().zip(["mild", "saturated"]) {
        page.value(&format!("{name}_right"), widgets.cell(start, "right"));
        page.value(&format!("{name}_mistaken"), widgets.cell(start, "mistaken"));
    }
    Ok(())
}

fn start_name([w, b]: [f64; 2]) -> String {
    format!("{w} {b}")
}

fn table(quadratic: &[Run; 2], hurried: &[Run; 2], entropy: &[Run; 2]) -> Table {
    let mut table = Table::new([
        "cost, rate",
        "w b at first",
        "a at first",
        "after 150",
        "after 300",
        "below ½ at",
        "w b at the end",
    ]);
    for (cost, rate, runs) in [
        ("quadratic", RATE, quadratic),
        ("quadratic", LARGE_RATE, hurried),
        ("cross-entropy", RATE, entropy),
    ] {
        for (start, run) in STARTS.into_iter().zip(runs) {
            let outputs = [0, UPDATES / 2, UPDATES].map(|at| fixed(run.outputs[at], 6));
            let cells = Cells::of([format!("{cost}, {rate}"), start_name(start)]);
            let end = [run.w, run.b].map(|number| fixed(number, 4)).join(" ");
            table.row(cells.and(outputs).and([run.turns(), end]));
        }
    }
    table
}

/// The light read's network, trained with either cost: the mean error at the end.
fn other_cost(quadratic: &[light_read::Run], entropy: &[light_read::Run]) -> Table {
    let mut table = Table::new(["α", "quadratic", "cross-entropy"]);
    for ((alpha, one), other) in light_read::PUBLISHED.iter().zip(quadratic).zip(entropy)
    {
        let errors = [one, other].map(|run| significant(run.last_error(), 2));
        table.row(Cells::of([alpha]).and(errors));
    }
    table
}

/// The outputs after 300 updates at the small rate: with the slope of cross-entropy, and with the mistaken one.
fn widgets() -> Table {
    let mut table = Table::new(["w b at first", "right", "mistaken"]);
    for start in STARTS {
        let ends = [Way::CrossEntropy, Way::Mistaken]
            .map(|way| significant(learn(way, start, SMALL_RATE).end(), 3));
        table.row(Cells::of([start_name(start)]).and(ends));
    }
    table
}

/// Four learning curves.
fn curves(quadratic: &[Run; 2], entropy: &[Run; 2]) -> Figure {
    let panel = |heading: &str, runs: &[Run; 2]| {
        let mut panel = Panel::new()
            .heading(heading)
            .x(Axis::new("updates").ticks([0.0, 150.0, 300.0]))
            .y(Axis::new("output a").range(0.0..=1.0).ticks([0.0, 0.5, 1.0]))
            .draw(Rule::horizontal(0.0));
        let series = [(Color::Blue, "mild"), (Color::Vermillion, "saturated")];
        for (run, (color, label)) in runs.iter().zip(series) {
            let line = Line::over_index(run.outputs.iter().copied());
            panel = panel.draw(line.color(color).label(label));
        }
        panel
    };
    Figure::new(
        "Four learning curves of one neuron",
        "With the quadratic cost the saturated neuron stays near one for half the time. With cross-entropy both starts fall at once.",
    )
    .panel(panel("quadratic cost", quadratic))
    .panel(panel("cross-entropy", entropy))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(found: f64, published: f64, tolerance: f64) {
        assert!((found - published).abs() < tolerance, "{found}, published {published}");
    }

    /// Nielsen, "Neural Networks and Deep Learning", 2015, chapter 3.
    #[test]
    fn the_quadratic_runs_end_as_published() {
        let mild = learn(Way::Quadratic, STARTS[0], 0.15);
        near(mild.outputs[0], 0.817_574, 5e-7);
        near(mild.end(), 0.093_956, 5e-7);
        near(mild.w, -1.283_132, 5e-7);
        near(mild.b, -0.983_132, 5e-7);
        let saturated = learn(Way::Quadratic, STARTS[1], 0.15);
        near(saturated.outputs[0], 0.982_014, 5e-7);
        near(saturated.outputs[150], 0.933_417, 5e-7);
        near(saturated.end(), 0.202_848, 5e-7);
        near(saturated.w, -0.684_293, 5e-7);
        near(saturated.b, -0.684_293, 5e-7);
    }

    #[test]
    fn cross_entropy_ends_where_its_right_slope_leads() {
        let end = |start, rate| learn(Way::CrossEntropy, start, rate).end();
        near(end(STARTS[0], 0.15), 0.011_64, 5e-6);
        near(end(STARTS[1], 0.15), 0.012_01, 5e-6);
        near(end(STARTS[0], 0.005), 0.4177, 5e-5);
        near(end(STARTS[1], 0.005), 0.7796, 5e-5);
    }

    /// What the interactive figures of the same chapter end at.
    #[test]
    fn the_published_widgets_follow_the_mistaken_slope() {
        let end = |start| learn(Way::Mistaken, start, 0.005).end();
        near(end(STARTS[0]), 0.0404, 5e-5);
        near(end(STARTS[1]), 0.0479, 5e-5);
    }

    #[test]
    fn the_slopes_are_the_limits_of_differences() {
        let h = 1e-6;
        for z in [-2.0, 0.3, 4.0] {
            let quadratic = |z| 0.5 * Sigmoid.value(z) * Sigmoid.value(z);
            let entropy = |z| -nn::math::ln(1.0 - Sigmoid.value(z));
            let a = Sigmoid.value(z);
            let slope = |cost: fn(f64) -> f64| (cost(z + h) - cost(z - h)) / (2.0 * h);
            near(slope(quadratic), delta(Way::Quadratic, a), 1e-8);
            near(slope(entropy), delta(Way::CrossEntropy, a), 1e-8);
        }
    }
}
