//! One self-contained page of everything that a run printed and drew.

use crate::{Chapter, Page, Section};

const STYLE: &str = include_str!("page.css");

/// The HTML of a run: text and figures of each section, without anything to fetch.
pub(crate) fn render(chapter: &Chapter, pages: &[(Section, Page)]) -> String {
    let mut body = String::new();
    for (section, page) in pages {
        let (name, title) = (section.name, escape(section.title));
        let text = escape(&page.text_shown());
        body +=
            &format!("<section id=\"{name}\">\n<h2>{title}</h2>\n<pre>{text}</pre>\n");
        for (_, svg) in page.figures() {
            body += &format!("<figure>{svg}</figure>\n");
        }
        body += "</section>\n";
    }
    let title = escape(chapter.title);
    let (figures, maker) = (plot::theme_css(), maker(chapter));
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title}</title>\n<style>\n{figures}\n{STYLE}</style>\n</head>\n<body>\n\
         <h1>{title}</h1>\n{maker}\n{body}</body>\n</html>\n"
    )
}

/// The line of a page that says which chapter made it.
pub(crate) fn maker(chapter: &Chapter) -> String {
    format!("<p>Made by <code>cargo run -p {}</code>.</p>", chapter.name)
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
