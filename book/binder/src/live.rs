//! A live figure's knobs, as they are pinned and as a page shows them.

use crate::html::escape;
use crate::pins::{self, Address};
use crate::report::Fault;
use crate::workspace::Workspace;

/// Something that the reader can turn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Knob {
    name: String,
    label: String,
    kind: String,
    /// What it takes: the ends and the step of a slider, the words of a choice.
    of: Vec<String>,
    /// Where it stands in the book.
    book: String,
}

/// What a page says where the module of the live figures was not built.
pub const STILL: &str = "<p class=\"still\">To turn this figure, add what it is built with, \
    <code>rustup target add wasm32-unknown-unknown</code>, and build the book again.</p>";

/// The knobs of the live figure at this address.
pub fn knobs(workspace: &Workspace, address: &Address) -> Result<Vec<Knob>, Fault> {
    let text = pins::knobs(workspace, address)?;
    let knob = |row: Vec<String>| match <[String; 5]>::try_from(row) {
        Ok([name, label, kind, of, book]) => {
            let of = of.split(',').filter(|of| !of.is_empty()).map(str::to_owned);
            Ok(Knob { name, label, kind, of: of.collect(), book })
        }
        Err(row) => Err(Fault::new(
            format!("The knobs of `{address}` are pinned as {row:?}, which is no knob."),
            "Draw the figure again and accept the snapshot.",
        )),
    };
    text.into_iter().map(knob).collect()
}

/// The knobs as a form, which stays hidden until a script shows it.
pub fn form(knobs: &[Knob]) -> String {
    let knobs: String = knobs.iter().map(Knob::html).collect();
    format!(
        "<form class=\"knobs\" hidden>\n{knobs}<button type=\"reset\">as in the book</button>\n</form>"
    )
}

impl Knob {
    fn html(&self) -> String {
        let Knob { name, label, kind, book, .. } = self;
        let label = escape(label);
        let data = format!(
            "data-knob=\"{}\" data-kind=\"{}\" data-book=\"{}\"",
            escape(name),
            escape(kind),
            escape(book)
        );
        let range = |from: &str, to: &str, step: &str, at: &str| {
            format!(
                "<input type=\"range\" min=\"{from}\" max=\"{to}\" step=\"{step}\" value=\"{at}\" \
                 aria-label=\"{label}\" autocomplete=\"off\"><output>{}</output>",
                crate::number::html(book)
            )
        };
        let of = |at: usize| self.of.get(at).map_or("", String::as_str);
        let inside = match kind.as_str() {
            "slider" => {
                format!("<span>{label}</span>{}", range(of(0), of(1), of(2), book))
            }
            "stops" => {
                let at = self.of.iter().position(|stop| stop == book).unwrap_or(0);
                let last = self.of.len() - 1;
                let range = range("0", &last.to_string(), "1", &at.to_string());
                let stops = escape(&self.of.join(","));
                format!(
                    "<span>{label}</span><span data-stops=\"{stops}\" hidden></span>{range}"
                )
            }
            "choice" => {
                let options: String = (self.of.iter().enumerate())
                    .map(|(at, word)| {
                        let chosen =
                            if at.to_string() == *book { " selected" } else { "" };
                        format!(
                            "<option value=\"{at}\"{chosen}>{}</option>",
                            escape(word)
                        )
                    })
                    .collect();
                format!(
                    "<span>{label}</span><select aria-label=\"{label}\" autocomplete=\"off\">{options}</select>"
                )
            }
            "switch" => {
                let checked = if book == "1" { " checked" } else { "" };
                format!(
                    "<label><input type=\"checkbox\" autocomplete=\"off\"{checked}> {label}</label>"
                )
            }
            "steps" => format!(
                "<span>{label}</span><button type=\"button\" data-do=\"rewind\">rewind</button>\
                 <button type=\"button\" data-do=\"step\" data-stride=\"{}\">step</button>\
                 <button type=\"button\" data-do=\"play\" aria-pressed=\"false\">play</button>{}",
                of(1),
                range("0", of(0), "1", book)
            ),
            "start" => format!(
                "<button type=\"button\" data-do=\"renew\">{label}</button><output></output>"
            ),
            "numbers" => {
                let inputs: String = (self.of.iter().zip(book.split(',')))
                    .map(|(label, number)| {
                        format!(
                            "<label>{} <input type=\"number\" step=\"any\" min=\"-1000\" max=\"1000\" \
                             value=\"{number}\" autocomplete=\"off\"></label>",
                            escape(label)
                        )
                    })
                    .collect();
                format!(
                    "<details><summary>{label}</summary><div class=\"numbers\">{inputs}</div></details>"
                )
            }
            "pad" => format!(
                "<canvas width=\"256\" height=\"256\" tabindex=\"0\" role=\"application\" aria-label=\"{label}: \
                 draw with the pointer, or move the pen with the arrow keys and lower or lift it with the space bar\"></canvas>\
                 <button type=\"button\" data-do=\"clear\">clear</button>"
            ),
            _ => format!("<span class=\"drag\">{label}</span>"),
        };
        let tag = match kind.as_str() {
            "switch" | "start" | "slider" | "stops" | "choice" | "pad" | "points" => {
                "div"
            }
            _ => "div role=\"group\"",
        };
        format!("<{tag} class=\"knob\" {data}>{inside}</div>\n")
    }
}
