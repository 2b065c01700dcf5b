//! Each live figure, at the book's position, is what the section's snapshots hold; and none of them is missing here.

use std::fs;
use std::path::PathBuf;

use live::{answer, figures};

fn snapshots(chapter: &str) -> PathBuf {
    let chapters = concat!(env!("CARGO_MANIFEST_DIR"), "/../../chapters");
    PathBuf::from(chapters).join(chapter).join("snapshots")
}

#[test]
fn at_the_books_position_a_figure_is_the_pinned_one() {
    for figure in figures() {
        let address = figure.address();
        let [chapter, section, name] = *address.split('/').collect::<Vec<_>>() else {
            panic!("{address}")
        };
        let drawn = answer(&address).unwrap_or_else(|words| panic!("{address}: {words}"));
        let (values, svg) = drawn.split_once("\n\n").expect("values, then the picture");
        let folder = snapshots(chapter);
        let pinned =
            fs::read_to_string(folder.join(format!("{section}-{name}.snap.svg")));
        assert!(pinned.is_ok_and(|pinned| pinned == svg), "{address} is not as pinned");
        let pinned =
            fs::read_to_string(folder.join(format!("{section}.values.snap"))).unwrap();
        for value in values.lines() {
            assert!(pinned.lines().any(|line| line == value), "{address}: {value}");
        }
    }
}

#[test]
fn every_live_figure_that_a_section_pins_is_in_the_module() {
    let chapters = fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../../chapters"));
    let mut count = 0;
    for chapter in chapters.unwrap().flatten().map(|chapter| chapter.file_name()) {
        let chapter = chapter.to_string_lossy();
        for file in fs::read_dir(snapshots(&chapter)).into_iter().flatten().flatten() {
            let name = file.file_name().to_string_lossy().into_owned();
            let Some(section) = name.strip_suffix(".live.snap") else { continue };
            let text = fs::read_to_string(file.path()).unwrap();
            let bracketed =
                |line: &str| Some(line.strip_prefix('[')?.strip_suffix(']')?.to_owned());
            for figure in text.lines().filter_map(bracketed) {
                let address = format!("{chapter}/{section}/{figure}");
                assert!(
                    figures().any(|known| known.address() == address),
                    "add {address} to FIGURES in book/live/src/lib.rs"
                );
                count += 1;
            }
        }
    }
    assert_eq!(count, figures().count());
}

#[test]
fn what_there_is_not_is_refused_in_words() {
    assert_eq!(answer("x/y/z").unwrap_err(), "there is no live figure `x/y/z`");
    let address = figures().next().unwrap().address();
    assert!(
        answer(&format!("{address}?warp=9")).unwrap_err().contains("has no knob `warp`")
    );
}
