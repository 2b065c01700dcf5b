//! The command line that all chapters share, on one of them.

use std::path::Path;
use std::process::{Command, Output};

fn run(arguments: &[&str], out: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_ch06_backprop"))
        .args(arguments)
        .arg("--out")
        .arg(out)
        .output()
        .unwrap()
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

#[test]
fn a_list_names_the_sections_in_order_and_runs_none() {
    let out = tempfile::tempdir().unwrap();
    let output = run(&["--list"], &out.path().join("new"));
    assert!(output.status.success());
    let names: Vec<&str> = text(&output.stdout)
        .lines()
        .map(|line| line.split(' ').next().unwrap())
        .collect();
    let chapter = ch06_backprop::chapter();
    let sections: Vec<&str> =
        chapter.sections.iter().map(|section| section.name).collect();
    assert_eq!(names, sections);
    assert!(!out.path().join("new").exists(), "a list writes nothing");
}

#[test]
fn one_section_prints_its_text_and_writes_its_figures_and_a_page() {
    let out = tempfile::tempdir().unwrap();
    let output = run(&["--section", "chain"], out.path());
    assert!(output.status.success());
    let said = text(&output.stdout);
    assert!(said.contains("(chain)") && !said.contains("(by_hand)"), "{said}");
    assert!(!said.contains("Exploring"), "{said}");
    let page = std::fs::read_to_string(out.path().join("index.html")).unwrap();
    assert!(page.contains("<svg") && page.contains("id=\"chain\""));
    assert!(out.path().join("chain.circuit.svg").is_file());
    assert!(text(&output.stderr).is_empty());
}

#[test]
fn a_wrong_name_gets_a_hint_and_the_right_ones() {
    let out = tempfile::tempdir().unwrap();
    let output = run(&["--section", "chian"], out.path());
    assert_eq!(output.status.code(), Some(2));
    assert!(output.stdout.is_empty(), "nothing runs");
    let said = text(&output.stderr);
    assert!(said.contains("has no section `chian`. Did you mean `chain`?"), "{said}");
    assert!(said.contains("chain, by_hand, equations"), "{said}");
}

#[test]
fn a_folder_that_cannot_be_written_costs_the_figures_but_not_the_text() {
    let out = tempfile::tempdir().unwrap();
    let file = out.path().join("file");
    std::fs::write(&file, "no folder").unwrap();
    let output = run(&["--section", "chain"], &file.join("below"));
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stdout).contains("0.731059"), "the text has been printed");
    let said = text(&output.stderr);
    assert_eq!(said.lines().count(), 1, "{said}");
    assert!(
        said.starts_with("error: cannot write ") && said.contains("--out DIR"),
        "{said}"
    );
}

#[test]
fn another_seed_says_so() {
    let out = tempfile::tempdir().unwrap();
    let output = run(&["--section", "equations", "--seed", "7"], out.path());
    assert!(output.status.success());
    let said = text(&output.stdout);
    assert!(said.contains("Exploring with --seed 7"), "{said}");
    let book = ch06_backprop::chapter().page("equations").unwrap().text_shown();
    assert!(!said.contains(&book), "other random numbers, other results");
}

#[test]
fn a_seed_that_is_no_number_is_told_what_would_be_one() {
    let out = tempfile::tempdir().unwrap();
    let output = run(&["--seed", "seven"], out.path());
    assert_eq!(output.status.code(), Some(2));
    let said = text(&output.stderr);
    assert!(said.contains("seven") && said.contains("such as --seed 7"), "{said}");
}

#[test]
fn without_its_folder_the_mnist_section_says_how_to_get_the_files() {
    let out = tempfile::tempdir().unwrap();
    let output = run(&["--section", "mnist"], out.path());
    assert!(output.status.success());
    let said = text(&output.stdout);
    assert!(said.contains("--section mnist --mnist FOLDER"), "{said}");
    assert!(!said.contains("epoch"), "nothing is trained: {said}");
}
