//! What the slope of every weight costs, counted in multiplications: backpropagation against shaking the weights one by one.

use lesson::{Page, Result, Row, Table, count, significant};
use nn::random::normal;
use nn::{Activation, Cost, Network, seeded};
use plot::{Axis, Color, Figure, Line, Panel, Points};

/// Inputs, hidden neurons and outputs are equally many; these give 10 to 10⁶ parameters.
const WIDTHS: [usize; 6] = [2, 7, 22, 70, 223, 707];

/// Up to this many multiplications a way is run; beyond, it is calculated.
const PATIENCE: f64 = 2e8;

/// How far a parameter is shaken.
const H: f64 = 1e-6;

/// Multiplies, and counts how often.
#[derive(Debug, Default)]
pub struct Counter {
    /// How many multiplications there were.
    pub multiplications: usize,
}

impl Counter {
    /// The product, counted.
    pub fn times(&mut self, a: f64, b: f64) -> f64 {
        self.multiplications += 1;
        a * b
    }
}

/// What goes in, and each layer's outputs.
pub fn forward(
    network: &Network,
    inputs: &[f64],
    counter: &mut Counter,
) -> Vec<Vec<f64>> {
    let mut outputs = vec![inputs.to_vec()];
    for layer in &network.layers {
        let mut sums = layer.biases.to_vec();
        for (input, weights) in
            outputs[outputs.len() - 1].iter().zip(layer.weights.rows())
        {
            for (sum, weight) in sums.iter_mut().zip(weights) {
                *sum += counter.times(*input, *weight);
            }
        }
        layer.activation.apply(&mut sums);
        outputs.push(sums);
    }
    outputs
}

/// Every slope by one forward and one backward pass: the four equations, in plain loops.
pub fn backpropagation(
    network: &Network,
    inputs: &[f64],
    targets: &[f64],
    counter: &mut Counter,
) -> Vec<f64> {
    let outputs = forward(network, inputs, counter);
    let mut slopes = Vec::new(); // one list per layer, the last layer first
    let mut delta = errors(network, &outputs, targets);
    for (index, layer) in network.layers.iter().enumerate().rev() {
        let before = &outputs[index]; // what came into this layer
        let mut of_layer = Vec::new();
        for input in before {
            of_layer.extend(delta.iter().map(|d| counter.times(*input, *d)));
        }
        of_layer.extend(&delta); // the biases
        slopes.push(of_layer);
        if index == 0 {
            break; // nobody will change the inputs
        }
        let mut below = Vec::new();
        for (output, weights) in before.iter().zip(layer.weights.rows()) {
            let sent_back: f64 =
                weights.iter().zip(&delta).map(|(w, d)| counter.times(*w, *d)).sum();
            let slope = 1.0 - counter.times(*output, *output); // of tanh
            below.push(counter.times(sent_back, slope));
        }
        delta = below;
    }
    slopes.reverse(); // now the first layer first
    slopes.concat()
}

/// Every slope by forward passes alone: one as it is, and one with each parameter shaken.
pub fn differences(
    network: &Network,
    inputs: &[f64],
    targets: &[f64],
    counter: &mut Counter,
) -> Vec<f64> {
    let mut network = network.clone();
    let mut cost = |network: &Network| {
        let outputs = forward(network, inputs, counter);
        Cost::Quadratic.value(&outputs[outputs.len() - 1], targets)
    };
    let unshaken = cost(&network);
    let mut slopes = Vec::new();
    for place in 0..network.parameter_count() {
        let before = *parameter(&mut network, place);
        *parameter(&mut network, place) += H;
        slopes.push((cost(&network) - unshaken) / H);
        *parameter(&mut network, place) = before;
    }
    slopes
}

/// Fills the page.
pub fn run(page: &mut Page) -> Result {
    let counts: Vec<Count> = WIDTHS.map(|width| counted(width, page.seed(41))).into();
    let (passes, ratios) = (passes(&counts), ratios(&counts));
    page.table("passes", &passes);
    page.table("ratios", &ratios);
    page.figure("counts", &drawn(&counts));
    for (name, row) in [("small", 0), ("middle", 2), ("large", WIDTHS.len() - 1)] {
        let parameters = count(counts[row].parameters);
        page.value(
            &format!("{name}_passes"),
            passes.cell(&parameters, "backprop / pass"),
        );
        page.value(&format!("{name}_ratio"), ratios.cell(&parameters, "/ backprop"));
        page.value(&format!("{name}_sparing"), ratios.cell(&parameters, "/ backprop "));
        page.value(&format!("{name}_parameters"), parameters);
        page.value(&format!("{name}_width"), WIDTHS[row]);
    }
    let [middle, large] = [&counts[2], &counts[5]];
    page.value("difference", significant(middle.difference.unwrap_or(f64::NAN), 1));
    page.value("days", significant(large.ratio() / 86_400.0, 2));
    page.value("share", significant(large.ratio() / large.parameters as f64, 3));
    Ok(())
}

/// What each way takes for one network.
struct Count {
    parameters: usize,
    pass: f64,
    backpropagation: f64,
    shaking: f64,
    /// Whether shaking was run; if not, it is so many passes.
    run: bool,
    sparing: f64,
    /// The largest difference between the slopes that the two ways find, where both were run.
    difference: Option<f64>,
}

impl Count {
    fn ratio(&self) -> f64 {
        self.shaking / self.backpropagation
    }
}

fn counted(width: usize, seed: u64) -> Count {
    let rng = &mut seeded(seed);
    let network = Network::new(&[width; 3], Activation::Tanh, rng);
    let mut numbers = || (0..width).map(|_| normal(rng)).collect::<Vec<f64>>();
    let (inputs, targets) = (numbers(), numbers());

    let multiplications = |way: &mut dyn FnMut(&mut Counter)| {
        let mut counter = Counter::default();
        way(&mut counter);
        counter.multiplications as f64
    };
    let pass = multiplications(&mut |counter| drop(forward(&network, &inputs, counter)));
    let mut exact = Vec::new();
    let backpropagation = multiplications(&mut |counter| {
        exact = self::backpropagation(&network, &inputs, &targets, counter);
    });
    let parameters = network.parameter_count();
    let mut shaking = (parameters + 1) as f64 * pass;
    let run = shaking < PATIENCE;
    let mut difference = None;
    if run {
        let mut shaken = Vec::new();
        shaking = multiplications(&mut |counter| {
            shaken = differences(&network, &inputs, &targets, counter);
        });
        let apart = exact.iter().zip(&shaken).map(|(a, b)| (a - b).abs());
        difference = Some(apart.fold(0.0, f64::max));
    }
    let sparing = sparing(width);
    Count { parameters, pass, backpropagation, shaking, run, sparing, difference }
}

/// Shaking with nothing computed again that cannot have changed, for a network of two layers this wide.
///
/// A hidden neuron's weight needs a product for its own sum and one for each output's; its bias one for
/// each output's; an output's weight needs one; an output's bias none.
fn sparing(width: usize) -> f64 {
    let width = width as f64;
    let unshaken = 2.0 * width * width;
    let hidden = width * width * (1.0 + width) + width * width;
    unshaken + hidden + width * width
}

/// ∂C/∂z at the outputs, which do not bend.
fn errors(network: &Network, outputs: &[Vec<f64>], targets: &[f64]) -> Vec<f64> {
    let last = network.layers.len() - 1;
    assert_eq!(
        network.layers[last].activation,
        Activation::Identity,
        "no slope is counted"
    );
    outputs[last + 1].iter().zip(targets).map(|(a, y)| a - y).collect()
}

fn parameter(network: &mut Network, place: usize) -> &mut f64 {
    network
        .parameters_mut()
        .nth(place)
        .expect("places count up to the number of parameters")
}

/// What one row takes, forward and backward.
fn passes(counts: &[Count]) -> Table {
    let mut table =
        Table::new(["parameters n", "one pass", "backprop", "backprop / pass"]);
    for way in counts {
        let ratio = significant(way.backpropagation / way.pass, 3);
        let row = Row::of(
            [way.parameters, way.pass as usize, way.backpropagation as usize].map(count),
        );
        table.row(row.and([ratio]));
    }
    table
}

/// What both ways of shaking take, and how often backpropagation could be done for that.
fn ratios(counts: &[Count]) -> Table {
    let headings =
        ["parameters n", "n + 1 passes", "", "/ backprop", "sparing", "/ backprop "];
    let mut table = Table::new(headings);
    for way in counts {
        let row = Row::of([count(way.parameters), whole(way.shaking)])
            .and([if way.run { "run" } else { "calculated" }])
            .and([rounded(way.ratio()), whole(way.sparing)])
            .and([rounded(way.sparing / way.backpropagation)]);
        table.row(row);
    }
    table
}

fn whole(number: f64) -> String {
    if number < 1e10 { count(number as usize) } else { significant(number, 3) }
}

fn rounded(ratio: f64) -> String {
    if ratio < 100.0 { significant(ratio, 3) } else { count(ratio.round() as usize) }
}

fn drawn(counts: &[Count]) -> Figure {
    type Number = fn(&Count) -> f64;
    let ways: [(&str, Color, Number); 3] = [
        ("shaking", Color::Vermillion, |way| way.shaking),
        ("sparing", Color::Green, |way| way.sparing),
        ("backprop", Color::Blue, |way| way.backpropagation),
    ];
    let mut panel = Panel::new()
        .x(Axis::new("parameters n").log().range(8.0..=2e7).tick_labels([
            (1e1, "10"),
            (1e2, "10²"),
            (1e3, "10³"),
            (1e4, "10⁴"),
            (1e5, "10⁵"),
            (1e6, "10⁶"),
        ]))
        .y(Axis::new("multiplications for the slope of every parameter").log());
    for (name, color, number) in ways {
        let points =
            || counts.iter().map(move |way| (way.parameters as f64, number(way)));
        panel = panel
            .draw(Line::new(points()).color(color).label(name))
            .draw(Points::new(points()).color(color));
    }
    Figure::new(
        "What all slopes cost",
        "Multiplications against parameters on logarithmic axes. Backpropagation grows with n, shaking with the square of n.",
    )
    .panel(panel)
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::Array2;
    use nn::math::log10;
    use nn::{Backprop, Examples};

    /// How steep a log-log line is between the first and the last count.
    fn steepness(counts: &[Count], number: fn(&Count) -> f64) -> f64 {
        let (first, last) = (&counts[0], &counts[counts.len() - 1]);
        log10(number(last) / number(first))
            / log10(last.parameters as f64 / first.parameters as f64)
    }

    #[test]
    fn the_plain_loops_find_the_gradient_of_the_core() {
        let rng = &mut seeded(1);
        let network = Network::new(&[3, 5, 4, 2], Activation::Tanh, rng);
        let (inputs, targets) = ([0.3, -1.0, 2.0], [0.5, -0.5]);
        let slopes =
            backpropagation(&network, &inputs, &targets, &mut Counter::default());
        let row = |numbers: &[f64]| {
            Array2::from_shape_vec((1, numbers.len()), numbers.to_vec()).unwrap()
        };
        let mut core = Backprop::new(&network, 1);
        core.run(&network, &Examples::new(row(&inputs), row(&targets)), Cost::Quadratic);
        let wanted: Vec<f64> = core.gradients().entries().collect();
        assert_eq!(slopes.len(), wanted.len());
        assert!(slopes.iter().zip(&wanted).all(|(a, b)| (a - b).abs() < 1e-14));
        let shaken = differences(&network, &inputs, &targets, &mut Counter::default());
        assert!(shaken.iter().zip(&wanted).all(|(a, b)| (a - b).abs() < 1e-4));
    }

    /// 2k² for the pass, 2k² for equation 3, k² for equation 2, 2k for the slopes: 5k² + 2k.
    #[test]
    fn the_counts_are_those_that_were_derived() {
        for width in [2, 7, 22] {
            let (way, k) = (counted(width, 1), width as f64);
            let parameters = 2.0 * k * k + 2.0 * k;
            assert_eq!(way.parameters as f64, parameters);
            assert_eq!(way.pass, 2.0 * k * k);
            assert_eq!(way.backpropagation, 5.0 * k * k + 2.0 * k);
            assert!(way.run);
            assert_eq!(way.shaking, (parameters + 1.0) * 2.0 * k * k);
        }
    }

    #[test]
    fn backpropagation_grows_with_n_and_shaking_with_its_square() {
        let counts: Vec<Count> = [7, 22, 70].map(|width| counted(width, 1)).into();
        assert!((steepness(&counts, |way| way.backpropagation) - 1.0).abs() < 0.05);
        assert!((steepness(&counts, |way| way.shaking) - 2.0).abs() < 0.05);
    }

    /// Counts the products one by one: what changes when one parameter is shaken.
    #[test]
    fn the_sparing_way_is_counted_rightly() {
        for k in [1_usize, 2, 5] {
            let mut products = 2 * k * k;
            for _hidden in 0..k {
                products += k; // its bias: one product per output
                for _weight in 0..k {
                    products += 1 + k;
                }
            }
            products += k * k; // an output's weight: one product each
            assert_eq!(sparing(k), products as f64);
        }
    }
}
