//! What a section puts before the reader.

use std::ffi::{OsStr, OsString};
use std::fmt::{Display, Write};

use plot::Figure;

use crate::{Live, Progress, Result, Table};

/// Text, tables, figures and named values, in the order in which a section gave them.
///
/// Every block has a name, so that the book can show it alone; every value has one, so that a sentence
/// can quote it. Names are written in `snake_case`.
#[derive(Clone, Debug, Default)]
pub struct Page {
    blocks: Vec<(String, String)>,
    tables: Vec<(String, Table)>,
    values: Vec<(String, String)>,
    figures: Vec<(String, String)>,
    lives: Vec<Live>,
    options: Vec<(&'static str, OsString)>,
    seed: u64,
    shows_progress: bool,
}

impl Page {
    /// A page of the book: its own seeds, and no progress bars.
    pub fn new() -> Page {
        Page::default()
    }

    /// A page whose seeds are all shifted by `seed` (0 is the book's), with progress bars on a terminal.
    pub(crate) fn exploring(seed: u64) -> Page {
        Page { seed, shows_progress: true, ..Page::default() }
    }

    /// The page with what the reader gave the chapter's own options.
    pub(crate) fn with_options(self, options: Vec<(&'static str, OsString)>) -> Page {
        Page { options, ..self }
    }

    /// What the reader gave the option `--NAME`, which the chapter has by
    /// [`Chapter::option`](crate::Chapter::option): a path or a word. There is nothing in the book's own run.
    pub fn option(&self, name: &str) -> Option<&OsStr> {
        let found = self.options.iter().find(|(option, _)| *option == name);
        found.map(|(_, value)| value.as_os_str())
    }

    /// Puts a paragraph or a drawing in characters on the page.
    ///
    /// # Panics
    /// If the name is taken or not in `snake_case`.
    pub fn text(&mut self, name: &str, text: impl Display) {
        expect_new(name, &self.blocks);
        let lines: Vec<String> = text
            .to_string()
            .trim_matches('\n')
            .lines()
            .map(|l| l.trim_end().into())
            .collect();
        self.blocks.push((name.to_string(), lines.join("\n")));
    }

    /// Puts a table on the page. The book can quote each of its cells, by the table's name, the row's first
    /// cell and the column's heading: `curve/30/test digits`.
    ///
    /// # Panics
    /// As [`Page::text`].
    pub fn table(&mut self, name: &str, table: &Table) {
        self.text(name, table);
        self.tables.push((name.to_string(), table.clone()));
    }

    /// Names a number, so that the book can quote it. Round it for the eye first: see
    /// [`crate::significant`].
    ///
    /// # Panics
    /// If the name is taken or not in `snake_case`, or the value has several lines.
    pub fn value(&mut self, name: &str, value: impl Display) {
        expect_new(name, &self.values);
        let value = value.to_string();
        assert!(
            !value.contains('\n'),
            "the value `{name}` has more than one line: {value:?}"
        );
        self.values.push((name.to_string(), value));
    }

    /// Puts a figure on the page.
    ///
    /// # Panics
    /// As [`Page::text`].
    pub fn figure(&mut self, name: &str, figure: &Figure) {
        expect_new(name, &self.figures);
        self.figures.push((name.to_string(), figure.svg()));
    }

    /// Puts a live figure on the page, with its numbers, where its knobs stand in the book.
    ///
    /// # Errors
    /// Whatever stopped the drawing.
    ///
    /// # Panics
    /// As [`Page::text`], or if no figure of its name was drawn.
    pub fn live(&mut self, live: &Live) -> Result {
        (live.draw)(&live.book(), self)?;
        assert!(
            self.figures.iter().any(|(name, _)| name == live.name),
            "the live figure `{0}` drew no figure `{0}`",
            live.name
        );
        self.lives.push(*live);
        Ok(())
    }

    /// The seed to use where the book uses `book`: the same, unless the reader asked for another.
    pub fn seed(&self, book: u64) -> u64 {
        // An odd multiplier far from 1 keeps the seeds of one exploration apart from those of the next.
        book.wrapping_add(self.seed.wrapping_mul(0x9E37_79B9_7F4A_7C15))
    }

    /// A progress bar of `steps` steps on stderr, seen only on a terminal and gone when it is dropped.
    pub fn progress(&self, what: &'static str, steps: usize) -> Progress {
        Progress::new(what, steps, self.shows_progress)
    }

    /// What a terminal shows: the blocks, an empty line between them.
    pub fn text_shown(&self) -> String {
        let blocks: Vec<&str> =
            self.blocks.iter().map(|(_, text)| text.as_str()).collect();
        blocks.join("\n\n")
    }

    /// What is pinned of the text: each block under its name in brackets.
    pub fn text_pinned(&self) -> String {
        let mut pinned = String::new();
        for (name, text) in &self.blocks {
            let _ = writeln!(pinned, "[{name}]\n{text}\n");
        }
        pinned
    }

    /// What is pinned of the tables, beside the text: each under its name in brackets, its cells between bars.
    pub fn tables_pinned(&self) -> String {
        let mut pinned = String::new();
        for (name, table) in &self.tables {
            let _ = writeln!(pinned, "[{name}]\n{}", table.barred());
        }
        pinned
    }

    /// What is pinned of the values: `name = text`, a line each.
    pub fn values_pinned(&self) -> String {
        let mut pinned = String::new();
        for (name, value) in &self.values {
            let _ = writeln!(pinned, "{name} = {value}");
        }
        pinned
    }

    /// What is pinned of the live figures: each name in brackets, and its knobs.
    pub fn lives_pinned(&self) -> String {
        self.lives.iter().map(|live| live.pinned() + "\n").collect()
    }

    /// The figures as SVG, with their names.
    pub fn figures(&self) -> &[(String, String)] {
        &self.figures
    }
}

fn expect_new(name: &str, taken: &[(String, String)]) {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    assert!(
        !name.is_empty() && name.chars().all(plain),
        "`{name}` is not a name the book can use: write it in snake_case"
    );
    assert!(
        taken.iter().all(|(other, _)| other != name),
        "the name `{name}` is used twice on one page"
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pinned_text_can_be_taken_apart_again() {
        let mut page = Page::new();
        page.text("first", "one\ntwo  \n");
        page.text("second", 3);
        assert_eq!(page.text_pinned(), "[first]\none\ntwo\n\n[second]\n3\n\n");
        assert_eq!(page.text_shown(), "one\ntwo\n\n3");
    }

    #[test]
    fn a_pinned_table_keeps_its_cells_apart() {
        let mut table = Table::new(["epoch", "test digits"]);
        table.row(["0", "9.7 %"]).row(["30", ""]);
        let mut page = Page::new();
        page.table("curve", &table);
        let pinned = "[curve]\n| epoch | test digits |\n| 0 | 9.7 % |\n| 30 |  |\n\n";
        assert_eq!(page.tables_pinned(), pinned);
    }

    #[test]
    fn exploring_moves_every_seed_and_the_book_none() {
        assert_eq!(Page::new().seed(7), 7);
        assert_eq!(Page::exploring(0).seed(7), 7);
        assert_ne!(Page::exploring(1).seed(7), 7);
        assert_ne!(Page::exploring(1).seed(7), Page::exploring(2).seed(7));
    }

    #[test]
    fn a_page_knows_the_options_that_were_given_and_no_others() {
        let page = Page::new().with_options(vec![("mnist", "some/where".into())]);
        assert_eq!(page.option("mnist"), Some(OsStr::new("some/where")));
        assert_eq!(page.option("other"), None);
        assert_eq!(Page::new().option("mnist"), None);
    }

    #[test]
    #[should_panic(expected = "the name `cost` is used twice")]
    fn a_name_stands_for_one_value() {
        let mut page = Page::new();
        page.value("cost", 1);
        page.value("cost", 2);
    }

    #[test]
    #[should_panic(expected = "write it in snake_case")]
    fn a_name_is_in_snake_case() {
        Page::new().value("Cost at end", 1);
    }
}
