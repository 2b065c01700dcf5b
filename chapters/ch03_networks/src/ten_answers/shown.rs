//! The weights of both readers as pictures, and how many digits each gets right.

use datasets::digits::SIDE;
use lesson::{Page, Result, Row, Spread, Table};
use lesson::{count, fixed, percent, significant, standard_error};
use nn::{Examples, Network, math};
use plot::{Align, Axis, Color, Dash, Figure, HeatMap, Line};
use plot::{Marker, Note, Panel, Picture, Points};

use super::{EPOCHS, HIDDEN, Pair, RATES, READERS, ROWS, STARTS};
use super::{cross_entropy, given};
use super::{for_and_against, learn_all, loudest, most_heard, split};

const NAMES: [&str; 2] = ["in a row", "behind a hidden layer"];

/// Fills the page.
pub(crate) fn run(page: &mut Page) -> Result {
    let (train, test) = split(page.seed(6));
    let pairs = learn_all(&train, &test, page.seed(80))?;
    let [row, hidden] = &pairs[0].readers;
    page.figure("row", &row_drawn(row));
    page.figure("loudest", &loudest_drawn(hidden, &test));
    page.figure("hidden", &hidden_drawn(hidden));
    page.figure("right", &right_drawn(&pairs));
    page.table("right", &right(&pairs));

    let given = given(row, &test);
    let right: Vec<f64> = given.iter().map(|[right, _]| *right).collect();
    let costly = three(&right);
    let worst = given.iter().min_by(|a, b| a[0].total_cmp(&b[0]));
    page.value("wrong_answer_p", significant(worst.ok_or("no digit")?[1], 2));
    page.figure("cross_entropy", &cross_entropy_drawn(costly));
    for (name, p) in ["sure", "doubtful", "wrong"].into_iter().zip(costly) {
        page.value(&format!("{name}_p"), significant(p, 2));
        page.value(&format!("{name}_cost"), fixed(cross_entropy(p), 2));
        page.value(&format!("{name}_pull"), fixed(1.0 - p, 2));
    }

    let better = pairs.iter().filter(|pair| pair.unseen[1] > pair.unseen[0]).count();
    page.value("better", better);
    let apart = pairs.iter().map(|pair| 100.0 * (pair.unseen[1] - pair.unseen[0]));
    page.value("apart", fixed(Spread::of(apart).median(), 1));
    for (reader, name) in ["row", "hidden"].into_iter().enumerate() {
        let alone = Spread::of(pairs.iter().map(|pair| pair.alone[reader] as f64));
        page.value(&format!("only_{name}"), fixed(alone.median(), 0));
    }
    let median = Spread::of(pairs.iter().map(|pair| pair.unseen[0])).median();
    page.value("luck", percent(standard_error(median, test.rows()), 1));
    page.value("starts", STARTS);
    page.value("hidden", HIDDEN);
    page.value("rows", count(ROWS));
    page.value("unseen", test.rows());
    page.value("epochs", EPOCHS);
    page.value("rate_row", READERS[0].1);
    page.value("rate_hidden", READERS[1].1);
    page.value("rates", RATES.map(|rate| rate.to_string()).join(", "));
    Ok(())
}

/// The pictures of some neurons' weights, with a heading each.
fn pictures(
    figure: Figure,
    network: &Network,
    heading: impl Fn(usize) -> String,
) -> Figure {
    let weights = &network.layers[0].weights; // (pixels, neurons)
    let size = weights.iter().fold(0.0_f64, |size, weight| size.max(weight.abs()));
    let picture = |(neuron, weights): (usize, _)| {
        let map = HeatMap::new(SIDE, weights).diverging().full_at(size);
        Panel::picture(map).heading(heading(neuron))
    };
    let neurons = weights.columns().into_iter().map(|column| column.to_vec());
    neurons.enumerate().map(picture).fold(figure, Figure::panel)
}

fn row_drawn(network: &Network) -> Figure {
    let figure = Figure::new(
        "Ten neurons as pictures",
        "The 64 weights of each of ten neurons as an image: blue where ink speaks for the digit, vermillion where it speaks against it.",
    );
    pictures(figure.columns(5), network, |digit| digit.to_string())
}

fn hidden_drawn(network: &Network) -> Figure {
    let figure = Figure::new(
        "What the hidden neurons look at",
        "The 64 weights of each hidden neuron as an image: edges, gaps and strokes rather than digits.",
    );
    pictures(figure.columns(4), network, |neuron| {
        let [most, least] = for_and_against(network, neuron);
        format!("{most}, not {least}")
    })
}

/// A row for each of the neurons that are heard most: its weights, and the digits at which it is loudest.
fn loudest_drawn(network: &Network, digits: &Examples) -> Figure {
    let named = datasets::labels(digits);
    let size =
        network.layers[0].weights.iter().fold(0.0_f64, |size, w| size.max(w.abs()));
    let digit = |row: usize, says: &str| {
        let picture = Picture::new(SIDE, digits.inputs.row(row).to_vec());
        Panel::picture(picture).heading(format!("{says} this {}", named[row]))
    };
    let figure = Figure::new(
        "Three hidden neurons and what they answer to",
        "A row for each of three hidden neurons. On the left its 64 weights as an image, in the middle the unseen digit to which it says the loudest yes, on the right the one to which it says the loudest no. The ink of the first lies on the blue weights, that of the second on the vermillion ones.",
    );
    let neurons = most_heard(network, 3).into_iter();
    neurons.fold(figure.columns(3), |figure, neuron| {
        let weights = network.layers[0].weights.column(neuron).to_vec();
        let map = HeatMap::new(SIDE, weights).diverging().full_at(size);
        let [yes, no] = loudest(network, neuron, digits);
        figure
            .panel(Panel::picture(map).heading("its weights"))
            .panel(digit(yes, "yes to"))
            .panel(digit(no, "no to"))
    })
}

/// The most probable, a doubtful and the least probable of the right answers.
fn three(given: &[f64]) -> [f64; 3] {
    let spread = Spread::of(given.iter().copied());
    let from_half = |p: &f64| (p - 0.5).abs();
    let nearest = |a: &f64, b: &f64| from_half(a).total_cmp(&from_half(b));
    let doubtful = given.iter().copied().min_by(nearest).unwrap_or(0.5);
    [spread.median(), doubtful, spread.least()]
}

/// What a digit costs, over the probability that its right answer got.
fn cross_entropy_drawn([sure, doubtful, wrong]: [f64; 3]) -> Figure {
    let spots = [sure, doubtful, wrong].map(|p| (p, cross_entropy(p)));
    let note = |(p, cost): (f64, f64), (right, up), words: &str| {
        Note::new((p + right, cost + up), words).align(Align::Start)
    };
    let curve = (0..=400).map(|i| {
        let p = math::exp(-6.5 * f64::from(400 - i) / 400.0);
        (p, cross_entropy(p))
    });
    Figure::new(
        "What a digit costs",
        "The curve −ln p: very high where the right answer got hardly any probability, falling to zero where it got all. Three digits lie on it: one whose right neuron said a sure no high up, one in doubt, one that got a sure yes at the bottom.",
    )
    .panel(
        Panel::new()
            .x(Axis::new("probability p of the right answer").range(0.0..=1.0))
            .y(Axis::new("cost −ln p").range(0.0..=6.5))
            .aspect(1.6)
            .draw(Line::new(curve).color(Color::Blue))
            .draw(Points::new(spots).color(Color::Vermillion).marker(Marker::Circle).radius(5.0))
            .draw(note(spots[2], (0.04, 0.0), "a sure no"))
            .draw(note(spots[1], (0.03, 0.5), "in doubt"))
            .draw(note(spots[0], (-0.27, 0.6), "a sure yes")),
    )
}

/// How many numbers each reader has learnt, and what it gets right.
fn right(pairs: &[Pair]) -> Table {
    let rows = NAMES.into_iter().enumerate().map(|(reader, name)| {
        let spread = |shares: fn(&Pair) -> [f64; 2]| {
            Spread::of(pairs.iter().map(|pair| shares(pair)[reader]))
        };
        let [seen, unseen] = [spread(|pair| pair.seen), spread(|pair| pair.unseen)];
        let range = [unseen.least(), unseen.most()].map(|share| fixed(100.0 * share, 1));
        Row::of([name])
            .and([count(pairs[0].readers[reader].parameter_count())])
            .and([seen.median(), unseen.median()].map(|share| percent(share, 1)))
            .and([format!("{} – {} %", range[0], range[1])])
    });
    Table::of(["ten neurons", "numbers", "seen", "unseen", "from – to"], rows)
}

/// From every start a line, from what the one gets right to what the other does.
fn right_drawn(pairs: &[Pair]) -> Figure {
    let shares = Spread::of(pairs.iter().flat_map(|pair| pair.unseen));
    // In whole hundredths.
    let (low, high) = ((100.0 * shares.least()).floor(), (100.0 * shares.most()).ceil());
    let ticks = (low as usize..=high as usize).map(|hundredth| hundredth as f64 / 100.0);
    let ticks = ticks.map(|share| (share, percent(share, 0)));
    let y = Axis::new("unseen digits read").range(low / 100.0..=high / 100.0);
    let panel = Panel::new().x(Axis::new("").categories(NAMES)).y(y.tick_labels(ticks));
    let panel = pairs.iter().fold(panel, |panel, pair| {
        let ends = [(0.0, pair.unseen[0]), (1.0, pair.unseen[1])];
        panel.draw(Line::new(ends).color(Color::Muted).dash(Dash::Solid))
    });
    let points = |reader: usize, color| {
        let shares = pairs.iter().map(|pair| (reader as f64, pair.unseen[reader]));
        Points::new(shares).color(color).marker(Marker::Circle).radius(4.0)
    };
    Figure::new(
        "Unseen digits read with and without a hidden layer",
        "A line for each start: what the row of ten reads on the left, what ten behind a hidden layer read on the right.",
    )
    .panel(panel.draw(points(0, Color::Vermillion)).draw(points(1, Color::Blue)))
}
