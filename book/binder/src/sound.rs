//! What in a text would come out as something other than was meant, without a word from mdBook.
//!
//! HTML or a code block that does not end swallows what follows it; a brace, a dollar or
//! a bracket that belongs to nothing shows itself to the reader; a reference that nothing defines is
//! no link.

use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, LinkType, Tag, TagEnd};

use crate::allow;
use crate::html::is_blank;
use crate::math::mathml;
use crate::prose::{Block, OTHER, blocks};
use crate::report::Fault;
use crate::scan::{Found, Scan, is_escaped, open_formula, undefined};

/// Everything wrong with a text.
pub fn faults(scan: &Scan<'_>) -> Vec<Found> {
    let mut walk = Walk {
        source: scan.source(),
        wordless: Vec::new(),
        block: 0,
        is_code: false,
        cell_end: 0,
        faults: scan.faults().to_vec(),
    };
    for (event, range) in scan.events() {
        walk.event(event, range);
    }
    walk.faults.extend(footnotes(scan));
    walk.faults.extend(blocks(scan).iter().flat_map(|block| loose(block, scan.source())));
    walk.faults
}

/// The first thing in a file that nobody wrote on purpose: a mark of a merge, or a character that
/// controls a terminal; the number is its line.
pub fn garbled(text: &str) -> Option<(usize, Fault)> {
    text.lines().zip(1..).find_map(|(line, number)| {
        let is_mark = line == "=======" || {
            let marks = ["<<<<<<<", "|||||||", ">>>>>>>"];
            marks.iter().any(|mark| {
                line.strip_prefix(mark)
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
            })
        };
        let fault = match line.chars().find(|c| is_control(*c)) {
            Some(control) => control_character(control),
            None if is_mark => Fault::new(
                "A merge has left its marks here.",
                "Decide between the two versions, and remove the marks.",
            ),
            None => return None,
        };
        Some((number, fault))
    })
}

fn is_control(character: char) -> bool {
    character.is_control() && !"\t\n\r".contains(character)
}

fn control_character(control: char) -> Fault {
    Fault::new(
        format!(
            "The character U+{:04X} stands here and shows nothing.",
            u32::from(control)
        ),
        "Remove it; to speak of it, write its name.",
    )
}

/// What mdBook itself would act on in a finished page, even in code, and replace by nothing if it
/// does not find the file.
pub fn left_to_mdbook(page: &str) -> impl Iterator<Item = &str> {
    page.match_indices("{{").filter_map(|(at, _)| {
        let name = page[at + 2..].trim_start().strip_prefix('#')?;
        let end =
            name.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(name.len());
        let is_its_own =
            ["include", "playground", "rustdoc_include"].contains(&&name[..end]);
        let stop = page.len() - name.len() + end;
        (is_its_own && !is_escaped(page, at)).then_some(&page[at..stop])
    })
}

/// The way through a text's markup.
struct Walk<'a> {
    source: &'a str,
    /// The open links and headings in which no word has stood yet, and where they begin.
    wordless: Vec<usize>,
    /// Where the paragraph, item or heading begins in which words stand.
    block: usize,
    is_code: bool,
    /// Where the last cell of a table ends.
    cell_end: usize,
    faults: Vec<Found>,
}

impl Walk<'_> {
    fn event(&mut self, event: &Event<'_>, range: &Range<usize>) {
        match event {
            Event::Start(Tag::HtmlBlock) | Event::InlineHtml(_) => {
                self.faults.push((range.start, html()));
            }
            Event::Text(text) => {
                self.words(text);
                self.no_table(range.start);
            }
            Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.words(text);
            }
            Event::Start(tag) => self.tag(tag, range),
            Event::End(TagEnd::CodeBlock) => self.is_code = false,
            Event::End(tag @ (TagEnd::Link | TagEnd::Heading(_))) => {
                self.end_words(tag, range.start);
            }
            Event::End(TagEnd::TableCell) => self.cell_end = range.end,
            Event::End(TagEnd::TableRow) => self.row(range),
            _ => {}
        }
    }

    /// Notes that what is open holds words, if these are any.
    fn words(&mut self, words: &str) {
        if !is_blank(words) {
            self.wordless.clear();
        }
    }

    /// Notes a link or a heading that ends without a word.
    fn end_words(&mut self, tag: &TagEnd, start: usize) {
        if self.wordless.last() != Some(&start) {
            return;
        }
        self.wordless.clear();
        let (what, how) = match tag {
            TagEnd::Link => ("link", "Write what it leads to: `[words](target)`."),
            _ => ("heading", "Write what the part is about, or remove it."),
        };
        self.faults.push((start, Fault::new(format!("This {what} has no words."), how)));
    }

    /// Notes the words at `at` if they begin their line as a table's row would.
    fn no_table(&mut self, at: usize) {
        let line = self.source[..at].rfind('\n').map_or(0, |end| end + 1);
        let row = self.source[line..].lines().next().unwrap_or_default();
        let row = row.trim_matches([' ', '\t', '>']);
        let is_rule = row.contains('|') && row.contains('-') && {
            row.chars().all(|c| "|-: ".contains(c))
        };
        let is_first = self.source[line..at].trim_matches([' ', '\t', '>']).is_empty();
        if !self.is_code && is_first && (row.starts_with('|') || is_rule) {
            let advice = "Give the row of hyphens as many cells as the row above it; to show a bar as it \
                          is, write `\\|`.";
            let cause = "This is no table, though it looks like one.";
            self.faults.push((self.block, Fault::new(cause, advice)));
        }
    }

    fn tag(&mut self, tag: &Tag<'_>, range: &Range<usize>) {
        let at = range.start;
        match tag {
            Tag::Link { .. } => self.wordless.push(at),
            Tag::Heading { .. } => {
                self.wordless = vec![at];
                self.block = at;
            }
            Tag::Paragraph | Tag::Item => self.block = at,
            Tag::CodeBlock(_) => self.is_code = true,
            _ => {}
        }
        match tag {
            Tag::CodeBlock(CodeBlockKind::Fenced(_))
                if !is_closed(&self.source[range.clone()]) =>
            {
                let advice = "End it with a line of as many backquotes or tildes as it begins with.";
                self.faults.push((
                    at,
                    Fault::new("A code block begins here and does not end.", advice),
                ));
            }
            Tag::Link { link_type, dest_url, .. } if *link_type != LinkType::Email => {
                self.note(at, allow::link(dest_url));
            }
            Tag::Image { .. } => {
                let advice =
                    "Draw it in a section, and show it by `{{#figure section/name}}`.";
                let cause = "A picture that no code draws may not stand in a page.";
                self.faults.push((at, Fault::new(cause, advice)));
            }
            Tag::Heading { attrs, .. } => {
                for (name, _) in attrs {
                    let cause =
                        format!("The attribute `{name}` may not stand in a page.");
                    self.faults.push((at, Fault::new(cause, "Do without it.")));
                }
            }
            _ => {}
        }
    }

    /// Notes what a table's row says behind its last column, and mdBook would leave out.
    fn row(&mut self, range: &Range<usize>) {
        let rest = self.source.get(self.cell_end..range.end).unwrap_or_default();
        let is_told = self.faults.iter().any(|(at, _)| range.contains(at));
        if !is_told && rest.contains(|c: char| c != '|' && !c.is_whitespace()) {
            let advice = "Take the surplus cell out, or give the table another column.";
            let fault =
                Fault::new("This row has more cells than its table has columns.", advice);
            self.faults.push((range.start, fault));
        }
    }

    fn note(&mut self, at: usize, result: Result<(), Fault>) {
        self.faults.extend(result.err().map(|fault| (at, fault)));
    }
}

/// Whether a fenced code block ends with its fence.
fn is_closed(block: &str) -> bool {
    let fence = block.chars().next().unwrap_or('`');
    let length = block.chars().take_while(|c| *c == fence).count();
    let last = block.trim_end().lines().skip(1).last().unwrap_or_default();
    let last = last.trim_start_matches([' ', '\t', '>']);
    last.len() >= length && last.chars().all(|c| c == fence)
}

fn html() -> Fault {
    Fault::new(
        "HTML may not stand in a page.",
        "Say it in Markdown; to show a tag or a comment as it is, write it as code.",
    )
}

/// Footnotes that nobody calls, or that are written twice: mdBook leaves them out.
fn footnotes(scan: &Scan<'_>) -> Vec<Found> {
    let mut notes: BTreeMap<&str, usize> = BTreeMap::new();
    let mut faults = Vec::new();
    for (event, range) in scan.events() {
        if let Event::Start(Tag::FootnoteDefinition(name)) = event
            && notes.insert(name, range.start).is_some()
        {
            let cause = format!("The footnote `[^{name}]` is written twice.");
            faults.push((range.start, Fault::new(cause, "Give each its own name.")));
        }
    }
    for (event, _) in scan.events() {
        if let Event::FootnoteReference(name) = event {
            notes.remove(&**name);
        }
    }
    faults.extend(notes.into_iter().map(|(name, at)| {
        let cause = format!("No sentence refers to the footnote `[^{name}]`.");
        (
            at,
            Fault::new(
                cause,
                format!("Write `[^{name}]` where it belongs, or remove it."),
            ),
        )
    }));
    faults
}

/// Characters in some words that should have meant something and do not.
fn loose(block: &Block, source: &str) -> Vec<Found> {
    let words = &block.words;
    let mut faults = Vec::new();
    let mut from = 0;
    let dollars = words
        .char_indices()
        .filter(|(index, c)| *c == '$' && is_plain(block, *index, source));
    let dollars = dollars.count();
    for (index, character) in words.char_indices() {
        if index < from {
            continue;
        }
        // A character reference may spell it, too.
        if character == '\u{fffd}' || is_control(character) {
            faults.push((block.place(index), control_character(character)));
            continue;
        }
        if !is_plain(block, index, source) {
            from = index + if character == '{' { braces(&words[index..]) } else { 0 };
            continue;
        }
        let (at, rest) = (block.place(index), &words[index..]);
        let next = rest[character.len_utf8()..].chars().next();
        let fault = match character {
            '{' | '}' => {
                from = index + braces(rest);
                Some(no_directive(&words[index..from]))
            }
            '$' if dollars > 1 || !next.is_none_or(char::is_whitespace) => {
                let (length, fault) = broken_formula(block, index, source);
                from = index + length;
                Some(fault)
            }
            '`' => Some(Fault::new(
                "Code begins here with a backquote and does not end.",
                "Close it with as many backquotes; for a backquote as it is write `\\``.",
            )),
            '<' if next.is_some_and(|c| c.is_ascii_alphabetic() || "/!?".contains(c)) => {
                Some(Fault::new(
                    "A tag or comment begins here with `<` and does not end.",
                    "Close it; to show it as it is, write it as code.",
                ))
            }
            '&' => unknown_reference(rest, &source[at..]),
            '*' | '_' | '~' if next == Some(character) => {
                from = index + 2;
                Some(Fault::new(
                    format!("`{character}{character}` marks nothing here."),
                    "Put it next to the words that it is for, at both ends, or write it as code.",
                ))
            }
            '*' | '_' if stands_at_word(words[..index].chars().next_back(), next) => {
                Some(Fault::new(
                    format!("`{character}` marks nothing here."),
                    "Put one at both ends of the words that it is for, or a backslash before it.",
                ))
            }
            '[' if next == Some('^') => {
                let end = rest.find(']').unwrap_or(rest.len());
                Some(undefined(&rest[1..end]))
            }
            ']' if leads_on(&rest[1..]) => Some(Fault::new(
                "This is no link, though it looks like one.",
                "Write `[words](target)` or `[words][name]`, with no space in the target or before it.",
            )),
            _ => None,
        };
        faults.extend(fault.map(|fault| (at, fault)));
    }
    faults
}

/// Whether what follows a closing bracket looks like a link's target.
fn leads_on(rest: &str) -> bool {
    let apart = rest.trim_start();
    let inside = apart.strip_prefix('(').and_then(|rest| rest.split(')').next());
    let is_target = |text: &str| {
        let name = text.split('#').next().unwrap_or_default();
        !text.contains(char::is_whitespace)
            && (name.ends_with(".md") || name.contains("://"))
    };
    rest.starts_with('(')
        || (apart.len() < rest.len() && apart.starts_with('['))
        || inside.is_some_and(is_target)
}

/// Whether a mark stands next to a word, but only on one side.
fn stands_at_word(before: Option<char>, after: Option<char>) -> bool {
    let is_word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == OTHER);
    is_word(before) != is_word(after)
}

/// The fault of `&name;` at the start of some words, if it is written like that in the source too.
fn unknown_reference(words: &str, source: &str) -> Option<Fault> {
    let (reference, _) = words.split_once(';')?;
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '#';
    let is_one = reference.len() > 1 && reference[1..].chars().all(is_name);
    (is_one && source.starts_with(reference)).then(|| {
        Fault::new(
            format!("There is no character `{reference};`."),
            "Write the character itself; for an ampersand write `&amp;`.",
        )
    })
}

/// Whether a character of the words stands in the page as it is, with no backslash before it.
fn is_plain(block: &Block, index: usize, source: &str) -> bool {
    let at = block.place(index);
    source.get(at..).and_then(|rest| rest.chars().next())
        == block.words[index..].chars().next()
        && !is_escaped(source, at)
}

/// The fault of a dollar that opens no formula, and how many bytes of the words it takes: a formula
/// with unequal braces does not end for Markdown, whatever follows.
fn broken_formula(block: &Block, index: usize, source: &str) -> (usize, Fault) {
    let (at, rest) = (block.place(index), &block.words[index..]);
    let dollars = rest.len() - rest.trim_start_matches('$').len();
    let length = rest[dollars..].find('$').map(|length| dollars + length);
    let read = |length: usize| {
        let latex = source.get(at + dollars..block.place(index + length))?;
        mathml(latex, false).err().map(|fault| (length + dollars, fault))
    };
    length.and_then(read).unwrap_or_else(|| (dollars, open_formula(source, at)))
}

/// How long the stretch in braces is with which `text` begins.
fn braces(text: &str) -> usize {
    let end = text.find('}').unwrap_or(text.len());
    text[end..].find(|c| c != '}').map_or(text.len(), |more| end + more)
}

fn no_directive(text: &str) -> Fault {
    Fault::new(
        format!("`{text}` is no directive."),
        "Write `{{#name argument}}` on one line, with two braces at both ends and no space before the \
         `#`; to show braces as they are, write them as code.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_in_order_has_no_fault() {
        let fine = [
            "It costs \\$5, or 5 $ at most.",
            "\\{{#value a/b}} and `{{ a }}` and \\` and [0, 1] and 2 * 3 and a < b",
            "> ```text\n> a\n> ```",
            "- ~~~~\n  a\n  ~~~~",
            "A note.[^1]\n\n[^1]: It is here.",
            "[a][b]\n\n[b]: c.md",
            "# Title {#id .class}",
            "| a |\n|---|\n| `b` |\n",
        ];
        for text in fine {
            let found = faults(&Scan::new(text));
            assert!(found.is_empty(), "{text}: {found:?}");
        }
    }
}
