//! How wrong two differences are, and the U that their errors trace.

use lesson::{Kind, Knob, Knobs, Live, Page, Result, Row, Table, fixed, significant};
use nn::math::{log10, pow};
use nn::seeded;
use plot::{Align, Axis, Color, Dash, Figure, Line, Marker, Note, Panel, Points};

use super::{Measured, NAMES, PLACE, REACHES, SEED};
use super::{best, errors, evaluations, secant, slopes};
use crate::flat::Flat;

/// Fills the page.
pub(crate) fn run(page: &mut Page) -> Result {
    page.live(&SECANTS)?;
    page.value("place", PLACE);
    for (name, h) in ["far", "middle", "near"].into_iter().zip(REACHES) {
        page.value(&format!("secant_{name}"), secant(PLACE, h));
    }
    page.value("tangent", 2.0 * PLACE);
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

/// A line through two points of a parabola, of which the second comes closer.
pub const SECANTS: Live = Live {
    name: "secants",
    knobs: &[
        Knob {
            name: "h",
            label: "h",
            kind: Kind::Stops {
                at: &[0.001, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 1.0, 1.5, 2.0],
                book: 1.0,
            },
        },
        Knob {
            name: "place",
            label: "first point",
            kind: Kind::Slider { from: 0.0, to: 1.0, step: 0.25, book: PLACE },
        },
    ],
    draw: draw_secants,
};

fn draw_secants(knobs: &Knobs, page: &mut Page) -> Result {
    let (h, place) = (knobs.number("h"), knobs.number("place"));
    let slope = secant(place, h);
    page.figure("secants", &secants(place, h));
    page.value("secants_slope", significant(slope, 4));
    page.value("secants_tangent", 2.0 * place);
    Ok(())
}

/// The line at one h, pale ones at the h of the page, and the tangent.
fn secants(place: f64, h: f64) -> Figure {
    let height = place * place;
    let right = 3.15;
    let line = |slope: f64| {
        let end = |x: f64| (x, height + slope * (x - place));
        Line::new([end(place - 0.6), end(right)])
    };
    let panel = Panel::new()
        .aspect(1.25)
        .x(Axis::new("x").range(-0.6..=right).ticks([0.0, 1.0, 2.0, 3.0]))
        .y(Axis::new("x²").range(-0.8..=9.8).ticks([0.0, 2.0, 4.0, 6.0, 8.0]))
        .draw(Line::function(-0.6..=right, |x| x * x).color(Color::Ink));
    let panel = REACHES.into_iter().fold(panel, |panel, reach| {
        panel.draw(line(secant(place, reach)).color(Color::Muted).faint())
    });
    let tangent = line(2.0 * place).color(Color::Vermillion).dash(Dash::Solid);
    let through = line(secant(place, h)).color(Color::Blue).dash(Dash::Solid);
    let point = |x: f64, color| {
        let points = Points::new([(x, x * x)]).color(color);
        points.marker(Marker::Circle).radius(5.0)
    };
    Figure::new(
        "The secant becomes the tangent",
        "Straight lines through a fixed point of a parabola and a second one that comes closer: each is flatter than the last, and they close in on the tangent.",
    )
    .panel(
        panel
            .draw(tangent.label("tangent"))
            .draw(through.label(format!("h = {h}")))
            .draw(point(place + h, Color::Blue))
            .draw(point(place, Color::Vermillion)),
    )
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
            .draw(Note::new((1e-12, 3e-7), "rounding").align(Align::Middle))
            .draw(Note::new((1.5e-2, 1e-9), "truncation").align(Align::Middle))
            .draw(curve(0).color(Color::Vermillion))
            .draw(curve(1).color(Color::Blue)),
    )
}
