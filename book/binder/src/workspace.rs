//! Where everything lies: crates, chapters, snapshots, pages.

use std::cell::RefCell;
use std::collections::HashMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use syn::Item;

use crate::report::Fault;

/// The repository on disk, with every file that was read kept for the rest of the run.
pub struct Workspace {
    root: PathBuf,
    files: RefCell<HashMap<PathBuf, Option<Rc<str>>>>,
    items: RefCell<HashMap<PathBuf, Rc<Vec<Item>>>>,
}

impl Workspace {
    /// The repository at `root`.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Workspace {
            root: root.into(),
            files: RefCell::default(),
            items: RefCell::default(),
        }
    }

    /// The nearest folder, from `start` upwards, that holds a `book.toml`.
    pub fn find(start: &Path) -> Option<Self> {
        let root = start.ancestors().find(|folder| folder.join("book.toml").is_file())?;
        Some(Workspace::new(root))
    }

    /// The repository's folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The text of the file at `path`, as seen from the root, with line ends as `\n`; `None` if
    /// there is no such file.
    pub fn read(&self, path: impl AsRef<Path>) -> Option<Rc<str>> {
        let path = path.as_ref();
        if let Some(text) = self.files.borrow().get(path) {
            return text.clone();
        }
        let text = fs::read_to_string(self.root.join(path))
            .ok()
            .map(|text| Rc::from(text.replace("\r\n", "\n")));
        self.files.borrow_mut().insert(path.to_owned(), text.clone());
        text
    }

    /// The text of the source file at `path`.
    pub fn source(&self, path: &Path) -> Result<Rc<str>, Fault> {
        self.read(path).ok_or_else(|| {
            let cause = format!("There is no file {}.", display(path));
            Fault::new(cause, "Add it, or correct the path.").elsewhere()
        })
    }

    /// The items of the source file at `path`.
    pub fn items(&self, path: &Path) -> Result<Rc<Vec<Item>>, Fault> {
        if let Some(items) = self.items.borrow().get(path) {
            return Ok(items.clone());
        }
        let file = syn::parse_file(&self.source(path)?).map_err(|error| {
            let (name, line) = (display(path), error.span().start().line);
            Fault::new(
                format!("{name}:{line} is not Rust that can be read: {error}."),
                "Make the crate compile first.",
            )
            .elsewhere()
        })?;
        let items = Rc::new(file.items);
        self.items.borrow_mut().insert(path.to_owned(), items.clone());
        Ok(items)
    }

    /// The names of the entries of the folder at `path`, in order; empty if there is none.
    pub fn list(&self, path: impl AsRef<Path>) -> Vec<String> {
        let Ok(entries) = fs::read_dir(self.root.join(path)) else {
            return Vec::new();
        };
        let mut names: Vec<String> = entries
            .flatten()
            .map(|entry| entry.file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    /// The names of those files at `path` that end in `suffix`, without it.
    pub fn stems(&self, path: impl AsRef<Path>, suffix: &str) -> Vec<String> {
        let names = self.list(path);
        names
            .iter()
            .filter_map(|name| name.strip_suffix(suffix))
            .map(str::to_owned)
            .collect()
    }

    /// The names of all chapters.
    pub fn chapters(&self) -> Vec<String> {
        let mut chapters = self.list("chapters");
        chapters
            .retain(|name| self.root.join("chapters").join(name).join("src").is_dir());
        chapters
    }

    /// The folder of the chapter `name`, or a fault that names the nearest one.
    pub fn chapter(&self, name: &str) -> Result<PathBuf, Fault> {
        let chapters = self.chapters();
        if chapters.iter().any(|chapter| chapter == name) {
            return Ok(Path::new("chapters").join(name));
        }
        let advice = "Name a folder of chapters/, such as ch01_neuron.";
        Err(Fault::new(format!("There is no chapter `{name}`."), advice)
            .near(name, chapters))
    }

    /// The folder with the sources of the crate `name`, or a fault that names the nearest crate.
    pub fn sources(&self, name: &str) -> Result<PathBuf, Fault> {
        let homes = ["shared", "chapters"];
        let found = homes.iter().map(|home| Path::new(home).join(name).join("src"));
        if let Some(folder) =
            found.into_iter().find(|folder| self.root.join(folder).is_dir())
        {
            return Ok(folder);
        }
        let crates = homes.iter().flat_map(|home| self.list(home));
        let advice = "A path starts with a crate of shared/ or chapters/, such as `nn`.";
        Err(Fault::new(format!("There is no crate `{name}`."), advice).near(name, crates))
    }
}

/// A path as it is written in messages and pages, with `/` on every system.
pub fn display(path: &Path) -> String {
    let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
    parts.join("/")
}

/// The files below `folder` whose names end in `.extension`, in order.
pub fn files(folder: &Path, extension: &str) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(files(&path, extension)?);
        } else if path.extension().is_some_and(|ending| ending == extension) {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}
