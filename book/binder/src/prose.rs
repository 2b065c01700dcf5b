//! Where in a page its running prose stands, and where words stand in it.
//!
//! Headings, tables, captions, quotations, links and bold openings are made of words too, but a
//! sentence does not run there; code, formulas and directives are no words at all.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use crate::scan::Scan;

/// What a byte of a page belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Code, a formula, a directive, or markup.
    Markup,
    /// Words outside running prose.
    Aside,
    /// Running prose.
    Running,
}

/// A page, seen as words.
#[derive(Debug)]
pub struct Prose<'a> {
    source: &'a str,
    kinds: Vec<Kind>,
    emphasis: Vec<Range<usize>>,
}

/// How a word stands to the emphasis around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Emphasis {
    /// There is none.
    None,
    /// It covers the word and nothing else; its delimiters included, it stands here.
    Whole(Range<usize>),
    /// It covers more than the word.
    Part,
}

impl<'a> Prose<'a> {
    /// Reads a page.
    pub fn new(source: &'a str) -> Self {
        let kinds = vec![Kind::Markup; source.len()];
        let mut prose = Prose { source, kinds, emphasis: Vec::new() };
        let scan = Scan::new(source);
        prose.mark_words(&scan);
        prose.mark_directives(&scan);
        prose
    }

    fn mark_words(&mut self, scan: &Scan<'_>) {
        let (mut code, mut asides, mut quoted) = (0, 0, false);
        for (event, range) in scan.events() {
            match event {
                Event::Start(Tag::CodeBlock(_)) => code += 1,
                Event::End(TagEnd::CodeBlock) => code -= 1,
                Event::Start(Tag::Emphasis) => self.emphasis.push(range.clone()),
                Event::Start(Tag::Paragraph | Tag::Item) => quoted = false,
                Event::Start(tag) if is_aside(&tag.to_end()) => asides += 1,
                Event::End(tag) if is_aside(tag) => asides -= 1,
                Event::Text(text) if code == 0 => {
                    quoted = (quoted || &**text == "“") && &**text != "”";
                    let is_running = asides == 0 && !quoted;
                    let kind = if is_running { Kind::Running } else { Kind::Aside };
                    self.kinds[range.clone()].fill(kind);
                }
                _ => {}
            }
        }
    }

    fn mark_directives(&mut self, scan: &Scan<'_>) {
        for directive in scan.directives() {
            self.kinds[directive.at.clone()].fill(Kind::Markup);
            for kind in &mut self.kinds[directive.caption.clone()] {
                if *kind == Kind::Running {
                    *kind = Kind::Aside;
                }
            }
        }
    }

    /// Where the words of `form` end, if they begin with the word at `at`, as whole words in any case;
    /// they may be spread over two lines.
    pub fn words_at(&self, at: usize, form: &str) -> Option<usize> {
        let mut end = at;
        for wanted in form.chars() {
            let rest = &self.source[end..];
            if wanted == ' ' {
                let space = rest.len() - rest.trim_start().len();
                let is_one_paragraph = rest[..space].matches('\n').count() < 2;
                end += Some(space).filter(|space| *space > 0 && is_one_paragraph)?;
                continue;
            }
            let found = rest.chars().next()?;
            let is_same = found.to_lowercase().eq(wanted.to_lowercase());
            if !is_same || self.kinds[end] == Kind::Markup {
                return None;
            }
            end += found.len_utf8();
        }
        let ends = !self.source[end..].starts_with(joins);
        ends.then_some(end)
    }

    /// Whether all of `range` but its white space is running prose.
    pub fn is_running(&self, range: &Range<usize>) -> bool {
        let letters = self.source[range.clone()].char_indices();
        letters
            .filter(|(_, letter)| !letter.is_whitespace())
            .all(|(at, _)| self.kinds[range.start + at] == Kind::Running)
    }

    /// The emphasis around `range`.
    pub fn emphasis(&self, range: &Range<usize>) -> Emphasis {
        let around =
            self.emphasis.iter().find(|e| e.start <= range.start && range.end <= e.end);
        match around {
            None => Emphasis::None,
            Some(e) if e.start + 1 == range.start && range.end + 1 == e.end => {
                Emphasis::Whole(e.clone())
            }
            Some(_) => Emphasis::Part,
        }
    }
}

fn is_aside(tag: &TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Heading(_)
            | TagEnd::Link
            | TagEnd::Strong
            | TagEnd::BlockQuote(_)
            | TagEnd::Table
    )
}

/// Whether a word begins at the byte `at`.
pub fn begins_word(text: &str, at: usize) -> bool {
    text[at..].starts_with(char::is_alphanumeric) && !text[..at].ends_with(joins)
}

/// Whether a character makes one word with the letter beside it.
fn joins(character: char) -> bool {
    character.is_alphanumeric() || character == '-'
}

/// Stands in a block's words for code, a formula or a directive.
pub const OTHER: char = '\u{fffc}';

/// Words that belong together: those of a paragraph, a heading, a cell, a link's title.
#[derive(Debug, Default)]
pub struct Block {
    /// The words as they are read, on one line; what is no words is one character.
    pub words: String,
    /// For every byte of the words, where it stands in the page.
    places: Vec<usize>,
}

impl Block {
    /// Where the byte `index` of the words stands in the page.
    pub fn place(&self, index: usize) -> usize {
        self.places.get(index).or(self.places.last()).copied().unwrap_or_default()
    }

    fn of(words: &str, at: usize) -> Self {
        let mut block = Block::default();
        block.push(words, &(at..at));
        block
    }

    /// Adds words; if they are as long as the stretch `range` of the page, they stand there as they are.
    fn push(&mut self, words: &str, range: &Range<usize>) {
        let step = usize::from(range.len() == words.len());
        self.places.extend((0..words.len()).map(|index| range.start + index * step));
        self.words.push_str(words);
    }

    fn push_other(&mut self, at: usize) {
        self.push(OTHER.encode_utf8(&mut [0; 3]), &(at..at));
    }
}

/// Everything in words that a reader of the page sees or hears, block by block.
pub fn blocks(scan: &Scan<'_>) -> Vec<Block> {
    let (mut blocks, mut block, mut code, mut address) =
        (Vec::new(), Block::default(), 0, 0..0);
    for (event, range) in scan.events() {
        match event {
            Event::Start(Tag::CodeBlock(_)) => code += 1,
            Event::End(TagEnd::CodeBlock) => code -= 1,
            Event::Start(Tag::Link {
                link_type: LinkType::Autolink | LinkType::Email,
                ..
            }) => {
                address = range.clone();
                block.push_other(range.start);
            }
            Event::Text(_) if address.contains(&range.start) => {}
            Event::Text(text) if code == 0 => push_words(&mut block, scan, text, range),
            Event::Code(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {
                block.push_other(range.start);
            }
            Event::SoftBreak | Event::HardBreak => block.push(" ", range),
            Event::Start(tag) => {
                if let Tag::Link { title, .. } = tag {
                    blocks.push(Block::of(title, range.start));
                }
                if is_block(&tag.to_end()) {
                    blocks.push(std::mem::take(&mut block));
                }
            }
            Event::End(tag) if is_block(tag) => {
                blocks.push(std::mem::take(&mut block));
            }
            _ => {}
        }
    }
    blocks.retain(|block| !block.words.trim().is_empty());
    blocks
}

/// Adds words of Markdown, in which directives are hidden.
fn push_words(block: &mut Block, scan: &Scan<'_>, text: &str, range: &Range<usize>) {
    let inside = |directive: &Range<usize>| {
        range.start <= directive.start && directive.end <= range.end
    };
    let mut from = 0;
    if text.len() == range.len() {
        for directive in scan.directives().filter(|directive| inside(&directive.at)) {
            let at = directive.at.start - range.start..directive.at.end - range.start;
            block.push(&text[from..at.start], &(range.start + from..directive.at.start));
            block.push_other(directive.at.start);
            from = at.end;
        }
    }
    block.push(&text[from..], &(range.start + from..range.end));
}

/// Whether words within the tag do not run on from those before it.
fn is_block(tag: &TagEnd) -> bool {
    !matches!(
        tag,
        TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link
    )
}

/// How many words a text has, code left out.
pub fn count_words(markdown: &str) -> usize {
    let prose = Prose::new(markdown);
    let is_word = |at: usize| prose.kinds[at] != Kind::Markup;
    let starts = markdown.char_indices().filter(|(at, letter)| {
        let is_first = !markdown[..*at].ends_with(char::is_alphanumeric);
        letter.is_alphanumeric() && is_first && is_word(*at)
    });
    starts.count()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether the first `word` of `source` is found as whole words, and whether it runs.
    fn stands(source: &str, word: &str) -> (bool, bool) {
        let prose = Prose::new(source);
        let at = source.to_lowercase().find(word).unwrap();
        let end = prose.words_at(at, word);
        (end.is_some(), end.is_some_and(|end| prose.is_running(&(at..end))))
    }

    #[test]
    fn a_word_in_a_sentence_runs_in_any_case() {
        assert_eq!(stands("The Cost falls.", "cost"), (true, true));
        assert_eq!(stands("- an item's cost\n- more", "cost"), (true, true));
    }

    #[test]
    fn a_term_may_be_spread_over_two_lines_but_not_over_two_paragraphs() {
        assert_eq!(stands("- a weighted\n  sum", "weighted"), (true, true));
        let over = |source: &str| Prose::new(source).words_at(0, "weighted sum");
        assert_eq!(over("weighted\n  sum of"), Some(14));
        assert_eq!(over("weighted\n\nsum of"), None);
    }

    #[test]
    fn part_of_a_word_is_not_the_word() {
        assert_eq!(stands("It costs much.", "cost"), (false, false));
        assert_eq!(stands("A cost-free step.", "cost"), (false, false));
    }

    #[test]
    fn headings_links_tables_quotes_bold_and_captions_are_asides() {
        let asides = [
            "# The cost",
            "[the cost](a.md)",
            "| the cost |\n|---|\n| x |",
            "> the cost",
            "They say \"the cost\" here.",
            "**The cost**",
            "{{#figure a/b}} The cost falls.",
        ];
        for aside in asides {
            assert_eq!(stands(aside, "cost"), (true, false), "{aside}");
        }
    }

    #[test]
    fn code_formulas_and_directives_hold_no_words() {
        for markup in
            ["`cost`", "```text\ncost\n```", "$cost$", "{{#value a/cost}}", "<i cost>"]
        {
            assert_eq!(stands(markup, "cost"), (false, false), "{markup}");
        }
    }

    #[test]
    fn emphasis_covers_a_word_or_more_than_it() {
        let prose = Prose::new("A *cost* and *a cost*, a cost.");
        assert_eq!(prose.emphasis(&(3..7)), Emphasis::Whole(2..8));
        assert_eq!(prose.emphasis(&(16..20)), Emphasis::Part);
        assert_eq!(prose.emphasis(&(25..29)), Emphasis::None);
    }

    #[test]
    fn words_are_counted_without_code() {
        assert_eq!(count_words("# One two\n\nThree `four` five's $x$.\n"), 5);
    }
}
