//! The published descent, the largest rates, and the students' valley before and after standardising.

use lesson::{Page, Result, Row, Table, count, fixed, percent, significant};
use plot::{Axis, Color, Contours, Field, Figure, Marker, Panel, Path, Points};

use super::{ARRIVED, NARROW, NARROW_RATE, PATIENCE, RATE, SHOWN, START, STEPS};
use super::{Slice, WALK, extremes, factor, limits, plain_steps, walk};
use crate::exam::Exam;

/// Fills the page.
pub(crate) fn run(page: &mut Page) -> Result {
    let path = walk(2.0, RATE);
    let rows = [0, 1, 2, 3, 5, 10, STEPS]
        .map(|step| Row::of([step]).and(path[step].iter().map(|x| significant(*x, 4))));
    page.table("published", &Table::of(["step", "x₁", "x₂"], rows));
    page.value("start_1", START[0]);
    page.value("start_2", START[1]);
    page.value("rate", RATE);
    page.value("steps", STEPS);
    page.value("factor_1", fixed(factor(RATE, 2.0), 1));
    page.value("factor_2", fixed(factor(RATE, 4.0), 1));
    page.value("narrow_factor_1", fixed(factor(NARROW_RATE, 2.0), 3));
    page.value("narrow_factor_2", fixed(factor(NARROW_RATE, 2.0 * NARROW), 2));
    page.figure("zigzag", &zigzag());
    page.live(&WALK)?;

    let exams = [("raw", Exam::raw()), ("standardised", Exam::standardised())];
    let arrive = || exams.each_ref().map(|(_, exam)| plain_steps(exam));
    let (steps, limits) = rayon::join(arrive, limits);
    let rows = limits.into_iter().map(|limit| {
        let numbers = [limit.curvatures[0], limit.theory(), limit.found];
        Row::of([limit.name]).and(numbers.map(|number| significant(number, 4)))
    });
    page.table("rates", &Table::of(["valley", "λ max", "2/λ max", "found"], rows));
    page.value("narrow_rate", NARROW_RATE);
    page.value("patience", count(PATIENCE));

    let rows = exams.iter().zip(steps).map(|((name, exam), steps)| {
        let [largest, smallest] = extremes(&exam.hessian());
        Row::of([*name])
            .and([largest, smallest].map(|curvature| significant(curvature, 4)))
            .and([whole(largest / smallest), counted(steps)])
    });
    let headings = ["inputs", "λ max", "λ min", "condition number", "steps"];
    page.table("students", &Table::of(headings, rows));
    page.value("arrived", ARRIVED);
    // Standardised columns have curvature 1, so the mixed second derivative is their correlation.
    page.value("correlation", fixed(Exam::standardised().hessian()[[1, 2]], 2));
    page.figure("students", &students());
    page.value("shown", SHOWN);
    for (name, exam) in exams {
        page.value(&format!("{name}_left"), percent(Slice::of(exam).left(), 0));
    }
    Ok(())
}

/// A ratio for the eye: a large one as a whole number.
fn whole(ratio: f64) -> String {
    if ratio < 1_000.0 { significant(ratio, 3) } else { count(ratio.round() as usize) }
}

/// A number of steps, if there is one.
pub(crate) fn counted(steps: Option<usize>) -> String {
    steps.map_or("never".to_string(), count)
}

fn zigzag() -> Figure {
    let panel = |heading: &str, c: f64, rate: f64| {
        let levels = [0.5, 2.0, 8.0, 20.0, 40.0, 80.0, 160.0];
        let (x, y) = (-5.8..=1.6, -2.9..=2.9);
        let field = Field::sample(x.clone(), y.clone(), |x, y| x * x + c * y * y);
        valley(heading, Contours::new(&field).levels(levels), &walk(c, rate))
            .x(Axis::new("x₁").range(x).ticks([-4.0, -2.0, 0.0]))
            .y(Axis::new("x₂").range(y).ticks([-2.0, 0.0, 2.0]))
    };
    Figure::new(
        "Two valleys",
        "Twenty steps in each. In the wide valley the path bends towards the minimum; in the narrow one it jumps from \
         side to side while it moves slowly along.",
    )
    .panel(panel("x₁² + 2x₂²", 2.0, RATE))
    .panel(panel("x₁² + 20x₂²", NARROW, NARROW_RATE))
}

/// A map of a valley with a path through it.
fn valley(heading: &str, map: Contours, path: &[Vec<f64>]) -> Panel {
    let path = Path::new(path.iter().map(|x| (x[0], x[1])));
    Panel::new().heading(heading).equal().draw(map).draw(path.color(Color::Vermillion))
}

/// The cost over the weights of sleep and study, with the other two at their best.
fn students() -> Figure {
    let panel = |heading: &str, exam: Exam| {
        let slice = Slice::of(exam);
        let [sleep, study] = slice.bottom();
        let (x, y) = (sleep - 2.0..=sleep + 9.0, study - 6.0..=study + 6.0);
        let field = Field::sample(x.clone(), y.clone(), |x, y| slice.cost(x, y));
        let bottom = Points::new([(sleep, study)]).color(Color::Ink);
        valley(heading, Contours::new(&field), &slice.walk())
            .draw(bottom.marker(Marker::Cross))
            .x(Axis::new("weight of sleep").range(x))
            .y(Axis::new("weight of study").range(y))
    };
    Figure::new(
        "The students' valley, raw and standardised",
        "The cost over the weights of sleep and study with a descent of a few steps. With raw inputs the valley is a \
         narrow trench and the path jumps across it; with standardised inputs it is wide and the path comes near the bottom.",
    )
    .panel(panel("raw inputs", Exam::raw()))
    .panel(panel("standardised inputs", Exam::standardised()))
}
