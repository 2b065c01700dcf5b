//! Who finds the global minimum from random places, on our landscape and on others.

use lesson::{Page, Result, Row as Cells, Table, count, fixed, percent};

use super::{
    Compared, FromAnywhere, LANDSCAPES, STARTS, STARTS_ELSEWHERE, TRIED, mean_and_error,
};
use crate::noise::{HALF, Landscape, Rate};
use crate::stuck;

/// Fills the page.
pub(crate) fn run(page: &mut Page) -> Result {
    let progress = page.progress("walking", FromAnywhere::COUNT);
    let walked = || progress.step();
    let first = page.seed(10_000);
    let ours = Landscape::ours();
    let here = FromAnywhere::new(ours, first..first + STARTS as u64, &walked);
    let elsewhere = FromAnywhere::elsewhere(page.seed(500), page.seed(100_000), &walked);
    drop(progress);

    page.value("batch_rate", stuck::RATE);
    page.value("starts", count(STARTS));
    page.value("landscapes", LANDSCAPES);
    page.value("starts_elsewhere", STARTS_ELSEWHERE);
    let here: Vec<Compared> = (0..TRIED.len()).map(|rate| here.compare(rate)).collect();
    let there = |rate| elsewhere.iter().map(|one| one.compare(rate)).collect();
    let there: Vec<Vec<Compared>> = (0..TRIED.len()).map(there).collect();
    page.table("starts", &starts(&here));
    page.table("elsewhere", &other_landscapes(&there));
    quote_best(page, &here, &there);
    Ok(())
}

/// What a rate is called in a table.
fn name(rate: Rate) -> String {
    match rate {
        Rate::Steady(rate) => format!("rate {rate}"),
        Rate::Falling(first) => format!("{first} / (1 + t/{HALF})"),
        Rate::Straight(first) => format!("{first} down to 0"),
    }
}

/// Points of a hundred, with a sign.
fn points(share: f64) -> String {
    let sign = if share > 0.0 { "+" } else { "" };
    format!("{sign}{}", fixed(100.0 * share, 1))
}

/// The rate that gains most on our landscape, and what it gains on the others: it is found, so that its row has no
/// name to be quoted by.
fn quote_best(page: &mut Page, here: &[Compared], there: &[Vec<Compared>]) {
    let gain = |rate: &usize| here[*rate].gain();
    let rates = 0..TRIED.len();
    let best = rates.max_by(|a, b| gain(a).total_cmp(&gain(b))).expect("there are rates");
    let (here, there) = (here[best], &there[best]);
    page.value("best_rate", name(TRIED[best]));
    page.value("batch_global", percent(here.found_by_batch, 1));
    page.value("best_global", percent(here.found, 1));
    page.value("best_new", here.only_walks);
    page.value("best_missed", here.only_batch);
    page.value("best_lost", percent(here.lost, 1));
    let [gain, error] = mean_of(there, Compared::gain);
    page.value("gain_elsewhere", fixed(100.0 * gain, 1));
    page.value("gain_error", fixed(100.0 * error, 1));
    page.value("best_elsewhere", percent(mean_of(there, |c| c.found)[0], 1));
    page.value("batch_elsewhere", percent(mean_of(there, |c| c.found_by_batch)[0], 1));
    page.value(
        "lower_elsewhere",
        there.iter().filter(|c| c.cost < c.cost_of_batch).count(),
    );
    page.value("lost_elsewhere", percent(mean_of(there, |c| c.lost)[0], 1));
}

fn mean_of(all: &[Compared], of: impl Fn(&Compared) -> f64) -> [f64; 2] {
    mean_and_error(&all.iter().map(of).collect::<Vec<_>>())
}

/// From the same random starts, with all rows and with single ones: how many walks find the global minimum, from
/// how many starts only one of the two gets there, the mean cost, and how many are lost.
fn starts(rates: &[Compared]) -> Table {
    let batch = [percent(rates[0].found_by_batch, 1)];
    let batch = Cells::of(["all rows".to_string()]).and(batch).and(["", "", "", ""]);
    let batch = batch.and([fixed(rates[0].cost_of_batch, 4), String::new()]);
    let rows = TRIED.iter().zip(rates).map(|(rate, one)| {
        Cells::of([name(*rate), percent(one.found, 1)])
            .and([one.only_walks, one.only_batch])
            .and([points(one.gain()), fixed(100.0 * one.luck(STARTS), 1)])
            .and([fixed(one.cost, 4), percent(one.lost, 1)])
    });
    let counts = ["find global", "only single", "only all", "gain", "±"];
    let rest = ["mean cost", "off the map"];
    Table::of(Cells::of([""]).and(counts).and(rest), [batch].into_iter().chain(rows))
}

/// The same on many landscapes: means over them, and on how many single rows do better.
fn other_landscapes(rates: &[Vec<Compared>]) -> Table {
    let found =
        |all: &[Compared], of: fn(&Compared) -> f64| percent(mean_of(all, of)[0], 1);
    let cost = |all: &[Compared], of: fn(&Compared) -> f64| fixed(mean_of(all, of)[0], 4);
    let batch =
        Cells::of(["all rows".to_string(), found(&rates[0], |c| c.found_by_batch)]);
    let batch = batch.and(["", "", "", &cost(&rates[0], |c| c.cost_of_batch), "", ""]);
    let rows = TRIED.iter().zip(rates).map(|(rate, all)| {
        let [gain, error] = mean_of(all, Compared::gain);
        let on = |better: fn(&Compared) -> bool| all.iter().filter(|c| better(c)).count();
        Cells::of([name(*rate), found(all, |c| c.found)])
            .and([points(gain), fixed(100.0 * error, 1)])
            .and([on(|c| c.gain() > 0.0).to_string(), cost(all, |c| c.cost)])
            .and([on(|c| c.cost < c.cost_of_batch).to_string(), found(all, |c| c.lost)])
    });
    let gains = ["find global", "gain", "±", "more often on"];
    let costs = ["mean cost", "lower on", "off the map"];
    Table::of(Cells::of([""]).and(gains).and(costs), [batch].into_iter().chain(rows))
}
