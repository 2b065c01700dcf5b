//! What the snapshots hold: the output of a section, its values, the cells of its tables, its figures.

use crate::allow::{FIGURE, is_in};
use crate::chapter;
use crate::html::is_blank;
use crate::report::Fault;
use crate::scan::line_of;
use crate::snapshot::{self, Snapshot};
use crate::workspace::{Workspace, display};

/// A section, and perhaps a name within it: `stuck`, `stuck/gd_cost`, `ch05_sgd/stuck/gd_cost`.
///
/// A table's cell has its table, row and heading for a name: `stuck/ladder/30/test digits`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// The chapter.
    pub chapter: String,
    /// The section.
    pub section: String,
    /// The block, value, cell or figure within the section.
    pub name: Option<String>,
}

impl Address {
    /// Reads an address on a page of `home`, the chapter that goes without saying.
    pub fn parse(
        workspace: &Workspace,
        home: Option<&str>,
        text: &str,
    ) -> Result<Self, Fault> {
        let is_chapter = |name| workspace.chapters().iter().any(|known| known == name);
        let (first, others) = text.split_once('/').unwrap_or((text, ""));
        let (chapter, rest) = match home {
            _ if is_chapter(first) || others.matches('/').count() == 1 => (first, others),
            Some(home) => (home, text),
            None => return Err(homeless(text)),
        };
        let (section, name) = match rest.split_once('/') {
            Some((section, name)) => (section, Some(name.to_owned())),
            None => (rest, None),
        };
        if section.is_empty() {
            return Err(unreadable(text));
        }
        chapter::read(workspace, chapter)?.section(section)?;
        Ok(Address { chapter: chapter.to_owned(), section: section.to_owned(), name })
    }

    /// The same with the name within the section, which must be there.
    fn name(&self) -> Result<&str, Fault> {
        self.name.as_deref().ok_or_else(|| unreadable(&self.section))
    }

    fn read(&self, workspace: &Workspace, suffix: &str) -> Result<Snapshot, Fault> {
        let name = format!("{}{suffix}", self.section);
        Snapshot::read(workspace, &self.chapter, &name)
    }
}

impl std::fmt::Display for Address {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{}/{}", self.chapter, self.section)?;
        self.name.iter().try_for_each(|name| write!(out, "/{name}"))
    }
}

/// What a section printed: all of it, or one block.
pub fn output(workspace: &Workspace, address: &Address) -> Result<String, Fault> {
    let snapshot = address.read(workspace, ".snap")?;
    let blocks = blocks(snapshot.body());
    let Some(name) = &address.name else {
        let all: Vec<String> = blocks.into_iter().map(|(_, text)| text).collect();
        return filled(&snapshot.file, "output", all.join("\n\n"));
    };
    let advice = "Correct the name, or print such a block and accept the snapshot.";
    let missing =
        Fault::new(format!("{} has no block `[{name}]`.", snapshot.file), advice);
    filled(&snapshot.file, name, only(&snapshot.file, name, blocks, missing)?)
}

/// A pinned table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// What stands above each column.
    pub headings: Vec<String>,
    /// The cells, row by row.
    pub rows: Vec<Vec<String>>,
}

/// The table at this address; `None` if something else is there, or nothing.
pub fn table(workspace: &Workspace, address: &Address) -> Option<Table> {
    let snapshot = address.read(workspace, ".tables.snap").ok()?;
    let name = address.name.as_deref()?;
    let (_, text) =
        blocks(snapshot.body()).into_iter().find(|(known, _)| known == name)?;
    let mut rows =
        rows(&text).map(|row| row.split(" | ").map(str::to_owned).collect::<Vec<_>>());
    Some(Table { headings: rows.next()?, rows: rows.collect() })
}

/// What is pinned of a live figure's knobs, a row each.
pub fn knobs(
    workspace: &Workspace,
    address: &Address,
) -> Result<Vec<Vec<String>>, Fault> {
    let name = address.name()?;
    let snapshot = address.read(workspace, ".live.snap")?;
    let advice = "Correct the name, or put it on the page by `page.live(…)` and accept the snapshot.";
    let missing =
        Fault::new(format!("{} has no live figure `{name}`.", snapshot.file), advice);
    let text = only(&snapshot.file, name, blocks(snapshot.body()), missing)?;
    Ok(rows(&text).map(|row| row.split(" | ").map(str::to_owned).collect()).collect())
}

/// A pinned number or word, or a table's cell, as it was formatted.
pub fn value(workspace: &Workspace, address: &Address) -> Result<String, Fault> {
    let text = pinned(workspace, address)?;
    match is_finite(&text) {
        true => Ok(text),
        false => Err(Fault::new(
            format!("The value `{address}` is {text}."),
            "Correct what computes it; if the page is about just that, write `{{#nan …}}`.",
        )),
    }
}

/// A pinned value that the page says is no number, or infinite.
pub fn nan(workspace: &Workspace, address: &Address) -> Result<String, Fault> {
    let text = pinned(workspace, address)?;
    match is_finite(&text) {
        true => Err(Fault::new(
            format!(
                "The value `{address}` is {text}, and the page says that it is no number."
            ),
            "Correct the page, or write `{{#value …}}`.",
        )),
        false => Ok(text),
    }
}

/// Whether no word of a value stands for a float that is not a number or not finite.
fn is_finite(text: &str) -> bool {
    let is_word = |c: char| !c.is_alphabetic();
    let odd = |word: &str| {
        ["nan", "nans", "inf", "infs", "infinity"]
            .iter()
            .any(|odd| word.eq_ignore_ascii_case(odd))
    };
    !text.contains('∞') && !text.split(is_word).any(odd)
}

/// A pinned value or cell, whatever it is.
fn pinned(workspace: &Workspace, address: &Address) -> Result<String, Fault> {
    let name = address.name()?;
    if let Some((table, cell)) = name.split_once('/') {
        return pinned_cell(workspace, address, table, cell);
    }
    let snapshot = address.read(workspace, ".values.snap")?;
    let values = snapshot.body().lines().filter_map(|line| line.split_once(" ="));
    let values = values
        .map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned()))
        .collect();
    let missing = Fault::new(
        format!("{} has no value `{name}`.", snapshot.file),
        "Correct the name, or let the section pin such a value and accept the snapshot.",
    );
    filled(&snapshot.file, name, only(&snapshot.file, name, values, missing)?)
}

/// A cell of a pinned table; `cell` is the first cell of its row, a slash and its column's heading,
/// each of which may hold slashes.
fn pinned_cell(
    workspace: &Workspace,
    address: &Address,
    table: &str,
    cell: &str,
) -> Result<String, Fault> {
    let snapshot = address.read(workspace, ".tables.snap")?;
    let missing = Fault::new(
        format!("{} has no table `{table}`.", snapshot.file),
        "Correct the name, or let the section show such a table and accept the snapshot.",
    );
    let text = only(&snapshot.file, table, blocks(snapshot.body()), missing)?;
    let missing = Fault::new(
        format!("The table `{table}` in {} has no cell `{cell}`.", snapshot.file),
        "Write the first cell of its row, a slash and its heading: `30/test digits`.",
    );
    let found = only(&snapshot.file, cell, cells(&text), missing)?;
    filled(&snapshot.file, cell, found)
}

/// The cells of a table whose first line holds its headings, each under its name.
fn cells(table: &str) -> Vec<(String, String)> {
    let mut rows = rows(table).map(|row| row.split(" | "));
    let headings: Vec<&str> = rows.next().map_or(Vec::new(), Iterator::collect);
    let named = rows.flat_map(|row| {
        let first = row.clone().next().unwrap_or_default();
        let cells = headings.iter().zip(row);
        cells.map(move |(heading, cell)| (format!("{first}/{heading}"), cell.to_owned()))
    });
    named.collect()
}

/// What stands between the outer bars of each line.
fn rows(table: &str) -> impl Iterator<Item = &str> {
    table.lines().filter_map(|row| row.strip_prefix("| ")?.strip_suffix(" |"))
}

/// What is pinned under `name`, which must be there, and only once; if it is not, `missing` with the
/// nearest names.
fn only(
    file: &str,
    name: &str,
    pinned: Vec<(String, String)>,
    missing: Fault,
) -> Result<String, Fault> {
    let mut found = pinned.iter().filter(|(known, _)| known == name);
    match (found.next(), found.next()) {
        (Some((_, text)), None) => Ok(text.clone()),
        (None, _) => Err(missing.near(name, pinned.into_iter().map(|(known, _)| known))),
        (Some(_), Some(_)) => Err(Fault::new(
            format!("{file} holds `{name}` twice."),
            "Let the section give each a name of its own, and accept the snapshot.",
        )
        .elsewhere()),
    }
}

/// What is pinned under `name`, which must be something: quotation marks around nothing, a dash and
/// Rust's `None` are not.
fn filled(file: &str, name: &str, text: String) -> Result<String, Fault> {
    let inside = text.trim().trim_matches(['"', '\'', '`', '(', ')']);
    let is_nothing =
        ["-", "–", "—", "−", "None", "none", "null"].contains(&inside.trim());
    match is_blank(inside) || is_nothing {
        true => Err(Fault::new(
            format!("{file} holds nothing for `{name}`."),
            "Let the section say something there, and accept the snapshot.",
        )),
        false => Ok(text),
    }
}

/// A pinned figure's SVG, without blank lines; it must be whole, and nothing but shapes and words.
pub fn figure(workspace: &Workspace, address: &Address) -> Result<String, Fault> {
    let name = address.name()?;
    let path = snapshot::folder(&address.chapter)
        .join(format!("{}-{name}.snap.svg", address.section));
    let file = display(&path);
    let Some(text) = workspace.read(&path) else {
        let advice =
            "Correct the name, or let the section draw it and accept the snapshot.";
        return Err(Fault::new(format!("There is no {file}."), advice)
            .near(name, figures(workspace, &address.chapter, &address.section)));
    };
    let Some(start) = text.find("<svg") else {
        let advice = "Draw it again and accept the snapshot.";
        return Err(Fault::new(format!("{file} holds no SVG."), advice));
    };
    check_figure(&text[start..]).map_err(|(row, fault)| {
        let line = line_of(&text, start) + row - 1;
        let cause = format!("{file}:{line}: {}", fault.cause);
        Fault { cause, ..fault.elsewhere() }
    })?;
    let lines: Vec<&str> =
        text[start..].lines().filter(|line| !line.trim().is_empty()).collect();
    Ok(lines.join("\n"))
}

/// Makes sure that an SVG is whole and asks for nothing; the number is the line of the fault.
fn check_figure(svg: &str) -> Result<(), (usize, Fault)> {
    let document = roxmltree::Document::parse(svg).map_err(|error| {
        let fault = Fault::new(
            format!("The figure is no whole SVG: {error}."),
            "Draw it again and accept the snapshot.",
        );
        (error.pos().row as usize, fault)
    })?;
    FIGURE.document(&document).map_err(|(row, fault)| (row as usize, fault))?;
    let is_shape = |node: roxmltree::Node<'_, '_>| {
        node.is_element() && !is_in("svg g title desc", node.tag_name().name())
    };
    match document.descendants().any(is_shape) {
        true => Ok(()),
        false => Err((
            1,
            Fault::new(
                "The figure shows nothing.",
                "Draw it again and accept the snapshot.",
            ),
        )),
    }
}

/// The names of the figures that a section has pinned.
pub fn figures(workspace: &Workspace, chapter: &str, section: &str) -> Vec<String> {
    let stems = workspace.stems(snapshot::folder(chapter), ".snap.svg");
    let prefix = format!("{section}-");
    stems
        .iter()
        .filter_map(|stem| stem.strip_prefix(&prefix))
        .map(str::to_owned)
        .collect()
}

/// The blocks of a section's output, each with its name.
fn blocks(text: &str) -> Vec<(String, String)> {
    let mut blocks: Vec<(String, Vec<&str>)> = Vec::new();
    for line in text.lines() {
        match (block_name(line), blocks.last_mut()) {
            (Some(name), _) => blocks.push((name.to_owned(), Vec::new())),
            (None, Some((_, lines))) => lines.push(line),
            (None, None) => blocks.push((String::new(), vec![line])),
        }
    }
    let trim = |lines: Vec<&str>| lines.join("\n").trim_matches('\n').to_owned();
    blocks.into_iter().map(|(name, lines)| (name, trim(lines))).collect()
}

fn block_name(line: &str) -> Option<&str> {
    let name = line.strip_prefix('[')?.strip_suffix(']')?;
    let is_name = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    (!name.is_empty() && name.chars().all(is_name)).then_some(name)
}

fn homeless(text: &str) -> Fault {
    Fault::new(
        format!("`{text}` names no chapter, and this page belongs to none."),
        "Write the chapter too: `ch05_sgd/stuck/gd_cost`.",
    )
}

fn unreadable(text: &str) -> Fault {
    Fault::new(
        format!("`{text}` is not the address of something pinned."),
        "Write `section/name`, or `chapter/section/name` from another chapter's page.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const SNAPSHOT: &str =
        "[ladder]\ntry  cost\n1    [0.5]\n\n2    [x y]\n\n[summary]\nA sentence.\n";

    #[test]
    fn a_block_runs_to_the_next_name_and_keeps_its_blank_lines() {
        let blocks = blocks(SNAPSHOT);
        assert_eq!(
            blocks[0],
            ("ladder".into(), "try  cost\n1    [0.5]\n\n2    [x y]".into())
        );
        assert_eq!(blocks[1], ("summary".into(), "A sentence.".into()));
    }

    #[test]
    fn indentation_at_the_start_of_a_block_survives() {
        assert_eq!(blocks("[table]\n   a  b\n1  2  3\n")[0].1, "   a  b\n1  2  3");
    }
}
