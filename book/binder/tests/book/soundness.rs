//! One break after another is planted in a book in order, and `cargo book check` stops at each.

use crate::fixture::Fixture;
use binder::check;

const PAGE: &str = "book/en/ch05_sgd/index.md";
const FIGURE: &str = "chapters/ch05_sgd/snapshots/stuck-paths.snap.svg";
const VALUES: &str = "chapters/ch05_sgd/snapshots/stuck.values.snap";
const SECTIONS: &str = "chapters/ch05_sgd/snapshots/chapter.snap";
const CLAIMS: &str = "book/claims.toml";

/// Everything that the check of the written pages finds.
fn problems(fixture: &Fixture) -> Vec<String> {
    let found = check::written(&fixture.workspace()).unwrap();
    let problems = found.report.problems().iter();
    problems
        .map(|problem| {
            format!("{}:{} {}", problem.file, problem.line, problem.fault.cause)
        })
        .collect()
}

/// Plants each break on the third line of a page and expects one problem: its line and its cause.
#[track_caller]
fn each_stops(breaks: &[(&str, &str)]) {
    let mut missed = Vec::new();
    for (planted, expected) in breaks {
        let fixture = Fixture::new();
        fixture.write(PAGE, &format!("# Sgd\n\n{planted}\n"));
        let found = problems(&fixture);
        if found != [format!("{PAGE}:{expected}")] {
            missed.push(format!("{planted}\n  finds {found:?}\n  and not {expected}"));
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

/// Replaces `old` in one of the book's files and expects one problem.
#[track_caller]
fn stops(file: &str, old: &str, new: &str, expected: &str) {
    let fixture = Fixture::new();
    let text = std::fs::read_to_string(fixture.path().join(file)).unwrap();
    assert!(text.contains(old), "{file} has no {old}");
    fixture.write(file, &text.replace(old, new));
    assert_eq!(problems(&fixture), [expected], "{new}");
}

#[test]
fn what_is_not_closed_stops_the_check() {
    each_stops(&[
        ("a <!-- b\n\nc", "3 A tag or comment begins here with `<` and does not end."),
        ("```text\na", "3 A code block begins here and does not end."),
        ("a\n\n~~~~text\na\n~~~", "5 A code block begins here and does not end."),
        ("> ```text\n> a\n\nb", "3 A code block begins here and does not end."),
        ("a <span", "3 A tag or comment begins here with `<` and does not end."),
        ("a `b", "3 Code begins here with a backquote and does not end."),
        ("a **b", "3 `**` marks nothing here."),
        ("a $b", "3 A formula begins here with `$` and does not end in this paragraph."),
        (
            "a\n\n$$\nb\n\nc",
            "5 A formula begins here with `$$` and does not end in this paragraph.",
        ),
        (
            "US$5 [a](b$c)",
            "3 A formula begins here with `$` and does not end in this paragraph.",
        ),
        (
            "US$5 <br title=\"$\">",
            "3 A formula begins here with `$` and does not end in this paragraph.",
        ),
        ("{{#question}}\nWhy?", "3 `{{#question}}` is not closed."),
    ]);
}

#[test]
fn a_page_without_words_or_title_stops_the_check() {
    for (text, expected) in [
        ("", "1 The page is empty."),
        (" \n\n", "1 The page is empty."),
        ("Words.\n", "1 The page does not begin with a title."),
        ("#\n\nWords.\n", "1 The page does not begin with a title."),
        ("## Second\n", "1 The page does not begin with a title."),
        ("<!-- a -->\n\n# Title\n", "1 The page does not begin with a title."),
        ("```text\n# Title\n```\n", "1 The page does not begin with a title."),
    ] {
        let fixture = Fixture::new();
        fixture.write(PAGE, text);
        assert_eq!(problems(&fixture), [format!("{PAGE}:{expected}")], "{text}");
    }
}

#[test]
fn what_is_nearly_a_directive_stops_the_check() {
    each_stops(&[
        (
            "a {{ #value stuck/gd_cost }} b",
            "3 `{{ #value stuck/gd_cost }}` is no directive.",
        ),
        ("a {{# value stuck/gd_cost}} b", "3 There is no directive ``."),
        ("a {#value stuck/gd_cost}} b", "3 `{#value stuck/gd_cost}}` is no directive."),
        ("a {{#value stuck/gd_cost} b", "3 `{{#value stuck/gd_cost}` is no directive."),
        ("a {#value stuck/gd_cost} b", "3 `{#value stuck/gd_cost}` is no directive."),
        (
            "a { {#value stuck/gd_cost}} b",
            "3 `{ {#value stuck/gd_cost}}` is no directive.",
        ),
        ("a {{value stuck/gd_cost}} b", "3 `{{value stuck/gd_cost}}` is no directive."),
        (
            "a {{#value\nstuck/gd_cost}} b",
            "3 `{{#value stuck/gd_cost}}` is no directive.",
        ),
        ("a #value stuck/gd_cost}} b", "3 `}}` is no directive."),
        (
            "a {{#value stuck/gd_cost} b {{#value stuck/tiny}}",
            "3 `{{#value stuck/gd_cost}` is no directive.",
        ),
        (
            "{{#figure stuck/paths}} a $b\nc$ d",
            "3 A formula begins here with `$` and does not end in this paragraph.",
        ),
        ("a {{#value stuck/gd_cost b", "3 `{{#value stuck/gd_cost b` is no directive."),
        ("a {{#vlaue stuck/gd_cost}} b", "3 There is no directive `vlaue`."),
        ("a {{#}} b", "3 There is no directive ``."),
        ("a {{/value}} b", "3 `{{/value}}` closes nothing."),
        ("{ {#sections}}", "3 `{ {#sections}}` is no directive."),
        ("a {{#include ../b.md}} c", "3 `{{#include}}` copies a file by its lines."),
        (
            "a `{{#include ../b.md}}` c",
            "3 mdBook reads `{{#include …}}` even in code, and puts a file there.",
        ),
        (
            "```text\n{{ #rustdoc_include a.rs}}\n```",
            "4 mdBook reads `{{ #rustdoc_include …}}` even in code, and puts a file there.",
        ),
        (
            "[a]({{#value stuck/gd_cost}}.md)",
            "3 `{{#value}}` cannot stand here: mdBook shows no words in this place.",
        ),
        (
            "| a |\n|---|\n| b | {{#value stuck/gd_cost}} |",
            "5 `{{#value}}` cannot stand here: mdBook shows no words in this place.",
        ),
        ("$a = {{#vlaue stuck/gd_cost}}$", "3 There is no directive `vlaue`."),
    ]);
}

#[test]
fn a_number_typed_by_hand_stops_the_check() {
    each_stops(&[
        ("a\nb 3.5e-2 c", "4 The number 3.5e-2 is typed by hand."),
        ("a 97\npercent b", "3 The number 97 is typed by hand."),
        ("a\n\n## 0.57", "5 The number 0.57 is typed by hand."),
        ("[a 0.57](index.md)", "3 The number 0.57 is typed by hand."),
        ("a 2·10³ b", "3 The number 10 is typed by hand."),
    ]);
    stops(
        CLAIMS,
        "It needs a convex",
        "It needs 97 percent of a convex",
        "book/claims.toml:2 The number 97 is typed by hand.",
    );
    stops(
        CLAIMS,
        "It ran",
        "Of 0.5x it ran",
        "book/claims.toml:2 The number 0.5 is typed by hand.",
    );
    stops(
        "chapters/ch05_sgd/exercises/momentum.rs",
        "Keep a velocity",
        "Keep .9 of a velocity",
        "chapters/ch05_sgd/exercises/momentum.rs:3 The number .9 is typed by hand.",
    );
    stops(
        "chapters/ch05_sgd/src/stuck.rs",
        "many starts",
        "0.9 of the starts",
        "chapters/ch05_sgd/src/stuck.rs:1 The number 0.9 is typed by hand.",
    );
    stops(
        "book/en/SUMMARY.md",
        "[Stuck]",
        "[Stuck 0.9]",
        "book/en/SUMMARY.md:2 The number 0.9 is typed by hand.",
    );
    stops(
        SECTIONS,
        "Where it gets stuck",
        "Stuck at 0.9",
        "chapters/ch05_sgd/snapshots/chapter.snap:5 The number 0.9 is typed by hand.",
    );
    for (name, line) in [("title", 2), ("description", 3)] {
        let fixture = Fixture::new();
        let settings = "[book]\ntitle = \"Sgd\"\ndescription = \"Sgd\"\n";
        let old = format!("{name} = \"Sgd\"");
        let new = format!("{name} = \"Sgd, 97 % right\"");
        fixture.write("book.toml", &settings.replace(&old, &new));
        let expected = format!("book.toml:{line} The number 97 is typed by hand.");
        assert_eq!(problems(&fixture), [expected]);
    }
}

#[test]
fn what_is_no_plain_word_in_a_title_stops_the_check() {
    let summary = "book/en/SUMMARY.md";
    for (title, expected) in [
        (
            "The {{#value stuck/tiny}} path",
            "A directive stands in a title, where only words can.",
        ),
        ("The $x$ path", "A formula stands in a title, where only words can."),
        ("", "This link has no words."),
        ("\u{200b}", "This link has no words."),
    ] {
        let expected = format!("{summary}:2 {expected}");
        stops(summary, "[Stuck]", &format!("[{title}]"), &expected);
    }
    let expected =
        format!("{SECTIONS}:5 A formula stands in a title, where only words can.");
    stops(SECTIONS, "Where it gets", "Where $x$ gets", &expected);
    let fixture = Fixture::new();
    fixture.write("book.toml", "[book]\ntitle = \"On {{#value stuck/tiny}}\"\n");
    let expected = "book.toml:2 A directive stands in a title, where only words can.";
    assert_eq!(problems(&fixture), [expected]);
}

#[test]
fn what_makes_the_summary_name_no_page_is_told_alone() {
    for (text, expected) in [
        ("", "1 The SUMMARY names no page."),
        ("# Summary\n", "1 The SUMMARY names no page."),
        ("<!--\n\n- [Sgd](ch05_sgd/index.md)\n", "1 HTML may not stand in a page."),
    ] {
        let fixture = Fixture::new();
        fixture.write("book/en/SUMMARY.md", text);
        assert_eq!(problems(&fixture), [format!("book/en/SUMMARY.md:{expected}")]);
    }
}

#[test]
fn what_holds_nothing_stops_the_check() {
    each_stops(&[
        (
            "{{#question}}\n{{#answer}}\nSo.\n{{/question}}",
            "3 `{{#question}}` holds nothing.",
        ),
        (
            "{{#question}}\nWhy?\n{{#answer}}\n{{/question}}",
            "3 `{{#answer}}` holds nothing.",
        ),
        ("{{#question}}{{#answer}}{{/question}}", "3 `{{#question}}` holds nothing."),
        ("{{#fold What we saw}}\n\u{200b}\n{{/fold}}", "3 `{{#fold}}` holds nothing."),
        ("{{#exercise momentum}}\n- One.\n-\n{{/exercise}}", "3 A hint holds nothing."),
        ("a {{#published \u{200b} | b}}", "3 A published number needs its source."),
        ("a [](index.md) b", "3 This link has no words."),
        ("a [&nbsp;](index.md) b", "3 This link has no words."),
        ("a\n\n##\n\nb", "5 This heading has no words."),
    ]);
    let solution = "chapters/ch05_sgd/solutions/momentum.rs";
    for code in
        ["", "//! # Memory\n", "//! # Memory\n\n#[path = \"../checks/momentum.rs\"]\n"]
    {
        let fixture = Fixture::new();
        fixture.write(solution, code);
        let expected = format!(
            "book/en/ch05_sgd/exercises.md:3 {solution} holds nothing but documentation."
        );
        assert_eq!(problems(&fixture), [expected]);
    }
    let fixture = Fixture::new();
    fixture.write(solution, "<<<<<<< HEAD\npub fn step() {}\n=======\n>>>>>>> b\n");
    let found = problems(&fixture);
    assert!(
        found.len() == 1 && found[0].contains(&format!("{solution}:1 is not Rust")),
        "{found:?}"
    );
    let claim = "book/claims.toml:2 The claim `needs-convex` holds nothing in `notes` or `translation`.";
    stops(CLAIMS, "It needs a convex function.", " ", claim);
    stops(CLAIMS, "需要凸函数", "", claim);
    let figure =
        format!("book/en/ch05_sgd/stuck.md:3 {FIGURE}:1: The figure shows nothing.");
    stops(FIGURE, "<path d=\"M0 0\"/>", "", &figure);
}

/// The book with a glossary of one term, of which `old` is `new`.
fn with_term(old: &str, new: &str) -> Fixture {
    let fixture = Fixture::new();
    let term = "[[term]]\nid = \"path\"\nterm = \"path\"\nzh = \"路径\"\nline = \"A way.\"\n\
                page = \"ch05_sgd/stuck\"\nforms = [\"paths\"]\n";
    assert!(term.contains(old), "{old}");
    fixture.write("book/glossary.toml", &term.replace(old, new));
    fixture.write(PAGE, "# Sgd\n\nA path.\n\n{{#sections}}\n");
    fixture.write("book/en/terms.md", "# Terms\n\n{{#glossary}}\n");
    fixture.write(
        "book/en/ch05_sgd/stuck.md",
        "# Stuck\n\nA *path*.\n\n{{#claim needs-convex}}\n",
    );
    let summary =
        std::fs::read_to_string(fixture.path().join("book/en/SUMMARY.md")).unwrap();
    fixture.write("book/en/SUMMARY.md", &format!("{summary}- [Terms](terms.md)\n"));
    fixture
}

#[test]
fn a_term_that_holds_nothing_stops_the_check() {
    assert_eq!(problems(&with_term("A way.", "A way.")), Vec::<String>::new());
    for (old, new, expected) in [
        ("A way.", "", "holds nothing in `line`"),
        ("路径", "\u{200b}", "holds nothing in `zh`"),
        ("\"paths\"", "\"\"", "holds nothing in one of its `forms`"),
    ] {
        let expected = format!("book/glossary.toml:2 The term `path` {expected}.");
        assert_eq!(problems(&with_term(old, new)), [expected]);
    }
}

#[test]
fn a_number_typed_into_the_glossary_stops_the_check_once() {
    for (old, new, number) in
        [("A way.", "A way of 3.5e-2.", "3.5e-2"), ("路径", "路径0.57", "0.57")]
    {
        let expected =
            format!("book/glossary.toml:2 The number {number} is typed by hand.");
        assert_eq!(problems(&with_term(old, new)), [expected]);
    }
}

#[test]
fn a_value_that_is_empty_or_no_number_stops_the_check() {
    for (value, expected) in [
        ("", format!("{VALUES} holds nothing for `gd_cost`.")),
        ("\"\"", format!("{VALUES} holds nothing for `gd_cost`.")),
        ("None", format!("{VALUES} holds nothing for `gd_cost`.")),
        ("-", format!("{VALUES} holds nothing for `gd_cost`.")),
        ("\u{200b}", format!("{VALUES} holds nothing for `gd_cost`.")),
        ("1\ngd_cost = 2", format!("{VALUES} holds `gd_cost` twice.")),
        ("1\n=======\nb = 2", format!("{VALUES}:2: A merge has left its marks here.")),
        (
            "\u{1b}[1m2",
            format!("{VALUES}:1: The character U+001B stands here and shows nothing."),
        ),
        ("NaNs", "The value `ch05_sgd/stuck/gd_cost` is NaNs.".to_owned()),
        ("NaN", "The value `ch05_sgd/stuck/gd_cost` is NaN.".to_owned()),
        ("nan %", "The value `ch05_sgd/stuck/gd_cost` is nan %.".to_owned()),
        ("-inf", "The value `ch05_sgd/stuck/gd_cost` is -inf.".to_owned()),
        ("0.1 to NaN", "The value `ch05_sgd/stuck/gd_cost` is 0.1 to NaN.".to_owned()),
    ] {
        for text in ["a {{#value stuck/gd_cost}}", "$a = {{#value stuck/gd_cost}}$"] {
            let fixture = Fixture::new();
            fixture.write(CLAIMS, "");
            fixture.write("book/en/ch05_sgd/stuck.md", "# Stuck\n\nWords.\n");
            fixture.write(VALUES, format!("gd_cost = {value}").trim_end());
            fixture.write(PAGE, &format!("# Sgd\n\n{text}\n"));
            assert_eq!(problems(&fixture), [format!("{PAGE}:3 {expected}")]);
        }
    }
}

#[test]
fn a_cell_that_is_empty_or_no_number_or_not_the_only_one_stops_the_check() {
    let file = "chapters/ch05_sgd/snapshots/stuck.tables.snap";
    for (old, new, expected) in [
        ("0.5", "-", format!("{file} holds nothing for `1/test cost`.")),
        ("0.5", "", format!("{file} holds nothing for `1/test cost`.")),
        (
            "0.5",
            "inf",
            "The value `ch05_sgd/stuck/ladder/1/test cost` is inf.".to_owned(),
        ),
        ("∂C/∂b: 2", "1", format!("{file} holds `1/test cost` twice.")),
        ("∂C/∂w₃", "test cost", format!("{file} holds `1/test cost` twice.")),
        ("starts", "ladder", format!("{file} holds `ladder` twice.")),
        (
            "NaN",
            "\u{1b}[1m2",
            format!("{file}:7: The character U+001B stands here and shows nothing."),
        ),
    ] {
        let fixture = Fixture::new();
        let tables = std::fs::read_to_string(fixture.path().join(file)).unwrap();
        assert!(tables.contains(old), "{old}");
        fixture.write(file, &tables.replace(old, new));
        fixture.write(PAGE, "# Sgd\n\n{{#value stuck/ladder/1/test cost}}\n");
        assert_eq!(problems(&fixture), [format!("{PAGE}:3 {expected}")]);
    }
    each_stops(&[(
        "a {{#nan stuck/ladder/1/test cost}}",
        "3 The value `ch05_sgd/stuck/ladder/1/test cost` is 0.5, and the page says that it is no number.",
    )]);
}

#[test]
fn a_page_may_be_about_a_value_that_is_no_number_and_about_no_other() {
    each_stops(&[(
        "a {{#nan stuck/gd_cost}}",
        "3 The value `ch05_sgd/stuck/gd_cost` is 0.2748, and the page says that it is no number.",
    )]);
    let fixture = Fixture::new();
    fixture.write(VALUES, "gd_cost = 0.2748\nlost = NaN\n");
    fixture.write(PAGE, "# Sgd\n\nIt is {{#nan stuck/lost}}.\n");
    assert_eq!(problems(&fixture), Vec::<String>::new());
}

#[test]
fn an_empty_output_stops_the_check() {
    let fixture = Fixture::new();
    let snapshot = "chapters/ch05_sgd/snapshots/stuck.snap";
    fixture.write(snapshot, "[ladder]\n1\n\n[summary]\n\n");
    fixture.write(PAGE, "# Sgd\n\n{{#output stuck/summary}}\n");
    let expected = format!("{PAGE}:3 {snapshot} holds nothing for `summary`.");
    assert_eq!(problems(&fixture), [expected]);
    fixture.write(snapshot, "[summary]\n1\n\n[summary]\n2\n");
    let expected = format!("{PAGE}:3 {snapshot} holds `summary` twice.");
    assert_eq!(problems(&fixture), [expected]);
}

#[test]
fn what_comes_out_other_than_it_was_meant_stops_the_check() {
    let table = "This is no table, though it looks like one.";
    let rust = "A Rust code block in a page is a copy that nobody compiles.";
    let merge = "A merge has left its marks here.";
    each_stops(&[
        ("<<<<<<< HEAD\na\n=======\nb\n>>>>>>> c", &format!("3 {merge}")),
        ("a\n=======\nb", &format!("4 {merge}")),
        ("```text\na\n>>>>>>> c\n```", &format!("5 {merge}")),
        ("a \0 b", "3 The character U+0000 stands here and shows nothing."),
        ("a\n\u{1b}[1mb", "4 The character U+001B stands here and shows nothing."),
        ("a &#0; b", "3 The character U+FFFD stands here and shows nothing."),
        ("| a | b |\n|---|\n| c | d |", &format!("3 {table}")),
        ("| a | b |\n|---|---|---|\n| c | d |", &format!("3 {table}")),
        ("a\n\na | b\n--|--|--\nc | d", &format!("5 {table}")),
        ("| a | b |\n| c | d |", &format!("3 {table}")),
        ("> | a | b |\n> |---|\n> | c | d |", &format!("3 {table}")),
        ("- | a | b |\n  |---|\n", &format!("3 {table}")),
        ("```rs\na\n```", &format!("3 {rust}")),
        ("```Rust\na\n```", &format!("3 {rust}")),
        ("```{.rust}\na\n```", &format!("3 {rust}")),
        ("a &nope; b", "3 There is no character `&nope;`."),
        ("a *b c", "3 `*` marks nothing here."),
        ("a b* c", "3 `*` marks nothing here."),
        ("a _b c", "3 `_` marks nothing here."),
        ("a *`b` c", "3 `*` marks nothing here."),
    ]);
}

#[test]
fn what_is_meant_as_it_stands_passes() {
    for text in [
        "a &amp;nope; and \\&nope; and a & b; c",
        "2 * 3 and \\*a and a\\* and `*b` and 2*3 and a_b and ~5 \\_c",
        "| a | b |\n|---|---|\n| `c` | d |",
        "a | b\n--|--\nc | d",
        "\\| a |",
        "```text\n| a |\n```",
        "$$\n|a| - |b|\n$$",
        "[0, 1] and [2, 3], [0, 1] (both ends), [`a`](index.md)",
        "<https://a.org>, <a@b.org>",
        "```rusty\na\n```",
        "In 2015, chapter 4, mdBook 0.5, figure 2.1, 2·3",
    ] {
        let fixture = Fixture::new();
        fixture.write(PAGE, &format!("# Sgd\n\n{text}\n"));
        assert_eq!(problems(&fixture), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn a_link_that_leads_nowhere_or_where_none_may_stops_the_check() {
    each_stops(&[
        ("a [b][nope] c", "3 Nothing defines the reference `[nope]`."),
        ("a [nope][] c", "3 Nothing defines the reference `[nope]`."),
        ("a ![b][nope] c", "3 Nothing defines the reference `[nope]`."),
        ("a\n\nb[^1] c", "5 Nothing defines the reference `[^1]`."),
        ("a\n\n[^1]: b", "5 No sentence refers to the footnote `[^1]`."),
        ("a[^1]\n\n[^1]: b\n\n[^1]: c", "7 The footnote `[^1]` is written twice."),
        ("[a](file:///etc/passwd)", "3 A link may not lead to `file:///etc/passwd`."),
        ("[a](JavaScript&colon;b)", "3 A link may not lead to `JavaScript:b`."),
        ("<javascript:a>", "3 A link may not lead to `javascript:a`."),
        ("[a][b]\n\n[b]: xyz:c", "3 A link may not lead to `xyz:c`."),
        ("[a]()", "3 A link leads nowhere."),
        ("[a](b c.md)", "3 This is no link, though it looks like one."),
        ("[a] [nope]", "3 This is no link, though it looks like one."),
        ("[a] (index.md)", "3 This is no link, though it looks like one."),
        ("[a](https://)", "3 The link `https://` has no target."),
        (
            "| a |\n|---|\n| b | c |",
            "5 This row has more cells than its table has columns.",
        ),
    ]);
}

#[test]
fn html_stops_the_check() {
    let html = [
        "<script>a</script>",
        "<script src=\"a.js\"></script>",
        "<style>p { background: url(a.png) }</style>",
        "<iframe srcdoc=\"a\"></iframe>",
        "<!DOCTYPE html>",
        "<!-- a -->",
        "<!-- a\n\nb",
        "<div>\n{{#value stuck/gd_cost}} and 0.57\n</div>",
        "<div onclick=\"a\">\n\nb",
        "<div class=\"a\n\nb",
        "</div>",
        "a <!-- b --> c",
        "a <img src=\"b.png\" onerror=\"c\">",
        "a <span title=\"{{#value stuck/gd_cost}}\">b</span>",
        "a <a href=\"javascript:b\">c</a>",
        "a Vec<f64> b",
        "a <code>$b$</code>",
    ];
    each_stops(&html.map(|text| (text, "3 HTML may not stand in a page.")));
}

#[test]
fn what_may_not_stand_in_a_page_stops_the_check() {
    each_stops(&[
        ("![a](b.png)", "3 A picture that no code draws may not stand in a page."),
        (
            "[![d](https://b.org/c.png)](index.md)",
            "3 A picture that no code draws may not stand in a page.",
        ),
        (
            "![{{#value stuck/gd_cost}} $b$](a.png)",
            "3 A picture that no code draws may not stand in a page.",
        ),
        ("## a { onclick=b }", "3 The attribute `onclick` may not stand in a page."),
        (
            "$\\operatorname{<script>a</script>}$",
            "3 The formula `\\operatorname{<script>a</script>}` cannot be read: `<script>` may not stand in a formula.",
        ),
    ]);
}

#[test]
fn a_figure_that_is_cut_or_holds_more_than_shapes_stops_the_check() {
    let whole = "<svg viewBox=\"0 0 1 1\">\n<path d=\"M0 0\"/>\n</svg>\n";
    for (svg, expected) in [
        (&whole[..whole.len() - 7], "1: The figure is no whole SVG: "),
        (&whole[..30], "1: The figure is no whole SVG: "),
        ("<svg>\n<script>a</script>\n</svg>", "2: `<script>` may not stand in a figure."),
        (
            "<svg>\n<style>a { fill: url(b) }</style>\n</svg>",
            "2: `<style>` may not stand in a figure.",
        ),
        (
            "<svg>\n<foreignObject/>\n</svg>",
            "2: `<foreignObject>` may not stand in a figure.",
        ),
        (
            "<svg>\n<image href=\"a.png\"/>\n</svg>",
            "2: `<image>` may not stand in a figure.",
        ),
        (
            "<svg onload=\"a\">\n</svg>",
            "1: The attribute `onload` may not stand in a figure.",
        ),
        (
            "<svg>\n<path fill=\"url(https://a.org)\"/>\n</svg>",
            "2: The attribute `fill` has no plain value: ",
        ),
        (
            "<svg style=\"background: u\\72l(a)\">\n</svg>",
            "1: The attribute `style` has no plain value: ",
        ),
        (
            "<svg style=\"background-image:image-set('https://x/a.png' 1x)\">\n</svg>",
            "1: The attribute `style` has no plain value: ",
        ),
        (
            "<svg>\n<path d=\"M NaN 0\"/>\n</svg>",
            "2: The attribute `d` has no plain value: ",
        ),
    ] {
        let fixture = Fixture::new();
        fixture.write(FIGURE, svg);
        let found = problems(&fixture);
        let expected = format!("book/en/ch05_sgd/stuck.md:3 {FIGURE}:{expected}");
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].starts_with(&expected), "{} for {expected}", found[0]);
    }
}

#[test]
fn a_fault_in_a_file_that_many_places_need_is_told_once() {
    let twice = |text: &str| {
        let fixture = Fixture::new();
        fixture.write(PAGE, &format!("# Sgd\n\n{text}\n\n{text}\n"));
        fixture
    };
    let values = "{{#value stuck/gd_cost}} and $a = {{#value stuck/tiny}}$";

    let fixture = twice("{{#claims}}\n\n{{#claim needs-convex}}\n\n{{#sections}}");
    let claims = std::fs::read_to_string(fixture.path().join(CLAIMS)).unwrap();
    fixture.write(CLAIMS, &claims.replace("fails as stated", "fails"));
    let found = problems(&fixture);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(
        found[0].starts_with("book/claims.toml:6 unknown variant `fails`"),
        "{found:?}"
    );

    let fixture = twice("{{#claims}}\n\n{{#claim needs-convex}}\n\n{{#sections}}");
    fixture.remove(CLAIMS);
    assert_eq!(problems(&fixture), [format!("{PAGE}:3 There is no {CLAIMS}.")]);

    let fixture = twice("{{#glossary}}");
    assert_eq!(problems(&fixture), [format!("{PAGE}:3 There is no book/glossary.toml.")]);

    let fixture = twice(values);
    fixture.remove(VALUES);
    assert_eq!(problems(&fixture), [format!("{PAGE}:3 There is no {VALUES}.")]);

    let fixture = twice(values);
    fixture.remove(SECTIONS);
    assert_eq!(
        problems(&fixture),
        [format!("chapters/ch05_sgd:0 There is no {SECTIONS}.")]
    );

    let fixture = twice(values);
    fixture.write(SECTIONS, "Sgd\n");
    assert_eq!(
        problems(&fixture),
        [format!("chapters/ch05_sgd:0 {SECTIONS} lists no section.")]
    );

    let fixture = twice(values);
    fixture.remove("book/en/SUMMARY.md");
    assert_eq!(problems(&fixture), ["book/en/SUMMARY.md:0 There is no SUMMARY."]);

    let fixture = twice(values);
    fixture.remove("book/en/ch05_sgd/exercises.md");
    assert_eq!(
        problems(&fixture),
        [
            "book/en/SUMMARY.md:3 The SUMMARY names `ch05_sgd/exercises.md`, which is not there."
        ]
    );

    let fixture = twice(values);
    fixture.remove("book/en/ch05_sgd/stuck.md");
    assert_eq!(
        problems(&fixture),
        ["chapters/ch05_sgd/src/lib.rs:0 The section `stuck` has no page."]
    );

    let fixture = twice(values);
    let solution = "chapters/ch05_sgd/solutions/momentum.rs";
    fixture.remove(solution);
    assert_eq!(
        problems(&fixture),
        [format!("book/en/ch05_sgd/exercises.md:3 There is no {solution}.")]
    );
}
