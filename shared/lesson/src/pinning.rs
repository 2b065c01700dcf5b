//! How everything that a chapter prints and draws is compared with its snapshots.

use std::path::Path;
use std::sync::{Arc, LazyLock};

use crate::{Chapter, Page};

/// Pins a chapter, in a test target without libtest's harness: five tests per section, and one for the
/// chapter itself.
///
/// ```ignore
/// lesson::pin!(ch05_sgd);
/// ```
///
/// `stuck::text` compares what the section printed with `snapshots/stuck.snap`, `stuck::tables` the cells of
/// its tables with `snapshots/stuck.tables.snap`, `stuck::live` the knobs of its live figures with `snapshots/stuck.live.snap`, `stuck::values` its values with `snapshots/stuck.values.snap`,
/// `stuck::figures` each figure with `snapshots/stuck-FIGURE.snap.svg`; `chapter` compares title and sections with
/// `snapshots/chapter.snap`. To accept what has changed, read it first: `cargo insta review`, or run the test with
/// `INSTA_UPDATE=always` and read `git diff`.
#[macro_export]
macro_rules! pin {
    ($chapter:ident) => {
        fn main() {
            let pins = $crate::pinning::Pins {
                folder: concat!(env!("CARGO_MANIFEST_DIR"), "/snapshots").as_ref(),
                text: |name, text| $crate::pinned!(::insta::assert_snapshot!(name, text)),
                figure: |name, svg| {
                    $crate::pinned!(::insta::assert_binary_snapshot!(name, svg))
                },
            };
            let tests = pins.tests($chapter::chapter).into_iter().map(|(name, test)| {
                ::libtest_mimic::Trial::test(name, || {
                    test();
                    Ok(())
                })
            });
            let arguments = ::libtest_mimic::Arguments::from_args();
            ::libtest_mimic::run(&arguments, tests.collect()).exit()
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

/// Where a chapter's snapshots lie, and how one of them is compared: [`pin!`](crate::pin) fills this in.
#[derive(Clone, Copy, Debug)]
pub struct Pins {
    /// The folder of the snapshots.
    pub folder: &'static Path,
    /// Compares a text with the snapshot of this name.
    pub text: fn(&str, &str),
    /// Compares a figure with the snapshot of this name and extension.
    pub figure: fn(&str, Vec<u8>),
}

/// A test: its name, and what panics if it fails.
pub type Test = (String, Box<dyn FnOnce() + Send>);

impl Pins {
    /// The tests of a chapter. Whatever a section's tests need, it runs once.
    pub fn tests(self, chapter: fn() -> Chapter) -> Vec<Test> {
        let whole = move || {
            (self.text)("chapter", &chapter().pinned());
            expect_owners(self.folder, &chapter());
        };
        let mut tests: Vec<Test> = vec![("chapter".to_string(), Box::new(whole))];
        for section in chapter().sections {
            let name = section.name;
            let run =
                move || chapter().page(name).unwrap_or_else(|error| panic!("{error}"));
            let page = Arc::new(LazyLock::new(run));
            type Kind = (&'static str, fn(Pins, &str, &Page));
            let kinds: [Kind; 5] = [
                ("text", |pins, name, page| (pins.text)(name, &page.text_pinned())),
                ("tables", |pins, name, page| {
                    pins.if_any(&format!("{name}.tables"), &page.tables_pinned());
                }),
                ("live", |pins, name, page| {
                    pins.if_any(&format!("{name}.live"), &page.lives_pinned());
                }),
                ("values", |pins, name, page| {
                    (pins.text)(&format!("{name}.values"), &page.values_pinned())
                }),
                ("figures", Pins::figures),
            ];
            tests.extend(kinds.map(|(kind, test)| -> Test {
                let page = Arc::clone(&page);
                (format!("{name}::{kind}"), Box::new(move || test(self, name, &page)))
            }));
        }
        tests
    }

    /// What not every section has.
    fn if_any(self, file: &str, pinned: &str) {
        match pinned.is_empty() {
            true => expect_none(&self.folder.join(format!("{file}.snap"))),
            false => (self.text)(file, pinned),
        }
    }

    fn figures(self, section: &str, page: &Page) {
        explain_changes(self.folder, section, page);
        for (figure, svg) in page.figures() {
            // The name ends at its first dot: the rest would be taken for the extension.
            (self.figure)(&format!("{section}-{figure}.svg"), svg.clone().into_bytes());
        }
        expect_no_leftovers(self.folder, section, page);
    }
}

/// Says on stderr which figures differ from their snapshots, and what to do about it.
fn explain_changes(folder: &Path, section: &str, page: &Page) {
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

/// Panics if the snapshot is there, of something that the section does not show any more.
fn expect_none(snapshot: &Path) {
    let name = snapshot.display();
    assert!(
        !snapshot.exists(),
        "{name} is left over: its section shows no such thing any more. Delete it"
    );
}

/// Panics if a snapshot of this section stays behind for a figure that is no longer drawn.
fn expect_no_leftovers(folder: &Path, section: &str, page: &Page) {
    for file in files(folder) {
        let stem = file.strip_suffix(".snap.svg").and_then(|stem| stem.split_once('-'));
        if let Some((owner, figure)) = stem
            && owner == section
            && page.figures().iter().all(|(name, _)| name != figure)
        {
            expect_none(&folder.join(&file));
        }
    }
}

/// Panics if a snapshot belongs to no section of the chapter.
fn expect_owners(folder: &Path, chapter: &Chapter) {
    for file in files(folder) {
        let owner = file.split(['-', '.']).next().unwrap_or_default();
        assert!(
            owner == "chapter" || chapter.find(owner).is_ok(),
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
    use crate::Section;

    fn folder_with(file: &str) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for file in ["chapter.snap", "stuck.values.snap", "other-old.snap.svg", file] {
            std::fs::write(folder.path().join(file), "").unwrap();
        }
        folder
    }

    /// All tests of a chapter with one empty section that compare nothing with what it prints.
    fn run_tests(file: &str) {
        let folder: &'static Path = Box::leak(folder_with(file).keep().into_boxed_path());
        let chapter = || {
            let other = |page: &mut Page| {
                page.figure("old", &plot::Figure::new("old", "An empty figure"));
                Ok(())
            };
            let sections = vec![
                Section { name: "stuck", title: "", run: |_| Ok(()) },
                Section { name: "other", title: "", run: other },
            ];
            Chapter::new("ch00_example", "An example", sections)
        };
        let pins = Pins { folder, text: |_, _| {}, figure: |_, _| {} };
        pins.tests(chapter).into_iter().for_each(|(_, test)| test());
        std::fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn what_belongs_to_a_section_stays() {
        run_tests("stuck.snap");
    }

    #[test]
    #[should_panic(expected = "stuck-old.snap.svg is left over")]
    fn a_figure_that_is_no_longer_drawn_leaves_no_snapshot() {
        run_tests("stuck-old.snap.svg");
    }

    #[test]
    #[should_panic(expected = "stuck.tables.snap is left over")]
    fn the_last_table_leaves_no_snapshot() {
        run_tests("stuck.tables.snap");
    }

    #[test]
    #[should_panic(expected = "there is no section `gone` any more")]
    fn a_section_that_is_gone_leaves_no_snapshot() {
        run_tests("gone.snap");
    }
}
