//! The readers, applied to files on disk: the one module that a page of the book never gets to.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use nn::Examples;
use thiserror::Error;

use crate::content::Content;
use crate::csv::{self, Format};
use crate::idx::{self, Source};
use crate::table::{self, Table};

/// Reads a CSV file; see [`csv::parse`].
///
/// # Errors
/// If the file cannot be read, is not UTF-8 text, or does not follow the format.
///
/// # Panics
/// If the format has no inputs or no answer.
pub fn csv(path: impl AsRef<Path>, format: Format) -> Result<Examples, Error> {
    let path = path.as_ref();
    Ok(csv::parse(&text(path)?, &path.display().to_string(), format)?)
}

/// Reads a table; see [`Table::parse`].
///
/// # Errors
/// If the file cannot be read, is not UTF-8 text, or holds no table.
pub fn table(path: impl AsRef<Path>) -> Result<Table, Error> {
    let path = path.as_ref();
    Ok(Table::parse(&text(path)?, &path.display().to_string())?)
}

fn text(path: &Path) -> Result<String, Error> {
    String::from_utf8(read(path)?).map_err(|error| {
        let found = Content::of(error.as_bytes());
        let valid = error.utf8_error().valid_up_to();
        let offset = if found == Content::Unknown { valid } else { 0 };
        Error::NotText { path: path.to_owned(), offset, found }
    })
}

/// Reads MNIST: 60,000 handwritten digits to train on and 10,000 to test with, each an
/// image of 28×28 pixels.
///
/// Inputs are (rows, 784), from 0 to 1; targets are (rows, 10), one-hot. `folder` holds
/// the four files, unpacked: `train-images-idx3-ubyte`, `train-labels-idx1-ubyte`,
/// `t10k-images-idx3-ubyte` and `t10k-labels-idx1-ubyte`. The dash before `idx` may be a
/// dot. Smaller files of the same format will do. The full set takes about 0.5 GB of
/// memory.
///
/// # Errors
/// If the folder or a file is missing or cannot be read, a file is not what its name says
/// (see [`idx::examples`]), or the two parts have images of different sizes.
///
/// Source: Y. LeCun, C. Cortes and C. Burges, "The MNIST database of handwritten digits".
pub fn mnist(folder: impl AsRef<Path>) -> Result<(Examples, Examples), Error> {
    let folder = folder.as_ref();
    if !folder.is_dir() {
        let found = if folder.exists() { "found a file" } else { "there is none" };
        return Err(Error::NoFolder { folder: folder.to_owned(), found });
    }
    let (train, test) = (part(folder, "train")?, part(folder, "t10k")?);
    if train.inputs.ncols() != test.inputs.ncols() {
        return Err(Error::Sizes {
            folder: folder.to_owned(),
            train: train.inputs.ncols(),
            test: test.inputs.ncols(),
        });
    }
    Ok((train, test))
}

/// The images and labels of one part, `train` or `t10k`.
fn part(folder: &Path, part: &str) -> Result<Examples, Error> {
    let images = find(folder, &format!("{part}-images"), "idx3-ubyte")?;
    let labels = find(folder, &format!("{part}-labels"), "idx1-ubyte")?;
    Ok(idx::examples(
        Source { name: &images.display().to_string(), bytes: &read(&images)? },
        Source { name: &labels.display().to_string(), bytes: &read(&labels)? },
    )?)
}

/// The file of this name, written with a dash or with a dot. A folder will do if there is
/// no file: [`read`] knows what to say about it.
fn find(folder: &Path, stem: &str, ending: &str) -> Result<PathBuf, Error> {
    let names = [format!("{stem}-{ending}"), format!("{stem}.{ending}")];
    for name in &names {
        if folder.join(name).is_file() {
            return Ok(folder.join(name));
        }
    }
    for name in &names {
        let packed = folder.join(format!("{name}.gz"));
        if packed.is_file() {
            return Err(Error::Packed { packed });
        }
    }
    let missing = Error::Missing { folder: folder.to_owned(), name: names[0].clone() };
    names
        .map(|name| folder.join(name))
        .into_iter()
        .find(|path| path.is_dir())
        .ok_or(missing)
}

fn read(path: &Path) -> Result<Vec<u8>, Error> {
    if path.is_dir() {
        let advice = match file_in(path) {
            Some(file) => format!("move {} here, or name it", file.display()),
            None => "name a file in it".to_owned(),
        };
        return Err(Error::Folder { path: path.to_owned(), advice });
    }
    fs::read(path).map_err(|source| Error::Unreadable { path: path.to_owned(), source })
}

/// The file in a folder that has the folder's name, or is the only one. Some unpackers put
/// a file into a folder of its name.
fn file_in(folder: &Path) -> Option<PathBuf> {
    let paths = fs::read_dir(folder).ok()?.filter_map(|entry| Some(entry.ok()?.path()));
    let files: Vec<PathBuf> = paths.filter(|path| path.is_file()).collect();
    let namesake = files.iter().find(|file| file.file_name() == folder.file_name());
    namesake.or(files.first().filter(|_| files.len() == 1)).cloned()
}

/// Why data could not be read from disk.
#[derive(Debug, Error)]
#[allow(missing_docs, reason = "the message of a variant explains its fields")]
pub enum Error {
    /// The operating system refused.
    #[error("{}: cannot read it: {source}; check the path", path.display())]
    Unreadable { path: PathBuf, source: io::Error },
    /// There is a folder in the place of a file.
    #[error("{}: expected a file, but found a folder; {advice}", path.display())]
    Folder { path: PathBuf, advice: String },
    /// A file of text is none.
    #[error(
        "{}, byte {offset}: expected text, but found {found}; {}",
        path.display(),
        found.remedy()
    )]
    NotText { path: PathBuf, offset: usize, found: Content },
    /// There is no such folder.
    #[error("{}: expected a folder, but {found}; {MNIST}", folder.display())]
    NoFolder { folder: PathBuf, found: &'static str },
    /// One of the four files is not in the folder.
    #[error("{}: expected a file {name}, but there is none; {MNIST}", folder.display())]
    Missing { folder: PathBuf, name: String },
    /// One of the four files is in the folder, but compressed.
    #[error("{}: expected this file unpacked; unpack it, as with `gunzip`", packed.display())]
    Packed { packed: PathBuf },
    /// The two parts cannot go through the same network.
    #[error(
        "{}: expected images of one size, but those to train on have {train} pixels and \
         those to test on {test}; use files that belong together",
        folder.display()
    )]
    Sizes { folder: PathBuf, train: usize, test: usize },
    /// The text of a CSV file is not in order.
    #[error(transparent)]
    Csv(#[from] csv::Error),
    /// The text of a file is no table.
    #[error(transparent)]
    Table(#[from] table::Error),
    /// The bytes of an IDX file are not in order.
    #[error(transparent)]
    Idx(#[from] idx::Error),
}

const MNIST: &str = "MNIST is a folder with train-images-idx3-ubyte, \
                     train-labels-idx1-ubyte, t10k-images-idx3-ubyte and \
                     t10k-labels-idx1-ubyte, unpacked";
