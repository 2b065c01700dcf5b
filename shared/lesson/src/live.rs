//! Live figures: what a reader can turn, and the function that draws the figure for each position.
//!
//! A section declares a [`Live`] beside its figures and puts it on its page with [`Page::live`], which draws it at the
//! book's position. The same function answers in the browser, wherever the reader has turned the knobs.
//!
//! A position is written as in an address: `rate=1.1&start=-3`. What is not named stands where the book has it.
//!
//! ```
//! use lesson::{Kind, Knob, Knobs, Live, Page};
//!
//! const TIMES: Live = Live {
//!     name: "times",
//!     knobs: &[Knob { name: "factor", label: "factor", kind: Kind::Slider { from: 0.0, to: 9.0, step: 1.0, book: 7.0 } }],
//!     draw: |knobs: &Knobs, page: &mut Page| {
//!         page.figure("times", &plot::Figure::new("Seven times", "Nothing but its title."));
//!         page.value("product", 6.0 * knobs.number("factor"));
//!         Ok(())
//!     },
//! };
//!
//! assert_eq!(TIMES.at("factor=2")?.values_pinned(), "product = 12\n");
//! assert_eq!(TIMES.at("")?.values_pinned(), "product = 42\n");
//! # Ok::<(), Box<dyn std::error::Error + Send + Sync>>(())
//! ```

use std::cell::RefCell;
use std::fmt::Write;

use crate::{Page, Result};

/// A figure that the reader can turn.
#[derive(Clone, Copy, Debug)]
pub struct Live {
    /// The name of the figure that `draw` puts on the page.
    pub name: &'static str,
    /// What can be turned, in the order in which the page shows it.
    pub knobs: &'static [Knob],
    /// Draws the figure and names its numbers. The same position gives the same bytes, whatever was drawn before.
    pub draw: fn(&Knobs, &mut Page) -> Result,
}

/// Something that can be turned.
#[derive(Clone, Copy, Debug)]
pub struct Knob {
    /// Its name in an address, in `snake_case`.
    pub name: &'static str,
    /// What the reader sees beside it.
    pub label: &'static str,
    /// What it is, and where it stands in the book.
    pub kind: Kind,
}

/// The kinds of knobs.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// A number between two ends.
    Slider {
        /// The lower end.
        from: f64,
        /// The upper end.
        to: f64,
        /// How far apart the places are where it rests.
        step: f64,
        /// Where it stands in the book.
        book: f64,
    },
    /// One of these numbers, which rise; for what is better turned by factors.
    Stops {
        /// The numbers.
        at: &'static [f64],
        /// Which of them the book has.
        book: f64,
    },
    /// One of these words; its number counts from 0.
    Choice {
        /// The words.
        of: &'static [&'static str],
        /// The number of the book's.
        book: usize,
    },
    /// On or off.
    Switch {
        /// Whether it is on in the book.
        book: bool,
    },
    /// How many steps have been taken: the reader steps, plays and rewinds.
    Steps {
        /// How far one can go.
        most: usize,
        /// How many steps one picture of the film takes.
        stride: usize,
        /// How many the book has taken.
        book: usize,
    },
    /// The number of a random start, from 0, which is the book's. The reader asks for a new one.
    Start,
    /// Points that can be dragged, in the panel whose [grip](plot::Panel::grip) has the knob's name.
    Points {
        /// The book's.
        book: fn() -> Vec<(f64, f64)>,
    },
    /// Numbers that can be typed, each with its label.
    Numbers {
        /// Their labels.
        labels: fn() -> Vec<String>,
        /// The book's; the reader's may lie between −1000 and 1000.
        book: fn() -> Vec<f64>,
    },
    /// Lines drawn with the finger on a square whose sides go from 0 to 1, the origin at its top left.
    Pad {
        /// The book's drawing: each line as x, y, x, y, ….
        book: fn() -> Vec<Vec<f64>>,
    },
}

/// Where the knobs stand.
#[derive(Clone, Debug, PartialEq)]
pub struct Knobs(Vec<(&'static str, Position)>);

/// Where one knob stands: a number is a list of one list of one number; points are a list of pairs; a drawing is a list of lines.
type Position = Vec<Vec<f64>>;

/// The most points, numbers or lines that a reader may give a knob, and the most numbers in a line.
const MOST: (usize, usize) = (400, 2000);
const FARTHEST: f64 = 1000.0;

impl Live {
    /// The book's position.
    pub fn book(&self) -> Knobs {
        Knobs(self.knobs.iter().map(|knob| (knob.name, knob.book())).collect())
    }

    /// The position that an address names.
    ///
    /// # Errors
    /// Says which knob there is not, or what it takes instead.
    pub fn parse(&self, address: &str) -> std::result::Result<Knobs, String> {
        let mut knobs = self.book();
        for part in address.split('&').filter(|part| !part.is_empty()) {
            let (name, text) = part.split_once('=').unwrap_or((part, ""));
            let place = self.knobs.iter().position(|knob| knob.name == name);
            let place = place.ok_or_else(|| {
                let known: Vec<_> = self.knobs.iter().map(|knob| knob.name).collect();
                format!(
                    "`{}` has no knob `{name}`; it has: {}",
                    self.name,
                    known.join(", ")
                )
            })?;
            knobs.0[place].1 = self.knobs[place].read(text)?;
        }
        Ok(knobs)
    }

    /// A page with nothing on it but this figure and its numbers, at a position of the reader's.
    ///
    /// # Errors
    /// As [`Live::parse`], or whatever stopped the drawing.
    pub fn at(&self, address: &str) -> Result<Page> {
        let mut page = Page::new();
        (self.draw)(&self.parse(address)?, &mut page)?;
        Ok(page)
    }

    /// What is pinned of the knobs: the figure's name in brackets, then a line each.
    pub(crate) fn pinned(&self) -> String {
        let mut pinned = format!("[{}]\n", self.name);
        for knob in self.knobs {
            let (kind, of) = knob.kind.described();
            let Knob { name, label, .. } = knob;
            let _ = writeln!(
                pinned,
                "| {name} | {label} | {kind} | {of} | {} |",
                write(&knob.book())
            );
        }
        pinned
    }
}

impl Kind {
    /// The word for it, and what it takes.
    fn described(&self) -> (&'static str, String) {
        match self {
            Kind::Slider { from, to, step, .. } => {
                ("slider", format!("{from},{to},{step}"))
            }
            Kind::Stops { at, .. } => ("stops", list(at)),
            Kind::Choice { of, .. } => ("choice", of.join(",")),
            Kind::Switch { .. } => ("switch", String::new()),
            Kind::Steps { most, stride, .. } => ("steps", format!("{most},{stride}")),
            Kind::Start => ("start", String::new()),
            Kind::Points { .. } => ("points", String::new()),
            Kind::Numbers { labels, .. } => ("numbers", labels().join(",")),
            Kind::Pad { .. } => ("pad", String::new()),
        }
    }
}

impl Knob {
    fn book(&self) -> Position {
        let number = |number: f64| vec![vec![number]];
        match self.kind {
            Kind::Slider { book, .. } | Kind::Stops { book, .. } => number(book),
            Kind::Choice { book, .. } | Kind::Steps { book, .. } => number(book as f64),
            Kind::Switch { book } => number(f64::from(u8::from(book))),
            Kind::Start => number(0.0),
            Kind::Points { book } => book().iter().map(|(x, y)| vec![*x, *y]).collect(),
            Kind::Numbers { book, .. } => vec![book()],
            Kind::Pad { book } => book(),
        }
    }

    /// Reads a position, and makes sure that the knob can stand there.
    fn read(&self, text: &str) -> std::result::Result<Position, String> {
        let numbers = |line: &str| {
            line.split(',')
                .map(|text| text.parse::<f64>().ok())
                .collect::<Option<Vec<_>>>()
        };
        let lines = text.split(';').filter(|line| !line.is_empty());
        let position: Option<Position> = lines.map(numbers).collect();
        let fits = |position: &Position| {
            let finite = position.iter().flatten().all(|number| number.is_finite());
            finite
                && position.len() <= MOST.0
                && position.iter().all(|line| line.len() <= MOST.1)
                && self.takes(position)
        };
        position.filter(fits).ok_or_else(|| {
            let shown: String = text.chars().take(40).collect();
            format!("{} takes {}, but got `{shown}`", self.label, self.wanted())
        })
    }

    fn takes(&self, position: &Position) -> bool {
        let number = match position.as_slice() {
            [line] => match line.as_slice() {
                [number] => Some(*number),
                _ => None,
            },
            _ => None,
        };
        let whole = |most: usize| {
            number.is_some_and(|n| n == n.trunc() && (0.0..=most as f64).contains(&n))
        };
        match self.kind {
            Kind::Slider { from, to, .. } => {
                number.is_some_and(|n| (from..=to).contains(&n))
            }
            Kind::Stops { at, .. } => number.is_some_and(|n| at.contains(&n)),
            Kind::Choice { of, .. } => whole(of.len() - 1),
            Kind::Switch { .. } => whole(1),
            Kind::Steps { most, .. } => whole(most),
            Kind::Start => whole(9_999),
            Kind::Points { book } => {
                let near = |n: &f64| n.abs() <= FARTHEST;
                position.len() == book().len()
                    && position
                        .iter()
                        .all(|point| point.len() == 2 && point.iter().all(near))
            }
            Kind::Numbers { book, .. } => match position.as_slice() {
                [line] => {
                    line.len() == book().len() && line.iter().all(|n| n.abs() <= FARTHEST)
                }
                _ => false,
            },
            Kind::Pad { .. } => position.iter().all(|line| {
                line.len() % 2 == 0 && line.iter().all(|n| (0.0..=1.0).contains(n))
            }),
        }
    }

    fn wanted(&self) -> String {
        match self.kind {
            Kind::Slider { from, to, .. } => format!("a number from {from} to {to}"),
            Kind::Stops { at, .. } => format!("one of {}", list(at)),
            Kind::Choice { of, .. } => format!("a number from 0 to {}", of.len() - 1),
            Kind::Switch { .. } => "0 or 1".to_owned(),
            Kind::Steps { most, .. } => format!("a whole number from 0 to {most}"),
            Kind::Start => "a whole number from 0 to 9999".to_owned(),
            Kind::Points { book } => {
                format!("{} points x,y;x,y, none beyond ±{FARTHEST}", book().len())
            }
            Kind::Numbers { book, .. } => {
                format!("{} numbers from −{FARTHEST} to {FARTHEST}", book().len())
            }
            Kind::Pad { .. } => "lines x,y,x,y; with numbers from 0 to 1".to_owned(),
        }
    }
}

impl Knobs {
    /// Where a slider or a list of stops stands.
    ///
    /// # Panics
    /// As all of these: if there is no such knob, or it is of another kind.
    pub fn number(&self, name: &str) -> f64 {
        match self.lines(name) {
            [line] if line.len() == 1 => line[0],
            other => panic!("the knob `{name}` is not one number, but {other:?}"),
        }
    }

    /// The number of the chosen word, of a start, or how many steps have been taken.
    pub fn count(&self, name: &str) -> usize {
        self.number(name) as usize
    }

    /// Whether a switch is on.
    pub fn is_on(&self, name: &str) -> bool {
        self.number(name) != 0.0
    }

    /// The points of a panel.
    pub fn points(&self, name: &str) -> Vec<(f64, f64)> {
        self.lines(name).iter().map(|point| (point[0], point[1])).collect()
    }

    /// The typed numbers.
    pub fn numbers(&self, name: &str) -> &[f64] {
        self.lines(name).first().map_or(&[], Vec::as_slice)
    }

    /// The lines of a drawing, each as x, y, x, y, ….
    pub fn lines(&self, name: &str) -> &[Vec<f64>] {
        let found = self.0.iter().find(|(known, _)| *known == name);
        &found.unwrap_or_else(|| panic!("there is no knob `{name}`")).1
    }
}

fn list(numbers: &[f64]) -> String {
    numbers.iter().map(f64::to_string).collect::<Vec<_>>().join(",")
}

fn write(position: &Position) -> String {
    position.iter().map(|line| list(line)).collect::<Vec<_>>().join(";")
}

/// A run that is continued where it was left, as long as the reader goes forwards and turns nothing else.
///
/// It saves time and changes nothing: what is shown after so many steps is the same as if they had been taken at once.
#[derive(Debug)]
pub struct Resumed<K, S>(RefCell<Option<(K, usize, S)>>);

impl<K: PartialEq, S> Resumed<K, S> {
    /// Nothing to continue yet. It belongs in a `thread_local!`.
    pub const fn new() -> Resumed<K, S> {
        Resumed(RefCell::new(None))
    }

    /// Takes the run that `key` names to this many steps, from `start` or from where it is, and looks at it.
    pub fn at<R>(
        &self,
        key: K,
        steps: usize,
        start: impl FnOnce() -> S,
        mut step: impl FnMut(&mut S),
        look: impl FnOnce(&S) -> R,
    ) -> R {
        // Taken out, so that a panic on the way leaves nothing half done.
        let kept =
            self.0.take().filter(|(known, taken, _)| *known == key && *taken <= steps);
        let (taken, mut state) = match kept {
            Some((_, taken, state)) => (taken, state),
            None => (0, start()),
        };
        (taken..steps).for_each(|_| step(&mut state));
        let seen = look(&state);
        self.0.replace(Some((key, steps, state)));
        seen
    }
}

impl<K: PartialEq, S> Default for Resumed<K, S> {
    fn default() -> Self {
        Resumed::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KNOBS: &[Knob] = &[
        Knob {
            name: "rate",
            label: "rate η",
            kind: Kind::Slider { from: 0.0, to: 1.5, step: 0.01, book: 0.2 },
        },
        Knob {
            name: "bend",
            label: "bend",
            kind: Kind::Choice { of: &["tanh", "ReLU"], book: 1 },
        },
        Knob {
            name: "steps",
            label: "steps",
            kind: Kind::Steps { most: 50, stride: 1, book: 5 },
        },
        Knob {
            name: "points",
            label: "points",
            kind: Kind::Points { book: || vec![(0.0, 1.0), (2.0, -3.5)] },
        },
        Knob { name: "pad", label: "pad", kind: Kind::Pad { book: Vec::new } },
    ];

    const LIVE: Live = Live { name: "example", knobs: KNOBS, draw: |_, _| Ok(()) };

    #[test]
    fn what_an_address_does_not_name_stands_where_the_book_has_it() {
        assert_eq!(LIVE.parse(""), Ok(LIVE.book()));
        let knobs = LIVE.parse("rate=1.1&points=1,2;3,4&pad=0,0,0.5,1;1,1,0,0").unwrap();
        assert_eq!(knobs.number("rate"), 1.1);
        assert_eq!((knobs.count("bend"), knobs.count("steps")), (1, 5));
        assert_eq!(knobs.points("points"), [(1.0, 2.0), (3.0, 4.0)]);
        assert_eq!(knobs.lines("pad").len(), 2);
    }

    #[test]
    fn where_a_knob_cannot_stand_is_refused_with_what_it_takes() {
        for (address, says) in [
            ("speed=1", "`example` has no knob `speed`; it has: rate, bend"),
            ("rate=2", "rate η takes a number from 0 to 1.5, but got `2`"),
            ("rate=nan", "rate η takes a number from 0 to 1.5, but got `nan`"),
            ("rate=", "rate η takes"),
            ("rate=1;1", "rate η takes"),
            ("bend=2", "bend takes a number from 0 to 1"),
            ("bend=0.5", "bend takes"),
            ("steps=51", "steps takes a whole number from 0 to 50"),
            ("points=1,2", "points takes 2 points"),
            ("points=1,2;3", "points takes 2 points"),
            ("points=1,2;3,1e4", "points takes 2 points x,y;x,y, none beyond ±1000"),
            ("pad=0,0,0.5", "pad takes lines"),
            ("pad=0,2", "pad takes lines"),
        ] {
            let refused = LIVE.parse(address).unwrap_err();
            assert!(refused.starts_with(says), "{address}: {refused}");
        }
    }

    #[test]
    fn the_knobs_are_pinned_with_their_kind_and_the_books_position() {
        let pinned = LIVE.pinned();
        assert!(
            pinned.starts_with(
                "[example]\n| rate | rate η | slider | 0,1.5,0.01 | 0.2 |\n"
            )
        );
        assert!(
            pinned.contains("| points | points | points |  | 0,1;2,-3.5 |\n"),
            "{pinned}"
        );
    }

    #[test]
    fn a_resumed_run_shows_what_a_new_one_would() {
        let resumed = Resumed::new();
        let at = |key: u64, steps: usize| {
            resumed.at(
                key,
                steps,
                || (key, 0),
                |state| state.1 += state.0,
                |state| state.1,
            )
        };
        for (key, steps) in [(3, 5), (3, 7), (3, 2), (2, 8), (3, 8), (3, 8)] {
            assert_eq!(at(key, steps), key * steps as u64, "{key} {steps}");
        }
    }
}
