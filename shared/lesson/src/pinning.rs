//! How everything that a chapter prints and draws is compared with its snapshots.

use std::path::Path;

use crate::{Chapter, Page};

/// Pins a chapter: a test per section, and one that no section is left out.
///
/// ```ignore
/// lesson::pin!(ch05_sgd: stuck, noise, convexity);
/// ```
///
/// Each section's text is compared with `snapshots/NAME.snap`, its values with
/// `snapshots/NAME.values.snap`, its figures with `snapshots/NAME-FIGURE.snap.svg`. To accept what has
/// changed, read it first: `cargo insta review`, or run the test with `INSTA_UPDATE=always` and read
/// `git diff`.
#[macro_export]
macro_rules! pin {
    ($chapter:ident: $($section:ident),+ $(,)?) => {
        $(
            #[test]
            fn $section() {
                let name = stringify!($section);
                let page = $crate::pinning::page(&$chapter::chapter(), name);
                let mut settings = ::insta::Settings::clone_current();
                settings.set_snapshot_path("../snapshots");
                settings.set_prepend_module_to_snapshot(false);
                settings.set_omit_expression(true);
                settings.bind(|| {
                    ::insta::assert_snapshot!(name, page.text_pinned());
                    ::insta::assert_snapshot!(format!("{name}.values"), page.values_text());
                    for (figure, svg) in page.figures() {
                        // The name ends at its first dot: the rest would be taken for the extension.
                        let file = format!("{name}-{figure}.svg");
                        ::insta::assert_binary_snapshot!(&file, svg.clone().into_bytes());
                    }
                });
                let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/snapshots");
                $crate::pinning::expect_no_leftovers(folder.as_ref(), name, &page);
            }
        )+

        #[test]
        fn every_section_is_pinned() {
            let sections: Vec<&str> =
                $chapter::chapter().sections.iter().map(|section| section.name).collect();
            assert_eq!(sections, [$(stringify!($section)),+]);
        }
    };
}

/// The page of one section, or a panic that says why there is none.
pub fn page(chapter: &Chapter, section: &str) -> Page {
    chapter.page(section).unwrap_or_else(|error| panic!("{error}"))
}

/// Panics if a snapshot of this section stays behind for a figure that is no longer drawn.
pub fn expect_no_leftovers(folder: &Path, section: &str, page: &Page) {
    let drawn = |figure: &str| page.figures().iter().any(|(name, _)| name == figure);
    for entry in folder.read_dir().into_iter().flatten().flatten() {
        let file = entry.file_name().into_string().unwrap_or_default();
        let stem = file.strip_suffix(".snap.svg").and_then(|stem| stem.split_once('-'));
        if let Some((owner, figure)) = stem {
            assert!(
                owner != section || drawn(figure),
                "{} is left over: section `{section}` draws no figure `{figure}` any more. Delete it",
                entry.path().display(),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[should_panic(expected = "draws no figure `old` any more")]
    fn a_figure_that_is_no_longer_drawn_leaves_no_snapshot() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("stuck.values.snap"), "").unwrap();
        std::fs::write(folder.path().join("other-old.snap.svg"), "").unwrap();
        expect_no_leftovers(folder.path(), "stuck", &Page::new());
        std::fs::write(folder.path().join("stuck-old.snap.svg"), "").unwrap();
        expect_no_leftovers(folder.path(), "stuck", &Page::new());
    }
}
