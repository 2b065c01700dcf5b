//! The command line of a chapter: `cargo run -p ch05_sgd -- --section stuck`.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{
    Arg, ArgMatches, Command, CommandFactory, FromArgMatches, Parser, value_parser,
};

use crate::console::Console;
use crate::folder::Folder;
use crate::{Chapter, Error, Page, Section};

/// Runs the experiments of one chapter: prints what they found and writes the figures.
#[derive(Parser, Debug)]
struct Options {
    /// List the sections and stop
    #[arg(long)]
    list: bool,

    /// Run this section only (repeat it for several)
    #[arg(long, value_name = "NAME", allow_hyphen_values = true)]
    section: Vec<String>,

    /// Explore beyond the book with other random numbers (0 is the book's)
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = seed)]
    #[arg(allow_hyphen_values = true)]
    seed: u64,

    /// Write the figures and index.html here [default: target/lessons/CHAPTER]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,

    /// Open index.html in the browser afterwards
    #[arg(long)]
    open: bool,
}

fn seed(text: &str) -> Result<u64, String> {
    text.parse().map_err(|_| {
        format!("expected a whole number from 0 to {}, such as --seed 7", u64::MAX)
    })
}

/// Runs a chapter as a program. The exit code is 0, 1 when something failed, 2 for a wrong option.
pub fn main(chapter: Chapter) -> ExitCode {
    let mut console = Console::default();
    let parsed = command(&chapter).try_get_matches().and_then(|matches| {
        Ok((Options::from_arg_matches(&matches)?, own_options(&chapter, &matches)))
    });
    let (options, own) = match parsed {
        Ok(parsed) => parsed,
        Err(wrong) if wrong.use_stderr() => {
            let _ = wrong.print();
            return ExitCode::from(2);
        }
        Err(help) => {
            console.printed(help.print());
            return console.exit_code();
        }
    };
    let sections = match chosen(&chapter, &options.section) {
        Ok(sections) => sections,
        Err(error) => {
            console.complain(error);
            return ExitCode::from(2);
        }
    };
    if options.list {
        list(&chapter, &sections, &mut console);
    } else if let Err(error) = run(&chapter, &sections, options, &own, &mut console) {
        console.complain(error);
    }
    console.exit_code()
}

/// Runs the sections and writes what they made. A section that stops is reported on the way.
fn run(
    chapter: &Chapter,
    sections: &[Section],
    options: Options,
    own: &[(&'static str, OsString)],
    console: &mut Console,
) -> Result<(), Error> {
    let path = options.out.unwrap_or_else(|| default_folder(chapter.name));
    let folder = Folder::open(chapter, path)?;
    console.say(format_args!("{}\n", chapter.title));
    if options.seed != 0 {
        let seed = options.seed;
        console.say(format_args!(
            "Exploring with --seed {seed}: whatever hangs on chance will differ from the book.\n"
        ));
    }
    let page = Page::exploring(options.seed).with_options(own.to_vec());
    let pages =
        sections.iter().map(|section| (*section, fill(*section, page.clone(), console)));
    let pages: Vec<_> = pages.collect();
    folder.write(&pages)?;
    if !console.failed() {
        folder.remove_leftovers(&pages)?;
    }
    let index = folder.index();
    console.say(format_args!("Figures and text: {}", index.display()));
    if options.open {
        open::that(&index).map_err(|reason| Error::Open { path: index, reason })?;
    }
    Ok(())
}

/// Runs one section on this page and prints what it says, also if it stopped half-way.
fn fill(section: Section, page: Page, console: &mut Console) -> Page {
    console.say(format_args!("== {} ({})\n", section.title, section.name));
    let (page, outcome) = section.fill(page);
    console.say(format_args!("{}\n", page.text_shown()));
    if let Err(error) = outcome {
        console.complain(error);
    }
    page
}

/// The options of every chapter, and those of this one.
fn command(chapter: &Chapter) -> Command {
    let own = chapter.options.iter().map(|option| {
        Arg::new(option.name)
            .long(option.name)
            .value_name(option.value)
            .help(option.help)
            .value_parser(value_parser!(PathBuf))
    });
    Options::command().args(own)
}

/// What the reader gave the chapter's own options, each under its name.
fn own_options(chapter: &Chapter, matches: &ArgMatches) -> Vec<(&'static str, OsString)> {
    let given = |name| Some((name, matches.get_one::<PathBuf>(name)?.into()));
    chapter.options.iter().filter_map(|option| given(option.name)).collect()
}

/// A line for each section: its name, its title, and whether it is for after the lesson.
fn list(chapter: &Chapter, sections: &[Section], console: &mut Console) {
    let width = sections.iter().map(|section| section.name.len()).max().unwrap_or(0);
    for Section { name, title, .. } in sections {
        let mark = if chapter.is_lesson(name) { "" } else { " (investigation)" };
        console.say(format_args!("{name:width$}  {title}{mark}"));
    }
}

/// The sections that were asked for, in the chapter's order; all of them if none was.
fn chosen(chapter: &Chapter, names: &[String]) -> Result<Vec<Section>, Error> {
    for name in names {
        chapter.find(name)?;
    }
    let wanted =
        |section: &&Section| names.is_empty() || names.iter().any(|n| n == section.name);
    Ok(chapter.sections.iter().filter(wanted).copied().collect())
}

/// `target/lessons/CHAPTER`, beside the program that runs (`target/debug/CHAPTER`).
fn default_folder(chapter: &str) -> PathBuf {
    let program = std::env::current_exe().unwrap_or_default();
    let target = program.ancestors().nth(2).unwrap_or(Path::new("target"));
    target.join("lessons").join(chapter)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chapter() -> Chapter {
        let sections = vec![
            Section { name: "descent", title: "Down", run: |_| Ok(()) },
            Section { name: "momentum", title: "Down, with memory", run: |_| Ok(()) },
        ];
        Chapter::new("ch00_example", "An example", sections).option(
            "data",
            "DIR",
            "Read the files of this folder",
        )
    }

    #[test]
    fn the_options_do_not_get_in_each_others_way() {
        command(&chapter()).debug_assert();
    }

    #[test]
    fn a_chapter_may_have_options_of_its_own() {
        let given = |line: &[&str]| {
            let matches = command(&chapter()).try_get_matches_from(line).unwrap();
            own_options(&chapter(), &matches)
        };
        assert_eq!(given(&["ch00_example", "--data", "here"]), [("data", "here".into())]);
        assert_eq!(given(&["ch00_example"]), []);
        let plain = Chapter::new("ch00_plain", "Plain", vec![]);
        assert!(command(&plain).try_get_matches_from(["", "--data", "here"]).is_err());
    }

    #[test]
    fn a_name_with_a_slip_gets_a_hint_and_a_wild_one_only_the_list() {
        let refusal = |name| chapter().find(name).unwrap_err().to_string();
        assert_eq!(
            refusal("momentun"),
            "ch00_example has no section `momentun`. Did you mean `momentum`? \
             It has: descent, momentum"
        );
        assert_eq!(
            refusal("xor"),
            "ch00_example has no section `xor`. It has: descent, momentum"
        );
    }
}
