//! In a narrow valley the steep direction sets the rate and the flat one the time; scaling the inputs makes the valley round.

use lesson::{Page, Result, Row, Table, count, fixed, significant};
use ndarray::{Array2, array};
use nn::{GradientDescent, descend};
use plot::{Axis, Color, Contours, Field, Figure, Panel, Path};

use crate::curvature::curvatures;
use crate::exam::Exam;

/// The settings of the published descent on x₁² + 2x₂².
const START: [f64; 2] = [-5.0, -2.0];
const RATE: f64 = 0.1;
const STEPS: usize = 20;

/// The narrow valley is x₁² + this · x₂².
const NARROW: f64 = 20.0;

/// The rate in the narrow valley, just below what it bears, and the number of steps shown.
const NARROW_RATE: f64 = 0.047;

/// After how many steps we ask whether a descent has run away.
const PATIENCE: usize = 5_000;

/// Descent on the students has arrived when its cost is this close to the lowest.
const ARRIVED: f64 = 0.01;

/// The gradient of x₁² + c · x₂².
pub fn valley_gradient(c: f64, x: &[f64], gradient: &mut [f64]) {
    gradient[0] = 2.0 * x[0];
    gradient[1] = 2.0 * c * x[1];
}

/// The largest rate at which descent does not run away, found by trying.
///
/// It runs away if, after many steps, the slope is steeper than at the start.
pub fn largest_stable_rate(start: &[f64], gradient: impl Fn(&[f64], &mut [f64])) -> f64 {
    let steepness = |place: &[f64]| {
        let mut slope = vec![0.0; place.len()];
        gradient(place, &mut slope);
        slope.iter().map(|g| g * g).sum::<f64>().sqrt()
    };
    let is_stable = |rate: f64| {
        let path = descend(GradientDescent, rate, start, PATIENCE, &gradient);
        steepness(&path[PATIENCE]) <= steepness(start) // false for NaN, too
    };
    let mut low = 1e-9;
    let mut high = 1.0;
    while is_stable(high) {
        high *= 2.0;
    }
    while high - low > 1e-6 * high {
        let middle = 0.5 * (low + high);
        if is_stable(middle) { low = middle } else { high = middle }
    }
    low
}

/// A valley whose largest rate is looked for: its name, its Hessian, and the rate that was found.
struct Limit {
    name: &'static str,
    curvatures: Vec<f64>,
    found: f64,
}

impl Limit {
    fn theory(&self) -> f64 {
        2.0 / self.curvatures[0]
    }

    fn condition(&self) -> f64 {
        self.curvatures[0] / self.curvatures[self.curvatures.len() - 1]
    }
}

fn limits() -> Vec<Limit> {
    let bowl = |name, c: f64| Limit {
        name,
        curvatures: curvatures(&array![[2.0, 0.0], [0.0, 2.0 * c]]),
        found: largest_stable_rate(&START, |x, g| valley_gradient(c, x, g)),
    };
    let students = |name, exam: Exam| Limit {
        name,
        curvatures: curvatures(&exam.hessian()),
        found: largest_stable_rate(&[0.0; 4], |w, g| exam.gradient(w, g)),
    };
    vec![
        bowl("x₁² + x₂²", 1.0),
        bowl("x₁² + 2x₂²", 2.0),
        bowl("x₁² + 20x₂²", NARROW),
        students("students, raw", Exam::raw()),
        students("students, standardised", Exam::standardised()),
    ]
}

/// Fills the page.
pub fn run(page: &mut Page) -> Result {
    published(page);
    page.figure("zigzag", &zigzag());

    let limits = limits();
    let table = rates_table(&limits);
    page.table("rates", &table);
    page.value("narrow_limit", table.cell("x₁² + 20x₂²", "found"));
    page.value("narrow_rate", NARROW_RATE);
    page.value("narrow", NARROW);
    page.value("patience", count(PATIENCE));
    for (name, row) in
        [("raw", "students, raw"), ("standardised", "students, standardised")]
    {
        page.value(&format!("limit_{name}"), table.cell(row, "found"));
        page.value(&format!("theory_{name}"), table.cell(row, "2/λ max"));
    }
    students(page, &limits);
    page.figure("students", &students_figure());
    page.value("shown", SHOWN);
    Ok(())
}

/// The published descent, and how its two coordinates shrink.
fn published(page: &mut Page) {
    let path =
        descend(GradientDescent, RATE, &START, STEPS, |x, g| valley_gradient(2.0, x, g));
    let mut table = Table::new(["step", "x₁", "x₂"]);
    for step in [0, 1, 2, 3, 5, 10, STEPS] {
        table.row(
            Row::of([step.to_string()])
                .and(path[step].iter().map(|x| significant(*x, 4))),
        );
    }
    page.table("published", &table);
    let end = &STEPS.to_string();
    page.value("end_1", table.cell(end, "x₁"));
    page.value("end_2", table.cell(end, "x₂"));
    page.value("start_1", START[0]);
    page.value("start_2", START[1]);
    page.value("rate", RATE);
    page.value("steps", STEPS);
    page.value("factor_1", fixed(1.0 - RATE * 2.0, 1));
    page.value("factor_2", fixed(1.0 - RATE * 4.0, 1));
    page.value("narrow_factor_1", fixed(1.0 - NARROW_RATE * 2.0, 3));
    page.value("narrow_factor_2", fixed(1.0 - NARROW_RATE * 2.0 * NARROW, 2));
}

fn rates_table(limits: &[Limit]) -> Table {
    let mut table = Table::new(["valley", "λ max", "2/λ max", "found"]);
    for limit in limits {
        table.row(
            Row::of([limit.name.to_string(), significant(limit.curvatures[0], 4)])
                .and([significant(limit.theory(), 4), significant(limit.found, 4)]),
        );
    }
    table
}

/// How many steps descent on the students takes at the best rate there is.
fn steps_to_arrive(exam: &Exam, curvatures: &[f64]) -> usize {
    let rate = 2.0 / (curvatures[0] + curvatures[curvatures.len() - 1]);
    let lowest = exam.cost(&exam.best());
    let mut here = vec![0.0; 4];
    let mut steps = 0;
    // Piece by piece, so that a long way needs little memory.
    loop {
        let path =
            descend(GradientDescent, rate, &here, 1_000, |w, g| exam.gradient(w, g));
        if let Some(step) = path.iter().position(|w| exam.cost(w) - lowest < ARRIVED) {
            return steps + step;
        }
        steps += 1_000;
        here.clone_from(&path[1_000]);
    }
}

fn students(page: &mut Page, limits: &[Limit]) {
    let mut table = Table::new(["inputs", "λ max", "λ min", "condition number", "steps"]);
    for (name, limit, exam) in [
        ("raw", &limits[3], Exam::raw()),
        ("standardised", &limits[4], Exam::standardised()),
    ] {
        let steps = steps_to_arrive(&exam, &limit.curvatures);
        let least = limit.curvatures[limit.curvatures.len() - 1];
        table.row(
            Row::of([name.to_string(), significant(limit.curvatures[0], 4)])
                .and([significant(least, 4), whole(limit.condition())])
                .and([count(steps)]),
        );
    }
    page.table("students", &table);
    for name in ["raw", "standardised"] {
        page.value(&format!("condition_{name}"), table.cell(name, "condition number"));
        page.value(&format!("steps_{name}"), table.cell(name, "steps"));
        page.value(&format!("largest_{name}"), table.cell(name, "λ max"));
        page.value(&format!("smallest_{name}"), table.cell(name, "λ min"));
    }
    page.value("arrived", ARRIVED);
    // Standardised columns have curvature 1, so the mixed second derivative is their correlation.
    page.value("correlation", fixed(Exam::standardised().hessian()[[1, 2]], 2));
}

/// A ratio for the eye: a large one as a whole number.
fn whole(ratio: f64) -> String {
    if ratio < 1_000.0 { significant(ratio, 3) } else { count(ratio.round() as usize) }
}

fn zigzag() -> Figure {
    let panel = |heading: &str, c: f64, rate: f64| {
        let field = Field::sample(-6.0..=6.0, -4.0..=4.0, |x, y| x * x + c * y * y);
        let path = descend(GradientDescent, rate, &START, STEPS, |x, g| {
            valley_gradient(c, x, g)
        });
        let axis = |name: &str| Axis::new(name);
        Panel::new()
            .heading(heading)
            .equal()
            .x(axis("x₁").range(-6.0..=6.0).ticks([-5.0, 0.0, 5.0]))
            .y(axis("x₂").range(-4.0..=4.0).ticks([-4.0, 0.0, 4.0]))
            .draw(Contours::new(&field).levels([0.5, 2.0, 8.0, 20.0, 40.0, 80.0, 160.0]))
            .draw(Path::new(path.iter().map(|x| (x[0], x[1]))).color(Color::Vermillion))
    };
    Figure::new(
        "Two valleys",
        "Twenty steps in each. In the wide valley the path bends towards the minimum; in the narrow one it jumps from \
         side to side while it moves slowly along.",
    )
    .panel(panel("x₁² + 2x₂²", 2.0, RATE))
    .panel(panel("x₁² + 20x₂²", NARROW, NARROW_RATE))
}

/// How many steps the picture of the students' valley shows, and where they start: so far from the best
/// weights of sleep and study.
const SHOWN: usize = 12;
const ASIDE: [f64; 2] = [8.0, 4.0];

/// The cost over the weights of sleep and study, with the other two at their best.
fn students_figure() -> Figure {
    let panel = |heading: &str, exam: &Exam| {
        let (hessian, best) = (exam.hessian(), exam.best());
        let (study, sleep) = (1, 2);
        let plane: Array2<f64> = array![
            [hessian[[sleep, sleep]], hessian[[sleep, study]]],
            [hessian[[study, sleep]], hessian[[study, study]]],
        ];
        let rate = 2.0 / curvatures(&plane).iter().sum::<f64>();
        let gradient = |x: &[f64], g: &mut [f64]| {
            let [across, along] = [x[0] - best[sleep], x[1] - best[study]];
            g[0] = plane[[0, 0]] * across + plane[[0, 1]] * along;
            g[1] = plane[[1, 0]] * across + plane[[1, 1]] * along;
        };
        let cost = |sleep: f64, study: f64| exam.cost(&[best[0], study, sleep, best[3]]);
        let start = [best[sleep] + ASIDE[0], best[study] + ASIDE[1]];
        let path = descend(GradientDescent, rate, &start, SHOWN, gradient);
        let around = |middle: f64, reach: f64| middle - reach..=middle + reach;
        let (x, y) = (around(best[sleep], 11.0), around(best[study], 7.0));
        let field = Field::sample(x.clone(), y.clone(), cost);
        Panel::new()
            .heading(heading)
            .equal()
            .x(Axis::new("weight of sleep").range(x))
            .y(Axis::new("weight of study").range(y))
            .draw(Contours::new(&field))
            .draw(Path::new(path.iter().map(|x| (x[0], x[1]))).color(Color::Vermillion))
    };
    Figure::new(
        "The students' valley, raw and standardised",
        "The cost over the weights of sleep and study with a descent of a few steps. With raw inputs the valley is a \
         narrow trench and the path jumps across it; with standardised inputs it is wide and the path all but arrives.",
    )
    .panel(panel("raw inputs", &Exam::raw()))
    .panel(panel("standardised inputs", &Exam::standardised()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_end_comes_out() {
        let path = descend(GradientDescent, 0.1, &[-5.0, -2.0], 20, |x, g| {
            valley_gradient(2.0, x, g)
        });
        assert!((path[20][0] + 0.057_646_075_2).abs() < 5e-11, "{:?}", path[20]);
        assert!((path[20][1] + 7.312_316_88e-5).abs() < 5e-14, "{:?}", path[20]);
    }

    #[test]
    fn the_largest_stable_rate_is_two_over_the_largest_curvature_to_three_digits() {
        for limit in limits() {
            let apart = (limit.found / limit.theory() - 1.0).abs();
            assert!(apart < 5e-4, "{}: {} {}", limit.name, limit.found, limit.theory());
        }
    }

    #[test]
    fn standardising_makes_the_valley_rounder_and_the_way_shorter() {
        let [raw, scaled] = [Exam::raw(), Exam::standardised()]
            .map(|exam| (curvatures(&exam.hessian()), exam));
        let condition = |c: &[f64]| c[0] / c[3];
        assert!(condition(&raw.0) > 1_000.0 * condition(&scaled.0));
        assert!(
            steps_to_arrive(&raw.1, &raw.0)
                > 1_000 * steps_to_arrive(&scaled.1, &scaled.0)
        );
    }
}
