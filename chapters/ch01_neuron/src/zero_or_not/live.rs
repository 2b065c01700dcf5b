//! The weights as a picture while the rule corrects them, with the digit that brought the last correction.

use datasets::digits::{CLASSES, SIDE, digits};
use datasets::labels;
use datasets::reader::TRAIN_ROWS;
use lesson::{Kind, Knob, Knobs, Live, Page, Result, Resumed, percent};
use nn::{Activation, Examples, Neuron, seeded};
use plot::{Axis, Bars, Color, Figure, HeatMap, Line, Panel, Picture, Points, Rule};

use super::{is_zero, wrong, zeros};
use crate::perceptron::correct;

/// A template as it grows, for any of the ten digits.
pub const GROW: Live = Live {
    name: "grow",
    knobs: &[
        Knob {
            name: "corrections",
            label: "corrections",
            kind: Kind::Steps { most: MOST, stride: 1, book: 84 },
        },
        Knob {
            name: "digit",
            label: "is it a",
            kind: Kind::Choice {
                of: &["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"],
                book: 0,
            },
        },
    ],
    draw,
};

/// How many corrections can be looked at.
const MOST: usize = 300;

/// A neuron in training, which stops at each correction.
pub(super) struct Learner {
    /// To learn from; the first target says whether it is the digit asked for.
    train: Examples,
    /// Put aside.
    test: Examples,
    neuron: Neuron,
    /// The row to look at next.
    next: usize,
    /// The row of the last correction.
    corrected: Option<usize>,
    /// The share of unseen digits that it is right about, at first and after each correction.
    right: Vec<f64>,
}

impl Learner {
    /// Before the first correction.
    pub(super) fn new(digit: usize) -> Learner {
        let (train, test) = digits().split(TRAIN_ROWS, &mut seeded(6));
        let [train, test] = [train, test].map(|digits| asked_for(digits, digit));
        let neuron = Neuron::new(&[0.0; SIDE * SIDE], 0.0, Activation::Threshold);
        let mut learner =
            Learner { train, test, neuron, next: 0, corrected: None, right: Vec::new() };
        learner.judge();
        learner
    }

    /// Looks at digits up to the next mistake, and corrects it. After a whole pass without one, there is none.
    pub(super) fn correct(&mut self) {
        for _ in 0..self.train.rows() {
            let row = self.next;
            self.next = (row + 1) % self.train.rows();
            let pixels = self.train.inputs.row(row).to_vec();
            let target = is_zero(&self.train, row);
            if correct(&mut self.neuron, &pixels, target) != target {
                self.corrected = Some(row);
                self.judge();
                return;
            }
        }
    }

    fn judge(&mut self) {
        let wrong = wrong(&self.neuron, &self.test).len() as f64;
        self.right.push(1.0 - wrong / self.test.rows() as f64);
    }
}

/// The same digits, with another one in the place of the 0.
fn asked_for(mut digits: Examples, digit: usize) -> Examples {
    for row in 0..digits.rows() {
        digits.targets.swap([row, 0], [row, digit]);
    }
    digits
}

thread_local! {
    static LEARNER: Resumed<usize, Learner> = const { Resumed::new() };
}

fn draw(knobs: &Knobs, page: &mut Page) -> Result {
    let (digit, steps) = (knobs.count("digit"), knobs.count("corrections"));
    LEARNER.with(|learner| {
        let new = || Learner::new(digit);
        learner.at(digit, steps, new, Learner::correct, |learner| {
            page.figure("grow", &figure(learner, digit));
            page.value("grow_digit", digit);
            page.value("grow_corrections", learner.right.len() - 1);
            page.value("grow_right", percent(learner.right[learner.right.len() - 1], 1));
        });
    });
    Ok(())
}

fn figure(learner: &Learner, digit: usize) -> Figure {
    let map = HeatMap::new(SIDE, learner.neuron.weights.iter().copied()).diverging();
    let (heading, pixels) = match learner.corrected {
        None => ("nothing yet".to_string(), vec![0.0; SIDE * SIDE]),
        Some(row) => {
            let added = is_zero(&learner.train, row) == 1.0;
            let label = unswapped(labels(&learner.train.select(&[row]))[0], digit);
            let sign = if added { '+' } else { '−' };
            (format!("{sign} a {label}"), learner.train.inputs.row(row).to_vec())
        }
    };
    Figure::new(
        "A template as it grows",
        "The digit that was added to the weights or taken off last; the 64 weights as a picture; below, the \
         share of unseen digits that the neuron is right about after each correction, and how many of each kind it gets wrong.",
    )
    .columns(2)
    .panel(Panel::picture(Picture::new(SIDE, pixels)).heading(heading))
    .panel(Panel::picture(map).heading("weights"))
    .panel(history(learner))
    .panel(still_wrong(learner, digit))
}

/// The share of unseen digits that the neuron is right about, beside that of whoever always says no.
fn history(learner: &Learner) -> Panel {
    let right = &learner.right;
    let never = 1.0 - zeros(&learner.test) as f64 / learner.test.rows() as f64;
    let now = ((right.len() - 1) as f64, right[right.len() - 1].max(LEAST));
    let shares = [(LEAST, "50 %"), (0.75, "75 %"), (1.0, "100 %")];
    Panel::new()
        .x(Axis::new("corrections")
            .range(0.0..=MOST as f64)
            .ticks([0.0, 100.0, 200.0, 300.0]))
        .y(Axis::new("right, unseen").range(LEAST..=1.0).tick_labels(shares))
        .draw(Rule::horizontal(never).color(Color::Muted))
        .draw(Line::over_index(right.iter().copied()).color(Color::Blue))
        .draw(Points::new([now]).color(Color::Blue))
}

/// The smallest share that is shown.
const LEAST: f64 = 0.5;

/// How many unseen digits of each kind the neuron gets wrong.
fn still_wrong(learner: &Learner, digit: usize) -> Panel {
    let mut mistakes = [0.0; CLASSES];
    for label in labels(&learner.test.select(&wrong(&learner.neuron, &learner.test))) {
        mistakes[unswapped(label, digit)] += 1.0;
    }
    let most = 10.0;
    Panel::new()
        .x(Axis::new("digit").categories((0..CLASSES).map(|digit| digit.to_string())))
        .y(Axis::new("mistakes, unseen").range(0.0..=most).tick_labels([
            (0.0, "0"),
            (5.0, "5"),
            (most, "10+"),
        ]))
        .draw(Bars::new(mistakes.map(|some| most.min(some))).color(Color::Vermillion))
}

/// The digit behind a label: the 0 and the digit asked for have changed places.
fn unswapped(label: usize, digit: usize) -> usize {
    match label {
        0 => digit,
        label if label == digit => 0,
        label => label,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_learner_ends_where_the_page_ends() {
        let mut learner = Learner::new(0);
        (0..MOST).for_each(|_| learner.correct());
        let corrections = super::super::learn(&learner.train);
        assert_eq!(learner.right.len() - 1, corrections.len());
        assert_eq!(learner.neuron, corrections[corrections.len() - 1].after);
    }

    #[test]
    fn for_a_0_the_rule_ends_and_for_an_8_it_does_not_within_sight() {
        let corrections = |digit: usize| {
            let mut learner = Learner::new(digit);
            (0..MOST).for_each(|_| learner.correct());
            learner.right.len() - 1
        };
        assert!(corrections(0) < 100);
        assert_eq!(corrections(8), MOST);
    }
}
