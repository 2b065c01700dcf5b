//! How wrong two differences are, and the U that their errors trace.

use lesson::{Page, Result, Row, Table, fixed, significant};
use nn::math::{log10, pow};
use nn::seeded;
use plot::{Axis, Color, Figure, Line, Panel};

use super::{Measured, NAMES, SEED};
use super::{best, errors, evaluations, slopes};
use crate::flat::Flat;

/// Fills the page.
pub(crate) fn run(page: &mut Page) -> Result {
    let mut flat = Flat::students(&mut seeded(page.seed(SEED)));
    let measured = errors(&mut flat);
    let rows = measured.iter().step_by(4).enumerate().skip(1).map(|(power, m)| {
        Row::of([format!("1e-{power}")]).and(m.errors.map(|error| significant(error, 2)))
    });
    page.table("errors", &Table::of(["h", "forward", "central"], rows));
    page.figure("u_curve", &u_curve(&measured));
    let rows = [0, 1].map(|which| {
        Row::of([NAMES[which]]).and(slopes(&measured, which).map(|slope| fixed(slope, 2)))
    });
    page.table("slopes", &Table::of(["difference", "left arm", "right arm"], rows));

    for (which, name) in NAMES.into_iter().enumerate() {
        let (h, error) = best(&measured, which);
        page.value(&format!("best_h_{name}"), significant(h, 2));
        page.value(&format!("best_error_{name}"), significant(error, 1));
        page.value(&format!("digits_{name}"), fixed(-log10(error), 0));
    }
    page.value("numbers", flat.numbers().len());
    let [forward, central] = evaluations(&mut flat);
    page.value("evaluations_forward", forward);
    page.value("evaluations_central", central);
    page.value("epsilon", significant(f64::EPSILON, 2));
    page.value("root_epsilon", significant(f64::EPSILON.sqrt(), 1));
    page.value("cube_root_epsilon", significant(pow(f64::EPSILON, 1.0 / 3.0), 1));
    Ok(())
}

fn u_curve(measured: &[Measured]) -> Figure {
    let curve = |which: usize| {
        Line::new(measured.iter().map(|m| (m.h, m.errors[which]))).label(NAMES[which])
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
            .draw(curve(0).color(Color::Vermillion))
            .draw(curve(1).color(Color::Blue)),
    )
}
