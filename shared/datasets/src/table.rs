//! A table as people have them: named columns of numbers and words, with gaps.
//!
//! [`csv`](crate::csv) takes numbers in a format that is known. Here nothing is known: the marks
//! between the columns are found out, cells may stand in quotes, and what a column holds is
//! read from its cells. [`Table::labelled`] makes of it what a network needs.

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

/// Rows of cells under the names of their columns, all of it text.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// What errors call it, such as a file's path.
    pub name: String,
    /// The names in the first line; a column without one is called `column 3`.
    pub columns: Vec<String>,
    rows: Vec<StringRecord>, // as many cells each as there are columns
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
    /// holds numbers (unless it counts 0, 1, 2 and so on) or a name twice, or a row has more
    /// or fewer cells than the first line.
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
            .from_reader(text.as_bytes());
        let mut records = reader.records().map(|record| record.expect("text is UTF-8"));

        let first = records.next().ok_or_else(|| at(Some(1), Problem::Empty))?;
        let columns = names(&first).map_err(|problem| at(line(&first), problem))?;
        let expected = columns.len();
        let mut rows = Vec::new();
        for row in records {
            if row.len() != expected {
                let (found, mark) = (row.len(), in_words(mark));
                let problem = if found > expected {
                    Problem::TooManyCells { expected, found, mark }
                } else {
                    Problem::TooFewCells { expected, found }
                };
                return Err(at(line(&row), problem));
            }
            rows.push(row);
        }
        if rows.is_empty() {
            return Err(at(Some(2), Problem::NoRows));
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
        &self.rows[row][column]
    }

    /// The line of the text in which a row begins, counted from 1.
    ///
    /// # Panics
    /// If there is no such row.
    pub fn line(&self, row: usize) -> usize {
        line(&self.rows[row]).expect("every row was read from a line")
    }
}

fn line(record: &StringRecord) -> Option<usize> {
    record.position().map(|position| position.line() as usize)
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
        "expected at least two classes in column {column:?}, but every row with all its cells has \
         {class:?}; add rows of another class, or name another column"
    )]
    OneClass { column: String, class: String },
    /// A class cannot be split into three parts.
    #[error(
        "expected at least {FEWEST_ROWS} rows of each class in column {column:?}, but {class:?} \
         has {rows} with all its cells; add rows, join it with another class, or remove it"
    )]
    RareClass { column: String, class: String, rows: usize },
    /// Every row has a gap.
    #[error(
        "expected rows with all their cells, but each of the {rows} has a missing one, most often \
         in column {worst:?}; fill the gaps, or remove that column"
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
