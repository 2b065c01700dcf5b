//! A page as it is written, and the way from one page to another.

use std::path::{Path, PathBuf};

use crate::workspace::display;

/// Where the English pages lie, as seen from the root.
pub const PAGES: &str = "book/en";

/// A page as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Where it lies in the book's folder: `ch01_neuron/gates.md`.
    pub path: PathBuf,
    /// Its Markdown.
    pub text: String,
}

/// A page without its `.md`.
pub fn address(path: &Path) -> String {
    display(&path.with_extension(""))
}

/// The way from the page at `from` to the one at `to`.
pub fn relative(from: &Path, to: &Path) -> PathBuf {
    let depth = from.components().count().saturating_sub(1);
    let mut path: PathBuf = std::iter::repeat_n("..", depth).collect();
    match (from.parent(), to.parent()) {
        (Some(folder), Some(other)) if folder == other => {
            path = to.file_name().map(PathBuf::from).unwrap_or_default();
        }
        _ => path.push(to),
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_within_a_folder_is_short_and_one_across_climbs() {
        let from = Path::new("ch01/gates.md");
        assert_eq!(relative(from, Path::new("ch01/limits.md")), Path::new("limits.md"));
        assert_eq!(
            relative(from, Path::new("ch05/noise.md")),
            Path::new("../ch05/noise.md")
        );
        assert_eq!(
            relative(Path::new("claims.md"), Path::new("ch05/noise.md")),
            Path::new("ch05/noise.md")
        );
    }
}
