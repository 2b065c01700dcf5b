//! A pinned number in print and in a formula.
//!
//! A snapshot holds `-0.5` or `1.2e-7`. In print a minus sign is not a hyphen, and a power of ten
//! is written as one.

use crate::html::escape;

/// A stretch of a pinned text.
#[derive(Debug, PartialEq)]
enum Part<'a> {
    /// Anything that is not one of the others.
    Text(&'a str),
    /// The minus sign of a number.
    Minus,
    /// `e-7` after a number: the exponent.
    Power(&'a str),
    /// The space before a per cent sign or another unit.
    Space,
}

/// A pinned text as HTML that is safe inside Markdown: `−0.5`, `1.2 × 10⁻⁷`.
pub fn html(text: &str) -> String {
    let write = |part| match part {
        Part::Text(text) => escape(text),
        Part::Minus => "−".to_owned(),
        Part::Power(exponent) => {
            format!("\u{202f}×\u{202f}10<sup>{}</sup>", exponent.replace('-', "−"))
        }
        Part::Space => "\u{202f}".to_owned(),
    };
    parts(text).into_iter().map(write).collect()
}

/// A pinned text as LaTeX, in braces so that a sign before it stays a sign of its own.
pub fn latex(text: &str) -> String {
    let write = |part| match part {
        Part::Text(text) => latex_text(text),
        Part::Minus => "-".to_owned(),
        Part::Power(exponent) => format!(" \\times 10^{{{exponent}}}"),
        Part::Space => "\\,".to_owned(),
    };
    format!("{{{}}}", parts(text).into_iter().map(write).collect::<String>())
}

/// A pinned text as plain words, for the names that are read aloud.
pub fn plain(text: &str) -> String {
    let write = |part| match part {
        Part::Text(text) => text.to_owned(),
        Part::Minus => "−".to_owned(),
        Part::Power(exponent) => format!(" × 10^{}", exponent.replace('-', "−")),
        Part::Space => "\u{a0}".to_owned(),
    };
    parts(text).into_iter().map(write).collect()
}

fn latex_text(text: &str) -> String {
    if text.contains(|c: char| c.is_alphabetic()) {
        return format!("\\text{{{text}}}");
    }
    text.replace('%', "\\%").replace(',', "{,}")
}

fn parts(text: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut from = 0;
    let mut at = 0;
    while at < text.len() {
        let (part, length) = match special(text, at) {
            Some(found) => found,
            None => {
                at += text[at..].chars().next().map_or(1, char::len_utf8);
                continue;
            }
        };
        parts.push(Part::Text(&text[from..at]));
        parts.push(part);
        at += length;
        from = at;
    }
    parts.push(Part::Text(&text[from..]));
    parts.retain(|part| *part != Part::Text(""));
    parts
}

/// The special part that begins at `at`, and its length.
fn special(text: &str, at: usize) -> Option<(Part<'_>, usize)> {
    let before = text[..at].chars().next_back();
    let rest = &text[at..];
    let digit = |c: char| c.is_ascii_digit();
    let after_digit = before.is_some_and(digit);
    if rest.starts_with('-') && rest[1..].starts_with(digit) {
        let is_sign = !before.is_some_and(|c| c.is_alphanumeric());
        return is_sign.then_some((Part::Minus, 1));
    }
    if rest.starts_with(['e', 'E']) && after_digit {
        let sign = usize::from(rest[1..].starts_with(['-', '+']));
        let digits = rest[1 + sign..].chars().take_while(|c| digit(*c)).count();
        let stop = 1 + sign + digits;
        let ends = !rest[stop..].starts_with(|c: char| c.is_alphanumeric());
        let exponent = rest[1..stop].trim_start_matches('+');
        return (digits > 0 && ends).then_some((Part::Power(exponent), stop));
    }
    (rest.starts_with(" %") && after_digit).then_some((Part::Space, 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_minus_is_not_a_hyphen() {
        assert_eq!(html("-0.5"), "−0.5");
        assert_eq!(html("0.1 to -0.5"), "0.1 to −0.5");
    }

    #[test]
    fn a_hyphen_between_words_or_digits_stays_one() {
        assert_eq!(html("64-32"), "64&#45;32");
    }

    #[test]
    fn a_power_of_ten_is_written_as_one() {
        assert_eq!(html("1.2e-7"), "1.2\u{202f}×\u{202f}10<sup>−7</sup>");
        assert_eq!(html("3e+50"), "3\u{202f}×\u{202f}10<sup>50</sup>");
    }

    #[test]
    fn a_word_with_an_e_is_no_number() {
        assert_eq!(html("5 epochs, 3else"), "5 epochs, 3else");
    }

    #[test]
    fn a_per_cent_sign_stays_with_its_number() {
        assert_eq!(html("97.5 %"), "97.5\u{202f}%");
        assert_eq!(latex("97.5 %"), "{97.5\\,\\%}");
    }

    #[test]
    fn formulas_get_braces_times_and_powers() {
        assert_eq!(latex("-0.5"), "{-0.5}");
        assert_eq!(latex("-1.2e-7"), "{-1.2 \\times 10^{-7}}");
        assert_eq!(latex("1,437"), "{1{,}437}");
        assert_eq!(latex("cat"), "{\\text{cat}}");
    }
}
