//! Finds directives and formulas in a page, and leaves code alone.
//!
//! The parser that mdBook itself uses decides what is a word, so a `$` or a `{{#value …}}` in code,
//! in a comment, in a tag or in a link's target is none of ours. What stands inside a directive is
//! no Markdown: the parser sees letters in its place.

use std::borrow::Cow;
use std::cell::RefCell;
use std::ops::Range;

use pulldown_cmark::{
    BrokenLink, CodeBlockKind, Event, HeadingLevel, LinkType, Options, Parser, Tag,
};

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
    /// The LaTeX between the dollars, without the marks of a quotation around it.
    pub latex: Cow<'a, str>,
    /// Whether it stands on its own line.
    pub display: bool,
    /// Where it stands in the page.
    pub at: Range<usize>,
}

/// A fault, and where in the page it is.
pub type Found = (usize, Fault);

/// A page, as the parser that mdBook uses reads it.
#[derive(Debug)]
pub struct Scan<'a> {
    source: &'a str,
    events: Vec<(Event<'static>, Range<usize>)>,
    pieces: Vec<Piece<'a>>,
    faults: Vec<Found>,
}

/// What the parser takes a stretch of a page for.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Place {
    Words,
    Formula,
    Verbatim,
}

impl<'a> Scan<'a> {
    /// Reads a page.
    pub fn new(source: &'a str) -> Self {
        let directives = directives(source);
        let mut scan =
            Scan { source, events: Vec::new(), pieces: Vec::new(), faults: Vec::new() };
        scan.parse(&hidden(source, &directives));
        let places = scan.places();
        scan.place_formulas();
        scan.place_directives(directives, &places);
        scan.pieces.sort_by_key(|piece| piece.span().start);
        scan.cut_by_captions();
        scan
    }

    /// The page's text.
    pub fn source(&self) -> &'a str {
        self.source
    }

    /// What the parser finds, in order; directives are words of as many `x`.
    pub fn events(&self) -> &[(Event<'static>, Range<usize>)] {
        &self.events
    }

    /// What is wrong with directives, formulas and references.
    pub fn faults(&self) -> &[Found] {
        &self.faults
    }

    /// Where the page's title stands: the first heading, if the page begins with it.
    pub fn title(&self) -> Option<Range<usize>> {
        match self.events.first() {
            Some((Event::Start(Tag::Heading { level: HeadingLevel::H1, .. }), range)) => {
                Some(range.clone())
            }
            _ => None,
        }
    }

    /// Where the Rust code fences of the page begin.
    pub fn rust_fences(&self) -> impl Iterator<Item = usize> {
        self.events.iter().filter_map(|(event, range)| match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                let ends = |c: char| !(c.is_alphanumeric() || "_-+".contains(c));
                let language = info.split(ends).find(|word| !word.is_empty())?;
                let is_rust =
                    ["rust", "rs"].iter().any(|name| language.eq_ignore_ascii_case(name));
                is_rust.then_some(range.start)
            }
            _ => None,
        })
    }

    /// The pieces of a stretch of the page, in order.
    pub fn pieces(&self, range: Range<usize>) -> Vec<Piece<'a>> {
        let mut pieces = Vec::new();
        let mut from = range.start;
        for piece in &self.pieces {
            let span = piece.span();
            if from <= span.start && span.end <= range.end {
                pieces.push(Piece::Markdown(&self.source[from..span.start]));
                pieces.push(piece.clone());
                from = span.end;
            }
        }
        pieces.push(Piece::Markdown(&self.source[from..range.end]));
        pieces.retain(|piece| *piece != Piece::Markdown(""));
        pieces
    }

    /// Where directives stand, in order.
    pub fn directives(&self) -> impl Iterator<Item = &Directive<'a>> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Directive(directive) => Some(directive),
            _ => None,
        })
    }

    fn parse(&mut self, hidden: &str) {
        let broken = RefCell::new(Vec::new());
        let note = |link: BrokenLink<'_>| {
            let is_meant = link.link_type != LinkType::Shortcut;
            let found = (link.span.start, undefined(&link.reference));
            broken.borrow_mut().extend(is_meant.then_some(found));
            None
        };
        let options = options() | Options::ENABLE_MATH;
        let parser = Parser::new_with_broken_link_callback(hidden, options, Some(note));
        let events = parser.into_offset_iter();
        self.events = events.map(|(event, range)| (event.into_static(), range)).collect();
        self.faults = broken.take();
    }

    fn places(&self) -> Vec<(Range<usize>, Place)> {
        let mut code = 0..0;
        let mut places = Vec::new();
        for (event, range) in &self.events {
            let place = match event {
                Event::Start(Tag::CodeBlock(_)) => {
                    code = range.clone();
                    Place::Verbatim
                }
                Event::Start(Tag::HtmlBlock) | Event::InlineHtml(_) | Event::Code(_) => {
                    Place::Verbatim
                }
                Event::Text(_) if code.contains(&range.start) => continue,
                Event::Text(_) => Place::Words,
                Event::InlineMath(_) | Event::DisplayMath(_) => Place::Formula,
                _ => continue,
            };
            places.push((range.clone(), place));
        }
        places
    }

    fn place_formulas(&mut self) {
        for (event, at) in &self.events {
            let (display, dollars) = match event {
                Event::InlineMath(_) => (false, 1),
                Event::DisplayMath(_) => (true, 2),
                _ => continue,
            };
            let latex = unquoted(&self.source[at.start + dollars..at.end - dollars]);
            let after = &self.source[at.end..];
            let is_price = !display && after.starts_with(|c: char| c.is_ascii_digit());
            if is_price || latex.trim_matches('$').is_empty() || ends_in_markup(&latex) {
                let open =
                    [at.start, at.end - 1].map(|at| (at, open_formula(self.source, at)));
                self.faults.extend(open);
            } else {
                let at = at.clone();
                self.pieces.push(Piece::Formula(Formula { latex, display, at }));
            }
        }
    }

    fn place_directives(
        &mut self,
        directives: Vec<Directive<'a>>,
        places: &[(Range<usize>, Place)],
    ) {
        for directive in directives {
            let at = directive.at.start;
            match place_of(at, places) {
                Some(Place::Words) => self.pieces.push(Piece::Directive(directive)),
                None => self.faults.push((at, astray(directive.name))),
                Some(Place::Verbatim | Place::Formula) => {}
            }
        }
    }

    /// A formula cannot begin in a caption, which ends with its line, and end beyond it.
    fn cut_by_captions(&mut self) {
        let captions: Vec<_> =
            self.directives().map(|found| found.caption.clone()).collect();
        for piece in &self.pieces {
            let span = piece.span();
            let is_cut = |caption: &Range<usize>| {
                caption.contains(&span.start) && caption.end < span.end
            };
            if captions.iter().any(is_cut) {
                self.faults.push((span.start, open_formula(self.source, span.start)));
            }
        }
    }
}

impl Piece<'_> {
    /// Where the piece stands in the page, caption included.
    fn span(&self) -> Range<usize> {
        match self {
            Piece::Markdown(_) => 0..0,
            Piece::Directive(directive) => directive.at.start..directive.caption.end,
            Piece::Formula(formula) => formula.at.clone(),
        }
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

/// The line of `source`, counted from one, in which the byte `at` stands.
pub fn line_of(source: &str, at: usize) -> usize {
    1 + source[..at].matches('\n').count()
}

/// Whether an odd number of backslashes stands before `at`.
pub fn is_escaped(source: &str, at: usize) -> bool {
    let before = &source[..at];
    (before.len() - before.trim_end_matches('\\').len()) % 2 == 1
}

/// Everything that is written as a directive, wherever it stands.
pub fn directives(source: &str) -> Vec<Directive<'_>> {
    let mut directives = Vec::new();
    let mut from = 0;
    while let Some(length) = source[from..].find("{{") {
        let at = from + length;
        from = at + 1;
        let rest = &source[at + 2..];
        let line = rest.lines().next().unwrap_or_default();
        let (Some(length), true) = (line.find("}}"), rest.starts_with(['#', '/'])) else {
            continue;
        };
        let (inside, stop) = (&rest[1..length], at + 2 + length + 2);
        if is_escaped(source, at) || inside.contains(['`', '{', '}']) {
            continue;
        }
        let (name, argument) =
            inside.split_once(char::is_whitespace).unwrap_or((inside, ""));
        let end =
            if matches!(name, "figure" | "live") { at + 2 + line.len() } else { stop };
        directives.push(Directive {
            name,
            argument: argument.trim(),
            closes: rest.starts_with('/'),
            at: at..stop,
            caption: stop..end,
        });
        from = stop;
    }
    directives
}

/// The page with a letter for every byte that is no Markdown, though it may look like it: directives,
/// formulas on lines of their own, whose lines may begin with a sign, and the bars of formulas in a
/// table's row, where they would end the cell.
fn hidden(source: &str, directives: &[Directive<'_>]) -> String {
    let mut hidden = source.to_owned();
    for Directive { at, .. } in directives {
        hidden.replace_range(at.clone(), &"x".repeat(at.len()));
    }
    let mut lines: Vec<String> =
        hidden.split_inclusive('\n').map(str::to_owned).collect();
    let mut at = 0;
    while at < lines.len() {
        if inside(&lines[at]).starts_with('|') {
            lines[at] = without_bars(&lines[at]);
        } else if let Some(end) = end_of_formula(&lines, at) {
            for line in &mut lines[at + 1..end] {
                let start = line.len() - inside(line).len();
                let end = line.trim_end().len();
                line.replace_range(start..end, &"x".repeat(end - start));
            }
            at = end;
        }
        at += 1;
    }
    lines.concat()
}

/// A line without its indentation and the marks of a quotation.
fn inside(line: &str) -> &str {
    line.trim_start_matches([' ', '>'])
}

/// The line that begins with the end of the formula which the line `at` opens, if there is one in the
/// same paragraph.
fn end_of_formula(lines: &[String], at: usize) -> Option<usize> {
    let is_open = lines[at].matches("$$").count() % 2 == 1;
    let paragraph = lines[at + 1..].iter().take_while(|line| {
        let inside = inside(line).trim_end();
        !(inside.is_empty() || inside.starts_with("```") || inside.starts_with("~~~"))
    });
    let end = paragraph.into_iter().position(|line| inside(line).starts_with("$$"))?;
    is_open.then_some(at + 1 + end)
}

fn without_bars(row: &str) -> String {
    let parts = row.split('$').enumerate();
    let parts = parts.map(|(index, part)| match index % 2 {
        1 => part.replace('|', "x"),
        _ => part.to_owned(),
    });
    parts.collect::<Vec<_>>().join("$")
}

fn place_of(at: usize, places: &[(Range<usize>, Place)]) -> Option<Place> {
    places.iter().find(|(range, _)| range.contains(&at)).map(|(_, place)| *place)
}

/// A formula without the marks that a quotation puts before each of its lines.
fn unquoted(latex: &str) -> Cow<'_, str> {
    if !latex.contains('\n') {
        return latex.trim().into();
    }
    let lines = latex.split('\n').enumerate().map(|(index, line)| match index {
        0 => line,
        _ => line.trim_start_matches([' ', '\t', '>']),
    });
    lines.collect::<Vec<_>>().join("\n").trim().to_owned().into()
}

/// Whether the dollar that ends a formula stands in the target of a link or in a tag's attribute,
/// which begins within it.
fn ends_in_markup(latex: &str) -> bool {
    let is_open = |start: &str, end: char| {
        latex.rsplit_once(start).is_some_and(|(_, rest)| !rest.contains(end))
    };
    is_open("](", ')') || is_open("=\"", '"')
}

/// The fault of a dollar that opens a formula which does not end.
pub fn open_formula(source: &str, at: usize) -> Fault {
    let dollars = if source[at..].starts_with("$$") { "$$" } else { "$" };
    Fault::new(
        format!(
            "A formula begins here with `{dollars}` and does not end in this paragraph."
        ),
        format!(
            "Close it with `{dollars}`, next to the formula; for a dollar sign write `\\$`."
        ),
    )
}

fn astray(name: &str) -> Fault {
    Fault::new(
        format!(
            "`{{{{#{name}}}}}` cannot stand here: mdBook shows no words in this place."
        ),
        "Move it out of the link's target, or out of the surplus cell of a table.",
    )
}

/// The fault of a reference that nothing defines.
pub fn undefined(reference: &str) -> Fault {
    let definition = format!("[{reference}]: …");
    Fault::new(
        format!("Nothing defines the reference `[{reference}]`."),
        format!("Add a line `{definition}`, or write the target in parentheses."),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(source: &str) -> Vec<String> {
        let scan = Scan::new(source);
        let faults = scan.faults().iter().map(|(at, _)| format!("fault at {at}"));
        let pieces =
            scan.pieces(0..source.len()).into_iter().filter_map(|piece| match piece {
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
    fn a_figure_takes_the_rest_of_its_line_as_caption() {
        let source = "{{#figure a/b}} The $x$ axis.\nMore.";
        let pieces = Scan::new(source).pieces(0..source.len());
        let Piece::Directive(figure) = &pieces[0] else { panic!("no directive first") };
        assert_eq!(&source[figure.caption.clone()], " The $x$ axis.");
    }

    #[test]
    fn an_escaped_directive_is_left_to_mdbook() {
        assert!(kinds("\\{{#value a/b}}").is_empty());
    }

    #[test]
    fn rust_fences_are_found_and_other_fences_are_not() {
        let page = "```rust\na\n```\n\n```text\nb\n```\n\n```rust,ignore\n```\n\n\
            ```rs\n```\n\n``` Rust\n```\n\n```{.rust}\n```\n\n~~~ {rust .a}\n~~~\n\n```rustfmt\n```\n";
        assert_eq!(Scan::new(page).rust_fences().count(), 6);
    }
}
