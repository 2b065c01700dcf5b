//! A table as people have them: named columns of numbers and words, with gaps.
//!
//! [`csv`](crate::csv) takes numbers in a format that is known. Here nothing is known: the marks
//! between the columns are found out, cells may stand in quotes, and what a column holds is
//! read from its cells. [`Table::labelled`] makes of it what a network needs.

use std::io::Read;

use csv::{ReaderBuilder, StringRecord, Trim};
use thiserror::Error;

use crate::bounds::MOST;
use crate::content::{BYTE_ORDER_MARK, Content};
use crate::csv::excerpt;

mod labelled;

pub use labelled::{Labelled, LeftOut, Reason};

/// The most classes that a label may have.
pub const MOST_CLASSES: usize = 30;

/// The fewest rows that a class may have: three to train on, one to choose with, one to test with.
pub const FEWEST_ROWS: usize = 5;

/// Marks that may stand between columns; of equals in a line, the first is taken.
const MARKS: [char; 4] = [',', ';', '\t', '|'];

/// What is read after a text: swallowed by a quote that nobody closed, and a row of its own if there is none.
const END: &str = "\nend";

/// Rows of cells under the names of their columns, all of it text.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// What errors call it, such as a file's path.
    pub name: String,
    /// The names in the first line; a column without one is called `column 3`.
    pub columns: Vec<String>,
    rows: Vec<(usize, StringRecord)>, // the line, and as many cells as there are columns
    has_decimal_commas: bool,
}

impl Table {
    /// Reads a table from text; errors call it `name`.
    ///
    /// The first line names the columns. Between them stand commas, semicolons, tabs or bars:
    /// whatever the first line has most of. Cells may stand in quotes, and space around them
    /// does not matter; nor do a byte order mark, the line ends, and empty lines.
    ///
    /// # Errors
    /// If the text is of another kind, there is a single column or no row, the first line
    /// holds numbers (unless it counts 0, 1, 2 and so on) or a name twice, a row has more or
    /// fewer cells than the first line, or a quote is not closed.
    ///
    /// ```
    /// use datasets::Table;
    ///
    /// let text = "kind;weight\ncat;4,5\ndog;\"12\"\n";
    /// let table = Table::parse(text, "pets.csv")?;
    /// assert_eq!(table.columns, ["kind", "weight"]);
    /// assert_eq!((table.cell(1, 1), table.line(1)), ("12", 3));
    /// # Ok::<(), datasets::table::Error>(())
    /// ```
    pub fn parse(text: &str, name: &str) -> Result<Table, Error> {
        let at = |line, problem| Error { name: name.to_owned(), line, problem };
        match Content::of(text.as_bytes()) {
            Content::Text | Content::Unknown => (),
            found => return Err(at(Some(1), Problem::NotText(found))),
        }
        let text = text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text);
        let mark = mark(text);
        let mut reader = ReaderBuilder::new()
            .delimiter(mark as u8)
            .has_headers(false)
            .flexible(true)
            .trim(Trim::All)
            .from_reader(text.as_bytes().chain(END.as_bytes()));
        let mut lines = LineCounter { text: text.as_bytes(), at: 0, line: 1 };
        let records = reader.records().map(|record| {
            let record = record.expect("text is UTF-8, and rows may differ in length");
            let start = record.position().expect("it was read").byte() as usize;
            (lines.line_of(start), record)
        });
        let mut rows: Vec<(usize, StringRecord)> = records.collect();
        match rows.pop() {
            Some((_, end)) if end == vec![END.trim()] => (),
            last => return Err(at(last.map(|(line, _)| line), Problem::OpenQuote)),
        }
        if rows.is_empty() {
            return Err(at(Some(1), Problem::Empty));
        }

        let (line, first) = rows.remove(0);
        let columns = names(&first).map_err(|problem| at(Some(line), problem))?;
        if rows.is_empty() {
            return Err(at(Some(line + 1), Problem::NoRows));
        }
        let expected = columns.len();
        if let Some((line, row)) = rows.iter().find(|(_, row)| row.len() != expected) {
            let (found, mark) = (row.len(), in_words(mark));
            let problem = if found > expected {
                Problem::TooManyCells { expected, found, mark }
            } else {
                Problem::TooFewCells { expected, found }
            };
            return Err(at(Some(*line), problem));
        }
        let name = name.to_owned();
        Ok(Table { name, columns, rows, has_decimal_commas: mark == ';' })
    }

    /// The number of rows, without the names.
    pub fn rows(&self) -> usize {
        self.rows.len()
    }

    /// What stands in a row and column, both counted from 0.
    ///
    /// # Panics
    /// If there is no such row or column.
    pub fn cell(&self, row: usize, column: usize) -> &str {
        &self.rows[row].1[column]
    }

    /// The names of the columns, as many as a message can list.
    pub fn known_columns(&self) -> String {
        const MOST_NAMES: usize = 30;
        let more = if self.columns.len() > MOST_NAMES { ", …" } else { "" };
        self.columns[..self.columns.len().min(MOST_NAMES)].join(", ") + more
    }

    /// The line of the text in which a row begins, counted from 1.
    ///
    /// # Panics
    /// If there is no such row.
    pub fn line(&self, row: usize) -> usize {
        self.rows[row].0
    }
}

/// Finds the lines in which rows begin. The `csv` crate counts `\n` alone, and says where it
/// began to look for a row, which may be some empty lines above it.
struct LineCounter<'a> {
    text: &'a [u8],
    at: usize,
    line: usize,
}

impl LineCounter<'_> {
    /// The line of the first character from `start` on that ends none.
    fn line_of(&mut self, start: usize) -> usize {
        while let Some(byte) = self.text.get(self.at) {
            let is_end = matches!(byte, b'\r' | b'\n');
            if self.at >= start && !is_end {
                break;
            }
            let is_half = *byte == b'\r' && self.text.get(self.at + 1) == Some(&b'\n');
            self.line += usize::from(is_end && !is_half);
            self.at += 1;
        }
        self.line
    }
}

/// The mark between columns: whatever the first line has most of, outside quotes.
fn mark(text: &str) -> char {
    let line = text.lines().find(|line| !line.is_empty()).unwrap_or_default();
    let unquoted = || line.split('"').step_by(2);
    let count =
        |mark: char| unquoted().map(|part| part.matches(mark).count()).sum::<usize>();
    MARKS.into_iter().rev().max_by_key(|mark| count(*mark)).expect("there are four")
}

fn in_words(mark: char) -> &'static str {
    match mark {
        ';' => "semicolon",
        '\t' => "tab",
        '|' => "bar",
        _ => "comma",
    }
}

fn names(first: &StringRecord) -> Result<Vec<String>, Problem> {
    if first.len() == 1 {
        return Err(Problem::OneColumn { found: excerpt(&first[0]) });
    }
    let counts = (0_usize..).zip(first).all(|(n, cell)| cell == n.to_string());
    let number = (1..).zip(first).find(|(_, cell)| cell.parse::<f64>().is_ok());
    if let Some((column, cell)) = number.filter(|_| !counts) {
        return Err(Problem::NoHeader { column, found: excerpt(cell) });
    }
    for (second, name) in (1..).zip(first) {
        let earlier =
            (1..second).find(|column| !name.is_empty() && first[column - 1] == *name);
        if let Some(earlier) = earlier {
            return Err(Problem::Twice { name: excerpt(name), first: earlier, second });
        }
    }
    let named = |(column, name): (usize, &str)| match name {
        "" => format!("column {column}"),
        name => name.to_owned(),
    };
    Ok((1..).zip(first).map(named).collect())
}

/// What is wrong with a table, and where.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{name}{}: {problem}", line.map_or(String::new(), |line| format!(", line {line}")))]
pub struct Error {
    /// What the table was to be called, such as a file's path.
    pub name: String,
    /// The line, counted from 1, unless it is about the whole table.
    pub line: Option<usize>,
    /// What is wrong with it.
    pub problem: Problem,
}

/// What can be wrong with a table; columns are counted from 1.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[allow(missing_docs, reason = "the message of a variant explains its fields")]
pub enum Problem {
    /// The text is no table.
    #[error("expected a table as CSV, but found {0}; {remedy}", remedy = .0.remedy())]
    NotText(Content),
    /// There is nothing.
    #[error(
        "expected the names of the columns and rows below them, but there is nothing; check that \
         it is the right file"
    )]
    Empty,
    /// There are names and nothing else.
    #[error(
        "expected a row below the names of the columns, but the text ends here; add rows"
    )]
    NoRows,
    /// There is nothing to learn from beside the label.
    #[error(
        "expected several columns between commas, semicolons, tabs or bars, but found only \
         {found:?}; save the table as CSV, with commas between the columns"
    )]
    OneColumn { found: String },
    /// The first line looks like a row.
    #[error(
        "expected the names of the columns, but found the number {found} in column {column}; \
         write a line with a name for each column above the rows, or, if it is a name, begin it \
         with a letter"
    )]
    NoHeader { column: usize, found: String },
    /// A quote swallows the rest of the text.
    #[error(
        "expected a quote to be closed, but one that opens in this row stays open to the end of \
         the text; close it, or remove it"
    )]
    OpenQuote,
    /// Two columns have one name.
    #[error(
        "expected a name of its own for each column, but columns {first} and {second} are both \
         called {name:?}; rename one, or, if this line is a row, write a line of names above it"
    )]
    Twice { name: String, first: usize, second: usize },
    /// A row is too short.
    #[error(
        "expected {expected} cells, as in the first line, but found {found}; add what is missing, \
         leaving a cell empty where a value is not known"
    )]
    TooFewCells { expected: usize, found: usize },
    /// A row is too long.
    #[error(
        "expected {expected} cells, as in the first line, but found {found}; put a cell that \
         holds a {mark} in quotes, write numbers with a point (1.5), or remove what is too much"
    )]
    TooManyCells { expected: usize, found: usize, mark: &'static str },
    /// There is no column of the label's name.
    #[error(
        "expected the name of a column, but there is no {label:?}.{} The columns are: {known}",
        meant.as_ref().map_or(String::new(), |name| format!(" Did you mean {name:?}?"))
    )]
    NoColumn { label: String, meant: Option<String>, known: String },
    /// A column of numbers holds something else.
    #[error(
        "expected a number in column {column:?}, as in {numbers} other rows, but found {found:?}; \
         correct it, or leave the cell empty if the number is not known"
    )]
    NotANumber { column: String, numbers: usize, found: String },
    /// The label is a quantity.
    #[error(
        "expected classes in column {column:?}, at most {MOST_CLASSES} with {FEWEST_ROWS} rows \
         each, but found {values} different numbers; to learn about a quantity, make classes of \
         it, such as low, middle and high"
    )]
    Quantity { column: String, values: usize },
    /// The label has too many classes.
    #[error(
        "expected at most {MOST_CLASSES} classes in column {column:?}, but found {classes}; join \
         some of them, or name another column"
    )]
    ManyClasses { column: String, classes: usize },
    /// There is nothing to tell apart.
    #[error(
        "expected at least two classes in column {column:?}, but every row that misses no cell has \
         {class:?}; add rows of another class, or name another column"
    )]
    OneClass { column: String, class: String },
    /// A class cannot be split into three parts.
    #[error(
        "expected at least {FEWEST_ROWS} rows of each class in column {column:?}, but of \
         {class:?} there are {rows} that miss no cell; add rows, join it with another class, or \
         remove it"
    )]
    RareClass { column: String, class: String, rows: usize },
    /// Every row has a gap.
    #[error(
        "expected rows that miss no cell, but each of the {rows} misses one, most often in column \
         {worst:?}; fill the gaps, or remove that column"
    )]
    NoWholeRow { rows: usize, worst: String },
    /// No column is of use.
    #[error(
        "expected a column to learn from, but none is left beside {label:?}: of no use are {left_out}; add a \
         column of numbers, or of words that come again and again"
    )]
    NoInputs { label: String, left_out: String },
    /// The inputs would take too much memory.
    #[error(
        "expected at most {MOST} inputs in all, but {rows} rows of {inputs} ask for more; remove \
         rows, or columns with many words"
    )]
    TooLarge { rows: usize, inputs: usize },
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn table(text: &str) -> Table {
        Table::parse(text, "my.csv").unwrap_or_else(|error| panic!("{error}"))
    }

    fn refusal(text: &str) -> String {
        Table::parse(text, "my.csv").unwrap_err().to_string()
    }

    #[test]
    fn any_mark_that_the_first_line_has_most_of_parts_the_columns() {
        let expected = table("kind,weight,age\ncat,4.5,2\n");
        assert_eq!(expected.columns, ["kind", "weight", "age"]);
        for mark in [';', '\t', '|'] {
            let text = "kind,weight,age\ncat,4.5,2\n".replace(',', &mark.to_string());
            let found = table(&text);
            assert_eq!(found.columns, expected.columns, "{mark:?}");
            assert_eq!(
                [0, 1, 2].map(|column| found.cell(0, column)),
                ["cat", "4.5", "2"]
            );
        }
        let both = table("\"a;b;c\",weight\n1;2,3\n");
        assert_eq!(
            (both.columns.len(), both.cell(0, 0)),
            (2, "1;2"),
            "quotes hide marks"
        );
    }

    #[test]
    fn line_ends_a_byte_order_mark_quotes_and_empty_lines_do_not_matter() {
        let plain = table("kind,weight\ncat,4.5\ndog,12\n");
        for text in [
            "\u{feff}kind,weight\r\ncat,4.5\r\ndog,12\r\n",
            "kind,weight\rcat,4.5\rdog,12",
            "\"kind\", weight \n\n\"cat\",\"4.5\"\n\n dog,12\n\n",
        ] {
            let found = table(text);
            assert_eq!((&found.columns, found.rows()), (&plain.columns, 2), "{text:?}");
            for (row, column) in [(0, 0), (0, 1), (1, 0), (1, 1)] {
                assert_eq!(found.cell(row, column), plain.cell(row, column), "{text:?}");
            }
        }
    }

    #[test]
    fn a_row_knows_its_line() {
        for end in ["\n", "\r\n", "\r"] {
            let text = "\nkind,note\ncat,\"two\nlines\"\n\n\ndog,one\ncow,one\n";
            let table = table(&text.replace('\n', end));
            assert_eq!([0, 1, 2].map(|row| table.line(row)), [3, 7, 8], "{end:?}");
        }
    }

    #[test]
    fn columns_without_names_get_numbers() {
        assert_eq!(
            table(",weight,\n0,4.5,\n").columns,
            ["column 1", "weight", "column 3"]
        );
        assert_eq!(
            table("0,1,2\n7,8,9\n").columns,
            ["0", "1", "2"],
            "as pandas counts them"
        );
    }

    #[test]
    fn a_text_that_is_no_table_is_named() {
        for (text, wanted) in [
            (
                "",
                "line 1: expected the names of the columns and rows below them, but there is \
                 nothing; check that it is the right file",
            ),
            (
                "<!doctype html><p>",
                "line 1: expected a table as CSV, but found HTML or XML, such as a web page; fetch \
                 the file itself, not a page about it",
            ),
            (
                "kind,weight\n",
                "line 2: expected a row below the names of the columns, but the text ends here; \
                 add rows",
            ),
            (
                "kind\ncat\n",
                "line 1: expected several columns between commas, semicolons, tabs or bars, but \
                 found only \"kind\"; save the table as CSV, with commas between the columns",
            ),
        ] {
            assert_eq!(refusal(text), format!("my.csv, {wanted}"));
        }
    }

    #[test]
    fn a_missing_line_of_names_is_named() {
        assert_eq!(
            refusal("cat,4.5\ndog,12\n"),
            "my.csv, line 1: expected the names of the columns, but found the number 4.5 in column \
             2; write a line with a name for each column above the rows, or, if it is a name, \
             begin it with a letter"
        );
    }

    #[test]
    fn a_name_that_comes_twice_is_named() {
        assert_eq!(
            refusal("mass,kind,mass\n1,cat,2\n"),
            "my.csv, line 1: expected a name of its own for each column, but columns 1 and 3 are \
             both called \"mass\"; rename one, or, if this line is a row, write a line of names \
             above it"
        );
    }

    #[test]
    fn a_row_with_too_few_or_too_many_cells_is_named() {
        assert_eq!(
            refusal("kind,weight,age\ncat,4.5,2\n\ndog,12\n"),
            "my.csv, line 4: expected 3 cells, as in the first line, but found 2; add what is \
             missing, leaving a cell empty where a value is not known"
        );
        assert_eq!(
            refusal("kind,weight\ncat,4,5\n"),
            "my.csv, line 2: expected 2 cells, as in the first line, but found 3; put a cell that \
             holds a comma in quotes, write numbers with a point (1.5), or remove what is too much"
        );
        assert!(
            refusal("kind;weight\ncat;4;5\n")
                .contains("that holds a semicolon in quotes")
        );
    }

    #[test]
    fn a_quote_that_stays_open_is_named_and_a_mark_of_inches_is_none() {
        for text in ["kind,size\ncat,4\ndog,\"9\nox,20\n", "kind,size\n\ndog,\"9"] {
            assert_eq!(
                refusal(text),
                "my.csv, line 3: expected a quote to be closed, but one that opens in this row \
                 stays open to the end of the text; close it, or remove it"
            );
        }
        assert_eq!(table("kind,size\npipe,5\"\n").cell(0, 1), "5\"");
        assert!(refusal("kind,size\nend\n").contains("line 2: expected 2 cells"));
    }

    proptest! {
        #[test]
        fn no_text_makes_the_reader_panic(
            text in "[a-c0-3,;\t\r\n\"| .?\\-X\u{feff}\0²é]{0,80}",
            label in "[a-c]",
        ) {
            if let Ok(table) = Table::parse(&text, "my.csv") {
                let labels = table.columns.iter().chain([&label]);
                for labelled in labels.filter_map(|label| table.labelled(label).ok()) {
                    prop_assert!(labelled.examples.inputs.iter().all(|x| x.is_finite()));
                    prop_assert_eq!(labelled.examples.rows(), labelled.rows.len());
                }
            }
        }

        #[test]
        fn no_rows_make_the_examples_panic(
            rows in prop::collection::vec(("[ab]", "[0-9]{1,2}|NA|x", "[abc?]|"), 1..60),
        ) {
            let rows: String =
                rows.iter().map(|(a, b, c)| format!("{a},{b},{c}\n")).collect();
            let table = Table::parse(&format!("kind,number,word\n{rows}"), "my.csv").unwrap();
            for label in ["kind", "number", "word"] {
                if let Ok(labelled) = table.labelled(label) {
                    let targets = labelled.examples.targets.sum();
                    prop_assert_eq!(targets, labelled.rows.len() as f64);
                }
            }
        }
    }
}
