//! Statements, hints that unfold one by one, and solutions.

use std::ops::Range;
use std::path::{Path, PathBuf};

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use crate::chapter::module_documentation;
use crate::html::is_blank;
use crate::listing::dedent;
use crate::report::Fault;
use crate::scan::options;
use crate::workspace::{Workspace, display};

/// An exercise of a chapter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exercise {
    /// The chapter.
    pub chapter: String,
    /// The exercise's name: of its stub, its solution and its check.
    pub name: String,
}

impl Exercise {
    /// Reads `name` or `chapter/name` on a page of the chapter `home`.
    pub fn find(
        workspace: &Workspace,
        home: Option<&str>,
        text: &str,
    ) -> Result<Self, Fault> {
        let (chapter, name) = match (text.split_once('/'), home) {
            (Some((chapter, name)), _) => (chapter, name),
            (None, Some(home)) => (home, text),
            (None, None) => {
                let cause =
                    format!("`{text}` names no chapter, and this page belongs to none.");
                return Err(Fault::new(cause, "Write `ch05_sgd/momentum`."));
            }
        };
        workspace.chapter(chapter)?;
        let exercise = Exercise { chapter: chapter.to_owned(), name: name.to_owned() };
        let stub = exercise.file("exercises");
        if workspace.read(&stub).is_some() {
            return Ok(exercise);
        }
        let advice = "Correct the name, or write the stub.";
        Err(Fault::new(format!("There is no {}.", display(&stub)), advice)
            .near(name, names(workspace, chapter)))
    }

    /// Its file in `folder`: `exercises`, `solutions` or `checks`.
    pub fn file(&self, folder: &str) -> PathBuf {
        let file = format!("{}.rs", self.name);
        Path::new("chapters").join(&self.chapter).join(folder).join(file)
    }

    /// What the stub's documentation says, in Markdown, with headings two levels down; if it begins
    /// without one, the exercise's name is the heading.
    pub fn statement(&self, workspace: &Workspace) -> Result<String, Fault> {
        let stub = self.file("exercises");
        let text = module_documentation(workspace, &stub)?;
        if text.is_empty() {
            let cause = format!("{} does not say what to do.", display(&stub));
            return Err(Fault::new(
                cause,
                "Begin it with `//!` and the exercise's statement.",
            ));
        }
        let text = lower_headings(&text);
        Ok(if text.starts_with('#') {
            text
        } else {
            format!("### {}\n\n{text}", self.title())
        })
    }

    /// The name as words: `weighted_sum` is "Weighted sum".
    fn title(&self) -> String {
        let words = self.name.replace('_', " ");
        let (first, rest) =
            words.split_at(words.chars().next().map_or(0, char::len_utf8));
        first.to_uppercase() + rest
    }

    /// The solution's code, without the file's own documentation and the line that brings in the check.
    pub fn solution(&self, workspace: &Workspace) -> Result<String, Fault> {
        let file = self.file("solutions");
        let text = workspace.read(&file).ok_or_else(|| {
            let cause = format!("There is no {}.", display(&file));
            Fault::new(cause, "Write the solution; it must pass the same check.")
        })?;
        let lines: Vec<&str> = text
            .lines()
            .skip_while(|line| line.starts_with("//!") || line.is_empty())
            .take_while(|line| !line.starts_with("#[path = \"../checks/"))
            .collect();
        let code = lines.join("\n").trim_end().to_owned();
        match is_blank(&code) {
            true => Err(Fault::new(
                format!("{} holds nothing but documentation.", display(&file)),
                "Write the solution; it must pass the same check.",
            )),
            false => workspace.items(&file).map(|_| code),
        }
    }

    /// What the reader types to have their work checked. Each stub is a test target of its own: the command
    /// meets no other exercise's tests, and one that names no exercise fails.
    pub fn command(&self) -> String {
        format!("cargo test -p {} --test {}", self.chapter, self.name)
    }
}

/// The names of a chapter's exercises: a stub each.
pub fn names(workspace: &Workspace, chapter: &str) -> Vec<String> {
    let folder = Path::new("chapters").join(chapter).join("exercises");
    workspace.stems(folder, ".rs")
}

/// The items of the one list that `markdown` consists of.
pub fn hints(markdown: &str) -> Result<Vec<String>, Fault> {
    let mut depth = 0;
    let mut items: Vec<Range<usize>> = Vec::new();
    for (event, range) in Parser::new_ext(markdown, options()).into_offset_iter() {
        match event {
            Event::Start(Tag::List(_)) if depth == 0 => {}
            Event::Start(Tag::Item) if depth == 1 => items.push(range),
            Event::Start(_) | Event::Text(_) | Event::InlineHtml(_) if depth == 0 => {
                return Err(Fault::new(
                    "An exercise holds something other than a list of hints.",
                    "Leave only `- hint` items between `{{#exercise …}}` and `{{/exercise}}`; the \
                     statement comes from the stub.",
                ));
            }
            _ => {}
        }
        match event {
            Event::Start(Tag::List(_) | Tag::Item) => depth += 1,
            Event::End(TagEnd::List(_) | TagEnd::Item) => depth -= 1,
            _ => {}
        }
    }
    let hints: Vec<String> =
        items.into_iter().map(|item| item_text(&markdown[item])).collect();
    match hints.iter().any(|hint| is_blank(hint)) {
        true => Err(Fault::new("A hint holds nothing.", "Write it, or remove its item.")),
        false => Ok(hints),
    }
}

/// A list item without its marker and indentation.
fn item_text(item: &str) -> String {
    let marker = item.find(char::is_whitespace).unwrap_or(item.len());
    let text = item[marker..].trim_start_matches(' ');
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    let lines: Vec<&str> = rest.lines().collect();
    format!("{first}\n{}", dedent(&lines)).trim_end().to_owned()
}

/// Hints as details within details: each appears when the one before is open.
pub fn unfold(hints: &[String]) -> String {
    let count = hints.len();
    let mut html = String::new();
    for (index, hint) in hints.iter().enumerate() {
        let label = match count {
            1 => "Hint".to_owned(),
            _ => format!("Hint {} of {count}", index + 1),
        };
        html.push_str(&format!(
            "<details class=\"hint\"><summary>{label}</summary>\n\n{hint}\n\n"
        ));
    }
    html + &"</details>\n".repeat(count)
}

/// Headings two levels down, so that a stub's own do not compete with the page's.
fn lower_headings(text: &str) -> String {
    let mut in_code = false;
    let mut lines = Vec::new();
    for line in text.lines() {
        in_code ^= line.trim_start().starts_with("```");
        lines.push(match line.starts_with('#') && !in_code {
            true => format!("##{line}"),
            false => line.to_owned(),
        });
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;
    use std::process::Command;

    use serde_json::Value;

    use super::*;

    /// What `cargo test -p … --test …` runs, for every test that the workspace has: the target as cargo knows it.
    fn tests_by_command(workspace: &Workspace) -> HashMap<String, Value> {
        let output = Command::new(env!("CARGO"))
            .args(["metadata", "--no-deps", "--offline", "--format-version", "1"])
            .current_dir(workspace.root())
            .output()
            .unwrap();
        let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
        let mut tests = HashMap::new();
        for package in metadata["packages"].as_array().unwrap() {
            for target in package["targets"].as_array().unwrap() {
                let [package, name] =
                    [package, target].map(|value| value["name"].as_str().unwrap());
                if target["kind"][0] == "test" {
                    let command = format!("cargo test -p {package} --test {name}");
                    tests.insert(command, target.clone());
                }
            }
        }
        tests
    }

    #[test]
    fn every_command_runs_the_check_of_its_exercise_and_no_other() {
        let workspace = Workspace::find(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap();
        let tests = tests_by_command(&workspace);
        let exercises = workspace.chapters().into_iter().flat_map(|chapter| {
            let names = names(&workspace, &chapter).into_iter();
            names.map(move |name| Exercise { chapter: chapter.clone(), name })
        });
        let mut count = 0;
        for exercise in exercises {
            let command = exercise.command();
            let test = tests
                .get(&command)
                .unwrap_or_else(|| panic!("cargo knows no target for `{command}`"));
            let stub = workspace.root().join(exercise.file("exercises"));
            assert_eq!(test["src_path"], stub.to_str().unwrap(), "run by `{command}`");
            assert_eq!(test["test"], false, "`cargo test` runs {}", stub.display());
            let check =
                format!("#[path = \"../checks/{}.rs\"]\nmod checks;", exercise.name);
            for folder in ["exercises", "solutions"] {
                let text = workspace.read(exercise.file(folder)).unwrap();
                assert_eq!(
                    text.matches("../checks").count(),
                    1,
                    "{folder} of `{command}`"
                );
                assert!(text.contains(&check), "{folder} of `{command}` lack {check}");
            }
            let shown = exercise.solution(&workspace).unwrap();
            assert!(!shown.contains("mod checks"), "the page shows {shown}");
            count += 1;
        }
        assert!(count >= 30, "only {count} exercises were found");
    }

    #[test]
    fn the_name_of_an_exercise_selects_no_check_of_a_solution() {
        let workspace = Workspace::find(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap();
        for chapter in workspace.chapters() {
            let folder = Path::new("chapters").join(&chapter);
            let read = |file: String| workspace.read(folder.join(file)).unwrap();
            let main = read("solutions/main.rs".into());
            let modules = main.lines().filter(|line| line.starts_with("mod "));
            let mut selectable: Vec<String> = modules.map(str::to_owned).collect();
            let names = names(&workspace, &chapter);
            assert_eq!(selectable.len(), names.len(), "{chapter} has other solutions");
            for name in &names {
                let module = format!("#[path = \"{name}.rs\"]\nmod ");
                assert!(main.contains(&module), "{chapter} does not solve {name}");
                let check = read(format!("checks/{name}.rs"));
                let tests = check.split("#[test]\n").skip(1);
                let tests = tests.filter_map(|test| test.lines().next());
                selectable.extend(tests.map(str::to_owned));
            }
            for name in &names {
                let selected = selectable.iter().find(|path| path.contains(name));
                assert_eq!(selected, None, "`cargo test -p {chapter} {name}`");
            }
        }
    }

    #[test]
    fn the_readme_and_the_introduction_print_the_command_of_an_exercise() {
        let workspace = Workspace::find(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap();
        let majority =
            Exercise::find(&workspace, Some("ch01_neuron"), "majority").unwrap();
        for page in ["README.md", "book/en/introduction.md"] {
            let text = workspace.read(page).unwrap();
            assert!(text.contains(&majority.command()), "{page}: {}", majority.command());
        }
    }

    #[test]
    fn each_item_is_a_hint_and_keeps_its_paragraphs_and_code() {
        let list =
            "\n- First.\n- Second\n  line.\n\n  ```text\n  code\n    deeper\n  ```\n";
        let found = hints(list).unwrap();
        assert_eq!(found, ["First.", "Second\nline.\n\n```text\ncode\n  deeper\n```"]);
    }

    #[test]
    fn a_list_within_a_hint_belongs_to_the_hint() {
        assert_eq!(
            hints("- One\n  - a\n  - b\n- Two\n").unwrap(),
            ["One\n- a\n- b", "Two"]
        );
    }

    #[test]
    fn no_hints_are_allowed_and_a_paragraph_is_not() {
        assert!(hints("\n\n").unwrap().is_empty());
        assert!(hints("Think first.\n\n- Hint\n").is_err());
    }

    #[test]
    fn the_next_hint_sits_inside_the_one_before() {
        let html = unfold(&["one".into(), "two".into()]);
        let second = html.find("Hint 2 of 2").unwrap();
        assert!(second < html.find("</details>").unwrap());
        assert!(html.ends_with("</details>\n</details>\n"));
    }

    #[test]
    fn a_name_reads_as_words() {
        let exercise =
            Exercise { chapter: "ch01_neuron".into(), name: "weighted_sum".into() };
        assert_eq!(exercise.title(), "Weighted sum");
    }

    #[test]
    fn headings_go_down_and_code_stays() {
        assert_eq!(lower_headings("# A\n```\n# b\n```"), "### A\n```\n# b\n```");
    }
}
