//! Rows and updates to the target for each batch size, and the noise of a gradient.

use datasets::digits::SIDE;
use datasets::reader::DigitReader;
use lesson::{Page, Result, Row as Cells, Table, count, fixed, percent, significant};
use nn::Examples;
use nn::math::{exp, ln};
use plot::{Axis, Color, Figure, HeatMap, Line, Note, Panel, Points, Rule};

use super::{
    ASKED, DRAWS, Digits, Glance, Job, LADDERS, LONG_PATIENCE, LOOKS, PATIENCE, SEEDS,
    SIZES, TARGET, TRAIN_ROWS, arrival, asked, climb, ends, middle_run, noises, repeat,
    slope_of_logs, some_order,
};

/// Fills the page.
pub(crate) fn run(page: &mut Page) -> Result {
    let seed = page.seed(6);
    let reader = DigitReader::new(seed);
    let digits = Digits::new(&reader, page.seed(60));
    let rungs = LADDERS.len() * LADDERS[0].1.len();
    let repeats = LADDERS.len() * SEEDS as usize;
    let progress = page.progress("training", rungs + repeats + SIZES.len());
    let step = || progress.step();
    let ladders = climb(&digits, seed, &step);
    let runs = repeat(&ladders, &digits, seed, &step);
    let noises = noises(&reader, page.seed(90), &step);
    drop(progress);

    page.table("rates", &rates(&ladders));
    page.table("arrivals", &arrivals(&runs));
    page.figure("bargain", &bargain(&runs));
    page.table("ranges", &ranges(&runs));
    page.figure("race", &race(&runs));
    compare(page, &runs);
    page.value("train_rows", count(TRAIN_ROWS));
    page.value("validation_rows", digits.validation.rows());
    page.value("test_rows", digits.test.rows());
    page.value("target", TARGET);
    page.value("seeds", SEEDS);
    page.value("looks", LOOKS);
    page.value("patience", count(PATIENCE));
    page.value("long_patience", count(LONG_PATIENCE));

    let order = some_order(&reader.train, page.seed(91));
    page.figure("asked", &asked_drawn(&reader.train, &order));
    page.value("asked", ASKED);
    page.value("asked_rows", count(order.len()));
    page.table("noise", &noise(&noises));
    page.figure("noise", &noise_drawn(&noises));
    page.value("noise_slope", fixed(slope_of_logs(&noises), 2));
    page.value("draws", DRAWS);
    Ok(())
}

fn name(batch: usize) -> String {
    if batch == TRAIN_ROWS { "all".to_string() } else { batch.to_string() }
}

/// Rows to the target for each rate, from the smallest to the largest of each ladder.
fn rates(ladders: &[(Job, Vec<Glance>)]) -> Table {
    let rungs =
        LADDERS.into_iter().flat_map(|(batch, rates)| rates.map(|rate| (batch, rate)));
    let rows = rungs.map(|(batch, rate)| {
        let run = ladders.iter().find(|(job, _)| (job.batch, job.rate) == (batch, rate));
        let end = run.and_then(|(_, glances)| arrival(glances));
        let rows = end.map_or("–".to_string(), |end| count(end.rows));
        [name(batch), rate.to_string(), rows]
    });
    Table::of(["m", "rate", "rows to the target"], rows)
}

/// What each batch size took to the goal, and the digits that it reads there: the middle ones of its runs.
fn arrivals(runs: &[(Job, Vec<Vec<Glance>>)]) -> Table {
    let rows = runs.iter().map(|(job, runs)| {
        let median = |of| ends(runs, of).median();
        let [rows, updates] = [median(rows), median(updates)];
        Cells::of([name(job.batch), count(rows as usize), count(updates as usize)])
            .and([percent(median(|glance| glance.read), 0)])
    });
    Table::of(["m", "rows", "updates", "digits read"], rows)
}

/// The rate of each batch size, the range of the rows, and how many runs arrived.
fn ranges(runs: &[(Job, Vec<Vec<Glance>>)]) -> Table {
    let rows = runs.iter().map(|(job, runs)| {
        let rows = ends(runs, rows);
        let arrived = runs.iter().filter(|glances| arrival(glances).is_some()).count();
        Cells::of([name(job.batch), job.rate.to_string()])
            .and([rows.least(), rows.most()].map(|number| count(number as usize)))
            .and([format!("{arrived} of {}", runs.len())])
    });
    Table::of(["m", "rate", "rows from", "to", "arrived"], rows)
}

fn rows(glance: &Glance) -> f64 {
    glance.rows as f64
}

fn updates(glance: &Glance) -> f64 {
    glance.updates as f64
}

/// How many times the rows of one batch size are those of another, and the updates.
fn compare(page: &mut Page, runs: &[(Job, Vec<Vec<Glance>>)]) {
    let [one, some, all] = [0, 2, 4].map(|index| {
        let (_, runs) = &runs[index];
        let median = |of| ends(runs, of).median();
        (median(rows), median(updates))
    });
    page.value("rows_ratio_32", fixed(some.0 / one.0, 1));
    page.value("updates_ratio_32", fixed(some.1 / all.1, 1));
    page.value("rows_ratio", fixed(all.0 / one.0, 0));
    page.value("updates_ratio", fixed(one.1 / all.1, 0));
}

/// What it takes to the goal, for each batch size: rows to the right, updates upwards.
fn bargain(runs: &[(Job, Vec<Vec<Glance>>)]) -> Figure {
    let median = |runs: &[Vec<Glance>], of| ends(runs, of).median();
    let at =
        |(_, runs): &(Job, Vec<Vec<Glance>>)| (median(runs, rows), median(runs, updates));
    let places: Vec<_> = runs.iter().map(at).collect();
    let names = runs.iter().map(|(job, _)| format!("m = {}", name(job.batch)));
    let panel = Panel::new()
        .x(Axis::new("rows seen: the work")
            .log()
            .range(700.0..=1.5e5)
            .ticks([1e3, 1e4, 1e5]))
        .y(Axis::new("updates: the waiting").log().range(15.0..=4e3).ticks([1e2, 1e3]))
        .aspect(1.5)
        .draw(Line::new(places.iter().copied()).color(Color::Blue).faint())
        .draw(Points::new(places).color(Color::Blue).radius(7.0).names(names));
    Figure::new(
        "Rows and updates to the goal, for five batch sizes",
        "Five dots. Single rows are at the top left: few rows, many updates. All rows together are at the bottom right: few updates, many rows. A batch of 32 is near the corner at the bottom left, where both are few.",
    )
    .panel(panel)
}

/// Unseen digits read against rows seen, and against updates.
fn race(runs: &[(Job, Vec<Vec<Glance>>)]) -> Figure {
    let panel = |axis: Axis, of: fn(&Glance) -> f64, names: [(f64, f64); 3]| {
        let shares = [0.0, 0.5, 1.0].map(|share| (share, percent(share, 0)));
        let panel = Panel::new()
            .x(axis.log())
            .y(Axis::new("unseen digits read").range(0.0..=1.0).tick_labels(shares))
            .aspect(1.7);
        let shown = [0, 2, 4].map(|index| &runs[index]).into_iter().zip(Color::SERIES);
        shown.zip(names).fold(panel, |panel, (((job, runs), color), name_at)| {
            let run = middle_run(runs);
            let at = |glance: &Glance| (of(glance), glance.read);
            let end = Points::new(arrival(run).as_ref().map(at)).radius(7.0).color(color);
            let until = arrival(run).map_or(usize::MAX, |end| end.rows);
            let seen = run.iter().skip(1).take_while(|glance| glance.rows <= until);
            let name = Note::new(name_at, format!("m = {}", name(job.batch)));
            panel
                .draw(Line::new(seen.map(at)).color(color))
                .draw(end)
                .draw(name.color(color))
        })
    };
    Figure::new(
        "Digits read against rows seen, and against updates",
        "Counted in rows, small batches learn to read first and the full batch last. Counted in updates it is the other way round.",
    )
    .columns(1)
    .panel(panel(
        Axis::new("rows seen: the work"),
        rows,
        [(38.0, 0.85), (340.0, 0.4), (1.2e4, 0.35)],
    ))
    .panel(panel(
        Axis::new("updates: the waiting"),
        updates,
        [(190.0, 0.45), (10.0, 0.2), (1.2, 0.55)],
    ))
}

/// What single digits ask of one neuron's 64 weights, and what some and all ask on average.
fn asked_drawn(digits: &Examples, order: &[usize]) -> Figure {
    let named = datasets::labels(digits);
    let own = |row: &&usize| named[**row] == ASKED;
    let others = order.iter().filter(|row| !own(row)).take(2);
    let single = order.iter().find(own).into_iter().chain(others);
    let single = single.map(|&row| (format!("one row: a {}", named[row]), vec![row]));
    let many = [8, 32, order.len()].map(|count| {
        let name = if count == order.len() { "all".into() } else { count.to_string() };
        (format!("the mean of {name}"), order[..count].to_vec())
    });
    let figure = Figure::new(
        format!("What digits ask of the neuron for the {ASKED}"),
        "Six pictures of 64 cells. In the upper three, each of a single row, one sees the digit of that row: blue for its own digit, vermillion for another. In the lower three, means of 8, 32 and all rows, the same blue shape appears ever more clearly, with vermillion around it; that of 32 and that of all look alike.",
    );
    single.chain(many).fold(figure.columns(3), |figure, (heading, rows)| {
        let map = HeatMap::new(SIDE, asked(digits, &rows)).diverging();
        figure.panel(Panel::picture(map).heading(heading))
    })
}

fn noise(noises: &[(f64, f64)]) -> Table {
    let rows = noises.iter().map(|(rows, noise)| {
        let cells = [*noise, noise * rows.sqrt()].map(|number| significant(number, 3));
        Cells::of([rows]).and(cells)
    });
    Table::of(["m", "noise / slope", "times √m"], rows)
}

/// The noise against the batch size, with the line of slope −½ through its middle.
fn noise_drawn(noises: &[(f64, f64)]) -> Figure {
    let middle = noises.iter().map(|(rows, noise)| ln(noise * rows.sqrt())).sum::<f64>();
    let at_one = exp(middle / noises.len() as f64);
    let (from, to) = (noises[0].0, noises[noises.len() - 1].0);
    let panel = Panel::new()
        .x(Axis::new("rows per batch, m").log())
        .y(Axis::new("noise, in lengths of the full gradient").log())
        .draw(Rule::segment((from, at_one), (to, at_one / to.sqrt())))
        .draw(Note::new((24.0, 2.2), "like 1/√m"))
        .draw(Points::new(noises.iter().copied()));
    Figure::new(
        "The noise of a gradient against the batch size",
        "On logarithmic axes the measured points lie on a straight line of slope minus one half.",
    )
    .panel(panel)
}
