//! How everything that a chapter prints and draws is compared with its snapshots.

use std::path::Path;

use crate::{Chapter, Page};

/// Pins a chapter: three tests per section, and one that no section is left out.
///
/// ```ignore
/// lesson::pin!(ch05_sgd: stuck, noise, convexity);
/// ```
///
/// `stuck::text` compares what the section printed with `snapshots/stuck.snap`, `stuck::values` its values
/// with `snapshots/stuck.values.snap`, `stuck::figures` each figure with `snapshots/stuck-FIGURE.snap.svg`.
/// To accept what has changed, read it first: `cargo insta review`, or run the test with
/// `INSTA_UPDATE=always` and read `git diff`.
#[macro_export]
macro_rules! pin {
    ($chapter:ident: $($section:ident),+ $(,)?) => {
        $(mod $section {
            static PAGE: ::std::sync::LazyLock<$crate::Page> = ::std::sync::LazyLock::new(|| {
                $crate::pinning::page(&$chapter::chapter(), stringify!($section))
            });
            const NAME: &str = stringify!($section);

            #[test]
            fn text() {
                $crate::pinned!(::insta::assert_snapshot!(NAME, PAGE.text_pinned()));
            }

            #[test]
            fn values() {
                let file = format!("{NAME}.values");
                $crate::pinned!(::insta::assert_snapshot!(file, PAGE.values_pinned()));
            }

            #[test]
            fn figures() {
                let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/snapshots");
                $crate::pinning::explain_changes(folder.as_ref(), NAME, &PAGE);
                for (figure, svg) in PAGE.figures() {
                    // The name ends at its first dot: the rest would be taken for the extension.
                    let file = format!("{NAME}-{figure}.svg");
                    let svg = svg.clone().into_bytes();
                    $crate::pinned!(::insta::assert_binary_snapshot!(&file, svg));
                }
                $crate::pinning::expect_no_leftovers(folder.as_ref(), NAME, &PAGE);
            }
        })+

        #[test]
        fn every_section_is_pinned() {
            let chapter = $chapter::chapter();
            let sections: Vec<&str> = chapter.sections.iter().map(|section| section.name).collect();
            assert_eq!(sections, [$(stringify!($section)),+]);
            let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/snapshots");
            $crate::pinning::expect_owners(folder.as_ref(), &sections);
        }
    };
}

/// An assertion of `insta` with the settings of the book: names that are file names, in `snapshots/`.
#[doc(hidden)]
#[macro_export]
macro_rules! pinned {
    ($assertion:expr) => {{
        let mut settings = ::insta::Settings::clone_current();
        settings.set_snapshot_path("../snapshots");
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.bind(|| $assertion);
    }};
}

/// The page of one section, or a panic that says why there is none.
pub fn page(chapter: &Chapter, section: &str) -> Page {
    chapter.page(section).unwrap_or_else(|error| panic!("{error}"))
}

/// Says on stderr which figures differ from their snapshots, and what to do about it.
pub fn explain_changes(folder: &Path, section: &str, page: &Page) {
    for (figure, svg) in page.figures() {
        let pinned = folder.join(format!("{section}-{figure}.snap.svg"));
        if std::fs::read_to_string(&pinned).is_ok_and(|old| old != *svg) {
            eprintln!(
                "the figure `{figure}` of section `{section}` has changed. Open both in a browser:\n  \
                 before: {}\n  now:    {section}.{figure}.svg, drawn by this chapter's program with \
                 --section {section}\nIf the new one is right, accept it with `cargo insta review`",
                pinned.display()
            );
        }
    }
}

/// Panics if a snapshot of this section stays behind for a figure that is no longer drawn.
pub fn expect_no_leftovers(folder: &Path, section: &str, page: &Page) {
    for file in files(folder) {
        let stem = file.strip_suffix(".snap.svg").and_then(|stem| stem.split_once('-'));
        if let Some((owner, figure)) = stem {
            let drawn = page.figures().iter().any(|(name, _)| name == figure);
            assert!(
                owner != section || drawn,
                "{} is left over: section `{section}` draws no figure `{figure}` any more. Delete it",
                folder.join(&file).display(),
            );
        }
    }
}

/// Panics if a snapshot belongs to no section of the chapter.
pub fn expect_owners(folder: &Path, sections: &[&str]) {
    for file in files(folder) {
        let owner = file.split(['-', '.']).next().unwrap_or_default();
        assert!(
            sections.contains(&owner),
            "{} is left over: there is no section `{owner}` any more. Delete it",
            folder.join(&file).display(),
        );
    }
}

fn files(folder: &Path) -> impl Iterator<Item = String> {
    folder
        .read_dir()
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|f| f.file_name().into_string().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder_with(file: &str) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for file in ["stuck.values.snap", "other-old.snap.svg", file] {
            std::fs::write(folder.path().join(file), "").unwrap();
        }
        folder
    }

    #[test]
    #[should_panic(expected = "draws no figure `old` any more")]
    fn a_figure_that_is_no_longer_drawn_leaves_no_snapshot() {
        expect_no_leftovers(folder_with("stuck.snap").path(), "stuck", &Page::new());
        expect_no_leftovers(
            folder_with("stuck-old.snap.svg").path(),
            "stuck",
            &Page::new(),
        );
    }

    #[test]
    #[should_panic(expected = "there is no section `gone` any more")]
    fn a_section_that_is_gone_leaves_no_snapshot() {
        expect_owners(folder_with("stuck.snap").path(), &["stuck", "other"]);
        expect_owners(folder_with("gone.snap").path(), &["stuck", "other"]);
    }
}
