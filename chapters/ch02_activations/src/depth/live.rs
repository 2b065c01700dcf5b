//! The gradient of one deep network, layer by layer, for any bend and any size of its random weights.

use std::cell::OnceCell;

use datasets::digits;
use lesson::{Kind, Knob, Knobs, Live, Page, Result, percent, significant};
use ndarray::Array2;
use nn::{Activation, Examples, Network, seeded};
use plot::{Axis, Color, Dash, Figure, Line, Panel, Points, Rule};

use super::shown::rounded;
use super::{DEPTH, ROWS, Start, WIDTH, deep, sizes};

/// How much of the message arrives.
pub const MESSAGE: Live = Live {
    name: "message",
    knobs: &[
        Knob {
            name: "bend",
            label: "bend",
            kind: Kind::Choice { of: &["sigmoid", "tanh", "ReLU"], book: 0 },
        },
        Knob {
            name: "weights",
            label: "weights, times",
            kind: Kind::Stops { at: &TIMES, book: 1.0 },
        },
        Knob { name: "start", label: "other random weights", kind: Kind::Start },
    ],
    draw,
};

const BENDS: [Activation; 3] = [Activation::Sigmoid, Activation::Tanh, Activation::Relu];

/// How many times as large the weights are as with a gain of 1; 1.4 is He's, or nearly.
const TIMES: [f64; 10] = [0.5, 0.7, 1.0, 1.4, 2.0, 2.8, 4.0, 5.6, 8.0, 11.0];

const SEED: u64 = 2_500;

thread_local! {
    static DIGITS: OnceCell<Examples> = const { OnceCell::new() };
}

/// The network that the knobs name.
fn network(bend: Activation, times: f64, start: u64) -> Network {
    deep(Start { name: "", bend, gain: times * times }, WIDTH, SEED + 1 + start)
}

fn with_digits<T>(use_of: impl FnOnce(&Examples) -> T) -> T {
    DIGITS.with(|kept| {
        use_of(kept.get_or_init(|| digits().split(ROWS, &mut seeded(SEED)).0))
    })
}

/// The share of the hidden outputs at which the slope of the bend is below a tenth of its largest.
fn flat(network: &Network, digits: &Examples) -> f64 {
    let mut inputs = digits.inputs.clone();
    let (mut flat, mut all) = (0, 0);
    for layer in &network.layers[..DEPTH] {
        let mut outputs = Array2::zeros((inputs.nrows(), layer.outputs()));
        layer.forward(inputs.view(), outputs.view_mut());
        let bend = layer.activation;
        let steepest = if bend == Activation::Sigmoid { 0.25 } else { 1.0 };
        flat += outputs.iter().filter(|a| bend.slope(**a) < 0.1 * steepest).count();
        all += outputs.len();
        inputs = outputs;
    }
    flat as f64 / all as f64
}

fn draw(knobs: &Knobs, page: &mut Page) -> Result {
    let (bend, times) = (BENDS[knobs.count("bend")], knobs.number("weights"));
    let network = network(bend, times, knobs.count("start") as u64);
    let (sizes, flat) =
        with_digits(|digits| (sizes(&network, digits), flat(&network, digits)));
    let (first, last) = (sizes[0], sizes[DEPTH - 1]);
    page.figure("message", &figure(&sizes));
    let share = first / last;
    let share = if share < 0.1 {
        format!("1/{}", rounded(1.0 / share))
    } else {
        significant(share, 2)
    };
    page.value("message_share", share);
    page.value("message_flat", percent(flat, 0));
    Ok(())
}

fn figure(sizes: &[f64]) -> Figure {
    let places =
        sizes.iter().enumerate().map(|(layer, size)| (layer as f64 + 1.0, *size));
    let places: Vec<_> = places.collect();
    let panel = Panel::new()
        .x(Axis::new("hidden layer, counted from the inputs")
            .ticks((1..=DEPTH).map(|layer| layer as f64)))
        .y(Axis::new("size of the gradient").log().range(1e-9..=1e9))
        .aspect(1.4)
        .draw(Rule::horizontal(sizes[DEPTH - 1]).color(Color::Muted).dash(Dash::Dashed))
        .draw(Line::new(places.iter().copied()).color(Color::Blue))
        .draw(Points::new(places).color(Color::Blue));
    Figure::new(
        "The gradient in ten layers of one network",
        "The size of the gradient in each hidden layer of a network before training, and a dashed line at that of the last \
         layer, where the message comes in.",
    )
    .panel(panel)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(bend: Activation, times: f64, start: u64) -> Vec<f64> {
        with_digits(|digits| sizes(&network(bend, times, start), digits))
    }

    #[test]
    fn louder_weights_saturate_a_sigmoid_and_leave_a_relu_as_it_is() {
        let flat =
            |bend, times| with_digits(|digits| flat(&network(bend, times, 0), digits));
        assert_eq!(flat(Activation::Sigmoid, 1.0), 0.0);
        assert!(flat(Activation::Sigmoid, 11.0) > 0.5);
        let [quiet, loud] = [1.0, 11.0].map(|times| flat(Activation::Relu, times));
        assert!((quiet - loud).abs() < 0.01 && (0.3..0.7).contains(&quiet));
    }

    /// What the first layer gets for each of what the last gets.
    fn share(bend: Activation, times: f64, start: u64) -> f64 {
        let sizes = message(bend, times, start);
        sizes[0] / sizes[DEPTH - 1]
    }

    #[test]
    fn a_sigmoid_hears_only_with_very_loud_weights_and_tanh_with_ordinary_ones() {
        for start in 0..5 {
            assert!(share(Activation::Sigmoid, 1.0, start) < 1e-4);
            assert!(share(Activation::Sigmoid, 4.0, start) < 0.1);
            assert!((0.3..20.0).contains(&share(Activation::Sigmoid, 11.0, start)));
            assert!((0.3..10.0).contains(&share(Activation::Tanh, 1.0, start)));
            assert!(share(Activation::Tanh, 8.0, start) > 100.0);
        }
    }

    #[test]
    fn with_relu_the_line_is_as_level_whatever_the_weights_but_not_as_high() {
        for start in 0..5 {
            let shares = TIMES.map(|times| share(Activation::Relu, times, start));
            assert!(shares.iter().all(|share| (0.3..10.0).contains(share)), "{shares:?}");
            let [low, high] =
                [1.0, 4.0].map(|times| message(Activation::Relu, times, start));
            assert!(high[0] > 1e5 * low[0]);
        }
    }
}
