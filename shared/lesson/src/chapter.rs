//! A chapter: a question, and sections that answer it in order.

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

/// A chapter of the book, as it runs.
#[derive(Clone, Debug)]
pub struct Chapter {
    /// The name of its crate.
    pub name: &'static str,
    /// The heading.
    pub title: &'static str,
    /// Its sections in reading order.
    pub sections: Vec<Section>,
}

/// What can go wrong between a chapter and its reader.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum Error {
    /// There is no section of this name.
    #[error("{chapter} has no section `{name}`. It has: {known}")]
    UnknownSection {
        /// The chapter's crate.
        chapter: &'static str,
        /// What was asked for.
        name: String,
        /// The sections that exist.
        known: String,
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
    #[error(
        "cannot write {path}: {reason}. Name a folder that you may write to with --out DIR"
    )]
    Write {
        /// Where.
        path: String,
        /// What the operating system said.
        reason: std::io::Error,
    },
}

impl Chapter {
    /// A chapter without sections yet.
    pub fn new(name: &'static str, title: &'static str) -> Chapter {
        Chapter { name, title, sections: Vec::new() }
    }

    /// Adds a section after the ones before.
    pub fn section(
        mut self,
        name: &'static str,
        title: &'static str,
        run: fn(&mut Page) -> Result,
    ) -> Chapter {
        self.sections.push(Section { name, title, run });
        self
    }

    /// The section of this name.
    ///
    /// # Errors
    /// [`Error::UnknownSection`], with the names that exist.
    pub fn find(&self, name: &str) -> std::result::Result<Section, Error> {
        self.sections.iter().copied().find(|section| section.name == name).ok_or_else(
            || {
                let known: Vec<&str> =
                    self.sections.iter().map(|section| section.name).collect();
                let known = known.join(", ");
                Error::UnknownSection {
                    chapter: self.name,
                    name: name.to_string(),
                    known,
                }
            },
        )
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
    /// Runs the section on a page, which keeps what was put on it before an error.
    pub(crate) fn fill(self, mut page: Page) -> (Page, std::result::Result<(), Error>) {
        let stopped = |reason| Error::Section { name: self.name, reason };
        let outcome = (self.run)(&mut page).map_err(stopped);
        (page, outcome)
    }
}
