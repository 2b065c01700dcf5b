//! What bytes are, if they are not what a reader hoped for.
//!
//! A download may be a web page, a spreadsheet may be saved under the wrong ending, an
//! archive may still be packed. A reader that meets such bytes would complain about their
//! first line or their magic number; here is the one place that knows the real cause.

use std::fmt;

/// What bytes are, as far as their look tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content {
    /// UTF-8 text of no kind that is named below.
    Text,
    /// Text with two bytes for most characters, with or without a byte order mark.
    Utf16,
    /// Text with four bytes for each character, after a byte order mark.
    Utf32,
    /// HTML, or XML.
    Markup,
    /// A list or an object in JSON.
    Json,
    /// One file, packed by gzip.
    Gzip,
    /// A zip archive; an `.xlsx` workbook is one, too.
    Zip,
    /// An archive of another packer.
    Archive,
    /// A workbook of a spreadsheet program, in its old format `.xls`.
    Workbook,
    /// A table in the format of Parquet.
    Parquet,
    /// What Git keeps in the place of a large file that lies elsewhere.
    Pointer,
    /// Nothing at all, or nothing that is named above.
    Unknown,
}

/// How files begin that are no text.
const SIGNATURES: [(&[u8], Content); 12] = [
    (b"\xff\xfe\0\0", Content::Utf32), // before UTF-16, whose mark it begins with
    (b"\0\0\xfe\xff", Content::Utf32),
    (b"\xff\xfe", Content::Utf16),
    (b"\xfe\xff", Content::Utf16),
    (b"\x1f\x8b", Content::Gzip),
    (b"PK\x03\x04", Content::Zip),
    (b"PK\x05\x06", Content::Zip), // without a file in it
    (b"PK\x07\x08", Content::Zip), // in several parts
    (b"\xfd7zXZ\0", Content::Archive),
    (b"\x28\xb5\x2f\xfd", Content::Archive), // zstd
    (b"7z\xbc\xaf\x27\x1c", Content::Archive),
    (b"\xd0\xcf\x11\xe0", Content::Workbook),
];

impl Content {
    /// Looks at bytes.
    ///
    /// ```
    /// use datasets::content::Content;
    ///
    /// assert_eq!(Content::of(b"1,2,3\n"), Content::Text);
    /// assert_eq!(Content::of(b"<!doctype html>"), Content::Markup);
    /// ```
    pub fn of(bytes: &[u8]) -> Content {
        let signed = SIGNATURES.iter().find(|(start, _)| bytes.starts_with(start));
        if let Some((_, content)) = signed {
            return *content;
        }
        match bytes {
            [b'B', b'Z', b'h', b'1'..=b'9', block @ ..] if is_bzip2(block) => {
                return Content::Archive;
            }
            [b'P', b'A', b'R', b'1', 0..=8 | 14..=31, ..] => return Content::Parquet,
            _ if is_utf16_of_ascii(bytes) => return Content::Utf16,
            _ => (),
        }
        // A page may have a stray byte far below its first line.
        let start = bytes.utf8_chunks().next().map_or("", |chunk| chunk.valid());
        match Content::of_text(start) {
            Content::Text if start.len() < bytes.len() || start.contains('\0') => {
                Content::Unknown
            }
            content => content,
        }
    }

    fn of_text(text: &str) -> Content {
        let text = text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text);
        if text.starts_with("version https://git-lfs") {
            return Content::Pointer;
        }
        let mut visible = text.chars().filter(|c| !c.is_whitespace());
        match (visible.next(), visible.next()) {
            (None, _) => Content::Unknown,
            (Some('<'), Some('!' | '?' | 'a'..='z' | 'A'..='Z')) => Content::Markup,
            (Some('{'), Some('"' | '}')) => Content::Json,
            (Some('['), Some('[' | '{' | '"' | '-' | '0'..='9' | ']')) => Content::Json,
            _ => Content::Text,
        }
    }

    /// What to do about it.
    pub fn remedy(self) -> &'static str {
        match self {
            Content::Text => "check that it is the right file",
            Content::Utf16 | Content::Utf32 | Content::Unknown => {
                "save the file as UTF-8"
            }
            Content::Markup => "fetch the file itself, not a page about it",
            Content::Json | Content::Parquet => {
                "convert it, or fetch it in the other format"
            }
            Content::Pointer => "fetch the file itself, as with `git lfs pull`",
            Content::Gzip => "unpack it first, as with `gunzip`",
            Content::Zip => {
                "unpack it first, as with `unzip`; from a spreadsheet, save the sheet as CSV"
            }
            Content::Archive => "unpack it first",
            Content::Workbook => "save the sheet as CSV",
        }
    }
}

impl fmt::Display for Content {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(match self {
            Content::Text => "plain text",
            Content::Utf16 => "UTF-16 text",
            Content::Utf32 => "UTF-32 text",
            Content::Markup => "HTML or XML, such as a web page",
            Content::Json => "JSON",
            Content::Gzip => "a gzip archive",
            Content::Zip => "a zip archive, which an .xlsx spreadsheet is, too",
            Content::Archive => "an archive that is still packed",
            Content::Workbook => "an .xls spreadsheet",
            Content::Parquet => "a Parquet table",
            Content::Pointer => "a Git LFS pointer, which stands for a file",
            Content::Unknown => "a byte that is not UTF-8",
        })
    }
}

/// Spreadsheets may put it in front of a text; it is no part of its first cell.
pub(crate) const BYTE_ORDER_MARK: char = '\u{feff}';

/// Whether the first block of an archive by bzip2, or its end, begins here.
fn is_bzip2(block: &[u8]) -> bool {
    block.starts_with(b"1AY&SY") || block.starts_with(b"\x17rE8P\x90")
}

/// Whether most characters are ASCII in two bytes each: always the same one of the two is
/// 0, never the other.
fn is_utf16_of_ascii(bytes: &[u8]) -> bool {
    let (pairs, _) = bytes.as_chunks::<2>();
    let zeros = |side: usize| pairs.iter().filter(|pair| pair[side] == 0).count();
    let (first, second) = (zeros(0), zeros(1));
    first.min(second) == 0 && 2 * first.max(second) > pairs.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn each_kind_is_told_by_its_look() {
        let kinds: [(&[u8], Content); 45] = [
            (b"1,2,3\n", Content::Text),
            ("\u{feff}größe,2".as_bytes(), Content::Text),
            (b"\xff\xfe1\0,\0", Content::Utf16),
            (b"\xfe\xff\x001\0,", Content::Utf16),
            (b"\xff\xfe\0\x001\0\0\0", Content::Utf32),
            (b"\0\0\xfe\xff\0\0\x001", Content::Utf32),
            (b" \n<!DOCTYPE html>", Content::Markup),
            ("\u{feff}<html>".as_bytes(), Content::Markup),
            (b"<?xml version='1.0'?>", Content::Markup),
            (b"<html>gr\xf6\xdfer", Content::Markup),
            (b"\n<?xml version='1.0' encoding='latin1'?><\xe4>", Content::Markup),
            (b"{ \"error\": 404}", Content::Json),
            (b"{\"\xfcber\": 1}", Content::Json),
            (b"[[1, 2], [3, 4]]", Content::Json),
            (b"[\n1, 2]", Content::Json),
            (b"[m],{s},<5", Content::Text),
            (b"<5,{s},[m]", Content::Text),
            (b"{s},[m]", Content::Text),
            (b"\x1f\x8b\x08\0", Content::Gzip),
            (b"PK\x03\x04\x14\0", Content::Zip),
            (b"PK\x05\x06\0\0", Content::Zip),
            (b"PK\x07\x08PK\x03\x04", Content::Zip),
            (b"BZh91AY&SY\x12", Content::Archive),
            (b"BZh11AY&SY\x12", Content::Archive),
            (b"BZh9\x17rE8P\x90\0", Content::Archive),
            (b"BZh01AY&SY", Content::Text),
            (b"BZh1,2,3", Content::Text),
            (b"\xfd7zXZ\0\0", Content::Archive),
            (b"\x28\xb5\x2f\xfd\x04", Content::Archive),
            (b"7z\xbc\xaf\x27\x1c\0", Content::Archive),
            (b"\xd0\xcf\x11\xe0\xa1", Content::Workbook),
            (b"PAR1\x15\x04\x15", Content::Parquet),
            (b"PAR1\0\0PAR1", Content::Parquet),
            (b"PAR1,PAR2\n1,2", Content::Text),
            (b"PAR1\n1", Content::Text),
            (b"version https://git-lfs.", Content::Pointer),
            (b"version,https\n1,2", Content::Text),
            (b"", Content::Unknown),
            (b" \n", Content::Unknown),
            (b"area,\xff", Content::Unknown),
            (b"\xe4rea,<5", Content::Unknown),
            (b"gr\xf6\xdfe,<html>", Content::Unknown),
            (b"1,\0,3", Content::Unknown),
            (b"\0\0\x08\x03\0\0\0\x01", Content::Unknown),
            (b"PK,BZh,7z\n1,2,3", Content::Text),
        ];
        for (bytes, content) in kinds {
            assert_eq!(Content::of(bytes), content, "{:?}", bytes.escape_ascii());
        }
    }

    #[test]
    fn utf16_is_told_without_a_byte_order_mark() {
        for text in ["1,2,3\n4,5,6", "größe,änderung,π\n1.5,2.5,3\n", "1"] {
            assert_eq!(Content::of(&utf16(text, u16::to_le_bytes)), Content::Utf16);
            assert_eq!(Content::of(&utf16(text, u16::to_be_bytes)), Content::Utf16);
        }
        // One stray 0 is no second byte of every character, and 0 in both places is none.
        assert_eq!(Content::of(b"1,2,3\0"), Content::Unknown);
        assert_eq!(Content::of(b"1\x002\0\x003\x004"), Content::Unknown);
        assert_eq!(Content::of(b"1\0,2"), Content::Unknown, "as many as not");
    }

    proptest! {
        #[test]
        fn any_bytes_are_something(bytes in prop::collection::vec(any::<u8>(), 0..50)) {
            let content = Content::of(&bytes);
            prop_assert!(!content.to_string().is_empty() && !content.remedy().is_empty());
            if content == Content::Text {
                prop_assert!(std::str::from_utf8(&bytes).is_ok());
            }
        }
    }
}
