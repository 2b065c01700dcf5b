//! What a number typed by hand is.
//!
//! A number that the code computes belongs into a snapshot and comes into the sentence by
//! `{{#value …}}`; a number that somebody else published comes with its source by
//! `{{#published …}}`. So a decimal number, a power of ten or a percentage in plain words is a
//! finding. Code, formulas, whole numbers, years, versions and the addresses of links are not.

use crate::html::is_blank;
use crate::prose::blocks;
use crate::report::Fault;
use crate::scan::{Found, Scan};

/// Words after which a number with a point is a version or a label.
const LABELS: [&str; 12] = [
    "version", "versions", "v", "rust", "mdbook", "edition", "chapter", "section",
    "figure", "table", "equation", "page",
];
/// A licence carries its version, too.
const LICENCE: &str = "BY";

/// What follows a number that is a share.
const SHARES: [&str; 12] = [
    "%",
    "％",
    "﹪",
    "٪",
    "‰",
    "‱",
    "percent",
    "per cent",
    "per mille",
    "percentage",
    "pct",
    "p.c",
];

/// Points of other scripts and hands; the comma is one, too, if it groups no thousands.
const POINTS: &str = ".．․٫";

/// Points behind a zero, between other digits the sign of a product.
const DOTS: &str = "·⋅";

/// Digits that stand above the line.
const RAISED: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻";

/// Every number typed by hand in a text of the book.
pub fn faults(scan: &Scan<'_>) -> Vec<Found> {
    let blocks = blocks(scan);
    let found = blocks.iter().flat_map(|block| {
        let numbers = numbers(&block.words);
        numbers.into_iter().map(|(index, number)| (block.place(index), fault(number)))
    });
    found.collect()
}

/// Every number typed by hand in words that are no Markdown.
pub fn in_words(words: &str) -> impl Iterator<Item = Fault> {
    numbers(words).into_iter().map(|(_, number)| fault(number))
}

fn fault(number: &str) -> Fault {
    Fault::new(
        format!("The number {number} is typed by hand."),
        "If the code computes it, write `{{#value section/name}}`; if someone published it, \
         `{{#published … | who, when}}`; if it is a setting or an input, write it as code or as a \
         formula.",
    )
}

/// The typed numbers in some words, and where they begin.
fn numbers(words: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let mut at = 0;
    let is_part = |c: char| c.is_alphanumeric() || POINTS.contains(c);
    while let Some(length) = words[at..].find(is_part) {
        let start = at + length;
        let glue = words[start..].find(|c: char| !c.is_alphabetic()).unwrap_or(0);
        let length = number_length(&words[start + glue..]);
        let end = start + glue + length;
        // What goes on in letters behind letters is a name: `x2.5y`.
        let is_name =
            glue > 0 && words[end..].starts_with(|c: char| c.is_ascii_alphabetic());
        if length > 0 && !is_name {
            let number = &words[start + glue..end];
            let before = if glue > 0 { "" } else { &words[..start] };
            if is_typed(before, number, &words[end..]) {
                found.push((start + glue, number));
            }
        }
        let rest = &words[end..];
        at = end + rest.find(|c| !is_part(c)).unwrap_or(rest.len());
    }
    found
}

/// The ASCII digit that a character stands for, or the point.
fn plain(character: char) -> Option<char> {
    match character {
        '０'..='９' => char::from_digit(u32::from(character) - u32::from('０'), 10),
        '\u{1d7ce}'..='\u{1d7ff}' => {
            char::from_digit((u32::from(character) - 0x1d7ce) % 10, 10)
        }
        c if c.is_ascii_digit() => Some(c),
        c if POINTS.contains(c) || DOTS.contains(c) => Some('.'),
        ',' | '，' => Some(','),
        _ => None,
    }
}

/// How long the number is with which `text` begins: `1,437`, `0.5`, `.57`, `1.2.3`, `3.5e-2`, `97%`.
fn number_length(text: &str) -> usize {
    let is_digit = |c: char| plain(c).is_some_and(|c| c.is_ascii_digit());
    let digits = |from: usize| {
        let rest = &text[from..];
        rest.find(|c: char| !is_digit(c)).unwrap_or(rest.len())
    };
    let mut length = digits(0);
    while let Some(point) = text[length..].chars().next()
        && plain(point).is_some()
        && (!DOTS.contains(point) || &text[..length] == "0")
        && digits(length + point.len_utf8()) > 0
    {
        length += point.len_utf8();
        length += digits(length);
    }
    if length > 0 && text[length..].starts_with(['e', 'E']) {
        let sign = text[length + 1..].chars().next().filter(|c| "+-−".contains(*c));
        let from = length + 1 + sign.map_or(0, char::len_utf8);
        if digits(from) > 0 {
            length = from + digits(from);
        }
    }
    length + usize::from(length > 0 && text[length..].starts_with('%'))
}

/// Whether a number is one that has to come from somewhere, by its own looks and those of what
/// stands around it.
fn is_typed(before: &str, number: &str, after: &str) -> bool {
    let digits: String =
        number.trim_end_matches('%').chars().map(|c| plain(c).unwrap_or(c)).collect();
    let is_share = number.ends_with('%') || {
        let after = after.trim_start_matches(|c| is_gap(c) || c == '-');
        SHARES.iter().any(|share| starts_with(after, share))
    };
    let is_ten = digits.rsplit(['.', ',']).next() == Some("10");
    let is_power = digits.contains(['e', 'E'])
        || after.starts_with('⁻')
        || after.starts_with("^-")
        || is_ten && after.starts_with(|c| c == '^' || RAISED.contains(c));
    let is_decimal = match digits.split_once(['.', ',']) {
        Some((_, rest)) if digits.contains('.') => {
            !rest.contains('.') || digits.contains(',')
        }
        Some((whole, rest)) => {
            whole == "0" || !rest.split(',').all(|group| group.len() == 3)
        }
        None => false,
    };
    is_share || is_power || (is_decimal && !follows_label(before))
}

/// Whether a character parts a number from its unit: a space of any width, or of none.
fn is_gap(character: char) -> bool {
    is_blank(character.encode_utf8(&mut [0; 4]))
}

fn starts_with(text: &str, word: &str) -> bool {
    let is_end = |rest: &str| !rest.starts_with(char::is_alphabetic);
    text.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word))
        && is_end(&text[word.len()..])
}

fn follows_label(before: &str) -> bool {
    let word = before.trim_end().rsplit(|c: char| !c.is_alphanumeric()).next();
    let word = word.unwrap_or_default();
    word == LICENCE || LABELS.contains(&word.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scan::line_of;

    fn typed(text: &str) -> Vec<String> {
        let scan = Scan::new(text);
        let causes = faults(&scan).into_iter().map(|(_, fault)| fault.cause);
        let number =
            |cause: String| cause.split(' ').nth(2).unwrap_or_default().to_owned();
        causes.map(number).collect()
    }

    #[test]
    fn decimals_and_percentages_in_prose_are_found() {
        assert_eq!(
            typed("The cost is 0.274, or 97.5 %, or 3%."),
            ["0.274", "97.5", "3%"]
        );
    }

    #[test]
    fn every_spelling_of_a_measured_number_is_found() {
        let spellings = [
            "3.5e-2",
            "1e-7",
            "2E+5",
            ".57",
            "−.57",
            "0.55x",
            "0.5×",
            "p=0.5",
            "(0.25)",
            "0,57",
            "1,437.5",
            "97 percent",
            "97 per cent",
            "97 Percent",
            "97-percent",
            "97\npercent",
            "97\u{a0}%",
            "97 ％",
            "3 ‰",
            "2 percentage points",
            "10⁻⁷",
            "10^-7",
            "0.**57**",
            "0&#46;57",
            "~0.5",
            "0.5s",
            "97\u{2009}%",
            "97\u{202f}%",
            "97&thinsp;%",
            "97\u{200b}%",
            "97\u{2003}percent",
            "97 p.c.",
            "0,570",
            "10³",
            "10^3",
            "2·10³",
            "loss0.57",
            "v0.57",
            "损失0.57的",
            "０.５７",
            "０．５７",
            "0·55",
            "0⋅55",
            "𝟎.𝟓𝟕",
            "falls by 0.27",
            "# Costs 0.27",
            "[see 0.27](a.md)",
            "![0.27](a.png)",
            "[see](a.md \"0.27\")",
        ];
        for spelling in spellings {
            assert_eq!(typed(spelling).len(), 1, "{spelling}: {:?}", typed(spelling));
        }
    }

    #[test]
    fn whole_numbers_years_and_versions_are_fine() {
        let fine = "In 2015, 8 students; mdBook 0.5, Rust 1.88, 1.2.3, chapter 4, 1,437 rows, \
                    70,000, 64-32-10, 3rd, ch05, x2.5y, CC BY 4.0, 1, 2, 3, 100 personal, 8 × 8, \
                    28² pixels, ½, 8 · 8, 2·3, 10 × 10, a³, \
                    2015-10-03, page 10, figure 2.1, v1.2.3.";
        assert!(typed(fine).is_empty(), "{:?}", typed(fine));
    }

    #[test]
    fn code_formulas_addresses_and_directives_are_not_looked_at() {
        let page = "Use `0.1`, $x = 0.2$, [see](a0.3.md), <https://a.org/0.5>, {{#value a/b}} and \
                    {{#published 0.29 | Mazur}}.\n\n```text\n0.4\n```\n";
        assert!(typed(page).is_empty(), "{:?}", typed(page));
    }

    #[test]
    fn captions_answers_and_tables_are_prose() {
        let page = "{{#figure a/b}} Ends at 0.7.\n\n{{#question}}\nWhy 0.8?\n{{#answer}}\nSo.\n\
                    {{/question}}\n\n| a |\n|---|\n| 0.9 |\n";
        assert_eq!(typed(page), ["0.7", "0.8", "0.9"]);
    }

    #[test]
    fn the_line_of_a_number_is_told() {
        let page = "One.\n\n$$\nx\n$$\n\nThe cost is\nof *0.5*.\n";
        let found = faults(&Scan::new(page));
        assert_eq!(line_of(page, found[0].0), 8);
    }
}
