//! What `cargo book check` looks at: the pages as they are written, then the book built from them.

mod agreement;
mod built;
mod search;

use std::fs;
use std::path::Path;

use crate::book::bind;
use crate::glossary::Glossary;
use crate::page::Uses;
use crate::report::{Fault, Problem, Report};
use crate::source::{PAGES, Source, address};
use crate::workspace::{Workspace, display, files};

/// What a check found.
#[derive(Debug, Default)]
pub struct Findings {
    /// What must be mended.
    pub report: Report,
    /// What is worth knowing and stops nothing.
    pub notes: Vec<String>,
    /// How many pages were read, and how many links followed.
    pub counts: (usize, usize),
    /// The pages, and what each of them shows.
    shown: Vec<(Source, Uses)>,
}

/// Checks the pages of `workspace` as they are written.
///
/// What one look finds is told before the next, so that what follows from a fault is not told with it:
/// first that all files are there, then each page, then what only all pages together can show.
///
/// # Errors
///
/// If a file or folder cannot be read.
pub fn written(workspace: &Workspace) -> std::io::Result<Findings> {
    let mut findings = Findings::default();
    let sources = sources(workspace)?;
    findings.counts.0 = sources.len();
    agreement::files(workspace, &sources, &mut findings.report);
    agreement::titles(workspace, &mut findings.report);
    if !findings.report.is_empty() {
        return Ok(findings);
    }
    let bound = bind(workspace, Path::new(PAGES), None, &sources, true);
    findings.report = bound.report;
    if findings.report.is_empty() {
        let Findings { report, notes, .. } = &mut findings;
        agreement::uses(workspace, &sources, &bound.uses, report, notes);
        terms_are_used(workspace, &sources, &bound.uses, &mut findings.notes);
        terms_come_in_order(workspace, &sources, &bound.uses, &mut findings.report);
        for Problem { file, line, fault } in
            bound.uses.iter().flat_map(|uses| &uses.typed)
        {
            findings.report.add(file, *line, fault.clone());
        }
    }
    findings.shown = sources.into_iter().zip(bound.uses).collect();
    Ok(findings)
}

/// Checks the book that was built into `built` from pages in which [`written`] found no fault.
///
/// # Errors
///
/// If a file or folder cannot be read.
pub fn built(
    workspace: &Workspace,
    built: &Path,
    findings: &mut Findings,
) -> std::io::Result<()> {
    search::check(workspace, built, &findings.shown, &mut findings.report)?;
    findings.counts.1 = built::check(workspace, built, &mut findings.report)?;
    Ok(())
}

/// A term that only the page uses that introduces it is worth a note.
fn terms_are_used(
    workspace: &Workspace,
    sources: &[Source],
    uses: &[Uses],
    notes: &mut Vec<String>,
) {
    for term in Glossary::read(workspace, sources, &mut Report::default()).terms {
        if !uses.iter().any(|uses| uses.terms.contains(&term.id)) {
            let page = address(&term.page);
            notes.push(format!("No page but {page} uses the term `{}`.", term.id));
        }
    }
}

/// Makes sure that no page of the lesson uses a term that a later page introduces. The introduction and the openings
/// of chapters may: they announce what is to come.
fn terms_come_in_order(
    workspace: &Workspace,
    sources: &[Source],
    uses: &[Uses],
    report: &mut Report,
) {
    let order = agreement::order(workspace);
    let place = |page: &Path| order.iter().position(|(path, _)| path == page);
    let lesson = order.iter().take_while(|(_, is_investigation)| !is_investigation);
    let lesson: Vec<_> = lesson.map(|(path, _)| path).collect();
    let terms = Glossary::read(workspace, sources, &mut Report::default()).terms;
    for (source, uses) in sources.iter().zip(uses) {
        let is_opening = source.path.file_stem().is_some_and(|stem| stem == "index");
        let has_chapter = source.path.components().count() > 1;
        if is_opening || !has_chapter || !lesson.contains(&&source.path) {
            continue;
        }
        let used = terms.iter().filter(|term| uses.terms.contains(&term.id));
        for term in used.filter(|term| place(&term.page) > place(&source.path)) {
            let cause = format!(
                "The term `{}` is used here, and first explained in {}.",
                term.id,
                address(&term.page)
            );
            let advice = "Say it in other words; or explain it here, in *emphasis*, and give it this page in book/glossary.toml.";
            let file = display(&Path::new(PAGES).join(&source.path));
            let words = term.term.to_lowercase();
            let mut lines = source.text.lines().map(str::to_lowercase);
            let line =
                lines.position(|line| line.contains(&words)).map_or(0, |at| at + 1);
            report.add(&file, line, Fault::new(cause, advice));
        }
    }
}

/// Every page in the book's folder but the SUMMARY, whether the SUMMARY names it or not.
fn sources(workspace: &Workspace) -> std::io::Result<Vec<Source>> {
    let folder = workspace.root().join(PAGES);
    let mut sources = Vec::new();
    for file in files(&folder, "md")? {
        let path = file.strip_prefix(&folder).unwrap_or(&file).to_owned();
        if path != Path::new("SUMMARY.md") {
            sources.push(Source {
                text: fs::read_to_string(&file)?.replace("\r\n", "\n"),
                path,
            });
        }
    }
    Ok(sources)
}
