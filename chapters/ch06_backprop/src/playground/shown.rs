//! The points with the border that the network draws, its cost, and what each of its last hidden neurons sees.

use lesson::{
    Kind, Knob, Knobs, Live, Page, Result, Resumed, Row, Table, fixed, significant,
};
use nn::{Activation, Network};
use plot::{Axis, Color, Field, Figure, Line, Marker, Panel, Points, Regions};

use super::{Choice, Learner, SEED, Shape, before_output, first_weights};

/// How far the picture reaches, both ways.
pub(super) const EDGE: f64 = 1.6;

const SHAPES: [(Shape, &str); 5] = [
    (Shape::Moons, "two moons"),
    (Shape::Circle, "a disc in a ring"),
    (Shape::Xor, "XOR"),
    (Shape::Spiral, "a spiral"),
    (Shape::Own, "your own"),
];
const HIDDEN: [&[usize]; 6] = [&[], &[2], &[3], &[8], &[4, 4], &[8, 8]];
const BENDS: [Activation; 4] =
    [Activation::Tanh, Activation::Sigmoid, Activation::Relu, Activation::Identity];
const RATES: &[f64] = &[0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0];
const MOST: usize = 400;
/// After so many epochs the book looks.
const EPOCHS: usize = 120;

/// A network that the reader makes and trains.
pub const PLAY: Live = Live {
    name: "play",
    knobs: &[
        Knob {
            name: "data",
            label: "points",
            kind: Kind::Choice {
                of: &["two moons", "a disc in a ring", "XOR", "a spiral", "your own"],
                book: 1,
            },
        },
        Knob {
            name: "hidden",
            label: "hidden neurons",
            kind: Kind::Choice {
                of: &["none", "2", "3", "8", "4 and 4", "8 and 8"],
                book: 2,
            },
        },
        Knob {
            name: "bend",
            label: "bend",
            kind: Kind::Choice { of: &["tanh", "sigmoid", "ReLU", "none"], book: 0 },
        },
        Knob {
            name: "rate",
            label: "rate η",
            kind: Kind::Stops { at: RATES, book: 0.3 },
        },
        Knob {
            name: "batch",
            label: "points an update",
            kind: Kind::Stops { at: &[1.0, 4.0, 10.0, 30.0, 120.0], book: 10.0 },
        },
        Knob {
            name: "epochs",
            label: "epochs",
            kind: Kind::Steps { most: MOST, stride: 2, book: EPOCHS },
        },
        Knob { name: "start", label: "new start", kind: Kind::Start },
        Knob {
            name: "points",
            label: "drag your own",
            kind: Kind::Points { book: own_points },
        },
        Knob {
            name: "by_hand",
            label: "first weights by hand (three hidden neurons)",
            kind: Kind::Switch { book: false },
        },
        Knob {
            name: "weights",
            label: "these",
            kind: Kind::Numbers { labels, book: first_weights },
        },
    ],
    draw,
};

fn labels() -> Vec<String> {
    let hidden = ["h₁", "h₂", "h₃"];
    let into =
        ["x₁", "x₂"].map(|input| hidden.map(|neuron| format!("{input} to {neuron}")));
    let biases = hidden.map(|neuron| format!("bias of {neuron}"));
    let out = hidden.map(|neuron| format!("{neuron} to a"));
    [into.concat(), biases.into(), out.into(), vec!["bias of a".to_owned()]].concat()
}

/// Twelve points, the first half of one kind: a ring around a heap.
fn own_points() -> Vec<(f64, f64)> {
    vec![
        (-0.2, 0.2),
        (0.2, 0.2),
        (0.0, -0.2),
        (-0.3, -0.1),
        (0.3, -0.1),
        (0.0, 0.4),
        (-1.0, 0.5),
        (0.0, 1.1),
        (1.0, 0.5),
        (0.9, -0.6),
        (0.0, -1.0),
        (-0.9, -0.6),
    ]
}

/// Fills the page.
pub(crate) fn run(page: &mut Page) -> Result {
    page.live(&PLAY)?;
    let rows = HIDDEN.iter().map(|hidden| {
        let names = hidden.iter().map(usize::to_string).collect::<Vec<_>>().join(" and ");
        let right = SHAPES[..4].iter().map(|&(shape, _)| {
            let mut learner =
                Learner::new(&Choice { shape, hidden, ..choice(&PLAY.book()) });
            (0..EPOCHS).for_each(|_| learner.epoch());
            learner.right()
        });
        let name = if names.is_empty() { "none".to_owned() } else { names };
        Row::of([name]).and(right.collect::<Vec<_>>())
    });
    let headings =
        ["hidden neurons"].into_iter().chain(SHAPES[..4].iter().map(|shape| shape.1));
    page.table("right", &Table::of(headings, rows));
    page.value("rows", super::ROWS);
    Ok(())
}

fn choice(knobs: &Knobs) -> Choice {
    Choice {
        shape: SHAPES[knobs.count("data")].0,
        own: knobs.points("points"),
        hidden: HIDDEN[knobs.count("hidden")],
        bend: BENDS[knobs.count("bend")],
        rate: knobs.number("rate"),
        batch: knobs.count("batch"),
        seed: SEED + 10 * knobs.count("start") as u64,
        weights: knobs.is_on("by_hand").then(|| knobs.numbers("weights").to_vec()),
    }
}

thread_local! {
    static LEARNER: Resumed<Choice, Learner> = const { Resumed::new() };
}

fn draw(knobs: &Knobs, page: &mut Page) -> Result {
    let (choice, epochs) = (choice(knobs), knobs.count("epochs"));
    if choice.weights.is_some() && choice.hidden != [3] {
        return Err(
            "the first weights by hand are for three hidden neurons: choose 3".into()
        );
    }
    LEARNER.with(|learner| {
        let new = || Learner::new(&choice);
        learner.at(choice.clone(), epochs, new, Learner::epoch, |learner| {
            if let Some(failure) = &learner.failure {
                return Err(failure.clone().into());
            }
            page.figure("play", &figure(learner, &choice));
            page.value("epochs", epochs);
            page.value("right", learner.right());
            page.value("of", learner.points.rows());
            page.value("sums", sums(&learner.network));
            Ok(())
        })
    })
}

fn figure(learner: &Learner, choice: &Choice) -> Figure {
    let Learner { network, costs, .. } = learner;
    let field = |network: &Network, neuron: usize| {
        let axis = -EDGE..=EDGE;
        Field::sample(axis.clone(), axis, |x, y| {
            network.predict(ndarray::array![[x, y]].view())[[0, neuron]]
        })
    };
    let costs = (1..).map(f64::from).zip(costs.iter().copied());
    let course = Panel::new()
        .heading("cost")
        .x(Axis::new("epoch").range(0.0..=400.0).ticks([0.0, 200.0, 400.0]))
        .y(Axis::new("").range(0.0..=0.8).ticks([0.0, 0.4, 0.8]))
        .aspect(1.0)
        .draw(Line::new(costs));
    let mut figure = Figure::new(
        "A network and the border that it draws",
        "Points of two kinds in the plane, tinted as the network tells them apart; its cost, epoch by epoch; and for each \
         of its last hidden neurons where it says more and where it says less.",
    )
    .columns(3)
    .panel(border(learner, choice, &field(network, 0)));
    if let Some(hidden) = before_output(network) {
        // Of eight, the four to which the answer listens most.
        let last = &network.layers[network.layers.len() - 1].weights; // (hidden, 1)
        let mut neurons: Vec<usize> = (0..hidden.outputs()).collect();
        neurons.sort_by(|a, b| last[[*b, 0]].abs().total_cmp(&last[[*a, 0]].abs()));
        neurons.truncate(4);
        neurons.sort_unstable();
        let middle = if choice.bend == Activation::Sigmoid { 0.5 } else { 0.0 };
        for neuron in neurons {
            let weight = significant(last[[neuron, 0]], 2).replace('-', "−");
            // ReLU is at zero on a whole half plane: its border is where it begins to rise.
            let from = if choice.bend == Activation::Relu { 1e-9 } else { middle };
            let regions = Regions::split(&field(&hidden, neuron), from);
            let heading = format!("h{} · {weight}", subscript(neuron + 1));
            figure = figure.panel(
                Panel::new()
                    .heading(heading)
                    .bare()
                    .equal()
                    .draw(regions.colors([Color::Muted, Color::Green])),
            );
        }
    }
    figure.panel(course)
}

/// What each neuron of the first hidden layer adds up, in numbers; of more than three, the first three.
fn sums(network: &Network) -> String {
    let first = &network.layers[0];
    let sum = |neuron: usize| {
        let [x1, x2] = [0, 1].map(|input| fixed(first.weights[[input, neuron]], 2));
        format!("{x1} x₁ + {x2} x₂ + {}", fixed(first.biases[neuron], 2))
            .replace("+ -", "− ")
    };
    (0..first.outputs().min(3)).map(sum).collect::<Vec<_>>().join(";  ")
}

fn subscript(number: usize) -> char {
    char::from_u32(0x2080 + number as u32).expect("a digit")
}

/// The points, and the border between what the network takes for either kind.
fn border(learner: &Learner, choice: &Choice, says: &Field) -> Panel {
    let points = |kind: f64| {
        let rows = learner.points.inputs.rows().into_iter().zip(&learner.points.targets);
        let at = rows
            .filter(move |(_, target)| **target == kind)
            .map(|(at, _)| (at[0], at[1]));
        Points::new(at.collect::<Vec<_>>()).radius(if choice.shape == Shape::Own {
            6.0
        } else {
            3.2
        })
    };
    let panel = Panel::new()
        .heading("the border")
        .bare()
        .equal()
        .draw(Regions::split(says, 0.5))
        .draw(points(0.0).color(Color::Blue).marker(Marker::Circle))
        .draw(points(1.0).color(Color::Vermillion).marker(Marker::Triangle));
    if choice.shape == Shape::Own { panel.grip("points") } else { panel }
}
