//! Bytes into images and labels: the format of MNIST.
//!
//! An IDX file starts with a magic number that says what its items are and how many
//! dimensions they come in. A size for each dimension follows, and then the items, a byte
//! each:
//!
//! | bytes | images | labels |
//! |---|---|---|
//! | 0 to 3 | 0x00000803: bytes in 3 dimensions | 0x00000801: bytes in 1 dimension |
//! | 4 to 7 | number of images | number of labels |
//! | 8 to 11 | height | the labels start here |
//! | 12 to 15 | width | |
//! | from 16 | the pixels, row by row | |
//!
//! Numbers in the header have their most significant byte first. Source: Y. LeCun, C.
//! Cortes and C. Burges, "The MNIST database of handwritten digits". A header can
//! announce anything, so its sizes are held against the bytes that are there before
//! memory is set aside.

use std::cmp::Ordering;

use ndarray::Array2;
use nn::Examples;
use thiserror::Error;

use crate::bounds::{MOST, fits};
use crate::content::Content;
use crate::one_hot;

/// The number of classes: the digits 0 to 9.
pub const CLASSES: usize = 10;

const IMAGES: u32 = 0x803;
const LABELS: u32 = 0x801;

/// The bytes of a file, and what errors call it.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// Such as a file's path.
    pub name: &'a str,
    /// All that is in it.
    pub bytes: &'a [u8],
}

/// Reads images with their labels.
///
/// Inputs are (images, height · width), as [`images`] gives them; targets are (images,
/// 10), one-hot.
///
/// # Errors
/// As [`images`] and [`labels`], or if there are not as many labels as images.
///
/// ```
/// use datasets::idx::{self, Source};
///
/// let two_images = [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 2, 255, 0, 0, 51];
/// let two_labels = [0, 0, 8, 1, 0, 0, 0, 2, 7, 0];
/// let examples = idx::examples(
///     Source { name: "images", bytes: &two_images },
///     Source { name: "labels", bytes: &two_labels },
/// )?;
/// assert_eq!(examples.inputs, ndarray::array![[1.0, 0.0], [0.0, 0.2]]);
/// assert_eq!(datasets::labels(&examples), [7, 0]);
/// # Ok::<(), idx::Error>(())
/// ```
pub fn examples(images: Source, labels: Source) -> Result<Examples, Error> {
    let inputs = self::images(images)?;
    let classes = self::labels(labels)?;
    if inputs.nrows() != classes.len() {
        let problem = Problem::Count {
            images: inputs.nrows(),
            source_of_images: images.name.to_owned(),
            labels: classes.len(),
        };
        return Err(labels.error(4, problem));
    }
    Ok(Examples::new(inputs, one_hot(&classes, CLASSES)))
}

/// Reads images: (images, height · width), pixels row by row from 0 to 1.
///
/// # Errors
/// If the file is of another kind, or has not as many bytes as it announces, or holds no
/// pixel.
pub fn images(source: Source) -> Result<Array2<f64>, Error> {
    let (sizes, pixels) = source.open(IMAGES)?;
    let shape = (sizes[0], sizes[1] * sizes[2]);
    let pixels = pixels.iter().map(|&ink| f64::from(ink) / 255.0).collect();
    Ok(Array2::from_shape_vec(shape, pixels)
        .expect("the announced sizes were held against the bytes")) // (images, height · width)
}

/// Reads labels: digits from 0 to 9.
///
/// # Errors
/// If the file is of another kind, or has not as many bytes as it announces, or holds no
/// label, or one above 9, or more labels than one-hot targets of 1 GiB have room for.
pub fn labels(source: Source) -> Result<Vec<usize>, Error> {
    let (_, labels) = source.open(LABELS)?;
    if !fits(labels.len(), CLASSES) {
        return Err(source.error(4, Problem::TooMany { found: labels.len() }));
    }
    if let Some(place) = labels.iter().position(|&label| usize::from(label) >= CLASSES) {
        let offset = source.bytes.len() - labels.len() + place;
        return Err(source.error(offset, Problem::Label { found: labels[place] }));
    }
    Ok(labels.iter().map(|&label| usize::from(label)).collect())
}

impl<'a> Source<'a> {
    /// The sizes that the header announces, and the bytes after it, which are as many as
    /// announced.
    fn open(self, magic: u32) -> Result<(Vec<usize>, &'a [u8]), Error> {
        let found = self.header(0);
        if found != Ok(magic) {
            let problem = match Content::of(self.bytes) {
                Content::Unknown => wrong_magic(magic, found?),
                content => Problem::Content(content),
            };
            return Err(self.error(0, problem));
        }
        let dimensions = (magic & 0xff) as usize; // its last byte counts them
        let start = 4 + 4 * dimensions;
        let mut sizes = Vec::new();
        for offset in (4..start).step_by(4) {
            sizes.push(self.header(offset)? as usize);
        }
        let items = &self.bytes[start..];
        let (announced, found) = (announced(&sizes), items.len());
        if announced == 0 {
            return Err(self.error(4, Problem::Empty { sizes }));
        }
        match announced.cmp(&(found as u128)) {
            Ordering::Greater => {
                let problem = Problem::Truncated { sizes, announced, found };
                Err(self.error(self.bytes.len(), problem))
            }
            Ordering::Less => {
                let problem = Problem::Oversized { sizes, announced, found };
                Err(self.error(start + announced as usize, problem))
            }
            Ordering::Equal => Ok((sizes, items)),
        }
    }

    /// The number of four bytes at `offset` in the header.
    fn header(self, offset: usize) -> Result<u32, Error> {
        let rest = self.bytes.get(offset..).unwrap_or_default();
        let Some(number) = rest.first_chunk() else {
            let problem = Problem::ShortHeader { end: offset + 4 };
            return Err(self.error(self.bytes.len(), problem));
        };
        Ok(u32::from_be_bytes(*number))
    }

    fn error(self, offset: usize, problem: Problem) -> Error {
        Error { name: self.name.to_owned(), offset, problem }
    }
}

/// How many bytes the sizes multiply to. Three of them with 32 bits each fit in 128 bits.
fn announced(sizes: &[usize]) -> u128 {
    sizes.iter().map(|&size| size as u128).product()
}

fn wrong_magic(expected: u32, found: u32) -> Problem {
    match (expected, found) {
        (IMAGES, LABELS) => Problem::LabelsForImages,
        (LABELS, IMAGES) => Problem::ImagesForLabels,
        _ => Problem::Magic { expected, found },
    }
}

/// What is wrong with a file, and where.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{name}, byte {offset}: {problem}")]
pub struct Error {
    /// What the reader was told to call the file, such as its path.
    pub name: String,
    /// The byte, counted from 0.
    pub offset: usize,
    /// What is wrong with it.
    pub problem: Problem,
}

/// What can be wrong with an IDX file.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[allow(missing_docs, reason = "the message of a variant explains its fields")]
pub enum Problem {
    /// The file is something else.
    #[error("expected an IDX file, but found {0}; {remedy}", remedy = remedy(*.0))]
    Content(Content),
    /// Images were asked for.
    #[error("expected images, but found labels; the two files look swapped")]
    LabelsForImages,
    /// Labels were asked for.
    #[error("expected labels, but found images; the two files look swapped")]
    ImagesForLabels,
    /// The file starts with neither of the two magic numbers.
    #[error(
        "expected the magic number {expected:#010x}, but found {found:#010x}; check that it \
         is the right file"
    )]
    Magic { expected: u32, found: u32 },
    /// The file ends inside its header.
    #[error(
        "expected the header to reach byte {end}, but the file ends here; fetch it again"
    )]
    ShortHeader { end: usize },
    /// A size in the header is 0.
    #[error(
        "expected sizes above zero, but the header announces {}; fetch the file again",
        times(sizes)
    )]
    Empty { sizes: Vec<usize> },
    /// The file ends before all that it announces has come.
    #[error(
        "expected {announced} bytes after the header ({}), but the file ends after {found}; \
         fetch it again",
        times(sizes)
    )]
    Truncated { sizes: Vec<usize>, announced: u128, found: usize },
    /// The file goes on after all that it announces has come.
    #[error(
        "expected {announced} bytes after the header ({}), but found {found}; fetch the \
         file again",
        times(sizes)
    )]
    Oversized { sizes: Vec<usize>, announced: u128, found: usize },
    /// A label is no digit.
    #[error("expected a label from 0 to 9, but found {found}; use a file of ten classes")]
    Label { found: u8 },
    /// The targets would take too much memory.
    #[error(
        "expected at most {} labels, but found {found}; cut the file in parts",
        MOST / CLASSES
    )]
    TooMany { found: usize },
    /// There are not as many labels as images.
    #[error(
        "expected {images} labels, one for each image of {source_of_images}, but found \
         {labels}; use two files that belong together"
    )]
    Count { images: usize, source_of_images: String, labels: usize },
}

/// A file of text will not become an IDX file by saving it in another way.
fn remedy(content: Content) -> &'static str {
    match content {
        Content::Gzip
        | Content::Zip
        | Content::Archive
        | Content::Markup
        | Content::Pointer => content.remedy(),
        _ => Content::Text.remedy(),
    }
}

/// 60000 × 28 × 28.
fn times(sizes: &[usize]) -> String {
    sizes.iter().map(usize::to_string).collect::<Vec<_>>().join(" × ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;
    use proptest::prelude::*;

    /// An IDX file with this header and these items.
    fn file(magic: u32, sizes: &[u32], items: &[u8]) -> Vec<u8> {
        let mut bytes = magic.to_be_bytes().to_vec();
        bytes.extend(sizes.iter().flat_map(|size| size.to_be_bytes()));
        bytes.extend(items);
        bytes
    }

    fn source(bytes: &[u8]) -> Source<'_> {
        Source { name: "my-idx", bytes }
    }

    fn images_refusal(bytes: &[u8]) -> String {
        images(source(bytes)).unwrap_err().to_string()
    }

    fn labels_refusal(bytes: &[u8]) -> String {
        labels(source(bytes)).unwrap_err().to_string()
    }

    #[test]
    fn an_image_is_a_row_of_pixels_from_zero_to_one() {
        let bytes =
            file(IMAGES, &[2, 2, 3], &[0, 51, 102, 153, 204, 255, 1, 2, 3, 4, 5, 6]);
        let images = images(source(&bytes)).unwrap();
        assert_eq!(images.row(0), array![0.0, 0.2, 0.4, 0.6, 0.8, 1.0]);
        assert_eq!(images[[1, 5]], 6.0 / 255.0);
    }

    #[test]
    fn labels_are_numbers() {
        let bytes = file(LABELS, &[4], &[9, 0, 3, 3]);
        assert_eq!(labels(source(&bytes)).unwrap(), [9, 0, 3, 3]);
    }

    #[test]
    fn a_file_cut_short_says_where_it_ends() {
        let bytes = file(IMAGES, &[2, 2, 3], &[0; 12]);
        assert_eq!(
            images_refusal(&bytes[..20]),
            "my-idx, byte 20: expected 12 bytes after the header (2 × 2 × 3), but the file ends \
             after 4; fetch it again"
        );
        assert_eq!(
            images_refusal(&bytes[..13]),
            "my-idx, byte 13: expected the header to reach byte 16, but the file ends here; \
             fetch it again"
        );
        assert!(labels_refusal(&[]).starts_with("my-idx, byte 0: expected the header"));
    }

    #[test]
    fn a_file_with_more_than_it_announces_says_where_the_rest_begins() {
        assert_eq!(
            labels_refusal(&file(LABELS, &[2], &[1, 2, 3])),
            "my-idx, byte 10: expected 2 bytes after the header (2), but found 3; fetch the \
             file again"
        );
    }

    #[test]
    fn an_absurd_size_is_refused_before_memory_is_set_aside() {
        let most = u32::MAX;
        assert_eq!(
            images_refusal(&file(IMAGES, &[most, most, most], &[0; 9])),
            "my-idx, byte 25: expected 79228162458924105385300197375 bytes after the header \
             (4294967295 × 4294967295 × 4294967295), but the file ends after 9; fetch it again"
        );
        assert!(
            labels_refusal(&file(LABELS, &[most], &[0; 9]))
                .contains("expected 4294967295")
        );
    }

    #[test]
    fn a_file_that_announces_nothing_is_refused() {
        for sizes in [[0, 28, 28], [u32::MAX, 0, 28], [1, 28, 0]] {
            let refusal = images_refusal(&file(IMAGES, &sizes, &[]));
            assert!(
                refusal.starts_with("my-idx, byte 4: expected sizes above zero"),
                "{refusal}"
            );
        }
        assert!(
            labels_refusal(&file(LABELS, &[0], &[])).contains("the header announces 0")
        );
    }

    #[test]
    fn swapped_files_are_recognised() {
        let (of_images, of_labels) =
            (file(IMAGES, &[1, 1, 1], &[0]), file(LABELS, &[1], &[0]));
        assert_eq!(
            images_refusal(&of_labels),
            "my-idx, byte 0: expected images, but found labels; the two files look swapped"
        );
        assert_eq!(
            labels_refusal(&of_images),
            "my-idx, byte 0: expected labels, but found images; the two files look swapped"
        );
    }

    #[test]
    fn a_packed_file_is_recognised() {
        assert_eq!(
            images_refusal(&[0x1f, 0x8b, 8, 0]),
            "my-idx, byte 0: expected an IDX file, but found a gzip archive; unpack it first, as \
             with `gunzip`"
        );
    }

    #[test]
    fn a_file_of_another_kind_is_named() {
        let kinds: [(&[u8], &str); 8] = [
            (b"\x1f\x8b", "a gzip archive; unpack it first, as with `gunzip`"),
            (
                b"PK\x03\x04\x14\0\0\0",
                "a zip archive, which an .xlsx spreadsheet is, too; unpack it first, as with \
                 `unzip`; from a spreadsheet, save the sheet as CSV",
            ),
            (b"\xfd7zXZ\0\0\0", "an archive that is still packed; unpack it first"),
            (
                b"<html>Not found</html>",
                "HTML or XML, such as a web page; fetch the file itself, not a page about it",
            ),
            (
                b"version https://git-lfs.",
                "a Git LFS pointer, which stands for a file; fetch the file itself, as with \
                 `git lfs pull`",
            ),
            (b"label,1x1,1x2\n5,0,0\n", "plain text; check that it is the right file"),
            (b"5\0,\x000\0", "UTF-16 text; check that it is the right file"),
            (b"1", "plain text; check that it is the right file"),
        ];
        for (bytes, kind) in kinds {
            let message =
                format!("my-idx, byte 0: expected an IDX file, but found {kind}");
            assert_eq!(images_refusal(bytes), message);
            assert_eq!(labels_refusal(bytes), message);
        }
    }

    #[test]
    fn more_labels_than_targets_have_room_for_are_refused() {
        let most = MOST / CLASSES;
        let labels = vec![0; most + 1];
        assert_eq!(
            labels_refusal(&file(LABELS, &[most as u32 + 1], &labels)),
            "my-idx, byte 4: expected at most 13421772 labels, but found 13421773; cut the file \
             in parts"
        );
    }

    #[test]
    fn another_magic_number_is_shown() {
        assert_eq!(
            labels_refusal(&file(0xd01, &[1], &[0])),
            "my-idx, byte 0: expected the magic number 0x00000801, but found 0x00000d01; \
             check that it is the right file"
        );
    }

    #[test]
    fn a_label_above_nine_is_found() {
        assert_eq!(
            labels_refusal(&file(LABELS, &[3], &[9, 10, 0])),
            "my-idx, byte 9: expected a label from 0 to 9, but found 10; use a file of ten classes"
        );
    }

    #[test]
    fn images_without_labels_are_counted() {
        let two = file(IMAGES, &[2, 1, 1], &[0, 0]);
        let three = file(LABELS, &[3], &[0, 0, 0]);
        let images = Source { name: "two", bytes: &two };
        let labels = Source { name: "three", bytes: &three };
        assert_eq!(
            examples(images, labels).unwrap_err().to_string(),
            "three, byte 4: expected 2 labels, one for each image of two, but found 3; use two \
             files that belong together"
        );
    }

    /// Everything that came through must be as many numbers as there were bytes.
    fn check(bytes: &[u8]) -> Result<(), TestCaseError> {
        if let Ok(images) = images(source(bytes)) {
            prop_assert_eq!(images.len(), bytes.len() - 16);
            prop_assert!(images.iter().all(|pixel| (0.0..=1.0).contains(pixel)));
        }
        if let Ok(labels) = labels(source(bytes)) {
            prop_assert_eq!(labels.len(), bytes.len() - 8);
            prop_assert!(labels.iter().all(|label| *label < CLASSES));
        }
        Ok(())
    }

    proptest! {
        #[test]
        fn no_bytes_make_the_reader_panic(
            bytes in prop::collection::vec(any::<u8>(), 0..64),
            sizes: [u32; 3],
        ) {
            check(&bytes)?;
            check(&file(IMAGES, &sizes, &bytes))?;
            check(&file(LABELS, &sizes[..1], &bytes))?;
        }

        #[test]
        fn no_change_to_a_valid_file_makes_the_reader_panic(
            count in 1_u8..5,
            height in 1_u8..5,
            width in 1_u8..5,
            place: prop::sample::Index,
            replacement in prop::collection::vec(any::<u8>(), 0..3),
        ) {
            let items = vec![7; usize::from(count) * usize::from(height) * usize::from(width)];
            let sizes = [count, height, width].map(u32::from);
            let images = file(IMAGES, &sizes, &items);
            let labels = file(LABELS, &[items.len() as u32], &items);
            for mut bytes in [images, labels] {
                check(&bytes)?;
                let place = place.index(bytes.len());
                bytes.splice(place..=place, replacement.clone());
                check(&bytes)?;
            }
        }
    }
}
