//! Makes sure that sections, pages, SUMMARY, exercises and figures agree.

use std::path::{Path, PathBuf};

use pulldown_cmark::{Event, Parser, Tag};

use crate::chapter::{self, Chapter};
use crate::exercise::{self, Exercise};
use crate::html::{is_blank, plain_text};
use crate::page::Uses;
use crate::pins;
use crate::report::{Fault, Report};
use crate::scan::{Found, Piece, Scan, line_of};
use crate::snapshot;
use crate::sound;
use crate::source::{PAGES, Source, address};
use crate::typed;
use crate::workspace::{Workspace, display};

/// Makes sure that the SUMMARY, the pages and the chapters' sections are there and name each other.
pub fn files(workspace: &Workspace, sources: &[Source], report: &mut Report) {
    let summary_file = format!("{PAGES}/SUMMARY.md");
    let Some(text) = workspace.read(&summary_file) else {
        let fault = Fault::new(
            "There is no SUMMARY.",
            "Write it; it names every page, in order.",
        );
        return report.add(&summary_file, 0, fault);
    };
    are_written(sources, &summary_file, &text, report);
    if !report.is_empty() {
        return;
    }
    let summary = summary(&text);
    summary_is_sound(&text, &summary, &summary_file, report);
    if !report.is_empty() {
        return;
    }
    names_are_pages(workspace, sources, &summary, &summary_file, report);
    pages_are_named(sources, &summary, report);
    sources.iter().for_each(|source| page_begins(source, report));
    for name in workspace.chapters() {
        match chapter::read(workspace, &name) {
            Ok(chapter) => {
                sections_have_pages(&chapter, sources, report);
                pages_have_sections(&chapter, sources, report);
                order_agrees(&chapter, &summary, &summary_file, report);
            }
            Err(fault) => report.add(&format!("chapters/{name}"), 0, fault),
        }
    }
    lesson_comes_first(workspace, &summary, &summary_file, report);
}

/// Makes sure that the titles which mdBook shows by itself, the book's and the sections', are words.
pub fn titles(workspace: &Workspace, report: &mut Report) {
    let text = workspace.read("book.toml").unwrap_or_default();
    // mdBook itself tells what is wrong with the rest of the file.
    let settings: toml::Table = text.parse().unwrap_or_default();
    for name in ["title", "description"] {
        let title = settings.get("book").and_then(|book| book.get(name));
        let Some(title) = title.and_then(toml::Value::as_str) else { continue };
        let is_it = |line: &str| line.trim_start().starts_with(name);
        let line = text.lines().position(is_it).map_or(0, |index| index + 1);
        for (_, fault) in title_faults(title) {
            report.add("book.toml", line, fault);
        }
    }
    for name in workspace.chapters() {
        let file = display(&snapshot::folder(&name).join(chapter::FILE));
        let sections = chapter::read(workspace, &name).map(|chapter| chapter.sections);
        for section in sections.unwrap_or_default() {
            let source = workspace.read(&file).unwrap_or_default();
            let line = source.find(&section.title).map_or(0, |at| line_of(&source, at));
            for (_, fault) in title_faults(&section.title) {
                report.add(&file, line, fault);
            }
        }
    }
}

/// Makes sure that the pages show all exercises and figures; `uses` tells what each of the `sources`
/// shows.
pub fn uses(
    workspace: &Workspace,
    sources: &[Source],
    uses: &[Uses],
    report: &mut Report,
    notes: &mut Vec<String>,
) {
    for name in workspace.chapters() {
        if let Ok(chapter) = chapter::read(workspace, &name) {
            figures_are_shown(workspace, &chapter, uses, notes);
            investigations_build_on(workspace, &chapter, sources, uses, report);
        }
        exercises_are_whole(workspace, &name, sources, uses, report);
    }
}

/// The pages that the SUMMARY names, in order, each with whether it is an investigation.
pub fn order(workspace: &Workspace) -> Vec<(PathBuf, bool)> {
    let text = workspace.read(format!("{PAGES}/SUMMARY.md")).unwrap_or_default();
    let pages = summary(&text).into_iter().map(|(path, _)| {
        let is_investigation = is_investigation(workspace, &path) == Some(true);
        (path, is_investigation)
    });
    pages.collect()
}

/// Whether the page is that of an investigation; `None` if it is no section's.
fn is_investigation(workspace: &Workspace, page: &Path) -> Option<bool> {
    let (chapter, name) = (page.parent()?.to_str()?, page.file_stem()?.to_str()?);
    Some(chapter::read(workspace, chapter).ok()?.section(name).ok()?.is_investigation)
}

/// The pages that the SUMMARY names, in order, each with its line.
fn summary(text: &str) -> Vec<(PathBuf, usize)> {
    let links =
        Parser::new(text).into_offset_iter().filter_map(|(event, range)| match event {
            Event::Start(Tag::Link { dest_url, .. }) if !dest_url.is_empty() => {
                let path = dest_url.trim_start_matches("./").to_owned();
                Some((PathBuf::from(path), line_of(text, range.start)))
            }
            _ => None,
        });
    links.collect()
}

/// Nothing in the pages and the SUMMARY is there by accident.
fn are_written(
    sources: &[Source],
    summary_file: &str,
    summary: &str,
    report: &mut Report,
) {
    let pages = sources
        .iter()
        .map(|source| (display(&Path::new(PAGES).join(&source.path)), &source.text[..]));
    for (file, text) in pages.chain([(summary_file.to_owned(), summary)]) {
        if let Some((line, fault)) = sound::garbled(text) {
            report.add(&file, line, fault);
        }
    }
}

/// What the SUMMARY says is sound: it names pages, each with plain words.
fn summary_is_sound(
    text: &str,
    summary: &[(PathBuf, usize)],
    file: &str,
    report: &mut Report,
) {
    for (at, fault) in title_faults(text) {
        report.add(file, line_of(text, at), fault);
    }
    if summary.is_empty() && report.is_empty() {
        let advice = "Write a list of links to the pages: `- [Title](page.md)`.";
        report.add(file, 1, Fault::new("The SUMMARY names no page.", advice));
    }
}

/// What is wrong with a text that mdBook shows without asking the binder.
fn title_faults(text: &str) -> Vec<Found> {
    let scan = Scan::new(text);
    let mut faults = sound::faults(&scan);
    faults.extend(typed::faults(&scan));
    let raw = scan.pieces(0..text.len()).into_iter().filter_map(|piece| match piece {
        Piece::Markdown(_) => None,
        Piece::Directive(directive) => Some((directive.at.start, "directive")),
        Piece::Formula(formula) => Some((formula.at.start, "formula")),
    });
    faults.extend(raw.map(|(at, what)| {
        let cause = format!("A {what} stands in a title, where only words can.");
        (at, Fault::new(cause, "Say it in words."))
    }));
    faults
}

/// The file of each page that the SUMMARY names is there; that of a section is asked for by its chapter.
fn names_are_pages(
    workspace: &Workspace,
    sources: &[Source],
    summary: &[(PathBuf, usize)],
    file: &str,
    report: &mut Report,
) {
    for (path, line) in summary {
        let is_page = sources.iter().any(|source| source.path == *path);
        if !is_page && is_investigation(workspace, path).is_none() {
            let page = display(path);
            let cause = format!("The SUMMARY names `{page}`, which is not there.");
            let pages = sources.iter().map(|source| display(&source.path));
            let fault = Fault::new(cause, "Correct the name, or write the page.");
            report.add(file, *line, fault.near(&page, pages));
        }
    }
}

/// A page begins with its title.
fn page_begins(source: &Source, report: &mut Report) {
    let title =
        Scan::new(&source.text).title().map(|title| plain_text(&source.text[title]));
    if title.is_none_or(|title| is_blank(&title)) {
        let cause = match source.text.trim().is_empty() {
            true => "The page is empty.",
            false => "The page does not begin with a title.",
        };
        let file = display(&Path::new(PAGES).join(&source.path));
        report.add(&file, 1, Fault::new(cause, "Begin it with `# Title`."));
    }
}

fn pages_are_named(
    sources: &[Source],
    summary: &[(PathBuf, usize)],
    report: &mut Report,
) {
    for source in sources {
        if !summary.iter().any(|(path, _)| *path == source.path) {
            let file = display(&Path::new(PAGES).join(&source.path));
            let advice = format!("Add it to {PAGES}/SUMMARY.md, or remove it.");
            report.add(
                &file,
                0,
                Fault::new("The SUMMARY does not name this page.", advice),
            );
        }
    }
}

fn page_of(chapter: &Chapter, section: &str) -> PathBuf {
    Path::new(&chapter.name).join(format!("{section}.md"))
}

fn sections_have_pages(chapter: &Chapter, sources: &[Source], report: &mut Report) {
    for section in &chapter.sections {
        let page = page_of(chapter, &section.name);
        if !sources.iter().any(|source| source.path == page) {
            let cause = format!("The section `{}` has no page.", section.name);
            let advice = format!("Write {PAGES}/{}.", display(&page));
            report.add(
                &format!("chapters/{}/src/lib.rs", chapter.name),
                0,
                Fault::new(cause, advice),
            );
        }
    }
}

fn pages_have_sections(chapter: &Chapter, sources: &[Source], report: &mut Report) {
    let folder = Path::new(&chapter.name);
    for source in sources.iter().filter(|source| source.path.parent() == Some(folder)) {
        let stem = source.path.file_stem().unwrap_or_default().to_string_lossy();
        let is_known = ["index", "exercises"].contains(&&*stem)
            || chapter.sections.iter().any(|section| section.name == stem);
        if !is_known {
            let cause = format!("The chapter has no section `{stem}`.");
            let names = chapter.sections.iter().map(|section| section.name.clone());
            let fault =
                Fault::new(cause, "Name the page as its section, or add the section.");
            let file = display(&Path::new(PAGES).join(&source.path));
            report.add(&file, 0, fault.near(&stem, names));
        }
    }
}

/// The SUMMARY lists a chapter's sections in the order of its source.
fn order_agrees(
    chapter: &Chapter,
    summary: &[(PathBuf, usize)],
    file: &str,
    report: &mut Report,
) {
    let wanted: Vec<PathBuf> =
        chapter.sections.iter().map(|section| page_of(chapter, &section.name)).collect();
    let listed: Vec<_> =
        summary.iter().filter(|(path, _)| wanted.contains(path)).collect();
    let present =
        wanted.iter().filter(|page| listed.iter().any(|(path, _)| path == *page));
    let wrong = listed.iter().zip(present).find(|((path, _), page)| path != *page);
    if let Some(((path, line), page)) = wrong {
        let cause =
            format!("{} stands where {} is expected.", display(path), display(page));
        let advice = format!("Follow the order of chapters/{}/src/lib.rs.", chapter.name);
        report.add(file, *line, Fault::new(cause, advice));
    }
}

/// All of the lesson stands before the first investigation.
fn lesson_comes_first(
    workspace: &Workspace,
    summary: &[(PathBuf, usize)],
    file: &str,
    report: &mut Report,
) {
    let mut first = None;
    for (path, line) in summary {
        match (is_investigation(workspace, path), first) {
            (Some(true), None) => first = Some(path),
            (Some(false), Some(first)) => {
                let (page, first) = (display(path), display(first));
                let cause = format!("{page} belongs to the lesson, but follows {first}.");
                let advice = "Move it up, or give it to the chapter's investigations.";
                report.add(file, *line, Fault::new(cause, advice));
            }
            _ => {}
        }
    }
}

/// An investigation says which pages it builds on, and these stand before it.
fn investigations_build_on(
    workspace: &Workspace,
    chapter: &Chapter,
    sources: &[Source],
    uses: &[Uses],
    report: &mut Report,
) {
    let order: Vec<String> =
        order(workspace).iter().map(|(path, _)| address(path)).collect();
    let later = chapter.sections.iter().filter(|section| section.is_investigation);
    for page in later.map(|section| page_of(chapter, &section.name)) {
        let shown = sources.iter().zip(uses).find(|(source, _)| source.path == page);
        let Some((source, uses)) = shown else { continue };
        let file = display(&Path::new(PAGES).join(&page));
        if uses.builds_on.is_empty() {
            let cause = "This investigation does not say what it builds on.";
            let advice = "Write under its title: `{{#builds_on ch01_neuron/gates}}`.";
            report.add(&file, 1, Fault::new(cause, advice));
        }
        let mut before = order.iter().take_while(|earlier| **earlier != address(&page));
        for earlier in &uses.builds_on {
            if !before.any(|listed| listed == earlier) {
                let line = line_of(&source.text, source.text.find(earlier).unwrap_or(0));
                let cause = format!("`{earlier}` does not stand before this page.");
                let advice = "Name earlier pages, in the order of the SUMMARY.";
                report.add(&file, line, Fault::new(cause, advice));
            }
        }
    }
}

/// Each stub has its solution and its check, and stands on the chapter's page of exercises.
fn exercises_are_whole(
    workspace: &Workspace,
    chapter: &str,
    sources: &[Source],
    uses: &[Uses],
    report: &mut Report,
) {
    let page = Path::new(chapter).join("exercises.md");
    let shown = sources.iter().zip(uses).find(|(source, _)| source.path == page);
    for name in exercise::names(workspace, chapter) {
        let exercise = Exercise { chapter: chapter.to_owned(), name };
        let stub = display(&exercise.file("exercises"));
        for folder in ["solutions", "checks"] {
            let file = exercise.file(folder);
            if workspace.read(&file).is_none() {
                let cause = format!("This exercise has no {}.", display(&file));
                report.add(&stub, 0, Fault::new(cause, "Write it, or remove the stub."));
            }
        }
        if !shown.is_some_and(|(_, uses)| uses.exercises.contains(&exercise)) {
            let cause =
                format!("{PAGES}/{} does not show this exercise.", display(&page));
            let advice = format!(
                "Add `{{{{#exercise {}}}}}` and `{{{{/exercise}}}}`.",
                exercise.name
            );
            report.add(&stub, 0, Fault::new(cause, advice));
        }
    }
}

/// A pinned figure that no page shows is worth a note.
fn figures_are_shown(
    workspace: &Workspace,
    chapter: &Chapter,
    uses: &[Uses],
    notes: &mut Vec<String>,
) {
    for section in &chapter.sections {
        for figure in pins::figures(workspace, &chapter.name, &section.name) {
            let address = format!("{}/{}/{figure}", chapter.name, section.name);
            if !uses.iter().any(|uses| uses.figures.contains(&address)) {
                notes.push(format!("No page shows the figure {address}."));
            }
        }
    }
}
