//! Why a line is not as it should be: the habits of other programs.
//!
//! To a reader that looks for commas, `1;2;3` is a single column. That is true and no
//! help, so the line is looked at once more.

use std::collections::BTreeSet;

use ndarray::Array2;

use super::{Format, Problem, cells, is_label};

/// The cause behind a problem, if the line shows one. Marks between columns are those of
/// the whole file, so we look for other ones only as long as no row was right.
pub(super) fn of(problem: Problem, row: &str, format: Format, first: bool) -> Problem {
    match (problem, format.label()) {
        (Problem::Label { column, last, found }, Some(classes))
            if starts_with_label(row, classes) =>
        {
            Problem::LabelFirst { column, last, found }
        }
        (
            problem @ (Problem::Columns { .. }
            | Problem::NotANumber { .. }
            | Problem::Header
            | Problem::MixedHeader { .. }),
            _,
        ) => habit(row, format.columns(), first).unwrap_or(problem),
        (problem, _) => problem,
    }
}

/// Whether the labels seem to stand in the first column, although the last one holds
/// labels, too: there, all are the same. In images, the last pixel is often 0 everywhere.
/// An input of two values, such as yes and no, is no sign of labels; three labels are.
pub(super) fn labels_first(rows: &Array2<f64>, classes: usize) -> bool {
    let (first, last) = (rows.column(0), rows.column(rows.ncols() - 1));
    let labels: BTreeSet<usize> = first.iter().map(|number| *number as usize).collect();
    labels.len() > 2
        && first.iter().all(|number| is_label(*number, classes))
        && last.iter().all(|label| *label == last[0])
}

fn starts_with_label(row: &str, classes: usize) -> bool {
    let first = cells(row).next().and_then(|cell| cell.parse().ok());
    first.is_some_and(|number| is_label(number, classes))
}

fn habit(row: &str, expected: usize, first: bool) -> Option<Problem> {
    if row.trim().contains('\r') {
        return Some(Problem::CarriageReturn);
    }
    if row.contains('"') {
        return Some(Problem::Quotes);
    }
    if first && let Some((marks, found)) = marks(row, expected) {
        return Some(Problem::Marks { expected, found, marks });
    }
    let found = cells(row).count();
    let doubled = found == expected.saturating_mul(2);
    ((first && found > expected || doubled) && cells(row).all(is_whole))
        .then_some(Problem::DecimalComma { expected, found })
}

/// What parts the columns instead of commas, and how many columns there are then.
fn marks(row: &str, expected: usize) -> Option<(&'static str, usize)> {
    let number = |cell: &str| cell.replacen(',', ".", 1).parse::<f64>().is_ok();
    let spaced = row.split_whitespace();
    let candidates = [
        ("semicolons", row.split(';').count()),
        ("tabs", row.split('\t').count()),
        ("bars", row.split('|').count()),
        ("spaces", if spaced.clone().all(number) { spaced.count() } else { 1 }),
    ];
    let fits = candidates.into_iter().find(|(_, found)| *found == expected);
    let parts = || candidates.into_iter().find(|(_, found)| *found > 1);
    fits.or_else(|| if row.contains(',') { None } else { parts() })
}

fn is_whole(cell: &str) -> bool {
    let digits = cell.trim_start_matches(['-', '+']);
    !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_digit())
}
