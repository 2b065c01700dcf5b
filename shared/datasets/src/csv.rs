//! Text into numbers: comma-separated rows.
//!
//! Only what a network needs: a row per line, and finite numbers between commas. There
//! are no quotes and no missing values here; [`table`](crate::table) knows them. Whatever is
//! wrong is named with file, line and column, because a file has many lines and its owner
//! has to find the one.

use ndarray::{Array2, s};
use nn::Examples;
use thiserror::Error;

use crate::bounds::{MOST, fits};
use crate::content::{BYTE_ORDER_MARK, Content};
use crate::one_hot;

mod cause;

/// What the columns of a file mean: first the inputs, then the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Format {
    /// Whether the first line names the columns. It then holds names that begin with no
    /// digit, or numbers the columns from 0 (`0,1,2`); a line that may be a row is never
    /// skipped.
    pub header: bool,
    /// How many columns are inputs.
    pub inputs: usize,
    /// What the columns after them hold.
    pub answer: Answer,
}

/// What we want for a row of inputs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// So many columns of targets, taken as they are.
    Numbers(usize),
    /// One column with a class number, which becomes one-hot targets.
    Label {
        /// A label is a whole number from 0 to `classes` − 1.
        classes: usize,
    },
}

/// Reads rows of comma-separated numbers; errors call the text `name`.
///
/// Inputs are (rows, `format.inputs`). Targets are (rows, n) for `Answer::Numbers(n)` and
/// (rows, classes) for a label. Lines end in `\n` or `\r\n`, the last one or not; spaces
/// around a number do not matter.
///
/// A header that the format announces is skipped if its cells are names, or the numbers 0,
/// 1, 2 and so on, as pandas writes for columns without names. A first line with any other
/// number (`2.5`, `5 kg`, `2nd floor`), or with nothing but marks of missing values (`?`,
/// `NA`), may be a row, and a row is not skipped: it is refused.
///
/// # Errors
/// If the text is of another kind, a row has more or fewer columns than the format says, a
/// cell is not a finite number, a label is not a class, the labels seem to stand in the
/// first column, the targets would be more than 2²⁷ numbers (1 GiB), a header is missing
/// or not expected, or there is no row at all.
///
/// # Panics
/// If the format has no inputs or no answer.
///
/// ```
/// use datasets::csv::{self, Answer, Format};
///
/// let format = Format { header: true, inputs: 2, answer: Answer::Numbers(1) };
/// let flats = csv::parse("area,age,price\n80,12,310\n45,60,150\n", "flats.csv", format)?;
/// assert_eq!(flats.targets, ndarray::array![[310.0], [150.0]]);
///
/// let error = csv::parse("area,age,price\n80,12,much\n", "flats.csv", format).unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "flats.csv, line 2: expected a number in column 3, but found \"much\"; correct it or \
///      remove the row"
/// );
/// # Ok::<(), csv::Error>(())
/// ```
pub fn parse(text: &str, name: &str, format: Format) -> Result<Examples, Error> {
    let columns = format.columns();
    let no_answer =
        matches!(format.answer, Answer::Numbers(0) | Answer::Label { classes: 0 });
    assert!(
        format.inputs > 0 && !no_answer,
        "a format needs inputs and an answer, but got {format:?}"
    );
    let at = |line, problem| Error { name: name.to_owned(), line, problem };

    match Content::of(text.as_bytes()) {
        Content::Text | Content::Unknown => (),
        found => return Err(at(1, Problem::NotText(found))),
    }
    let text = text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text);
    let mut numbers = Vec::new();
    for (line, row) in (1..).zip(text.lines()) {
        let read = if line == 1 && format.header {
            check_header(row, columns)
        } else if line == 1 && is_header(row) {
            Err(Problem::Header)
        } else {
            read_row(row, format, &mut numbers)
        };
        let first = numbers.len() < columns;
        read.map_err(|problem| at(line, cause::of(problem, row, format, first)))?;
    }
    if numbers.is_empty() {
        return Err(at(text.lines().count() + 1, Problem::Empty));
    }
    let rows = Array2::from_shape_vec((numbers.len() / columns, columns), numbers)
        .expect("every row was read to its last column"); // (rows, columns)
    if format.label().is_some_and(|classes| cause::labels_first(&rows, classes)) {
        let label = rows[[0, format.inputs]] as usize;
        let line = 1 + usize::from(format.header);
        return Err(at(line, Problem::OneLabel { column: columns, label }));
    }
    Ok(examples(&rows, format))
}

impl Format {
    /// How many columns a row has.
    pub fn columns(&self) -> usize {
        self.inputs.saturating_add(match self.answer {
            Answer::Numbers(targets) => targets,
            Answer::Label { .. } => 1,
        })
    }

    /// The number of classes, if the answer is a label.
    fn label(&self) -> Option<usize> {
        match self.answer {
            Answer::Numbers(_) => None,
            Answer::Label { classes } => Some(classes),
        }
    }
}

fn check_header(row: &str, columns: usize) -> Result<(), Problem> {
    check_columns(row, columns)?;
    let blank = cells(row).all(str::is_empty);
    let counts = (0_usize..).zip(cells(row)).all(|(n, cell)| cell == n.to_string());
    let number = (1..).zip(cells(row)).find(|(_, cell)| is_like_a_number(cell));
    let word = cells(row)
        .any(|cell| cell.contains(char::is_alphabetic) && cell.parse::<f64>().is_err());
    match number {
        _ if blank => Err(Problem::Blank),
        _ if counts => Ok(()),
        _ if cells(row).all(is_missing) => Err(Problem::MissingHeader),
        Some((column, cell)) if word => {
            Err(Problem::MixedHeader { column, found: excerpt(cell) })
        }
        Some(_) => Err(Problem::NoHeader),
        None => Ok(()),
    }
}

/// Whether a cell may be a number: `2.5`, `NaN`, `1 000`, `12 %`, `$5`, `5 kg`, `0x10`.
fn is_like_a_number(cell: &str) -> bool {
    let first = cell.chars().find(|c| c.is_alphanumeric());
    cell.parse::<f64>().is_ok() || first.is_some_and(char::is_numeric)
}

/// Whether a cell stands for a number that nobody knows.
pub(crate) fn is_missing(cell: &str) -> bool {
    const MARKS: [&str; 12] =
        ["", "?", "-", "--", ".", "na", "n/a", "#n/a", "<na>", "nan", "null", "none"];
    MARKS.iter().any(|mark| cell.eq_ignore_ascii_case(mark))
}

fn is_header(row: &str) -> bool {
    row.contains(char::is_alphabetic)
        && !cells(row).any(is_like_a_number)
        && !cells(row).all(is_missing)
}

fn read_row(row: &str, format: Format, numbers: &mut Vec<f64>) -> Result<(), Problem> {
    check_columns(row, format.columns())?;
    let rows = numbers.len() / format.columns() + 1;
    if let Some(classes) = format.label().filter(|classes| !fits(rows, *classes)) {
        return Err(Problem::TooManyTargets { rows, classes });
    }
    for (column, cell) in (1..).zip(cells(row)) {
        let number = match cell.parse::<f64>() {
            Ok(number) if number.is_finite() => number,
            Ok(_) => return Err(Problem::NotFinite { column, found: excerpt(cell) }),
            Err(_) => return Err(Problem::NotANumber { column, found: excerpt(cell) }),
        };
        if column > format.inputs
            && let Some(classes) = format.label()
            && !is_label(number, classes)
        {
            let last = classes - 1;
            return Err(Problem::Label { column, last, found: excerpt(cell) });
        }
        numbers.push(number);
    }
    Ok(())
}

fn is_label(number: f64, classes: usize) -> bool {
    number.fract() == 0.0 && (0.0..classes as f64).contains(&number)
}

fn check_columns(row: &str, expected: usize) -> Result<(), Problem> {
    if row.trim().is_empty() {
        return Err(Problem::Blank);
    }
    match cells(row).count() {
        found if found == expected => Ok(()),
        found => Err(Problem::Columns { expected, found }),
    }
}

fn cells(row: &str) -> impl Iterator<Item = &str> {
    row.split(',').map(str::trim)
}

/// What stands in a cell, short enough for a message.
pub(crate) fn excerpt(cell: &str) -> String {
    const LONGEST: usize = 24;
    match cell.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &cell[..end]),
        None => cell.to_owned(),
    }
}

/// Parts the columns into inputs and targets.
fn examples(rows: &Array2<f64>, format: Format) -> Examples {
    let answer = rows.slice(s![.., format.inputs..]);
    let targets = match format.answer {
        Answer::Numbers(_) => answer.to_owned(), // (rows, targets)
        Answer::Label { classes } => {
            let labels: Vec<usize> = answer.iter().map(|label| *label as usize).collect();
            one_hot(&labels, classes) // (rows, classes)
        }
    };
    Examples::new(rows.slice(s![.., ..format.inputs]).to_owned(), targets)
}

/// What is wrong with a text, and where.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{name}, line {line}: {problem}")]
pub struct Error {
    /// What the reader was told to call the text, such as a file's path.
    pub name: String,
    /// The line, counted from 1.
    pub line: usize,
    /// What is wrong with it.
    pub problem: Problem,
}

/// What can be wrong with a line; columns are counted from 1.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[allow(missing_docs, reason = "the message of a variant explains its fields")]
pub enum Problem {
    /// The text is no rows of cells.
    #[error("expected text with commas between columns, but found {0}; {remedy}", remedy = .0.remedy())]
    NotText(Content),
    /// There is no row at all.
    #[error(
        "expected a row of numbers, but the text ends here; check that it is the right file"
    )]
    Empty,
    /// A line is blank.
    #[error("expected a row of numbers, but found a blank line; remove it")]
    Blank,
    /// A row is too short or too long.
    #[error(
        "expected {expected} columns between commas, but found {found}; correct the row or \
         the format"
    )]
    Columns { expected: usize, found: usize },
    /// Other marks than commas part the columns.
    #[error(
        "expected {expected} columns between commas, but found {found} between {marks}; save \
         the file with commas between columns, and with points in numbers (1.5, not 1,5)"
    )]
    Marks { expected: usize, found: usize, marks: &'static str },
    /// A row has too many columns, as if numbers were cut in two.
    #[error(
        "expected {expected} columns between commas, but found {found}; if numbers have a \
         decimal comma (1,5), write a point (1.5), and if not, correct the row or the format"
    )]
    DecimalComma { expected: usize, found: usize },
    /// Cells stand in quotes.
    #[error(
        "expected cells without quotes, but found a quote; save the file without them"
    )]
    Quotes,
    /// Lines end as on computers of the last century.
    #[error(
        "expected a line to end in \\n or \\r\\n, but found \\r alone; save the file with the \
         line ends of Unix or Windows"
    )]
    CarriageReturn,
    /// A cell is no number.
    #[error(
        "expected a number in column {column}, but found {found:?}; correct it or remove \
         the row"
    )]
    NotANumber { column: usize, found: String },
    /// A cell is NaN or infinite, or too large to be stored.
    #[error(
        "expected a finite number in column {column}, but found {found:?}; correct it or \
         remove the row"
    )]
    NotFinite { column: usize, found: String },
    /// A label is not the number of a class.
    #[error(
        "expected a label from 0 to {last} in column {column}, but found {found:?}; correct \
         it or remove the row"
    )]
    Label { column: usize, last: usize, found: String },
    /// A label is not the number of a class, but the first cell is.
    #[error(
        "expected a label from 0 to {last} in column {column}, but found {found:?}; correct \
         it or remove the row, or, if the labels are in column 1, move them to the end"
    )]
    LabelFirst { column: usize, last: usize, found: String },
    /// All labels are the same, while the first column looks like three labels or more.
    /// Rows of one class can be read with their label as a number, for [`one_hot`].
    #[error(
        "expected different labels in column {column}, but all are {label}; if the labels \
         are in column 1, move them to the end, and if not, read with `Answer::Numbers(1)`"
    )]
    OneLabel { column: usize, label: usize },
    /// The targets would take too much memory.
    #[error(
        "expected at most {MOST} targets, but {rows} rows of {classes} classes ask for more; \
         lower `classes` or remove rows"
    )]
    TooManyTargets { rows: usize, classes: usize },
    /// The first line looks like a header, but the format says that there is none.
    #[error(
        "expected numbers, but found only words; if they name the columns, read with \
         `header: true`"
    )]
    Header,
    /// The first line looks like a row, but the format says that it is a header.
    #[error(
        "expected the names of the columns, but found numbers; if there is no header, read \
         with `header: false`"
    )]
    NoHeader,
    /// The first line knows no number, but it may be a row.
    #[error(
        "expected the names of the columns, but found only marks of missing values; if the \
         line is a header, write names, and if it is a row, remove it and read with \
         `header: false`"
    )]
    MissingHeader,
    /// The first line may be a row or a header.
    #[error(
        "expected the names of the columns, but found {found:?} in column {column}; if the \
         line is a header, begin the name with a letter, and if it is a row, correct it and \
         read with `header: false`"
    )]
    MixedHeader { column: usize, found: String },
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;
    use proptest::prelude::*;

    const NUMBERS: Format =
        Format { header: false, inputs: 2, answer: Answer::Numbers(1) };
    const LABEL: Format =
        Format { header: false, inputs: 1, answer: Answer::Label { classes: 3 } };

    fn refusal(text: &str, format: Format) -> String {
        parse(text, "my.csv", format).unwrap_err().to_string()
    }

    #[test]
    fn the_last_columns_are_the_targets() {
        let examples = parse("1,2,3\n-4.5, 5e1 ,.5", "my.csv", NUMBERS).unwrap();
        assert_eq!(examples.inputs, array![[1.0, 2.0], [-4.5, 50.0]]);
        assert_eq!(examples.targets, array![[3.0], [0.5]]);
        let two = Format { inputs: 1, answer: Answer::Numbers(2), ..NUMBERS };
        let examples = parse("1,2,3", "my.csv", two).unwrap();
        assert_eq!(examples.targets, array![[2.0, 3.0]]);
    }

    #[test]
    fn a_label_becomes_one_hot_targets() {
        let examples = parse("7,2\n8,0\n", "my.csv", LABEL).unwrap();
        assert_eq!(examples.inputs, array![[7.0], [8.0]]);
        assert_eq!(examples.targets, array![[0.0, 0.0, 1.0], [1.0, 0.0, 0.0]]);
    }

    #[test]
    fn line_ends_and_a_byte_order_mark_do_not_matter() {
        let plain = parse("1,2,3\n4,5,6", "my.csv", NUMBERS);
        assert!(plain.is_ok());
        for text in ["1,2,3\n4,5,6\n", "1,2,3\r\n4,5,6\r\n", "\u{feff}1,2,3\n4,5,6\r"] {
            assert_eq!(parse(text, "my.csv", NUMBERS), plain, "{text:?}");
        }
    }

    #[test]
    fn a_header_is_skipped_when_it_is_expected() {
        let format = Format { header: true, ..NUMBERS };
        let examples = parse("a,b,c\n1,2,3\n", "my.csv", format).unwrap();
        assert_eq!(examples.inputs, array![[1.0, 2.0]]);
    }

    #[test]
    fn a_header_that_is_missing_or_not_expected_is_named() {
        assert_eq!(
            refusal("a,b,c\n1,2,3\n", NUMBERS),
            "my.csv, line 1: expected numbers, but found only words; if they name the columns, \
             read with `header: true`"
        );
        let format = Format { header: true, ..NUMBERS };
        assert_eq!(
            refusal("1,2,3\n4,5,6\n", format),
            "my.csv, line 1: expected the names of the columns, but found numbers; if there is \
             no header, read with `header: false`"
        );
        assert!(refusal("a,b\n1,2,3\n", format).contains("expected 3 columns"));
    }

    #[test]
    fn a_header_may_number_the_columns_from_zero() {
        let format = Format { header: true, ..NUMBERS };
        let examples = parse("0,1,2\n4,5,6\n", "my.csv", format).unwrap();
        assert_eq!(examples, parse("4,5,6\n", "my.csv", NUMBERS).unwrap());
        assert_eq!(parse("0,1,2\n4,5,6\n", "my.csv", NUMBERS).unwrap().rows(), 2);
        for other in ["0,1,1", "1,2,3", "0.0,1.0,2.0", "2,1,0", "2019,2020,2021"] {
            assert!(
                refusal(&format!("{other}\n4,5,6\n"), format).contains("found numbers")
            );
        }
    }

    #[test]
    fn a_row_never_vanishes_as_a_header() {
        let format = Format { header: true, ..NUMBERS };
        assert_eq!(
            refusal("x,2,3\n4,5,6\n", format),
            "my.csv, line 1: expected the names of the columns, but found \"2\" in column 2; if \
             the line is a header, begin the name with a letter, and if it is a row, correct it \
             and read with `header: false`"
        );
        for (row, place) in [
            ("0,1,b", "\"0\" in column 1"),
            ("a,b,3e5", "\"3e5\" in column 3"),
            ("a,NaN,c", "\"NaN\" in column 2"),
            ("a,1 000,c", "\"1 000\" in column 2"),
            ("a,,12 %", "\"12 %\" in column 3"),
            ("a,b,2nd floor", "\"2nd floor\" in column 3"),
            ("5m,2kg,3s", "\"5m\" in column 1"),
            ("1.5 m,2 kg,3 s", "\"1.5 m\" in column 1"),
            ("0x10,0x11,0x12", "\"0x10\" in column 1"),
            ("-5m,+2kg,.3s", "\"-5m\" in column 1"),
            ("a,$5m,c", "\"$5m\" in column 2"),
            ("NA,2,?", "\"2\" in column 2"),
        ] {
            assert!(refusal(&format!("{row}\n4,5,6\n"), format).contains(place), "{row}");
        }
        for row in ["1 000,2 000,3'000", ",2,3", "12 €,5 %,-", "½,?,¼", "NaN,inf,2"] {
            let refusal = refusal(&format!("{row}\n4,5,6\n"), format);
            assert!(refusal.contains("found numbers"), "{refusal}");
        }
        assert!(refusal(" ,,\n4,5,6\n", format).contains("found a blank line"));
        for header in ["a,b2,x1", ",#,%", "m²,größe,quiz 1", "area,Na,?", "NAME,none,A1"]
        {
            let text = format!("{header}\n4,5,6\n");
            assert_eq!(parse(&text, "my.csv", format).unwrap().rows(), 1, "{header}");
        }
    }

    #[test]
    fn marks_of_missing_values_are_no_names() {
        let format = Format { header: true, ..NUMBERS };
        for row in ["?,?,?", "null,null,null", "NA,N/A,-", "None,,.", "nan,NaN,#N/A"] {
            let text = format!("{row}\n4,5,6\n");
            assert_eq!(
                refusal(&text, format),
                "my.csv, line 1: expected the names of the columns, but found only marks of \
                 missing values; if the line is a header, write names, and if it is a row, remove \
                 it and read with `header: false`"
            );
            assert!(refusal(&text, NUMBERS).contains("number in column 1"), "{row}");
        }
        assert!(refusal("5m,2kg,3s\n4,5,6\n", NUMBERS).contains("1, but found \"5m\""));
    }

    #[test]
    fn text_of_another_kind_is_named() {
        let kinds = [
            (
                "<!doctype html>\n<p>1,2,3",
                "HTML or XML, such as a web page; fetch the file itself",
            ),
            ("{\"rows\": 3}", "JSON; convert it"),
            ("1\0,\x002\0,\x003\0", "UTF-16 text; save the file as UTF-8"),
            (
                "PK\x03\x04",
                "a zip archive, which an .xlsx spreadsheet is, too; unpack it first",
            ),
        ];
        for (text, kind) in kinds {
            let start =
                "my.csv, line 1: expected text with commas between columns, but found";
            let refusal = refusal(text, NUMBERS);
            assert!(refusal.starts_with(&format!("{start} {kind}")), "{refusal}");
        }
    }

    #[test]
    fn other_marks_between_columns_are_named() {
        let message = |line, found, marks| {
            format!(
                "my.csv, line {line}: expected 3 columns between commas, but found {found} \
                 between {marks}; save the file with commas between columns, and with points in \
                 numbers (1.5, not 1,5)"
            )
        };
        let header = Format { header: true, ..NUMBERS };
        for (text, found, marks) in [
            ("1;2;3", 3, "semicolons"),
            ("1,5;2,5;3,5", 3, "semicolons"),
            ("area;age;price", 3, "semicolons"),
            ("area, m²;age;price", 3, "semicolons"),
            ("1;2;3;4", 4, "semicolons"),
            ("1\t2\t3", 3, "tabs"),
            ("area of it\tage\tprice", 3, "tabs"),
            ("1,5\t2,5\t3", 3, "tabs"),
            ("1|2|3", 3, "bars"),
            ("  1.5  2 -3e1", 3, "spaces"),
            ("1,5 2,5 3,5", 3, "spaces"),
            ("1 2", 2, "spaces"),
        ] {
            assert_eq!(refusal(text, NUMBERS), message(1, found, marks), "{text:?}");
            let named = format!("a,b,c\n{text}");
            assert_eq!(refusal(&named, header), message(2, found, marks), "{named:?}");
        }
        assert_eq!(refusal("a;b;c\n1;2;3", header), message(1, 3, "semicolons"));
        assert_eq!(refusal("1;2\t3;4", LABEL).matches("between tabs").count(), 1);
        for (text, count) in [("a b c", 1), ("12", 1), ("1,2 3", 2), ("1,2;3", 2)] {
            assert!(!refusal(text, NUMBERS).contains(" between spaces"), "{text}");
            let columns = format!("found {count}; correct");
            let refusal = refusal(&format!("1,2,3\n{text}"), NUMBERS);
            assert!(refusal.contains(&columns), "{refusal}");
        }
        // One odd row is no habit of the file.
        assert!(
            refusal("1,2,3\n1;2,5;3,6", NUMBERS)
                .contains("in column 1, but found \"1;2\"")
        );
    }

    #[test]
    fn a_decimal_comma_is_named() {
        let message = |line, found| {
            format!(
                "my.csv, line {line}: expected 3 columns between commas, but found {found}; if \
                 numbers have a decimal comma (1,5), write a point (1.5), and if not, correct \
                 the row or the format"
            )
        };
        assert_eq!(refusal("1,5,2,5,-3,5\n", NUMBERS), message(1, 6));
        assert_eq!(refusal("80,12,+310,5\n", NUMBERS), message(1, 4));
        assert_eq!(refusal("1,2,3\n1,5,2,5,3,5\n", NUMBERS), message(2, 6));
        let header = Format { header: true, ..NUMBERS };
        assert_eq!(refusal("a,b,c\n80,12,310,5\n", header), message(2, 4));
        for (text, found) in [
            ("1,2", 2),
            ("1.5,2,3,4", 4),
            ("1,,2,3", 4),
            ("1,-,2,3", 4),
            ("1,2,3\n1,2,3,4,5", 5),
        ] {
            let generic = format!("but found {found}; correct the row or the format");
            let refusal = refusal(text, NUMBERS);
            assert!(refusal.ends_with(&generic), "{refusal}");
        }
    }

    #[test]
    fn quotes_are_named() {
        for text in ["\"1\",\"2\",\"3\"", "\"1,5\",2,3", "1,2,3\n4,5,\"6\""] {
            let refusal = refusal(text, NUMBERS);
            assert!(
                refusal.ends_with(
                    "expected cells without quotes, but found a quote; save the file without them"
                ),
                "{refusal}"
            );
        }
        let format = Format { header: true, ..NUMBERS };
        assert!(parse("\"a\",\"b\",\"c\"\n1,2,3", "my.csv", format).is_ok());
    }

    #[test]
    fn a_carriage_return_alone_is_named() {
        let header = Format { header: true, ..NUMBERS };
        for (text, format) in [
            ("1,2,3\r4,5,6\r", NUMBERS),
            ("a,b,c\r1,2,3\r4,5,6", header),
            ("a;b;c\r1;2;3", NUMBERS),
            ("1\r2,3,4", NUMBERS),
        ] {
            assert_eq!(
                refusal(text, format),
                "my.csv, line 1: expected a line to end in \\n or \\r\\n, but found \\r alone; \
                 save the file with the line ends of Unix or Windows"
            );
        }
        assert!(parse("1,2,3\r\r\n4,5,6\r\r\n", "my.csv", NUMBERS).is_ok());
    }

    #[test]
    fn a_label_in_the_first_column_is_named() {
        assert_eq!(
            refusal("7,1\n2,0.5\n", LABEL),
            "my.csv, line 2: expected a label from 0 to 2 in column 2, but found \"0.5\"; correct \
             it or remove the row, or, if the labels are in column 1, move them to the end"
        );
        assert!(refusal("0.5,0.7", LABEL).ends_with("correct it or remove the row"));
    }

    #[test]
    fn labels_that_are_all_the_same_beside_a_first_column_of_labels_are_refused() {
        assert_eq!(
            refusal("2,0\n1,0\n0,0\n", LABEL),
            "my.csv, line 1: expected different labels in column 2, but all are 0; if the labels \
             are in column 1, move them to the end, and if not, read with `Answer::Numbers(1)`"
        );
        let header = Format { header: true, ..LABEL };
        assert!(refusal("label,pixel\n2,1\n1,1\n0,1\n", header).starts_with(
            "my.csv, line 2: expected \
            different labels in column 2, but all are 1"
        ));
        let numbers = Format { inputs: 1, ..NUMBERS };
        assert!(parse("2,0\n1,0\n0,0\n", "my.csv", numbers).is_ok());
    }

    #[test]
    fn rows_of_one_class_are_read_whatever_their_first_input() {
        for text in [
            "2,0\n",
            "2,0\n2,0\n",
            "0,1\n1,1\n0,1\n",
            "2,0\n1,1\n0,0\n",
            "2,0\n1,0\n3,0\n",
            "2,0\n1,0\n0.5,0\n",
            "2,0\n1,0\n-1,0\n",
        ] {
            let rows = parse(text, "my.csv", LABEL).map(|examples| examples.rows());
            assert_eq!(rows, Ok(text.lines().count()), "{text}");
        }
        let two = Answer::Label { classes: 2 };
        let examples =
            parse("0,1,1\n1,0,1\n", "my.csv", Format { answer: two, ..NUMBERS });
        assert_eq!(examples.unwrap().targets, array![[0.0, 1.0], [0.0, 1.0]]);
    }

    #[test]
    fn a_class_count_that_takes_too_much_memory_is_refused() {
        let format = |classes| Format { answer: Answer::Label { classes }, ..LABEL };
        assert_eq!(
            refusal("0,0\n", format(1_000_000_000)),
            "my.csv, line 1: expected at most 134217728 targets, but 1 rows of 1000000000 classes \
             ask for more; lower `classes` or remove rows"
        );
        assert!(refusal("0,0\n", format(usize::MAX)).contains("ask for more"));
        let half = (1 << 26) + 1;
        assert!(refusal("0,0\n7,1\n", format(half)).starts_with(
            "my.csv, line 2: expected at most 134217728 targets, but 2 rows"
        ));
    }

    #[test]
    fn a_format_of_more_columns_than_can_be_counted_is_a_wrong_format() {
        for answer in [Answer::Numbers(usize::MAX), Answer::Label { classes: 2 }] {
            let format = Format { header: false, inputs: usize::MAX, answer };
            assert_eq!(
                refusal("1,2,3\n", format),
                "my.csv, line 1: expected 18446744073709551615 columns between commas, but found \
                 3; correct the row or the format"
            );
        }
    }

    #[test]
    fn too_many_and_too_few_columns_are_counted() {
        let message = |found| {
            format!(
                "my.csv, line 2: expected 3 columns between commas, but found {found}; correct \
                 the row or the format"
            )
        };
        assert_eq!(refusal("1,2,3\n4,5\n", NUMBERS), message(2));
        assert_eq!(refusal("1,2,3\n4,5,6,7\n", NUMBERS), message(4));
        assert_eq!(refusal("1,2,3\n4;5;6\n", NUMBERS), message(1));
    }

    #[test]
    fn what_is_not_a_number_is_shown() {
        assert_eq!(
            refusal("1,2,3\n4,five,6\n", NUMBERS),
            "my.csv, line 2: expected a number in column 2, but found \"five\"; correct it or \
             remove the row"
        );
        assert!(refusal("1,,3", NUMBERS).contains("in column 2, but found \"\""));
        assert!(refusal("--5,1,2", NUMBERS).contains("in column 1, but found \"--5\""));
        assert!(refusal(",,", NUMBERS).contains("in column 1, but found \"\""));
        let long = format!("1,2,{}", "é".repeat(500));
        assert!(
            refusal(&long, NUMBERS).contains(&format!("found \"{}…\"", "é".repeat(24)))
        );
    }

    #[test]
    fn what_is_not_finite_is_refused() {
        for cell in ["NaN", "inf", "-infinity", "1e999"] {
            assert_eq!(
                refusal(&format!("1,2,3\n{cell},2,3"), NUMBERS),
                format!(
                    "my.csv, line 2: expected a finite number in column 1, but found {cell:?}; \
                     correct it or remove the row"
                )
            );
        }
    }

    #[test]
    fn a_label_that_is_no_class_is_refused() {
        for label in ["3", "-1", "1.5", "1e300"] {
            assert_eq!(
                refusal(&format!("7,2\n8,{label}\n"), LABEL),
                format!(
                    "my.csv, line 2: expected a label from 0 to 2 in column 2, but found \
                     {label:?}; correct it or remove the row"
                )
            );
        }
    }

    #[test]
    fn a_text_without_rows_is_refused() {
        assert!(
            refusal("", NUMBERS).starts_with("my.csv, line 1: expected a row of numbers")
        );
        let format = Format { header: true, ..NUMBERS };
        assert!(refusal("a,b,c\n", format).starts_with("my.csv, line 2: expected a row"));
        assert!(
            refusal("1,2,3\n\n", NUMBERS).starts_with("my.csv, line 2: expected a row")
        );
        assert!(refusal("\n1,2,3", NUMBERS).contains("found a blank line; remove it"));
    }

    #[test]
    #[should_panic(expected = "a format needs inputs and an answer")]
    fn a_format_without_an_answer_is_refused() {
        let _ = parse("1", "my.csv", Format { answer: Answer::Numbers(0), ..NUMBERS });
    }

    #[test]
    #[should_panic(expected = "a format needs inputs and an answer")]
    fn a_format_without_inputs_is_refused() {
        let _ = parse("1", "my.csv", Format { inputs: 0, ..NUMBERS });
    }

    #[test]
    #[should_panic(expected = "a format needs inputs and an answer")]
    fn a_format_without_classes_is_refused() {
        let _ = parse(
            "1",
            "my.csv",
            Format { answer: Answer::Label { classes: 0 }, ..LABEL },
        );
    }

    /// Everything that came through must fit the format.
    fn check(text: &str, format: Format) -> Result<(), TestCaseError> {
        if let Ok(examples) = parse(text, "my.csv", format) {
            prop_assert_eq!(examples.inputs.ncols(), format.inputs);
            prop_assert!(examples.inputs.iter().all(|number| number.is_finite()));
            prop_assert!(examples.targets.iter().all(|number| number.is_finite()));
            let lines = text.lines().count() - usize::from(format.header);
            prop_assert_eq!(examples.rows(), lines);
        }
        Ok(())
    }

    proptest! {
        #[test]
        fn no_bytes_make_the_reader_panic(
            bytes in prop::collection::vec(any::<u8>(), 0..200),
            header: bool,
        ) {
            let text = String::from_utf8_lossy(&bytes);
            check(&text, Format { header, ..NUMBERS })?;
            check(&text, Format { header, ..LABEL })?;
        }

        #[test]
        fn no_text_and_no_format_make_the_reader_panic(
            text in "[0-9,;.\t\r\n\"| eE+\\-aX\u{feff}\0²é]{0,60}",
            header: bool,
            inputs in prop_oneof![1_usize..4, Just(usize::MAX)],
            targets in prop_oneof![1_usize..4, Just(1 << 26), Just(usize::MAX)],
        ) {
            for answer in [Answer::Numbers(targets), Answer::Label { classes: targets }] {
                check(&text, Format { header, inputs, answer })?;
            }
        }

        #[test]
        fn no_change_to_a_valid_file_makes_the_reader_panic(
            rows in prop::collection::vec((any::<f64>(), 0_u8..3), 1..20),
            place: prop::sample::Index,
            replacement in prop::collection::vec(any::<char>(), 0..3),
        ) {
            let mut text: Vec<char> = rows
                .iter()
                .flat_map(|(input, label)| format!("{input},{label}\n").chars().collect::<Vec<_>>())
                .collect();
            let place = place.index(text.len());
            text.splice(place..=place, replacement);
            check(&text.into_iter().collect::<String>(), LABEL)?;
        }
    }
}
