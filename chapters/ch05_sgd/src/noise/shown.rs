//! Who leaves three valleys and who finds the global minimum, at rates that stay and at rates that fall.

use lesson::{Page, Result, Row as Cells, Table, count, fixed, percent, standard_error};
use plot::{Axis, Color, Contours, Field, Figure, Line, Marker, Panel, Points};

use super::{
    EPOCHS, FIRST_RATES, HALF, Places, RATES, SEEDS, STREWN, Tally, Walk, Walks, apart,
    best, luck, mean_cost,
};
use crate::landscape::{Place, ROWS, cost};
use crate::stuck;

/// Fills the page.
pub(crate) fn run(page: &mut Page) -> Result {
    let places = Places::find();
    let progress = page.progress("walking", Walks::COUNT);
    let walks = Walks::new(&places, page.seed(1_000), &|| progress.step());
    drop(progress);
    page.value("seeds", SEEDS);
    page.value("batch_rate", stuck::RATE);
    // A share is least certain where it is one half.
    page.value("share_luck", percent(standard_error(0.5, SEEDS), 1));
    page.value("epochs", EPOCHS);
    page.value("steps", count(EPOCHS * ROWS));
    let cost = |place| fixed(cost(place, &places.rows), 4);
    page.value("global_cost", cost(places.global));
    page.value("shallow_cost", cost(places.shallow));
    page.value("deep_cost", cost(places.deep));

    let [shallow, deep, global] = walks.constant.each_ref().map(|all| Tally::each(all));
    let [fallen_deep, fallen_global] =
        walks.fallen.each_ref().map(|all| Tally::each(all));
    page.table("valleys", &valleys(&shallow, &deep, &global));
    page.value("rates", RATES.len());
    page.value("shallow_best", share(best(&shallow).1));
    page.value("deep_found", deep.iter().map(|tally| tally.global).sum::<usize>());
    page.value("deep_left", deep.iter().map(|tally| tally.left).sum::<usize>());
    page.value("deep_walks", count(RATES.len() * SEEDS));
    page.figure("shares", &shares(&shallow, &deep));
    page.value("half", HALF);
    page.table("falling", &falling(&fallen_deep, &fallen_global));
    page.value("fallen_best", share(best(&fallen_deep).1));

    let starts = starts(&walks, &places);
    page.table("starts", &starts);
    quote_best(page, &starts, &walks);
    page.figure("ends", &ends(&places, &walks.constant[0]));
    Ok(())
}

/// The single rows at the rate at which most of them find the global minimum: it is found, so that its row
/// has no name to be quoted by.
fn quote_best(page: &mut Page, starts: &Table, walks: &Walks) {
    let (best, _) = best(&Tally::each(&walks.single));
    let row = format!("one row, rate {}", RATES[best]);
    page.value("best_rate", RATES[best]);
    page.value("best_global", starts.cell(&row, "find global"));
    page.value("best_new", starts.cell(&row, "only single rows"));
    page.value("best_missed", starts.cell(&row, "only all rows"));
    page.value("best_cost", starts.cell(&row, "mean cost"));
    page.value("best_lost", starts.cell(&row, "off the map"));
    let (new, missed) = apart(&walks.single[best * SEEDS..][..SEEDS], &walks.batch);
    page.value("gain", new as i64 - missed as i64);
    page.value("luck", fixed(luck(new, missed), 0));
}

/// One walk of the two hundred is half a per cent.
fn share(walks: usize) -> String {
    percent(walks as f64 / SEEDS as f64, walks % 2)
}

/// From each of three valleys: how many walks leave it, and how many of them find the global minimum.
fn valleys(shallow: &[Tally], deep: &[Tally], global: &[Tally]) -> Table {
    let tallies = shallow.iter().zip(deep).zip(global);
    let rows = RATES.iter().zip(tallies).map(|(rate, ((shallow, deep), global))| {
        let counts = [shallow.left, shallow.global, deep.left, deep.global, global.left];
        Cells::of([rate]).and(counts.map(share))
    });
    let shallow = ["shallow: leave", "shallow: find"];
    let others = ["deep: leave", "deep: find", "global: leave"];
    Table::of(Cells::of(["rate"]).and(shallow).and(others), rows)
}

/// The same from the deep valley and the global one, with a rate that falls.
fn falling(deep: &[Tally], global: &[Tally]) -> Table {
    let tallies = FIRST_RATES.iter().zip(deep.iter().zip(global));
    let rows = tallies.map(|(rate, (deep, global))| {
        Cells::of([rate]).and([deep.left, deep.global, global.left].map(share))
    });
    Table::of(["rate at first", "deep: leave", "deep: find", "global: leave"], rows)
}

/// From the same random starts, with all rows and with single ones: how many walks find the global minimum,
/// how many of these starts only one of the two gets there from, the mean cost, and how many are lost.
fn starts(walks: &Walks, places: &Places) -> Table {
    let names = RATES.map(|rate| format!("one row, rate {rate}"));
    let single = names.into_iter().zip(walks.single.chunks(SEEDS));
    let kinds = [("all rows".to_string(), &walks.batch[..])].into_iter().chain(single);
    let rows = kinds.map(|(name, kind)| {
        let tally = Tally::of(kind);
        let (new, missed) = apart(kind, &walks.batch);
        let cost = fixed(mean_cost(kind, &places.rows), 4);
        let row = Cells::of([name, share(tally.global)]).and([new, missed]);
        row.and([cost, share(tally.lost)])
    });
    let counts = ["find global", "only single rows", "only all rows"];
    Table::of(Cells::of([""]).and(counts).and(["mean cost", "off the map"]), rows)
}

/// The shares against the rate, for the shallow valley and the deep one.
fn shares(shallow: &[Tally], deep: &[Tally]) -> Figure {
    let panel = |heading: &str, tallies: &[Tally]| {
        let points = |of: fn(&Tally) -> usize| -> Vec<(f64, f64)> {
            let share = |tally| of(tally) as f64 / SEEDS as f64;
            RATES.iter().copied().zip(tallies.iter().map(share)).collect()
        };
        let series = [
            ("leave", Color::Blue, points(|tally| tally.left)),
            ("find global", Color::Vermillion, points(|tally| tally.global)),
        ];
        let shares = [(0.0, "0 %"), (0.5, "50 %"), (1.0, "100 %")];
        let rates = [0.2, 0.5, 1.0, 2.0, 5.0].map(|rate| (rate, rate.to_string()));
        let panel = Panel::new()
            .heading(heading)
            .x(Axis::new("learning rate").log().tick_labels(rates))
            .y(Axis::new("share of walks").range(0.0..=1.0).tick_labels(shares));
        series.into_iter().fold(panel, |panel, (label, color, points)| {
            panel
                .draw(Line::new(points.iter().copied()).color(color))
                .draw(Points::new(points).color(color).label(label))
        })
    };
    Figure::new(
        "Who leaves, and who finds the global minimum",
        "Shares of 200 walks against the rate. From the shallow valley all leave from rate 0.7 on and some find the global minimum; from the deep one they leave only at rates at which hardly any finds it.",
    )
    .panel(panel("from a shallow valley", shallow))
    .panel(panel("from a deep valley", deep))
}

/// Where the walks from the shallow valley are when they stop, at three rates.
fn ends(places: &Places, walks: &[Walk]) -> Figure {
    let cost = |a, b| cost(Place { a, b }, &places.rows);
    let field = Field::sample(-20.0..=20.0, -7.5..=32.5, cost);
    let figure = Figure::new(
        "Where 200 walks from a shallow valley end, at three rates",
        "At the smallest rate all dots lie in the valley where the walks began. At the middle one they lie in the global valley and in a few others. At the largest they are strewn all over the map.",
    );
    let mark = |place: Place, marker| {
        Points::new([place.point()]).color(Color::Ink).marker(marker).radius(9.0)
    };
    STREWN.into_iter().fold(figure.columns(3), |figure, rate| {
        let walks = RATES.iter().zip(walks.chunks(SEEDS)).find(|walks| *walks.0 == rate);
        let (_, walks) = walks.expect("the rate is one of ours");
        let ends = walks.iter().map(|walk| walk.end.point());
        let panel = Panel::new()
            .heading(format!("rate {rate}"))
            .x(Axis::new("a").range(-20.0..=20.0).ticks([-10.0, 0.0, 10.0]))
            .y(Axis::new("b").range(-7.5..=32.5).ticks([0.0, 10.0, 20.0, 30.0]))
            .equal()
            .draw(Contours::new(&field).levels([0.09, 0.13]))
            .draw(mark(places.global, Marker::Ring))
            .draw(mark(places.shallow, Marker::Cross))
            .draw(Points::new(ends).color(Color::Vermillion).marker(Marker::Circle));
        figure.panel(panel)
    })
}
