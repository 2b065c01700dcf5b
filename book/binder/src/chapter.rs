//! A chapter's sections, in the order in which it pins them, and what their modules say of themselves.

use std::path::Path;

use crate::Workspace;
use crate::report::Fault;
use crate::snapshot::Snapshot;
use crate::workspace::display;

/// The snapshot that holds a chapter's title, then a line for each section, `name = Title`, and a line
/// [`INVESTIGATIONS`] before those of the second part.
pub const FILE: &str = "chapter.snap";

/// The line that stands before the investigations.
const INVESTIGATIONS: &str = "investigations";

/// A chapter, as it is pinned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chapter {
    /// Its folder's and crate's name.
    pub name: String,
    /// Its title.
    pub title: String,
    /// Its sections, in reading order.
    pub sections: Vec<Section>,
}

/// A section: one experiment, one page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Its name: of its module, its snapshot and its page.
    pub name: String,
    /// Its title.
    pub title: String,
    /// Whether it is for after the lesson: the second part of the book.
    pub is_investigation: bool,
}

/// Reads the chapter `name`.
pub fn read(workspace: &Workspace, name: &str) -> Result<Chapter, Fault> {
    workspace.chapter(name)?;
    let snapshot = Snapshot::read(workspace, name, FILE)?;
    let title = snapshot.body().lines().next().unwrap_or_default().to_owned();
    let (mut sections, mut is_investigation) = (Vec::new(), false);
    for line in snapshot.body().lines().skip(1) {
        is_investigation |= line == INVESTIGATIONS;
        if let Some((name, title)) = line.split_once(" = ") {
            let (name, title) = (name.to_owned(), title.to_owned());
            sections.push(Section { name, title, is_investigation });
        }
    }
    match sections.is_empty() {
        true => Err(Fault::new(
            format!("{} lists no section.", snapshot.file),
            format!("Give one to `chapter()` in chapters/{name}/src/lib.rs, and accept the snapshot."),
        )
        .elsewhere()),
        false => Ok(Chapter { name: name.to_owned(), title, sections }),
    }
}

/// The first sentence of a section module's documentation.
pub fn first_sentence(
    workspace: &Workspace,
    chapter: &str,
    section: &str,
) -> Result<String, Fault> {
    let file =
        Path::new("chapters").join(chapter).join("src").join(format!("{section}.rs"));
    let documentation = module_documentation(workspace, &file)?;
    let paragraph = documentation.split("\n\n").find(|paragraph| {
        !paragraph.trim().is_empty() && !paragraph.trim().starts_with('#')
    });
    match paragraph {
        Some(paragraph) => Ok(sentence(paragraph)),
        None => Err(Fault::new(
            format!("{} begins without documentation.", display(&file)),
            "Begin it with `//!` and one sentence that says what the section shows.",
        )
        .elsewhere()),
    }
}

/// The text of a file's `//!` lines, with links to items as plain code.
pub fn module_documentation(workspace: &Workspace, file: &Path) -> Result<String, Fault> {
    let text = workspace.source(file)?;
    let lines = text.lines().filter_map(|line| line.strip_prefix("//!"));
    let lines: Vec<&str> =
        lines.map(|line| line.strip_prefix(' ').unwrap_or(line)).collect();
    Ok(without_item_links(lines.join("\n").trim()))
}

/// Rustdoc links `[`Name`]` by itself; in a page it is only the code.
fn without_item_links(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some(open) = rest.find("[`") {
        let Some(length) = rest[open..].find("`]") else { break };
        let close = open + length + 2;
        let is_link = rest[close..].starts_with(['(', '[', ':']);
        plain.push_str(&rest[..open]);
        plain.push_str(match is_link {
            true => &rest[open..close],
            false => &rest[open + 1..close - 1],
        });
        rest = &rest[close..];
    }
    plain + rest
}

/// The first sentence of a paragraph, on one line.
fn sentence(paragraph: &str) -> String {
    let words: Vec<&str> = paragraph.split_whitespace().collect();
    let text = words.join(" ");
    let end =
        text.match_indices(['.', '?', '!']).map(|(index, _)| index + 1).find(|&end| {
            let mut after = text[end..].chars();
            let ends = after.next().is_none_or(char::is_whitespace);
            ends && after.next().is_none_or(|next| !next.is_lowercase())
        });
    text[..end.unwrap_or(text.len())].to_owned()
}

impl Chapter {
    /// The chapter's section `name`, or a fault that names the nearest.
    pub fn section(&self, name: &str) -> Result<&Section, Fault> {
        self.sections.iter().find(|section| section.name == name).ok_or_else(|| {
            let names = self.sections.iter().map(|section| section.name.clone());
            Fault::new(
                format!("The chapter {} has no section `{name}`.", self.name),
                format!(
                    "Correct the name; chapters/{}/src/lib.rs lists them.",
                    self.name
                ),
            )
            .near(name, names)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_ends_at_its_full_stop_and_not_at_an_abbreviation() {
        assert_eq!(
            sentence("Two rows, e.g. these\ntwo. And more."),
            "Two rows, e.g. these two."
        );
        assert_eq!(sentence("A rate of 0.5 is too large"), "A rate of 0.5 is too large");
    }

    #[test]
    fn links_to_items_become_plain_code_and_other_links_stay() {
        assert_eq!(
            without_item_links("See [`Neuron`] and [`a`](b)."),
            "See `Neuron` and [`a`](b)."
        );
    }
}
