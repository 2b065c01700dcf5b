//! Eight sums as eight walks, which the reader steers with the weights and the bias.

use datasets::students;
use lesson::{Kind, Knob, Knobs, Live, Page, Result};
use nn::{Activation::Sigmoid, Neuron};
use plot::{Align, Axis, Color, Dash, Figure, Line, Marker, Note, Panel, Points, Rule};

use super::shown::{output_axis, undecided};
use super::{PASS, Verdict, verdicts};

/// What every student's inputs add to the bias, and where the sum lands on the sigmoid.
pub const WALKS: Live = Live {
    name: "walks",
    knobs: &[
        Knob {
            name: "bias",
            label: "bias",
            kind: Kind::Slider { from: -8.0, to: 2.0, step: 0.1, book: -4.0 },
        },
        Knob {
            name: "study",
            label: "weight of study",
            kind: Kind::Slider { from: -0.1, to: 0.2, step: 0.01, book: 0.05 },
        },
        Knob {
            name: "sleep",
            label: "weight of sleep",
            kind: Kind::Slider { from: -1.0, to: 1.0, step: 0.05, book: 0.1 },
        },
        Knob {
            name: "quiz",
            label: "weight of the quiz",
            kind: Kind::Slider { from: -0.1, to: 0.1, step: 0.005, book: 0.04 },
        },
    ],
    draw,
};

/// The sums that are shown; what lies farther out is drawn at the edge.
const SUMS: (f64, f64) = (-8.0, 8.0);

/// What a weight belongs to, its colour, and how its ends are marked.
const INPUTS: [(&str, Color, Marker); 3] = [
    ("study", Color::Blue, Marker::Circle),
    ("sleep", Color::Green, Marker::Square),
    ("quiz", Color::Orange, Marker::Diamond),
];

fn draw(knobs: &Knobs, page: &mut Page) -> Result {
    let weights = INPUTS.map(|(name, ..)| knobs.number(name));
    let neuron = Neuron::new(&weights, knobs.number("bias"), Sigmoid);
    let verdicts = verdicts(&neuron, &students());
    let figure = Figure::new(
        "Eight walks from the bias to the sum",
        "A row for each of eight students. It starts at the bias and goes on by the product of each input with its weight. \
         Where it ends is the student's weighted sum, and below that a dot on the sigmoid.",
    );
    let figure =
        figure.columns(1).panel(walks(&neuron, &verdicts)).panel(bent(&verdicts));
    page.figure("walks", &figure);
    page.value("walks_bias", neuron.bias.to_string().replace('-', "−"));
    page.value("walks_right", verdicts.iter().filter(|one| one.is_right()).count());
    Ok(())
}

fn sums(label: &str) -> Axis {
    Axis::new(label).range(SUMS.0..=SUMS.1).ticks([-8.0, -4.0, 0.0, 4.0, 8.0])
}

/// A row for each student: from the bias on, every product lies a little lower than the one before.
fn walks(neuron: &Neuron, verdicts: &[Verdict]) -> Panel {
    let rows = verdicts.len() as f64;
    let start = Rule::vertical(neuron.bias).label("bias");
    let panel = Panel::new()
        .x(sums(""))
        .y(Axis::new("eight students").range(-rows - 0.4..=1.2).ticks([]))
        .aspect(1.3)
        .draw(Rule::vertical(0.0).color(Color::Muted))
        .draw(start.color(Color::Muted).dash(Dash::Dashed));
    let names = [("yes →", 0.2, Align::Start), ("← no", -0.2, Align::End)];
    let names = names.map(|(words, x, align)| {
        Note::new((x, -rows), words).align(align).color(Color::Muted)
    });
    let panel = names.into_iter().fold(panel, Panel::draw);
    let inputs = INPUTS.into_iter().enumerate();
    let panel = inputs.fold(panel, |panel, (input, (name, color, marker))| {
        let ends = |verdict: &Verdict| {
            let product = |input: usize| neuron.weights[input] * verdict.inputs[input];
            let from = (0..input).fold(neuron.bias, |sum, before| sum + product(before));
            (from, from + product(input))
        };
        let height = |row: usize| -(row as f64) - 0.25 * (input as f64 - 1.0);
        let pieces = verdicts.iter().enumerate().flat_map(|(row, verdict)| {
            let ((from, to), y) = (ends(verdict), height(row));
            [(from, y), (to, y), (f64::NAN, y)]
        });
        let tips = verdicts.iter().enumerate();
        let tips = tips.map(|(row, verdict)| (ends(verdict).1, height(row)));
        let tips = Points::new(tips).color(color).marker(marker).radius(3.0);
        panel
            .draw(Line::new(pieces).color(color).dash(Dash::Solid))
            .draw(tips.label(name))
    });
    dotted(panel, verdicts, |row, z| (z, -(row as f64) - 0.25))
}

/// Where the sums land on the sigmoid.
fn bent(verdicts: &[Verdict]) -> Panel {
    let curve = Line::function(SUMS.0..=SUMS.1, |z| Sigmoid.value(z));
    let panel = Panel::new()
        .x(sums("weighted sum z"))
        .y(output_axis())
        .aspect(2.6)
        .draw(undecided())
        .draw(Rule::vertical(0.0).color(Color::Grid))
        .draw(curve.color(Color::Muted));
    dotted(panel, verdicts, |_, z| (z, Sigmoid.value(z)))
}

/// A dot for every student: filled for those who passed the exam, vermillion where the neuron is wrong.
fn dotted(
    panel: Panel,
    verdicts: &[Verdict],
    place: impl Fn(usize, f64) -> (f64, f64),
) -> Panel {
    let verdicts = verdicts.iter().enumerate();
    verdicts.fold(panel, |panel, (row, verdict)| {
        let color = if verdict.is_right() { Color::Ink } else { Color::Vermillion };
        let marker = if verdict.exam >= PASS { Marker::Circle } else { Marker::Ring };
        let at = place(row, verdict.sum.clamp(SUMS.0, SUMS.1));
        panel.draw(Points::new([at]).color(color).marker(marker).radius(6.0))
    })
}
