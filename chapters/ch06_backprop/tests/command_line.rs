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
fn a_list_of_some_sections_names_those() {
    let out = tempfile::tempdir().unwrap();
    let output = run(&["--list", "--section", "blame", "--section", "chain"], out.path());
    assert!(output.status.success());
    let names: Vec<_> = text(&output.stdout).lines().map(|line| &line[..5]).collect();
    assert_eq!(names, ["chain", "blame"]);
}

#[test]
fn a_section_named_twice_runs_once() {
    let out = tempfile::tempdir().unwrap();
    let output = run(&["--section", "chain", "--section", "chain"], out.path());
    assert_eq!(text(&output.stdout).matches("(chain)").count(), 1);
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
    let names = "chain, by_hand, equations";
    for (name, hint) in [
        ("chian", ". Did you mean `chain`? It has: "),
        ("", ". It has: "),
        ("-1", ". It has: "),
        ("--list", ". It has: "),
    ] {
        for list in [&[][..], &["--list"]] {
            let output = run(&[list, &["--section", name]].concat(), out.path());
            assert_eq!(output.status.code(), Some(2));
            assert!(output.stdout.is_empty(), "nothing runs");
            let said = text(&output.stderr);
            let refusal = format!("has no section `{name}`{hint}{names}");
            assert!(said.contains(&refusal), "{said}");
        }
    }
}

#[test]
fn a_folder_that_cannot_be_written_is_noticed_before_the_run() {
    let out = tempfile::tempdir().unwrap();
    let file = out.path().join("file");
    std::fs::write(&file, "no folder").unwrap();
    for folder in [&file, &file.join("below")] {
        let output = run(&["--section", "chain"], folder);
        assert_eq!(output.status.code(), Some(1));
        assert!(output.stdout.is_empty(), "nothing runs");
        let said = text(&output.stderr);
        assert_eq!(said.lines().count(), 1, "{said}");
        let refusal = format!("error: cannot write {}: ", folder.display());
        assert!(said.starts_with(&refusal) && said.contains("--out DIR"), "{said}");
    }
    let said = run(&["--section", "chain"], &file).stderr;
    assert!(text(&said).contains("file: not a directory"), "{}", text(&said));
    let nowhere = run(&["--section", "chain"], Path::new(""));
    assert_eq!(nowhere.status.code(), Some(2), "an empty name is no folder");
}

#[test]
fn a_page_of_the_readers_own_is_noticed_before_the_run_and_left() {
    let out = tempfile::tempdir().unwrap();
    let index = out.path().join("index.html");
    std::fs::write(&index, "my own page").unwrap();
    let output = run(&["--section", "chain"], out.path());
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stdout.is_empty(), "nothing runs");
    let said = text(&output.stderr);
    assert!(said.contains("index.html was not made by ch06_backprop"), "{said}");
    assert_eq!(std::fs::read_to_string(&index).unwrap(), "my own page");
}

#[test]
fn what_was_made_before_a_section_stopped_stays() {
    let out = tempfile::tempdir().unwrap();
    let earlier = out.path().join("mnist.digits.svg");
    let signature = "<!-- mnist.digits.svg, drawn by cargo run -p ch06_backprop -->\n";
    std::fs::write(&earlier, signature).unwrap();
    let nowhere = out.path().join("nowhere");
    let arguments = ["--section", "chain", "--section", "mnist", "--mnist"];
    let output =
        run(&[&arguments[..], &[nowhere.to_str().unwrap()]].concat(), out.path());
    assert_eq!(output.status.code(), Some(1));
    let said = text(&output.stderr);
    assert!(said.starts_with("error: section `mnist` stopped: "), "{said}");
    assert!(text(&output.stdout).contains("0.731059"), "the text has been printed");
    let page = std::fs::read_to_string(out.path().join("index.html")).unwrap();
    assert!(page.contains("id=\"chain\"") && page.contains("0.731059"));
    assert!(out.path().join("chain.circuit.svg").is_file());
    assert!(earlier.is_file(), "a section that stopped keeps its figures");
    assert!(run(&["--section", "mnist"], out.path()).status.success());
    assert!(!earlier.exists(), "a section that finished keeps those that it draws");
}

#[cfg(target_os = "linux")]
#[test]
fn a_folder_that_takes_no_files_is_noticed_before_the_run() {
    let output = run(&["--section", "chain"], Path::new("/proc"));
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stdout.is_empty(), "nothing runs");
    let said = text(&output.stderr);
    assert!(said.starts_with("error: cannot write /proc: "), "{said}");
}

#[cfg(target_os = "linux")]
#[test]
fn without_a_browser_the_reader_is_told_which_page_to_open() {
    let out = tempfile::tempdir().unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_ch06_backprop"))
        .args(["--section", "chain", "--open", "--out"])
        .arg(out.path())
        .env("PATH", "")
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    let said = text(&output.stderr);
    let index = out.path().join("index.html");
    assert!(said.starts_with("error: cannot start a browser: "), "{said}");
    assert!(said.trim_end().ends_with(index.to_str().unwrap()), "{said}");
    assert!(index.is_file());
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
fn a_seed_that_is_no_whole_number_is_told_what_would_be_one() {
    let out = tempfile::tempdir().unwrap();
    for seed in ["seven", "-1", "-x", "", "7.5", "1e3", "18446744073709551616"] {
        for option in [&["--seed", seed][..], &[&format!("--seed={seed}")]] {
            let output = run(option, out.path());
            assert_eq!(output.status.code(), Some(2));
            let said = text(&output.stderr);
            let came = format!("'{seed}'");
            let expected =
                "a whole number from 0 to 18446744073709551615, such as --seed 7";
            assert!(said.contains(&came) && said.contains(expected), "{said}");
        }
    }
    let largest =
        run(&["--section", "chain", "--seed", &u64::MAX.to_string()], out.path());
    assert!(largest.status.success());
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

/// Streams that fail, and files that end in the middle, as Unix makes them.
#[cfg(unix)]
mod unix {
    use std::ffi::OsStr;
    use std::fs::read_to_string;
    use std::os::unix::ffi::OsStrExt;

    use super::*;

    fn chapter(arguments: &[&str], out: &Path) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_ch06_backprop"));
        command.args(arguments).arg("--out").arg(out);
        command
    }

    /// Runs the chapter in a shell, whose script calls it `"$@"`.
    fn in_shell(script: &str, arguments: &[&str], out: &Path) -> Output {
        let chapter = env!("CARGO_BIN_EXE_ch06_backprop");
        let mut shell = Command::new("sh");
        shell.args(["-c", script, "sh", chapter]).args(arguments);
        shell.arg("--out").arg(out).output().unwrap()
    }

    #[test]
    fn a_reader_who_closes_the_pipe_has_seen_enough() {
        let out = tempfile::tempdir().unwrap();
        for arguments in [&["--section", "chain"][..], &["--list"], &["--help"]] {
            let (reader, writer) = std::io::pipe().unwrap();
            drop(reader);
            let output = chapter(arguments, out.path()).stdout(writer).output().unwrap();
            assert!(output.status.success(), "{arguments:?}");
            assert_eq!(text(&output.stderr), "", "{arguments:?}");
        }
        assert!(out.path().join("index.html").is_file(), "the page is made all the same");
    }

    #[test]
    fn closed_streams_are_nobodys_fault() {
        let out = tempfile::tempdir().unwrap();
        let output = in_shell("\"$@\" >&- 2>&-", &["--section", "chain"], out.path());
        assert!(output.status.success());
        assert!(out.path().join("index.html").is_file());
        let output = in_shell("\"$@\" 2>&-", &["--section", "nope"], out.path());
        assert_eq!(output.status.code(), Some(2));
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn text_that_cannot_be_printed_is_a_failure_and_said_once() {
        let out = tempfile::tempdir().unwrap();
        for arguments in [&["--section", "chain"][..], &["--list"], &["--help"]] {
            let full = std::fs::File::create("/dev/full").unwrap();
            let output = chapter(arguments, out.path()).stdout(full).output().unwrap();
            assert_eq!(output.status.code(), Some(1), "{arguments:?}");
            let said = text(&output.stderr);
            assert_eq!(said.lines().count(), 1, "{said}");
            assert!(said.starts_with("error: cannot print on stdout: "), "{said}");
        }
        assert!(out.path().join("index.html").is_file(), "the page is made all the same");
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn an_error_that_nobody_hears_is_in_the_exit_code() {
        let out = tempfile::tempdir().unwrap();
        let file = out.path().join("file");
        std::fs::write(&file, "no folder").unwrap();
        let exit_code = |arguments: &[&str], out: &Path| {
            let full = std::fs::File::create("/dev/full").unwrap();
            chapter(arguments, out).stderr(full).output().unwrap().status.code()
        };
        assert_eq!(exit_code(&["--section", "nope"], out.path()), Some(2));
        assert_eq!(exit_code(&["--seed", "x"], out.path()), Some(2));
        assert_eq!(exit_code(&["--section", "chain"], &file), Some(1));
        let nowhere = file.to_str().unwrap();
        let stopped = ["--section", "mnist", "--mnist", nowhere];
        assert_eq!(exit_code(&stopped, &out.path().join("out")), Some(1));
    }

    #[test]
    fn a_folder_may_have_any_name() {
        let out = tempfile::tempdir().unwrap();
        let odd = OsStr::from_bytes("a b\n\u{e9}".as_bytes());
        let mut names = vec![out.path().join(odd).join("below")];
        if cfg!(target_os = "linux") {
            names.push(out.path().join(OsStr::from_bytes(b"\xff")));
        }
        for folder in names {
            let output = run(&["--section", "chain"], &folder);
            assert!(output.status.success(), "{}", text(&output.stderr));
            assert!(folder.join("index.html").is_file());
        }
    }

    /// A limit on the size of files stops a write in its middle: by a signal that kills, as `KILL` would,
    /// or, where that is ignored, by an error, as a full disk would.
    #[test]
    fn a_write_that_ends_in_the_middle_leaves_the_earlier_files() {
        let out = tempfile::tempdir().unwrap();
        let arguments = ["--section", "chain"];
        assert!(run(&arguments, out.path()).status.success());
        let files =
            ["index.html", "chain.circuit.svg", "chain.fork.svg", "chain.moons.svg"];
        let texts = || files.map(|file| read_to_string(out.path().join(file)).unwrap());
        let earlier = texts();

        let full =
            in_shell("trap '' XFSZ; ulimit -f 4; exec \"$@\"", &arguments, out.path());
        assert_eq!(full.status.code(), Some(1));
        let said = text(&full.stderr);
        assert_eq!(said.lines().count(), 1, "{said}");
        assert!(
            said.starts_with("error: cannot write ") && said.contains("chain."),
            "{said}"
        );
        assert_eq!(texts(), earlier);
        let left = out.path().read_dir().unwrap().count();
        assert_eq!(left, files.len(), "nothing half-written is left lying about");

        let killed = in_shell("ulimit -f 4; exec \"$@\"", &arguments, out.path());
        assert_eq!(killed.status.code(), None, "a signal ends it");
        assert_eq!(texts(), earlier);
    }
}
