//! Finds numbers that were typed into the prose by hand.
//!
//! A number that the code computes belongs into a snapshot and comes into the sentence by
//! `{{#value …}}`; a number that somebody else published comes with its source by
//! `{{#published …}}`. So a decimal number or a percentage in plain prose is a finding. Code,
//! formulas, links, headings, whole numbers, years and versions are not looked at.

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use crate::claim::{Claims, FILE as CLAIMS_FILE};
use crate::report::{Fault, Report};
use crate::scan::{blanked, line_of, options};
use crate::workspace::Workspace;

/// Words after which a number with a point is a version or a label.
const LABELS: [&str; 13] = [
    "version", "versions", "v", "rust", "mdbook", "edition", "by", "chapter", "section",
    "figure", "table", "equation", "page",
];

/// Reports every number typed by hand in the page `file`.
pub fn check(file: &str, text: &str, report: &mut Report) {
    for (at, number) in typed_numbers(text) {
        report.add(file, line_of(text, at), fault(&number));
    }
}

/// The same for the rulings of the claims.
pub fn check_rulings(workspace: &Workspace, report: &mut Report) {
    for claim in Claims::read(workspace, &mut Report::default()).all {
        for (_, number) in typed_numbers(&claim.ruling) {
            report.add(CLAIMS_FILE, claim.line, fault(&number));
        }
    }
}

fn fault(number: &str) -> Fault {
    Fault::new(
        format!("The number {number} is typed by hand."),
        "If the code computes it, write `{{#value section/name}}`; if someone published it, \
         `{{#published … | who, when}}`; if it is a setting or an input, write it as code or as a \
         formula.",
    )
}

/// The decimal numbers and percentages in the prose of a page, and where they stand.
fn typed_numbers(text: &str) -> Vec<(usize, String)> {
    let blanked = blanked(text);
    let mut depth = 0;
    let mut found = Vec::new();
    for (event, range) in Parser::new_ext(&blanked, options()).into_offset_iter() {
        match event {
            Event::Start(Tag::Heading { .. } | Tag::Link { .. } | Tag::CodeBlock(_)) => {
                depth += 1
            }
            Event::End(TagEnd::Heading(_) | TagEnd::Link | TagEnd::CodeBlock) => {
                depth -= 1
            }
            Event::Text(_) if depth == 0 => {
                let line = &blanked[range.clone()];
                let before = &blanked[..range.start];
                found.extend(
                    numbers(before, line).map(|(at, number)| (range.start + at, number)),
                );
            }
            _ => {}
        }
    }
    found
}

/// The numbers of a stretch of prose; `before` is what stands before it.
fn numbers(before: &str, text: &str) -> impl Iterator<Item = (usize, String)> {
    let is_part = |c: char| c.is_alphanumeric() || ".,%".contains(c);
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(length) = text[at..].find(is_part) {
        let start = at + length;
        let end = text[start..]
            .find(|c| !is_part(c))
            .map_or(text.len(), |length| start + length);
        let word = text[start..end].trim_end_matches(['.', ',']);
        let has_percent =
            text[end..].trim_start_matches([' ', '\u{a0}', '\u{202f}']).starts_with('%');
        let previous = format!("{before}{}", &text[..start]);
        if is_typed(word, has_percent) && !follows_label(&previous) {
            found.push((start, word.to_owned()));
        }
        at = end;
    }
    found.into_iter()
}

/// Whether a word is a decimal number or a percentage; `1.2.3` is a version and `3rd` a word.
fn is_typed(word: &str, has_percent: bool) -> bool {
    let (digits, percent) = match word.strip_suffix('%') {
        Some(digits) => (digits, true),
        None => (word, has_percent),
    };
    let parts: Vec<&str> = digits.split('.').collect();
    let is_number = parts.iter().all(|part| {
        !part.is_empty() && part.chars().all(|c| c.is_ascii_digit() || c == ',')
    });
    is_number && (parts.len() == 2 || (parts.len() == 1 && percent))
}

fn follows_label(before: &str) -> bool {
    let word = before
        .trim_end()
        .rsplit(|c: char| !c.is_alphanumeric())
        .next()
        .unwrap_or_default();
    LABELS.contains(&word.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(text: &str) -> Vec<String> {
        typed_numbers(text).into_iter().map(|(_, number)| number).collect()
    }

    #[test]
    fn decimals_and_percentages_in_prose_are_found() {
        assert_eq!(
            typed("The cost is 0.274, or 97.5 %, or 3%."),
            ["0.274", "97.5", "3%"]
        );
    }

    #[test]
    fn whole_numbers_years_and_versions_are_fine() {
        assert!(
            typed("In 2015, 8 students; mdBook 0.5, Rust 1.88, 1.2.3, chapter 4.")
                .is_empty()
        );
    }

    #[test]
    fn code_formulas_links_headings_and_directives_are_not_looked_at() {
        let page = "# Rate 0.5\n\nUse `0.1`, $x = 0.2$, [see 0.3](a.md), {{#value a/b}} and \
                    {{#published 0.29 | Mazur}}.\n\n```text\n0.4\n```\n";
        assert!(typed(page).is_empty());
    }

    #[test]
    fn captions_answers_and_tables_are_prose() {
        let page = "{{#figure a/b}} Ends at 0.7.\n\n{{#question}}\nWhy 0.8?\n{{#answer}}\nSo.\n\
                    {{/question}}\n\n| a |\n|---|\n| 0.9 |\n";
        assert_eq!(typed(page), ["0.7", "0.8", "0.9"]);
    }

    #[test]
    fn the_line_of_a_number_is_told() {
        let mut report = Report::default();
        check("a.md", "One.\n\n$$\nx\n$$\n\nThe cost is 0.5.\n", &mut report);
        assert_eq!(report.problems()[0].line, 7);
    }
}
