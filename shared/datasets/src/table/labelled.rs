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
            let known = self.known_columns();
            self.refuse(Problem::NoColumn { label: label.to_owned(), meant, known })
        })
    }

    /// Refuses a label that is a quantity, or has more classes than a network of ours tells apart.
    fn expect_classes(&self, column: usize) -> Result<(), Error> {
        let cells: Vec<&str> = self.filled(column).map(|(_, cell)| cell).collect();
        let numbers: Option<Vec<f64>> =
            cells.iter().map(|cell| self.number(cell)).collect();
        let are_numbers = numbers.is_some();
        let classes = match numbers {
            Some(mut numbers) => {
                numbers.sort_by(f64::total_cmp);
                numbers.dedup();
                numbers.len()
            }
            None => cells.iter().collect::<BTreeSet<_>>().len(),
        };
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

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::s;

    /// Twelve animals: a column of numbers, one of words, and the kind.
    const ANIMALS: &str = "weight,coat,kind\n4.5,short,cat\n4,long,cat\n5,short,cat\n3.5,long,cat\n\
                           6,short,cat\n12,short,dog\n30,long,dog\n25,short,dog\n8,short,dog\n\
                           40,long,dog\n22,long,dog\n9,short,dog\n";

    /// The animals with another column, in front.
    fn animals_with(name: &str, cells: [&str; 12]) -> String {
        let lines = ANIMALS.lines().zip([name].into_iter().chain(cells));
        lines.map(|(line, cell)| format!("{cell},{line}\n")).collect()
    }

    fn labelled(text: &str, label: &str) -> Result<Labelled, String> {
        let table =
            Table::parse(text, "my.csv").unwrap_or_else(|error| panic!("{error}"));
        table.labelled(label).map_err(|error| error.to_string())
    }

    fn refusal(text: &str, label: &str) -> String {
        labelled(text, label).expect_err("it was taken")
    }

    #[test]
    fn numbers_stay_and_words_become_columns_of_0_and_1() {
        let animals = labelled(ANIMALS, "kind").unwrap();
        assert_eq!(
            (animals.numbers, animals.words),
            (vec!["weight".into()], vec![("coat".into(), 2)])
        );
        let inputs = &animals.examples.inputs;
        assert_eq!(inputs.row(0).to_vec(), [4.5, 0.0, 1.0], "long, then short");
        assert_eq!(inputs.row(10).to_vec(), [22.0, 1.0, 0.0]);
        assert_eq!(animals.classes, ["cat", "dog"]);
        assert_eq!(
            crate::labels(&animals.examples),
            [0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1]
        );
        assert_eq!((animals.left_out, animals.worst), (vec![], None));
    }

    #[test]
    fn classes_that_are_numbers_stand_by_size_and_one_number_is_one_class() {
        let grades =
            ["10", "9", "9.0", "10", "9", "9", "10", "10.0", "9", "10", "10", "9"];
        let table = labelled(&animals_with("grade", grades), "grade").unwrap();
        assert_eq!(table.classes, ["9", "10"]);
    }

    #[test]
    fn rows_that_miss_a_cell_are_left_out() {
        for mark in ["", "?", "NA", "n/a", "NaN", "null"] {
            let text = ANIMALS
                .replace("8,short", &format!("{mark},short"))
                .replace("9,short", "9,?");
            let animals = labelled(&text, "kind").unwrap();
            assert_eq!(animals.rows, [0, 1, 2, 3, 4, 5, 6, 7, 9, 10], "{mark:?}");
            assert_eq!(animals.examples.rows(), 10);
            assert!(animals.worst.is_some());
        }
        let unlabelled = ANIMALS.replace("8,short,dog", "8,short,");
        assert_eq!(labelled(&unlabelled, "kind").unwrap().worst.unwrap(), "kind");
    }

    #[test]
    fn a_column_of_no_use_is_left_out_with_the_reason() {
        let [a, b, c] = ["a", "b", "c"];
        let counted: Vec<String> = (101..113).map(|id| id.to_string()).collect();
        let counted: Vec<&str> = counted.iter().map(String::as_str).collect();
        for (cells, reason) in [
            ([a; 12], "all cells hold \"a\""),
            (["1.5"; 12], "all cells hold \"1.5\""),
            ([a, b, a, b, a, "", "", "", "", "", "", ""], "7 of 12 cells are missing"),
            ([""; 12], "12 of 12 cells are missing"),
            (counted.try_into().unwrap(), "its numbers count the rows"),
            (
                [a, b, c, "d", "e", "f", "g", "h", "i", "j", "k", "l"],
                "a word of its own in each row, like an id",
            ),
            (
                [a, b, c, "d", "e", "f", "g", a, b, c, a, b],
                "7 different words, too many to learn about each",
            ),
        ] {
            let animals = labelled(&animals_with("extra", cells), "kind").unwrap();
            let [left_out] = &animals.left_out[..] else {
                panic!("{:?}", animals.left_out)
            };
            assert_eq!(
                (&left_out.column[..], left_out.reason.to_string()),
                ("extra", reason.into())
            );
            assert_eq!(animals.examples, labelled(ANIMALS, "kind").unwrap().examples);
        }
    }

    #[test]
    fn semicolons_allow_decimal_commas() {
        let german = ANIMALS.replace(',', ";").replace('.', ",");
        let expected = labelled(ANIMALS, "kind").unwrap();
        assert_eq!(labelled(&german, "kind").unwrap(), expected);
        let tabs = ANIMALS.replace(',', "\t").replace("4.5", "4,5");
        let refused = refusal(&tabs, "kind");
        assert!(
            refused.contains("line 2: expected a number in column \"weight\""),
            "{refused}"
        );
    }

    #[test]
    fn a_label_that_is_no_column_gets_the_nearest_name() {
        assert_eq!(
            refusal(ANIMALS, "Kinds"),
            "my.csv: expected the name of a column, but there is no \"Kinds\". Did you mean \
             \"kind\"? The columns are: weight, coat, kind"
        );
        assert_eq!(
            refusal(ANIMALS, "price"),
            "my.csv: expected the name of a column, but there is no \"price\". The columns are: \
             weight, coat, kind"
        );
    }

    #[test]
    fn a_word_among_numbers_is_named_with_its_line() {
        assert_eq!(
            refusal(&ANIMALS.replace("25,", "25 kg,"), "kind"),
            "my.csv, line 9: expected a number in column \"weight\", as in 11 other rows, but \
             found \"25 kg\"; correct it, or leave the cell empty if the number is not known"
        );
        assert!(
            refusal(&ANIMALS.replace("25,", "inf,"), "kind")
                .contains("but found \"inf\"")
        );
    }

    #[test]
    fn a_quantity_is_no_label() {
        assert_eq!(
            refusal(ANIMALS, "weight"),
            "my.csv: expected classes in column \"weight\", at most 30 with 5 rows each, but found \
             12 different numbers; to learn about a quantity, make classes of it, such as low, \
             middle and high"
        );
        let many: String =
            (0..200).map(|row| format!("{},{}\n", row % 7, row % 31)).collect();
        assert!(
            refusal(&format!("a,b\n{many}"), "b").contains("found 31 different numbers")
        );
    }

    #[test]
    fn a_label_of_too_many_words_is_refused() {
        let many: String =
            (0..200).map(|row| format!("{},w{}\n", row % 7, row % 31)).collect();
        assert_eq!(
            refusal(&format!("a,b\n{many}"), "b"),
            "my.csv: expected at most 30 classes in column \"b\", but found 31; join some of them, \
             or name another column"
        );
    }

    #[test]
    fn a_single_class_is_refused() {
        assert_eq!(
            refusal(&ANIMALS.replace("dog", "cat"), "kind"),
            "my.csv: expected at least two classes in column \"kind\", but every row that misses \
             no cell has \"cat\"; add rows of another class, or name another column"
        );
    }

    #[test]
    fn a_class_with_too_few_rows_is_refused() {
        assert_eq!(
            refusal(&ANIMALS.replace("6,short", ",short"), "kind"),
            "my.csv: expected at least 5 rows of each class in column \"kind\", but of \"cat\" \
             there are 4 that miss no cell; add rows, join it with another class, or remove it"
        );
    }

    #[test]
    fn a_table_without_a_whole_row_is_refused() {
        let gap = |line: &str, (row, name): (usize, &str)| match row {
            0 => format!("{line},{name}\n"),
            1..=6 => {
                format!("{},\n", line.replacen("short", "", 1).replacen("long", "", 1))
            }
            _ => format!("{},\n", line.replacen(|c: char| c.is_ascii_digit(), "", 9)),
        };
        let text: String = ANIMALS
            .lines()
            .enumerate()
            .map(|(row, line)| gap(line, (row, "extra")))
            .collect();
        assert_eq!(
            refusal(&text, "kind"),
            "my.csv: expected rows that miss no cell, but each of the 12 misses one, most often in \
             column \"coat\"; fill the gaps, or remove that column"
        );
    }

    #[test]
    fn a_table_with_nothing_to_learn_from_is_refused() {
        let table = "id,kind\n1,cat\n2,cat\n3,cat\n4,cat\n5,cat\n6,dog\n7,dog\n8,dog\n9,dog\n10,dog\n";
        assert_eq!(
            refusal(table, "kind"),
            "my.csv: expected a column to learn from, but none is left beside \"kind\": of no use \
             are \"id\" (its numbers count the rows); add a column of numbers, or of words that \
             come again and again"
        );
    }

    #[test]
    fn inputs_that_take_too_much_memory_are_refused() {
        let names: Vec<String> = (0..400).map(|column| format!("c{column}")).collect();
        let row = |row: usize| {
            let cells = (0..400).map(|column| format!("w{}", (row + column) % 100));
            cells.chain([(row % 2).to_string()]).collect::<Vec<_>>().join(",") + "\n"
        };
        let rows: String = (0..3_400).map(row).collect();
        let refused = refusal(&format!("{},label\n{rows}", names.join(",")), "label");
        assert_eq!(
            refused,
            "my.csv: expected at most 134217728 inputs in all, but 3400 rows of 40000 ask for \
             more; remove rows, or columns with many words"
        );
    }

    #[test]
    fn the_penguins_are_split_into_what_can_be_used() {
        let penguins = crate::penguins().labelled("species").unwrap();
        assert_eq!(penguins.examples.inputs.dim(), (333, 10));
        let counts = penguins.examples.targets.sum_axis(ndarray::Axis(0)).to_vec();
        assert_eq!(
            counts,
            [146.0, 68.0, 119.0],
            "as in the package's example without gaps"
        );
        assert_eq!(penguins.worst.unwrap(), "sex");
        let words = penguins.examples.inputs.slice(s![.., 5..]);
        assert_eq!(words.sum(), 2.0 * 333.0, "an island and a sex in each row");
    }
}
