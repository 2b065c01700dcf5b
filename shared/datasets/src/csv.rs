//! Text into numbers: comma-separated rows.
//!
//! Only what a network needs: a row per line, and finite numbers between commas. There
//! are no quotes and no missing values here; for those, use the `csv` crate. Whatever is
//! wrong is named with file, line and column, because a file has many lines and its owner
//! has to find the one.

use ndarray::{Array2, s};
use nn::Examples;
use thiserror::Error;

use crate::one_hot;

/// What the columns of a file mean: first the inputs, then the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Format {
    /// Whether the first line names the columns.
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
/// # Errors
/// If a row has more or fewer columns than the format says, a cell is not a finite
/// number, a label is not a class, a header is missing or not expected, or there is no
/// row at all.
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
        read.map_err(|problem| at(line, problem))?;
    }
    if numbers.is_empty() {
        return Err(at(text.lines().count() + 1, Problem::Empty));
    }
    let rows = Array2::from_shape_vec((numbers.len() / columns, columns), numbers)
        .expect("every row was read to its last column"); // (rows, columns)
    Ok(examples(&rows, format))
}

/// Spreadsheets may put it in front of a file; it is no part of the first number.
const BYTE_ORDER_MARK: char = '\u{feff}';

impl Format {
    /// How many columns a row has.
    pub fn columns(&self) -> usize {
        self.inputs
            + match self.answer {
                Answer::Numbers(targets) => targets,
                Answer::Label { .. } => 1,
            }
    }
}

fn check_header(row: &str, columns: usize) -> Result<(), Problem> {
    check_columns(row, columns)?;
    if cells(row).all(|cell| cell.parse::<f64>().is_ok()) {
        return Err(Problem::NoHeader);
    }
    Ok(())
}

fn is_header(row: &str) -> bool {
    row.contains(char::is_alphabetic)
        && cells(row).all(|cell| cell.parse::<f64>().is_err())
}

fn read_row(row: &str, format: Format, numbers: &mut Vec<f64>) -> Result<(), Problem> {
    check_columns(row, format.columns())?;
    for (column, cell) in (1..).zip(cells(row)) {
        let number = match cell.parse::<f64>() {
            Ok(number) if number.is_finite() => number,
            Ok(_) => return Err(Problem::NotFinite { column, found: excerpt(cell) }),
            Err(_) => return Err(Problem::NotANumber { column, found: excerpt(cell) }),
        };
        if column > format.inputs
            && let Answer::Label { classes } = format.answer
            && !(number.fract() == 0.0 && (0.0..classes as f64).contains(&number))
        {
            let last = classes - 1;
            return Err(Problem::Label { column, last, found: excerpt(cell) });
        }
        numbers.push(number);
    }
    Ok(())
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
fn excerpt(cell: &str) -> String {
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
