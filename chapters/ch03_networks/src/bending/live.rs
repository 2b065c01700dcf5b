//! The fold of XOR, update by update and from one random start after another.

use datasets::xor;
use lesson::{Kind, Knob, Knobs, Live, Page, Result};
use nn::Network;
use plot::{Color, Figure, Line, Panel};

use super::shown::{plane, with_bits};
use super::{FOLDING, hidden, learnt_after, moved, net, output_sum};

/// The square of the inputs and what two hidden neurons make of it.
pub const FOLD: Live = Live {
    name: "fold",
    knobs: &[
        Knob { name: "start", label: "new start", kind: Kind::Start },
        Knob {
            name: "updates",
            label: "updates",
            kind: Kind::Steps { most: FOLDING, stride: 2, book: FOLDING },
        },
    ],
    draw,
};

/// The seed of the book's start, the first from which two hidden neurons learn XOR; the others follow it.
pub(super) const FIRST: u64 = 51;

fn draw(knobs: &Knobs, page: &mut Page) -> Result {
    let updates = knobs.count("updates");
    let network = learnt_after(FIRST + knobs.count("start") as u64, updates)?;
    page.figure("fold", &figure(&network));
    let xor = xor();
    let right = network.accuracy(&xor) * xor.rows() as f64;
    page.value("fold_right", right);
    page.value("fold_updates", updates);
    Ok(())
}

fn figure(network: &Network) -> Figure {
    let bits = xor().inputs;
    let says = |inputs: [f64; 2]| {
        let [hidden] = moved(network, &[inputs])[..] else { return f64::NAN };
        output_sum(network, hidden)
    };
    let before = plane(["x₁", "x₂"], &(-0.6..=1.6), says).heading("what goes in");
    let after = plane(["h₁", "h₂"], &(-1.45..=1.45), |h| output_sum(network, h));
    let after = after.heading("what the hidden two say");
    let behind = hidden(network).predict(bits.view());
    let laid: Vec<_> = net().iter().map(|thread| moved(network, thread)).collect();
    Figure::new(
        "A square folded by two neurons, and unfolded again",
        "On the left the plane of the inputs, with a net over the square of the four pairs of bits and the places shaded where \
         the network says yes. On the right the plane of what the two hidden neurons say, with what has become of the net, and \
         one straight border of the yes.",
    )
    .panel(with_bits(with_net(before, net()), &bits))
    .panel(with_bits(with_net(after, laid), &behind))
}

fn with_net(panel: Panel, threads: Vec<Vec<[f64; 2]>>) -> Panel {
    threads.into_iter().fold(panel, |panel, thread| {
        let places = thread.into_iter().map(|[x, y]| (x, y));
        panel.draw(Line::new(places).color(Color::Ink).faint())
    })
}
