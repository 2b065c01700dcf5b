//! Two neurons in front of a third, and a bend in each: XOR, which no single neuron can be, falls apart into easy halves.

mod live;
pub(crate) mod shown;

pub use live::FOLD;

use datasets::xor;
use lesson::Result;
use ndarray::{Array1, array, aview1};
use nn::Activation::{self, Tanh, Threshold};
use nn::{Backprop, Batch, Cost, Dense, Examples, Network, Training, seeded};
use rayon::prelude::*;

/// XOR as "OR, but not both": the first hidden neuron is OR, the second NAND, the output AND.
pub fn by_hand() -> Network {
    let hidden = Dense::new(
        array![[1.0, -1.0], [1.0, -1.0]], // (inputs, outputs)
        array![-0.5, 1.5],
        Threshold,
    );
    let output = Dense::new(array![[1.0], [1.0]], array![-1.5], Threshold);
    Network::from_layers(vec![hidden, output])
}

/// How a network learns XOR.
pub const TRAINING: Training = Training {
    cost: Cost::BinaryCrossEntropy,
    rate: 1.0,
    batch: Batch::Full,
    epochs: 1_000,
};

/// How it learns XOR with the other output and cost.
pub const QUADRATIC: Training =
    Training { cost: Cost::Quadratic, rate: 0.3, epochs: 3_000, ..TRAINING };

/// The largest slope of the cost along any weight or bias.
fn steepest(network: &Network, xor: &Examples) -> f64 {
    let mut backprop = Backprop::new(network, xor.rows());
    backprop.run(network, xor, TRAINING.cost);
    let slopes = backprop.gradients().entries();
    slopes.map(|slope| slope.abs()).fold(0.0, f64::max)
}

/// A network that has learnt nothing yet, with this bend between its layers and a sigmoid behind them.
fn start(hidden: usize, bend: Activation, seed: u64) -> Network {
    Network::new(&[2, hidden, 1], bend, &mut seeded(seed))
        .with_output(Activation::Sigmoid)
}

/// Trains a network with this many hidden neurons and this bend between its layers.
pub fn learn(
    hidden: usize,
    bend: Activation,
    xor: &Examples,
    seed: u64,
) -> Result<Network> {
    let mut network = start(hidden, bend, seed);
    TRAINING.run(&mut network, xor, &mut seeded(seed))?;
    Ok(network)
}

/// The same network with the identity as output and the quadratic cost.
fn learn_quadratic(hidden: usize, xor: &Examples, seed: u64) -> Result<Network> {
    let mut network = start(hidden, Tanh, seed).with_output(Activation::Identity);
    QUADRATIC.run(&mut network, xor, &mut seeded(seed))?;
    Ok(network)
}

/// How far a network's answers to the four pairs of bits are from one half, at most.
pub fn farthest_from_half(network: &Network, xor: &Examples) -> f64 {
    let answers = network.predict(xor.inputs.view()); // (4, 1)
    answers.iter().map(|answer| (answer - 0.5).abs()).fold(0.0, f64::max)
}

/// How many random starts each size gets.
pub const STARTS: u64 = 100;
/// How many hidden neurons we try.
pub const SIZES: [usize; 4] = [1, 2, 3, 4];

/// Whether a network answers all four pairs of bits right.
fn solves(network: &Network, xor: &Examples) -> bool {
    network.accuracy(xor) == 1.0
}

/// The networks of one size from every random start, each trained in either setting.
type Starts = Vec<[Network; 2]>;

/// For each of [`SIZES`], the networks from every random start.
pub fn learn_all(xor: &Examples, seed: u64) -> Result<Vec<Starts>> {
    let both = |hidden, start| -> Result<[Network; 2]> {
        let plain = learn(hidden, Tanh, xor, seed + start)?;
        Ok([plain, learn_quadratic(hidden, xor, seed + start)?])
    };
    let starts =
        |hidden| (0..STARTS).into_par_iter().map(move |start| both(hidden, start));
    SIZES.into_par_iter().map(|hidden| starts(hidden).collect()).collect()
}

/// The first network that learns XOR, and the first that gets stuck.
pub fn learnt_and_stuck<'a>(
    networks: &'a Starts,
    xor: &Examples,
) -> Result<[&'a Network; 2]> {
    let plain = networks.iter().map(|[plain, _]| plain);
    let first = |wanted| plain.clone().find(|network| solves(network, xor) == wanted);
    match (first(true), first(false)) {
        (Some(learnt), Some(stuck)) => Ok([learnt, stuck]),
        _ => Err("of these networks, some should learn XOR and some get stuck".into()),
    }
}

/// After how many updates we look at one that learns XOR.
pub const LOOKS: [usize; 4] = [0, 20, 40, 1_000];

/// The first network that learns XOR, as it was on its way: after each of [`LOOKS`]. `seed` is that of the first start.
pub fn on_the_way(networks: &Starts, xor: &Examples, seed: u64) -> Result<Vec<Network>> {
    let first = networks.iter().position(|[plain, _]| solves(plain, xor));
    let start_of = seed + first.ok_or("of these networks, one should learn XOR")? as u64;
    LOOKS.into_iter().map(|updates| learnt_after(start_of, updates)).collect()
}

/// After so many updates it is decided who learns XOR.
pub const FOLDING: usize = 300;

/// Two hidden neurons after so many updates, from the random start of this seed.
pub fn learnt_after(seed: u64, updates: usize) -> Result<Network> {
    let mut network = start(2, Tanh, seed);
    let training = Training { epochs: updates, ..TRAINING };
    training.run(&mut network, &xor(), &mut seeded(seed))?;
    Ok(network)
}

/// The share of random starts that end with four right answers, in either setting.
pub fn shares(networks: &Starts, xor: &Examples) -> [f64; 2] {
    let solved = |way: usize| networks.iter().filter(move |both| solves(&both[way], xor));
    [0, 1].map(|way| solved(way).count() as f64 / STARTS as f64)
}

/// How many times the updates those that are stuck get.
pub const PATIENCE: usize = 10;

/// In either setting, how many networks are stuck, and how many of them get free if they may go on.
pub fn stuck_and_freed(networks: &Starts, xor: &Examples) -> Result<[[usize; 2]; 2]> {
    let go_on = |network: &Network, training: Training| -> Result<bool> {
        let mut network = network.clone();
        let epochs = (PATIENCE - 1) * training.epochs;
        let rng = &mut seeded(0); // not asked: nothing is shuffled
        Training { epochs, ..training }.run(&mut network, xor, rng)?;
        Ok(solves(&network, xor))
    };
    let mut counts = [[0; 2]; 2];
    for (way, training) in [TRAINING, QUADRATIC].into_iter().enumerate() {
        let all = networks.par_iter().map(|both| &both[way]);
        let stuck = all.filter(|network| !solves(network, xor));
        let freed = stuck.map(|network| go_on(network, training));
        let freed = freed.collect::<Result<Vec<bool>>>()?;
        counts[way] = [freed.len(), freed.iter().filter(|is_free| **is_free).count()];
    }
    Ok(counts)
}

/// The hidden layer as a network of its own.
pub fn hidden(network: &Network) -> Network {
    Network::from_layers(vec![network.layers[0].clone()])
}

/// The weighted sums of a layer of two inputs.
fn weighted_sums(layer: &Dense, inputs: [f64; 2]) -> Array1<f64> {
    aview1(&inputs).dot(&layer.weights) + &layer.biases // (outputs)
}

/// What the output neuron sums up of what two hidden neurons say: above zero it says yes.
fn output_sum(network: &Network, hidden: [f64; 2]) -> f64 {
    weighted_sums(&network.layers[1], hidden)[0]
}

/// How deep two inputs lie in the strip between the lines of OR and NAND: the smaller of their sums.
fn depth_in_strip(network: &Network, inputs: [f64; 2]) -> f64 {
    let sums = weighted_sums(&network.layers[0], inputs);
    sums[0].min(sums[1])
}

/// A net over the square of the two inputs: straight threads, each as many places.
fn net() -> Vec<Vec<[f64; 2]>> {
    let share = |i: i32, of: i32| f64::from(i) / f64::from(of);
    let thread = |at: f64, across: bool| {
        let along = (0..=40).map(|i| share(i, 40));
        along.map(|along| if across { [along, at] } else { [at, along] }).collect()
    };
    let one = |i| [true, false].map(|across| thread(share(i, 8), across));
    (0..=8).flat_map(one).collect()
}

/// Where the hidden neurons put the places of a thread.
fn moved(network: &Network, thread: &[[f64; 2]]) -> Vec<[f64; 2]> {
    let says = |inputs: &[f64; 2]| {
        let sums = weighted_sums(&network.layers[0], *inputs);
        [0, 1].map(|neuron| Tanh.value(sums[neuron]))
    };
    thread.iter().map(says).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_ends_where_the_network_that_learns_does() {
        let networks = &learn_all(&xor(), 50).unwrap()[1];
        let way = on_the_way(networks, &xor(), 50).unwrap();
        let [learnt, _] = learnt_and_stuck(networks, &xor()).unwrap();
        assert!(way[LOOKS.len() - 1].parameters().eq(learnt.parameters()));
        assert!(!solves(&way[0], &xor()));
    }

    #[test]
    fn after_three_hundred_updates_it_is_decided_who_learns_xor() {
        let xor = xor();
        let learns = |seed| {
            let at = |updates| solves(&learnt_after(seed, updates).unwrap(), &xor);
            assert_eq!(at(FOLDING), at(TRAINING.epochs), "seed {seed}");
            at(FOLDING)
        };
        let learnt = (0..20).filter(|start| learns(live::FIRST + start)).count();
        assert!(learns(live::FIRST) && (5..=15).contains(&learnt), "{learnt} of 20");
    }

    /// A corner that wants a yes lies on one that wants a no.
    #[test]
    fn who_does_not_learn_xor_has_folded_a_yes_onto_a_no() {
        let xor = xor();
        let networks = (0..20).map(|start| learnt_after(live::FIRST + start, 1_000));
        let stuck = networks.map(Result::unwrap).filter(|network| !solves(network, &xor));
        for network in stuck {
            let places = hidden(&network).predict(xor.inputs.view());
            let apart = |a: usize, b: usize| {
                let between = &places.row(a) - &places.row(b);
                between.dot(&between).sqrt()
            };
            let pairs = [(0, 1), (0, 2), (3, 1), (3, 2)].map(|(no, yes)| apart(no, yes));
            let nearest = pairs.into_iter().fold(f64::INFINITY, f64::min);
            assert!(nearest < 0.1, "{nearest}");
        }
    }

    #[test]
    fn three_neurons_set_by_hand_are_xor() {
        let xor = xor();
        assert_eq!(by_hand().predict(xor.inputs.view()), xor.targets);
    }

    #[test]
    fn without_a_bend_every_answer_is_one_half() {
        let xor = xor();
        for (start, size) in [(1, 2), (2, 4), (3, 8)] {
            let network = learn(size, Activation::Identity, &xor, start).unwrap();
            for answer in network.predict(xor.inputs.view()) {
                assert!((answer - 0.5).abs() < 1e-3, "{answer}");
            }
        }
    }

    #[test]
    fn patience_frees_hardly_any_on_cross_entropy_and_some_on_the_quadratic_cost() {
        let xor = xor();
        let both = |start| {
            [learn(2, Tanh, &xor, start), learn_quadratic(2, &xor, start)]
                .map(Result::unwrap)
        };
        let networks: Starts = (0..STARTS).into_par_iter().map(both).collect();
        let [plain, quadratic] = stuck_and_freed(&networks, &xor).unwrap();
        assert!(plain[0] >= 20 && 20 * plain[1] <= plain[0], "{plain:?}");
        assert!(quadratic[0] >= 5 && 10 * quadratic[1] >= quadratic[0], "{quadratic:?}");
    }

    #[test]
    fn one_hidden_neuron_is_never_enough_and_four_nearly_always_are() {
        let xor = xor();
        let solved = |size| {
            (0..20)
                .map(|start| learn(size, Tanh, &xor, start).unwrap())
                .filter(|network| network.accuracy(&xor) == 1.0)
                .count()
        };
        assert_eq!(solved(1), 0);
        assert!(solved(4) >= 18);
    }
}
