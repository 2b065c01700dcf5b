//! What `cargo book check` finds in a book.

use crate::fixture::Fixture;
use binder::check;

/// The problems and notes of a book, beside a built page that is in order.
fn findings(fixture: &Fixture) -> (Vec<String>, Vec<String>) {
    let built = fixture.path().join("target/book");
    fixture
        .write("target/book/index.html", "<a href=\"index.html#top\" id=\"top\">top</a>");
    let mut found = check::written(&fixture.workspace()).unwrap();
    if found.report.is_empty() {
        check::built(&fixture.workspace(), &built, &mut found).unwrap();
    }
    let problems = found.report.problems().iter();
    (
        problems
            .map(|problem| format!("{} {}", problem.file, problem.fault.cause))
            .collect(),
        found.notes,
    )
}

fn problems(fixture: &Fixture) -> Vec<String> {
    findings(fixture).0
}

#[test]
fn a_book_in_order_has_no_findings() {
    assert_eq!(findings(&Fixture::new()), (vec![], vec![]));
}

#[test]
fn a_dead_link_and_a_dead_fragment_are_found() {
    let fixture = Fixture::new();
    fixture.write(
        "target/book/a.html",
        "<a href=\"b.html\">b</a><a href=\"index.html#tpo\">t</a>",
    );
    assert_eq!(
        problems(&fixture),
        [
            "the built a.html The link `b.html` leads to b.html, which is not there.",
            "the built a.html The link `index.html#tpo`: index.html has no `#tpo`."
        ]
    );
}

#[test]
fn a_request_to_the_network_is_found() {
    let fixture = Fixture::new();
    fixture.write(
        "target/book/a.css",
        "@font-face { src: url('https://example.org/f.woff2') }",
    );
    assert_eq!(
        problems(&fixture),
        ["the built a.css The page asks the network for https://example.org/f.woff2."]
    );
}

#[test]
fn a_section_without_a_page_and_a_page_without_a_section_are_found() {
    let fixture = Fixture::new();
    fixture.write("book/en/ch05_sgd/stukc.md", "# Stuck\n\n{{#claim needs-convex}}\n");
    fixture.remove("book/en/ch05_sgd/stuck.md");
    let found = problems(&fixture);
    assert!(found.contains(
        &"chapters/ch05_sgd/src/lib.rs The section `stuck` has no page.".into()
    ));
    assert!(found.contains(
        &"book/en/ch05_sgd/stukc.md The chapter has no section `stukc`.".into()
    ));
    assert!(found.contains(
        &"book/en/ch05_sgd/stukc.md The SUMMARY does not name this page.".into()
    ));
}

/// A book in which the section `stuck` is an investigation, and `first` belongs to the lesson.
fn in_two_parts(stuck: &str, summary: &str) -> Fixture {
    let fixture = Fixture::new();
    fixture.write(
        "chapters/ch05_sgd/snapshots/chapter.snap",
        "Sgd\nfirst = First\ninvestigations\nstuck = Stuck\n",
    );
    fixture.write("chapters/ch05_sgd/src/first.rs", "//! First.\n");
    fixture.write("book/en/ch05_sgd/first.md", "# First of all\n");
    let page = format!("# Stuck\n\n{stuck}\n\n{{{{#claim needs-convex}}}}\n");
    fixture.write("book/en/ch05_sgd/stuck.md", &page);
    let lines: String = summary
        .split_whitespace()
        .map(|page| format!("- [P](ch05_sgd/{page}.md)\n"))
        .collect();
    fixture.write("book/en/SUMMARY.md", &lines);
    fixture
}

#[test]
fn an_investigation_says_which_earlier_pages_it_builds_on() {
    let problems =
        |stuck: &str| problems(&in_two_parts(stuck, "index first exercises stuck"));
    assert_eq!(problems("{{#builds_on ch05_sgd/first, ch05_sgd/exercises}}"), [""; 0]);
    assert_eq!(
        problems(""),
        ["book/en/ch05_sgd/stuck.md This investigation does not say what it builds on."]
    );
    assert_eq!(
        problems("{{#builds_on ch05_sgd/exercises, ch05_sgd/first}}"),
        ["book/en/ch05_sgd/stuck.md `ch05_sgd/first` does not stand before this page."]
    );
    assert_eq!(
        problems("{{#builds_on ch05_sgd/frist}}"),
        ["book/en/ch05_sgd/stuck.md No page is called `ch05_sgd/frist`."]
    );
}

#[test]
fn an_investigation_before_the_end_of_the_lesson_is_found() {
    let fixture =
        in_two_parts("{{#builds_on ch05_sgd/index}}", "index stuck first exercises");
    let found = problems(&fixture);
    let wanted = "book/en/SUMMARY.md ch05_sgd/first.md belongs to the lesson, but follows \
                  ch05_sgd/stuck.md.";
    assert!(found.contains(&wanted.to_owned()), "{found:?}");
}

#[test]
fn a_term_used_before_the_page_that_explains_it_is_found_in_the_lesson_only() {
    let term = "[[term]]\nid = \"slope\"\nterm = \"slope\"\nzh = \"斜率\"\nline = \"How steep.\"\n\
                page = \"ch05_sgd/first\"\n";
    let book = |stuck: &str, order: &str| {
        let fixture = in_two_parts(stuck, order);
        fixture.write("book/en/ch05_sgd/first.md", "# First\n\nA *slope* is this.\n");
        fixture.write("book/en/ch05_sgd/second.md", "# Second\n\nOne\nslope more.\n");
        fixture.write("book/en/ch05_sgd/index.md", "# Sgd\n\nOf slopes, and a slope.\n");
        fixture.write("chapters/ch05_sgd/src/second.rs", "//! Second.\n");
        fixture.write(
            "chapters/ch05_sgd/snapshots/chapter.snap",
            if order.find("first") < order.find("second") {
                "Sgd\nfirst = First\nsecond = Second\ninvestigations\nstuck = Stuck\n"
            } else {
                "Sgd\nsecond = Second\nfirst = First\ninvestigations\nstuck = Stuck\n"
            },
        );
        fixture.write("book/en/glossary.md", "# Glossary\n\n{{#glossary}}\n");
        let summary =
            std::fs::read_to_string(fixture.path().join("book/en/SUMMARY.md")).unwrap();
        fixture.write("book/en/SUMMARY.md", &(summary + "- [G](glossary.md)\n"));
        fixture.write("book/glossary.toml", term);
        problems(&fixture)
    };
    let stuck = "{{#builds_on ch05_sgd/index}}\n\nA slope.";
    assert_eq!(book(stuck, "index first second exercises stuck"), [""; 0]);
    assert_eq!(
        book(stuck, "index second first exercises stuck"),
        [
            "book/en/ch05_sgd/second.md The term `slope` is used here, and first explained in \
             ch05_sgd/first."
        ]
    );
}

#[test]
fn sections_out_of_order_in_the_summary_are_found() {
    let fixture = Fixture::new();
    fixture.write(
        "chapters/ch05_sgd/snapshots/chapter.snap",
        "Sgd\nfirst = First\nstuck = Stuck\n",
    );
    fixture.write("chapters/ch05_sgd/src/first.rs", "//! First.\n");
    fixture.write("book/en/ch05_sgd/first.md", "# First\n");
    fixture.write(
        "book/en/SUMMARY.md",
        "- [Sgd](ch05_sgd/index.md)\n- [S](ch05_sgd/stuck.md)\n- [F](ch05_sgd/first.md)\n\
         - [E](ch05_sgd/exercises.md)\n",
    );
    assert_eq!(
        problems(&fixture),
        [
            "book/en/SUMMARY.md ch05_sgd/stuck.md stands where ch05_sgd/first.md is expected."
        ]
    );
}

#[test]
fn an_exercise_without_check_or_off_its_page_is_found() {
    let fixture = Fixture::new();
    fixture.remove("chapters/ch05_sgd/checks/momentum.rs");
    fixture.write("book/en/ch05_sgd/exercises.md", "# Exercises\n");
    let stub = "chapters/ch05_sgd/exercises/momentum.rs";
    assert_eq!(
        problems(&fixture),
        [
            format!("{stub} This exercise has no chapters/ch05_sgd/checks/momentum.rs."),
            format!("{stub} book/en/ch05_sgd/exercises.md does not show this exercise."),
        ]
    );
}

#[test]
fn a_figure_that_no_page_shows_is_a_note() {
    let fixture = Fixture::new();
    fixture.write("chapters/ch05_sgd/snapshots/stuck-more.snap.svg", "<svg></svg>");
    let (problems, notes) = findings(&fixture);
    assert!(problems.is_empty(), "{problems:?}");
    assert_eq!(notes, ["No page shows the figure ch05_sgd/stuck/more."]);
}

#[test]
fn a_term_that_no_other_page_uses_is_a_note() {
    let fixture = Fixture::new();
    fixture.write(
        "book/glossary.toml",
        "[[term]]\nid = \"path\"\nterm = \"path\"\nzh = \"路径\"\nline = \"A way.\"\n\
         page = \"ch05_sgd/stuck\"\nforms = [\"paths\"]\n",
    );
    let (problems, notes) = findings(&fixture);
    assert!(problems.is_empty(), "{problems:?}");
    assert_eq!(notes, ["No page but ch05_sgd/stuck uses the term `path`."]);
}

/// A search index as mdBook writes it, with `body` as the text of the page that shows a figure.
fn index(body: &str) -> String {
    let urls =
        r#"["ch05_sgd/index.html","ch05_sgd/stuck.html","ch05_sgd/exercises.html#e"]"#;
    let docs =
        format!(r#"{{"0":{{"body":"a"}},"1":{{"body":"{body}"}},"2":{{"body":"b"}}}}"#);
    format!(
        "window.search = Object.assign(window.search, JSON.parse('{{\"doc_urls\":{urls},\
         \"index\":{{\"documentStore\":{{\"docs\":{docs}}}}}}}'));"
    )
}

#[test]
fn a_figure_in_the_search_index_is_found() {
    let fixture = Fixture::new();
    fixture.write(
        "chapters/ch05_sgd/snapshots/stuck-paths.snap.svg",
        "<svg viewBox=\"0 0 1 1\"><desc id=\"d\">It\u{27}s stuck.</desc><path d=\"M0 0\"/></svg>\n",
    );
    fixture.write("target/book/searchindex-1.js", &index("Two paths."));
    assert_eq!(problems(&fixture), Vec::<String>::new());
    fixture.write("target/book/searchindex-1.js", &index("It\\'s stuck. Two paths."));
    assert_eq!(
        problems(&fixture),
        ["book/en/ch05_sgd/stuck.md The search index holds the inside of the figure \
             ch05_sgd/stuck/paths."]
    );
}
