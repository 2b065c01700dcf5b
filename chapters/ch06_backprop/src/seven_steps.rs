//! The notes' recipe in seven steps: how well it learns to read, what it gets wrong, and two words in it that matter.

use lesson::{Page, Result, Table, count, percent, significant};
use nn::{Activation, Batch, Cost, Examples, History, Network, Training, seeded};
use plot::{Axis, Band, Color, Figure, HeatMap, Line, Panel, Picture};
use rayon::prelude::*;

/// How often the whole experiment is repeated from other random numbers.
const RUNS: u64 = 10;

/// How many of the 1,797 digits are trained on; the rest are for the test.
const TRAIN_ROWS: usize = 1_437;

/// The settings of the book.
pub const TRAINING: Training = Training {
    cost: Cost::SoftmaxCrossEntropy,
    rate: 0.5,
    batch: Batch::Rows(32),
    epochs: 30,
};

/// What one training run leaves behind.
#[derive(Clone, Debug)]
pub struct Run {
    /// The trained network.
    pub network: Network,
    /// Per epoch, the mean cost of the rows as they were seen.
    pub costs: Vec<f64>,
    /// Before training and after each epoch, the share of digits it has never seen that it gets right.
    pub test: Vec<f64>,
    /// The same on the digits it trains on, if they were watched.
    pub train: Vec<f64>,
    /// How many updates were made.
    pub updates: usize,
}

/// Splits the digits, makes a network and trains it: three uses of randomness, three seeds.
pub fn learn(seed: u64, watch_training: bool) -> Result<(Run, Examples)> {
    let (train, test) = datasets::digits().split(TRAIN_ROWS, &mut seeded(seed));
    let mut network =
        Network::new(&[64, 32, 10], Activation::Tanh, &mut seeded(seed + 1));
    let (mut on_train, mut on_test) = (Vec::new(), Vec::new());
    let mut watch = |network: &Network| {
        on_test.push(network.accuracy(&test));
        if watch_training {
            on_train.push(network.accuracy(&train));
        }
    };
    watch(&network);
    let rng = &mut seeded(seed + 2);
    let mut run = TRAINING.start(&mut network, &train, rng)?;
    while run.epoch()?.is_some() {
        watch(run.network);
    }
    let History { costs, updates } = run.finish()?;
    Ok((Run { network, costs, test: on_test, train: on_train, updates }, test))
}

/// The first run is the one that the page shows; the others tell how far chance reaches.
fn learn_again_and_again(page: &Page) -> Result<Vec<(Run, Examples)>> {
    let progress = page.progress("training", RUNS as usize);
    let one = |index: u64| {
        let run = learn(page.seed(6 + 10 * index), index == 0);
        progress.step();
        run
    };
    (0..RUNS).into_par_iter().map(one).collect()
}

/// The notes' steps followed to the letter, where the letter is wrong.
struct Literally {
    /// Test accuracy when all weights start at exactly zero.
    zero: f64,
    /// What that network answers to the first test digit.
    zero_answer: usize,
    /// How many of the test digits get that very answer.
    zero_alike: usize,
    /// Test accuracy when step 6 repeats step 1 too: new random weights before every update.
    restart: f64,
}

fn literally(seed: u64) -> Result<Literally> {
    let (train, test) = datasets::digits().split(TRAIN_ROWS, &mut seeded(seed));
    let mut network =
        Network::new(&[64, 32, 10], Activation::Tanh, &mut seeded(seed + 1));
    network.parameters_mut().for_each(|number| *number = 0.0);
    TRAINING.run(&mut network, &train, &mut seeded(seed + 2))?;
    let zero = network.accuracy(&test);
    let answers = network.classify(test.inputs.view());
    let zero_answer = answers[0];
    let zero_alike = answers.iter().filter(|&&answer| answer == zero_answer).count();

    // Only the last restart is ever seen: one batch, one update.
    let batch: Vec<usize> = (0..32).collect();
    let mut network =
        Network::new(&[64, 32, 10], Activation::Tanh, &mut seeded(seed + 1));
    let once = Training { batch: Batch::Full, epochs: 1, ..TRAINING };
    once.run(&mut network, &train.select(&batch), &mut seeded(seed + 2))?;
    Ok(Literally { zero, zero_answer, zero_alike, restart: network.accuracy(&test) })
}

/// Fills the page.
pub fn run(page: &mut Page) -> Result {
    let runs = learn_again_and_again(page)?;
    let (run, test) = &runs[0];
    page.table("curve", &curve(run));
    page.figure("curves", &curves(&runs));
    page.value("accuracy", percent(run.test[TRAINING.epochs], 1));
    page.value("before", percent(run.test[0], 1));
    page.value("first_epoch", percent(run.test[1], 1));
    page.value("train_accuracy", percent(run.train[TRAINING.epochs], 1));
    name_settings(page, run, test);
    spread(page, &runs);

    let said = run.network.classify(test.inputs.view());
    let digits = datasets::labels(test);
    page.figure("confusion", &confusion(&digits, &said));
    let wrong: Vec<usize> =
        (0..test.rows()).filter(|&row| digits[row] != said[row]).collect();
    page.figure("wrong", &wrong_digits(test, &digits, &said, &wrong));
    page.value("wrong", wrong.len());
    page.figure("weights", &weight_images(&run.network));
    journey(page, &run.network);

    let literally = literally(page.seed(6))?;
    page.value("zero_accuracy", percent(literally.zero, 1));
    page.value("zero_answer", literally.zero_answer);
    page.value("zero_alike", literally.zero_alike);
    page.value("restart_accuracy", percent(literally.restart, 1));
    Ok(())
}

fn name_settings(page: &mut Page, run: &Run, test: &Examples) {
    page.value("rows", count(TRAIN_ROWS));
    page.value("all_rows", count(TRAIN_ROWS + test.rows()));
    page.value("test_rows", test.rows());
    page.value("parameters", count(run.network.parameter_count()));
    page.value("updates", count(run.updates));
    page.value("rate", TRAINING.rate);
    page.value("epochs", TRAINING.epochs);
}

/// How far the result of one run is from that of the next.
fn spread(page: &mut Page, runs: &[(Run, Examples)]) {
    let mut shares: Vec<f64> =
        runs.iter().map(|(run, _)| run.test[TRAINING.epochs]).collect();
    shares.sort_by(f64::total_cmp);
    let middle = shares.len() / 2;
    let share = 0.5 * (shares[middle - 1] + shares[middle]);
    let luck = (share * (1.0 - share) / runs[0].1.rows() as f64).sqrt();
    page.value("test_luck", percent(luck, 1));
    let median = percent(share, 1);
    let [least, most] =
        [shares[0], shares[shares.len() - 1]].map(|share| percent(share, 1));
    page.text(
        "ten_runs",
        format!(
            "test digits after {} epochs, {RUNS} runs: median {median}, from {least} to {most}",
            TRAINING.epochs
        ),
    );
    page.value("runs", RUNS);
    page.value("median", median);
    page.value("least", least);
    page.value("most", most);
}

/// The pixels where fewer than one digit in a hundred has ink, and all others.
fn by_ink(digits: &Examples) -> (Vec<usize>, Vec<usize>) {
    let inked = |pixel: usize| {
        let column = digits.inputs.column(pixel);
        column.iter().filter(|&&ink| ink > 0.0).count()
    };
    (0..64).partition(|&pixel| inked(pixel) * 100 < digits.rows())
}

/// How far the first layer's weights have come since the start, behind blank pixels and behind the others.
fn journey(page: &mut Page, trained: &Network) {
    let seed = page.seed(6);
    let (train, _) = datasets::digits().split(TRAIN_ROWS, &mut seeded(seed));
    let start = Network::new(&[64, 32, 10], Activation::Tanh, &mut seeded(seed + 1));
    let moved = &trained.layers[0].weights - &start.layers[0].weights; // (pixels, neurons)
    let (blank, others) = by_ink(&train);
    let typical = |pixels: &[usize]| {
        let squares = moved.select(ndarray::Axis(0), pixels).mapv(|by| by * by);
        squares.mean().expect("pixels of both kinds").sqrt()
    };
    page.value("blank_pixels", blank.len());
    page.value("blank_moved", significant(typical(&blank), 1));
    page.value("others_moved", significant(typical(&others), 2));
}

fn curve(run: &Run) -> Table {
    let mut table = Table::new(["epoch", "cost", "training digits", "test digits"]);
    for epoch in [0_usize, 1, 2, 3, 5, 10, 20, 30] {
        let cost = epoch
            .checked_sub(1)
            .map_or("–".to_string(), |e| significant(run.costs[e], 4));
        let shares = [run.train[epoch], run.test[epoch]].map(|share| percent(share, 1));
        table.row([epoch.to_string(), cost].into_iter().chain(shares));
    }
    table
}

/// Cost and accuracy over the epochs: the first run as a line, all runs as a band.
fn curves(runs: &[(Run, Examples)]) -> Figure {
    let band = |series: fn(&Run) -> &[f64], first: usize| {
        let epochs = series(&runs[0].0).len();
        Band::new((0..epochs).map(|epoch| {
            let values = runs.iter().map(|(run, _)| series(run)[epoch]);
            let (low, high) = values
                .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| {
                    (low.min(value), high.max(value))
                });
            ((epoch + first) as f64, low, high)
        }))
    };
    let line = |values: &[f64], first: usize| {
        Line::new(
            values
                .iter()
                .enumerate()
                .map(|(epoch, value)| ((epoch + first) as f64, *value)),
        )
    };
    let run = &runs[0].0;
    let read_well = runs.iter().all(|(run, _)| run.test[TRAINING.epochs] > 0.9);
    let lowest = if read_well { 0.9 } else { 0.0 };
    let shares = [lowest, 0.5 * (1.0 + lowest), 1.0];
    let cost = Panel::new()
        .heading("cost in training")
        .x(Axis::new("epoch"))
        .y(Axis::new("").log())
        .draw(band(|run| &run.costs, 1).color(Color::Blue))
        .draw(line(&run.costs, 1).color(Color::Blue));
    let accuracy = Panel::new()
        .heading("digits read correctly")
        .x(Axis::new("epoch"))
        .y(Axis::new("")
            .range(lowest..=1.0)
            .tick_labels(shares.map(|share| (share, percent(share, 0)))))
        .draw(band(|run| &run.test, 0).color(Color::Vermillion))
        .draw(line(&run.train, 0).color(Color::Blue).label("training"))
        .draw(line(&run.test, 0).color(Color::Vermillion).label("test"));
    Figure::new(
        "Learning curves on the digits",
        "The cost falls over thirty epochs; accuracy on training digits comes close to 100 %, on test digits to about 97 %.",
    )
    .panel(cost)
    .panel(accuracy)
}

fn confusion(digits: &[usize], said: &[usize]) -> Figure {
    let mut counts = [f64::NAN; 100];
    for (&digit, &said) in digits.iter().zip(said) {
        let count = &mut counts[10 * digit + said];
        *count = if count.is_nan() { 1.0 } else { *count + 1.0 };
    }
    let names = || (0..10).map(|digit| digit.to_string());
    let panel = Panel::new()
        .x(Axis::new("the network says").categories(names()))
        .y(Axis::new("the digit is").categories(names()))
        .aspect(1.3)
        .draw(HeatMap::new(10, counts).numbers(0));
    Figure::new(
        "Confusion matrix of the test digits",
        "A table of what each digit was taken for: nearly all counts lie on the diagonal.",
    )
    .panel(panel)
}

/// The digits that the network gets wrong, with what they are and what it says.
fn wrong_digits(
    test: &Examples,
    digits: &[usize],
    said: &[usize],
    wrong: &[usize],
) -> Figure {
    let figure = Figure::new(
        "The test digits that the network gets wrong",
        "Eight by eight grey images, each with the digit that it is and the digit that the network saw.",
    );
    wrong.iter().fold(figure.columns(5), |figure, &row| {
        let heading = format!("{}, not {}", digits[row], said[row]);
        let picture = Picture::new(8, test.inputs.row(row).iter().copied());
        figure.panel(Panel::picture(picture).heading(heading))
    })
}

/// What makes each hidden neuron say more, and what less: its weights as an image.
fn weight_images(network: &Network) -> Figure {
    let weights = &network.layers[0].weights;
    let size = weights.iter().fold(0.0_f64, |size, weight| size.max(weight.abs()));
    let figure = Figure::new(
        "What eight hidden neurons look for",
        "The 64 weights of a neuron as an image: blue where ink makes it say more, vermillion where ink makes it say less.",
    );
    (0..8).fold(figure.columns(4), |figure, neuron| {
        let map = HeatMap::new(8, weights.column(neuron).iter().copied())
            .diverging()
            .full_at(size);
        figure.panel(Panel::new().y(Axis::new("").reversed()).bare().equal().draw(map))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_steps_lead_to_a_network_that_reads_digits_it_has_never_seen() {
        let (run, test) = learn(1, true).unwrap();
        assert_eq!(run.updates, TRAINING.epochs * TRAIN_ROWS.div_ceil(32));
        assert_eq!((run.test.len(), run.train.len()), (31, 31));
        assert!(run.test[0] < 0.3, "before training: {}", run.test[0]);
        assert!(run.network.accuracy(&test) > 0.94, "{}", run.network.accuracy(&test));
        assert!(run.train[30] >= run.test[30]);
    }

    #[test]
    fn a_weight_that_never_meets_ink_never_moves() {
        let (train, _) = datasets::digits().split(TRAIN_ROWS, &mut seeded(1));
        let start = Network::new(&[64, 32, 10], Activation::Tanh, &mut seeded(2));
        let (run, _) = learn(1, false).unwrap();
        let [before, after] =
            [&start, &run.network].map(|network| &network.layers[0].weights);
        for (pixel, ink) in train.inputs.columns().into_iter().enumerate() {
            let stayed = before.row(pixel) == after.row(pixel);
            assert_eq!(stayed, ink.iter().all(|&ink| ink == 0.0), "pixel {pixel}");
        }
        let (blank, _) = by_ink(&train);
        assert!(
            (0..8).all(|row| blank.contains(&(8 * row))),
            "the left column: {blank:?}"
        );
    }

    #[test]
    fn from_weights_of_zero_every_digit_gets_the_same_answer() {
        let literally = literally(1).unwrap();
        assert_eq!(literally.zero_alike, datasets::digits().rows() - TRAIN_ROWS);
        assert!(literally.zero < 0.2, "{}", literally.zero);
        assert!(literally.restart < 0.7, "{}", literally.restart);
    }
}
