//! Makes sure that the search does not find what figures are drawn with.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use serde_json::Value;

use crate::page::Uses;
use crate::pins::{self, Address};
use crate::report::{Fault, Report};
use crate::source::{PAGES, Source};
use crate::workspace::{Workspace, display};

/// Checks the search index in `built`, if it has one; `shown` are the pages, and what they show.
pub fn check(
    workspace: &Workspace,
    built: &Path,
    shown: &[(Source, Uses)],
    report: &mut Report,
) -> io::Result<()> {
    let Some(index) = read(built)? else {
        return Ok(());
    };
    for (source, uses) in shown {
        let page = display(&source.path.with_extension("html"));
        let file = display(&Path::new(PAGES).join(&source.path));
        let text = index.get(&page).map_or("", String::as_str);
        for figure in &uses.figures {
            if described(workspace, figure).is_some_and(|inside| text.contains(&inside)) {
                report.add(&file, 0, polluted(figure));
            }
        }
    }
    Ok(())
}

fn polluted(figure: &str) -> Fault {
    Fault::new(
        format!("The search index holds the inside of the figure {figure}."),
        "mdBook has changed how it reads HTML; `html::unindexed` in the binder says what it relied on.",
    )
}

/// What a figure says of itself inside its SVG, which no page says in the same words.
fn described(workspace: &Workspace, figure: &str) -> Option<String> {
    let svg =
        pins::figure(workspace, &Address::parse(workspace, None, figure).ok()?).ok()?;
    let (_, rest) = svg.split_once("<desc")?;
    let (_, text) = rest.split_once('>')?;
    let (text, _) = text.split_once("</desc>")?;
    Some(text.trim().to_owned()).filter(|text| !text.is_empty())
}

/// The text that the search knows of each page; `None` if the book has no search.
fn read(built: &Path) -> io::Result<Option<BTreeMap<String, String>>> {
    for entry in fs::read_dir(built)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if name.starts_with("searchindex") && name.ends_with(".js") {
            let script = fs::read_to_string(&path)?;
            let pages = pages(&script).ok_or(io::ErrorKind::InvalidData)?;
            return Ok(Some(pages));
        }
    }
    Ok(None)
}

/// The pages in mdBook's index, which is a script around JSON in quotes.
fn pages(script: &str) -> Option<BTreeMap<String, String>> {
    let (_, quoted) = script.split_once("JSON.parse('")?;
    let (quoted, _) = quoted.rsplit_once("')")?;
    let json = quoted.replace("\\'", "'").replace("\\\\", "\\");
    let index: Value = serde_json::from_str(&json).ok()?;
    let mut pages: BTreeMap<String, String> = BTreeMap::new();
    for (number, part) in index["index"]["documentStore"]["docs"].as_object()? {
        let address = index["doc_urls"][number.parse::<usize>().ok()?].as_str()?;
        let page = address.split('#').next().unwrap_or_default();
        let text = pages.entry(page.to_owned()).or_default();
        text.push_str(part["body"].as_str()?);
    }
    Some(pages)
}
