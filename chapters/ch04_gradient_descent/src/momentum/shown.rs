//! Two paths down the narrow valley, and the steps with and without a memory in valleys of every width.

use lesson::{Page, Result, Row, Spread, Table, fixed, significant};
use plot::{Axis, Color, Contours, Field, Figure, Panel, Path};

use super::{ASIDE, CHOOSING, CONDITIONS, LEFT, ROLL, SHOWN, STARTS, Setting};
use super::{chosen, curvatures, plain, spread, starts, students_steps};
use super::{walk, with_memory};
use crate::exam::Exam;
use crate::valleys::shown::counted;
use crate::valleys::{ARRIVED, NARROW, plain_steps};

/// Fills the page.
pub(crate) fn run(page: &mut Page) -> Result {
    let both = [plain, with_memory].map(|setting| setting(curvatures(NARROW)));
    page.figure("paths", &paths(both));
    page.live(&ROLL)?;
    let [forgetful, mindful] = both.map(|setting| walk(NARROW, setting));
    page.value("plain_rate", fixed(both[0].rate, 4));
    page.value("rate", fixed(both[1].rate, 4));
    page.value("memory", fixed(both[1].memory, 2));
    page.value("shown", SHOWN);
    for (name, path) in [("plain_left", forgetful), ("left", mindful)] {
        page.value(name, significant(length(&path[SHOWN]) / length(&ASIDE), 1));
    }

    let (seen, others) = (starts(STARTS, page.seed(5)), starts(CHOOSING, page.seed(6)));
    let progress = page.progress("descending", CONDITIONS.len());
    let mut steps = Table::new(["κ", "plain", "momentum", "from – to", "times", "√κ"]);
    let settings = ["κ, descent", "ηλ", "μ", "steps", "grid ηλ", "grid μ", "grid steps"];
    let mut grid = Table::new(settings);
    for c in CONDITIONS {
        let theory = [plain, with_memory].map(|setting| setting(curvatures(c)));
        let found = theory.map(|setting| spread(c, setting, &seen));
        let [plain, momentum] = found.each_ref().map(Spread::median);
        let range = [found[1].least(), found[1].most()].map(whole).join(" – ");
        let numbers = [whole(plain), whole(momentum), range];
        let ratios = [plain / momentum, c.sqrt()].map(|ratio| fixed(ratio, 1));
        steps.row(Row::of([whole(c)]).and(numbers).and(ratios));
        let choices = chosen(c, &others);
        let again = choices.map(|setting| spread(c, setting, &seen).median());
        for (index, chosen) in choices.into_iter().enumerate() {
            let name = ["plain", "momentum"][index];
            grid.row(
                Row::of([format!("{}, {name}", whole(c))])
                    .and(setting_of(c, theory[index]))
                    .and([whole(found[index].median())])
                    .and(setting_of(c, chosen))
                    .and([whole(again[index])]),
            );
        }
        page.value(&format!("grid_times_{c}"), fixed(again[0] / again[1], 1));
        progress.step();
    }
    drop(progress);
    page.table("steps", &steps);
    page.table("grid", &grid);
    page.value("starts", STARTS);
    page.value("choosing", CHOOSING);
    page.value("left_when_there", LEFT);

    let exams = [("raw", Exam::raw()), ("standardised", Exam::standardised())];
    let rows = exams.map(|(name, exam)| {
        Row::of([name]).and([plain_steps(&exam), students_steps(&exam)].map(counted))
    });
    page.table("students", &Table::of(["inputs", "plain", "momentum"], rows));
    page.value("arrived", ARRIVED);
    Ok(())
}

fn length(place: &[f64]) -> f64 {
    place.iter().map(|x| x * x).sum::<f64>().sqrt()
}

/// A number of steps; the median of an even number of them may lie between two.
fn whole(steps: f64) -> String {
    counted(steps.is_finite().then(|| steps.round() as usize))
}

/// The rate in units of one over the largest curvature, and the memory.
fn setting_of(c: f64, setting: Setting) -> [String; 2] {
    [setting.rate * curvatures(c)[0], setting.memory].map(|number| fixed(number, 2))
}

fn paths(settings: [Setting; 2]) -> Figure {
    let panel = |heading: &str, setting| {
        let levels = [0.5, 2.0, 8.0, 20.0, 40.0, 80.0, 160.0, 240.0, 320.0];
        let c = NARROW;
        let (x, y) = (-5.8..=1.6, -3.9..=3.9);
        let field = Field::sample(x.clone(), y.clone(), |x, y| x * x + c * y * y);
        let path = walk(c, setting).into_iter().map(|x| (x[0], x[1]));
        Panel::new()
            .heading(heading)
            .equal()
            .x(Axis::new("x₁").range(x).ticks([-4.0, -2.0, 0.0]))
            .y(Axis::new("x₂").range(y).ticks([-2.0, 0.0, 2.0]))
            .draw(Contours::new(&field).levels(levels))
            .draw(Path::new(path).color(Color::Vermillion))
    };
    Figure::new(
        "The narrow valley without and with a memory",
        "Twenty steps each, at the best setting of either. Without a memory the path jumps from wall to wall and is \
         still on its way at the end; with one it jumps higher at first, moves along faster, and arrives.",
    )
    .panel(panel("plain", settings[0]))
    .panel(panel("momentum", settings[1]))
}
