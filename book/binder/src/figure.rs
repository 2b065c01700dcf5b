//! A pinned figure, dressed for its place in a page.

use crate::html::escape;

/// The SVG with `name` as its accessible name, and its ids made unlike those of other figures.
///
/// An empty `name` leaves the figure's own title to speak for it.
pub fn dress(svg: &str, name: &str, key: &str) -> String {
    let svg = separate_ids(svg, key);
    let Some(end) = svg.find('>').filter(|_| !name.is_empty()) else {
        return svg;
    };
    let tag = without_attribute(&svg[..end], "aria-labelledby");
    let tag = tag.replacen("<svg", &format!("<svg aria-label=\"{}\"", escape(name)), 1);
    tag + &svg[end..]
}

/// Puts `key` before every id and every reference to one: two figures on a page may use the same.
fn separate_ids(svg: &str, key: &str) -> String {
    let mut unique = svg.to_owned();
    for opening in [" id=\"", "url(#", "href=\"#"] {
        unique = unique.replace(opening, &format!("{opening}{key}-"));
    }
    unique
}

fn without_attribute(tag: &str, name: &str) -> String {
    let opening = format!(" {name}=\"");
    let Some(start) = tag.find(&opening) else {
        return tag.to_owned();
    };
    let value = start + opening.len();
    let end = tag[value..].find('"').map_or(tag.len(), |length| value + length + 1);
    format!("{}{}", &tag[..start], &tag[end..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_caption_becomes_the_accessible_name() {
        let svg =
            "<svg role=\"img\" aria-labelledby=\"t\"><title id=\"t\">T</title></svg>";
        assert_eq!(
            dress(svg, "The cost falls", "k"),
            "<svg aria-label=\"The cost falls\" role=\"img\"><title id=\"k-t\">T</title></svg>"
        );
    }

    #[test]
    fn ids_and_references_move_together() {
        let svg = "<svg><clipPath id=\"c\"/><g clip-path=\"url(#c)\"/></svg>";
        assert_eq!(
            dress(svg, "", "k"),
            "<svg><clipPath id=\"k-c\"/><g clip-path=\"url(#k-c)\"/></svg>"
        );
    }
}
