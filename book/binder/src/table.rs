//! A pinned table in print: on a narrow screen, a table too wide for it becomes a list of its rows.

use crate::html::escape;
use crate::number;
use crate::pins::Table;
use crate::report::Fault;

/// How many characters of a row a phone has room for.
const PHONE: usize = 46;

/// What each column takes beside its characters.
const GAP: usize = 1;

/// The table as HTML, with the cell `marked` by row and heading, `30/test digits`, in heavier type.
pub fn html(table: &Table, marked: Option<&str>) -> Result<String, Fault> {
    let mut is_found = marked.is_none();
    let columns = 0..table.headings.len();
    let of_numbers: Vec<bool> = columns
        .map(|column| table.rows.iter().all(|row| is_number(&row[column])))
        .collect();
    let class = |column: usize| if of_numbers[column] { " class=\"number\"" } else { "" };
    let headings: String = (table.headings.iter().enumerate())
        .map(|(column, heading)| {
            let heading = escape(heading);
            format!("<th scope=\"col\"{}>{heading}</th>", class(column))
        })
        .collect();
    let mut body = String::new();
    for row in &table.rows {
        body.push_str("<tr>");
        for (column, (heading, cell)) in table.headings.iter().zip(row).enumerate() {
            let mut text = number::html(cell);
            if marked.is_some_and(|marked| format!("{}/{heading}", row[0]) == marked) {
                (text, is_found) = (format!("<strong>{text}</strong>"), true);
            }
            let (class, heading) = (class(column), escape(heading));
            body.push_str(&match column {
                0 => {
                    format!("<th scope=\"row\"{class}><span>{heading} </span>{text}</th>")
                }
                _ => format!("<td{class} data-heading=\"{heading}\">{text}</td>"),
            });
        }
        body.push_str("</tr>\n");
    }
    let class = if width(table) > PHONE { "reflows" } else { "fits" };
    match is_found {
        true => Ok(format!(
            "<table class=\"{class}\">\n<thead><tr>{headings}</tr></thead>\n<tbody>\n{body}</tbody>\n</table>"
        )),
        false => Err(Fault::new(
            format!("The table has no cell `{}` to mark.", marked.unwrap_or_default()),
            "Write the first cell of its row, a slash and its heading: `30/test digits`.",
        )
        .near(marked.unwrap_or_default(), cells(table))),
    }
}

/// The names of all cells.
fn cells(table: &Table) -> impl Iterator<Item = String> {
    let named = |row: &Vec<String>| {
        let first = row[0].clone();
        table.headings.iter().map(move |heading| format!("{first}/{heading}"))
    };
    table.rows.iter().flat_map(named)
}

/// Whether a cell begins like a number, or stands for one that is missing or not finite.
fn is_number(cell: &str) -> bool {
    let digits = cell.trim_start_matches(['-', '+', '−', '<', '>', '≈', ' ']);
    digits.starts_with(|c: char| c.is_ascii_digit())
        || ["", "—", "–", "NaN", "inf", "∞"].contains(&digits)
}

/// The characters that a row needs if headings break between words, and cells do not.
fn width(table: &Table) -> usize {
    let columns = (0..table.headings.len()).map(|column| {
        let words = table.headings[column].split(' ').map(|word| word.chars().count());
        let cells = table.rows.iter().map(|row| row[column].chars().count());
        words.chain(cells).max().unwrap_or(0) + GAP
    });
    columns.sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(headings: &[&str], rows: &[&[&str]]) -> Table {
        let owned = |row: &[&str]| row.iter().map(|cell| (*cell).to_owned()).collect();
        Table {
            headings: owned(headings),
            rows: rows.iter().map(|row| owned(row)).collect(),
        }
    }

    #[test]
    fn numbers_stand_right_and_words_left() {
        let table =
            table(&["rule", "steps <"], &[&["plain", "-1.5e3"], &["with μ", "20"]]);
        let html = html(&table, Some("with μ/steps <")).unwrap();
        assert!(html.contains("<th scope=\"col\">rule</th>"), "{html}");
        assert!(
            html.contains("<th scope=\"col\" class=\"number\">steps &#60;</th>"),
            "{html}"
        );
        assert!(html.contains("−1.5"), "{html}");
        assert!(html.contains("><strong>20</strong></td>"), "{html}");
        assert!(html.starts_with("<table class=\"fits\">"), "{html}");
    }

    #[test]
    fn what_is_too_wide_for_a_phone_reflows() {
        let wide = table(&["a rather long heading"; 9], &[&["12345678"; 9]]);
        assert!(html(&wide, None).unwrap().starts_with("<table class=\"reflows\">"));
    }

    #[test]
    fn a_mark_on_no_cell_is_refused() {
        let table = table(&["rule", "steps"], &[&["plain", "12"]]);
        let fault = html(&table, Some("plian/steps")).unwrap_err();
        assert_eq!(fault.cause, "The table has no cell `plian/steps` to mark.");
    }
}
