//! Where the three detectives rank the culprits, and what the slopes say when all parameters move a little.

use lesson::{
    Page, Result, Row, Spread, Table, count, percent, significant, standard_error,
};
use plot::{Axis, Color, Figure, Line, Panel};

use super::{
    Case, DIRECTIONS, FAULTS, Fault, HARM, MOVED, NETWORKS, NUDGES, Nudge, REPAIRED,
    ROWS, Record, TRAINING, TRIES, all_cases,
};

/// Fills the page.
pub(crate) fn run(page: &mut Page) -> Result {
    let progress = page.progress("networks", NETWORKS as usize);
    let cases = all_cases(page.seed(51), || progress.step())?;
    drop(progress);
    name_settings(page, &cases);

    let faults: Vec<&Fault> = cases.iter().flat_map(|case| &case.faults).collect();
    page.value("harmful", faults.len());
    let ranks = [
        faults.iter().map(|fault| fault.by_slope).collect::<Vec<usize>>(),
        faults.iter().map(|fault| fault.by_gain).collect(),
        faults.iter().filter_map(|fault| fault.by_repair).collect(),
    ];
    let parameters = cases[0].patient.network.parameter_count();
    page.table("detectives", &detectives(&ranks, parameters));
    page.figure("found", &found(&ranks, parameters));
    name_sureness(page, &cases);
    page.value("by_size", faults.iter().filter(|fault| fault.by_size == 1).count());
    let sent_back = faults.iter().filter(|fault| fault.is_sent_back());
    page.value("sent_back", sent_back.count());
    let part = Spread::of(faults.iter().map(|fault| fault.part()));
    page.value("part", significant(part.median(), 2));
    let louder = Spread::of(faults.iter().map(|fault| fault.louder));
    page.value("louder", significant(louder.median(), 2));
    let kept = Spread::of(faults.iter().filter_map(|fault| fault.kept));
    page.value("kept", percent(kept.median(), 0));
    page.table("nudges", &nudges(&cases));
    Ok(())
}

/// How far the networks lie apart, and what the first two detectives find among the faults that are repaired.
fn name_sureness(page: &mut Page, cases: &[Case]) {
    let firsts = |name: &str, rank: fn(&Fault) -> Option<usize>| {
        let of_case = |case: &Case| {
            let ranks: Vec<usize> = case.faults.iter().filter_map(rank).collect();
            Record::of(&ranks).first as f64 / ranks.len() as f64
        };
        let shares = Spread::of(cases.iter().map(of_case));
        let [least, most] =
            [shares.least(), shares.most()].map(|share| percent(share, 0));
        [(format!("{name}_least"), least), (format!("{name}_most"), most)]
    };
    let apart = [
        firsts("slope", |fault| Some(fault.by_slope)),
        firsts("gain", |fault| Some(fault.by_gain)),
        firsts("repair", |fault| fault.by_repair),
    ];
    apart.as_flattened().iter().for_each(|(name, share)| page.value(name, share));
    let repaired = || {
        let faults = cases.iter().flat_map(|case| &case.faults);
        faults.filter(|fault| fault.by_repair.is_some())
    };
    page.value("same_by_slope", repaired().filter(|fault| fault.by_slope == 1).count());
    page.value("same_by_gain", repaired().filter(|fault| fault.by_gain == 1).count());
}

fn name_settings(page: &mut Page, cases: &[Case]) {
    page.value("networks", NETWORKS);
    page.value("epochs", TRAINING.epochs);
    page.value("parameters", count(cases[0].patient.network.parameter_count()));
    page.value("faults", count(FAULTS * NETWORKS as usize));
    page.value("moved", MOVED);
    page.value("harm_limit", HARM);
    page.value("rows", ROWS);
    page.value("tries", TRIES.len());
    page.value("shortest_try", TRIES[0]);
    page.value("longest_try", TRIES[TRIES.len() - 1]);
    page.value("repaired", REPAIRED);
    page.value("directions", DIRECTIONS * NETWORKS as usize);
    let costs = Spread::of(cases.iter().map(|case| case.patient.cost));
    page.value("cost", significant(costs.median(), 2));
    let usual = cases.iter().map(|case| {
        let weights = &case.patient.network.layers[0].weights;
        let squares: f64 = weights.iter().map(|weight| weight * weight).sum();
        (squares / weights.len() as f64).sqrt()
    });
    page.value("usual_weight", significant(Spread::of(usual).median(), 2));
}

const NAMES: [&str; 3] = ["by slope", "by gain", "by repair"];

/// What each detective found, and what it costs in passes through the network.
fn detectives(ranks: &[Vec<usize>; 3], parameters: usize) -> Table {
    // A forward and a backward pass; besides, one back from each score; one forward for each try.
    let prices = [2, 2 + 10, 2 + parameters * TRIES.len()];
    let rows = NAMES.iter().zip(ranks).zip(prices).map(|((name, ranks), price)| {
        let record = Record::of(ranks);
        let share = |found: usize| {
            let share = found as f64 / record.culprits as f64;
            let error = standard_error(share, record.culprits);
            format!("{found} ({} ± {})", percent(share, 0), percent(error, 0))
        };
        let shares = [record.first, record.first_ten].map(share);
        let culprits = [count(price), count(record.culprits)];
        let median = count(record.median.round() as usize);
        Row::of([name]).and(culprits).and(shares).and([median])
    });
    let lot = [1.0, 10.0].map(|rank| percent(rank / parameters as f64, 2));
    let lots = Row::of(["by lot", "0", ""]).and(lot).and([count(parameters.div_ceil(2))]);
    Table::of(
        ["", "passes", "culprits", "first", "first ten", "median rank"],
        rows.chain([lots]),
    )
}

/// How many suspects one has to look at until the culprit is among them.
fn found(ranks: &[Vec<usize>; 3], parameters: usize) -> Figure {
    const MOST: usize = 100;
    let among = |ranks: &[usize], most: usize| {
        ranks.iter().filter(|&&rank| rank <= most).count() as f64 / ranks.len() as f64
    };
    let shares = [0.0, 0.25, 0.5, 0.75, 1.0].map(|share| (share, percent(share, 0)));
    let suspects = [1.0, 3.0, 10.0, 30.0, 100.0].map(|k| (k, count(k as usize)));
    let panel = Panel::new()
        .x(Axis::new("suspects looked at").log().tick_labels(suspects))
        .y(Axis::new("culprit among them").range(0.0..=1.0).tick_labels(shares));
    let panel = NAMES.iter().zip(ranks).fold(panel, |panel, (name, ranks)| {
        let points = (1..=MOST).map(|most| (most as f64, among(ranks, most)));
        panel.draw(Line::new(points).label(*name))
    });
    let lots = (1..=MOST).map(|most| (most as f64, most as f64 / parameters as f64));
    Figure::new(
        "How soon three detectives find the culprit",
        "The share of culprits among the first suspects, from one to a hundred. By slope it stays low, by gain it reaches \
         about half, by repair nearly all are found at once.",
    )
    .panel(panel.draw(Line::new(lots).color(Color::Muted).label("by lot")))
}

/// What the cost does if all parameters move, and which share of it slope times change explains.
fn nudges(cases: &[Case]) -> Table {
    let rows = NUDGES.iter().enumerate().map(|(index, size)| {
        let of = |number: fn(&Nudge) -> f64| {
            let nudges = cases.iter().flat_map(|case| &case.nudges[index]);
            Spread::of(nudges.map(number))
        };
        let [low, middle, high] =
            of(|nudge| nudge.after).quartiles().map(|x| significant(x, 3));
        let both = significant(of(|nudge| nudge.both).median(), 3);
        let rise = significant(of(|nudge| nudge.rise.abs()).median(), 1);
        [size.to_string(), rise, middle, format!("{low} to {high}"), both]
    });
    Table::of(
        ["moved by", "cost moves by", "explained", "middle half", "by both ends"],
        rows,
    )
}
