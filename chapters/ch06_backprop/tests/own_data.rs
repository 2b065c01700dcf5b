//! `--csv FILE --label COLUMN`, on tables as people have them.

use std::path::Path;
use std::process::{Command, Output};

fn run(csv: &Path, out: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_ch06_backprop"))
        .arg("--csv")
        .arg(csv)
        .arg("--out")
        .arg(out)
        .args(arguments)
        .output()
        .unwrap()
}

/// 200 pets: an id, a weight, a coat, a breeder for some, and the kind, of which six are tapirs.
fn pets() -> String {
    let row = |row: usize| {
        let (kind, weight) = match row {
            0..6 => ("tapir", 200 + row),
            _ if row.is_multiple_of(2) => ("cat", 3 + row % 4),
            _ => ("dog | big", 10 + row % 20),
        };
        let coat = if row % 20 == 7 { "NA" } else { ["long", "short"][row / 2 % 2] };
        let breeder = if row.is_multiple_of(5) { "Lee" } else { "" };
        format!("p{row};{weight},5;{coat};{breeder};\"{kind}\"\r\n")
    };
    let rows: String = (0..200).map(row).collect();
    format!("\u{feff}id;weight;coat;breeder;kind\r\n{rows}")
}

#[test]
fn a_table_with_words_gaps_and_a_rare_class_is_answered() {
    let out = tempfile::tempdir().unwrap();
    let csv = out.path().join("pets.csv");
    std::fs::write(&csv, pets()).unwrap();
    let output = run(&csv, out.path(), &["--section", "own_data", "--label", "kind"]);
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
    for words in [
        "200 rows, 5 columns",
        "cat (97 rows), dog   big (87 rows), tapir (6 rows)",
        "Rows left out, since they miss a cell: 10 (most miss coat)",
        "Column left out: id (a word of its own in each row, like an id)",
        "Column left out: breeder (160 of 200 cells are missing)",
        "3 inputs from: weight, coat (2 words)",
        "Most frequent class: cat",
        "network                      37 of 37   100.0 %",
        "The network gets 0 of the 37 test rows wrong.",
    ] {
        assert!(said.contains(words), "`{words}` is missing in: {said}");
    }
    for figure in ["confusion", "curves"] {
        assert!(out.path().join(format!("own_data.{figure}.svg")).is_file());
    }
}

#[test]
fn a_table_that_is_refused_takes_nothing_with_it() {
    let out = tempfile::tempdir().unwrap();
    let csv = out.path().join("pets.csv");
    std::fs::write(&csv, pets().replace("p150;", "p150;7;")).unwrap();
    assert!(run(&csv, out.path(), &["--section", "chain"]).status.success());
    let sections = ["--section", "chain", "--section", "own_data", "--label", "kind"];
    let output = run(&csv, out.path(), &sections);
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8(output.stderr).unwrap();
    let refusal = format!(
        "error: section `own_data` stopped: {}, line 152: expected 5 cells, as in the first line, but found 6; ",
        csv.display()
    );
    assert!(said.starts_with(&refusal), "{said}");
    assert_eq!(said.lines().count(), 1, "{said}");
    assert!(out.path().join("chain.circuit.svg").is_file());
    let page = std::fs::read_to_string(out.path().join("index.html")).unwrap();
    assert!(page.contains("id=\"chain\""));
}

#[test]
fn a_file_that_is_not_there_or_not_asked_a_question_is_named() {
    let out = tempfile::tempdir().unwrap();
    let csv = out.path().join("pets.csv");
    for (label, wanted) in [
        (&["--label", "kind"][..], "pets.csv: cannot read it: "),
        (&["--label", "kinds"], "there is no \"kinds\". Did you mean \"kind\"?"),
        (&[], "name it with --label COLUMN. The columns of "),
    ] {
        let output = run(&csv, out.path(), &[&["--section", "own_data"], label].concat());
        assert_eq!(output.status.code(), Some(1));
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(said.contains(wanted), "`{wanted}` is missing in: {said}");
        std::fs::write(&csv, pets()).unwrap();
    }
}

#[test]
fn the_built_in_table_answers_for_another_column() {
    let page = ch06_backprop::chapter().page("own_data").unwrap().text_shown();
    assert!(page.contains("To tell apart (sex)"), "{page}");
    let out = tempfile::tempdir().unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_ch06_backprop"))
        .args(["--section", "own_data", "--label", "species", "--out"])
        .arg(out.path())
        .output()
        .unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success());
    assert!(said.contains("To tell apart (species): Adelie (146 rows)"), "{said}");
}
