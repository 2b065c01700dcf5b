//! On the simplest valley there is, the learning rate alone decides between creeping, arriving, bouncing and flying off.

use lesson::{Page, Result, Row, Table, fixed};
use nn::{GradientDescent, descend};
use plot::{Axis, Color, Figure, Line, Panel, Path};

/// Where every descent starts, and how many steps it makes.
const START: f64 = 10.0;
const STEPS: usize = 10;

/// The learning rates, with what becomes of them.
const RATES: [(f64, &str); 4] =
    [(0.05, "creeping"), (0.2, "good"), (1.0, "bouncing"), (1.1, "diverging")];

/// The rate that needs a single step.
const PERFECT: f64 = 0.5;

/// How many steps the figure shows.
const SHOWN: usize = 5;

/// The valley.
pub fn parabola(x: f64) -> f64 {
    x * x
}

/// Its slope.
pub fn parabola_slope(x: f64) -> f64 {
    2.0 * x
}

/// Ten steps down the parabola: the x of each place, the start among them.
pub fn roll(rate: f64) -> Vec<f64> {
    let slope = |x: &[f64], g: &mut [f64]| g[0] = parabola_slope(x[0]);
    let path = descend(GradientDescent, rate, &[START], STEPS, slope);
    path.iter().map(|place| place[0]).collect()
}

/// Fills the page.
pub fn run(page: &mut Page) -> Result {
    let table = steps();
    page.table("steps", &table);
    page.figure("paths", &paths());
    page.value("start", START);
    page.value("steps", STEPS);
    page.value("shown", SHOWN);
    for (rate, name) in RATES {
        page.value(&format!("rate_{name}"), rate);
        page.value(&format!("factor_{name}"), fixed(1.0 - 2.0 * rate, 1));
        let end = table.cell(&STEPS.to_string(), &heading(rate));
        page.value(&format!("end_{name}"), end);
    }
    page.value("first_step", roll(RATES[1].0)[1]);
    page.value("start_slope", parabola_slope(START));
    page.value("first_move", RATES[1].0 * parabola_slope(START));
    let second = roll(RATES[1].0)[1];
    page.value("second_move", fixed(RATES[1].0 * parabola_slope(second), 1));
    page.value("perfect", PERFECT);
    page.value("perfect_factor", fixed(1.0 - 2.0 * PERFECT, 0));
    Ok(())
}

fn heading(rate: f64) -> String {
    format!("η = {rate}")
}

fn steps() -> Table {
    let mut table = Table::new(
        [String::from("step")].into_iter().chain(RATES.map(|(rate, _)| heading(rate))),
    );
    let paths = RATES.map(|(rate, _)| roll(rate));
    for step in 0..=STEPS {
        table.row(Row::of([step]).and(paths.each_ref().map(|path| fixed(path[step], 4))));
    }
    table
}

fn paths() -> Figure {
    let wide = 22.0;
    let figure = Figure::new(
        "Four learning rates on a parabola",
        "From the same start: short steps that do not arrive, steps that arrive, jumps between two places at the \
         same height, and jumps that climb out of the valley.",
    );
    RATES.into_iter().fold(figure, |figure, (rate, name)| {
        let path = roll(rate).into_iter().take(SHOWN + 1).map(|x| (x, parabola(x)));
        figure.panel(
            Panel::new()
                .heading(format!("{name}, {}", heading(rate)))
                .x(Axis::new("x")
                    .range(-wide..=wide)
                    .ticks([-20.0, -10.0, 0.0, 10.0, 20.0]))
                .y(Axis::new("x²")
                    .range(0.0..=460.0)
                    .ticks([0.0, 100.0, 200.0, 300.0, 400.0]))
                .draw(Line::function(-wide..=wide, parabola).color(Color::Muted))
                .draw(Path::new(path).color(Color::Vermillion)),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As printed in the first edition of Dive into Deep Learning, to the last digit of a double.
    #[test]
    fn the_published_ends_come_out() {
        for (rate, published) in [
            (0.2, 0.060_466_175_999_999_97),
            (0.05, 3.486_784_400_999_999_5),
            (1.1, 61.917_364_224_000_096),
        ] {
            let apart = (roll(rate)[STEPS] / published - 1.0).abs();
            assert!(apart < 1e-14, "rate {rate}: {apart} from {published}");
        }
    }

    #[test]
    fn every_step_multiplies_by_the_same_factor() {
        for (rate, _) in RATES {
            for pair in roll(rate).windows(2) {
                let expected = (1.0 - 2.0 * rate) * pair[0];
                assert!((pair[1] - expected).abs() < 1e-12 * pair[0].abs(), "{rate}");
            }
        }
    }

    #[test]
    fn a_rate_of_one_goes_back_and_forth_for_ever_and_one_half_arrives_at_once() {
        assert!(
            roll(1.0)
                .iter()
                .enumerate()
                .all(|(step, x)| { *x == if step % 2 == 0 { START } else { -START } })
        );
        assert_eq!(roll(PERFECT)[1], 0.0);
    }
}
