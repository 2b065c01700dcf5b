//! A chapter's opening page as a map, and what stands at the head of each of its sections.

use std::path::Path;

use crate::chapter::{self, first_sentence};
use crate::html::escape;
use crate::reading;
use crate::report::Fault;
use crate::shared::Shared;
use crate::source::relative;
use crate::workspace::display;

/// The chapter's sections in order, each with its link, its minutes and its first sentence, then
/// the claims that the chapter judges; Markdown for the page at `page`. `write` puts what a sentence
/// of the given file holds in place.
pub fn map(
    shared: &Shared<'_>,
    chapter: &str,
    page: &Path,
    mut write: impl FnMut(&str, &str) -> String,
) -> Result<String, Fault> {
    let mut map = String::from("<div class=\"sections\">\n\n");
    for section in &chapter::read(shared.workspace, chapter)?.sections {
        let module = format!("chapters/{chapter}/src/{}.rs", section.name);
        let sentence = first_sentence(shared.workspace, chapter, &section.name)?;
        let sentence = write(&module, &sentence);
        let title = escape(&section.title);
        let file = Path::new(chapter).join(format!("{}.md", section.name));
        let minutes = minutes(shared, &file).map_or(String::new(), |minutes| {
            format!(" <span class=\"minutes\">{minutes} min</span>")
        });
        let link = display(&relative(page, &file));
        map.push_str(&format!("1. [{title}]({link}){minutes}<br>{sentence}\n"));
    }
    Ok(map + "\n</div>" + &judged(shared, chapter, page))
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

/// The minutes that the page at `path` takes; `None` if there is no such page.
fn minutes(shared: &Shared<'_>, path: &Path) -> Option<usize> {
    let source = shared.sources.iter().find(|source| source.path == path)?;
    let home = path.parent().and_then(Path::to_str).filter(|home| !home.is_empty());
    Some(reading::minutes(shared.workspace, shared.claims, home, &source.text))
}
