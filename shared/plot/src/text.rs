//! Text: how wide it is, and how numbers are written.

use crate::decimal::Decimal;

/// The height of all lettering, in units: 13 px where the figure is shown 390 px wide.
pub(crate) const SIZE: f64 = 18.7;

/// Half the height of a capital letter, in font sizes: what a baseline lies below the middle of its text.
pub(crate) const HALF_CAPITAL: f64 = 0.35;

/// The distance of lines, in font sizes.
pub(crate) const LEADING: f64 = 1.2;

/// How high a line of the usual size stands.
pub(crate) const LINE: f64 = LEADING * SIZE;

/// The width of the longest line of a text, in units.
///
/// No font is at hand to ask, and every reader has another one. So this is an estimate on the wide side of common
/// sans-serif fonts (between Helvetica and DejaVu Sans): room for a label is rather spared than clipped.
pub(crate) fn width(text: &str) -> f64 {
    text.lines().map(|line| line.chars().map(em).sum::<f64>()).fold(0.0, f64::max) * SIZE
}

/// How high the lines of a text stand, in units.
pub(crate) fn height(text: &str) -> f64 {
    text.lines().count() as f64 * LINE
}

/// The same words on as many lines as this width asks for, broken at spaces, and within a word that is wider alone.
pub(crate) fn wrap(text: &str, most: f64) -> String {
    if width(text) <= most {
        return text.to_owned();
    }
    let fits = |line: &str| width(line) <= most;
    let mut lines: Vec<String> = Vec::new();
    for paragraph in text.lines() {
        let mut line = String::new();
        for word in paragraph.split(' ').filter(|word| !word.is_empty()) {
            let longer =
                if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
            if fits(&longer) {
                line = longer;
                continue;
            }
            lines.extend((!line.is_empty()).then(|| std::mem::take(&mut line)));
            for character in word.chars() {
                if !line.is_empty() && !fits(&format!("{line}{character}")) {
                    lines.push(std::mem::take(&mut line));
                }
                line.push(character);
            }
        }
        lines.push(line);
    }
    lines.join("\n")
}

/// The first `most` lines, ending in an ellipsis if there are more.
pub(crate) fn shorten(text: &str, most: usize) -> String {
    let lines: Vec<&str> = text.lines().collect();
    if lines.len() <= most {
        return text.to_owned();
    }
    let mut kept = lines[..most].join("\n");
    // The ellipsis takes the room of two letters.
    kept.truncate(kept.char_indices().nth_back(1).map_or(0, |(at, _)| at));
    kept + "…"
}

/// The width of a character in font sizes.
fn em(character: char) -> f64 {
    match character {
        'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' | '·' => 0.30,
        'f' | 't' | 'r' | '(' | ')' | '[' | ']' | '/' | ' ' | '\u{202f}' | '-' => 0.39,
        '₀'..='ₜ' | '⁰'..='⁾' | '¹' | '²' | '³' | '"' | '°' => 0.42,
        'W' | '@' | '…' | '—' | '→' | '←' | '⟶' => 1.02,
        'm' | 'w' | 'M' | '%' => 0.92,
        'G' | 'O' | 'Q' => 0.80,
        'C' | 'D' | 'H' | 'N' | 'R' | 'U' => 0.73,
        '+' | '−' | '=' | '<' | '>' | '≤' | '≥' | '≈' | '×' | '±' | '∞' => {
            0.80
        }
        'A'..='Z' | 'Σ' | 'Δ' | 'Ω' => 0.71,
        '\u{300}'..='\u{36f}' => 0.0,
        '\u{2e80}'.. => 1.0,
        _ => 0.61,
    }
}

/// A number with this many decimals, a true minus sign, and a narrow space between groups of thousands from 10 000 on.
pub(crate) fn number(value: f64, decimals: usize) -> String {
    let plain = format!("{:.decimals$}", value.abs());
    let negative = value < 0.0 && plain.chars().any(|c| ('1'..='9').contains(&c));
    let (whole, fraction) =
        plain.split_once('.').map_or((plain.as_str(), None), |(w, f)| (w, Some(f)));
    let mut out = String::from(if negative { "−" } else { "" });
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && whole.len() > 4 && (whole.len() - i) % 3 == 0 {
            out.push('\u{202f}');
        }
        out.push(digit);
    }
    if let Some(fraction) = fraction {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

/// The value of a mark, with this many decimals; too large to write out, with a power of ten: 2.5·10¹⁷.
pub(crate) fn value(value: f64, decimals: usize) -> String {
    if value.abs() < 1e15 {
        number(value, decimals.min(17))
    } else {
        Decimal::near(value, 3).scientific()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_a_typesetter_would() {
        assert_eq!(number(-0.5, 1), "−0.5");
        assert_eq!(number(-0.001, 2), "0.00");
        assert_eq!(number(1_437.0, 0), "1437");
        assert_eq!(number(1_234_567.0, 0), "1\u{202f}234\u{202f}567");
        assert_eq!(value(2.5, 1), "2.5");
        assert_eq!(value(f64::MAX, usize::MAX), "1.8·10³⁰⁸");
    }

    #[test]
    fn words_are_wrapped_and_none_is_lost() {
        let words = "an upper and a lower limit, hippopotamuses\nof numbers";
        for most in [0.0, 20.0, 50.0, 90.0, 140.0, 1_000.0] {
            let wrapped = wrap(words, most);
            let letters = |text: &str| text.replace(char::is_whitespace, "");
            assert_eq!(letters(&wrapped), letters(words));
            assert!(most < 20.0 || width(&wrapped) <= most, "{most}: {wrapped}");
        }
        assert_eq!(shorten("one\ntwo\nthree", 2), "one\nt…");
    }

    #[test]
    fn the_longest_line_sets_the_width() {
        assert_eq!(width("ab\nabcd\nabc"), width("abcd"));
        assert!(width("mmm") > width("iii"));
    }
}
