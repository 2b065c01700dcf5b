//! On real digits, small batches reach the same cost after far fewer rows, and after far more updates.

use lesson::{Page, Progress, Result, Row as Cells, Table, count, fixed, significant};
use nn::math::{exp, ln};
use nn::{Activation, Backprop, Batch, Cost, Examples, Network, Training, seeded};
use plot::{Axis, Color, Figure, Line, Note, Panel, Points, Rule};
use rand::RngExt;
use rayon::prelude::*;

/// How many of the 1,797 digits are trained on; the cost is measured on the others.
const TRAIN_ROWS: usize = 1_437;
/// The cost on unseen digits that a run should reach.
const TARGET: f64 = 0.25;
/// Runs of each kind, from other random numbers.
const SEEDS: u64 = 5;
/// How many looks in a row must find the cost there: a noisy curve also touches the target by luck.
const LOOKS: usize = 3;
/// How many rows a small batch may look at before we give up on it.
const PATIENCE: usize = 16_000;
/// How many when all rows share an update.
const LONG_PATIENCE: usize = 60 * TRAIN_ROWS;

/// Rows per update, and the rates that are tried.
const LADDERS: [(usize, [f64; 4]); 5] = [
    (1, [0.02, 0.05, 0.1, 0.2]),
    (8, [0.1, 0.2, 0.5, 1.0]),
    (32, [0.2, 0.5, 1.0, 2.0]),
    (128, [0.5, 1.0, 1.4, 2.0]),
    (TRAIN_ROWS, [0.7, 1.0, 1.4, 2.0]),
];

/// One training run: rows per update, rate, seed.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Job {
    batch: usize,
    rate: f64,
    seed: u64,
}

/// Where a run stood when we looked.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Glance {
    rows: usize,
    updates: usize,
    cost: f64,
}

/// Trains until the cost on unseen digits has been at the target for some looks in a row, or patience ends.
fn train(job: Job, train: &Examples, test: &Examples) -> Vec<Glance> {
    let mut network = digit_reader(job.seed);
    let rng = &mut seeded(job.seed + 1);
    let cost = |network: &Network| network.cost(test, Cost::SoftmaxCrossEntropy);
    let mut glances = vec![Glance { rows: 0, updates: 0, cost: cost(&network) }];
    let (mut rows, mut next) = (0, 30.0);
    let mut run = job.training().start(&mut network, train, rng).expect("digits fit");
    loop {
        rows += run.rows().len();
        run.update()
            .expect("no rate of the ladders diverges")
            .expect("patience ends first");
        if rows as f64 >= next {
            next = 1.1 * rows as f64;
            let updates = run.history().updates;
            let glance = Glance { rows, updates, cost: cost(run.network) };
            glances.push(glance);
            // Who is at the target when patience ends may still show that it stays there.
            let gave_up = glance.cost > TARGET && rows >= patience(job.batch);
            if gave_up || arrival(&glances).is_some() {
                return glances;
            }
        }
    }
}

impl Job {
    /// Without end: whoever looks decides when it is enough.
    fn training(self) -> Training {
        let (cost, batch) = (Cost::SoftmaxCrossEntropy, Batch::Rows(self.batch));
        Training { cost, rate: self.rate, batch, epochs: usize::MAX }
    }
}

/// The network of the digits: 64 pixels, 32 hidden neurons, ten classes.
fn digit_reader(seed: u64) -> Network {
    Network::new(&[64, 32, 10], Activation::Tanh, &mut seeded(seed))
}

fn patience(batch: usize) -> usize {
    if batch == TRAIN_ROWS { LONG_PATIENCE } else { PATIENCE }
}

/// The first of the looks in a row that found a run at the target, with which it ended; none if it gave up.
fn arrival(glances: &[Glance]) -> Option<Glance> {
    let last = &glances[glances.len().checked_sub(LOOKS)?..];
    last.iter().all(|glance| glance.cost <= TARGET).then_some(last[0])
}

/// Fills the page.
pub fn run(page: &mut Page) -> Result {
    let (digits, test) = datasets::digits().split(TRAIN_ROWS, &mut seeded(page.seed(6)));
    let rungs = LADDERS.len() * LADDERS[0].1.len();
    let repeats = LADDERS.len() * SEEDS as usize;
    let progress = page.progress("training", rungs + repeats + SIZES.len());
    let ladders = climb(page.seed(7), &digits, &test, &progress);
    let rates = rates_table(&ladders);
    page.table("rates", &rates);

    let runs = repeat(page, &ladders, &digits, &test, &progress);
    let arrivals = arrivals_table(&runs);
    page.table("arrivals", &arrivals);
    page.figure("curves", &curves(&runs));
    quote_arrivals(page, &runs, &arrivals);
    page.value("train_rows", count(TRAIN_ROWS));
    page.value("test_rows", test.rows());
    page.value("target", TARGET);
    page.value("seeds", SEEDS);
    page.value("looks", LOOKS);
    page.value("patience", count(PATIENCE));
    page.value("long_patience", count(LONG_PATIENCE));

    let noises = noises(page, &digits, &progress);
    drop(progress);
    let table = noise_table(&noises);
    page.table("noise", &table);
    page.figure("noise", &noise_figure(&noises));
    page.value("noise_1", table.cell("1", "noise / slope"));
    page.value("noise_32", table.cell("32", "noise / slope"));
    page.value("noise_slope", fixed(slope_of_logs(&noises), 2));
    page.value("draws", DRAWS);
    Ok(())
}

/// Every job, in the order of the jobs, however many cores share the work.
fn train_all(
    jobs: &[Job],
    digits: &Examples,
    test: &Examples,
    progress: &Progress,
) -> Vec<Vec<Glance>> {
    let runs = jobs.par_iter().with_max_len(1).map(|job| train(*job, digits, test));
    runs.inspect(|_| progress.step()).collect()
}

/// Every rate of every ladder, once.
fn climb(
    seed: u64,
    digits: &Examples,
    test: &Examples,
    progress: &Progress,
) -> Vec<(Job, Vec<Glance>)> {
    let rungs = LADDERS
        .iter()
        .rev()
        .flat_map(|(batch, rates)| rates.map(|rate| Job { batch: *batch, rate, seed }));
    // The longest runs come first, so that the cores finish together.
    let jobs: Vec<Job> = rungs.collect();
    let runs = train_all(&jobs, digits, test, progress);
    jobs.into_iter().zip(runs).collect()
}

/// The fewest rows to the target, of one batch size.
fn fastest(ladders: &[(Job, Vec<Glance>)], batch: usize) -> &(Job, Vec<Glance>) {
    let rows =
        |run: &&(Job, Vec<Glance>)| arrival(&run.1).map_or(usize::MAX, |end| end.rows);
    let ladder = ladders.iter().filter(|(job, _)| job.batch == batch);
    ladder.min_by_key(rows).expect("every batch size has a ladder")
}

/// The fastest rate of each batch size, from other weights and in other orders than those that chose it.
fn repeat(
    page: &Page,
    ladders: &[(Job, Vec<Glance>)],
    digits: &Examples,
    test: &Examples,
    progress: &Progress,
) -> Vec<(Job, Vec<Vec<Glance>>)> {
    let fastest = LADDERS.iter().rev().map(|(batch, _)| fastest(ladders, *batch).0);
    let again =
        |job: Job| (1..=SEEDS).map(move |k| Job { seed: page.seed(7 + 10 * k), ..job });
    let jobs: Vec<Job> = fastest.clone().flat_map(again).collect();
    let runs = train_all(&jobs, digits, test, progress);
    let mut repeated: Vec<(Job, Vec<Vec<Glance>>)> = fastest
        .zip(runs.chunks(SEEDS as usize))
        .map(|(job, runs)| (job, runs.to_vec()))
        .collect();
    repeated.reverse();
    repeated
}

fn name(batch: usize) -> String {
    if batch == TRAIN_ROWS { "all".to_string() } else { batch.to_string() }
}

/// Rows to the target for each rate, from the smallest to the largest of each ladder.
fn rates_table(ladders: &[(Job, Vec<Glance>)]) -> Table {
    let mut table = Table::new(["m", "rate", "rows to the target"]);
    for (batch, rates) in LADDERS {
        for rate in rates {
            let run =
                ladders.iter().find(|(job, _)| (job.batch, job.rate) == (batch, rate));
            let end = run.and_then(|(_, glances)| arrival(glances));
            let rows = end.map_or("–".to_string(), |end| count(end.rows));
            table.row([name(batch), rate.to_string(), rows]);
        }
    }
    table
}

/// Middle, least and most of a few counts.
fn middle(mut counts: Vec<usize>) -> (usize, usize, usize) {
    counts.sort_unstable();
    (counts[counts.len() / 2], counts[0], counts[counts.len() - 1])
}

/// Rows and updates of the runs; one that did not arrive counts with its patience.
fn ends(runs: &[Vec<Glance>], of: fn(&Glance) -> usize) -> (usize, usize, usize) {
    let end = |run: &Vec<Glance>| arrival(run).or(run.last().copied());
    middle(runs.iter().filter_map(end).map(|end| of(&end)).collect())
}

/// The run in the middle, by rows to the target.
fn middle_run(runs: &[Vec<Glance>]) -> &Vec<Glance> {
    let rows = |run: &&Vec<Glance>| arrival(run).map_or(usize::MAX, |end| end.rows);
    let mut runs: Vec<&Vec<Glance>> = runs.iter().collect();
    runs.sort_by_key(rows);
    runs[runs.len() / 2]
}

fn arrivals_table(runs: &[(Job, Vec<Vec<Glance>>)]) -> Table {
    let mut table = Table::new(["m", "rate", "rows", "from", "to", "updates", "arrived"]);
    for (job, runs) in runs {
        let (rows, least, most) = ends(runs, |glance| glance.rows);
        let (updates, _, _) = ends(runs, |glance| glance.updates);
        let arrived = runs.iter().filter(|glances| arrival(glances).is_some()).count();
        let counts = [rows, least, most, updates].map(count);
        let row = Cells::of([name(job.batch), job.rate.to_string()]).and(counts);
        table.row(row.and([format!("{arrived} of {}", runs.len())]));
    }
    table
}

fn quote_arrivals(page: &mut Page, runs: &[(Job, Vec<Vec<Glance>>)], table: &Table) {
    for batch in ["1", "32", "all"] {
        page.value(&format!("rows_{batch}"), table.cell(batch, "rows"));
        page.value(&format!("updates_{batch}"), table.cell(batch, "updates"));
    }
    let median =
        |index: usize, of: fn(&Glance) -> usize| ends(&runs[index].1, of).0 as f64;
    let (rows, updates) =
        (|glance: &Glance| glance.rows, |glance: &Glance| glance.updates);
    page.value("rows_ratio_32", fixed(median(2, rows) / median(0, rows), 1));
    page.value("updates_ratio_32", fixed(median(2, updates) / median(4, updates), 1));
    page.value("rows_ratio", fixed(median(4, rows) / median(0, rows), 0));
    page.value("updates_ratio", fixed(median(0, updates) / median(4, updates), 0));
}

/// Cost on unseen digits against rows seen, and against updates.
fn curves(runs: &[(Job, Vec<Vec<Glance>>)]) -> Figure {
    let panel = |heading: &str, axis: &str, of: fn(&Glance) -> usize| {
        let mut panel = Panel::new()
            .heading(heading)
            .x(Axis::new(axis).log())
            .y(Axis::new("cost").range(0.0..=2.5))
            .aspect(1.15)
            .draw(Rule::horizontal(TARGET));
        let shown = [0, 2, 4].map(|index| &runs[index]);
        for ((job, runs), color) in shown.into_iter().zip(Color::SERIES) {
            let run = middle_run(runs);
            let points =
                run.iter().skip(1).map(|glance| (of(glance) as f64, glance.cost));
            let end = arrival(run).map(|end| (of(&end) as f64, end.cost));
            let end = Points::new(end).radius(7.0);
            panel = panel
                .draw(Line::new(points).color(color))
                .draw(end.color(color).label(format!("m = {}", name(job.batch))));
        }
        panel
    };
    Figure::new(
        "Cost against rows seen, and against updates",
        "Counted in rows, small batches reach the target first and the full batch last. Counted in updates it is the other way round.",
    )
    .columns(2)
    .panel(panel("counted in rows", "rows seen", |glance| glance.rows))
    .panel(panel("counted in updates", "updates", |glance| glance.updates))
}

/// Rows per batch at which the noise is measured.
const SIZES: [usize; 9] = [1, 2, 4, 8, 16, 32, 64, 128, 256];
/// How many batches of each size are drawn.
const DRAWS: usize = 200;

/// The noise of the slope of a random batch: how far it lies from the slope of all rows, as a root of
/// the mean square, in lengths of the slope of all rows.
fn noise_of(network: &Network, digits: &Examples, size: usize, seed: u64) -> f64 {
    let slope = |backprop: &mut Backprop, examples: &Examples| -> Vec<f64> {
        backprop.run(network, examples, Cost::SoftmaxCrossEntropy);
        backprop.gradients().entries().collect()
    };
    let all = slope(&mut Backprop::new(network, digits.rows()), digits);
    let length: f64 = all.iter().map(|slope| slope * slope).sum();
    let rng = &mut seeded(seed);
    let mut backprop = Backprop::new(network, size);
    let mut total = 0.0;
    for _ in 0..DRAWS {
        // Drawn with replacement: rows that know nothing of each other.
        let rows = digits.rows() as u32;
        let drawn: Vec<usize> =
            (0..size).map(|_| rng.random_range(0..rows) as usize).collect();
        let few = slope(&mut backprop, &digits.select(&drawn));
        total += few.iter().zip(&all).map(|(a, b)| (a - b) * (a - b)).sum::<f64>();
    }
    (total / DRAWS as f64 / length).sqrt()
}

/// The noise for each batch size, after one epoch of training.
fn noises(page: &Page, digits: &Examples, progress: &Progress) -> Vec<(f64, f64)> {
    let mut network = digit_reader(page.seed(7));
    let batch = Batch::Rows(32);
    let once = Training { cost: Cost::SoftmaxCrossEntropy, rate: 0.5, batch, epochs: 1 };
    once.run(&mut network, digits, &mut seeded(page.seed(8)))
        .expect("one epoch stays finite");
    let seed = page.seed(90);
    let noise = |&size: &usize| {
        (size as f64, noise_of(&network, digits, size, seed + size as u64))
    };
    SIZES.par_iter().map(noise).inspect(|_| progress.step()).collect()
}

/// The slope of the straight line that fits these points best, by least squares.
pub fn line_slope(points: &[(f64, f64)]) -> f64 {
    let count = points.len() as f64;
    let mean_x = points.iter().map(|point| point.0).sum::<f64>() / count;
    let mean_y = points.iter().map(|point| point.1).sum::<f64>() / count;
    let together = points.iter().map(|(x, y)| (x - mean_x) * (y - mean_y));
    let alone = points.iter().map(|(x, _)| (x - mean_x) * (x - mean_x));
    together.sum::<f64>() / alone.sum::<f64>()
}

fn slope_of_logs(noises: &[(f64, f64)]) -> f64 {
    line_slope(
        &noises.iter().map(|(rows, noise)| (ln(*rows), ln(*noise))).collect::<Vec<_>>(),
    )
}

fn noise_table(noises: &[(f64, f64)]) -> Table {
    let mut table = Table::new(["m", "noise / slope", "times √m"]);
    for (rows, noise) in noises {
        let cells = [*noise, noise * rows.sqrt()].map(|number| significant(number, 3));
        table.row(Cells::of([rows]).and(cells));
    }
    table
}

/// The noise against the batch size, with the line of slope −½ through its middle.
fn noise_figure(noises: &[(f64, f64)]) -> Figure {
    let middle = noises.iter().map(|(rows, noise)| ln(noise * rows.sqrt())).sum::<f64>();
    let at_one = exp(middle / noises.len() as f64);
    let (from, to) = (noises[0].0, noises[noises.len() - 1].0);
    let panel = Panel::new()
        .x(Axis::new("rows per batch, m").log())
        .y(Axis::new("noise / slope").log())
        .draw(Rule::segment((from, at_one), (to, at_one / to.sqrt())))
        .draw(Note::new((24.0, 2.2), "slope −½"))
        .draw(Points::new(noises.iter().copied()));
    Figure::new(
        "The noise of a gradient against the batch size",
        "On logarithmic axes the measured points lie on a straight line of slope minus one half.",
    )
    .panel(panel)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_slope_of_a_line_is_found() {
        assert!((line_slope(&[(0.0, 1.0), (1.0, 0.5), (2.0, 0.0)]) + 0.5).abs() < 1e-15);
    }

    #[test]
    fn noise_falls_with_the_root_of_the_batch_size() {
        let digits = datasets::digits();
        let network = digit_reader(1);
        let noise = |size| noise_of(&network, &digits, size, 3);
        let ratio = noise(2) / noise(128);
        assert!((7.0..9.0).contains(&ratio), "64 times the rows, noise down by {ratio}");
    }

    #[test]
    fn a_small_batch_needs_fewer_rows_and_more_updates_than_all_rows() {
        let (digits, test) = datasets::digits().split(TRAIN_ROWS, &mut seeded(1));
        let end = |batch, rate| {
            arrival(&train(Job { batch, rate, seed: 2 }, &digits, &test))
                .expect("it arrives")
        };
        let (small, all) = (end(8, 0.5), end(TRAIN_ROWS, 1.0));
        assert!(small.rows * 5 < all.rows, "{small:?} {all:?}");
        assert!(small.updates > 2 * all.updates, "{small:?} {all:?}");
    }
}
