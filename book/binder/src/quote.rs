//! The numbers that a text quotes, and a text as words to be read aloud.

use std::ops::Range;

use crate::Workspace;
use crate::html::{is_blank, plain_text};
use crate::number;
use crate::pins::{self, Address};
use crate::report::Fault;
use crate::scan::{Directive, Piece, Scan};

/// What a directive quotes, as it was pinned or published; `None` if it stands for something else.
pub fn quoted(
    workspace: &Workspace,
    home: Option<&str>,
    directive: &Directive<'_>,
) -> Option<Result<String, Fault>> {
    let address = || Address::parse(workspace, home, directive.argument);
    match (directive.name, directive.closes) {
        ("value", false) => Some(address().and_then(|at| pins::value(workspace, &at))),
        ("nan", false) => Some(address().and_then(|at| pins::nan(workspace, &at))),
        ("published", false) => {
            Some(published(directive.argument).map(|(number, _)| number.to_owned()))
        }
        _ => None,
    }
}

/// A published number and its source.
pub fn published(argument: &str) -> Result<(&str, &str), Fault> {
    match argument.split_once('|').map(|(text, source)| (text.trim(), source.trim())) {
        Some((text, source)) if !is_blank(text) && !is_blank(source) => {
            Ok((text, source))
        }
        _ => Err(Fault::new(
            "A published number needs its source.",
            "Write `{{#published 0.291027924 | Mazur, 2015}}`.",
        )),
    }
}

/// A stretch of a text as words to be read aloud; what cannot be found is told elsewhere.
pub fn spoken(
    workspace: &Workspace,
    home: Option<&str>,
    scan: &Scan<'_>,
    range: Range<usize>,
) -> String {
    let pieces = scan.pieces(range);
    let words = pieces.iter().map(|piece| match piece {
        Piece::Markdown(text) => (*text).to_owned(),
        Piece::Formula(formula) => format!("`{}`", formula.latex),
        Piece::Directive(directive) => match quoted(workspace, home, directive) {
            Some(Ok(text)) => number::plain(&text),
            _ => String::new(),
        },
    });
    plain_text(&words.collect::<String>())
}
