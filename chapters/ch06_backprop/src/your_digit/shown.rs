//! The drawing as the network gets it, what each pixel says, and how probable the network finds each digit.

use datasets::reader::TRAINING;
use lesson::{Kind, Knob, Knobs, Live, Page, Result, Resumed, Row, Table, percent};
use plot::{Axis, Bars, Color, Figure, HeatMap, Panel, Picture};

use super::{Drawing, Learner, Reading, fitted, pixels, read};

/// The digit that the book draws.
const THREE: [f64; 22] = [
    0.30, 0.24, 0.42, 0.13, 0.60, 0.14, 0.68, 0.27, 0.60, 0.41, 0.46, 0.47, 0.62, 0.52,
    0.72, 0.66, 0.66, 0.82, 0.48, 0.90, 0.30, 0.82,
];

/// A digit, drawn and read, while the reader of digits learns.
pub const READ: Live = Live {
    name: "read",
    knobs: &[
        Knob { name: "drawing", label: "draw a digit", kind: Kind::Pad { book: drawn } },
        Knob {
            name: "fit",
            label: "cut out, as the data’s makers did",
            kind: Kind::Switch { book: true },
        },
        Knob {
            name: "epochs",
            label: "epochs of training",
            kind: Kind::Steps { most: TRAINING.epochs, stride: 1, book: TRAINING.epochs },
        },
        Knob { name: "start", label: "other random weights", kind: Kind::Start },
    ],
    draw,
};

fn drawn() -> Drawing {
    vec![THREE.to_vec()]
}

/// Fills the page.
pub(crate) fn run(page: &mut Page) -> Result {
    page.live(&READ)?;
    let mut learner = Learner::new(6);
    (0..TRAINING.epochs).for_each(|_| learner.epoch());
    let ways = [("as drawn", drawn()), ("cut out", fitted(&drawn()))];
    let rows = ways.map(|(way, drawing)| {
        let reading = read(&learner.reader.network, &pixels(&drawing));
        Row::of([way.to_string(), reading.says.to_string()])
            .and([percent(reading.probabilities[reading.says], 1)])
    });
    page.table("ways", &Table::of(["the drawing", "the network says", "how sure"], rows));
    Ok(())
}

thread_local! {
    static LEARNER: Resumed<u64, Learner> = const { Resumed::new() };
}

fn draw(knobs: &Knobs, page: &mut Page) -> Result {
    let drawing = knobs.lines("drawing").to_vec();
    let drawing = if knobs.is_on("fit") { fitted(&drawing) } else { drawing };
    let (epochs, seed) = (knobs.count("epochs"), 6 + 10 * knobs.count("start") as u64);
    let (reading, right) = LEARNER.with(|learner| {
        let new = || Learner::new(seed);
        learner.at(seed, epochs, new, Learner::epoch, |learner| {
            learner.outcome.clone()?;
            let network = &learner.reader.network;
            let right = network.accuracy(&learner.reader.test);
            Ok::<_, nn::TrainingError>((read(network, &pixels(&drawing)), right))
        })
    })?;
    page.figure("read", &figure(&pixels(&drawing), &reading));
    page.value("says", reading.says);
    page.value("sure", percent(reading.probabilities[reading.says], 1));
    page.value("trained", epochs);
    page.value("right", percent(right, 1));
    Ok(())
}

fn figure(pixels: &[f64], reading: &Reading) -> Figure {
    let shares = [(0.0, "0 %"), (0.5, "50 %"), (1.0, "100 %")];
    let loudest = reading.speaks.iter().fold(0.1_f64, |most, word| most.max(word.abs()));
    let speaks =
        HeatMap::new(8, reading.speaks.iter().copied()).diverging().full_at(loudest);
    let answer = Panel::new()
        .heading("ten answers")
        .x(Axis::new("digit").categories((0..10).map(|digit| digit.to_string())))
        .y(Axis::new("").range(0.0..=1.0).tick_labels(shares))
        .draw(Bars::new(reading.probabilities.iter().copied()).color(Color::Blue));
    let hidden = Panel::new()
        .heading("32 hidden neurons")
        .x(Axis::new("neuron").categories((0..32).map(|_| "")))
        .y(Axis::new("").range(-1.0..=1.0).ticks([-1.0, 0.0, 1.0]))
        .draw(Bars::new(reading.hidden.iter().copied()).color(Color::Vermillion));
    Figure::new(
        "A drawn digit, and how the network reads it",
        "The drawing as 64 pixels; which of them speak for the answer and which against it; what the hidden neurons say; \
         and how probable the network finds each of the ten digits.",
    )
    .columns(2)
    .panel(Panel::picture(Picture::new(8, pixels.iter().copied())).heading("what it sees"))
    .panel(
        Panel::picture(speaks).heading(format!("for a {}, and against", reading.says)),
    )
    .panel(hidden)
    .panel(answer)
}
