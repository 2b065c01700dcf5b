//! What every page of a book shares.

use crate::claim::Claims;
use crate::glossary::Glossary;
use crate::html::escape;
use crate::source::Source;
use crate::workspace::Workspace;

/// What every page of a book shares.
#[derive(Clone, Copy)]
pub struct Shared<'a> {
    /// Where sources and snapshots lie.
    pub workspace: &'a Workspace,
    /// The notes' claims.
    pub claims: &'a Claims,
    /// The field's words.
    pub glossary: &'a Glossary,
    /// All pages, as they are written.
    pub sources: &'a [Source],
    /// The web address of the repository, if it has one.
    pub repository: Option<&'a str>,
    /// Whether the live figures can be turned.
    pub turns: bool,
}

impl Shared<'_> {
    /// The path of a source file, which leads to it in the repository if that has a web address;
    /// `lines` is empty or names them: `#L1-L9`.
    pub fn source_link(&self, file: &str, lines: &str) -> String {
        let file = escape(file);
        match self.repository {
            Some(url) => {
                let url = escape(url.trim_end_matches('/'));
                format!("<a href=\"{url}/blob/main/{file}{lines}\">{file}</a>")
            }
            None => file,
        }
    }
}
