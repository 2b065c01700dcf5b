//! The glossary: the field's words in English and Chinese, from `book/glossary.toml`.
//!
//! Each term names the page that introduces it. The first time a sentence of another page uses
//! the term, the word leads to its entry; the entry leads back to the page.

use std::ops::Range;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use toml::Spanned;

use crate::Workspace;
use crate::html::{escape, is_blank, plain_text};
use crate::prose::{Emphasis, Prose, begins_word};
use crate::quote::spoken;
use crate::register;
use crate::report::{Fault, Report};
use crate::scan::{Scan, line_of};
use crate::source::{Source, address, relative};
use crate::workspace::display;

/// Where the terms are written down.
pub const FILE: &str = "book/glossary.toml";

/// All terms, in the order of the alphabet.
#[derive(Debug, Default)]
pub struct Glossary {
    /// The terms.
    pub terms: Vec<Term>,
    /// Why there are none, if the file cannot be read.
    unreadable: Option<Fault>,
    /// The page that shows them all; without one, no word leads anywhere.
    page: Option<PathBuf>,
    /// Every spelling of every term and every phrase that is none, in lower case, the longest first.
    forms: Vec<(String, Meaning)>,
}

/// What a spelling stands for: a term, by its index, or none.
type Meaning = Option<usize>;

/// A word of the field.
#[derive(Debug, Clone)]
pub struct Term {
    /// Its name in addresses.
    pub id: String,
    /// The term.
    pub term: String,
    /// The same in Chinese.
    pub zh: String,
    /// What it means, in one line of Markdown.
    pub meaning: String,
    /// The same as words to be read aloud.
    pub spoken: String,
    /// The page that introduces it.
    pub page: PathBuf,
    /// That page's title.
    pub title: String,
    /// Whether that page has a place that defines it: the first time it emphasises the term.
    pub is_defined: bool,
    /// The line of the file on which the entry begins.
    pub line: usize,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    term: Vec<Written>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    id: Spanned<String>,
    term: String,
    zh: String,
    line: String,
    page: String,
    #[serde(default)]
    forms: Vec<String>,
    #[serde(default)]
    except: Vec<String>,
}

/// A page with its terms leading to the glossary.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Linked {
    /// The page's Markdown.
    pub text: String,
    /// The terms that lead from it to the glossary.
    pub terms: Vec<String>,
}

/// A term, by its index, and where a page uses it.
type Use = (usize, Range<usize>);

/// A stretch of a page to be put between two tags.
type Wrap = (Range<usize>, String, &'static str);

impl Glossary {
    /// Reads the terms; what is wrong with the file, or does not agree with the pages, goes to
    /// `report`.
    pub fn read(workspace: &Workspace, sources: &[Source], report: &mut Report) -> Self {
        let fields =
            "Each [[term]] has id, term, zh, line, page and perhaps forms and except.";
        let (file, text) = match register::read::<File>(workspace, FILE, fields, report) {
            Ok(read) => read,
            Err(fault) => {
                return Glossary { unreadable: Some(fault), ..Glossary::default() };
            }
        };
        let mut written = file.term;
        written.sort_by_key(|term| term.term.to_lowercase());
        let mut glossary = Glossary { page: home(sources), ..Glossary::default() };
        for term in written {
            glossary.add(workspace, term, &text, report);
        }
        glossary.forms.sort_by_key(|(form, _)| std::cmp::Reverse(form.len()));
        glossary.agree(sources, report);
        glossary
    }

    /// All terms.
    pub fn all(&self) -> Result<&[Term], Fault> {
        self.unreadable.clone().map_or(Ok(&self.terms), Err)
    }

    fn add(
        &mut self,
        workspace: &Workspace,
        written: Written,
        text: &str,
        report: &mut Report,
    ) {
        let line = line_of(text, written.id.span().start);
        let id = written.id.into_inner();
        let mut fault = |what: &str, how: &str| {
            let fault = Fault::new(format!("The term `{id}` {what}."), how);
            report.add(FILE, line, fault);
        };
        let is_address =
            |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if id.is_empty() || !id.chars().all(is_address) {
            fault("has an id that is no address", "Use lower case letters and hyphens.");
        }
        for (field, text) in
            [("term", &written.term), ("zh", &written.zh), ("line", &written.line)]
        {
            if is_blank(text) {
                fault(
                    &format!("holds nothing in `{field}`"),
                    "Write it, or remove the term.",
                );
            }
        }
        if self.terms.iter().any(|term| term.id == id) {
            fault("is written down twice", "Keep one.");
        }
        let own = [&written.term].into_iter().chain(&written.forms);
        let own = own.map(|form| (form.to_lowercase(), Some(self.terms.len())));
        let others = written.except.iter().map(|phrase| (phrase.to_lowercase(), None));
        for (form, meaning) in own.chain(others) {
            if is_blank(&form) {
                if form != written.term.to_lowercase() {
                    fault(
                        "holds nothing in one of its `forms`",
                        "Write it, or remove it.",
                    );
                }
                continue;
            }
            if self.forms.iter().any(|(known, _)| *known == form) {
                let what = format!("repeats \"{form}\", which stands above");
                fault(&what, "A spelling belongs to one term; keep one.");
            }
            self.forms.push((form, meaning));
        }
        let meaning = written.line.trim();
        self.terms.push(Term {
            id,
            term: written.term,
            zh: written.zh,
            spoken: spoken(workspace, None, &Scan::new(meaning), 0..meaning.len()),
            meaning: meaning.to_owned(),
            page: PathBuf::from(format!("{}.md", written.page)),
            title: String::new(),
            is_defined: false,
            line,
        });
    }

    /// Looks every term up on the page that introduces it.
    fn agree(&mut self, sources: &[Source], report: &mut Report) {
        let pages: Vec<(Prose<'_>, Vec<Use>)> = sources
            .iter()
            .map(|source| {
                let prose = Prose::new(&source.text);
                let uses = self.uses(&prose, &source.text);
                (prose, uses)
            })
            .collect();
        for index in 0..self.terms.len() {
            let page = sources.iter().position(|s| s.path == self.terms[index].page);
            let uses_term =
                |page: &usize| pages[*page].1.iter().any(|(term, _)| *term == index);
            match page.filter(uses_term) {
                Some(page) => {
                    let (prose, uses) = &pages[page];
                    self.terms[index].is_defined = defining(index, prose, uses).is_some();
                    self.terms[index].title = title(&sources[page].text);
                }
                None => {
                    let users = (0..sources.len()).filter(uses_term);
                    let users =
                        users.map(|page| address(&sources[page].path)).take(3).collect();
                    let term = &self.terms[index];
                    report.add(
                        FILE,
                        term.line,
                        term.misplaced(page.is_some(), users, sources),
                    );
                }
            }
        }
    }

    /// Every use of every term in a page, in order; of two that begin together the longer counts.
    fn uses(&self, prose: &Prose<'_>, text: &str) -> Vec<Use> {
        let mut uses = Vec::new();
        let mut from = 0;
        for (at, letter) in text.char_indices() {
            if at < from || !begins_word(text, at) {
                continue;
            }
            let first = letter.to_lowercase().next().unwrap_or(letter);
            let forms = self.forms.iter().filter(|(form, _)| form.starts_with(first));
            let found = forms.into_iter().find_map(|(form, meaning)| {
                prose.words_at(at, form).map(|end| (*meaning, end))
            });
            if let Some((meaning, end)) = found {
                from = end;
                uses.extend(meaning.map(|term| (term, at..end)));
            }
        }
        uses
    }

    /// The page at `path` with the first use of each term leading to its entry.
    pub fn link(&self, path: &Path, text: &str) -> Linked {
        let mut linked = Linked { text: text.to_owned(), terms: Vec::new() };
        let Some(home) = self.page.as_deref().filter(|_| has_running_text(path, text))
        else {
            return linked;
        };
        let prose = Prose::new(text);
        let uses = self.uses(&prose, text);
        let mut wraps: Vec<Wrap> = Vec::new();
        for (index, term) in self.terms.iter().enumerate() {
            if term.page == path {
                let place = defining(index, &prose, &uses);
                let tag = format!("<dfn id=\"term-{}\">", term.id);
                wraps.extend(place.map(|range| (range, tag, "</dfn>")));
            } else if let Some(range) = first_running(index, &prose, &uses) {
                wraps.push((range, term.link(path, home), "</a>"));
                linked.terms.push(term.id.clone());
            }
        }
        wraps.sort_by_key(|(range, _, _)| std::cmp::Reverse(range.start));
        for (range, open, close) in wraps {
            linked.text.insert_str(range.end, close);
            linked.text.insert_str(range.start, &open);
        }
        linked
    }
}

impl Term {
    /// What opens a link to this term's entry on the page `home`.
    fn link(&self, from: &Path, home: &Path) -> String {
        let meaning = escape(&self.spoken);
        let target = display(&relative(from, home));
        format!("<a class=\"term\" href=\"{target}#{}\" title=\"{meaning}\">", self.id)
    }

    /// The entry, for the glossary at `page`; `meaning` is its line with numbers and formulas in
    /// place.
    pub fn entry(&self, page: &Path, meaning: &str) -> String {
        let target = display(&relative(page, &self.page));
        let anchor = match self.is_defined {
            true => format!("#term-{}", self.id),
            false => String::new(),
        };
        let (term, zh, title) =
            (escape(&self.term), escape(&self.zh), escape(&self.title));
        format!(
            "<div class=\"term-entry\">\n\n\
             ## {term} <span class=\"term-zh\" lang=\"zh\">{zh}</span> {{#{}}}\n\n\
             {meaning} <span class=\"term-page\">[{title}]({target}{anchor})</span>\n\n\
             </div>",
            self.id
        )
    }

    /// The fault of a term whose page does not use it, or is not there.
    fn misplaced(&self, is_page: bool, users: Vec<String>, sources: &[Source]) -> Fault {
        let page = address(&self.page);
        let start = format!("The term `{}` names {page}, which", self.id);
        if is_page {
            let advice =
                "Name the page that introduces it, or add the spelling to `forms`.";
            let cause = format!("{start} does not use it.");
            return Fault { nearest: users, ..Fault::new(cause, advice) };
        }
        let advice = "Name a page of the book without its `.md`.";
        let pages = sources.iter().map(|source| address(&source.path));
        Fault::new(format!("{start} is no page."), advice).near(&page, pages)
    }
}

/// The page that shows the glossary.
fn home(sources: &[Source]) -> Option<PathBuf> {
    let page = sources.iter().find(|source| source.text.contains("{{#glossary}}"))?;
    Some(page.path.clone())
}

/// A glossary, a table of claims and exercises are made of entries, not of running text.
fn has_running_text(path: &Path, text: &str) -> bool {
    let is_register =
        ["{{#glossary}}", "{{#claims}}"].iter().any(|all| text.contains(all));
    !is_register && path.file_stem().is_none_or(|stem| stem != "exercises")
}

/// The first use in running prose, with its emphasis if it has one of its own.
fn first_running(index: usize, prose: &Prose<'_>, uses: &[Use]) -> Option<Range<usize>> {
    running(index, prose, uses).find_map(|(range, emphasis)| match emphasis {
        Emphasis::None => Some(range),
        Emphasis::Whole(emphasised) => Some(emphasised),
        Emphasis::Part => None,
    })
}

/// The first emphasised use in running prose: where a page says what the term is.
fn defining(index: usize, prose: &Prose<'_>, uses: &[Use]) -> Option<Range<usize>> {
    running(index, prose, uses).find_map(|(_, emphasis)| match emphasis {
        Emphasis::Whole(emphasised) => Some(emphasised),
        _ => None,
    })
}

/// The uses of a term in running prose, each with the emphasis around it.
fn running(
    index: usize,
    prose: &Prose<'_>,
    uses: &[Use],
) -> impl Iterator<Item = (Range<usize>, Emphasis)> {
    let own = uses.iter().filter(move |(term, _)| *term == index);
    let running = own.filter(|(_, range)| prose.is_running(range));
    running.map(|(_, range)| (range.clone(), prose.emphasis(range)))
}

/// The words of a page's title.
fn title(text: &str) -> String {
    Scan::new(text).title().map_or(String::new(), |range| plain_text(&text[range]))
}
