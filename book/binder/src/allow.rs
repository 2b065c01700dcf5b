//! What may stand in the book: which elements and attributes, and which addresses.
//!
//! Everything else stops the build, so that no script, no event handler and no request comes in with
//! a page, a figure or a formula.

use crate::report::Fault;

/// Sites that a link may lead to.
const SCHEMES: [&str; 3] = ["https", "http", "mailto"];

/// What a style may set, with a space between the names.
const STYLES: &str =
    "background-color border border-color color height margin-left max-width width";

/// The functions that a value may call; none of them fetches anything.
const FUNCTIONS: &str = "hsl matrix rgb rotate scale translate var";

/// Attributes whose values are words or names, in which a bracket is only that.
const WORDS: &str = "aria-label aria-labelledby class encoding id lang title";

/// The elements that one kind of markup may use, and their attributes.
#[derive(Debug)]
pub struct Markup {
    /// Its name, as messages say it.
    name: &'static str,
    /// Names, with a space between them.
    elements: &'static str,
    /// The same of attributes.
    attributes: &'static str,
}

/// The SVG of a pinned figure.
pub const FIGURE: Markup = Markup {
    name: "figure",
    elements: "circle desc ellipse g line path polygon polyline rect svg text title tspan",
    attributes: "aria-hidden aria-label aria-labelledby class cx cy d data-from data-grip data-to dominant-baseline dx dy fill \
        fill-opacity fill-rule font-family font-size font-style font-weight height id \
        letter-spacing opacity paint-order points preserveAspectRatio r role rx ry \
        shape-rendering stroke stroke-dasharray stroke-linecap stroke-linejoin \
        stroke-opacity stroke-width style text-anchor transform vector-effect viewBox width \
        x x1 x2 y y1 y2",
};

/// The MathML of a formula.
pub const FORMULA: Markup = Markup {
    name: "formula",
    elements: "annotation math menclose merror mfrac mi mmultiscripts mn mo mover mpadded mphantom \
        mprescripts mroot mrow ms mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr \
        munder munderover none semantics",
    attributes: "accent accentunder class columnspan depth display displaystyle encoding fence form \
        height largeop linethickness lspace mathbackground mathcolor mathsize mathvariant \
        maxsize minsize movablelimits notation rowspan rspace scriptlevel separator stretchy \
        style symmetric voffset width",
};

impl Markup {
    /// Whether the element `name` may stand in this kind of markup.
    pub fn element(&self, name: &str) -> Result<(), Fault> {
        match is_in(self.elements, name) {
            true => Ok(()),
            false => Err(Fault::new(
                format!("`<{name}>` may not stand in a {}.", self.name),
                format!(
                    "Do without it; to show it as it is, write it as code. These may: {}.",
                    self.elements
                ),
            )),
        }
    }

    /// Whether an attribute may have this value: no number that is none, no style and no function that
    /// could fetch something.
    pub fn attribute(&self, name: &str, value: &str) -> Result<(), Fault> {
        if !is_in(self.attributes, name) {
            return Err(Fault::new(
                format!("The attribute `{name}` may not stand in a {}.", self.name),
                format!("Do without it. These may: {}.", self.attributes),
            ));
        }
        match is_in(WORDS, name)
            || is_plain(value) && (name != "style" || is_style(value))
        {
            true => Ok(()),
            false => Err(Fault::new(
                format!("The attribute `{name}` has no plain value: `{value}`."),
                format!(
                    "Give it finite numbers, names or one of the functions {FUNCTIONS}; a style may \
                     set {STYLES}."
                ),
            )),
        }
    }

    /// Whether all of an XML document may stand in the book; a fault comes with its line in the document.
    pub fn document(
        &self,
        document: &roxmltree::Document<'_>,
    ) -> Result<(), (u32, Fault)> {
        for node in document.descendants().filter(roxmltree::Node::is_element) {
            let line = document.text_pos_at(node.range().start).row;
            self.element(node.tag_name().name()).map_err(|fault| (line, fault))?;
            for attribute in node.attributes() {
                self.attribute(attribute.name(), attribute.value())
                    .map_err(|fault| (line, fault))?;
            }
        }
        Ok(())
    }
}

/// Whether `name` is one of some names with a space between them.
pub fn is_in(names: &str, name: &str) -> bool {
    names.split(' ').any(|known| known == name)
}

/// Whether a value calls none but the known functions and holds no number that is none. A backslash
/// or a comment would spell a function in other letters.
fn is_plain(value: &str) -> bool {
    let calls = value.match_indices('(').all(|(at, _)| {
        let before = &value[..at];
        let name = before.rsplit(|c: char| !c.is_ascii_alphanumeric() && c != '-').next();
        is_in(FUNCTIONS, name.unwrap_or_default())
    });
    let lower = value.to_ascii_lowercase();
    let is_odd =
        |word: &str| ["nan", "inf", "infinity"].iter().any(|odd| word.ends_with(odd));
    calls
        && !lower.split(|c: char| !c.is_alphabetic()).any(is_odd)
        && !["\\", "/*", "//"].iter().any(|odd| value.contains(odd))
}

/// Whether a style sets only what a style may set.
fn is_style(value: &str) -> bool {
    value.split(';').filter(|rule| !rule.trim().is_empty()).all(|rule| {
        rule.split_once(':').is_some_and(|(name, _)| is_in(STYLES, name.trim()))
    })
}

/// Whether a link may lead to `target`.
pub fn link(target: &str) -> Result<(), Fault> {
    let known = match scheme(target) {
        Some(scheme) => SCHEMES.iter().any(|known| scheme.eq_ignore_ascii_case(known)),
        None => !target.starts_with("//"),
    };
    if target.trim().is_empty() {
        return Err(Fault::new(
            "A link leads nowhere.",
            "Write its target: a page or a site.",
        ));
    }
    if known && !arrives(target) {
        return Err(Fault::new(
            format!("The link `{target}` has no target."),
            "Write all of it: `https://example.org/page`, or `mailto:name@example.org`.",
        ));
    }
    match known {
        true => Ok(()),
        false => Err(Fault::new(
            format!("A link may not lead to `{target}`."),
            format!(
                "Name a page of the book, or begin with one of {}.",
                SCHEMES.join(", ")
            ),
        )),
    }
}

/// Whether something stands behind the scheme of a link: a host, or a mailbox.
fn arrives(target: &str) -> bool {
    let Some(scheme) = scheme(target) else { return true };
    let rest = &target[scheme.len() + 1..];
    match scheme.eq_ignore_ascii_case("mailto") {
        true => rest
            .split_once('@')
            .is_some_and(|(name, host)| !name.is_empty() && begins_host(host)),
        false => rest.strip_prefix("//").is_some_and(begins_host),
    }
}

fn begins_host(text: &str) -> bool {
    text.starts_with(char::is_alphanumeric)
}

/// Whether a target is not in the book: another site, a mail address, data in place.
pub fn is_elsewhere(target: &str) -> bool {
    scheme(target).is_some() || target.starts_with("//")
}

/// What stands before the colon of an address that begins with a scheme.
pub fn scheme(target: &str) -> Option<&str> {
    let (scheme, _) = target.split_once(':')?;
    (!scheme.contains(['/', '?', '#'])).then_some(scheme)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_lead_to_pages_sites_and_mail_only() {
        for good in [
            "a.md",
            "../b.md#c",
            "#d",
            "https://e.org/a:b",
            "HTTP://f.org",
            "mailto:g@h.org",
            "i/j:k",
        ] {
            assert!(link(good).is_ok(), "{good}");
        }
        for bad in [
            "",
            " ",
            "//a.org",
            "file:///b",
            "javascript:c",
            "JavaScript:d",
            "data:,e",
            "xyz:f",
            "C:\\g",
            "https:",
            "https://",
            "http:///a",
            "https:a",
            "mailto:",
            "mailto:a@",
            "mailto:@b.org",
        ] {
            assert!(link(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_value_is_plain_and_fetches_nothing_in_any_spelling() {
        for (name, good) in [
            ("style", "max-width:100%;height:auto"),
            ("fill", "var(--plot-ink,#22252b)"),
            ("transform", "translate(1 2)"),
            ("font-family", "var(--plot-font,'Segoe UI',Arial)"),
            ("aria-label", "cost (a url(b) in words)"),
        ] {
            assert!(FIGURE.attribute(name, good).is_ok(), "{good}");
        }
        for (name, bad) in [
            ("style", "fill:url(#a)"),
            ("style", "color:URL(b)"),
            ("style", "color:u\\72l(c)"),
            ("style", "background-image:image-set('https://x/a.png' 1x)"),
            ("style", "color:image-set('d.png' 1x)"),
            ("style", "color:-webkit-image-set('d.png' 1x)"),
            ("style", "color:u/**/rl(e)"),
            ("style", "content:'f'"),
            ("style", "--g:1"),
            ("style", "color"),
            ("fill", "image('h.png')"),
            ("fill", "src('i')"),
            ("d", "M NaN 0"),
            ("d", "MNaN 0"),
            ("points", "0,-inf"),
            ("d", "M0 0Linf infl1 1"),
            ("transform", "translate(NaN)"),
        ] {
            assert!(FIGURE.attribute(name, bad).is_err(), "{bad}");
        }
        assert!(FORMULA.attribute("style", "border: 0.06em solid rgb(1 2 3)").is_ok());
        assert!(FORMULA.attribute("form", "infix").is_ok());
        assert!(FORMULA.attribute("style", "background-image: rgb(1)").is_err());
    }
}
