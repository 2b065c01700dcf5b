//! A chapter's opening page as a map, and what stands at the head of each of its sections.

use std::path::Path;

use crate::chapter::{self, Section, first_sentence};
use crate::html::{escape, plain_text};
use crate::reading;
use crate::report::Fault;
use crate::scan::Scan;
use crate::shared::Shared;
use crate::source::{address, relative};
use crate::workspace::display;

/// The chapter's sections in order, each with its link, its minutes and its first sentence, then its
/// investigations and the claims that it judges; Markdown for the page at `page`. `write` puts what a sentence
/// of the given file holds in place.
pub fn map(
    shared: &Shared<'_>,
    chapter: &str,
    page: &Path,
    mut write: impl FnMut(&str, &str) -> String,
) -> Result<String, Fault> {
    let sections = chapter::read(shared.workspace, chapter)?.sections;
    let (later, lesson): (Vec<_>, Vec<_>) =
        sections.iter().partition(|section| section.is_investigation);
    let map = list("1.", shared, chapter, lesson, page, &mut write)?;
    let later = match later.is_empty() {
        true => String::new(),
        false => {
            let list = list("-", shared, chapter, later, page, &mut write)?;
            format!("\n\n## For when you have read all chapters\n\n{list}")
        }
    };
    Ok(map + &later + &judged(shared, chapter, page))
}

/// The investigations of all chapters; the rest as [`map`].
pub fn investigations(
    shared: &Shared<'_>,
    page: &Path,
    mut write: impl FnMut(&str, &str) -> String,
) -> Result<String, Fault> {
    let mut lists = String::new();
    for name in shared.workspace.chapters() {
        let chapter = chapter::read(shared.workspace, &name)?;
        let later: Vec<_> =
            chapter.sections.iter().filter(|section| section.is_investigation).collect();
        if !later.is_empty() {
            let list = list("-", shared, &name, later, page, &mut write)?;
            lists.push_str(&format!("## {}\n\n{list}\n\n", escape(&chapter.title)));
        }
    }
    Ok(lists)
}

/// Sections of a chapter, each with its link, its minutes and its first sentence.
fn list(
    bullet: &str,
    shared: &Shared<'_>,
    chapter: &str,
    sections: Vec<&Section>,
    page: &Path,
    mut write: impl FnMut(&str, &str) -> String,
) -> Result<String, Fault> {
    let mut list = String::from("<div class=\"sections\">\n\n");
    for section in sections {
        let module = format!("chapters/{chapter}/src/{}.rs", section.name);
        let sentence = first_sentence(shared.workspace, chapter, &section.name)?;
        let sentence = write(&module, &sentence);
        let title = escape(&section.title);
        let file = Path::new(chapter).join(format!("{}.md", section.name));
        let minutes = minutes(shared, &file).map_or(String::new(), |minutes| {
            format!(" <span class=\"minutes\">{minutes} min</span>")
        });
        let link = display(&relative(page, &file));
        list.push_str(&format!("{bullet} [{title}]({link}){minutes}<br>{sentence}\n"));
    }
    Ok(list + "\n</div>")
}

/// The notes' claims with evidence in the chapter, each with its verdict; empty if there is none.
fn judged(shared: &Shared<'_>, chapter: &str, page: &Path) -> String {
    let mut list = String::new();
    for claim in shared.claims.all().unwrap_or_default() {
        let mut pages = claim.evidence.iter().map(Path::new);
        if let Some(evidence) = pages.find(|address| address.starts_with(chapter)) {
            let target = relative(page, &evidence.with_extension("md"));
            list.push_str(&format!("- {}\n", claim.line(&display(&target))));
        }
    }
    match list.is_empty() {
        true => list,
        false => format!(
            "\n\n## What the notes say about it\n\n<div class=\"judged\">\n\n{list}\n</div>"
        ),
    }
}

/// The line under the heading of a section's page: how long it takes, where its code is, and the
/// command that runs it. `None` for a page that is no section of the chapter `home`.
pub fn head(shared: &Shared<'_>, home: Option<&str>, page: &Path) -> Option<String> {
    let (chapter, section) = (home?, page.file_stem()?.to_str()?);
    chapter::read(shared.workspace, chapter).ok()?.section(section).ok()?;
    let file = format!("chapters/{chapter}/src/{section}.rs");
    shared.workspace.read(&file)?;
    let minutes = minutes(shared, page)?;
    let source = shared.source_link(&file, "");
    Some(format!(
        "<div class=\"page-head\">\n\
         <p><span class=\"minutes\">{minutes} min</span> <span class=\"path\">{source}</span></p>\n\n\
         ```text\ncargo run -p {chapter} -- --section {section}\n```\n\n</div>\n\n"
    ))
}

/// The pages that a page builds on, each with its title and its link.
pub fn builds_on(
    shared: &Shared<'_>,
    page: &Path,
    addresses: &[String],
) -> Result<String, Fault> {
    let link = |wanted: &String| {
        let found = shared.sources.iter().find(|source| address(&source.path) == *wanted);
        let Some(source) = found else {
            let cause = format!("No page is called `{wanted}`.");
            let advice = "Name pages as the SUMMARY does: `ch01_neuron/gates`.";
            let names = shared.sources.iter().map(|source| address(&source.path));
            return Err(Fault::new(cause, advice).near(wanted, names));
        };
        let title = Scan::new(&source.text).title().unwrap_or_default();
        let title = escape(&plain_text(&source.text[title]));
        Ok(format!("[{title}]({})", display(&relative(page, &source.path))))
    };
    let links: Result<Vec<String>, Fault> = addresses.iter().map(link).collect();
    let links = links?.join(" · ");
    Ok(format!("<div class=\"builds-on\">\n\nBuilds on {links}\n\n</div>"))
}

/// The minutes that the page at `path` takes; `None` if there is no such page.
fn minutes(shared: &Shared<'_>, path: &Path) -> Option<usize> {
    let source = shared.sources.iter().find(|source| source.path == path)?;
    let home = path.parent().and_then(Path::to_str).filter(|home| !home.is_empty());
    Some(reading::minutes(shared.workspace, shared.claims, home, &source.text))
}
