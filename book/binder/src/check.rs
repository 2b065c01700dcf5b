//! What `cargo book check` looks at, once the book is built.

pub mod agreement;
pub mod links;
pub mod offline;
pub mod prose;
pub mod search;

use std::fs;
use std::path::{Path, PathBuf};

use crate::Report;
use crate::book::{Source, bind};
use crate::glossary::Glossary;
use crate::page::Uses;
use crate::workspace::{Workspace, display};

/// Where the English pages lie, as seen from the root.
pub const PAGES: &str = "book/en";

/// What a check found.
#[derive(Debug, Default)]
pub struct Findings {
    /// What must be mended.
    pub report: Report,
    /// What is worth knowing and stops nothing.
    pub notes: Vec<String>,
    /// How many pages were read, and how many links followed.
    pub counts: (usize, usize),
}

/// Checks the pages of `workspace` and the book that was built from them into `built`.
///
/// # Errors
///
/// If a file or folder cannot be read.
pub fn all(workspace: &Workspace, built: &Path) -> std::io::Result<Findings> {
    let mut findings = Findings::default();
    let sources = sources(workspace)?;
    let bound = bind(workspace, Path::new(PAGES), None, &sources);
    findings.counts.0 = sources.len();
    agreement::check(workspace, &sources, &bound.uses, &mut findings);
    for source in &sources {
        let file = display(&Path::new(PAGES).join(&source.path));
        prose::check(&file, &source.text, &mut findings.report);
    }
    prose::check_rulings(workspace, &mut findings.report);
    terms_are_used(workspace, &sources, &bound.uses, &mut findings.notes);
    search::check(workspace, built, &sources, &bound.uses, &mut findings.report)?;
    findings.counts.1 = links::check(workspace, built, &mut findings.report)?;
    offline::check(built, &mut findings.report)?;
    Ok(findings)
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
            let page = display(&term.page.with_extension(""));
            notes.push(format!("No page but {page} uses the term `{}`.", term.id));
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

/// The files below `folder` whose names end in `.extension`, in order.
fn files(folder: &Path, extension: &str) -> std::io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(files(&path, extension)?);
        } else if path.extension().is_some_and(|ending| ending == extension) {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}
