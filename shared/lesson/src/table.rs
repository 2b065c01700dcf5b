//! Tables for a terminal, laid out by `comfy-table`.

use std::fmt::Display;

use comfy_table::{CellAlignment, LineStyle, presets};

/// A table: a row of headings over rows of cells. Columns of numbers are aligned to the right.
#[derive(Clone, Debug)]
pub struct Table {
    header: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Table {
    /// A table with these headings.
    pub fn new<H: Into<String>>(header: impl IntoIterator<Item = H>) -> Table {
        Table { header: header.into_iter().map(Into::into).collect(), rows: Vec::new() }
    }

    /// A table with these headings over these rows.
    ///
    /// # Panics
    /// As [`Table::row`].
    pub fn of<H: Into<String>, C: Into<String>>(
        header: impl IntoIterator<Item = H>,
        rows: impl IntoIterator<Item = impl IntoIterator<Item = C>>,
    ) -> Table {
        let mut table = Table::new(header);
        for row in rows {
            table.row(row);
        }
        table
    }

    /// Adds a row.
    ///
    /// # Panics
    /// If it has not one cell per heading, or a cell holds a bar or a line break.
    pub fn row<C: Into<String>>(
        &mut self,
        cells: impl IntoIterator<Item = C>,
    ) -> &mut Table {
        let cells: Vec<String> = cells.into_iter().map(Into::into).collect();
        assert_eq!(
            cells.len(),
            self.header.len(),
            "a table of {} columns was given a row of {} cells: {cells:?}",
            self.header.len(),
            cells.len(),
        );
        if let Some(cell) = cells.iter().find(|cell| cell.contains(['|', '\n'])) {
            panic!("a cell of a table holds neither a bar nor a line break: {cell:?}");
        }
        self.rows.push(cells);
        self
    }

    /// The table with bars between its cells, a line each for the headings and the rows.
    pub(crate) fn barred(&self) -> String {
        let line = |cells: &Vec<String>| format!("| {} |\n", cells.join(" | "));
        [&self.header].into_iter().chain(&self.rows).map(line).collect()
    }

    /// What stands in a row, which is found by its first cell, under a heading.
    ///
    /// A number that a sentence quotes and a table shows is taken from the table, so that the two agree.
    ///
    /// # Panics
    /// If there is no such row or heading; the message lists those that exist.
    pub fn cell(&self, row: &str, heading: &str) -> &str {
        let column = self.header.iter().position(|name| name == heading);
        let found = self.rows.iter().find(|cells| cells[0] == row);
        let (Some(column), Some(cells)) = (column, found) else {
            let rows: Vec<&String> = self.rows.iter().map(|cells| &cells[0]).collect();
            panic!(
                "a sentence quotes the cell `{row}`, `{heading}`, and the table has none: its rows are {rows:?}, its headings {:?}",
                self.header
            );
        };
        &cells[column]
    }

    fn is_numeric(&self, column: usize) -> bool {
        let cells =
            || self.rows.iter().map(|row| row[column].trim()).filter(|c| !c.is_empty());
        let numeric = |cell: &str| {
            let digits = cell.trim_start_matches(['-', '+', '−', '±', '.']);
            digits.starts_with(|c: char| c.is_ascii_digit())
                || ["inf", "NaN", "–"].contains(&digits)
        };
        cells().count() > 0 && cells().all(numeric)
    }
}

/// The cells of one row, put together from the left to the right.
///
/// ```
/// use lesson::{Row, Table};
///
/// let mut table = Table::new(["x₁", "x₂", "AND"]);
/// table.row(Row::of([0, 1]).and(["no"]));
/// assert_eq!(table.cell("0", "AND"), "no");
/// ```
#[derive(Clone, Debug, Default)]
pub struct Row(Vec<String>);

impl Row {
    /// A row that begins with these cells.
    pub fn of<C: Display>(cells: impl IntoIterator<Item = C>) -> Row {
        Row::default().and(cells)
    }

    /// The row with more cells on its right.
    pub fn and<C: Display>(mut self, cells: impl IntoIterator<Item = C>) -> Row {
        self.0.extend(cells.into_iter().map(|cell| cell.to_string()));
        self
    }
}

impl IntoIterator for Row {
    type Item = String;
    type IntoIter = std::vec::IntoIter<String>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl Display for Table {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        let mut table = comfy_table::Table::new();
        let rule = LineStyle::none().fill('─').junction('─');
        table
            .load_style(presets::NOTHING.header_separator(rule))
            .set_header(&self.header)
            .add_rows(&self.rows);
        for index in 0..self.header.len() {
            if let Some(column) = table.column_mut(index) {
                column.set_padding((if index == 0 { 0 } else { 1 }, 1));
                if self.is_numeric(index) {
                    column.set_cell_alignment(CellAlignment::Right);
                }
            }
        }
        f.write_str(&table.trim_fmt())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stand_on_the_right_and_words_on_the_left() {
        let mut table = Table::new(["gate", "weight"]);
        table.row(["AND", "-1.5"]).row(["NAND", "20"]);
        assert_eq!(
            table.to_string(),
            "gate   weight\n\
             ──────────────\n\
             AND      -1.5\n\
             NAND       20"
        );
    }

    #[test]
    #[should_panic(
        expected = "a sentence quotes the cell `XOR`, `weight`, and the table has none: its rows are [\"AND\"]"
    )]
    fn a_cell_that_does_not_exist_is_named() {
        Table::new(["gate", "weight"]).row(["AND", "1"]).cell("XOR", "weight");
    }

    #[test]
    #[should_panic(expected = "a table of 2 columns was given a row of 1 cells")]
    fn a_short_row_is_refused() {
        Table::new(["a", "b"]).row(["1"]);
    }
}
