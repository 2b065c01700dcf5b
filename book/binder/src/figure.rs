//! A pinned figure, dressed for its place in a page.

use crate::html::escape;

/// The SVG with `name` as its accessible name.
///
/// An empty `name` leaves the figure's own title to speak for it.
pub fn dress(svg: &str, name: &str) -> String {
    let Some(end) = svg.find('>').filter(|_| !name.is_empty()) else {
        return svg.to_owned();
    };
    let tag = without_attribute(&svg[..end], "aria-labelledby");
    let tag = tag.replacen("<svg", &format!("<svg aria-label=\"{}\"", escape(name)), 1);
    // Nothing points to its title and description any more; a figure may stand on two pages, and both in one book.
    let shapes = ["title", "desc"].iter().fold(svg[end..].to_owned(), |svg, name| {
        match svg.find(&format!("<{name} ")) {
            Some(start) => {
                let end = svg[start..].find('>').map_or(svg.len(), |end| start + end);
                let tag = without_attribute(&svg[start..end], "id");
                format!("{}{tag}{}", &svg[..start], &svg[end..])
            }
            None => svg,
        }
    });
    tag + &shapes
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

    const SVG: &str =
        "<svg role=\"img\" aria-labelledby=\"t\"><title id=\"t\">T</title></svg>";

    #[test]
    fn the_caption_becomes_the_accessible_name() {
        assert_eq!(
            dress(SVG, "The cost falls"),
            "<svg aria-label=\"The cost falls\" role=\"img\"><title>T</title></svg>"
        );
    }

    #[test]
    fn without_a_caption_the_figures_own_title_stays_its_name() {
        assert_eq!(dress(SVG, ""), SVG);
    }
}
