//! The gaps of the eight forecasters, the two ends of what they announced, and four of them drawn.

use lesson::{Page, Result, Row, Table, count, fixed, percent, standard_error};
use plot::{Axis, Color, Figure, Panel, Points, Rule};

use super::{
    Bin, FEW_ROWS, HIDDEN, LOUDNESS, MEMORISING, QUADRATIC, ROWS, RUNS, Record, SEED,
    TEST_ROWS, TRAINING, plateau_world, records,
};

/// Fills the page.
pub(crate) fn run(page: &mut Page) -> Result {
    let records = records(page.seed(SEED))?;
    page.table("gaps", &gaps(&records));
    page.figure("reliability", &reliability(&records));
    page.table("ends", &ends(&records));
    page.value("runs", RUNS);
    page.value("rows", ROWS);
    page.value("few_rows", FEW_ROWS);
    page.value("test_rows", count(TEST_ROWS));
    page.value("rate", TRAINING.rate);
    page.value("quadratic_rate", QUADRATIC.rate);
    page.value("epochs", TRAINING.epochs);
    page.value("ends_error", percent(ends_error(&records), 1));
    page.value("long_rate", MEMORISING.rate);
    page.value("long_epochs", count(MEMORISING.epochs));
    page.value("hidden", HIDDEN);
    page.value("loudness", LOUDNESS);
    page.value("low_plateau", percent(plateau_world(&[-9.0, 0.0]), 0));
    page.value("high_plateau", percent(plateau_world(&[9.0, 0.0]), 0));
    Ok(())
}

fn gaps(records: &[Record]) -> Table {
    let rows = records.iter().map(|record| {
        let right = record.right().map(|share| percent(share, 1));
        let [low, median, high] = record.gaps().quartiles().map(|gap| fixed(gap, 3));
        Row::of([record.name]).and(right).and([median, format!("{low} to {high}")])
    });
    Table::of(["forecaster", "known", "right", "gap", "half of the runs"], rows)
}

/// What became of the forecasts below 10 % and of those from 90 % on.
fn ends(records: &[Record]) -> Table {
    let rows = records[..7].iter().map(|record| {
        let shares = record.ends().map(Bin::shares);
        let shares = shares.as_flattened().iter().map(|share| percent(*share, 2));
        Row::of([record.name]).and(shares)
    });
    let headings = ["announced low", "happened low", "announced high", "happened high"];
    Table::of(Row::of(["forecaster"]).and(headings), rows)
}

/// How far chance moves what happened at the ends of the forecasters that know the world's shape, at most.
fn ends_error(records: &[Record]) -> f64 {
    let ends = records[..4].iter().flat_map(Record::ends);
    let errors = ends.map(|bin| standard_error(bin.shares()[1], bin.forecasts));
    errors.fold(0.0, f64::max)
}

fn reliability(records: &[Record]) -> Figure {
    let axis = |name: &str| Axis::new(name).range(0.0..=1.0).ticks([0.0, 0.5, 1.0]);
    let panel = |record: &Record| {
        let bins = record.bins().into_iter().filter(|bin| bin.forecasts > 0);
        let points: Vec<(f64, f64)> = bins.map(|bin| bin.shares().into()).collect();
        let panel = Panel::new()
            .heading(record.name.trim_start_matches("… "))
            .x(axis("announced"))
            .y(axis("happened"))
            .equal()
            .draw(Rule::zero_of(1.0, -1.0, 0.0));
        // What is missing to the diagonal.
        let panel = points.iter().fold(panel, |panel, &(announced, happened)| {
            let short = Rule::segment((announced, announced), (announced, happened));
            panel.draw(short.color(Color::Vermillion))
        });
        panel.draw(Points::new(points).color(Color::Blue))
    };
    let figure = Figure::new(
        "Reliability of four forecasters",
        "What was announced against how often it happened. The sigmoid neuron lies on the diagonal; the loud one, \
         the one in another world and the one that memorised do not.",
    );
    let drawn = [1, 4, 5, 6].map(|index| panel(&records[index]));
    drawn.into_iter().fold(figure, Figure::panel)
}
