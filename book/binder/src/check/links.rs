//! Follows every link and fragment of the built book.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use html5gum::{Token, Tokenizer};

use crate::allow;
use crate::report::{Fault, Report};
use crate::scan::line_of;
use crate::source::PAGES;
use crate::workspace::{Workspace, display, files};

/// What matters of a built page: where one can arrive, and where it leads.
#[derive(Debug, Default)]
struct Page {
    ids: BTreeSet<String>,
    targets: Vec<String>,
}

/// Checks every `href` and `src` in the HTML below `built` and returns how many lead within the book.
///
/// # Errors
///
/// If a file cannot be read.
pub fn check(
    workspace: &Workspace,
    built: &Path,
    report: &mut Report,
) -> io::Result<usize> {
    let mut pages = BTreeMap::new();
    for file in files(built, "html")? {
        let page = read(&fs::read_to_string(&file)?);
        pages.insert(file.strip_prefix(built).unwrap_or(&file).to_owned(), page);
    }
    let mut count = 0;
    for (path, page) in &pages {
        // The page for unknown addresses can be shown at any of them; its links start elsewhere.
        if path == Path::new("404.html") {
            continue;
        }
        for target in &page.targets {
            let result = match allow::is_elsewhere(target) {
                true => allow::link(target),
                false => follow(built, &pages, path, target),
            };
            count += usize::from(!allow::is_elsewhere(target));
            if let Err(fault) = result {
                let (file, line) = place(workspace, path, target);
                report.add(&file, line, fault);
            }
        }
    }
    Ok(count)
}

fn read(html: &str) -> Page {
    let mut page = Page::default();
    for token in Tokenizer::new(html).flatten() {
        let Token::StartTag(tag) = token else { continue };
        for (name, value) in &tag.attributes {
            let value = String::from_utf8_lossy(value).into_owned();
            match &name[..] {
                b"id" => drop(page.ids.insert(value)),
                b"name" if &tag.name[..] == b"a" => drop(page.ids.insert(value)),
                b"href" | b"src" | b"xlink:href" => page.targets.push(value),
                _ => {}
            }
        }
    }
    page
}

fn follow(
    built: &Path,
    pages: &BTreeMap<PathBuf, Page>,
    from: &Path,
    target: &str,
) -> Result<(), Fault> {
    let (address, fragment) = target.split_once('#').unwrap_or((target, ""));
    let address = decode(address.split('?').next().unwrap_or_default());
    let path = match address.as_str() {
        "" => from.to_owned(),
        absolute if absolute.starts_with('/') => normal(Path::new(&absolute[1..])),
        relative => normal(&from.parent().unwrap_or(Path::new("")).join(relative)),
    };
    let path = if built.join(&path).is_dir() { path.join("index.html") } else { path };
    if !built.join(&path).is_file() {
        let known = pages.keys().map(|page| display(page));
        return Err(Fault::new(
            format!(
                "The link `{target}` leads to {}, which is not there.",
                display(&path)
            ),
            "Correct the link, or write the page.",
        )
        .near(&display(&path), known));
    }
    let fragment = decode(fragment);
    match pages.get(&path) {
        Some(page) if !fragment.is_empty() && !page.ids.contains(&fragment) => Err(Fault::new(
            format!("The link `{target}`: {} has no `#{fragment}`.", display(&path)),
            "Correct the part after `#`; a heading's id is its words in lower case with hyphens.",
        )
        .near(&fragment, page.ids.iter().cloned())),
        _ => Ok(()),
    }
}

/// The path without `.` and `..`.
fn normal(path: &Path) -> PathBuf {
    let mut normal = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => drop(normal.pop()),
            Component::Normal(name) => normal.push(name),
            _ => {}
        }
    }
    normal
}

/// An address with `%20` and the like as the characters that they stand for.
fn decode(address: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = address.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        let hex = tail.get(..2).and_then(|hex| std::str::from_utf8(hex).ok());
        let byte = hex
            .filter(|_| first == b'%')
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        bytes.push(byte.unwrap_or(first));
        rest = if byte.is_some() { &tail[2..] } else { tail };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The Markdown file and line that a link was written on; the built page if it cannot be told.
fn place(workspace: &Workspace, page: &Path, target: &str) -> (String, usize) {
    let source = Path::new(PAGES).join(page.with_extension("md"));
    let written = target.replacen(".html", ".md", 1);
    match workspace.read(&source) {
        Some(text) => {
            let line =
                text.find(&format!("({written}")).map_or(0, |at| line_of(&text, at));
            (display(&source), line)
        }
        None => (format!("the built {}", display(page)), 0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(pages: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (name, html) in pages {
            let file = folder.path().join(name);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, html).unwrap();
        }
        folder
    }

    fn causes(pages: &[(&str, &str)]) -> Vec<String> {
        let folder = folder(pages);
        let mut report = Report::default();
        check(&Workspace::new(folder.path()), folder.path(), &mut report).unwrap();
        report.problems().iter().map(|problem| problem.fault.cause.clone()).collect()
    }

    #[test]
    fn links_that_arrive_are_no_problem() {
        let page = "<a href=\"../b.html#x%20y\">b</a><a href=\"#here\" id=\"here\">h</a>\
                    <a href=\"https://example.org/\">away</a>";
        assert!(causes(&[("a/a.html", page), ("b.html", "<p id=\"x y\">")]).is_empty());
    }

    #[test]
    fn a_dead_link_is_found() {
        let found = causes(&[("a.html", "<a href=\"bb.html\">b</a>"), ("b.html", "")]);
        assert_eq!(found, ["The link `bb.html` leads to bb.html, which is not there."]);
    }

    #[test]
    fn a_link_that_may_not_be_is_found() {
        let found = causes(&[("a.html", "<a href=\"javascript:b()\">b</a>")]);
        assert_eq!(found, ["A link may not lead to `javascript:b()`."]);
    }

    #[test]
    fn a_dead_fragment_is_found() {
        let found = causes(&[
            ("a.html", "<a href=\"b.html#y\">b</a>"),
            ("b.html", "<p id=\"x\">"),
        ]);
        assert_eq!(found, ["The link `b.html#y`: b.html has no `#y`."]);
    }

    #[test]
    fn a_missing_picture_is_found() {
        assert_eq!(causes(&[("a.html", "<img src=\"p.png\">")]).len(), 1);
    }
}
