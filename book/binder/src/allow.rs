//! What may stand in the book: which elements and attributes, and which addresses.
//!
//! Everything else stops the build, so that no script, no event handler and no request comes in with
//! a page, a figure or a formula.

use crate::report::Fault;

/// Sites that a link may lead to.
const SCHEMES: [&str; 3] = ["https", "http", "mailto"];

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

/// HTML that is written in a page.
pub const PAGE: Markup = Markup {
    name: "page",
    elements: "a abbr br details dfn div em kbd p span strong sub summary sup",
    attributes: "class href id lang open title",
};

/// The SVG of a pinned figure.
pub const FIGURE: Markup = Markup {
    name: "figure",
    elements: "circle desc ellipse g line path polygon polyline rect svg text title tspan",
    attributes: "aria-hidden aria-label aria-labelledby class cx cy d dominant-baseline dx dy fill \
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
    ///
    /// # Errors
    ///
    /// If it may not; the fault names those that may.
    pub fn element(&self, name: &str) -> Result<(), Fault> {
        match self.elements.split(' ').any(|known| known == name) {
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

    /// Whether an attribute may have this value.
    ///
    /// # Errors
    ///
    /// If there may be no such attribute, or if it leads where no link may, or if a style would
    /// fetch something.
    pub fn attribute(&self, name: &str, value: &str) -> Result<(), Fault> {
        if !self.attributes.split(' ').any(|known| known == name) {
            return Err(Fault::new(
                format!("The attribute `{name}` may not stand in a {}.", self.name),
                format!("Do without it. These may: {}.", self.attributes),
            ));
        }
        if name == "href" {
            return link(value);
        }
        // A backslash would spell `url(` in other letters.
        match value.to_ascii_lowercase().contains("url(") || value.contains('\\') {
            true => Err(Fault::new(
                format!("The attribute `{name}` fetches something: `{value}`."),
                "Give it a plain value.",
            )),
            false => Ok(()),
        }
    }

    /// Whether all of an XML document may stand in the book.
    ///
    /// # Errors
    ///
    /// If something in it may not; the number is its line within the document.
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

/// Whether a link may lead to `target`.
///
/// # Errors
///
/// If it leads nowhere, or by a way that is not one of the book's.
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

/// Whether a picture may come from `target`.
///
/// # Errors
///
/// If it is not a file of the book.
pub fn picture(target: &str) -> Result<(), Fault> {
    match is_elsewhere(target) || target.trim().is_empty() {
        true => Err(Fault::new(
            format!("A picture may not come from `{target}`."),
            "Put the file beside the page.",
        )),
        false => Ok(()),
    }
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
        ] {
            assert!(link(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn pictures_come_from_the_book_only() {
        assert!(picture("a/b.png").is_ok());
        for bad in ["", "https://a.org/b.png", "//a.org/b.png", "data:image/png,c"] {
            assert!(picture(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_style_fetches_nothing_in_any_spelling() {
        assert!(FIGURE.attribute("style", "max-width:100%").is_ok());
        for bad in ["fill:url(#a)", "fill:URL(b)", "fill:u\\72l(c)"] {
            assert!(FIGURE.attribute("style", bad).is_err(), "{bad}");
        }
    }
}
