//! Who leaves three valleys, and who finds the global minimum from there.

use lesson::{Page, Result, Row as Cells, Table, count, fixed, percent, standard_error};
use nn::seeded;
use plot::{
    Axis, Color, Contours, Field, Figure, Line, Marker, Note, Panel, Path, Points,
};

use super::{
    EPOCHS, FIRST_RATES, FromValleys, HALF, Landscape, RATES, SEEDS, STEPS, STREWN,
    TREMBLING, Tally, WALK, Walks, best, stochastic, three_valleys,
};
use crate::landscape::{End, Place, cost};
use crate::stuck;

/// Fills the page.
pub(crate) fn run(page: &mut Page) -> Result {
    let mut ours = Landscape::ours();
    let progress = page.progress("walking", FromValleys::COUNT);
    let walks = FromValleys::new(&mut ours, page.seed(1_000), &|| progress.step());
    drop(progress);

    page.live(&WALK)?;
    page.value("seeds", SEEDS);
    // A share is least certain where it is one half.
    page.value("share_luck", percent(standard_error(0.5, SEEDS), 1));
    page.value("epochs", EPOCHS);
    page.value("steps", count(STEPS));
    let valleys = three_valleys(&ours);
    for (name, valley) in ["shallow_cost", "deep_cost", "global_cost"].iter().zip(valleys)
    {
        page.value(name, fixed(cost(valley, &ours.rows), 4));
    }
    from_three_valleys(page, &walks, valleys);
    page.figure("ends", &ends(&ours, &walks.constant[0]));
    let trembling = trembling(&ours, page.seed(1_000));
    let global = ours.global();
    let found = trembling
        .iter()
        .filter(|path| path.last().is_some_and(|end| end.distance(global) < 1.0));
    page.value("trembling_found", found.count());
    page.figure("walks", &self::walks(&ours, &trembling));
    page.value("trembling", TREMBLING);
    page.value("trembling_rate", STREWN[1]);
    Ok(())
}

/// What became of those that began in a valley.
fn from_three_valleys(page: &mut Page, walks: &FromValleys, valleys: [Place; 3]) {
    let [_, deep, global] = valleys;
    let tallies = |walks: &[Walks], home| -> Vec<Tally> {
        walks.iter().map(|walks| Tally::of(walks, home, global)).collect()
    };
    let [from_shallow, from_deep, from_global] =
        [0, 1, 2].map(|valley| tallies(&walks.constant[valley], valleys[valley]));
    let fallen_deep = tallies(&walks.fallen[0], deep);
    let fallen_global = tallies(&walks.fallen[1], global);
    page.table("valleys", &table(&from_shallow, &from_deep, &from_global));
    page.figure("shares", &shares(&from_shallow, &from_deep));
    page.value("rates", RATES.len());
    page.value("shallow_best", share(best(&from_shallow).1));
    page.value("deep_found", from_deep.iter().map(|tally| tally.global).sum::<usize>());
    page.value("deep_left", from_deep.iter().map(|tally| tally.left).sum::<usize>());
    page.value("deep_walks", count(RATES.len() * SEEDS));
    page.value("half", HALF);
    page.table("falling", &falling(&fallen_deep, &fallen_global));
    page.value("fallen_best", share(best(&fallen_deep).1));
}

/// One walk of the two hundred is half a per cent.
fn share(walks: usize) -> String {
    percent(walks as f64 / SEEDS as f64, walks % 2)
}

/// From each of three valleys: how many walks leave it, and how many of them find the global minimum.
fn table(shallow: &[Tally], deep: &[Tally], global: &[Tally]) -> Table {
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

/// The shares against the rate, for the shallow valley and the deep one.
fn shares(shallow: &[Tally], deep: &[Tally]) -> Figure {
    let panel = |heading: &str, tallies: &[Tally], named: bool| {
        let points = |of: fn(&Tally) -> usize| -> Vec<(f64, f64)> {
            let share = |tally| of(tally) as f64 / SEEDS as f64;
            RATES.iter().copied().zip(tallies.iter().map(share)).collect()
        };
        let series = [
            ("leave", Color::Blue, points(|tally| tally.left)),
            ("find it", Color::Vermillion, points(|tally| tally.global)),
        ];
        let shares = [(0.0, "0 %"), (0.5, "50 %"), (1.0, "100 %")];
        let rates = [0.2, 0.5, 1.0, 2.0, 5.0].map(|rate| (rate, rate.to_string()));
        let panel = Panel::new()
            .heading(heading)
            .x(Axis::new("learning rate").log().range(0.18..=5.1).tick_labels(rates))
            .y(Axis::new("share of walks").range(0.0..=1.0).tick_labels(shares));
        series.into_iter().fold(panel, |panel, (label, color, points)| {
            let line = Line::new(points.iter().copied()).color(color);
            panel
                .draw(if named { line.label(label) } else { line })
                .draw(Points::new(points).color(color))
        })
    };
    Figure::new(
        "Who leaves, and who finds the global minimum",
        "Shares of 200 walks against the rate. From the shallow valley all leave from rate 0.7 on and some find the global minimum; from the deep one they leave only at rates at which hardly any finds it.",
    )
    .panel(panel("from a shallow valley", shallow, false))
    .panel(panel("from a deep valley", deep, true))
}

/// Where the walks from the shallow valley come to rest, at four rates. Ends that lie on one another make one disc,
/// whose area is their number; the larger ones have their share beside them.
fn ends(ours: &Landscape, walks: &[Walks]) -> Figure {
    let cost = |s, k| cost(Place { s, k }, &ours.rows);
    let field = Field::sample(-16.0..=23.0, 0.0..=27.0, cost);
    let figure = Figure::new(
        "Where 200 walks from a shallow valley end, at four rates",
        "At the smallest rate one large disc lies in the valley where the walks began. At the next the largest disc lies in the global valley. At the third the discs are smaller and in several valleys, and at the largest they are strewn over the map and none is in the global valley.",
    );
    let [shallow, _, global] = three_valleys(ours);
    STREWN.into_iter().fold(figure.columns(2), |figure, rate| {
        let at = RATES.iter().position(|one| *one == rate);
        let walks = &walks[at.expect("the rate is one of ours")];
        let mark = |place: Place, marker| {
            Points::new([place.point()]).color(Color::Ink).marker(marker).radius(6.0)
        };
        let panel = Panel::new()
            .heading(format!("rate {rate}"))
            .x(Axis::new("").range(-16.0..=23.0).hidden())
            .y(Axis::new("").range(0.0..=27.0).hidden())
            .aspect(1.2)
            .draw(Contours::new(&field).levels([0.09, 0.13]));
        let panel =
            heaps(&walks.ends).into_iter().fold(panel, |panel, (place, count)| {
                let disc = Points::new([place.point()])
                    .radius(1.7 * (count as f64).sqrt())
                    .color(Color::Vermillion)
                    .marker(Marker::Circle);
                let named = 10 * count >= SEEDS;
                panel.draw(if named { disc.names([share(count)]) } else { disc })
            });
        let panel = panel.draw(mark(global, Marker::Ring));
        figure.panel(panel.draw(mark(shallow, Marker::Cross)))
    })
}

/// Ends within one unit of the first of them make a heap; where that is, and how many they are.
fn heaps(ends: &[End]) -> Vec<(Place, usize)> {
    let mut heaps: Vec<(Place, usize)> = Vec::new();
    for End { place, .. } in ends {
        match heaps.iter_mut().find(|(first, _)| first.distance(*place) < 1.0) {
            Some((_, count)) => *count += 1,
            None => heaps.push((*place, 1)),
        }
    }
    heaps
}

/// Where the walk begins that batch descent and single rows are compared on.
fn same_start() -> Place {
    let (s, k) = stuck::DRAWN[5];
    Place { s, k }
}

/// Walks from there that ask one row at a time.
fn trembling(ours: &Landscape, seed: u64) -> Vec<Vec<Place>> {
    let walk = |walk| {
        let rng = &mut seeded(seed + walk);
        stochastic(same_start(), &ours.rows, |_| STREWN[1], rng)
    };
    (0..TREMBLING).map(walk).collect()
}

/// Walks that begin at one place: batch descent, which rolls into the next valley, and single rows, which tremble.
fn walks(ours: &Landscape, trembling: &[Vec<Place>]) -> Figure {
    let cost = |s, k| cost(Place { s, k }, &ours.rows);
    let field = Field::sample(-12.0..=12.0, 0.0..=25.0, cost);
    let panel = Panel::new()
        .x(Axis::new("").range(-12.0..=12.0).hidden())
        .y(Axis::new("").range(0.0..=25.0).hidden())
        .aspect(1.1)
        .draw(Contours::new(&field));
    let panel = trembling.iter().fold(panel, |panel, path| {
        let path = path.iter().map(|place| place.point());
        let end = Points::new(path.clone().next_back()).radius(4.0);
        panel
            .draw(Line::new(path).color(Color::Vermillion).faint())
            .draw(end.color(Color::Vermillion).marker(Marker::Circle))
    });
    let smooth = stuck::walk(same_start(), &ours.rows).into_iter().map(Place::point);
    let all_rows = Note::new((-11.0, 7.6), "asks all rows").points_at((1.4, 7.6));
    let single =
        Note::new((5.6, 11.5), "ask one row\nat a time").color(Color::Vermillion);
    let global = Points::new([ours.global().point()]).marker(Marker::Ring).radius(11.0);
    let global = global.color(Color::Ink).names(["deepest\nvalley"]);
    Figure::new(
        "One walk that asks all rows, and many that ask one row at a time",
        "A map of hills and valleys. One smooth path goes down into the nearest valley and ends. From the same place many trembling paths leave that valley and wander over the map; most end in one valley farther up.",
    )
    .panel(panel.draw(Path::new(smooth).color(Color::Ink)).draw(global).draw(all_rows).draw(single))
}
