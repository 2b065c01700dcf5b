//! The notes' claims and our verdicts, from `book/claims.toml`.
//!
//! A claim is a sentence of the notes that can be true or false. It carries a verdict, a ruling
//! with at least one pinned number, and the pages on which the evidence stands.

use std::path::Path;

use serde::Deserialize;
use toml::Spanned;

use crate::Workspace;
use crate::chapter;
use crate::html::{escape, is_blank};
use crate::register;
use crate::report::{Fault, Report};
use crate::scan::line_of;
use crate::source::{address, relative};

/// Where the claims are written down.
pub const FILE: &str = "book/claims.toml";

/// What each claim consists of.
const FIELDS: &str = "Each [[claim]] has id, notes, lang, translation (unless lang is \"en\"), verdict \
                      (\"holds\", \"holds, with a limit\" or \"fails as stated\"), sentence, ruling and evidence.";

/// All claims, in the order of the file, or why there are none.
#[derive(Debug)]
pub struct Claims(Result<Vec<Claim>, Fault>);

/// A sentence of the notes, and what became of it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Claim {
    /// Its name.
    pub id: Spanned<String>,
    /// The notes' words.
    pub notes: String,
    /// The language of the notes' words.
    pub lang: String,
    /// The same in English, if they are not.
    pub translation: Option<String>,
    /// How it ended.
    pub verdict: Verdict,
    /// The verdict in one sentence, to be remembered.
    pub sentence: String,
    /// One or two sentences of Markdown that say why, with the number that carries them.
    pub ruling: String,
    /// The pages that bear it: `ch01_neuron/gates`.
    pub evidence: Vec<String>,
    /// The line of the file on which it begins.
    #[serde(skip)]
    pub line: usize,
}

/// How a claim ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum Verdict {
    /// It is true as it stands.
    #[serde(rename = "holds")]
    Holds,
    /// It is true within a limit, which the ruling names.
    #[serde(rename = "holds, with a limit")]
    Limited,
    /// It is not true as it stands.
    #[serde(rename = "fails as stated")]
    Fails,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    claim: Vec<Claim>,
}

impl Claims {
    /// Reads the claims; what is wrong with the file goes to `report`.
    pub fn read(workspace: &Workspace, report: &mut Report) -> Self {
        let read = register::read::<File>(workspace, FILE, FIELDS, report);
        Claims(read.map(|(file, text)| {
            let mut all: Vec<Claim> = Vec::new();
            for mut claim in file.claim {
                claim.line = line_of(&text, claim.id.span().start);
                claim.notes = claim.notes.trim().to_owned();
                let words: Vec<&str> = claim.ruling.split_whitespace().collect();
                claim.ruling = words.join(" ");
                let is_repeated = all.iter().any(|other| other.name() == claim.name());
                for fault in claim.faults(is_repeated) {
                    report.add(FILE, claim.line, fault);
                }
                all.push(claim);
            }
            all
        }))
    }

    /// All claims.
    pub fn all(&self) -> Result<&[Claim], Fault> {
        self.0.as_deref().map_err(Fault::clone)
    }

    /// The claim called `id`.
    pub fn get(&self, id: &str) -> Result<&Claim, Fault> {
        let all = self.all()?;
        all.iter().find(|claim| claim.name() == id).ok_or_else(|| {
            Fault::new(
                format!("{FILE} has no claim `{id}`."),
                format!("Correct the name, or add the claim to {FILE}."),
            )
            .near(id, all.iter().map(|claim| claim.name().to_owned()))
        })
    }

    /// Reports every claim whose evidence pages do not exist or do not show it.
    ///
    /// `pages` are the book's pages without `.md`, each with the claims that it shows.
    pub fn check_evidence(&self, pages: &[(String, Vec<String>)], report: &mut Report) {
        for claim in self.all().unwrap_or_default() {
            let id = claim.name();
            for address in &claim.evidence {
                let fault = match pages.iter().find(|(page, _)| page == address) {
                    Some((_, shown)) if shown.iter().any(|shown| shown == id) => continue,
                    Some(_) => Fault::new(
                        format!(
                            "The claim `{id}` names {address}, which does not show it."
                        ),
                        format!(
                            "Put `{{{{#claim {id}}}}}` on that page, or name another."
                        ),
                    ),
                    None => Fault::new(
                        format!("The claim `{id}` names {address}, which is no page."),
                        "Name a page of the book without its `.md`.",
                    )
                    .near(address, pages.iter().map(|(page, _)| page.clone())),
                };
                report.add(FILE, claim.line, fault);
            }
        }
    }
}

impl Claim {
    /// The name by which pages ask for it.
    pub fn name(&self) -> &str {
        self.id.as_ref()
    }

    fn faults(&self, is_repeated: bool) -> Vec<Fault> {
        let id = self.name();
        let rules = [
            (is_repeated, "is written down twice", "Keep one."),
            (self.evidence.is_empty(), "has no evidence", "Name the page that bears it."),
            (
                !self.ruling.contains("{{#value "),
                "has a ruling without a pinned number",
                "Put a `{{#value chapter/section/name}}` into it.",
            ),
            (
                is_blank(&self.sentence) || self.sentence.contains(['{', '$', '*']),
                "has no plain words in `sentence`",
                "Say the verdict in one sentence, without numbers from the code.",
            ),
            (
                is_blank(&self.notes)
                    || self.translation.as_deref().is_some_and(is_blank),
                "holds nothing in `notes` or `translation`",
                "Write the words, or leave `translation` out.",
            ),
            (
                self.lang != "en" && self.translation.is_none(),
                "has no translation",
                "Add `translation`, or set `lang = \"en\"`.",
            ),
        ];
        let broken = rules.into_iter().filter(|(is_broken, _, _)| *is_broken);
        broken
            .map(|(_, what, how)| Fault::new(format!("The claim `{id}` {what}."), how))
            .collect()
    }

    /// The box that shows this claim on the page at `page`; `ruling` is its ruling in Markdown,
    /// with numbers and formulas in place.
    pub fn panel(&self, workspace: &Workspace, page: &Path, ruling: &str) -> String {
        let id = escape(self.name());
        let quote = self.quote("blockquote", "p");
        let evidence = self.links(workspace, page, true);
        let see = match evidence.is_empty() {
            true => String::new(),
            false => format!(
                "<div class=\"claim-evidence\">\n\nEvidence: {evidence}\n\n</div>\n"
            ),
        };
        let (verdict, sentence) = (self.verdict.tag(), escape(&self.sentence));
        format!(
            "<div class=\"claim\" id=\"claim-{id}\" role=\"group\" aria-label=\"A claim of the notes\">\n\
             {quote}\n<p class=\"claim-sentence\">{verdict}{sentence}</p>\n\
             <div class=\"claim-ruling\">\n\n{ruling}\n\n</div>\n{see}</div>"
        )
    }

    /// What stands for this claim on any other page than the first of its evidence, where it is judged.
    pub fn mention(&self, workspace: &Workspace, page: &Path) -> String {
        let id = escape(self.name());
        let quote = self.quote("blockquote", "p");
        let (verdict, sentence) = (self.verdict.tag(), escape(&self.sentence));
        let links = self.links(workspace, page, true);
        format!(
            "<div class=\"claim\" id=\"claim-{id}\" role=\"group\" aria-label=\"A claim of the notes\">\n\
             {quote}\n<p class=\"claim-sentence\">{verdict}{sentence}</p>\n\
             <div class=\"claim-evidence\">\n\nWith its numbers: {links}\n\n</div>\n</div>"
        )
    }

    /// Whether the page at `page` is the one on which this claim is judged.
    pub fn is_judged_on(&self, page: &Path) -> bool {
        self.evidence.first().is_some_and(|first| *first == address(page))
    }

    /// The row that shows this claim in the table of all.
    pub fn row(&self, workspace: &Workspace, page: &Path, ruling: &str) -> String {
        let quote = self.quote("span", "span");
        let ruling = ruling.replace('|', "\\|");
        let links = self.links(workspace, page, false);
        let sentence = escape(&self.sentence);
        format!(
            "| {quote} | {} | <span class=\"claim-sentence\">{sentence}</span> {ruling} | {links} |",
            self.verdict.tag()
        )
    }

    /// The line that shows this claim on its chapter's opening page, and leads to it on the page at
    /// `target`.
    pub fn line(&self, target: &str) -> String {
        let lang = escape(&self.lang);
        let words = escape(&self.notes.replace('\n', " "));
        let words = format!("<span class=\"claim-words\" lang=\"{lang}\">{words}</span>");
        let link = |text: &str| format!("[{text}]({target}#claim-{})", self.name());
        let quote = match &self.translation {
            Some(translation) => format!("{} {words}", link(&escape(translation))),
            None => link(&words),
        };
        format!("{} <span class=\"judged-words\">{quote}</span>", self.verdict.tag())
    }

    /// The notes' words and their translation, in the elements `outer` and `inner`.
    fn quote(&self, outer: &str, inner: &str) -> String {
        let words = escape(&self.notes.replace('\n', " "));
        let lang = escape(&self.lang);
        let translation = self.translation.as_deref().map_or(String::new(), |text| {
            format!("<{inner} class=\"claim-translation\">{}</{inner}>", escape(text))
        });
        format!(
            "<{outer} class=\"claim-quote\"><{inner} class=\"claim-words\" lang=\"{lang}\">{words}\
             </{inner}>{translation}</{outer}>"
        )
    }

    /// Markdown links to the evidence, without the page itself if `others` is set.
    fn links(&self, workspace: &Workspace, page: &Path, others: bool) -> String {
        let here = page.with_extension("");
        let links: Vec<String> = self
            .evidence
            .iter()
            .filter(|address| !(others && Path::new(address) == here))
            .map(|address| {
                let target = relative(page, Path::new(&format!("{address}.md")));
                let title = escape(&title(workspace, address));
                format!("[{title}]({}#claim-{})", target.display(), self.name())
            })
            .collect();
        links.join(", ")
    }
}

impl Verdict {
    /// The verdict as a tag: its words, a sign and a colour.
    fn tag(self) -> String {
        let (class, sign, words) = match self {
            Verdict::Holds => ("holds", "✓", "holds"),
            Verdict::Limited => ("limited", "◐", "holds, with a limit"),
            Verdict::Fails => ("fails", "✕", "fails as stated"),
        };
        format!(
            "<span class=\"verdict verdict-{class}\"><span aria-hidden=\"true\">{sign}</span> \
             {words}</span>"
        )
    }
}

/// The title of the page at `address`, as its chapter gives it.
fn title(workspace: &Workspace, address: &str) -> String {
    let (chapter, section) = address.split_once('/').unwrap_or(("", address));
    let known = chapter::read(workspace, chapter).ok();
    let found = known.as_ref().and_then(|chapter| chapter.section(section).ok());
    found.map_or(section, |section| &section.title).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn claim(ruling: &str, evidence: &[&str]) -> Claim {
        Claim {
            id: Spanned::new(0..0, "convex".into()),
            notes: "需要凸函数".into(),
            lang: "zh".into(),
            translation: Some("It needs a convex function.".into()),
            verdict: Verdict::Limited,
            sentence: "So it is.".to_owned(),
            ruling: ruling.into(),
            evidence: evidence.iter().map(|page| (*page).to_owned()).collect(),
            line: 1,
        }
    }

    #[test]
    fn a_claim_without_evidence_or_number_is_a_fault() {
        let causes: Vec<_> = claim("It does.", &[]).faults(false);
        assert_eq!(causes.len(), 2);
        assert!(claim("{{#value a/b/c}}", &["a/b"]).faults(false).is_empty());
    }

    #[test]
    fn evidence_that_no_longer_shows_the_claim_is_a_fault() {
        let all = vec![claim("{{#value a/b/c}}", &["a/b", "a/c"])];
        let claims = Claims(Ok(all));
        let pages =
            [("a/b".to_owned(), vec!["convex".to_owned()]), ("a/c".to_owned(), vec![])];
        let mut report = Report::default();
        claims.check_evidence(&pages, &mut report);
        assert_eq!(report.problems().len(), 1);
        assert!(report.problems()[0].fault.cause.contains("a/c, which does not show it"));
    }
}
