//! Four bends side by side, each with its slope, and the two that are one and the same curve.

use lesson::{Page, Result, Row, Table, fixed, significant};
use nn::{Activation, math::exp};
use plot::{Axis, Color, Figure, Line, Panel};

/// The bends of the notes, in their order.
pub const BENDS: [Activation; 4] =
    [Activation::Threshold, Activation::Sigmoid, Activation::Relu, Activation::Tanh];

/// Where the tables look.
const SUMS: [f64; 7] = [-4.0, -2.0, -1.0, 0.0, 1.0, 2.0, 4.0];

/// How many weighted sums between −20 and 20 the comparisons use.
const COMPARED: u32 = 4_001;

/// tanh z as a sigmoid that is twice as steep, twice as high, and moved down by 1.
pub fn tanh_from_sigmoid(z: f64) -> f64 {
    2.0 * Activation::Sigmoid.value(2.0 * z) - 1.0
}

/// tanh z as the notes write it.
pub fn tanh_as_in_the_notes(z: f64) -> f64 {
    (1.0 - exp(-2.0 * z)) / (1.0 + exp(-2.0 * z))
}

/// Fills the page.
pub fn run(page: &mut Page) -> Result {
    let values = each_sum(|bend, z| bend.value(z));
    page.table("values", &values);
    page.value("sigmoid_at_2", values.cell("2", "sigmoid"));
    page.value("tanh_at_2", values.cell("2", "tanh"));
    page.table("slopes", &each_sum(|bend, z| bend.slope(bend.value(z))));
    let portrait = portrait();
    page.table("portrait", &portrait);
    page.figure("bends", &figure());

    page.value("sigmoid_slope", portrait.cell("sigmoid", "slope at 0"));
    page.value("tanh_slope", portrait.cell("tanh", "slope at 0"));
    page.value("sigmoid_flat", portrait.cell("sigmoid", "flat beyond"));
    page.value("tanh_flat", portrait.cell("tanh", "flat beyond"));
    let difference = largest_difference(tanh_from_sigmoid);
    page.value("difference", significant(difference, 1));
    page.value(
        "notes_difference",
        significant(largest_difference(tanh_as_in_the_notes), 1),
    );
    page.value("compared", lesson::count(COMPARED as usize));
    page.value("notes_at_far", tanh_as_in_the_notes(FAR));
    page.value("tanh_at_far", Activation::Tanh.value(FAR));
    page.value("far", significant(FAR, 3).replace('-', "−"));
    Ok(())
}

/// A sum so low that e⁻²ᶻ is beyond the largest number of a computer.
const FAR: f64 = -400.0;

/// One row per weighted sum, one column per bend.
fn each_sum(number: impl Fn(Activation, f64) -> f64) -> Table {
    let mut table = Table::new(["z"].into_iter().chain(BENDS.map(Activation::name)));
    for z in SUMS {
        table.row(Row::of([z]).and(BENDS.map(|bend| fixed(number(bend, z), 4))));
    }
    table
}

/// What the eye sees of each curve, in numbers.
fn portrait() -> Table {
    let mut table =
        Table::new(["bend", "lowest", "highest", "at 0", "slope at 0", "flat beyond"]);
    for bend in BENDS {
        let ends = [-1e3, 1e3].map(|z| bend.value(z));
        let [lowest, highest] = ends.map(|end| match end {
            -1e3 => "−∞".to_string(),
            1e3 => "∞".to_string(),
            _ => end.to_string(),
        });
        let at_zero = bend.value(0.0);
        let slope = match bend {
            Activation::Threshold => "jumps".to_string(),
            Activation::Relu => "kink".to_string(),
            _ => bend.slope(at_zero).to_string(),
        };
        let flat = match bend {
            Activation::Sigmoid | Activation::Tanh => fixed(flat_beyond(bend), 2),
            _ => "–".to_string(),
        };
        let cells = [lowest, highest, at_zero.to_string(), slope, flat];
        table.row(Row::of([bend.name()]).and(cells));
    }
    table
}

/// The sum from which on the slope is below a tenth of the slope at zero, by halving an interval.
pub fn flat_beyond(bend: Activation) -> f64 {
    let slope = |z| bend.slope(bend.value(z));
    let (mut steep, mut flat) = (0.0, 20.0);
    for _ in 0..60 {
        let middle = 0.5 * (steep + flat);
        if slope(middle) < 0.1 * slope(0.0) {
            flat = middle;
        } else {
            steep = middle;
        }
    }
    flat
}

/// The largest distance from tanh between −20 and 20.
fn largest_difference(other: impl Fn(f64) -> f64) -> f64 {
    let sums =
        (0..COMPARED).map(|i| 40.0 * f64::from(i) / f64::from(COMPARED - 1) - 20.0);
    sums.map(|z| (other(z) - Activation::Tanh.value(z)).abs()).fold(0.0, f64::max)
}

fn figure() -> Figure {
    let panel = |bend: Activation| {
        let value = move |z: f64| match bend {
            Activation::Threshold if z.abs() < 0.02 => f64::NAN, // parts the line at the jump
            _ => bend.value(z),
        };
        let slope = move |z: f64| match bend {
            Activation::Relu if z.abs() < 0.02 => f64::NAN,
            _ => bend.slope(bend.value(z)),
        };
        Panel::new()
            .heading(bend.name())
            .x(Axis::new("weighted sum z").range(-4.0..=4.0).ticks([-4.0, 0.0, 4.0]))
            .y(Axis::new("").range(-1.1..=2.0).ticks([-1.0, 0.0, 1.0, 2.0]))
            .draw(Line::function(-4.0..=4.0, value).color(Color::Blue).label("φ"))
            .draw(Line::function(-4.0..=4.0, slope).color(Color::Vermillion).label("φ′"))
    };
    BENDS.into_iter().fold(
        Figure::new(
            "Four bends and their slopes",
            "Threshold, sigmoid, ReLU and tanh between −4 and 4, each with its slope. The threshold's slope is \
             zero, that of sigmoid and tanh is a hill around zero, that of ReLU a step.",
        ),
        |figure, bend| figure.panel(panel(bend)),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tanh_is_a_rescaled_sigmoid() {
        assert!(largest_difference(tanh_from_sigmoid) < 1e-15);
        assert!(largest_difference(|z| Activation::Sigmoid.value(z)) > 0.9);
    }

    #[test]
    fn the_formula_of_the_notes_is_right_until_it_overflows() {
        assert!(largest_difference(tanh_as_in_the_notes) < 1e-15);
        assert!(tanh_as_in_the_notes(FAR).is_nan());
    }

    #[test]
    fn the_flat_parts_begin_where_algebra_says() {
        // tanh′ = 1 − a² = ⅒ at a = √0.9, and artanh √0.9 = ½ ln((1 + √0.9) / (1 − √0.9)).
        let a = 0.9_f64.sqrt();
        let known = 0.5 * nn::math::ln((1.0 + a) / (1.0 - a));
        assert!((flat_beyond(Activation::Tanh) - known).abs() < 1e-12);
        assert!((flat_beyond(Activation::Sigmoid) - 2.0 * known).abs() < 1e-12);
    }

    #[test]
    fn at_zero_the_slope_of_tanh_is_four_times_that_of_the_sigmoid() {
        let slope = |bend: Activation| bend.slope(bend.value(0.0));
        assert_eq!((slope(Activation::Sigmoid), slope(Activation::Tanh)), (0.25, 1.0));
    }
}
