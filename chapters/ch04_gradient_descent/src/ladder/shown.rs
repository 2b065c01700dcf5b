//! The race of four searches, and when each overtakes the random guesses.

use lesson::{Page, Result, Row, Table, count, percent, significant};
use plot::{Axis, Color, Figure, Line, Panel};

use super::Search::{self, Local, Numerical, Random, True};
use super::{BUDGET, CHOOSING, DEVIATIONS, RATES, RUNS, Runs, TRUE_GRADIENT};
use super::{numbers, tuned};
use crate::flat::SIZES;

/// Fills the page.
pub(crate) fn run(page: &mut Page) -> Result {
    let seeds: Vec<u64> = (1..=RUNS + CHOOSING).map(|run| page.seed(run)).collect();
    let (seeds, choosing) = seeds.split_at(RUNS as usize);
    let settings: usize = Search::ALL.iter().map(|search| search.settings().len()).sum();
    let all = settings * choosing.len() + Search::ALL.len() * seeds.len();
    let progress = page.progress("searching", all);
    let step = || progress.step();
    let searches = Search::ALL.map(|search| tuned(search, choosing, seeds, step));
    drop(progress);
    page.table("searches", &table(&searches));
    page.figure("race", &race(&searches));

    let [random, local, measured, computed] = &searches;
    let blind = random.after(BUDGET).median();
    for (name, runs) in [("local", local), ("measured", measured), ("computed", computed)]
    {
        let reached = runs.reaches(blind).map_or("never".to_string(), count);
        page.value(&format!("overtakes_{name}"), reached);
    }
    page.value("kept_local", percent(local.improvements().median(), 0));
    page.value("budget", count(BUDGET));
    page.value("runs", RUNS);
    page.value("choosing", CHOOSING);
    page.value("charge", TRUE_GRADIENT);
    page.value("numbers", numbers());
    page.value("hidden", SIZES[1]);
    page.value("evaluations_measured", numbers() + 1);
    for (name, settings) in [("deviations", DEVIATIONS), ("rates", RATES)] {
        page.value(name, settings.map(|setting| setting.to_string()).join(", "));
    }
    Ok(())
}

fn name(search: Search) -> &'static str {
    match search {
        Random => "random guesses",
        Local => "guesses nearby",
        Numerical => "measured slope",
        True => "computed slope",
    }
}

/// The median costs after some of the evaluations and after all.
fn table(searches: &[Runs]) -> Table {
    let looks = [27, 270, 810, BUDGET];
    let rows = searches.iter().map(|runs| {
        let setting = match runs.search {
            Random => "–".to_string(),
            _ => runs.setting.to_string(),
        };
        Row::of([name(runs.search), &setting, &count(runs.search.steps())])
            .and(looks.map(|look| significant(runs.after(look).median(), 2)))
    });
    let headings = ["search", "setting", "steps"].map(String::from).into_iter();
    Table::of(headings.chain(looks.map(count)), rows)
}

fn race(searches: &[Runs]) -> Figure {
    let panel = Panel::new()
        .x(Axis::new("evaluations of the cost").range(0.0..=BUDGET as f64))
        .y(Axis::new("best cost so far").log());
    let colors = [Color::Purple, Color::Green, Color::Vermillion, Color::Blue];
    let panel = searches.iter().zip(colors).fold(panel, |panel, (runs, color)| {
        let looks = (1..=BUDGET).step_by(29);
        let rows = looks.map(|look| (look as f64, runs.after(look).quartiles()));
        let line = Line::spread(rows);
        panel.draw(line.color(color).label(name(runs.search).replace(' ', "\n")))
    });
    Figure::new(
        "Four searches with the same budget",
        "Best cost so far, on a logarithmic scale, against evaluations: medians with quartiles. Random guesses stay \
         where they are, the measured slope goes lower, guesses nearby lower still, the computed slope lowest.",
    )
    .panel(panel)
}
