//! Ten steps at four rates, and their paths down the parabola.

use lesson::{Kind, Knob, Knobs, Live, Page, Result, Row, Table, fixed, significant};
use plot::{Align, Axis, Band, Color, Figure, Line, Note, Panel, Path};

use super::{CURVATURE, PERFECT, RATES, SHOWN, START, STEPS};
use super::{factor, fate, parabola, parabola_slope, roll, roll_from};
use crate::valleys;

/// Fills the page.
pub(crate) fn run(page: &mut Page) -> Result {
    let paths = RATES.map(|(rate, _)| roll(rate));
    let headings = ["step".to_string()].into_iter().chain(RATES.map(heading));
    let rows = (0..=STEPS).map(|step| {
        Row::of([step]).and(paths.each_ref().map(|path| fixed(path[step], 4)))
    });
    page.table("steps", &Table::of(headings, rows));
    page.figure("paths", &drawn());
    page.figure("square", &square());
    page.live(&DESCENT)?;
    page.value("start", START);
    page.value("steps", STEPS);
    page.value("shown", SHOWN);
    for (rate, name) in RATES {
        page.value(&format!("rate_{name}"), rate);
        page.value(&format!("factor_{name}"), whole(factor(rate)));
    }
    let [_, good, ..] = &paths;
    page.value("start_slope", parabola_slope(START));
    page.value("first_move", good[0] - good[1]);
    page.value("second_move", fixed(good[1] - good[2], 1));
    page.value("perfect", PERFECT);
    page.value("perfect_factor", fixed(factor(PERFECT), 0));
    Ok(())
}

/// A square whose side grows by h: its area grows by two strips and a small square.
fn square() -> Figure {
    let (x, h) = (3.0, 0.7);
    let piece = |(left, low): (f64, f64), (right, high): (f64, f64), color| {
        Band::new([(left, low, high), (right, low, high)]).color(color)
    };
    let name = |at, words: &str| Note::new(at, words).align(Align::Middle);
    let (half, beside) = (x / 2.0, x + h / 2.0);
    let panel = Panel::new()
        .bare()
        .equal()
        .x(Axis::new("").range(-3.6..=7.3).hidden())
        .y(Axis::new("").range(-0.6..=4.0).hidden())
        .draw(piece((0.0, 0.0), (x, x), Color::Blue))
        .draw(piece((x, 0.0), (x + h, x), Color::Vermillion))
        .draw(piece((0.0, x), (x, x + h), Color::Vermillion))
        .draw(piece((x, x), (x + h, x + h), Color::Green));
    let names = [
        ((half, half), "x²"),
        ((beside, half), "xh"),
        ((half, x + h / 2.0), "xh"),
        ((beside, x + h / 2.0), "h²"),
        ((half, -0.3), "x"),
        ((beside, -0.3), "h"),
        ((-0.3, half), "x"),
        ((-0.3, x + h / 2.0), "h"),
    ];
    Figure::new(
        "A square whose side grows",
        "A square with the side x. Its side grows by h: along two of its sides lie strips, x long and h wide, and in the corner between them a small square with the side h.",
    )
    .panel(names.into_iter().fold(panel, |panel, (at, words)| panel.draw(name(at, words))))
}

/// One descent that the reader steers.
pub const DESCENT: Live = Live {
    name: "descent",
    knobs: &[
        Knob {
            name: "rate",
            label: "learning rate η",
            kind: Kind::Slider { from: 0.01, to: 1.5, step: 0.01, book: 0.2 },
        },
        Knob {
            name: "curvature",
            label: "curvature",
            kind: Kind::Slider { from: 1.0, to: 3.0, step: 0.25, book: CURVATURE },
        },
        Knob {
            name: "start",
            label: "start",
            kind: Kind::Slider { from: -10.0, to: 10.0, step: 0.5, book: START },
        },
        Knob {
            name: "steps",
            label: "steps",
            kind: Kind::Steps { most: 30, stride: 1, book: SHOWN },
        },
    ],
    draw: draw_descent,
};

fn draw_descent(knobs: &Knobs, page: &mut Page) -> Result {
    let [rate, curvature, start] =
        ["rate", "curvature", "start"].map(|knob| knobs.number(knob));
    let steps = knobs.count("steps");
    let height = |x: f64| 0.5 * curvature * x * x;
    let path = roll_from(start, rate, steps, |x| curvature * x);
    let end = path[steps];
    let (wide, high) = (12.6, parabola(12.6));
    let places = path.into_iter().map(|x| (x, height(x)));
    let panel = Panel::new()
        .x(Axis::new("x").range(-wide..=wide).ticks([-10.0, -5.0, 0.0, 5.0, 10.0]))
        .y(Axis::new("height").range(0.0..=high).ticks([0.0, 50.0, 100.0, 150.0]))
        .draw(Line::function(-wide..=wide, height).color(Color::Muted))
        .draw(Path::new(places).color(Color::Vermillion));
    let figure = Figure::new(
        "A descent on a parabola",
        "A ring where it starts, and an arrow for each step.",
    );
    page.figure("descent", &figure.panel(panel));
    let factor = valleys::factor(rate, curvature);
    let decimals = fixed(factor, 4);
    page.value("descent_factor", decimals.trim_end_matches('0').trim_end_matches('.'));
    page.value("descent_steps", steps);
    page.value("descent_end", significant(end, 3));
    let fate = if start == 0.0 { "stays at the lowest place" } else { fate(factor) };
    page.value("descent_fate", fate);
    Ok(())
}

/// A number with one decimal, unless it is whole.
fn whole(number: f64) -> String {
    fixed(number, 1).trim_end_matches(".0").to_string()
}

fn heading((rate, _): (f64, &str)) -> String {
    format!("η = {rate}")
}

fn drawn() -> Figure {
    let figure = Figure::new(
        "Four learning rates on a parabola",
        "From the same start: short steps that do not arrive, steps that arrive, jumps between two places at the \
         same height, and jumps that climb out of the valley and leave the picture.",
    );
    RATES.into_iter().fold(figure, |figure, rate| figure.panel(panel(rate)))
}

/// The first steps at one rate, on a scale for those that arrive: a step out of the valley leaves the panel.
fn panel((rate, name): (f64, &str)) -> Panel {
    let wide = 12.6;
    let path = roll(rate).into_iter().take(SHOWN + 1).map(|x| (x, parabola(x)));
    let y = Axis::new("x²").range(0.0..=wide * wide);
    Panel::new()
        .heading(format!("{name}, {}", heading((rate, name))))
        .x(Axis::new("x").range(-wide..=wide).ticks([-10.0, 0.0, 10.0]))
        .y(y.ticks([0.0, 50.0, 100.0, 150.0]))
        .draw(Line::function(-wide..=wide, parabola).color(Color::Muted))
        .draw(Path::new(path).color(Color::Vermillion))
}
