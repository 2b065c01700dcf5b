//! Terms lead to the glossary, and the glossary back to the pages.

use std::path::{Path, PathBuf};

use crate::fixture::Fixture;
use binder::Source;
use binder::book::{Bound, bind};

const TERMS: &str = r#"
[[term]]
id = "weight"
term = "weight"
zh = "权重"
line = "What an input is *multiplied* by."
page = "ch05_sgd/stuck"
forms = ["weights"]

[[term]]
id = "weighted-sum"
term = "weighted sum"
zh = "加权和"
line = "All products, added up."
page = "ch05_sgd/stuck"
forms = ["sum of products"]

[[term]]
id = "sum"
term = "sum"
zh = "和"
line = "What adding gives."
page = "ch05_sgd/stuck"
except = ["a sum of money"]
"#;

const INTRODUCES: &str = "# Stuck\n\n{{#claim needs-convex}}\n\nA weight. A *weight* and a weighted sum, a sum.\n";

/// A book of the page `text`, the page that introduces the terms, and the glossary.
fn bound(terms: &str, text: &str) -> Bound {
    bound_at("ch05_sgd/page.md", terms, text)
}

/// The same with `text` on the page at `path`.
fn bound_at(path: &str, terms: &str, text: &str) -> Bound {
    let fixture = Fixture::new();
    fixture.write("book/glossary.toml", terms);
    let page = |path: &str, text: &str| Source {
        path: PathBuf::from(path),
        text: text.to_owned(),
    };
    let sources = [
        page(path, text),
        page("ch05_sgd/stuck.md", INTRODUCES),
        page("glossary.md", "# Glossary\n\n{{#glossary}}\n"),
    ];
    bind(&fixture.workspace(), Path::new("book/en"), None, &sources, true)
}

/// The words of `text` that lead to the glossary, each with its target.
fn links(text: &str) -> Vec<String> {
    let bound = bound(TERMS, text);
    assert!(bound.report.is_empty(), "{}", bound.report);
    let parts = bound.pages[0].split("<a class=\"term\" href=\"").skip(1);
    parts
        .map(|part| {
            let target = part.split('"').next().unwrap();
            let words = part.split_once("\">").unwrap().1.split("</a>").next().unwrap();
            format!("{words} -> {target}")
        })
        .collect()
}

fn problems(terms: &str) -> Vec<String> {
    let bound = bound(terms, "");
    let problems = bound.report.problems().iter();
    problems
        .map(|problem| {
            let nearest = problem.fault.nearest.join(" ");
            format!(
                "{}:{} {} [{nearest}]",
                problem.file, problem.line, problem.fault.cause
            )
        })
        .collect()
}

#[test]
fn the_first_use_of_a_term_leads_to_its_entry_and_later_ones_do_not() {
    assert_eq!(
        links("Weights count. A weight counts.\n"),
        ["Weights -> ../glossary.md#weight"]
    );
}

#[test]
fn the_longest_term_wins_and_may_break_over_a_line() {
    assert_eq!(
        links("A weighted\nsum, then a sum.\n"),
        ["weighted\nsum -> ../glossary.md#weighted-sum", "sum -> ../glossary.md#sum"]
    );
    assert_eq!(
        links("A sum of products, then a sum.\n"),
        ["sum of products -> ../glossary.md#weighted-sum", "sum -> ../glossary.md#sum"]
    );
}

#[test]
fn only_running_prose_leads_to_the_glossary() {
    let page = "# A weight\n\n`weight`, $weight$, [weight](stuck.md), \"weight\", **a weight**\n\n\
                > weight\n\n| weight |\n|---|\n| weight |\n\n{{#figure stuck/paths}} A weight.\n";
    assert!(links(page).is_empty(), "{:?}", links(page));
}

#[test]
fn exercises_and_tables_of_claims_and_terms_lead_nowhere() {
    assert!(links("A weight.\n\n{{#claims}}\n").is_empty());
    assert!(links("A weight.\n\n{{#glossary}}\n").is_empty());
    let exercises = bound_at("ch05_sgd/exercises.md", TERMS, "A weight.\n");
    assert_eq!(exercises.pages[0], "A weight.\n");
    assert_ne!(bound(TERMS, "A weight.\n").pages[0], "A weight.\n");
}

#[test]
fn a_phrase_that_means_something_else_is_passed_over() {
    assert_eq!(
        links("It is a sum of money. And a sum.\n"),
        ["sum -> ../glossary.md#sum"]
    );
}

#[test]
fn an_emphasised_term_leads_there_with_its_emphasis() {
    assert_eq!(links("A *weight*.\n"), ["*weight* -> ../glossary.md#weight"]);
    assert_eq!(
        links("A *large weight*. A weight.\n"),
        ["weight -> ../glossary.md#weight"]
    );
}

#[test]
fn a_link_tells_the_meaning_in_plain_words() {
    let text = bound(TERMS, "A weight.\n").pages.remove(0);
    assert!(text.contains("title=\"What an input is multiplied by.\""), "{text}");
}

#[test]
fn a_link_tells_numbers_and_formulas_as_words() {
    let terms = TERMS.replace(
        "*multiplied* by",
        "*multiplied* by: $w$, {{#value ch05_sgd/stuck/shift}}",
    );
    let text = bound(&terms, "A weight.\n").pages.remove(0);
    assert!(
        text.contains("title=\"What an input is multiplied by: w, −0.5.\""),
        "{text}"
    );
}

#[test]
fn the_page_that_introduces_a_term_defines_it_and_does_not_lead_away() {
    let text = bound(TERMS, "").pages.remove(1);
    assert!(
        text.contains("A weight. A <dfn id=\"term-weight\">*weight*</dfn> and"),
        "{text}"
    );
    assert!(!text.contains("class=\"term\""), "{text}");
}

#[test]
fn the_glossary_is_sorted_and_leads_back() {
    let text = bound(TERMS, "").pages.remove(2);
    let places: Vec<usize> = [
        "## sum <span class=\"term-zh\" lang=\"zh\">和</span> {#sum}\n\nWhat adding gives.",
        "## weight <span",
        "[Stuck](ch05_sgd/stuck.md#term-weight)",
        "## weighted sum <span",
        "[Stuck](ch05_sgd/stuck.md)",
    ]
    .iter()
    .map(|part| text.rfind(part).unwrap_or_else(|| panic!("no {part:?} in:\n{text}")))
    .collect();
    assert!(places.is_sorted(), "{places:?}\n{text}");
}

#[test]
fn a_term_on_a_page_that_is_none_stops_the_build() {
    assert_eq!(
        problems(&TERMS.replacen("ch05_sgd/stuck", "ch05_sgd/stukc", 1)),
        [
            "book/glossary.toml:3 The term `weight` names ch05_sgd/stukc, which is no page. \
             [ch05_sgd/stuck ch05_sgd/page]"
        ]
    );
}

#[test]
fn a_term_that_its_page_does_not_use_stops_the_build_and_names_the_pages_that_do() {
    assert_eq!(
        problems(&TERMS.replacen("ch05_sgd/stuck", "ch05_sgd/page", 1)),
        [
            "book/glossary.toml:3 The term `weight` names ch05_sgd/page, which does not use it. \
             [ch05_sgd/stuck]"
        ]
    );
}

#[test]
fn a_repeated_term_or_spelling_and_a_bad_id_stop_the_build() {
    assert_eq!(
        problems(&TERMS.replace("id = \"sum\"", "id = \"weight\"")),
        ["book/glossary.toml:3 The term `weight` is written down twice. []"]
    );
    assert_eq!(
        problems(&TERMS.replace("[\"weights\"]", "[\"weights\", \"Sum\"]")),
        [
            "book/glossary.toml:3 The term `weight` repeats \"sum\", which stands above. []"
        ]
    );
    assert_eq!(
        problems(&TERMS.replace("id = \"sum\"", "id = \"The Sum\"")),
        ["book/glossary.toml:19 The term `The Sum` has an id that is no address. []"]
    );
}

#[test]
fn a_field_that_is_not_known_is_told_with_its_line() {
    let problems = problems(&TERMS.replacen("zh = ", "cn = ", 1));
    assert!(
        problems[0].starts_with("book/glossary.toml:5 unknown field `cn`"),
        "{problems:?}"
    );
}
