//! Finds directives and formulas in a page, and leaves code alone.
//!
//! What is code and what is prose is decided by the parser that mdBook itself uses, so a `$` or a
//! `{{#value …}}` inside a code span, a code block or a comment stays what it is.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag};

use crate::report::Fault;

/// A stretch of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Markdown that stays as it is.
    Markdown(&'a str),
    /// A directive.
    Directive(Directive<'a>),
    /// A formula.
    Formula(Formula<'a>),
}

/// `{{#name argument}}` or `{{/name}}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Directive<'a> {
    /// What kind of directive.
    pub name: &'a str,
    /// What it asks for.
    pub argument: &'a str,
    /// Whether it is the `{{/name}}` that ends a block.
    pub closes: bool,
    /// Where it stands in the page.
    pub at: Range<usize>,
    /// For a figure, where its caption stands: the rest of the line.
    pub caption: Range<usize>,
}

/// `$…$` or `$$…$$`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Formula<'a> {
    /// The LaTeX between the dollars.
    pub latex: &'a str,
    /// Whether it stands on its own line.
    pub display: bool,
    /// Where it stands in the page.
    pub at: Range<usize>,
}

/// A fault, and where in the page it is.
pub type Found = (usize, Fault);

/// A page and the places in it that are code or comment.
#[derive(Debug)]
pub struct Scan<'a> {
    source: &'a str,
    opaque: Vec<Range<usize>>,
}

impl<'a> Scan<'a> {
    /// Reads a page.
    pub fn new(source: &'a str) -> Self {
        let mut opaque: Vec<Range<usize>> = Parser::new_ext(source, options())
            .into_offset_iter()
            .filter(|(event, _)| is_opaque(event))
            .map(|(_, range)| range)
            .collect();
        opaque.sort_by_key(|range| range.start);
        Scan { source, opaque }
    }

    /// The page's text.
    pub fn source(&self) -> &'a str {
        self.source
    }

    /// Where the page's first heading ends; zero if it does not begin with one.
    pub fn after_title(&self) -> usize {
        let mut events = Parser::new_ext(self.source, options()).into_offset_iter();
        match events.next() {
            Some((Event::Start(Tag::Heading { level: HeadingLevel::H1, .. }), range)) => {
                range.end
            }
            _ => 0,
        }
    }

    /// The pieces of a stretch of the page, in order, and the faults met on the way.
    pub fn pieces(&self, range: Range<usize>) -> (Vec<Piece<'a>>, Vec<Found>) {
        let mut pieces = Vec::new();
        let mut faults = Vec::new();
        let mut from = range.start;
        let mut at = range.start;
        while at < range.end {
            match self.piece_at(at, range.end) {
                Ok(None) => at += self.step(at),
                Ok(Some((piece, next))) => {
                    pieces.push(Piece::Markdown(&self.source[from..at]));
                    pieces.push(piece);
                    (from, at) = (next, next);
                }
                Err(fault) => {
                    faults.push((at, fault));
                    at += 2;
                }
            }
        }
        pieces.push(Piece::Markdown(&self.source[from..range.end]));
        pieces.retain(|piece| *piece != Piece::Markdown(""));
        (pieces, faults)
    }

    /// How far to go on from `at`: over code, over an escaped character, or one character.
    fn step(&self, at: usize) -> usize {
        if let Some(code) = self.opaque.iter().find(|range| range.contains(&at)) {
            return code.end - at;
        }
        let mut characters = self.source[at..].chars();
        let first = characters.next().map_or(1, char::len_utf8);
        match self.source[at..].starts_with('\\') {
            true => first + characters.next().map_or(0, char::len_utf8),
            false => first,
        }
    }

    fn is_opaque(&self, at: usize) -> bool {
        self.opaque.iter().any(|range| range.contains(&at))
    }

    fn piece_at(
        &self,
        at: usize,
        end: usize,
    ) -> Result<Option<(Piece<'a>, usize)>, Fault> {
        let rest = &self.source[at..end];
        if self.is_opaque(at) {
            Ok(None)
        } else if rest.starts_with("{{#") || rest.starts_with("{{/") {
            self.directive(at, end).map(Some)
        } else if rest.starts_with("$$") {
            self.display_formula(at, end).map(Some)
        } else if opens_formula(rest) {
            self.inline_formula(at, end).map(Some)
        } else {
            Ok(None)
        }
    }

    fn directive(&self, at: usize, end: usize) -> Result<(Piece<'a>, usize), Fault> {
        let line_end = self.source[at..end].find('\n').map_or(end, |length| at + length);
        let Some(length) = self.source[at..line_end].find("}}") else {
            return Err(Fault::new(
                "This directive is not closed.",
                "End it with `}}` on the same line.",
            ));
        };
        let inside = &self.source[at + 3..at + length];
        let (name, argument) =
            inside.split_once(char::is_whitespace).unwrap_or((inside, ""));
        let stop = at + length + 2;
        let next = if name == "figure" { line_end } else { stop };
        let directive = Directive {
            name,
            argument: argument.trim(),
            closes: self.source[at..].starts_with("{{/"),
            at: at..stop,
            caption: stop..next,
        };
        Ok((Piece::Directive(directive), next))
    }

    fn display_formula(
        &self,
        at: usize,
        end: usize,
    ) -> Result<(Piece<'a>, usize), Fault> {
        let inside = self.paragraph(at + 2, end);
        match inside.find("$$") {
            Some(length) if !inside[..length].trim().is_empty() => {
                let stop = at + 2 + length + 2;
                let latex = inside[..length].trim();
                Ok((Piece::Formula(Formula { latex, display: true, at: at..stop }), stop))
            }
            _ => Err(unclosed("$$")),
        }
    }

    fn inline_formula(&self, at: usize, end: usize) -> Result<(Piece<'a>, usize), Fault> {
        let inside = self.paragraph(at + 1, end);
        let length = closing_dollar(inside).ok_or_else(|| unclosed("$"))?;
        let stop = at + 1 + length + 1;
        let latex = &inside[..length];
        Ok((Piece::Formula(Formula { latex, display: false, at: at..stop }), stop))
    }

    /// What follows `from` up to the next blank line, code or `end`.
    fn paragraph(&self, from: usize, end: usize) -> &'a str {
        let code =
            self.opaque.iter().map(|range| range.start).find(|start| *start >= from);
        let text = &self.source[from..code.unwrap_or(end).min(end)];
        let blank = text.match_indices('\n').find(|(index, _)| {
            text[index + 1..].lines().next().is_some_and(|line| line.trim().is_empty())
        });
        blank.map_or(text, |(index, _)| &text[..index])
    }
}

/// The options with which mdBook reads Markdown.
pub fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_SMART_PUNCTUATION
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_GFM
}

/// The page with directives and formulas replaced by a word as long, so that places stay the same
/// and no line becomes indented code.
pub fn blanked(text: &str) -> String {
    let (pieces, _) = Scan::new(text).pieces(0..text.len());
    let mut blanked = text.to_owned();
    for piece in pieces {
        let at = match piece {
            Piece::Directive(directive) => directive.at,
            Piece::Formula(formula) => formula.at,
            Piece::Markdown(_) => continue,
        };
        let word: String = text[at.clone()]
            .bytes()
            .map(|byte| if byte == b'\n' { '\n' } else { 'x' })
            .collect();
        blanked.replace_range(at, &word);
    }
    blanked
}

/// The line of `source`, counted from one, in which the byte `at` stands.
pub fn line_of(source: &str, at: usize) -> usize {
    1 + source[..at].matches('\n').count()
}

/// Where the Rust code fences of a page begin.
pub fn rust_fences(source: &str) -> Vec<usize> {
    Parser::new_ext(source, options())
        .into_offset_iter()
        .filter_map(|(event, range)| match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                let language = info.split([',', ' ']).next().unwrap_or_default();
                (language == "rust").then_some(range.start)
            }
            _ => None,
        })
        .collect()
}

fn is_opaque(event: &Event<'_>) -> bool {
    match event {
        Event::Start(Tag::CodeBlock(_)) | Event::Code(_) => true,
        Event::Html(html) | Event::InlineHtml(html) => html.starts_with("<!--"),
        _ => false,
    }
}

/// A dollar opens a formula if something other than space follows it.
fn opens_formula(rest: &str) -> bool {
    rest.strip_prefix('$')
        .and_then(|inside| inside.chars().next())
        .is_some_and(|c| !c.is_whitespace())
}

/// A dollar ends a formula if no space stands before it, no digit after it and no backslash at it.
fn closing_dollar(text: &str) -> Option<usize> {
    text.match_indices('$').map(|(index, _)| index).find(|&index| {
        let before = text[..index].chars().next_back();
        let after = text[index + 1..].chars().next();
        before.is_some_and(|c| !c.is_whitespace() && c != '\\')
            && !after.is_some_and(|c| c.is_ascii_digit())
    })
}

fn unclosed(dollars: &str) -> Fault {
    Fault::new(
        format!(
            "A formula begins here with `{dollars}` and does not end in this paragraph."
        ),
        format!("Close it with `{dollars}`; for a dollar sign write `\\$`."),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(source: &str) -> Vec<String> {
        let (pieces, faults) = Scan::new(source).pieces(0..source.len());
        let faults = faults.into_iter().map(|(at, _)| format!("fault at {at}"));
        let pieces = pieces.into_iter().filter_map(|piece| match piece {
            Piece::Markdown(_) => None,
            Piece::Directive(directive) => {
                Some(format!("{}({})", directive.name, directive.argument))
            }
            Piece::Formula(formula) => Some(format!("${}$", formula.latex)),
        });
        pieces.chain(faults).collect()
    }

    #[test]
    fn directives_and_formulas_are_found_in_order() {
        let found = kinds("Cost {{#value stuck/cost}} at $x^2$.\n\n$$\na = b\n$$\n");
        assert_eq!(found, ["value(stuck/cost)", "$x^2$", "$a = b$"]);
    }

    #[test]
    fn code_and_comments_are_left_alone() {
        assert!(
            kinds("`$x$` and `{{#value a}}`\n\n```text\n$y$\n```\n\n<!-- $z$ -->\n")
                .is_empty()
        );
    }

    #[test]
    fn a_formula_after_code_is_still_found() {
        assert_eq!(kinds("`a` then $x$"), ["$x$"]);
    }

    #[test]
    fn a_dollar_sign_is_no_formula() {
        assert!(kinds("It costs \\$5, or 5 $ at most.").is_empty());
    }

    #[test]
    fn two_prices_are_no_formula_but_a_fault_that_asks_for_a_backslash() {
        assert_eq!(kinds("US$5 or US$6"), ["fault at 2", "fault at 10"]);
    }

    #[test]
    fn a_formula_may_hold_a_directive_and_an_escaped_dollar() {
        assert_eq!(kinds("$a = {{#value x/y}}\\$$"), ["$a = {{#value x/y}}\\$$"]);
    }

    #[test]
    fn an_unclosed_formula_and_directive_are_faults() {
        assert_eq!(kinds("first $x\n\nsecond {{#value a"), ["fault at 6", "fault at 17"]);
    }

    #[test]
    fn a_figure_takes_the_rest_of_its_line_as_caption() {
        let source = "{{#figure a/b}} The $x$ axis.\nMore.";
        let (pieces, _) = Scan::new(source).pieces(0..source.len());
        let Piece::Directive(figure) = &pieces[0] else { panic!("no directive first") };
        assert_eq!(&source[figure.caption.clone()], " The $x$ axis.");
    }

    #[test]
    fn an_escaped_directive_is_left_to_mdbook() {
        assert!(kinds("\\{{#value a/b}}").is_empty());
    }

    #[test]
    fn rust_fences_are_found_and_other_fences_are_not() {
        assert_eq!(
            rust_fences("```rust\na\n```\n\n```text\nb\n```\n\n```rust,ignore\n```\n")
                .len(),
            2
        );
    }
}
