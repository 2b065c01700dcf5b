//! The distance to the one minimum: over the updates, in the end, and from starts near and far.

use lesson::{Page, Result, Row as Cells, Table, count, fixed, significant};
use nn::math::pow;
use plot::{Axis, Color, Figure, Line, Panel};

use super::{
    Choice, FIRST_RATE, HALF, RATES, Runs, SEEDS, STARTS, UPDATES, Weights, batch,
    decaying, distance, farthest, fitted, minimum, rows, slope_of_logs,
};

/// Fills the page.
pub(crate) fn run(page: &mut Page) -> Result {
    let rows = rows();
    let minimum = minimum(&rows);
    let straight = batch([0.0; 4], &rows, FIRST_RATE);
    let seeds: Vec<u64> = (0..SEEDS as u64).map(|seed| page.seed(40 + seed)).collect();

    let hover =
        |choice| RATES.map(|rate| Runs::new(&rows, minimum, &seeds, choice, |_| rate));
    let (shuffled, drawn) = (hover(Choice::Shuffled), hover(Choice::Drawn));
    let decay = Runs::new(&rows, minimum, &seeds, Choice::Shuffled, decaying);
    page.table("distances", &table(&shuffled, &drawn));
    page.figure("distances", &distances(&straight, &minimum, &shuffled, &decay));
    page.value("updates", count(UPDATES));
    page.value("seeds", SEEDS);
    page.value("half", HALF);
    page.value("batch_end", significant(distance(&straight[UPDATES], &minimum), 2));
    page.value("decay_end", significant(decay.end(), 2));
    page.value("slope_shuffled", fixed(slope_of_logs(&shuffled), 2));
    page.value("slope_drawn", fixed(slope_of_logs(&drawn), 2));

    let agreeing = fitted(&rows, &minimum);
    let agreeing =
        Runs::new(&agreeing, minimum, &seeds, Choice::Shuffled, |_| FIRST_RATE);
    page.value("fitted_end", significant(agreeing.end(), 2));
    let [all, one] = farthest(&rows, &minimum, page.seed(400));
    let ends = [("all rows", all), ("one row, decaying rate", one)];
    let ends = ends.map(|(kind, end)| [kind.to_string(), significant(end, 2)]);
    page.table("starts", &Table::of(["", "farthest from the minimum"], ends));
    page.value("starts", STARTS);
    Ok(())
}

/// How far from the minimum the runs hover in the end.
fn table(shuffled: &[Runs], drawn: &[Runs]) -> Table {
    let runs = RATES.iter().zip(shuffled.iter().zip(drawn));
    let rows = runs.map(|(rate, (shuffled, drawn))| {
        Cells::of([rate]).and([shuffled, drawn].map(|runs| significant(runs.end(), 2)))
    });
    Table::of(["rate", "shuffled", "drawn"], rows)
}

/// Distance to the minimum over the updates, both on logarithmic axes.
fn distances(
    straight: &[Weights],
    minimum: &Weights,
    runs: &[Runs],
    decay: &Runs,
) -> Figure {
    let line = |label: &str, color: Color, at: &dyn Fn(usize) -> f64| {
        let updates = (0..=110).map(|i| pow(10.0, f64::from(i) * 4.3 / 110.0) as usize);
        let updates = updates.filter(|update| *update <= UPDATES);
        let points = updates.map(|update| (update as f64, at(update)));
        Line::new(points.collect::<Vec<_>>()).color(color).label(label)
    };
    let panel = Panel::new()
        .x(Axis::new("updates").log())
        .y(Axis::new("distance to the minimum").log().range(1e-6..=2.0))
        .draw(line("all rows", Color::Blue, &|t| distance(&straight[t], minimum)))
        .draw(line("one row,\nrate 0.1", Color::Vermillion, &|t| runs[0].at(t)))
        .draw(line("rate 0.01", Color::Orange, &|t| runs[2].at(t)))
        .draw(line("decaying", Color::Green, &|t| decay.at(t)));
    Figure::new(
        "Distance to the minimum of a convex cost",
        "Batch descent falls without end; single rows at a constant rate level off, lower for the smaller rate; with a decaying rate they keep falling slowly.",
    )
    .panel(panel)
}
