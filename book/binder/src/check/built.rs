//! Makes sure that every link of the built book arrives, and that no page asks the network for anything.
//!
//! A link that the reader may click is no request. A picture, a script, a style sheet or a font
//! from elsewhere is one; so is a code block with a play button.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use html5gum::{StartTag, Token, Tokenizer};

use crate::allow::{is_elsewhere, scheme};
use crate::report::{Fault, Report};
use crate::scan::line_of;
use crate::source::PAGES;
use crate::workspace::{Workspace, display, files};

/// What matters of a built page.
#[derive(Debug, Default)]
struct Page {
    /// Where one can arrive.
    ids: BTreeSet<String>,
    /// Where it leads within the book.
    targets: Vec<String>,
    /// What it would fetch from elsewhere.
    requests: Vec<String>,
}

/// Checks every page and style sheet below `built` and returns how many links lead within the book.
pub fn check(
    workspace: &Workspace,
    built: &Path,
    report: &mut Report,
) -> io::Result<usize> {
    let mut pages = BTreeMap::new();
    for file in files(built, "html")? {
        let page = Page::read(&fs::read_to_string(&file)?);
        pages.insert(file.strip_prefix(built).unwrap_or(&file).to_owned(), page);
    }
    let mut count = 0;
    for (path, page) in &pages {
        requested(path, &page.requests, report);
        // The page for unknown addresses can be shown at any of them; its links start elsewhere.
        if path == Path::new("404.html") {
            continue;
        }
        for target in &page.targets {
            if let Err(fault) = follow(built, &pages, path, target) {
                let (file, line) = place(workspace, path, target);
                report.add(&file, line, fault);
            }
        }
        count += page.targets.len();
    }
    for file in files(built, "css")? {
        let requests = style_requests(&fs::read_to_string(&file)?);
        requested(file.strip_prefix(built).unwrap_or(&file), &requests, report);
    }
    Ok(count)
}

fn requested(path: &Path, requests: &[String], report: &mut Report) {
    for request in requests {
        let cause = format!("The page asks the network for {request}.");
        let fault = Fault::new(cause, "Bundle the file with the book, or do without it.");
        report.add(&format!("the built {}", display(path)), 0, fault);
    }
}

impl Page {
    fn read(html: &str) -> Self {
        let (mut page, mut in_style) = (Page::default(), false);
        for token in Tokenizer::new(html).flatten() {
            match token {
                Token::StartTag(tag) => {
                    in_style = &tag.name[..] == b"style";
                    page.tag(&tag);
                }
                Token::EndTag(_) => in_style = false,
                Token::String(text) if in_style => {
                    page.requests.extend(style_requests(&String::from_utf8_lossy(&text)));
                }
                _ => {}
            }
        }
        page
    }

    fn tag(&mut self, tag: &StartTag<()>) {
        let is_link = matches!(&tag.name[..], b"a" | b"base");
        for (name, value) in &tag.attributes {
            let value = String::from_utf8_lossy(value).into_owned();
            match &name[..] {
                b"id" => drop(self.ids.insert(value)),
                b"name" if &tag.name[..] == b"a" => drop(self.ids.insert(value)),
                b"href" | b"src" | b"xlink:href" if !is_elsewhere(&value) => {
                    self.targets.push(value);
                }
                b"href" | b"xlink:href" if is_link => {}
                b"src" | b"srcset" | b"href" | b"xlink:href" | b"data" | b"poster"
                | b"action" => {
                    let places = value.split(',').map(str::trim);
                    let remote = places.filter(|place| is_remote(place));
                    self.requests.extend(remote.map(str::to_owned));
                }
                b"style" => self.requests.extend(style_requests(&value)),
                b"class" if value.split(' ').any(|class| class == "playground") => {
                    let what = "play.rust-lang.org, for a code block that can be run";
                    self.requests.push(what.to_owned());
                }
                _ => {}
            }
        }
    }
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

/// What a style sheet would fetch from elsewhere: `url(…)` and `@import`.
fn style_requests(css: &str) -> Vec<String> {
    let after = |opening: &str| -> Vec<String> {
        let places = css.match_indices(opening).map(|(at, _)| &css[at + opening.len()..]);
        places
            .map(|rest| rest.trim_start().trim_start_matches(['"', '\'']).to_owned())
            .collect()
    };
    let places =
        after("url(").into_iter().chain(after("@import")).chain(after("image-set("));
    let ends = |c: char| "'\"); ".contains(c) || c.is_whitespace();
    places
        .map(|place| place.split(ends).next().unwrap_or_default().to_owned())
        .filter(|place| is_remote(place))
        .collect()
}

/// Whether something is fetched from elsewhere; data stands in the page itself.
fn is_remote(place: &str) -> bool {
    let is_data = |scheme: &str| scheme.eq_ignore_ascii_case("data");
    is_elsewhere(place) && !scheme(place).is_some_and(is_data)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_that_arrive_are_no_problem_and_a_missing_picture_is_one() {
        let folder = tempfile::tempdir().unwrap();
        let page = "<a href=\"../b.html#x%20y\">b</a><a href=\"#here\" id=\"here\">h</a>\
                    <a href=\"https://example.org/\">away</a><img src=\"p.png\">";
        fs::create_dir(folder.path().join("a")).unwrap();
        fs::write(folder.path().join("a/a.html"), page).unwrap();
        fs::write(folder.path().join("b.html"), "<p id=\"x y\">").unwrap();
        let mut report = Report::default();
        let workspace = Workspace::new(folder.path());
        assert_eq!(check(&workspace, folder.path(), &mut report).unwrap(), 3);
        let causes: Vec<_> =
            report.problems().iter().map(|p| &p.fault.cause[..]).collect();
        assert_eq!(causes, ["The link `p.png` leads to a/p.png, which is not there."]);
    }

    #[test]
    fn what_comes_from_elsewhere_without_a_click_is_a_request() {
        let html = "<a href=\"https://example.org\">x</a><img src=\"a.png\">\
                    <script src=\"https://a/x.js\"></script><img src=\"//b/x.png\">\
                    <link rel=\"stylesheet\" href=\"http://c/x.css\">\
                    <style>@import 'https://d/x.css';</style><p style=\"background:url(https://e)\">\
                    <p style=\"background:image-set('https://f' 1x)\"><pre class=\"playground\">";
        let requests = Page::read(html).requests;
        let places = [
            "https://a/x.js",
            "//b/x.png",
            "http://c/x.css",
            "https://d/x.css",
            "https://e",
            "https://f",
            "play.rust-lang.org, for a code block that can be run",
        ];
        assert_eq!(requests, places);
    }

    #[test]
    fn a_font_from_elsewhere_is_a_request_and_a_bundled_one_is_not() {
        let css = "src: url(\"https://f/x.woff2\"), url('fonts/math.woff2'), url(data:x)";
        assert_eq!(style_requests(css), ["https://f/x.woff2"]);
    }
}
