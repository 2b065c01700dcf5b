//! The bends and their slopes at a few sums, as curves, and what the eye sees of them in numbers.

use lesson::{
    Kind, Knob, Knobs, Live, Page, Result, Row, Table, count, fixed, significant,
};
use nn::Activation::{self, Relu, Sigmoid, Tanh, Threshold};
use plot::{Axis, Color, Figure, Line, Note, Panel, Points, Rule};

use super::{
    BENDS, COMPARED, FAR, flat_beyond, largest_difference, slope_at,
    tanh_as_in_the_notes, tanh_from_sigmoid,
};

/// Where the tables look.
const SUMS: [f64; 7] = [-4.0, -2.0, -1.0, 0.0, 1.0, 2.0, 4.0];

/// Fills the page.
pub(crate) fn run(page: &mut Page) -> Result {
    page.table("values", &each_sum(|bend, z| bend.value(z)));
    page.table("slopes", &each_sum(slope_at));
    page.table("portrait", &portrait());
    page.live(&TANGENTS)?;
    page.figure("bends", &figure());

    page.value("difference", significant(largest_difference(tanh_from_sigmoid), 1));
    let notes = largest_difference(tanh_as_in_the_notes);
    page.value("notes_difference", significant(notes, 1));
    page.value("compared", count(COMPARED as usize));
    page.value("notes_at_far", tanh_as_in_the_notes(FAR));
    page.value("tanh_at_far", Tanh.value(FAR));
    page.value("far", significant(FAR, 3).replace('-', "−"));
    Ok(())
}

/// One row per weighted sum, one column per bend.
fn each_sum(number: impl Fn(Activation, f64) -> f64) -> Table {
    let rows =
        SUMS.map(|z| Row::of([z]).and(BENDS.map(|bend| fixed(number(bend, z), 4))));
    Table::of(Row::of(["z"]).and(BENDS.map(Activation::name)), rows)
}

/// What the eye sees of each curve, in numbers.
fn portrait() -> Table {
    let rows = BENDS.map(|bend| {
        let end = |z: f64, endless: &str| match bend.value(z) {
            a if a == z => endless.to_string(),
            a => a.to_string(),
        };
        let slope = slope_at(bend, 0.0).to_string();
        let [slope, flat] = match bend {
            Threshold => ["jumps".into(), "–".into()],
            Relu => ["kink".into(), "–".into()],
            Sigmoid | Tanh => [slope, fixed(flat_beyond(bend), 2)],
            _ => [slope, "–".into()],
        };
        let value = bend.value(0.0).to_string();
        Row::of([bend.name()]).and([end(-1e3, "−∞"), end(1e3, "∞"), value, slope, flat])
    });
    Table::of(["bend", "lowest", "highest", "at 0", "slope at 0", "flat beyond"], rows)
}

/// Four tangents at the same sum, which the reader moves.
pub const TANGENTS: Live = Live {
    name: "tangents",
    knobs: &[Knob {
        name: "z",
        label: "weighted sum z",
        kind: Kind::Slider { from: -3.0, to: 3.0, step: 0.1, book: 1.0 },
    }],
    draw: |knobs: &Knobs, page: &mut Page| {
        let z = knobs.number("z");
        page.figure("tangents", &tangents(z));
        page.value("touched", z.to_string().replace('-', "−"));
        page.value("touched_sigmoid", fixed(slope_at(Sigmoid, z), 2));
        page.value("touched_tanh", fixed(slope_at(Tanh, z), 2));
        Ok(())
    },
};

/// Each bend with its tangent at one sum, and how high that climbs in one step to the right.
fn tangents(z: f64) -> Figure {
    let figure = Figure::new(
        "Four bends and their tangents",
        "Threshold, sigmoid, ReLU and tanh, each with its tangent at the same weighted sum. The threshold's lies flat \
         everywhere. Those of sigmoid and tanh are steep near zero and flat far from it; that of ReLU is flat on the left \
         and climbs on the right as much as it goes to the right.",
    );
    let panels = BENDS.map(|bend| {
        let parted = move |z: f64| bend == Threshold && z.abs() < 0.02;
        let value = move |z| if parted(z) { f64::NAN } else { bend.value(z) };
        let (a, slope) = (bend.value(z), slope_at(bend, z));
        let along = |run: f64| (z + run, a + run * slope);
        let (corner, top) = ((along(1.0).0, a), along(1.0));
        let decimals = if slope.fract() == 0.0 { 0 } else { 2 };
        let words = match bend {
            Threshold if z == 0.0 => "jumps here".to_string(),
            Relu if z == 0.0 => "kink".to_string(),
            _ => format!("slope {}", fixed(slope, decimals)),
        };
        Panel::new()
            .heading(bend.name())
            .x(Axis::new("weighted sum z").range(-3.5..=3.5).ticks([-2.0, 0.0, 2.0]))
            .y(Axis::new("").range(-1.3..=3.3).ticks([-1.0, 0.0, 1.0, 2.0, 3.0]))
            .equal()
            .draw(Line::function(-3.5..=3.5, value).color(Color::Blue))
            .draw(Line::new([along(-2.2), along(2.2)]).color(Color::Vermillion))
            .draw(Rule::segment((z, a), corner))
            .draw(Rule::segment(corner, top))
            .draw(Points::new([(z, a)]).color(Color::Ink).radius(4.0))
            .draw(Note::new((-3.2, 2.7), words))
    });
    panels.into_iter().fold(figure, Figure::panel)
}

fn figure() -> Figure {
    let figure = Figure::new(
        "Four bends and their slopes",
        "Threshold, sigmoid, ReLU and tanh between −4 and 4, each with its slope. The threshold's slope is \
         zero, that of sigmoid and tanh is a hill around zero, that of ReLU a step.",
    );
    let panels = BENDS.map(|bend| {
        // Not a number at the jump or the kink, which parts the line there.
        let parted = |z: f64, at: Activation| bend == at && z.abs() < 0.02;
        let value = move |z| if parted(z, Threshold) { f64::NAN } else { bend.value(z) };
        let slope = move |z| if parted(z, Relu) { f64::NAN } else { slope_at(bend, z) };
        Panel::new()
            .heading(bend.name())
            .x(Axis::new("weighted sum z").range(-4.0..=4.0).ticks([-4.0, 0.0, 4.0]))
            .y(Axis::new("").range(-1.1..=2.0).ticks([-1.0, 0.0, 1.0, 2.0]))
            .draw(Line::function(-4.0..=4.0, value).color(Color::Blue).label("φ"))
            .draw(Line::function(-4.0..=4.0, slope).color(Color::Vermillion).label("φ′"))
    });
    panels.into_iter().fold(figure, Figure::panel)
}
