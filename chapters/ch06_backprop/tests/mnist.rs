//! `--mnist DIR`, on small IDX files that go the same way through the program as the real ones.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

const FILES: [&str; 4] = [
    "train-images-idx3-ubyte",
    "train-labels-idx1-ubyte",
    "t10k-images-idx3-ubyte",
    "t10k-labels-idx1-ubyte",
];

/// Images of 8 × 8 pixels with one white row, by which the digits 0 to 7 can be told apart.
fn images(count: u32) -> Vec<u8> {
    let mut bytes: Vec<u8> =
        [0x803, count, 8, 8].iter().flat_map(|n: &u32| n.to_be_bytes()).collect();
    for image in 0..count {
        bytes.extend((0..64).map(|pixel| if pixel / 8 == image % 8 { 255 } else { 0 }));
    }
    bytes
}

fn labels(count: u32) -> Vec<u8> {
    let mut bytes: Vec<u8> =
        [0x801, count].iter().flat_map(|n: &u32| n.to_be_bytes()).collect();
    bytes.extend((0..count).map(|label| (label % 8) as u8));
    bytes
}

/// A folder with 160 images to train on and 40 to test with.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let contents = [images(160), labels(160), images(40), labels(40)];
    for (name, bytes) in FILES.iter().zip(contents) {
        fs::write(folder.path().join(name), bytes).unwrap();
    }
    folder
}

fn run(folder: &Path) -> Output {
    let out = tempfile::tempdir().unwrap();
    Command::new(env!("CARGO_BIN_EXE_ch06_backprop"))
        .args(["--section", "mnist", "--mnist"])
        .arg(folder)
        .arg("--out")
        .arg(out.path())
        .output()
        .unwrap()
}

/// Runs the program on a folder that was spoilt, and expects one line on stderr with these words in it.
#[track_caller]
fn expect_refusal(folder: &Path, words: &[&str]) {
    let output = run(folder);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert_eq!(said.lines().count(), 1, "{said}");
    for word in ["error: section `mnist` stopped: "].iter().chain(words) {
        assert!(said.contains(word), "`{word}` is missing in: {said}");
    }
}

#[test]
fn four_files_are_read_learnt_and_set_beside_the_published_result() {
    let output = run(folder().path());
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
    assert!(
        said.contains("160 images of 64 pixels to train on, 40 to test with"),
        "{said}"
    );
    let last = said.lines().find(|line| line.trim_start().starts_with("30 ")).unwrap();
    assert!(last.ends_with("100.00 %"), "rows this plain should be learnt: {last}");
    assert!(said.contains("Best epoch here: 100.00 %."), "{said}");
    assert!(
        said.contains("The published 95.42 % (Nielsen, 2015) is for 50,000"),
        "{said}"
    );
}

/// `MNIST=FOLDER cargo test -p ch06_backprop --test mnist -- --ignored`
#[test]
#[ignore = "needs the real files, in the folder that the variable MNIST names"]
fn the_real_files_give_the_recorded_result() {
    let folder =
        std::env::var("MNIST").expect("MNIST should name the folder of the real files");
    let output = run(Path::new(&folder));
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
    let after = |words: &str| {
        let (_, rest) =
            said.split_once(words).unwrap_or_else(|| panic!("no `{words}` in: {said}"));
        rest.split_once(" %").unwrap().0.to_string()
    };
    assert_eq!(after("Best epoch here: "), after("with its own seeds: "), "{said}");
}

#[test]
fn a_missing_file_is_named() {
    for name in FILES {
        let folder = folder();
        fs::remove_file(folder.path().join(name)).unwrap();
        expect_refusal(folder.path(), &[name, "but there is none"]);
    }
}

#[test]
fn a_missing_folder_is_named() {
    let folder = folder();
    expect_refusal(&folder.path().join("nowhere"), &["nowhere", "expected a folder"]);
}

#[test]
fn a_truncated_file_is_named() {
    for name in FILES {
        let folder = folder();
        let path = folder.path().join(name);
        let bytes = fs::read(&path).unwrap();
        fs::write(&path, &bytes[..bytes.len() - 1]).unwrap();
        expect_refusal(folder.path(), &[name, "fetch it again"]);
    }
}

#[test]
fn an_oversized_file_is_named() {
    for name in FILES {
        let folder = folder();
        let path = folder.path().join(name);
        let mut bytes = fs::read(&path).unwrap();
        bytes.push(0);
        fs::write(&path, bytes).unwrap();
        expect_refusal(folder.path(), &[name, "fetch the file again"]);
    }
}

#[test]
fn swapped_files_are_named() {
    let folder = folder();
    let [images, labels] = [FILES[0], FILES[1]].map(|name| folder.path().join(name));
    let aside = folder.path().join("aside");
    fs::rename(&images, &aside).unwrap();
    fs::rename(&labels, &images).unwrap();
    fs::rename(&aside, &labels).unwrap();
    expect_refusal(folder.path(), &[FILES[0], "the two files look swapped"]);
}

#[test]
fn packed_files_are_named() {
    let folder = folder();
    let path = folder.path().join(FILES[2]);
    fs::rename(&path, path.with_extension("gz")).unwrap();
    expect_refusal(folder.path(), &[FILES[2], "gunzip"]);
}
