//! What the hidden neurons say to the four pairs of bits, the plane before and behind them, and who learns XOR.

use std::ops::RangeInclusive;

use datasets::xor;
use lesson::{Page, Result, Row, Table};
use lesson::{count, fixed, percent, significant, standard_error};
use ndarray::Array2;
use nn::Activation::{Identity, Tanh};
use nn::Network;
use plot::{
    Align, Axis, Color, Field, Figure, Line, Marker, Note, Panel, Points, Regions,
};

use super::{FOLD, LOOKS, PATIENCE, QUADRATIC, SIZES, STARTS, TRAINING};
use super::{by_hand, depth_in_strip, farthest_from_half, hidden, learn, learn_all};
use super::{learnt_and_stuck, moved, net, on_the_way, output_sum, shares};
use super::{start, steepest, stuck_and_freed};

/// Fills the page.
pub(crate) fn run(page: &mut Page) -> Result {
    let xor = xor();
    let seed = page.seed(50);
    page.table("by_hand", &truth(&by_hand(), 0));

    let straight = learn(2, Identity, &xor, seed)?;
    let answers = straight.predict(xor.inputs.view());
    page.value("without_a_bend", fixed(answers[[0, 0]], 3));
    let farthest = farthest_from_half(&straight, &xor);
    page.value("without_a_bend_apart", significant(farthest, 1));

    let networks = learn_all(&xor, seed)?;
    let [learnt, stuck] = learnt_and_stuck(&networks[1], &xor)?;
    page.table("learnt", &truth(learnt, 2));
    page.table("stuck", &truth(stuck, 2));
    page.value("steepest", significant(steepest(stuck, &xor), 1));
    let fresh = start(2, Tanh, seed);
    page.value("steepest_at_the_start", significant(steepest(&fresh, &xor), 1));
    page.figure("planes", &planes());
    page.figure("folded", &folded(&on_the_way(&networks[1], &xor, seed)?));
    page.live(&FOLD)?;

    let mut table = Table::new(["hidden neurons", "solve XOR", "other setting"]);
    for (size, networks) in SIZES.into_iter().zip(&networks) {
        let shares = shares(networks, &xor);
        table.row(Row::of([size]).and(shares.map(|share| percent(share, 0))));
    }
    page.table("shares", &table);
    let counts = stuck_and_freed(&networks[1], &xor)?;
    let names = ["as above", "other setting"].into_iter();
    let rows = names.zip(counts).map(|(name, counts)| Row::of([name]).and(counts));
    page.table(
        "patience",
        &Table::of(["two hidden neurons", "stuck", "then free"], rows),
    );
    page.value("patience", PATIENCE);
    page.value("starts", STARTS);
    // Chance moves a share the most where it is one half.
    page.value("share_luck", percent(standard_error(0.5, STARTS as usize), 0));
    page.value("rate", TRAINING.rate);
    page.value("quadratic_rate", QUADRATIC.rate);
    page.value("quadratic_epochs", count(QUADRATIC.epochs));
    page.value("epochs", count(TRAINING.epochs));
    Ok(())
}

/// What the hidden neurons and the output say to each pair of bits.
fn truth(network: &Network, decimals: usize) -> Table {
    let xor = xor();
    let hidden = hidden(network).predict(xor.inputs.view()); // (4, 2)
    let output = network.predict(xor.inputs.view()); // (4, 1)
    let rows = (0..4).map(|row| {
        let says = hidden.row(row).into_iter().chain(output.row(row));
        Row::of(xor.inputs.row(row))
            .and(says.map(|says| fixed(*says, decimals)))
            .and(xor.targets.row(row))
    });
    Table::of(["x₁", "x₂", "h₁", "h₂", "output", "XOR"], rows)
}

/// By hand, the plane of the inputs and the plane of what the hidden neurons say.
fn planes() -> Figure {
    let (hand, bits) = (&by_hand(), xor().inputs);
    let strip = |x| depth_in_strip(hand, x);
    let behind = hidden(hand).predict(bits.view());
    let range = -0.6..=1.6;
    let before = plane(["x₁", "x₂"], &range, strip).heading("what goes in");
    let after = plane(["h₁, OR", "h₂, NAND"], &range, |h| output_sum(hand, h));
    let line = |at, gate| Note::new(at, gate).align(Align::Middle).color(Color::Muted);
    let before = before.draw(line((-0.3, 0.45), "OR")).draw(line((1.28, 0.6), "NAND"));
    let after = after.heading("what the hidden two say").draw(line((0.52, 0.62), "AND"));
    Figure::new(
        "XOR before and after the hidden layer",
        "In the plane of the inputs the corners 01 and 10 must be parted from 00 and 11 by two lines. In the plane of the hidden neurons one straight line does it.",
    )
    .panel(with_bits(before, &bits))
    .panel(with_bits(after, &behind))
}

/// What becomes of the square of the inputs behind two hidden neurons while they learn.
fn folded(way: &[Network]) -> Figure {
    let bits = xor().inputs;
    let range = -1.45..=1.45;
    let figure = Figure::new(
        "A square folded by two neurons",
        "Four planes of what the two hidden neurons say, with a net that was a square of the inputs. At the start it is a slanted square. Step by step it is squeezed flat and bent, until 00 and 11 lie on one another and one straight border parts them from 01 and 10.",
    );
    way.iter().zip(LOOKS).fold(figure, |figure, (network, updates)| {
        let heading = match updates {
            0 => "at the start".to_string(),
            _ => format!("after {} updates", count(updates)),
        };
        let plane = plane(["h₁", "h₂"], &range, |h| output_sum(network, h));
        let place = |says: [f64; 2]| (says[0], says[1]);
        let plane = net().into_iter().fold(plane.heading(heading), |plane, thread| {
            let thread = moved(network, &thread).into_iter().map(place);
            plane.draw(Line::new(thread).color(Color::Ink).faint())
        });
        figure.panel(with_bits(plane, &hidden(network).predict(bits.view())))
    })
}

/// A plane with the places where the output says yes.
pub(super) fn plane(
    names: [&str; 2],
    range: &RangeInclusive<f64>,
    sum: impl Fn([f64; 2]) -> f64,
) -> Panel {
    let ticks = [-1.0, 0.0, 1.0].into_iter().filter(|tick| range.contains(tick));
    let axis = |name| Axis::new(name).range(range.clone()).ticks(ticks.clone());
    let sums = Field::sample(range.clone(), range.clone(), |x, y| sum([x, y]));
    let yes = Regions::split(&sums, 0.0).colors([Color::Surface, Color::Blue]);
    Panel::new().x(axis(names[0])).y(axis(names[1])).equal().draw(yes)
}

/// The four pairs of bits where they lie in the plane.
pub(super) fn with_bits(panel: Panel, places: &Array2<f64>) -> Panel {
    let markers = [(0.0, Marker::Ring), (1.0, Marker::Circle)];
    markers.into_iter().fold(panel, |panel, (target, marker)| {
        let named = named(places, target);
        let points = Points::new(named.iter().map(|(at, _)| *at)).color(Color::Ink);
        let panel = panel.draw(points.marker(marker).radius(7.0));
        named.into_iter().fold(panel, |panel, ((x, y), name)| {
            // Above the upper points and below the lower ones no border passes, and a fold opens downwards.
            let above = y > 0.5 || name.contains(',');
            let beside = if above { 0.26 } else { -0.26 };
            let aside = if name.contains(',') { 0.1 } else { 0.0 };
            panel.draw(Note::new((x - aside, y + beside), name).align(Align::Middle))
        })
    })
}

/// Where the pairs of bits with this target lie, each place with the names of all pairs that lie there, or so near that
/// their markers would cover each other.
fn named(places: &Array2<f64>, target: f64) -> Vec<((f64, f64), String)> {
    let xor = xor();
    let mut named: Vec<((f64, f64), String)> = Vec::new();
    for row in (0..4).filter(|row| xor.targets[[*row, 0]] == target) {
        let at = (places[[row, 0]], places[[row, 1]]);
        let name = format!("{}{}", xor.inputs[[row, 0]], xor.inputs[[row, 1]]);
        let near = |(x, y): (f64, f64)| (x - at.0).abs().max((y - at.1).abs()) < 0.2;
        match named.iter_mut().find(|(place, _)| near(*place)) {
            Some((_, names)) => *names = format!("{names}, {name}"),
            None => named.push((at, name)),
        }
    }
    named
}
