//! Hinges and their sum, the same without bends, and how far either is from the curve.

use lesson::{Page, Result, Row, Table, fixed};
use nn::Activation;
use plot::{Axis, Color, Dash, Figure, Line, Marker, Note, Panel, Points, Rule};

use super::{
    DAY, Hinge, follow, largest_gap, largest_gap_of_a_line, straightened, sum,
    temperature,
};

/// How many hinges the figure that opens the chapter has: one an hour.
const FAN: usize = 24;

/// Fills the page.
pub(crate) fn run(page: &mut Page) -> Result {
    page.figure("fan", &fan());
    page.value("fan", FAN);
    page.figure("sums", &sums());
    page.figure("lines", &lines());
    page.table("gaps", &gaps());
    let hinges = follow(temperature, 2);
    page.value("climb", fixed(hinges[0].turn, 2));
    page.value("turn", fixed(-hinges[1].turn, 2));
    page.value("midnight", fixed(temperature(0.0), 1));
    page.value("noon", fixed(temperature(12.0), 1));
    page.value("end", fixed(temperature(DAY), 1));
    Ok(())
}

fn gaps() -> Table {
    let line = fixed(largest_gap_of_a_line(), 2);
    let rows = [1, 2, 4, 8, 16, 32].map(|number| {
        Row::of([number]).and([fixed(largest_gap(number), 2), line.clone()])
    });
    Table::of(["added", "gap, hinges", "gap, lines"], rows)
}

/// The curve, what is added, each thin, and the sum.
fn panel(heading: &str, parts: &[Hinge], highest: f64) -> Panel {
    let day = 0.0..=DAY;
    let panel = Panel::new()
        .heading(heading)
        .x(Axis::new("hour").range(day.clone()).ticks([0.0, 6.0, 12.0, 18.0, 24.0]))
        .y(Axis::new("°C").range(-12.0..=highest));
    let panel = parts.iter().fold(panel, |panel, part| {
        let alone = |hour| (hour, sum(0.0, std::slice::from_ref(part), hour));
        let hinged = part.neuron.activation == Activation::Relu;
        let begin = if hinged { -part.neuron.bias } else { 0.0 };
        let rule = Rule::segment(alone(begin), alone(DAY)).color(Color::Vermillion);
        let place = hinged.then(|| alone(begin));
        let place = Points::new(place).color(Color::Vermillion).marker(Marker::Circle);
        panel.draw(rule).draw(place.radius(3.0))
    });
    let start = temperature(0.0);
    let curve =
        Line::function(day.clone(), temperature).color(Color::Ink).dash(Dash::Dotted);
    let whole = Line::function(day.clone(), |hour| sum(start, parts, hour));
    panel.draw(curve).draw(whole.color(Color::Blue))
}

/// What a curve is, in its colour.
fn named(words: &str, at: (f64, f64), color: Color) -> Note {
    Note::new(at, words).color(color)
}

fn sums() -> Figure {
    let figure = Figure::new(
        "One, two, four and eight hinges",
        "The temperature of a day, and the sum of hinges that follows it: with one it is a straight line, with eight it \
         can hardly be told from the curve.",
    );
    let panels = [1, 2, 4, 8].map(|number| {
        let heading =
            if number == 1 { "1 hinge".into() } else { format!("{number} hinges") };
        let panel = panel(&heading, &follow(temperature, number), 20.0);
        match number {
            1 => panel.draw(named("sum", (1.0, 13.0), Color::Blue)).draw(named(
                "hinge",
                (11.0, -3.0),
                Color::Vermillion,
            )),
            _ => panel,
        }
    });
    panels.into_iter().fold(figure, Figure::panel)
}

/// The sum of many hinges, and where it would go straight on from each of them if that were the last.
fn fan() -> Figure {
    let (day, start) = (0.0..=DAY, temperature(0.0));
    let hinges = follow(temperature, FAN);
    let panel = Panel::new()
        .x(Axis::new("hour").range(day.clone()).ticks([0.0, 6.0, 12.0, 18.0, 24.0]))
        .y(Axis::new("°C").range(0.0..=26.0).ticks([0.0, 10.0, 20.0]));
    let whole = Line::function(day, |hour| sum(start, &hinges, hour)).color(Color::Blue);
    let so_far = |last: usize, hour| (hour, sum(start, &hinges[..=last], hour));
    let places = hinges.iter().map(|hinge| -hinge.neuron.bias).enumerate();
    let panel = places.clone().fold(panel, |panel, (last, place)| {
        let ends = [place, DAY].map(|hour| so_far(last, hour));
        panel.draw(Rule::segment(ends[0], ends[1]).color(Color::Vermillion))
    });
    let dots = Points::new(places.map(|(last, place)| so_far(last, place)));
    let dots = dots.color(Color::Vermillion).marker(Marker::Circle).radius(3.0);
    Figure::new(
        "A curve made of straight lines",
        "From a place an hour on a smooth wave a straight line goes on in the direction that the wave has there, and leaves it. \
         Each is turned by the next.",
    )
    .panel(panel.draw(whole).draw(dots))
}

fn lines() -> Figure {
    let hinges = follow(temperature, 8);
    Figure::new(
        "The same eight neurons with and without their bend",
        "On the left eight hinges and their sum, which follows the temperature. On the right the same neurons as \
         straight lines; their sum is a straight line.",
    )
    .panel(panel("8 hinges", &hinges, 40.0).draw(named("sum", (11.0, 25.0), Color::Blue)))
    .panel(panel("8 lines", &straightened(&hinges), 40.0).draw(named(
        "sum",
        (9.0, 36.0),
        Color::Blue,
    )))
}
