//! Shake each weight a little and watch the cost: that measures a slope without calculus, if "a little" is chosen well.

use lesson::{Page, Result, Row, Table, fixed, significant};
use nn::math::{log10, pow};
use nn::seeded;
use plot::{Axis, Color, Figure, Line, Panel};

use crate::flat::Flat;

/// The seed of the network whose gradient is measured.
const SEED: u64 = 1;

/// (f(x + h) − f(x)) / h for each number in turn: n + 1 evaluations.
pub fn forward_difference(
    x: &[f64],
    h: f64,
    gradient: &mut [f64],
    mut cost: impl FnMut(&[f64]) -> f64,
) {
    let here = cost(x);
    let mut shaken = x.to_vec();
    for (index, slope) in gradient.iter_mut().enumerate() {
        shaken[index] = x[index] + h;
        *slope = (cost(&shaken) - here) / h;
        shaken[index] = x[index];
    }
}

/// (f(x + h) − f(x − h)) / 2h for each number in turn: 2n evaluations.
pub fn central_difference(
    x: &[f64],
    h: f64,
    gradient: &mut [f64],
    mut cost: impl FnMut(&[f64]) -> f64,
) {
    let mut shaken = x.to_vec();
    for (index, slope) in gradient.iter_mut().enumerate() {
        shaken[index] = x[index] + h;
        let above = cost(&shaken);
        shaken[index] = x[index] - h;
        *slope = (above - cost(&shaken)) / (2.0 * h);
        shaken[index] = x[index];
    }
}

/// How wrong both differences are at one h.
#[derive(Clone, Copy, Debug)]
pub struct Measured {
    /// How far each number was shaken.
    pub h: f64,
    /// The relative error of the forward difference.
    pub forward: f64,
    /// The relative error of the central difference.
    pub central: f64,
}

/// The relative error of the whole gradient against backpropagation, for h = 10^(−k/4) down to 10^−15.
pub fn errors(flat: &mut Flat) -> Vec<Measured> {
    let x = flat.numbers();
    let mut exact = vec![0.0; x.len()];
    flat.gradient(&x, &mut exact);
    let mut gradient = vec![0.0; x.len()];
    (0..=60)
        .map(|quarter| {
            let h = pow(10.0, -f64::from(quarter) / 4.0);
            forward_difference(&x, h, &mut gradient, |x| flat.cost(x));
            let forward = relative_error(&gradient, &exact);
            central_difference(&x, h, &mut gradient, |x| flat.cost(x));
            Measured { h, forward, central: relative_error(&gradient, &exact) }
        })
        .collect()
}

/// The length of the difference as a share of the length of the exact gradient.
fn relative_error(found: &[f64], exact: &[f64]) -> f64 {
    let length = |squares: f64| squares.sqrt();
    let apart = found.iter().zip(exact).map(|(a, b)| (a - b) * (a - b)).sum();
    length(apart) / length(exact.iter().map(|b| b * b).sum())
}

/// Fills the page.
pub fn run(page: &mut Page) -> Result {
    let mut flat = Flat::students(&mut seeded(page.seed(SEED)));
    let measured = errors(&mut flat);
    let table = table(&measured);
    page.table("errors", &table);
    page.figure("u_curve", &u_curve(&measured));
    let slopes = slopes_table(&measured);
    page.table("slopes", &slopes);

    for (name, heading) in [("forward", "forward"), ("central", "central")] {
        let best = best(&measured, heading);
        page.value(&format!("best_h_{name}"), significant(best.0, 2));
        page.value(&format!("best_error_{name}"), significant(best.1, 1));
        page.value(&format!("digits_{name}"), fixed(-log10(best.1), 0));
        page.value(&format!("slope_{name}"), slopes.cell(name, "right arm"));
        page.value(&format!("left_{name}"), slopes.cell(name, "left arm"));
    }
    page.value("coarse_forward", table.cell("1e-2", "forward"));
    page.value("coarse_central", table.cell("1e-2", "central"));
    page.value("finest_forward", table.cell("1e-15", "forward"));
    counted(page, &mut flat);
    page.value("epsilon", significant(f64::EPSILON, 2));
    page.value("root_epsilon", significant(f64::EPSILON.sqrt(), 1));
    page.value("cube_root_epsilon", significant(pow(f64::EPSILON, 1.0 / 3.0), 1));
    Ok(())
}

/// What one gradient costs by either way, counted.
fn counted(page: &mut Page, flat: &mut Flat) {
    let x = flat.numbers();
    let mut gradient = vec![0.0; x.len()];
    page.value("numbers", x.len());
    flat.evaluations = 0;
    forward_difference(&x, 1e-8, &mut gradient, |x| flat.cost(x));
    page.value("evaluations_forward", flat.evaluations);
    flat.evaluations = 0;
    central_difference(&x, 1e-5, &mut gradient, |x| flat.cost(x));
    page.value("evaluations_central", flat.evaluations);
}

fn pick(measured: &Measured, which: &str) -> f64 {
    if which == "forward" { measured.forward } else { measured.central }
}

/// The h with the smallest error, and that error.
fn best(measured: &[Measured], which: &str) -> (f64, f64) {
    let error = |m: &Measured| pick(m, which);
    let least = measured.iter().min_by(|a, b| error(a).total_cmp(&error(b)));
    let least = least.expect("something was measured");
    (least.h, error(least))
}

/// How steeply log error rises with log h between two values of h, by least squares.
fn arm(measured: &[Measured], which: &str, from: f64, to: f64) -> f64 {
    let points: Vec<(f64, f64)> = measured
        .iter()
        .filter(|m| from <= m.h && m.h <= to)
        .map(|m| (log10(m.h), log10(pick(m, which))))
        .collect();
    let count = points.len() as f64;
    let mean_x = points.iter().map(|p| p.0).sum::<f64>() / count;
    let mean_y = points.iter().map(|p| p.1).sum::<f64>() / count;
    let across: f64 = points.iter().map(|p| (p.0 - mean_x) * (p.1 - mean_y)).sum();
    across / points.iter().map(|p| (p.0 - mean_x) * (p.0 - mean_x)).sum::<f64>()
}

/// Where the arms of the two curves are straight: from–to on the left, from–to on the right.
const ARMS: [(&str, [f64; 4]); 2] = [
    ("forward", [0.9e-14, 1.1e-10, 0.9e-6, 1.1e-2]),
    ("central", [0.9e-14, 1.1e-8, 0.9e-4, 1.1e-2]),
];

fn slopes_table(measured: &[Measured]) -> Table {
    let mut table = Table::new(["difference", "left arm", "right arm"]);
    for (which, [a, b, c, d]) in ARMS {
        let left = arm(measured, which, a, b);
        table.row(Row::of([
            which.to_string(),
            fixed(left, 2),
            fixed(arm(measured, which, c, d), 2),
        ]));
    }
    table
}

fn table(measured: &[Measured]) -> Table {
    let mut table = Table::new(["h", "forward", "central"]);
    for (power, m) in measured.iter().step_by(4).enumerate().skip(1) {
        table.row([
            format!("1e-{power}"),
            significant(m.forward, 2),
            significant(m.central, 2),
        ]);
    }
    table
}

fn u_curve(measured: &[Measured]) -> Figure {
    let curve = |which: &'static str| {
        Line::new(measured.iter().map(move |m| (m.h, pick(m, which)))).label(which)
    };
    Figure::new(
        "Error of a numerical gradient",
        "Relative error against the step h on logarithmic scales. Both differences trace a U: they fall with h until \
         rounding takes over, the central one further.",
    )
    .panel(
        Panel::new()
            .x(Axis::new("step h").log())
            .y(Axis::new("relative error of the gradient").log())
            .draw(curve("forward").color(Color::Vermillion))
            .draw(curve("central").color(Color::Blue)),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_arms_have_the_slopes_that_theory_gives() {
        let measured = errors(&mut Flat::students(&mut seeded(SEED)));
        for ((which, [a, b, c, d]), order) in ARMS.into_iter().zip([1.0, 2.0]) {
            let (left, right) =
                (arm(&measured, which, a, b), arm(&measured, which, c, d));
            assert!((left + 1.0).abs() < 0.1, "{which}: left arm {left}, expected -1");
            assert!(
                (right - order).abs() < 0.1,
                "{which}: right arm {right}, expected {order}"
            );
        }
    }

    #[test]
    fn the_best_steps_lie_near_the_roots_of_the_rounding_unit() {
        let measured = errors(&mut Flat::students(&mut seeded(SEED)));
        for (which, power) in [("forward", 2.0), ("central", 3.0)] {
            let (h, expected) =
                (best(&measured, which).0, pow(f64::EPSILON, 1.0 / power));
            assert!(
                (log10(h) - log10(expected)).abs() < 1.0,
                "{which}: {h}, expected {expected}"
            );
        }
    }

    #[test]
    fn evaluations_are_n_plus_one_and_twice_n() {
        let mut flat = Flat::students(&mut seeded(1));
        let x = flat.numbers();
        let mut gradient = vec![0.0; x.len()];
        forward_difference(&x, 1e-8, &mut gradient, |x| flat.cost(x));
        assert_eq!(flat.evaluations, x.len() + 1);
        central_difference(&x, 1e-5, &mut gradient, |x| flat.cost(x));
        assert_eq!(flat.evaluations, x.len() + 1 + 2 * x.len());
    }
}
