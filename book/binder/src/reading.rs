//! How long a page takes to read.

use crate::claim::Claims;
use crate::listing;
use crate::pins::{self, Address};
use crate::prose::count_words;
use crate::scan::{Directive, Piece, Scan};
use crate::workspace::Workspace;

/// Words of an explanation that a reader takes in within a minute.
const WORDS_A_MINUTE: usize = 200;
/// How many words of code or output take as long as one of prose: much of it is only looked at.
const CODE_WORDS: usize = 2;
/// A figure takes as long as so many words.
const FIGURE: usize = 40;

/// The minutes that the page with the Markdown `text` takes, at least one.
pub fn minutes(
    workspace: &Workspace,
    claims: &Claims,
    home: Option<&str>,
    text: &str,
) -> usize {
    let pieces = Scan::new(text).pieces(0..text.len());
    let shown = pieces.iter().map(|piece| match piece {
        Piece::Directive(directive) => weight(workspace, claims, home, directive),
        _ => 0,
    });
    let words = count_words(text) + shown.sum::<usize>();
    (words + WORDS_A_MINUTE / 2).div_euclid(WORDS_A_MINUTE).max(1)
}

/// What a directive shows, in words of prose; what it cannot find is told elsewhere.
fn weight(
    workspace: &Workspace,
    claims: &Claims,
    home: Option<&str>,
    directive: &Directive<'_>,
) -> usize {
    let words = |text: &str| text.split_whitespace().count();
    let argument = directive.argument;
    match directive.name {
        "listing" => listing::find(workspace, argument)
            .map_or(0, |listing| words(&listing.code) / CODE_WORDS),
        "output" => Address::parse(
            workspace,
            home,
            argument.split(" | ").next().unwrap_or(argument),
        )
        .and_then(|address| pins::output(workspace, &address))
        .map_or(0, |output| words(&output) / CODE_WORDS),
        "claim" => claims
            .get(argument)
            .map_or(0, |claim| words(&claim.notes) + words(&claim.ruling)),
        "figure" | "live" => FIGURE,
        "nan" | "published" | "value" => 1,
        _ => 0,
    }
}
