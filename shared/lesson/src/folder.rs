//! The folder in which a run leaves its figures and its page.

use std::fs::{self, Metadata};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use tempfile::{Builder, NamedTempFile};

use crate::{Chapter, Error, Page, Section, html};

/// A folder that a chapter writes to, beside whatever else its reader keeps there.
///
/// A file is written whole under a passing name and then renamed. So whatever happens (a full disk, a kill,
/// a second run at the same time), the earlier file is there or the new one, never half of one.
///
/// The names `index.html` and `SECTION.FIGURE.svg` are the chapter's. Two things it never does: replace an
/// `index.html`, or remove a figure, that does not say itself that this chapter made it.
#[derive(Debug)]
pub(crate) struct Folder<'a> {
    chapter: &'a Chapter,
    path: PathBuf,
}

impl<'a> Folder<'a> {
    /// The folder at this path, which is made if there is none.
    ///
    /// # Errors
    /// [`Error::Write`] if no file can be made in it, [`Error::NotOurs`] if its `index.html` is another's.
    pub(crate) fn open(chapter: &'a Chapter, path: PathBuf) -> Result<Self, Error> {
        let made = fs::create_dir_all(&path).map_err(|error| match error.kind() {
            ErrorKind::AlreadyExists => ErrorKind::NotADirectory.into(),
            _ => error,
        });
        made.and_then(|()| passing(&path)).map_err(cannot_write(&path))?;
        let folder = Folder { chapter, path };
        let index = folder.index();
        let taken = |found: Metadata| !found.is_file() || found.len() > 0;
        if index.symlink_metadata().is_ok_and(taken)
            && !says(&index, &html::maker(chapter))
        {
            return Err(Error::NotOurs { path: index, chapter: chapter.name });
        }
        Ok(folder)
    }

    /// The path of the page.
    pub(crate) fn index(&self) -> PathBuf {
        self.path.join("index.html")
    }

    /// Writes the figures and the page.
    ///
    /// # Errors
    /// [`Error::Write`] for the first file that could not be written. The others are written all the same.
    pub(crate) fn write(&self, pages: &[(Section, Page)]) -> Result<(), Error> {
        let mut outcome = Ok(());
        for (section, page) in pages {
            for (figure, svg) in page.figures() {
                let file = format!("{}.{figure}.svg", section.name);
                let signed = svg.clone() + &self.signature(&file);
                outcome = outcome.and(self.put(&self.path.join(file), &signed));
            }
        }
        outcome.and(self.put(&self.index(), &html::render(self.chapter, pages)))
    }

    fn put(&self, path: &Path, text: &str) -> Result<(), Error> {
        let renamed = passing(&self.path).and_then(|mut file| {
            file.as_file_mut().write_all(text.as_bytes())?;
            Ok(file.persist(path)?)
        });
        renamed.map(drop).map_err(cannot_write(path))
    }

    /// Removes the figures of earlier runs that these pages, or a section that is gone, no longer draw.
    ///
    /// # Errors
    /// [`Error::Write`] if one cannot be removed.
    pub(crate) fn remove_leftovers(
        &self,
        pages: &[(Section, Page)],
    ) -> Result<(), Error> {
        for entry in self.path.read_dir().map_err(cannot_write(&self.path))?.flatten() {
            let (path, name) = (entry.path(), entry.file_name());
            let leftover =
                |file| self.is_undrawn(file, pages) && says(&path, &self.signature(file));
            if name.to_str().is_some_and(leftover) {
                match fs::remove_file(&path) {
                    Err(error) if error.kind() == ErrorKind::NotFound => {}
                    removed => removed.map_err(cannot_write(&path))?,
                }
            }
        }
        Ok(())
    }

    /// Whether this is the name of a figure that its section does not draw, or whose section is gone.
    /// A section that did not run now keeps its figures.
    fn is_undrawn(&self, file: &str, pages: &[(Section, Page)]) -> bool {
        let stem = file.strip_suffix(".svg").and_then(|stem| stem.split_once('.'));
        let Some((name, figure)) = stem else { return false };
        match pages.iter().find(|(section, _)| section.name == name) {
            Some((_, page)) => page.figures().iter().all(|(drawn, _)| drawn != figure),
            None => self.chapter.find(name).is_err(),
        }
    }

    /// The last line of a figure: a copy that its reader keeps under another name is the reader's.
    fn signature(&self, file: &str) -> String {
        format!("<!-- {file}, drawn by cargo run -p {} -->\n", self.chapter.name)
    }
}

/// Whether a regular file, no link, contains these words.
fn says(path: &Path, words: &str) -> bool {
    path.symlink_metadata().is_ok_and(|found| found.is_file())
        && fs::read_to_string(path).is_ok_and(|text| text.contains(words))
}

/// An empty file under a passing name, removed unless it is renamed.
fn passing(folder: &Path) -> io::Result<NamedTempFile> {
    let mut file = Builder::new();
    file.prefix(".").suffix(".part");
    // As open as the umask lets any new file be: others may read the page, a web server for one.
    #[cfg(unix)]
    file.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    // The kind alone: the whole message would name the passing file.
    file.tempfile_in(folder).map_err(|error| error.kind().into())
}

fn cannot_write(path: &Path) -> impl FnOnce(io::Error) -> Error {
    let path = path.to_path_buf();
    |reason| Error::Write { path, reason }
}

#[cfg(test)]
mod tests {
    use super::*;
    use plot::Figure;

    fn chapter(sections: &[&'static str]) -> Chapter {
        let section = |&name| Section { name, title: "", run: |_| Ok(()) };
        let sections = sections.iter().map(section).collect();
        Chapter::new("ch00_example", "An example", sections)
    }

    /// The page of a section, with these figures.
    fn page(chapter: &Chapter, section: &str, figures: &[&str]) -> (Section, Page) {
        let mut page = Page::new();
        for figure in figures {
            page.figure(figure, &Figure::new(*figure, "An empty figure"));
        }
        (chapter.find(section).unwrap(), page)
    }

    fn open<'a>(chapter: &'a Chapter, path: &Path) -> Result<Folder<'a>, Error> {
        Folder::open(chapter, path.to_path_buf())
    }

    fn files(path: &Path) -> Vec<String> {
        let entries = path.read_dir().unwrap().map(Result::unwrap);
        let mut names: Vec<_> =
            entries.map(|entry| entry.file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn figures_that_are_no_longer_drawn_go_and_everything_else_stays() {
        let path = tempfile::tempdir().unwrap();
        let path = path.path();
        let before = chapter(&["stuck", "renamed", "noise"]);
        let pages = [
            page(&before, "stuck", &["paths", "costs"]),
            page(&before, "renamed", &["paths"]),
            page(&before, "noise", &["paths"]),
        ];
        open(&before, path).unwrap().write(&pages).unwrap();
        let copy = |from, to| fs::copy(path.join(from), path.join(to)).unwrap();
        copy("renamed.paths.svg", "renamed.copy.svg");
        copy("stuck.costs.svg", "stuck.copy.svg");
        let own = ["notes.txt", "drawing.svg", "stuck.mine.svg", "renamed.empty.svg"];
        for file in own {
            fs::write(path.join(file), "").unwrap();
        }
        let another = Chapter::new("ch00_other", "Another", vec![]);
        let by_another = Folder { chapter: &another, path: path.into() };
        let file = "renamed.other.svg";
        fs::write(path.join(file), by_another.signature(file)).unwrap();

        let now = chapter(&["stuck", "noise"]);
        let pages = [page(&now, "stuck", &["paths"])];
        let folder = open(&now, path).unwrap();
        folder.write(&pages).unwrap();
        let mut removed = files(path);
        folder.remove_leftovers(&pages).unwrap();
        let left = files(path);
        removed.retain(|file| !left.contains(file));
        assert_eq!(removed, ["renamed.paths.svg", "stuck.costs.svg"]);
    }

    #[test]
    fn only_a_page_of_the_same_chapter_is_replaced() {
        let path = tempfile::tempdir().unwrap();
        let (ours, index) = (chapter(&[]), path.path().join("index.html"));
        let another = Chapter::new("ch00_other", "Another", vec![]);
        fs::write(&index, "").unwrap();
        open(&ours, path.path()).unwrap().write(&[]).unwrap();
        open(&ours, path.path()).unwrap();
        let refusal = open(&another, path.path()).unwrap_err().to_string();
        assert!(refusal.contains("index.html was not made by ch00_other"), "{refusal}");
        fs::write(&index, "my own page").unwrap();
        assert!(matches!(open(&ours, path.path()), Err(Error::NotOurs { .. })));
        assert_eq!(fs::read_to_string(&index).unwrap(), "my own page");
    }

    #[test]
    fn a_file_that_cannot_be_written_does_not_hold_up_the_others() {
        let path = tempfile::tempdir().unwrap();
        let chapter = chapter(&["stuck"]);
        fs::create_dir(path.path().join("stuck.costs.svg")).unwrap();
        let pages = [page(&chapter, "stuck", &["costs", "paths"])];
        let folder = open(&chapter, path.path()).unwrap();
        let failure = folder.write(&pages).unwrap_err().to_string();
        assert!(failure.contains("stuck.costs.svg"), "{failure}");
        assert_eq!(
            files(path.path()),
            ["index.html", "stuck.costs.svg", "stuck.paths.svg"]
        );
    }

    // Windows may refuse to replace a file while another run does; then that run says so.
    #[cfg(unix)]
    #[test]
    fn runs_at_the_same_time_do_not_disturb_each_other() {
        let path = tempfile::tempdir().unwrap();
        let chapter = chapter(&["stuck"]);
        let pages = [page(&chapter, "stuck", &["paths"])];
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    for _ in 0..25 {
                        let folder = open(&chapter, path.path()).unwrap();
                        folder.write(&pages).unwrap();
                        folder.remove_leftovers(&pages).unwrap();
                    }
                });
            }
        });
        assert_eq!(files(path.path()), ["index.html", "stuck.paths.svg"]);
    }

    #[cfg(unix)]
    #[test]
    fn what_a_link_points_to_is_left_alone() {
        use std::os::unix::fs::symlink;

        let (path, elsewhere) =
            (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let (path, elsewhere) = (path.path(), elsewhere.path().join("own.svg"));
        let chapter = chapter(&["stuck"]);
        let pages = [page(&chapter, "stuck", &["paths"])];
        let folder = open(&chapter, path).unwrap();
        let text = folder.signature("gone.paths.svg");
        fs::write(&elsewhere, &text).unwrap();
        for link in ["stuck.paths.svg", "gone.paths.svg"] {
            symlink(&elsewhere, path.join(link)).unwrap();
        }
        folder.write(&pages).unwrap();
        folder.remove_leftovers(&pages).unwrap();
        assert_eq!(fs::read_to_string(&elsewhere).unwrap(), text);
        assert_eq!(files(path), ["gone.paths.svg", "index.html", "stuck.paths.svg"]);
        fs::write(&elsewhere, html::maker(&chapter)).unwrap();
        fs::remove_file(folder.index()).unwrap();
        symlink(&elsewhere, folder.index()).unwrap();
        assert!(matches!(open(&chapter, path), Err(Error::NotOurs { .. })));
    }

    #[cfg(unix)]
    #[test]
    fn others_may_read_the_page_as_any_new_file() {
        use std::os::unix::fs::PermissionsExt;

        let path = tempfile::tempdir().unwrap();
        let chapter = chapter(&[]);
        let folder = open(&chapter, path.path()).unwrap();
        folder.write(&[]).unwrap();
        let plain = path.path().join("plain");
        fs::write(&plain, "").unwrap();
        let mode = |path: &Path| path.metadata().unwrap().permissions().mode();
        assert_eq!(mode(&folder.index()), mode(&plain));
    }
}
