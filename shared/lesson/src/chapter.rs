//! A chapter: a question, and sections that answer it in order.

use std::any::Any;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;

use thiserror::Error;

use crate::{Page, Result};

/// One experiment: a name that its module, its snapshots and its page of the book share.
#[derive(Clone, Copy, Debug)]
pub struct Section {
    /// The name, in `snake_case`.
    pub name: &'static str,
    /// The heading.
    pub title: &'static str,
    /// Fills the page.
    pub run: fn(&mut Page) -> Result,
}

/// The sections of a chapter: each module's name, and the heading. Tests, pins, the book and the command line
/// take them from here. A module that is not listed is dead code to the compiler.
///
/// `chain: "Two numbers on every wire"` stands for the module `chain`, whose `chain::shown::run` fills the page.
#[macro_export]
macro_rules! sections {
    ($($section:ident: $title:literal),+ $(,)?) => {
        vec![$($crate::Section {
            name: stringify!($section),
            title: $title,
            run: $section::shown::run,
        }),+]
    };
}

/// An option of one chapter's own, such as `--mnist DIR`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct OwnOption {
    pub(crate) name: &'static str,
    pub(crate) value: &'static str,
    pub(crate) help: &'static str,
}

/// A chapter of the book, as it runs.
#[derive(Clone, Debug)]
pub struct Chapter {
    /// The name of its crate.
    pub name: &'static str,
    /// The heading.
    pub title: &'static str,
    /// Its sections in reading order: those of the lesson, then the investigations.
    pub sections: Vec<Section>,
    /// How many of them belong to the lesson.
    lessons: usize,
    pub(crate) options: Vec<OwnOption>,
}

/// What can go wrong between a chapter and its reader.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum Error {
    /// There is no section of this name.
    #[error("{chapter} has no section `{name}`.{} It has: {known}", did_you_mean(meant))]
    UnknownSection {
        /// The chapter's crate.
        chapter: &'static str,
        /// What was asked for.
        name: String,
        /// The sections that exist.
        known: String,
        /// The one whose name is close, if there is any.
        meant: Option<&'static str>,
    },
    /// A section could not finish.
    #[error("section `{name}` stopped: {reason}")]
    Section {
        /// The section.
        name: &'static str,
        /// What it said.
        reason: Box<dyn std::error::Error + Send + Sync>,
    },
    /// A file or folder could not be written.
    #[error("cannot write {}: {reason}. Name another folder with --out DIR", path.display())]
    Write {
        /// Where.
        path: PathBuf,
        /// What the operating system said.
        reason: io::Error,
    },
    /// The page of somebody else stands where this chapter's would.
    #[error(
        "{} was not made by {chapter} and is left as it is. Name another folder with --out DIR",
        path.display()
    )]
    NotOurs {
        /// The file.
        path: PathBuf,
        /// The chapter's crate.
        chapter: &'static str,
    },
    /// No browser could be started.
    #[error("cannot start a browser: {reason}. Open the page by hand: {}", path.display())]
    Open {
        /// The page.
        path: PathBuf,
        /// What the operating system said.
        reason: io::Error,
    },
}

impl Chapter {
    /// A chapter with these sections in reading order: see [`sections!`](crate::sections).
    pub fn new(
        name: &'static str,
        title: &'static str,
        sections: Vec<Section>,
    ) -> Chapter {
        let lessons = sections.len();
        Chapter { name, title, sections, lessons, options: Vec::new() }
    }

    /// Adds sections that ask what one may ask after the whole lesson, with all chapters: the book has them in its
    /// second part.
    pub fn investigations(mut self, sections: Vec<Section>) -> Chapter {
        self.sections.extend(sections);
        self
    }

    /// Whether a section of this name belongs to the lesson.
    pub(crate) fn is_lesson(&self, name: &str) -> bool {
        self.sections[..self.lessons].iter().any(|section| section.name == name)
    }

    /// Adds an option to the chapter's command line, `--mnist DIR` if its name is `mnist` and its value `DIR`; a
    /// section reads it with [`Page::option`].
    ///
    /// What is the reader's is no part of the book: without the option, the section runs as the book has it.
    pub fn option(
        mut self,
        name: &'static str,
        value: &'static str,
        help: &'static str,
    ) -> Chapter {
        self.options.push(OwnOption { name, value, help });
        self
    }

    /// The section of this name.
    ///
    /// # Errors
    /// [`Error::UnknownSection`], with the names that exist.
    pub fn find(&self, name: &str) -> std::result::Result<Section, Error> {
        let found = self.sections.iter().copied().find(|section| section.name == name);
        found.ok_or_else(|| Error::UnknownSection {
            chapter: self.name,
            name: name.to_string(),
            known: self.names().collect::<Vec<_>>().join(", "),
            meant: self.closest(name),
        })
    }

    fn names(&self) -> impl Iterator<Item = &'static str> {
        self.sections.iter().map(|section| section.name)
    }

    /// The section whose name is most like this one, unless none is like it at all.
    fn closest(&self, name: &str) -> Option<&'static str> {
        let likeness = |known: &'static str| (strsim::jaro_winkler(known, name), known);
        let best = self.names().map(likeness).max_by(|a, b| a.0.total_cmp(&b.0));
        best.filter(|(likeness, _)| *likeness > 0.8).map(|(_, known)| known)
    }

    /// What is pinned of the chapter itself: its title, then `name = Title` of each section in order, with a line
    /// `investigations` before the first of these.
    pub fn pinned(&self) -> String {
        let section =
            |section: &Section| format!("{} = {}\n", section.name, section.title);
        let [lesson, rest] =
            [&self.sections[..self.lessons], &self.sections[self.lessons..]]
                .map(|sections| sections.iter().map(section).collect::<String>());
        let line = if rest.is_empty() { "" } else { "investigations\n" };
        format!("{}\n{lesson}{line}{rest}", self.title)
    }

    /// Runs one section as the book does and returns its page.
    ///
    /// # Errors
    /// [`Error::UnknownSection`], or [`Error::Section`] with what stopped it.
    pub fn page(&self, name: &str) -> std::result::Result<Page, Error> {
        let (page, outcome) = self.find(name)?.fill(Page::new());
        outcome.map(|()| page)
    }
}

impl Section {
    /// Runs the section on a page, which keeps what was put on it before an error or a panic.
    ///
    /// Whoever changes an experiment may well make it panic; the sections before and after it are not at fault.
    pub(crate) fn fill(self, mut page: Page) -> (Page, std::result::Result<(), Error>) {
        let outcome = catch_unwind(AssertUnwindSafe(|| (self.run)(&mut page)))
            .unwrap_or_else(|panic| Err(message(panic.as_ref()).into()));
        let stopped = |reason| Error::Section { name: self.name, reason };
        (page, outcome.map_err(stopped))
    }
}

/// What a panic said.
fn message(panic: &(dyn Any + Send)) -> &str {
    let formatted = panic.downcast_ref::<String>().map(String::as_str);
    let literal = panic.downcast_ref::<&str>().copied();
    formatted.or(literal).unwrap_or("a panic without a message")
}

fn did_you_mean(name: &Option<&str>) -> String {
    name.map_or(String::new(), |name| format!(" Did you mean `{name}`?"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn investigations_run_and_are_pinned_after_the_lesson() {
        let sections = |name| vec![Section { name, title: "Down", run: |_| Ok(()) }];
        let lesson = Chapter::new("ch00_example", "An example", sections("descent"));
        assert_eq!(lesson.pinned(), "An example\ndescent = Down\n");
        let both = lesson.investigations(sections("noise"));
        assert_eq!(
            both.pinned(),
            "An example\ndescent = Down\ninvestigations\nnoise = Down\n"
        );
        assert!(both.is_lesson("descent") && !both.is_lesson("noise"));
        assert!(both.page("noise").is_ok());
    }

    #[test]
    fn what_was_on_the_page_before_a_panic_stays() {
        let run = |page: &mut Page| {
            page.text("half", "the first half");
            page.text("half", "a name that is taken");
            Ok(())
        };
        let section = Section { name: "broken", title: "Halfway", run };
        let (page, outcome) = section.fill(Page::new());
        assert_eq!(page.text_shown(), "the first half");
        assert_eq!(
            outcome.unwrap_err().to_string(),
            "section `broken` stopped: the name `half` is used twice on one page"
        );
    }
}
