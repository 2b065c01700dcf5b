//! Tables for a terminal, laid out by `comfy-table`.

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

    /// Adds a row.
    ///
    /// # Panics
    /// If it has not one cell per heading.
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
        self.rows.push(cells);
        self
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

impl std::fmt::Display for Table {
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
    #[should_panic(expected = "a table of 2 columns was given a row of 1 cells")]
    fn a_short_row_is_refused() {
        Table::new(["a", "b"]).row(["1"]);
    }
}
