//! A number between 0 and 1 is called a probability: does what it announces also happen that often?

use lesson::{Page, Result, Row, Table, count, fixed, percent};
use ndarray::Array2;
use nn::random::{normal, seeded};
use nn::{Activation, Batch, Cost, Examples, Network, Neuron, Training};
use plot::{Axis, Color, Figure, Panel, Points, Rule};
use rand::{Rng, RngExt};
use rayon::prelude::*;

use crate::ensemble::Spread;

const SEED: u64 = 21;

/// How often everything is drawn and trained anew.
const RUNS: usize = 20;

/// How many rows a forecaster learns from.
const ROWS: usize = 500;

/// How many rows the memorising network learns from.
const FEW_ROWS: usize = 40;

/// How many new rows a forecaster is judged on.
const TEST_ROWS: usize = 4_000;

/// Into how many equal parts the outputs from 0 to 1 are sorted.
const BINS: usize = 10;

/// How much louder the loud neuron is.
const LOUDNESS: f64 = 3.0;

/// How one neuron is trained.
const TRAINING: Training = Training {
    cost: Cost::BinaryCrossEntropy,
    rate: 4.0,
    batch: Batch::Full,
    epochs: 60,
};

/// How the memorising network is trained: for much longer.
const MEMORISING: Training = Training { rate: 1.0, epochs: 600, ..TRAINING };

/// The hidden neurons of the memorising network.
const HIDDEN: usize = 12;

/// A world in which the probability of a yes is known: a sigmoid of a weighted sum.
pub fn smooth_world(row: &[f64]) -> f64 {
    Neuron::new(&[1.5, -1.0], 0.5, Activation::Sigmoid).output(row)
}

/// A world with the same border, but two plateaus instead of a slope.
pub fn plateau_world(row: &[f64]) -> f64 {
    if smooth_world(row) < 0.5 { 0.3 } else { 0.95 }
}

/// Rows from a world: two normal inputs each, and a 1 as often as the world says.
pub fn draw(world: fn(&[f64]) -> f64, rows: usize, rng: &mut impl Rng) -> Examples {
    let inputs = Array2::from_shape_simple_fn((rows, 2), || normal(rng));
    let answers = inputs.rows().into_iter().map(|row| {
        let happens = rng.random::<f64>() < world(&row.to_vec());
        f64::from(happens)
    });
    let targets = Array2::from_shape_vec((rows, 1), answers.collect());
    Examples::new(inputs, targets.expect("one answer per row"))
}

/// What was announced for a row, and what happened.
pub type Forecast = (f64, bool);

/// One part of the forecasts, as sums: divided by `forecasts`, they are the mean announcement and the frequency.
#[derive(Clone, Copy, Debug, Default)]
pub struct Bin {
    /// How many forecasts fell into this part.
    pub forecasts: usize,
    /// What they announced, added up.
    pub announced: f64,
    /// How many came true.
    pub happened: usize,
}

/// Puts forecasts into equal parts from 0 to 1, by what they announce.
pub fn into_parts(forecasts: &[Forecast]) -> [Bin; BINS] {
    let mut bins = [Bin::default(); BINS];
    for &(announced, happened) in forecasts {
        let part = ((announced * BINS as f64) as usize).min(BINS - 1);
        bins[part].forecasts += 1;
        bins[part].announced += announced;
        bins[part].happened += usize::from(happened);
    }
    bins
}

/// The calibration gap: how far announcement and event lie apart, part by part, weighted by their forecasts.
pub fn gap(forecasts: &[Forecast]) -> f64 {
    // Both are sums over the part, not means, so each part already has its weight.
    let apart = |bin: &Bin| (bin.announced - bin.happened as f64).abs();
    into_parts(forecasts).iter().map(apart).sum::<f64>() / forecasts.len() as f64
}

/// What one forecaster said of the rows it had learnt from, and of new ones.
#[derive(Clone)]
struct Forecasts {
    known: Vec<Forecast>,
    new: Vec<Forecast>,
}

/// A forecaster, and its forecasts run by run.
struct Record {
    name: &'static str,
    runs: Vec<Forecasts>,
}

impl Record {
    /// The new rows of all runs together.
    fn all_new(&self) -> Vec<Forecast> {
        self.runs.iter().flat_map(|run| run.new.iter().copied()).collect()
    }
}

/// Fills the page.
pub fn run(page: &mut Page) -> Result {
    let seed = page.seed(SEED);
    let records = records(seed)?;
    let table = table(&records);
    page.table("gaps", &table);
    page.figure("reliability", &reliability(&records));
    for (value, name) in [
        ("rule", "the rule itself"),
        ("sigmoid", "sigmoid neuron"),
        ("quadratic", "… quadratic cost"),
        ("loud", "… made louder"),
        ("plateaus", "… other world"),
        ("memorised", "memorised"),
        ("constant", "same for all"),
    ] {
        page.value(&format!("{value}_gap"), table.cell(name, "gap"));
        page.value(&format!("{value}_right"), table.cell(name, "right"));
    }
    page.value("memorised_known", table.cell("memorised", "known"));
    page.value("rule_few", table.cell("the rule itself", "known"));
    let ends = ends(&records);
    page.table("ends", &ends);
    for (value, name) in [
        ("sigmoid", "sigmoid neuron"),
        ("loud", "… made louder"),
        ("memorised", "memorised"),
    ] {
        page.value(&format!("{value}_says"), ends.cell(name, "announced high"));
        page.value(&format!("{value}_happens"), ends.cell(name, "happened high"));
    }
    page.value("sigmoid_low_says", ends.cell("sigmoid neuron", "announced low"));
    page.value("sigmoid_low_happens", ends.cell("sigmoid neuron", "happened low"));
    page.value("plateaus_says", ends.cell("… other world", "announced low"));
    page.value("plateaus_happens", ends.cell("… other world", "happened low"));
    page.value("runs", RUNS);
    page.value("rows", ROWS);
    page.value("few_rows", FEW_ROWS);
    page.value("test_rows", count(TEST_ROWS));
    page.value("rate", TRAINING.rate);
    page.value("epochs", TRAINING.epochs);
    page.value("long_rate", MEMORISING.rate);
    page.value("long_epochs", count(MEMORISING.epochs));
    page.value("hidden", HIDDEN);
    page.value("loudness", LOUDNESS);
    page.value("low_plateau", percent(plateau_world(&[-9.0, 0.0]), 0));
    page.value("high_plateau", percent(plateau_world(&[9.0, 0.0]), 0));
    Ok(())
}

/// All forecasters, each in its own world, over all runs.
fn records(seed: u64) -> Result<Vec<Record>> {
    let names = [
        "the rule itself",
        "sigmoid neuron",
        "… quadratic cost",
        "… made louder",
        "… other world",
        "memorised",
        "same for all",
    ];
    let runs = (0..RUNS as u64).into_par_iter().map(|run| one_run(seed + run));
    let runs = runs.collect::<std::result::Result<Vec<_>, nn::TrainingError>>()?;
    let record = |(index, name): (usize, &'static str)| Record {
        name,
        runs: runs.iter().map(|run| run[index].clone()).collect(),
    };
    Ok(names.into_iter().enumerate().map(record).collect())
}

/// The forecasts of all seven.
fn one_run(seed: u64) -> std::result::Result<[Forecasts; 7], nn::TrainingError> {
    let rng = &mut seeded(seed);
    let known = draw(smooth_world, ROWS, rng);
    let unseen = draw(smooth_world, TEST_ROWS, rng);
    let known_plateaus = draw(plateau_world, ROWS, rng);
    let unseen_plateaus = draw(plateau_world, TEST_ROWS, rng);
    let few = known.select(&(0..FEW_ROWS).collect::<Vec<usize>>());
    let neuron = || {
        Network::new(&[2, 1], Activation::Tanh, &mut seeded(seed))
            .with_output(Activation::Sigmoid)
    };

    let mut learnt = neuron();
    TRAINING.run(&mut learnt, &known, rng)?;
    let mut quadratic = neuron();
    Training { cost: Cost::Quadratic, ..TRAINING }.run(&mut quadratic, &known, rng)?;
    let mut elsewhere = neuron();
    TRAINING.run(&mut elsewhere, &known_plateaus, rng)?;
    let mut loud = learnt.clone();
    loud.parameters_mut().for_each(|number| *number *= LOUDNESS);
    let mut memorised = Network::new(&[2, HIDDEN, 1], Activation::Tanh, rng)
        .with_output(Activation::Sigmoid);
    MEMORISING.run(&mut memorised, &few, rng)?;

    let truth = |rows: &Examples| -> Vec<f64> {
        rows.inputs.rows().into_iter().map(|row| smooth_world(&row.to_vec())).collect()
    };
    let base_rate = known.targets.sum() / ROWS as f64;
    let says = |network: &Network, known: &Examples, new: &Examples| Forecasts {
        known: forecasts(network.predict(known.inputs.view()), known),
        new: forecasts(network.predict(new.inputs.view()), new),
    };
    Ok([
        Forecasts {
            // The rule has learnt from no rows. These are the few that the memorising network knows.
            known: forecasts(truth(&few), &few),
            new: forecasts(truth(&unseen), &unseen),
        },
        says(&learnt, &known, &unseen),
        says(&quadratic, &known, &unseen),
        says(&loud, &known, &unseen),
        says(&elsewhere, &known_plateaus, &unseen_plateaus),
        says(&memorised, &few, &unseen),
        Forecasts {
            known: forecasts([base_rate; ROWS], &known),
            new: forecasts([base_rate; TEST_ROWS], &unseen),
        },
    ])
}

fn forecasts(announced: impl IntoIterator<Item = f64>, rows: &Examples) -> Vec<Forecast> {
    announced.into_iter().zip(&rows.targets).map(|(p, &y)| (p, y == 1.0)).collect()
}

fn right(forecasts: &[Forecast]) -> f64 {
    let right = forecasts.iter().filter(|(p, happened)| (*p >= 0.5) == *happened);
    right.count() as f64 / forecasts.len() as f64
}

fn table(records: &[Record]) -> Table {
    let mut table =
        Table::new(["forecaster", "known", "right", "gap", "half of the runs"]);
    for record in records {
        let gaps = Spread::of(record.runs.iter().map(|run| gap(&run.new)));
        let known = Spread::of(record.runs.iter().map(|run| right(&run.known)));
        let shares = Spread::of(record.runs.iter().map(|run| right(&run.new)));
        table.row([
            record.name.to_string(),
            percent(known.median, 1),
            percent(shares.median, 1),
            fixed(gaps.median, 3),
            format!("{} to {}", fixed(gaps.low, 3), fixed(gaps.high, 3)),
        ]);
    }
    table
}

/// What became of the forecasts below 10 % and of those from 90 % on.
fn ends(records: &[Record]) -> Table {
    let headings = [
        "forecaster",
        "announced low",
        "happened low",
        "announced high",
        "happened high",
    ];
    let mut table = Table::new(headings);
    for record in &records[..6] {
        let bins = into_parts(&record.all_new());
        let shares = |bin: Bin| {
            [bin.announced, bin.happened as f64]
                .map(|sum| percent(sum / bin.forecasts as f64, 2))
        };
        table
            .row(Row::of([record.name]).and(shares(bins[0])).and(shares(bins[BINS - 1])));
    }
    table
}

fn reliability(records: &[Record]) -> Figure {
    let panel = |record: &Record| {
        let bins = into_parts(&record.all_new());
        let points = bins.iter().filter(|bin| bin.forecasts > 0).map(|bin| {
            (
                bin.announced / bin.forecasts as f64,
                bin.happened as f64 / bin.forecasts as f64,
            )
        });
        let axis = |name: &str| Axis::new(name).range(0.0..=1.0).ticks([0.0, 0.5, 1.0]);
        Panel::new()
            .heading(record.name.trim_start_matches("… "))
            .x(axis("announced"))
            .y(axis("happened"))
            .equal()
            .draw(Rule::zero_of(1.0, -1.0, 0.0))
            .draw(Points::new(points).color(Color::Blue))
    };
    [1, 3, 4, 5].into_iter().fold(
        Figure::new(
            "Reliability of four forecasters",
            "What was announced against how often it happened. The sigmoid neuron lies on the diagonal; the loud one, \
             the one in another world and the one that memorised do not.",
        ),
        |figure, index| figure.panel(panel(&records[index])),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_world_says_yes_as_often_as_it_promises() {
        let rows = draw(plateau_world, 20_000, &mut seeded(1));
        let above: Vec<bool> = rows
            .inputs
            .rows()
            .into_iter()
            .zip(&rows.targets)
            .filter(|(row, _)| smooth_world(&row.to_vec()) >= 0.5)
            .map(|(_, &y)| y == 1.0)
            .collect();
        let share = above.iter().filter(|&&yes| yes).count() as f64 / above.len() as f64;
        assert!((share - 0.95).abs() < 0.01, "{share}");
    }

    #[test]
    fn a_gap_of_known_size() {
        // Half announce 0.9 and happen never, half announce 0.2 and happen always.
        let forecasts = [(0.9, false), (0.2, true), (0.9, false), (0.2, true)];
        assert!((gap(&forecasts) - 0.85).abs() < 1e-12);
        assert_eq!(gap(&[(1.0, true), (0.0, false)]), 0.0);
    }

    #[test]
    fn the_neuron_is_calibrated_and_three_others_are_not() {
        let median = |record: &Record| {
            Spread::of(record.runs.iter().map(|run| gap(&run.new))).median
        };
        let records = records(500).unwrap();
        let gaps: Vec<f64> = records.iter().map(median).collect();
        assert!(gaps[1] < 0.03 && gaps[2] < 0.03, "{gaps:?}");
        assert!(gaps[3..6].iter().all(|gap| *gap > 0.06), "{gaps:?}");
    }
}
