//! Formulas as MathML, made while the book is built: no script runs in the reader's browser.
//!
//! `pulldown-latex` 0.8 does the work. Its slips are mended here: `\bigl(` comes out with a
//! space missing between two attributes, after which mdBook would show nothing, `<` comes out as
//! it is, and the space of `\ ` by its name. `\mu` comes out as the sign for a millionth, which no
//! font slants; it becomes the Greek letter. An XML parser then confirms that every formula is well
//! formed.

use pulldown_latex::config::{DisplayMode, RenderConfig};
use pulldown_latex::{Parser, Storage, push_mathml};

use crate::allow::FORMULA;
use crate::html::{escape, shield};
use crate::report::Fault;

/// How many characters of a formula a message shows.
const SHOWN: usize = 60;

/// A formula as MathML that is safe inside Markdown, with its LaTeX as the text that is read aloud.
pub fn mathml(latex: &str, display: bool) -> Result<String, Fault> {
    let storage = Storage::new();
    let events: Vec<_> = Parser::new(latex, &storage).collect();
    if let Some(error) = events.iter().find_map(|event| event.as_ref().err()) {
        return Err(unreadable(latex, &error.to_string()));
    }
    let mode = if display { DisplayMode::Block } else { DisplayMode::Inline };
    let config = RenderConfig { display_mode: mode, ..RenderConfig::default() };
    let mut written = String::new();
    push_mathml(&mut written, events.into_iter(), config)
        .map_err(|error| unreadable(latex, &error.to_string()))?;
    let markup = mend(&written);
    confirm(&markup).map_err(|reason| unreadable(latex, &reason))?;
    Ok(dress(&markup, latex))
}

/// Confirms that the markup is well formed, and that no command is left in it as plain text.
fn confirm(markup: &str) -> Result<(), String> {
    let document = roxmltree::Document::parse(markup)
        .map_err(|error| format!("its MathML is not well formed: {error}"))?;
    FORMULA
        .document(&document)
        .map_err(|(_, fault)| fault.cause.trim_end_matches('.').to_owned())?;
    let left = document
        .descendants()
        .filter_map(|node| node.text())
        .find(|text| text.contains('\\'));
    left.map_or(Ok(()), |text| Err(format!("`{text}` is not understood where it stands")))
}

/// Adds the text that is read aloud.
fn dress(markup: &str, latex: &str) -> String {
    let source: Vec<&str> = latex.split_whitespace().collect();
    let alttext = format!("<math alttext=\"{}\"", escape(&source.join(" ")));
    shield(markup).replacen("<math", &alttext, 1)
}

/// Mends the missing space and writes every `<` and `&` that is not markup as a reference.
fn mend(markup: &str) -> String {
    let spaced = markup
        .replace("\"minsize=", "\" minsize=")
        .replace("&amp;nbsp;", "&#160;")
        .replace("&nbsp;", "&#160;")
        .replace('\u{b5}', "\u{3bc}");
    let mut mended = String::with_capacity(spaced.len());
    for (index, character) in spaced.char_indices() {
        let rest = &spaced[index + character.len_utf8()..];
        match character {
            '<' if !rest.starts_with(|c: char| c == '/' || c.is_ascii_alphabetic()) => {
                mended.push_str("&lt;");
            }
            '&' if !is_reference(rest) => mended.push_str("&amp;"),
            _ => mended.push(character),
        }
    }
    mended
}

fn is_reference(rest: &str) -> bool {
    ["lt;", "gt;", "amp;", "#160;"].iter().any(|reference| rest.starts_with(reference))
}

fn unreadable(latex: &str, reason: &str) -> Fault {
    let shown: String = latex.chars().take(SHOWN).collect();
    let more = if latex.chars().count() > SHOWN { "…" } else { "" };
    let what =
        reason.lines().next().unwrap_or_default().trim_start_matches("parsing error: ");
    let place = near(reason).map_or(String::new(), |place| format!(", near `{place}`"));
    Fault::new(
        format!("The formula `{shown}{more}` cannot be read: {what}{place}."),
        "Correct its LaTeX; the reader is pulldown-latex, which knows most of what KaTeX knows.",
    )
}

/// The part of the formula that pulldown-latex's drawing of an error points at.
fn near(reason: &str) -> Option<&str> {
    let lines = reason.lines().filter_map(|line| line.strip_prefix('│'));
    let mut parts = lines.map(|line| line.trim_start_matches('…').trim());
    parts.rfind(|part| !part.trim_matches('^').is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_becomes_mathml_with_its_latex_as_text() {
        let markup = mathml("x^2", false).unwrap();
        assert!(
            markup.starts_with("<math alttext=\"x^2\" display=\"inline\">"),
            "{markup}"
        );
        assert!(markup.contains("<msup>"), "{markup}");
    }

    #[test]
    fn a_big_parenthesis_has_its_attributes_apart() {
        let markup = mathml(r"\bigl( a \bigr)", false).unwrap();
        assert!(markup.contains("\" minsize="), "{markup}");
    }

    #[test]
    fn less_than_and_ampersand_are_escaped() {
        let markup = mathml(r"a < b \& c", false).unwrap();
        assert!(markup.contains("&lt;"), "{markup}");
        assert!(markup.contains("&amp;"), "{markup}");
    }

    #[test]
    fn a_space_by_command_is_a_space_and_not_its_name() {
        let markup = mathml(r"3\ \text{years}", false).unwrap();
        assert!(markup.contains("&#160;") && !markup.contains("nbsp"), "{markup}");
    }

    #[test]
    fn markup_that_is_no_mathematics_is_a_fault() {
        let fault = mathml(r"\operatorname{<script>a</script>}", false).unwrap_err();
        assert!(
            fault.cause.ends_with("`<script>` may not stand in a formula."),
            "{}",
            fault.cause
        );
        assert!(mathml(r"\text{<b>a</b>}", false).unwrap().contains("&lt;b&gt;a"));
    }

    #[test]
    fn mu_is_a_greek_letter() {
        assert!(mathml(r"\mu", false).unwrap().contains("<mi>\u{3bc}</mi>"));
    }

    #[test]
    fn a_bar_cannot_split_a_table_cell() {
        let markup = mathml("|x|", false).unwrap();
        assert!(!markup.contains('|'), "{markup}");
        assert!(markup.contains("&#124;"), "{markup}");
    }

    #[test]
    fn what_does_not_parse_is_a_fault_that_shows_the_formula() {
        let fault = mathml(r"\frac{a", false).unwrap_err();
        assert!(fault.cause.contains(r"`\frac{a`"), "{}", fault.cause);
    }

    #[test]
    fn a_command_that_would_come_out_as_text_is_a_fault() {
        let fault = mathml(r"\operatorname{arg\,min}", false).unwrap_err();
        assert!(fault.cause.contains(r"`arg\,min` is not understood"), "{}", fault.cause);
    }

    #[test]
    fn the_formulas_of_a_textbook_are_well_formed() {
        let formulas = [
            r"\frac{\partial C}{\partial w_{jk}^{(l)}} = a_k^{(l-1)} \delta_j^{(l)}",
            r"\begin{pmatrix} 1 & -2 \\ 0.5 & x_n \end{pmatrix}",
            r"\begin{aligned} z &= \sum_{i=1}^{n} w_i x_i + b \\ a &= \varphi(z) \end{aligned}",
            r"\varphi(z) = \begin{cases} 1 & z \ge 0 \\ 0 & \text{otherwise, if } z < 0 \end{cases}",
            r"\mathbf{w} \in \mathbb{R}^n,\ \lVert \mathbf{x} \rVert_2 \le \tfrac12",
            r"\hat{y} = \operatorname{softmax}(z)_k = \frac{e^{z_k}}{\sum_j e^{z_j}}",
            r"\left( \frac{1}{2} \right)^{\!2} \ll \nabla_\theta\, J \odot \sigma'",
            r"x \leftarrow x - \eta \cdot 2x,\quad f\colon \mathbb{R} \to [0, 1]",
        ];
        for formula in formulas {
            mathml(formula, true).unwrap_or_else(|fault| panic!("{}", fault.cause));
        }
    }
}
