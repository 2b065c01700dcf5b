//! Makes sure that the built book asks the network for nothing.
//!
//! A link that the reader may click is no request. A picture, a script, a style sheet or a font
//! from elsewhere is one; so is a code block with a play button.

use std::fs;
use std::io;
use std::path::Path;

use html5gum::{StartTag, Token, Tokenizer};

use crate::allow::{is_elsewhere, scheme};
use crate::report::{Fault, Report};
use crate::workspace::{display, files};

/// Checks every page and style sheet below `built`.
///
/// # Errors
///
/// If a file cannot be read.
pub fn check(built: &Path, report: &mut Report) -> io::Result<()> {
    for file in files(built, "html")? {
        let name =
            format!("the built {}", display(file.strip_prefix(built).unwrap_or(&file)));
        for request in page_requests(&fs::read_to_string(&file)?) {
            report.add(&name, 0, fault(&request));
        }
    }
    for file in files(built, "css")? {
        let name =
            format!("the built {}", display(file.strip_prefix(built).unwrap_or(&file)));
        for request in style_requests(&fs::read_to_string(&file)?) {
            report.add(&name, 0, fault(&request));
        }
    }
    Ok(())
}

fn fault(request: &str) -> Fault {
    Fault::new(
        format!("The page asks the network for {request}."),
        "Bundle the file with the book, or do without it.",
    )
}

/// What a page would fetch from elsewhere.
fn page_requests(html: &str) -> Vec<String> {
    let mut requests = Vec::new();
    let mut in_style = false;
    for token in Tokenizer::new(html).flatten() {
        match token {
            Token::StartTag(tag) => {
                in_style = &tag.name[..] == b"style";
                requests.extend(tag_requests(&tag));
            }
            Token::EndTag(_) => in_style = false,
            Token::String(text) if in_style => {
                requests.extend(style_requests(&String::from_utf8_lossy(&text)));
            }
            _ => {}
        }
    }
    requests
}

fn tag_requests(tag: &StartTag<()>) -> Vec<String> {
    let is_link = matches!(&tag.name[..], b"a" | b"base");
    let mut requests = Vec::new();
    for (name, value) in &tag.attributes {
        let value = String::from_utf8_lossy(value);
        match &name[..] {
            b"href" | b"xlink:href" if is_link => {}
            b"src" | b"srcset" | b"href" | b"xlink:href" | b"data" | b"poster"
            | b"action" => {
                let places =
                    value.split(',').map(str::trim).filter(|place| is_remote(place));
                requests.extend(places.map(str::to_owned));
            }
            b"style" => requests.extend(style_requests(&value)),
            b"class" if value.split(' ').any(|class| class == "playground") => {
                requests.push(
                    "play.rust-lang.org, for a code block that can be run".to_owned(),
                );
            }
            _ => {}
        }
    }
    requests
}

/// What a style sheet would fetch from elsewhere: `url(…)` and `@import`.
fn style_requests(css: &str) -> Vec<String> {
    let after = |opening: &str| -> Vec<String> {
        let places = css.match_indices(opening).map(|(at, _)| &css[at + opening.len()..]);
        places
            .map(|rest| rest.trim_start().trim_start_matches(['"', '\'']).to_owned())
            .collect()
    };
    let places =
        after("url(").into_iter().chain(after("@import")).chain(after("image-set("));
    let ends = |c: char| "'\"); ".contains(c) || c.is_whitespace();
    places
        .map(|place| place.split(ends).next().unwrap_or_default().to_owned())
        .filter(|place| is_remote(place))
        .collect()
}

/// Whether something is fetched from elsewhere; data stands in the page itself.
fn is_remote(place: &str) -> bool {
    let is_data = |scheme: &str| scheme.eq_ignore_ascii_case("data");
    is_elsewhere(place) && !scheme(place).is_some_and(is_data)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_to_click_is_no_request() {
        assert!(
            page_requests("<a href=\"https://example.org\">x</a><img src=\"a.png\">")
                .is_empty()
        );
    }

    #[test]
    fn scripts_pictures_and_styles_from_elsewhere_are() {
        let page = "<script src=\"https://a/x.js\"></script><img src=\"//b/x.png\">\
                    <link rel=\"stylesheet\" href=\"http://c/x.css\">\
                    <style>@import 'https://d/x.css';</style><p style=\"background:url(https://e)\">\
                    <p style=\"background:image-set('https://f' 1x)\">";
        let found = page_requests(page);
        let places = [
            "https://a/x.js",
            "//b/x.png",
            "http://c/x.css",
            "https://d/x.css",
            "https://e",
            "https://f",
        ];
        assert_eq!(found, places);
    }

    #[test]
    fn a_block_with_a_play_button_is_one() {
        assert_eq!(page_requests("<pre class=\"playground\">").len(), 1);
    }

    #[test]
    fn a_font_from_elsewhere_is_one_and_a_bundled_one_is_not() {
        assert_eq!(
            style_requests("src: url(\"https://f/x.woff2\")"),
            ["https://f/x.woff2"]
        );
        assert!(style_requests("src: url('fonts/math.woff2'), url(data:x)").is_empty());
    }
}
