//! Penguins of the Palmer Archipelago: a table as people have them.

use crate::Table;

/// 344 penguins of three species on three islands: four measures, sex and year.
///
/// Eleven rows miss one cell or more. Source: "palmerpenguins: Palmer Archipelago (Antarctica)
/// penguin data", A. M. Horst, A. P. Hill and K. B. Gorman, 2020,
/// <https://allisonhorst.github.io/palmerpenguins/>, CC0; measured by K. B. Gorman, T. D. Williams
/// and W. R. Fraser, PLoS ONE 9(3), e90081, 2014.
///
/// ```
/// let penguins = datasets::penguins();
/// assert_eq!((penguins.rows(), penguins.columns.len()), (344, 8));
/// assert_eq!(penguins.cell(0, 0), "Adelie");
/// ```
pub fn penguins() -> Table {
    Table::parse(include_str!("../data/penguins.csv"), "penguins.csv")
        .expect("the table that is built in is well formed")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As the package's documentation has them: 152, 68 and 124 of the species, two without
    /// measures, 11 without a sex, and means by R's `summary`.
    #[test]
    fn the_penguins_are_those_that_their_source_describes() {
        let penguins = penguins();
        let count = |column: usize, word: &str| {
            (0..penguins.rows()).filter(|row| penguins.cell(*row, column) == word).count()
        };
        assert_eq!(
            ["Adelie", "Chinstrap", "Gentoo"].map(|species| count(0, species)),
            [152, 68, 124]
        );
        assert_eq!(
            ["Biscoe", "Dream", "Torgersen"].map(|island| count(1, island)),
            [168, 124, 52]
        );
        assert_eq!([2, 3, 4, 5, 6].map(|column| count(column, "NA")), [2, 2, 2, 2, 11]);
        assert_eq!(["female", "male"].map(|sex| count(6, sex)), [165, 168]);
        let mean = |column: usize| {
            let cells = (0..penguins.rows()).map(|row| penguins.cell(row, column));
            let numbers: Vec<f64> = cells.filter_map(|cell| cell.parse().ok()).collect();
            numbers.iter().sum::<f64>() / numbers.len() as f64
        };
        let means = [2, 3, 4, 5].map(|column| format!("{:.2}", mean(column)));
        assert_eq!(means, ["43.92", "17.15", "200.92", "4201.75"]);
    }
}
