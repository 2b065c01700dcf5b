//! Learning curves, what is taken for what, the digits it gets wrong, and its weights as images.

use datasets::reader::{TRAIN_ROWS, TRAINING};
use lesson::{
    Page, Result, Row, Spread, Table, count, percent, significant, standard_error,
};
use ndarray::{Array2, s};
use nn::{Examples, Gradients, Network};
use plot::{Align, Axis, Band, Color, Figure, HeatMap, Line, Note, Panel, Picture};

use super::{
    Blame, RUNS, Reading, Run, blame, hesitant, journey, learn_again_and_again,
    literally, probabilities,
};

/// After so many epochs the weights are shown.
const MOMENTS: [usize; 4] = [0, 1, 5, 30];

/// Fills the page.
pub(crate) fn run(page: &mut Page) -> Result {
    let seed = page.seed(6);
    let progress = page.progress("training", RUNS as usize);
    let runs = learn_again_and_again(seed, || progress.step())?;
    drop(progress);
    let (run, test) = &runs[0];
    page.table("curve", &curve(run));
    page.figure("curves", &curves(&runs));
    page.value("rows", count(TRAIN_ROWS));
    page.value("all_rows", count(TRAIN_ROWS + test.rows()));
    page.value("test_rows", test.rows());
    page.value("parameters", count(run.network.parameter_count()));
    page.value("updates", count(run.updates));
    page.value("epochs", TRAINING.epochs);
    spread(page, &runs);

    let reading = Reading::new(&run.network, test);
    let (row, shares) = hesitant(&run.network, test, &reading);
    page.figure("at_work", &at_work(test, row, &run.network, &shares));
    page.value("read", reading.digits[row]);
    page.value("read_probability", percent(shares[reading.digits[row]], 0));
    blamed(page, &run.network, &test.select(&[row]), &shares);
    page.figure("confusion", &confusion(&reading));
    page.figure("wrong", &wrong(test, &reading));
    page.value("wrong", reading.wrong().len());
    page.figure("weights", &weights(&run.album));
    let (blank, [blank_moved, others_moved]) = journey(seed, &run.network);
    page.value("blank_pixels", blank.len());
    page.value("blank_moved", significant(blank_moved, 1));
    page.value("others_moved", significant(others_moved, 2));

    let literally = literally(seed)?;
    page.value("zero_accuracy", percent(literally.zero, 1));
    page.value("zero_answer", literally.zero_answer);
    page.value("zero_alike", literally.zero_alike);
    page.value("restart_accuracy", percent(literally.restart, 1));
    Ok(())
}

/// How far the result of one run is from that of the next.
fn spread(page: &mut Page, runs: &[(Run, Examples)]) {
    let shares = Spread::of(runs.iter().map(|(run, _)| run.test[TRAINING.epochs]));
    let luck = standard_error(shares.median(), runs[0].1.rows());
    page.value("test_luck", percent(luck, 1));
    let [median, least, most] =
        [shares.median(), shares.least(), shares.most()].map(|share| percent(share, 1));
    page.text(
        "ten_runs",
        format!(
            "test digits after {} epochs, {RUNS} runs: median {median}, from {least} to {most}",
            TRAINING.epochs
        ),
    );
    page.value("runs", RUNS);
    page.value("median", median);
    page.value("least", least);
    page.value("most", most);
}

fn curve(run: &Run) -> Table {
    let rows = [0_usize, 1, 2, 3, 5, 10, 20, 30].map(|epoch| {
        let cost = epoch.checked_sub(1).map(|last| significant(run.costs[last], 4));
        let shares = [run.train[epoch], run.test[epoch]].map(|share| percent(share, 1));
        Row::of([epoch.to_string(), cost.unwrap_or("–".to_string())]).and(shares)
    });
    Table::of(["epoch", "cost", "training digits", "test digits"], rows)
}

/// Cost and accuracy over the epochs: the first run as a line, all runs as a band.
fn curves(runs: &[(Run, Examples)]) -> Figure {
    let run = &runs[0].0;
    let epochs = |first: usize| (first..).map(|epoch| epoch as f64);
    let band = |series: fn(&Run) -> &[f64], first| {
        let spread = |at: usize| Spread::of(runs.iter().map(|(run, _)| series(run)[at]));
        let spreads = (0..series(run).len()).map(spread);
        let rows = epochs(first).zip(spreads);
        Band::new(rows.map(|(epoch, values)| (epoch, values.least(), values.most())))
    };
    let line =
        |values: &[f64], first| Line::new(epochs(first).zip(values.iter().copied()));
    let read_well = runs.iter().all(|(run, _)| run.test[TRAINING.epochs] > 0.9);
    let lowest = if read_well { 0.9 } else { 0.0 };
    let shares = [lowest, 0.5 * (1.0 + lowest), 1.0];
    let shares = shares.map(|share| (share, percent(share, 0)));
    let cost = Panel::new()
        .x(Axis::new("epoch").range(0.0..=TRAINING.epochs as f64))
        .y(Axis::new("cost in training").log())
        .aspect(2.2)
        .draw(band(|run| &run.costs, 1).color(Color::Blue))
        .draw(line(&run.costs, 1).color(Color::Blue));
    let accuracy = Panel::new()
        .x(Axis::new("epoch").range(0.0..=TRAINING.epochs as f64))
        .y(Axis::new("digits read correctly").range(lowest..=1.0).tick_labels(shares))
        .aspect(1.9)
        .draw(band(|run| &run.test, 0).color(Color::Vermillion))
        .draw(line(&run.train, 0).color(Color::Blue).label("training"))
        .draw(line(&run.test, 0).color(Color::Vermillion).label("test"));
    Figure::new(
        "Learning curves on the digits",
        "The cost falls over thirty epochs; accuracy on training digits comes close to 100 %, on test digits to about 97 %.",
    )
    .columns(1)
    .panel(accuracy)
    .panel(cost)
}

fn confusion(reading: &Reading) -> Figure {
    let counts = reading.confusion();
    let counts = counts.map(|count| if count == 0 { f64::NAN } else { count as f64 });
    let names = || (0..10).map(|digit| digit.to_string());
    let panel = Panel::new()
        .x(Axis::new("the network says").categories(names()))
        .y(Axis::new("the digit is").categories(names()))
        .aspect(1.3)
        .draw(HeatMap::new(10, counts).numbers(0));
    Figure::new(
        "Confusion matrix of the test digits",
        "A table of what each digit was taken for: nearly all counts lie on the diagonal.",
    )
    .panel(panel)
}

/// The whole network while it reads a digit: the pixels, the weights of each hidden neuron as an image with a bar for what the
/// neuron says, and how probable it finds each of the ten.
fn at_work(test: &Examples, row: usize, network: &Network, shares: &[f64]) -> Figure {
    let pixels = test.inputs.row(row);
    let weights = &network.layers[0].weights;
    let size = weights.iter().fold(0.0_f64, |size, weight| size.max(weight.abs()));
    let mut hidden = Array2::zeros((1, weights.ncols())); // (rows, neurons)
    network.layers[0].forward(test.inputs.slice(s![row..=row, ..]), hidden.view_mut());
    let mut mosaic = Mosaic::new(106, 88);
    mosaic.tile(
        (0, 32),
        4,
        pixels.iter().map(|&ink| if ink > 0.0 { ink } else { f64::NAN }),
    );
    let corner = |neuron: usize| (42 + 10 * (neuron % 4), 9 + 10 * (neuron / 4));
    for (neuron, says) in hidden.iter().enumerate() {
        let (x, y) = corner(neuron);
        // Next to nothing leaves its cell empty.
        let visible = |weight: &f64| match weight / size {
            share if share.abs() > 0.05 => share,
            _ => f64::NAN,
        };
        mosaic.tile((x, y), 1, weights.column(neuron).iter().map(visible));
        mosaic.bar((x, y + 8), (8, 1), says.abs(), says.signum());
    }
    let line = |digit: usize| 12 + 8 * digit;
    for (digit, share) in shares.iter().enumerate() {
        mosaic.bar((93, line(digit) - 2), (13, 5), *share, 1.0);
    }
    let panel = Panel::picture(mosaic.heat_map());
    let heads = [(16.0, "64 pixels"), (61.0, "32 hidden neurons"), (95.0, "10 answers")];
    let panel = heads.into_iter().fold(panel, |panel, (x, words)| {
        panel.draw(Note::new((x, 3.5), words).align(Align::Middle))
    });
    let edge = [(-0.5, 31.5), (31.5, 31.5), (31.5, 63.5), (-0.5, 63.5), (-0.5, 31.5)];
    let panel = panel.draw(Line::new(edge).color(Color::Muted).faint());
    let faint = |from: (f64, f64), to: (f64, f64)| {
        Line::new([from, to]).color(Color::Muted).faint()
    };
    let rows = || (0..8).map(|row| 10.0 * f64::from(row) + 12.5);
    let panel = rows().fold(panel, |panel, y| panel.draw(faint((32.5, 47.5), (40.5, y))));
    let panel = rows().fold(panel, |panel, y| {
        (0..10).fold(panel, |panel, digit| {
            panel.draw(faint((80.5, y), (86.5, line(digit) as f64)))
        })
    });
    let said = (0..10).max_by(|a, b| shares[*a].total_cmp(&shares[*b]));
    let panel = (0..10).fold(panel, |panel, digit| {
        let color = if Some(digit) == said { Color::Ink } else { Color::Muted };
        let name = Note::new((89.5, line(digit) as f64), digit.to_string());
        panel.draw(name.align(Align::Middle).color(color))
    });
    Figure::new(
        "A network while it reads a digit",
        "On the left a handwritten digit of eight by eight pixels. Lines lead from it to 32 small images, the weights of the hidden neurons, each with a short bar below it. Lines lead from these to the digits 0 to 9, each with a bar: one is much longer than the others.",
    )
    .panel(panel)
}

/// Small images side by side on one grid of cells.
struct Mosaic {
    columns: usize,
    cells: Vec<f64>,
}

impl Mosaic {
    fn new(columns: usize, rows: usize) -> Self {
        Mosaic { columns, cells: vec![f64::NAN; columns * rows] }
    }

    fn set(&mut self, (x, y): (usize, usize), value: f64) {
        self.cells[y * self.columns + x] = value;
    }

    /// An image of eight by eight values, each as a square of `scale` by `scale` cells.
    fn tile(
        &mut self,
        (x, y): (usize, usize),
        scale: usize,
        values: impl Iterator<Item = f64>,
    ) {
        for (i, value) in values.enumerate() {
            let (left, top) = (x + scale * (i % 8), y + scale * (i / 8));
            for cell in 0..scale * scale {
                self.set((left + cell % scale, top + cell / scale), value);
            }
        }
    }

    /// A bar from the left, as long as this share of its room, rounded to whole cells.
    fn bar(
        &mut self,
        (x, y): (usize, usize),
        room: (usize, usize),
        share: f64,
        value: f64,
    ) {
        let length = (share * room.0 as f64).round() as usize;
        for cell in 0..length * room.1 {
            self.set((x + cell % length, y + cell / length), value);
        }
    }

    fn heat_map(self) -> HeatMap {
        HeatMap::new(self.columns, self.cells).diverging().full_at(1.0)
    }
}

/// The digits that the network gets wrong, with what they are and what it says.
fn wrong(test: &Examples, reading: &Reading) -> Figure {
    let figure = Figure::new(
        "The test digits that the network gets wrong",
        "Eight by eight grey images, each with the digit that it is and the digit that the network saw.",
    );
    reading.wrong().into_iter().fold(figure.columns(5), |figure, row| {
        let heading = format!("{}, not {}", reading.digits[row], reading.said[row]);
        let picture = Picture::new(8, test.inputs.row(row).iter().copied());
        figure.panel(Panel::picture(picture).heading(heading))
    })
}

/// What makes six hidden neurons say more, and what less, at a few moments of training.
fn weights(album: &[Network]) -> Figure {
    const NEURONS: usize = 6;
    let of =
        |network: &Network, neuron| network.layers[0].weights.column(neuron).to_vec();
    let shown = MOMENTS
        .iter()
        .flat_map(|epoch| (0..NEURONS).flat_map(|neuron| of(&album[*epoch], neuron)));
    let size = shown.fold(0.0_f64, |size, weight| size.max(weight.abs()));
    let left = 15;
    let mut mosaic = Mosaic::new(left + 9 * NEURONS - 1, 9 * MOMENTS.len() - 1);
    for (row, epoch) in MOMENTS.into_iter().enumerate() {
        for neuron in 0..NEURONS {
            let weights = of(&album[epoch], neuron).into_iter();
            mosaic.tile((left + 9 * neuron, 9 * row), 1, weights.map(|w| w / size));
        }
    }
    let panel = MOMENTS.iter().enumerate().fold(
        Panel::picture(mosaic.heat_map()),
        |panel, (row, epoch)| {
            let words = format!("epoch {epoch}");
            let note = Note::new((left as f64 - 2.0, 9.0 * row as f64 + 3.5), words);
            panel.draw(note.align(Align::End))
        },
    );
    Figure::new(
        "The weights of six hidden neurons while they learn",
        "Four rows of six images, the 64 weights of a neuron each: at first pale noise, then darker patches of blue and vermillion that keep their places.",
    )
    .panel(panel)
}

/// Which weights one backward pass of a digit would move, and what one such move does.
fn blamed(page: &mut Page, network: &Network, digit: &Examples, before: &[f64]) {
    let Blame { slopes, after } = blame(network, digit);
    page.figure("blame", &blame_drawn(digit, &slopes));
    let now = probabilities(&after, digit);
    let (is, rival) = (datasets::labels(digit)[0], rival(digit, before));
    page.value("rival", rival);
    page.value("rival_probability", percent(before[rival], 0));
    page.value("surer", percent(now[is], 0));
    let unmoved = slopes.entries().filter(|slope| *slope == 0.0).count();
    page.value("unmoved", count(unmoved));
}

/// The wrong answer that the network finds most probable.
fn rival(digit: &Examples, shares: &[f64]) -> usize {
    let is = datasets::labels(digit)[0];
    let others = (0..shares.len()).filter(|other| *other != is);
    others.max_by(|a, b| shares[*a].total_cmp(&shares[*b])).expect("ten digits")
}

/// The same places as in the network at work; but instead of each weight, where it wants to go.
fn blame_drawn(digit: &Examples, slopes: &Gradients) -> Figure {
    let [hidden, answers] = [&slopes.layers[0], &slopes.layers[1]];
    let largest = |of: &mut dyn Iterator<Item = &f64>| {
        of.fold(0.0_f64, |size, s| size.max(s.abs()))
    };
    let size = largest(&mut hidden.weights.iter());
    let mut mosaic = Mosaic::new(106, 88);
    let ink = digit.inputs.iter().map(|&ink| if ink > 0.0 { ink } else { f64::NAN });
    mosaic.tile((0, 32), 4, ink);
    for neuron in 0..hidden.weights.ncols() {
        let corner = (42 + 10 * (neuron % 4), 9 + 10 * (neuron / 4));
        let visible = |slope: &f64| match -slope / size {
            share if share.abs() > 0.02 => share,
            _ => f64::NAN,
        };
        mosaic.tile(corner, 1, hidden.weights.column(neuron).iter().map(visible));
    }
    let line = |digit: usize| 12 + 8 * digit;
    let most = largest(&mut answers.biases.iter());
    for (digit, error) in answers.biases.iter().enumerate() {
        let room = (93, line(digit) - 2);
        mosaic.bar(room, (13, 5), error.abs() / most, -error.signum());
    }
    let heads = [(16.0, "64 pixels"), (61.0, "32 hidden neurons"), (95.0, "10 answers")];
    let panel =
        heads.into_iter().fold(Panel::picture(mosaic.heat_map()), |panel, (x, words)| {
            panel.draw(Note::new((x, 3.5), words).align(Align::Middle))
        });
    let edge = [(-0.5, 31.5), (31.5, 31.5), (31.5, 63.5), (-0.5, 63.5), (-0.5, 31.5)];
    let panel = panel.draw(Line::new(edge).color(Color::Muted).faint());
    let panel = (0..10).fold(panel, |panel, digit| {
        let name = Note::new((89.5, line(digit) as f64), digit.to_string());
        panel.draw(name.align(Align::Middle))
    });
    Figure::new(
        "Which weights one digit would move",
        "On the left the digit. In the middle 32 small images: most are the same digit again, in blue or in vermillion, some strong and some pale. On the right ten bars: a long blue one at the right answer, a long vermillion one at its rival.",
    )
    .panel(panel)
}
