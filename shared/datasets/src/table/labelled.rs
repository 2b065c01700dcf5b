//! From cells to examples: what each column is good for, and which rows are whole.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use ndarray::Array2;
use nn::Examples;

use super::{Error, FEWEST_ROWS, MOST_CLASSES, Problem, Table};
use crate::bounds::fits;
use crate::csv::{excerpt, is_missing};
use crate::one_hot;

/// The most words of a column that become inputs.
const MOST_WORDS: usize = 100;

/// The most names that a message lists.
const MOST_NAMES: usize = 30;

/// What a table holds for a network: examples, and what became of everything else.
#[derive(Clone, Debug, PartialEq)]
pub struct Labelled {
    /// Inputs are (rows, inputs): first the columns of numbers, as they are, then a column of 0
    /// and 1 for each word. Targets are (rows, classes), one-hot.
    pub examples: Examples,
    /// The columns of numbers.
    pub numbers: Vec<String>,
    /// The columns of words, each with the number of its words.
    pub words: Vec<(String, usize)>,
    /// The classes in the order of the targets: numbers by size, words by the alphabet.
    pub classes: Vec<String>,
    /// The row of the table that each example comes from.
    pub rows: Vec<usize>,
    /// The columns that are of no use.
    pub left_out: Vec<LeftOut>,
    /// The used column that misses most cells, if one misses any.
    pub worst: Option<String>,
}

/// A column that is of no use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// Its name.
    pub column: String,
    /// Why it is of no use.
    pub reason: Reason,
}

/// Why a column is of no use.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the text of a variant explains its fields")]
pub enum Reason {
    /// More than half of its cells are missing.
    Missing { missing: usize, rows: usize },
    /// All its cells hold the same.
    Constant(String),
    /// Its numbers only count the rows.
    Counts,
    /// Each row has a word of its own.
    Unique,
    /// Hardly a word comes twice, or there are too many of them.
    ManyWords(usize),
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Reason::Missing { missing, rows } => {
                write!(f, "{missing} of {rows} cells are missing")
            }
            Reason::Constant(cell) => write!(f, "all cells hold {cell:?}"),
            Reason::Counts => f.write_str("its numbers count the rows"),
            Reason::Unique => f.write_str("a word of its own in each row, like an id"),
            Reason::ManyWords(words) => {
                write!(f, "{words} different words, too many to learn about each")
            }
        }
    }
}

/// What a column of use holds.
enum Kind<'a> {
    Numbers,
    /// Its words in alphabetical order.
    Words(Vec<&'a str>),
}

impl Table {
    /// Makes examples of the table: what stands in the column `label` is to be told from all other
    /// columns.
    ///
    /// A column is one of numbers if nine in ten of its filled cells are. Columns that are constant
    /// or mostly missing, that count the rows, or whose words hardly come again are left out; so
    /// are the rows that miss a cell after that. Missing is an empty cell, and any of `?`, `-`,
    /// `--`, `.`, `NA`, `N/A`, `#N/A`, `<NA>`, `NaN`, `null` and `none`. In a table with semicolons,
    /// numbers may have decimal commas.
    ///
    /// # Errors
    /// If there is no such column, or it holds a quantity, more than [`MOST_CLASSES`], a single
    /// class, or one with fewer than [`FEWEST_ROWS`]; if a column of numbers holds a word; if no
    /// row is whole, no column of use, or the inputs would be more than 2²⁷ numbers (1 GiB).
    pub fn labelled(&self, label: &str) -> Result<Labelled, Error> {
        let answer = self.find(label)?;
        self.expect_classes(answer)?;
        let (mut numbers, mut words, mut left_out) = (Vec::new(), Vec::new(), Vec::new());
        for column in (0..self.columns.len()).filter(|column| *column != answer) {
            let name = self.columns[column].clone();
            match self.kind(column)? {
                Ok(Kind::Numbers) => numbers.push(column),
                Ok(Kind::Words(found)) => words.push((column, found)),
                Err(reason) => left_out.push(LeftOut { column: name, reason }),
            }
        }
        self.expect_inputs(label, numbers.len() + words.len(), &left_out)?;

        let used =
            || numbers.iter().copied().chain(words.iter().map(|(column, _)| *column));
        let needed: Vec<usize> = used().chain([answer]).collect();
        let (rows, worst) = self.whole_rows(&needed)?;
        let (classes, labels) = self.classes(answer, &rows)?;
        let inputs = self.inputs(&rows, &numbers, &words)?; // (rows, inputs)
        let name = |column: usize| self.columns[column].clone();
        Ok(Labelled {
            examples: Examples::new(inputs, one_hot(&labels, classes.len())),
            numbers: numbers.iter().map(|column| name(*column)).collect(),
            words: words
                .iter()
                .map(|(column, words)| (name(*column), words.len()))
                .collect(),
            classes,
            rows,
            left_out,
            worst: worst.map(name),
        })
    }

    fn find(&self, label: &str) -> Result<usize, Error> {
        let found = self.columns.iter().position(|name| name == label);
        found.ok_or_else(|| {
            let likeness = |name: &String| {
                strsim::jaro_winkler(&name.to_lowercase(), &label.to_lowercase())
            };
            let closest =
                self.columns.iter().max_by(|a, b| likeness(a).total_cmp(&likeness(b)));
            let meant = closest.filter(|name| likeness(name) > 0.8).cloned();
            let mut known = self.columns[..self.columns.len().min(MOST_NAMES)].join(", ");
            if self.columns.len() > MOST_NAMES {
                known += ", …";
            }
            self.refuse(Problem::NoColumn { label: label.to_owned(), meant, known })
        })
    }

    /// Refuses a label that is a quantity, or has more classes than a network of ours tells apart.
    fn expect_classes(&self, column: usize) -> Result<(), Error> {
        let cells: Vec<&str> = self.filled(column).map(|(_, cell)| cell).collect();
        let different: BTreeSet<&str> = cells.iter().copied().collect();
        let classes = different.len();
        let are_numbers = different.iter().all(|cell| self.number(cell).is_some());
        let name = || self.columns[column].clone();
        let is_many = classes > MOST_CLASSES;
        if are_numbers && classes > 1 && (is_many || cells.len() < FEWEST_ROWS * classes)
        {
            return Err(
                self.refuse(Problem::Quantity { column: name(), values: classes })
            );
        }
        if is_many {
            return Err(self.refuse(Problem::ManyClasses { column: name(), classes }));
        }
        Ok(())
    }

    /// What a column holds, or why it is left out.
    fn kind(&self, column: usize) -> Result<Result<Kind<'_>, Reason>, Error> {
        let filled: Vec<(usize, &str)> = self.filled(column).collect();
        let missing = self.rows() - filled.len();
        if 2 * missing > self.rows() {
            return Ok(Err(Reason::Missing { missing, rows: self.rows() }));
        }
        let first = filled[0].1;
        if filled.iter().all(|(_, cell)| *cell == first) {
            return Ok(Err(Reason::Constant(excerpt(first))));
        }
        let numbers =
            filled.iter().filter(|(_, cell)| self.number(cell).is_some()).count();
        if 10 * numbers >= 9 * filled.len() {
            let other = filled.iter().find(|(_, cell)| self.number(cell).is_none());
            if let Some((row, cell)) = other {
                let column = self.columns[column].clone();
                let problem =
                    Problem::NotANumber { column, numbers, found: excerpt(cell) };
                return Err(Error {
                    line: Some(self.line(*row)),
                    ..self.refuse(problem)
                });
            }
            return Ok(if self.counts(column) {
                Err(Reason::Counts)
            } else {
                Ok(Kind::Numbers)
            });
        }
        let words: BTreeSet<&str> = filled.iter().map(|(_, cell)| *cell).collect();
        Ok(match words.len() {
            many if many == filled.len() => Err(Reason::Unique),
            many if many > MOST_WORDS || 2 * many > filled.len() => {
                Err(Reason::ManyWords(many))
            }
            _ => Ok(Kind::Words(words.into_iter().collect())),
        })
    }

    /// Whether each number of a column is one more than that of the row above.
    fn counts(&self, column: usize) -> bool {
        let numbers = (0..self.rows()).map(|row| self.number(self.cell(row, column)));
        let mut pairs = numbers.clone().zip(numbers.skip(1));
        pairs.all(
            |pair| matches!(pair, (Some(above), Some(below)) if below == above + 1.0),
        )
    }

    /// The rows that miss none of these cells, and the column that misses most.
    fn whole_rows(
        &self,
        columns: &[usize],
    ) -> Result<(Vec<usize>, Option<usize>), Error> {
        let is_whole = |row: &usize| {
            !columns.iter().any(|column| is_missing(self.cell(*row, *column)))
        };
        let rows: Vec<usize> = (0..self.rows()).filter(is_whole).collect();
        let gaps = |column: usize| self.rows() - self.filled(column).count();
        let worst = columns.iter().copied().max_by_key(|column| gaps(*column));
        let worst = worst.filter(|column| gaps(*column) > 0);
        match worst {
            Some(column) if rows.is_empty() => {
                let (rows, worst) = (self.rows(), self.columns[column].clone());
                Err(self.refuse(Problem::NoWholeRow { rows, worst }))
            }
            _ => Ok((rows, worst)),
        }
    }

    /// The classes of the label, and the one of each row.
    fn classes(
        &self,
        column: usize,
        rows: &[usize],
    ) -> Result<(Vec<String>, Vec<usize>), Error> {
        let cells: Vec<&str> = rows.iter().map(|row| self.cell(*row, column)).collect();
        let numbers: Option<Vec<f64>> =
            cells.iter().map(|cell| self.number(cell)).collect();
        // 1 and 1.0 are one class.
        let cells: Vec<String> = match &numbers {
            Some(numbers) => {
                numbers.iter().map(|number| (number + 0.0).to_string()).collect()
            }
            None => cells.into_iter().map(str::to_owned).collect(),
        };
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        cells.iter().for_each(|cell| *counts.entry(cell).or_default() += 1);
        let mut classes: Vec<&str> = counts.keys().copied().collect();
        if numbers.is_some() {
            let number = |class: &str| class.parse::<f64>().expect("written as a number");
            classes.sort_by(|a, b| number(a).total_cmp(&number(b)));
        }
        let rarest =
            classes.iter().min_by_key(|class| counts[*class]).expect("there is a row");
        let (column, class) = (self.columns[column].clone(), excerpt(rarest));
        if classes.len() == 1 {
            return Err(self.refuse(Problem::OneClass { column, class }));
        }
        if counts[rarest] < FEWEST_ROWS {
            let rows = counts[rarest];
            return Err(self.refuse(Problem::RareClass { column, class, rows }));
        }
        let places: BTreeMap<&str, usize> = classes.iter().copied().zip(0..).collect();
        let labels = cells.iter().map(|cell| places[cell.as_str()]).collect();
        Ok((classes.into_iter().map(str::to_owned).collect(), labels))
    }

    /// (rows, inputs): the numbers, then a 1 for the word of each column.
    fn inputs(
        &self,
        rows: &[usize],
        numbers: &[usize],
        words: &[(usize, Vec<&str>)],
    ) -> Result<Array2<f64>, Error> {
        let width =
            numbers.len() + words.iter().map(|(_, words)| words.len()).sum::<usize>();
        if !fits(rows.len(), width) {
            return Err(
                self.refuse(Problem::TooLarge { rows: rows.len(), inputs: width })
            );
        }
        let mut inputs = Array2::zeros((rows.len(), width));
        for (mut input, &row) in inputs.rows_mut().into_iter().zip(rows) {
            for (place, &column) in numbers.iter().enumerate() {
                let number = self.number(self.cell(row, column));
                input[place] = number.expect("a whole row of columns of numbers");
            }
            let mut start = numbers.len();
            for (column, words) in words {
                let word = words.binary_search(&self.cell(row, *column));
                input[start + word.expect("the words are those of the rows")] = 1.0;
                start += words.len();
            }
        }
        Ok(inputs)
    }

    /// The cells of a column that are not missing, with their rows.
    fn filled(&self, column: usize) -> impl Iterator<Item = (usize, &str)> {
        let cells = (0..self.rows()).map(move |row| (row, self.cell(row, column)));
        cells.filter(|(_, cell)| !is_missing(cell))
    }

    fn number(&self, cell: &str) -> Option<f64> {
        let number = match self.has_decimal_commas {
            true => cell.replacen(',', ".", 1).parse::<f64>(),
            false => cell.parse::<f64>(),
        };
        number.ok().filter(|number| number.is_finite())
    }

    /// Refuses an answer without a question.
    fn expect_inputs(
        &self,
        label: &str,
        columns: usize,
        left_out: &[LeftOut],
    ) -> Result<(), Error> {
        if columns > 0 {
            return Ok(());
        }
        let list: Vec<String> = left_out
            .iter()
            .map(|LeftOut { column, reason }| format!("{column:?} ({reason})"))
            .collect();
        let (label, left_out) = (label.to_owned(), list.join(", "));
        Err(self.refuse(Problem::NoInputs { label, left_out }))
    }

    fn refuse(&self, problem: Problem) -> Error {
        Error { name: self.name.clone(), line: None, problem }
    }
}
