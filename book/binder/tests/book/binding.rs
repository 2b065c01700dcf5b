//! What each directive becomes, and what is said when it cannot become anything.

use crate::fixture::Fixture;

#[track_caller]
fn becomes(page: &str, parts: &[&str]) {
    let text = Fixture::new().text(page);
    let mut rest = &text[..];
    for part in parts {
        let at =
            rest.find(part).unwrap_or_else(|| panic!("no {part:?} in turn in:\n{text}"));
        rest = &rest[at + part.len()..];
    }
}

#[track_caller]
fn fails(page: &str, problem: &str) {
    let problems = Fixture::new().problems(page);
    assert_eq!(problems, [problem.to_owned()]);
}

#[test]
fn a_listing_is_the_items_source_without_its_documentation() {
    let page = "{{#listing nn::neuron::Neuron}}\n";
    becomes(
        page,
        &["shared/nn/src/neuron.rs", "```rust,ignore\n#[derive(Debug)]\npub struct"],
    );
    becomes(page, &["    /// One per input.\n    pub weights"]);
    assert!(!Fixture::new().text(page).contains("Weights and a bias"));
}

#[test]
fn a_method_is_dedented_and_keeps_its_comments_and_attributes() {
    becomes(
        "{{#listing nn::neuron::Neuron::sum}}\n",
        &[
            "```rust,ignore\n#[must_use]\npub fn sum(&self) -> f64 {\n    // Every input pulls.\n",
        ],
    );
}

#[test]
fn impls_traits_constants_and_inner_modules_are_found() {
    becomes(
        "{{#listing impl nn::neuron::Neuron}}\n",
        &["impl Neuron {\n    #[must_use]"],
    );
    becomes(
        "{{#listing impl Default for nn::neuron::Neuron}}\n",
        &["impl Default for Neuron {"],
    );
    becomes(
        "{{#listing nn::neuron::Rule::step}}\n",
        &["fn step(&mut self, gradient: f64) -> f64;"],
    );
    becomes("{{#listing nn::neuron::Rule}}\n", &["pub trait Rule {\n    fn step"]);
    becomes("{{#listing nn::neuron::INPUTS}}\n", &["pub const INPUTS: usize = 3;"]);
    becomes("{{#listing nn::neuron::inner::help}}\n", &["ignore\npub fn help() {}\n```"]);
}

#[test]
fn a_listing_within_a_list_stays_within_it() {
    becomes(
        "1. Look:\n\n   {{#listing nn::neuron::INPUTS}}\n",
        &["\n   pub const INPUTS"],
    );
}

#[test]
fn output_is_all_blocks_or_one() {
    let all = " try  cost\n   1  0.5\n\nIt is stuck.\n```";
    becomes("{{#output stuck}}\n", &["&#45;&#45;section stuck", "```text\n", all]);
    becomes("{{#output ch05_sgd/stuck/summary}}\n", &["```text\nIt is stuck.\n```"]);
}

#[test]
fn a_figure_is_inline_and_its_caption_is_its_name() {
    becomes(
        "{{#figure stuck/paths}} The **cost** ends at {{#value stuck/gd_cost}}.\n",
        &[
            "<figure class=\"figure\">\n<svg aria-label=\"The cost ends at 0.2748.\"",
            "</title>\n<path",
            "<figcaption>\n\nThe **cost** ends at <span",
        ],
    );
}

#[test]
fn a_live_figure_has_its_knobs_and_numbers_that_follow_them() {
    becomes(
        "{{#live stuck/paths}} Turn it: {{#value stuck/gd_cost}}.\n",
        &[
            "<figure class=\"figure live\" id=\"ch05&#95;sgd/stuck/paths\" data-live=\"ch05&#95;sgd/stuck/paths\">",
            "<div class=\"drawing\">\n<svg aria-label=\"Turn it: 0.2748.\"",
            "</svg>\n</div>\n<form class=\"knobs\" hidden>",
            "data-knob=\"rate\" data-kind=\"slider\" data-book=\"0.2\"><span>rate η</span>",
            "<input type=\"range\" min=\"0\" max=\"1\" step=\"0.1\" value=\"0.2\"",
            "<option value=\"1\" selected>ReLU</option>",
            "data-knob=\"draw\" data-kind=\"pad\" data-book=\"\"><canvas",
            "<span class=\"value\" data-value=\"gd&#95;cost\" title=",
        ],
    );
    becomes("It was {{#value stuck/gd_cost}}.\n", &["<span class=\"value\" title="]);
    fails(
        "{{#live stuck/path}} Hm.\n",
        "book/en/ch05_sgd/page.md:1 chapters/ch05_sgd/snapshots/stuck.live.snap has no live figure `path`. [paths]",
    );
}

#[test]
fn a_value_is_the_pinned_text_in_print() {
    becomes(
        "It is {{#value stuck/shift}}.",
        &[
            "It is <span class=\"value\" title=\"ch05",
            "stuck/shift, pinned by a test\">−0.5</span>.",
        ],
    );
    becomes("{{#value ch05_sgd/stuck/tiny}}", &["1.2\u{202f}×\u{202f}10<sup>−7</sup>"]);
}

#[test]
fn a_cell_is_quoted_from_its_table_by_row_and_heading() {
    becomes(
        "It is {{#value stuck/ladder/1/test cost}}.",
        &[
            "It is <span class=\"value\" title=\"ch05",
            "stuck/ladder/1/test cost, pinned by a test\">0.5</span>.",
        ],
    );
    becomes("{{#value ch05_sgd/stuck/ladder/1/∂C/∂w₃}}", &[">−0.25</span>"]);
    becomes("{{#value stuck/ladder/∂C/∂b: 2/test cost}}", &[">97.5\u{202f}%</span>"]);
    becomes("{{#nan stuck/ladder/∂C/∂b: 2/∂C/∂w₃}}", &[">NaN</span>"]);
}

#[test]
fn a_cell_can_stand_wherever_a_value_can() {
    let cell = "{{#value ch05_sgd/stuck/ladder/1/∂C/∂w₃}}";
    becomes(
        &format!("$a - {cell}$"),
        &["<mo>−</mo><mrow><mi>−</mi><mn>0.25</mn></mrow></math>"],
    );
    becomes(
        &format!("{{{{#figure stuck/paths}}}} It ends at {cell}.\n"),
        &["aria-label=\"It ends at −0.25.\"", "<figcaption>\n\nIt ends at <span"],
    );
    becomes(&format!("| a |\n|---|\n| {cell} |\n"), &["|\n| <span", "</span> |\n"]);
    let fixture = Fixture::new();
    let claims =
        std::fs::read_to_string(fixture.path().join("book/claims.toml")).unwrap();
    let claims = claims.replace("{{#value ch05_sgd/stuck/gd_cost}}", cell);
    fixture.write("book/claims.toml", &claims);
    fixture.write(
        "chapters/ch05_sgd/exercises/momentum.rs",
        &format!("//! Begin at {cell}.\n"),
    );
    let pages = fixture.bind("{{#exercise momentum}}\n{{/exercise}}\n").pages;
    for page in pages {
        assert_eq!(page.matches(">−0.25</span>.").count(), 1, "{page}");
    }
}

#[test]
fn a_value_in_a_formula_is_part_of_the_formula() {
    let page = "$a - {{#value stuck/shift}}$ and $10^{{{#value stuck/tiny}}}$";
    becomes(
        page,
        &["<mi>a</mi><mo>−</mo><mrow><mi>−</mi><mn>0.5</mn></mrow></math>", "<msup>"],
    );
    assert!(!Fixture::new().text(page).contains("<span"));
}

#[test]
fn formulas_in_tables_do_not_split_their_cells() {
    let text =
        Fixture::new().text("| a | b |\n|---|---|\n| $|x|$ | {{#value stuck/shift}} |\n");
    let row = text.lines().nth(2).unwrap();
    assert_eq!(row.matches('|').count(), 3, "{row}");
}

#[test]
fn a_published_number_carries_its_source() {
    becomes(
        "{{#published 0.291027924 | Mazur, 2015}}",
        &["title=\"published: Mazur, 2015\">0.291027924</span>"],
    );
}

#[test]
fn a_claim_is_shown_in_full_where_it_is_judged_and_in_short_elsewhere() {
    let pages = Fixture::new().bind("{{#claim needs-convex}}\n").pages;
    for page in &pages {
        for part in [
            "id=\"claim-needs&#45;convex\"",
            "lang=\"zh\">需要凸函数",
            "It needs a convex function.",
            "verdict-fails",
            "fails as stated",
            "A slope is enough.",
        ] {
            assert!(page.contains(part), "no {part} in {page}");
        }
    }
    let [elsewhere, judged] = &pages[..] else { panic!("two pages") };
    assert!(judged.contains("<math") && judged.contains("0.2748"), "{judged}");
    assert!(!elsewhere.contains("0.2748"), "{elsewhere}");
    let link = "With its numbers: [Where it gets stuck](stuck.md#claim-needs-convex)";
    assert!(elsewhere.contains(link), "{elsewhere}");
}

#[test]
fn a_claim_on_its_own_evidence_page_links_nowhere() {
    let bound = Fixture::new().bind("");
    assert!(bound.pages[1].contains("verdict-fails"));
    assert!(!bound.pages[1].contains("Evidence"));
}

#[test]
fn the_table_of_claims_has_a_row_for_each() {
    let text = Fixture::new().text("{{#claims}}\n");
    let row = text.lines().find(|line| line.contains("需要凸函数")).unwrap();
    assert_eq!(row.matches(" | ").count(), 3, "{row}");
    assert!(row.contains("(stuck.md#claim-needs-convex)"));
}

#[test]
fn an_exercise_has_statement_command_nested_hints_and_solution() {
    becomes(
        "{{#exercise momentum}}\n- One.\n- Two, with $v$.\n{{/exercise}}\n",
        &[
            "id=\"exercise-momentum\"",
            "### Memory",
            "Keep a velocity <math",
            "write `step`.",
            "chapters/ch05&#95;sgd/exercises/momentum.rs",
            "cargo test -p ch05_sgd --test momentum",
            "Hint 1 of 2</summary>\n\nOne.\n\n<details class=\"hint\"><summary>Hint 2 of 2",
            "Two, with <math",
            "</details>\n</details>\n",
            "Solution</summary>\n\n```rust,ignore\npub fn step() {}\n```",
        ],
    );
}

#[test]
fn an_exercise_without_a_heading_is_headed_by_its_name() {
    let fixture = Fixture::new();
    fixture.write("chapters/ch05_sgd/exercises/momentum.rs", "//! Keep a velocity.\n");
    let text = fixture.text("{{#exercise momentum}}{{/exercise}}\n");
    assert!(text.contains("### Momentum\n\nKeep a velocity."), "{text}");
}

#[test]
fn an_exercise_may_have_no_hints() {
    let text = Fixture::new().text("{{#exercise momentum}}{{/exercise}}\n");
    assert!(text.contains("Solution") && !text.contains("Hint"));
}

#[test]
fn a_question_is_visible_and_its_answer_folded() {
    becomes(
        "{{#question}}\nIs $a$ `b`?\n{{#answer}}\nNo: {{#value stuck/gd_cost}}.\n{{/question}}\n",
        &[
            "<div class=\"question\">\n\nIs <math",
            "Answer</summary>\n\nNo: <span",
            "</details>\n</div>",
        ],
    );
}

#[test]
fn what_we_saw_is_folded() {
    becomes(
        "**Try it.** Set `A` to 2.\n\n{{#fold What we saw}}\nIt costs {{#value stuck/gd_cost}}.\n{{/fold}}\n",
        &[
            "Set `A` to 2.\n\n\n<details class=\"answer\"><summary>What we saw</summary>\n\nIt costs <span",
            "</details>\n",
        ],
    );
}

#[test]
fn sections_are_listed_with_minutes_and_first_sentence_then_the_claims() {
    becomes(
        "{{#sections}}\n",
        &[
            "1. [Where it gets stuck](stuck.md) <span class=\"minutes\">1 min</span><br>Batch \
             descent, from many starts.\n",
            "## What the notes say about it",
            "verdict-fails",
            "[It needs a convex function.](stuck.md#claim-needs-convex)",
            "lang=\"zh\">需要凸函数",
        ],
    );
}

#[test]
fn a_table_that_was_printed_is_a_table_with_its_decisive_cell_marked() {
    let cell =
        "<td class=\"number\" data-heading=\"test cost\"><strong>0.5</strong></td>";
    becomes(
        "{{#output stuck/ladder | 1/test cost}}\n",
        &["&#45;&#45;section stuck", "<th scope=\"col\">try</th>", cell],
    );
}

#[test]
fn a_fold_opens_under_its_title() {
    becomes(
        "{{#fold How sure are we?}}\nOf 20 runs, {{#value stuck/gd_cost}}.\n{{/fold}}\n",
        &[
            "<details class=\"answer\"><summary>How sure are we?</summary>\n\nOf 20 runs, <span",
        ],
    );
    fails(
        "{{#fold}}\nText.\n{{/fold}}\n",
        "book/en/ch05_sgd/page.md:1 This fold has no title. []",
    );
}

#[test]
fn a_claim_ends_in_a_sentence_of_plain_words() {
    let fixture = |sentence: &str| {
        let fixture = Fixture::new();
        let claims =
            std::fs::read_to_string(fixture.path().join("book/claims.toml")).unwrap();
        fixture
            .write("book/claims.toml", &claims.replace("A slope is enough.", sentence));
        fixture
    };
    let stuck = fixture("A & B.").bind("").pages.remove(1);
    assert!(
        stuck.contains(
            "<p class=\"claim-sentence\"><span class=\"verdict verdict-fails\">"
        ) && stuck.contains("</span>A &#38; B.</p>"),
        "{stuck}"
    );
    for sentence in ["", "It is {{#value a/b}}.", "It is $x$."] {
        let problems = fixture(sentence).problems("# Page\n");
        assert_eq!(
            problems,
            [
                "book/claims.toml:2 The claim `needs-convex` has no plain words in `sentence`. []"
            ]
        );
    }
}

#[test]
fn investigations_are_listed_by_chapter_and_apart_from_the_lesson() {
    let fixture = Fixture::new();
    fixture.write(
        "chapters/ch05_sgd/snapshots/chapter.snap",
        "Sgd & more\nfirst = First\ninvestigations\nstuck = Where it gets stuck\n",
    );
    fixture.write("chapters/ch05_sgd/src/first.rs", "//! First.\n");
    let text = fixture.bind("{{#sections}}\n").pages.remove(0);
    let (lesson, later) =
        text.split_once("## For when you have read all chapters").unwrap();
    assert!(lesson.contains("1. [First](first.md)"), "{lesson}");
    assert!(later.contains("- [Where it gets stuck](stuck.md)"), "{later}");
    let all = fixture.bind("{{#investigations}}\n").pages.remove(0);
    assert!(all.contains("## Sgd &#38; more") && all.contains("(stuck.md)"), "{all}");
    assert!(!all.contains("first.md"), "{all}");
}

#[test]
fn what_a_page_builds_on_is_linked_by_its_title() {
    becomes(
        "# Page\n\n{{#builds_on ch05_sgd/stuck, ch05_sgd/page}}\n",
        &["Builds on [Stuck](stuck.md) · [Page](page.md)"],
    );
}

#[test]
fn a_chapter_without_claims_is_a_map_without_them() {
    let fixture = Fixture::new();
    fixture.write("book/claims.toml", "");
    let text = fixture.bind("{{#sections}}\n").pages.remove(0);
    assert!(text.contains("Where it gets stuck") && !text.contains("What the notes say"));
}

#[test]
fn a_section_page_is_headed_by_minutes_source_and_command() {
    let fixture = Fixture::new();
    let stuck = fixture.bind("").pages.remove(1);
    assert!(
        stuck.starts_with(
            "# Stuck\n\
             <div class=\"page-head\">\n<p><span class=\"minutes\">1 min</span> <span \
             class=\"path\">chapters/ch05&#95;sgd/src/stuck.rs</span></p>\n\n\
             ```text\ncargo run -p ch05_sgd -- --section stuck\n```\n\n</div>\n"
        ),
        "{stuck}"
    );
}

#[test]
fn a_page_that_is_no_section_has_no_head() {
    let fixture = Fixture::new();
    fixture.write("chapters/ch05_sgd/src/page.rs", "//! What other modules share.\n");
    assert!(!fixture.text("# Page\n\nText.\n").contains("page-head"));
}

#[test]
fn the_head_leads_to_the_repository_if_it_has_an_address() {
    let fixture = Fixture::new();
    let bound = fixture.bind_for("https://example.org/book/", "");
    let link = "<a href=\"https://example.org/book/blob/main/chapters/ch05&#95;sgd/src/stuck.rs\">";
    assert!(bound.pages[1].contains(link), "{}", bound.pages[1]);
}

#[test]
fn a_longer_page_takes_longer_and_code_counts_half() {
    let minutes = |page: &str| {
        let fixture = Fixture::new();
        fixture.write("chapters/ch05_sgd/src/page.rs", "//! A page.\n");
        fixture.write(
            "chapters/ch05_sgd/snapshots/chapter.snap",
            "Sgd\npage = Page\nstuck = S\n",
        );
        let ladder = "word ".repeat(400);
        let snapshot = format!("[ladder]\n{ladder}\n");
        fixture.write("chapters/ch05_sgd/snapshots/stuck.snap", &snapshot);
        let text = fixture.text(page);
        let (before, _) = text.split_once(" min<").unwrap();
        before.rsplit('>').next().unwrap().to_owned()
    };
    assert_eq!(minutes("# Page\n"), "1");
    assert_eq!(minutes(&format!("# Page\n\n{}\n", "word ".repeat(600))), "3");
    assert_eq!(minutes("# Page\n\n{{#output stuck}}\n\n{{#output stuck}}\n"), "2");
}

#[test]
fn figures_and_formulas_of_their_own_line_stay_out_of_the_search_index() {
    becomes(
        "{{#figure stuck/paths}} Two paths.\n",
        &["<svg", "><style/><title>Paths</title>\n<path", "/>\n\n</svg>\n<figcaption>"],
    );
    becomes(
        "So:\n\n$$\nx^2\n$$\n",
        &["\n<div class=\"formula\">\n<math", "><style/><msup>", "\n\n</math>\n</div>\n"],
    );
    becomes(
        "So $$x^2$$ here.",
        &["<span class=\"formula\"><math", "</math></span> here."],
    );
}

#[test]
fn a_formula_over_two_lines_of_a_quotation_is_one_formula() {
    let plain = Fixture::new().text("So $a =\nb$ here.\n");
    assert!(plain.contains("<mi>a</mi><mo>=</mo><mi>b</mi></math> here."), "{plain}");
    let quoted = Fixture::new().text("> So $a =\n> b$ here.\n");
    assert_eq!(quoted, format!("> {plain}"));
    let listed = Fixture::new().text("- > So $a =\n  > b$ here.\n");
    assert_eq!(listed, format!("- > {plain}"));
    let display = Fixture::new().text("> $$\n> a = b\n> $$\n");
    assert!(
        display.starts_with("> <span class=\"formula\"><math alttext=\"a = b\""),
        "{display}"
    );
}

#[test]
fn the_lines_of_a_formula_may_begin_with_signs() {
    let text = Fixture::new()
        .text("So:\n\n$$\na\n+ b\n- c\n= d\n$$\n\n- And:\n\n  $$\n  1. + x\n  $$\n");
    assert!(text.contains("<math alttext=\"a + b &#45; c = d\""), "{text}");
    assert!(
        text.contains("\n  <div class=\"formula\">\n  <math alttext=\"1. + x\""),
        "{text}"
    );
    let list = Fixture::new().text("- $$\n  + a\n  $$\n- And $b$.\n");
    assert!(list.contains("alttext=\"+ a\"") && list.contains("- And <math"), "{list}");
    let code = Fixture::new()
        .text("Run `$$` once,\nthen $b$.\n\n```text\necho $$\n```\n\n$c$\n");
    assert_eq!(code.matches("<math").count(), 2, "{code}");
}

#[test]
fn a_formula_may_hold_what_looks_like_markup() {
    for formula in ["$a<b$ and $c>d$", "$a_1*b_2*c$", "$[a](b)$", "$`a`$"] {
        let text = Fixture::new().text(&format!("So {formula} here.\n"));
        assert!(text.starts_with("So <math ") && !text.contains('$'), "{text}");
    }
}

#[test]
fn dollars_in_addresses_and_titles_are_left_alone() {
    for page in [
        "[a](b$c$d.md) and <https://e.org/$f$>\n",
        "[a](b.md \"c $d$\")\n",
        "[a][b]\n\n[b]: c$d$e.md\n",
    ] {
        assert_eq!(Fixture::new().text(page), page);
    }
}

#[test]
fn a_published_number_is_read_aloud_with_its_caption() {
    becomes(
        "{{#figure stuck/paths}} It ends at {{#published 0.29 | Mazur}}.\n",
        &["aria-label=\"It ends at 0.29.\""],
    );
}

#[test]
fn code_is_left_as_it_is() {
    let page = "`{{#value no/such}}` and `$x$`\n\n```text\n{{#listing no}} $y\n```\n";
    assert_eq!(Fixture::new().text(page), page);
}

#[test]
fn a_misspelt_item_names_page_line_and_nearest() {
    fails(
        "# Page\n\n{{#listing nn::neuron::Neuorn}}\n",
        "book/en/ch05_sgd/page.md:3 There is no `nn::neuron::Neuorn`; shared/nn/src/neuron.rs does \
         not hold it. [nn::neuron::Neuron nn::neuron::Rule nn::neuron::inner]",
    );
}

#[test]
fn a_misspelt_crate_section_block_or_figure_names_the_nearest() {
    fails(
        "{{#listing n::neuron::Neuron}}\n",
        "book/en/ch05_sgd/page.md:1 There is no crate `n`. [nn]",
    );
    fails(
        "{{#output stuk}}\n",
        "book/en/ch05_sgd/page.md:1 The chapter ch05_sgd has no section `stuk`. [stuck]",
    );
    fails(
        "{{#output stuck/ladr}}\n",
        "book/en/ch05_sgd/page.md:1 chapters/ch05_sgd/snapshots/stuck.snap has no block `[ladr]`. \
         [ladder]",
    );
    fails(
        "{{#figure stuck/path}} Hm.\n",
        "book/en/ch05_sgd/page.md:1 There is no chapters/ch05_sgd/snapshots/stuck-path.snap.svg. \
         [paths]",
    );
}

#[test]
fn a_misspelt_value_is_told_in_text_and_in_a_formula() {
    let problem = "book/en/ch05_sgd/page.md:2 chapters/ch05_sgd/snapshots/stuck.values.snap has no \
                   value `gd_cots`. [gd_cost]";
    fails("\n{{#value stuck/gd_cots}}", problem);
    fails("\n$x = {{#value stuck/gd_cots}}$", problem);
}

#[test]
fn a_misspelt_table_row_or_heading_names_the_nearest() {
    let page = "book/en/ch05_sgd/page.md:1";
    let file = "chapters/ch05_sgd/snapshots/stuck.tables.snap";
    for (address, problem) in [
        ("stuck/lader/1/test cost", format!("{file} has no table `lader`. [ladder]")),
        (
            "stuck/ladder/3/test cost",
            format!(
                "The table `ladder` in {file} has no cell `3/test cost`. [1/test cost ∂C/∂b: 2/test cost]"
            ),
        ),
        (
            "stuck/ladder/1/tset cost",
            format!(
                "The table `ladder` in {file} has no cell `1/tset cost`. [1/test cost ∂C/∂b: 2/test cost]"
            ),
        ),
        (
            "ch05_sgd/stuck/ladder/1",
            format!("The table `ladder` in {file} has no cell `1`. [1/∂C/∂w₃]"),
        ),
    ] {
        fails(&format!("{{{{#value {address}}}}}"), &format!("{page} {problem}"));
    }
    let fixture = Fixture::new();
    fixture.remove(file);
    assert_eq!(
        fixture.problems("{{#value stuck/ladder/1/cost}}"),
        [format!("{page} There is no {file}. []")]
    );
}

#[test]
fn a_misspelt_claim_exercise_or_directive_names_the_nearest() {
    fails(
        "{{#claim need-convex}}\n",
        "book/en/ch05_sgd/page.md:1 book/claims.toml has no claim `need-convex`. [needs-convex]",
    );
    fails(
        "{{#exercise momentun}}\n{{/exercise}}\n",
        "book/en/ch05_sgd/page.md:1 There is no chapters/ch05_sgd/exercises/momentun.rs. [momentum]",
    );
    fails(
        "{{#lisitng nn::neuron::Neuron}}\n",
        "book/en/ch05_sgd/page.md:1 There is no directive `lisitng`. [listing]",
    );
}

#[test]
fn unclosed_blocks_and_stray_ends_are_told() {
    fails(
        "{{#question}} Why?\n",
        "book/en/ch05_sgd/page.md:1 `{{#question}}` is not closed. []",
    );
    fails(
        "\n{{/exercise}}\n",
        "book/en/ch05_sgd/page.md:2 `{{/exercise}}` closes nothing. []",
    );
    fails(
        "{{#question}} Why?\n{{/question}}\n",
        "book/en/ch05_sgd/page.md:1 This question has no answer. []",
    );
}

#[test]
fn a_formula_that_does_not_parse_is_shown() {
    fails(
        "One.\n\n$\\frac{a$\n",
        "book/en/ch05_sgd/page.md:3 The formula `\\frac{a` cannot be read: unbalanced group found, \
         expected it to be closed with `}`, near `\\frac{a`. []",
    );
}

#[test]
fn a_block_directive_within_a_sentence_is_told() {
    fails(
        "See {{#listing nn::neuron::INPUTS}} here.\n",
        "book/en/ch05_sgd/page.md:1 `{{#listing …}}` shares its line with other text. []",
    );
}

#[test]
fn all_problems_of_a_page_are_told_in_the_order_of_its_lines() {
    let problems = Fixture::new()
        .problems("$\\frac{a$\n\n{{#value stuck/x}}\n\n```rust\n```\n\n$open\n");
    let lines: Vec<_> = problems
        .iter()
        .map(|problem| problem.split([':', ' ']).nth(1).unwrap())
        .collect();
    assert_eq!(lines, ["1", "3", "5", "8"]);
}

#[test]
fn a_claim_whose_evidence_has_gone_stops_the_build() {
    let fixture = Fixture::new();
    let claims =
        std::fs::read_to_string(fixture.path().join("book/claims.toml")).unwrap();
    fixture.write(
        "book/claims.toml",
        &claims.replace("[\"ch05_sgd/stuck\"]", "[\"ch05_sgd/page\"]"),
    );
    assert_eq!(
        fixture.problems(""),
        [
            "book/claims.toml:2 The claim `needs-convex` names ch05_sgd/page, which does not show it. []"
        ]
    );
}

#[test]
fn a_fault_in_a_ruling_is_told_at_its_claim() {
    let fixture = Fixture::new();
    let claims =
        std::fs::read_to_string(fixture.path().join("book/claims.toml")).unwrap();
    fixture.write("book/claims.toml", &claims.replace("stuck/gd_cost", "stuck/gd_cots"));
    let problems = fixture.problems("");
    assert_eq!(problems.len(), 1);
    assert!(problems[0].starts_with("book/claims.toml:2 "), "{}", problems[0]);
}

#[test]
fn an_unknown_verdict_is_told_with_its_line() {
    let fixture = Fixture::new();
    let claims =
        std::fs::read_to_string(fixture.path().join("book/claims.toml")).unwrap();
    fixture.write("book/claims.toml", &claims.replace("fails as stated", "fails"));
    let problems = fixture.problems("");
    assert!(
        problems[0].starts_with("book/claims.toml:6 unknown variant `fails`"),
        "{problems:?}"
    );
}
