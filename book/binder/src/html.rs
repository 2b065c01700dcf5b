//! Text that is safe inside Markdown and HTML at once.
//!
//! What the binder writes is read twice, by Markdown and by the browser. A `|` in a table, a `*` or
//! a quotation mark would mean something to Markdown; written as a character reference, each of
//! them is only itself.

/// Characters that HTML or Markdown (with tables, strikethrough and smart punctuation) would read
/// as something else.
const ACTIVE: &str = "&<>\"'*_`~[]()\\|$!-{}#";

/// `text` with every character that means something to HTML or Markdown as a reference.
pub fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        if ACTIVE.contains(character) {
            safe.push_str(&format!("&#{};", u32::from(character)));
        } else {
            safe.push(character);
        }
    }
    safe
}

/// Markup in which everything between the tags is safe from Markdown; the tags stay as they are.
///
/// Character references that are already there are kept.
pub fn shield(markup: &str) -> String {
    let mut safe = String::with_capacity(markup.len() * 2);
    let mut rest = markup;
    while let Some(open) = rest.find('<') {
        safe.push_str(&shield_text(&rest[..open]));
        let close = rest[open..].find('>').map_or(rest.len(), |end| open + end + 1);
        safe.push_str(&rest[open..close].replace('|', "&#124;"));
        rest = &rest[close..];
    }
    safe.push_str(&shield_text(rest));
    safe
}

/// An SVG or MathML element that stands on lines of its own, written so that its inside stays out of
/// the search index.
///
/// mdBook indexes every text but that of a `style` element, and reads on from a `<style/>` to the
/// end of the HTML block as if it were all style: it copies that part as it is and indexes none
/// of it. A browser reads SVG and MathML by their own rules, by which `<style/>` is empty and ends
/// at once. The blank line ends the block, so that mdBook reads the closing tag again.
pub fn unindexed(element: &str) -> String {
    let inside = element.find('>').map_or(0, |end| end + 1);
    let Some(end) = element.rfind("</").filter(|end| *end >= inside) else {
        return element.to_owned();
    };
    let (start, text, end) = (&element[..inside], &element[inside..end], &element[end..]);
    format!("{start}<style/>{}\n\n{}", text.trim_end(), end.trim_end())
}

/// Escapes text that may hold character references already.
fn shield_text(text: &str) -> String {
    let mut parts = text.split('&');
    let mut safe = escape(parts.next().unwrap_or_default());
    for part in parts {
        let (reference, tail) = part.split_once(';').unwrap_or(("amp", part));
        safe.push_str(&format!("&{reference};{}", escape(tail)));
    }
    safe
}

/// Whether a text shows nothing: it is empty, or holds only spaces and characters of no width.
pub fn is_blank(text: &str) -> bool {
    let is_bare = |c: char| {
        c.is_whitespace()
            || c.is_control()
            || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}')
            || matches!(c, '\u{2060}'..='\u{206f}' | '\u{feff}')
    };
    text.chars().all(is_bare)
}

/// The words of some Markdown, without its markup: what a screen reader should say.
pub fn plain_text(markdown: &str) -> String {
    use pulldown_cmark::{Event, Parser};
    let mut words = String::new();
    for event in Parser::new(markdown) {
        match event {
            Event::Text(text) | Event::Code(text) => words.push_str(&text),
            Event::SoftBreak | Event::HardBreak => words.push(' '),
            _ => {}
        }
    }
    words.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdowns_characters_become_references() {
        assert_eq!(escape("a|b*"), "a&#124;b&#42;");
    }

    #[test]
    fn tags_and_references_are_left_as_they_are() {
        assert_eq!(
            shield("<mo stretchy=\"true\">|</mo><mtext>&#160;a_b</mtext>"),
            "<mo stretchy=\"true\">&#124;</mo><mtext>&#160;a&#95;b</mtext>"
        );
    }

    #[test]
    fn what_stays_out_of_the_index_is_between_a_style_and_a_blank_line() {
        assert_eq!(
            unindexed("<svg a=\"b\">\n<g>1</g>\n</svg>\n"),
            "<svg a=\"b\"><style/>\n<g>1</g>\n\n</svg>"
        );
    }

    #[test]
    fn plain_text_keeps_the_words_only() {
        assert_eq!(plain_text("The *cost* of `f` falls."), "The cost of f falls.");
    }
}
