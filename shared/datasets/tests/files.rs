//! The readers against files on disk, made here.

use std::fs;
use std::path::{Path, PathBuf};

use datasets::csv::{Answer, Format};
use datasets::files;
use ndarray::array;

const PRICES: Format = Format { header: true, inputs: 2, answer: Answer::Numbers(1) };

/// An empty folder of this name.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    if folder.exists() {
        fs::remove_dir_all(&folder).unwrap();
    }
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// MNIST in small: three images of 1×2 pixels to train on, one to test with.
fn small_mnist(name: &str) -> PathBuf {
    let folder = folder(name);
    let write = |name, bytes: &[u8]| fs::write(folder.join(name), bytes).unwrap();
    write(
        "train-images-idx3-ubyte",
        &[0, 0, 8, 3, 0, 0, 0, 3, 0, 0, 0, 1, 0, 0, 0, 2, 255, 0, 0, 51, 0, 0],
    );
    write("train-labels-idx1-ubyte", &[0, 0, 8, 1, 0, 0, 0, 3, 5, 0, 9]);
    write(
        "t10k-images-idx3-ubyte",
        &[0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 2, 0, 255],
    );
    write("t10k-labels-idx1-ubyte", &[0, 0, 8, 1, 0, 0, 0, 1, 4]);
    folder
}

fn refusal(folder: &Path) -> String {
    let message = files::mnist(folder).unwrap_err().to_string();
    message.replace(&folder.display().to_string(), "FOLDER")
}

#[test]
fn mnist_comes_in_two_parts() {
    let (train, test) = files::mnist(small_mnist("two_parts")).unwrap();
    assert_eq!(train.inputs, array![[1.0, 0.0], [0.0, 0.2], [0.0, 0.0]]);
    assert_eq!(datasets::labels(&train), [5, 0, 9]);
    assert_eq!(test.inputs, array![[0.0, 1.0]]);
    assert_eq!(datasets::labels(&test), [4]);
}

#[test]
fn names_with_a_dot_will_do() {
    let folder = small_mnist("dot");
    let expected = files::mnist(&folder).unwrap();
    for stem in ["train-images", "train-labels", "t10k-images", "t10k-labels"] {
        let ending = if stem.ends_with("images") { "idx3-ubyte" } else { "idx1-ubyte" };
        let (dash, dot) = (format!("{stem}-{ending}"), format!("{stem}.{ending}"));
        fs::rename(folder.join(dash), folder.join(dot)).unwrap();
    }
    assert_eq!(files::mnist(&folder).unwrap(), expected);
}

#[test]
fn a_missing_file_or_folder_is_named_with_what_should_be_there() {
    let folder = small_mnist("missing");
    fs::remove_file(folder.join("t10k-labels-idx1-ubyte")).unwrap();
    assert_eq!(
        refusal(&folder),
        "FOLDER: expected a file t10k-labels-idx1-ubyte, but there is none; MNIST is a folder \
         with train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-images-idx3-ubyte and \
         t10k-labels-idx1-ubyte, unpacked"
    );
    let nowhere = folder.join("nowhere");
    assert!(
        refusal(&nowhere)
            .starts_with("FOLDER: expected a folder, but there is none; MNIST")
    );
}

#[test]
fn a_packed_file_is_named() {
    let folder = small_mnist("packed");
    let name = folder.join("train-images-idx3-ubyte");
    fs::rename(&name, name.with_extension("gz")).unwrap();
    assert_eq!(
        refusal(&folder),
        "FOLDER/train-images-idx3-ubyte.gz: expected this file unpacked; unpack it, as with \
         `gunzip`"
    );
}

#[test]
fn a_file_in_a_folder_of_its_name_is_found() {
    let folder = small_mnist("nested");
    let name = folder.join("train-images-idx3-ubyte");
    fs::rename(&name, folder.join("file")).unwrap();
    fs::create_dir(&name).unwrap();
    let nested = name.join("train-images-idx3-ubyte");
    fs::rename(folder.join("file"), &nested).unwrap();
    let message = "FOLDER/train-images-idx3-ubyte: expected a file, but found a folder; move \
                   FOLDER/train-images-idx3-ubyte/train-images-idx3-ubyte here, or name it";
    assert_eq!(refusal(&folder), message);
    fs::write(name.join("README"), "").unwrap();
    assert_eq!(refusal(&folder), message, "whatever lies beside it");

    fs::copy(&nested, folder.join("train-images.idx3-ubyte")).unwrap();
    assert!(files::mnist(&folder).is_ok(), "a file comes before a folder");
}

#[test]
#[should_panic(expected = "a format needs inputs and an answer")]
fn a_format_without_inputs_is_refused() {
    let file = folder("no_inputs").join("prices.csv");
    fs::write(&file, "1,2\n").unwrap();
    let _ = files::csv(&file, Format { inputs: 0, ..PRICES });
}

#[test]
fn a_folder_in_the_place_of_a_csv_file_is_named() {
    let folder = folder("csv_folder");
    let refusal = || {
        let message = files::csv(&folder, PRICES).unwrap_err().to_string();
        message.replace(&folder.display().to_string(), "FOLDER")
    };
    let start = "FOLDER: expected a file, but found a folder;";
    assert_eq!(refusal(), format!("{start} name a file in it"));
    fs::create_dir(folder.join("a")).unwrap();
    fs::write(folder.join("b.csv"), "").unwrap();
    assert_eq!(refusal(), format!("{start} move FOLDER/b.csv here, or name it"));
    fs::write(folder.join("c.csv"), "").unwrap();
    assert_eq!(refusal(), format!("{start} name a file in it"), "which of the two?");
}

#[test]
fn a_file_in_the_place_of_the_folder_is_named() {
    let file = folder("no_folder").join("mnist");
    fs::write(&file, "").unwrap();
    assert!(
        refusal(&file).starts_with("FOLDER: expected a folder, but found a file; MNIST")
    );
}

#[test]
fn a_file_in_the_place_of_another_is_named() {
    let folder = small_mnist("swapped");
    let labels = folder.join("train-labels-idx1-ubyte");
    fs::copy(labels, folder.join("train-images-idx3-ubyte")).unwrap();
    assert_eq!(
        refusal(&folder),
        "FOLDER/train-images-idx3-ubyte, byte 0: expected images, but found labels; the two \
         files look swapped"
    );
}

#[test]
fn parts_with_images_of_different_sizes_are_refused() {
    let folder = small_mnist("sizes");
    fs::write(
        folder.join("t10k-images-idx3-ubyte"),
        [0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0],
    )
    .unwrap();
    assert_eq!(
        refusal(&folder),
        "FOLDER: expected images of one size, but those to train on have 2 pixels and those to \
         test on 1; use files that belong together"
    );
}

#[test]
fn a_csv_file_is_read_and_its_errors_name_it() {
    let file = folder("csv").join("prices.csv");
    fs::write(&file, "area,age,price\r\n80,12,310\r\n").unwrap();
    let examples = files::csv(&file, PRICES).unwrap();
    assert_eq!(examples.inputs, array![[80.0, 12.0]]);
    assert_eq!(examples.targets, array![[310.0]]);

    fs::write(&file, "area,age,price\n80,12\n").unwrap();
    let message = files::csv(&file, PRICES).unwrap_err().to_string();
    assert!(
        message.starts_with(&format!("{}, line 2: expected 3 columns", file.display()))
    );

    for (bytes, kind) in [
        (&b"\x1f\x8b\x08\0"[..], "a gzip archive; unpack it first, as with `gunzip`"),
        (b"\xff\xfe1\0", "UTF-16 text; save the file as UTF-8"),
        (
            b"<html>gr\xf6\xdfer",
            "HTML or XML, such as a web page; fetch the file itself, not a page about it",
        ),
    ] {
        fs::write(&file, bytes).unwrap();
        assert_eq!(
            files::csv(&file, PRICES).unwrap_err().to_string(),
            format!("{}, byte 0: expected text, but found {kind}", file.display())
        );
    }

    fs::write(&file, b"area,\xff").unwrap();
    let message = files::csv(&file, PRICES).unwrap_err().to_string();
    assert!(message.starts_with(&format!("{}, byte 5: expected text", file.display())));

    fs::remove_file(&file).unwrap();
    let message = files::csv(&file, PRICES).unwrap_err().to_string();
    assert!(message.starts_with(&format!("{}: cannot read it: ", file.display())));
}

#[test]
fn a_table_is_read_and_its_errors_name_it() {
    let file = folder("table").join("pets.csv");
    let refusal = || {
        let message = files::table(&file).unwrap_err().to_string();
        message.replace(&file.display().to_string(), "FILE")
    };
    assert!(refusal().starts_with("FILE: cannot read it: "), "{}", refusal());
    fs::write(&file, "\u{feff}kind;weight\r\nkater;4,5\r\n").unwrap();
    assert_eq!(files::table(&file).unwrap().columns, ["kind", "weight"]);
    fs::write(&file, "kind,weight\ncat\n").unwrap();
    assert!(refusal().starts_with("FILE, line 2: expected 2 cells"), "{}", refusal());
    fs::write(&file, b"kind,weight\ntapir,\xe4\n").unwrap();
    assert_eq!(
        refusal(),
        "FILE, byte 18: expected text, but found a byte that is not UTF-8; save the file as UTF-8"
    );
}
