//! The live figures as WebAssembly, a module for each chapter that has some, built when there is what it takes and put beside
//! the pages.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::source::PAGES;

const TARGET: &str = "wasm32-unknown-unknown";

/// Where the modules lie within the book. mdBook copies them, as it copies all that is no page.
const FOLDER: &str = "live";

/// Builds the modules of these chapters into a folder of their own, so that nothing else waits for them, and puts each beside
/// the pages if it has changed. Says whether they are there: not without the target, which the reader may add, and not while
/// the code does not compile, which the compiler has said by then.
///
/// # Errors
/// If a module cannot be read or written.
pub fn build(root: &Path, chapters: &[String]) -> io::Result<bool> {
    if chapters.is_empty() || !has_target() {
        return Ok(false);
    }
    let folder = root.join("target/live");
    for chapter in chapters {
        let built = Command::new("cargo")
            .args(["build", "--quiet", "--package", "live", "--profile", "live"])
            .args(["--no-default-features", "--features", chapter])
            .args(["--target", TARGET, "--target-dir"])
            .arg(&folder)
            .current_dir(root)
            .env("RUSTC", rustc())
            // What the book is built with may not suit the module.
            .env_remove("RUSTFLAGS")
            .stdout(Stdio::null())
            .status();
        if !built.is_ok_and(|status| status.success()) {
            eprintln!(
                "binder: the live figures stand still, as their code does not compile"
            );
            return Ok(false);
        }
        let module = fs::read(folder.join(TARGET).join("live/live.wasm"))?;
        let place = root.join(PAGES).join(FOLDER).join(format!("{chapter}.wasm"));
        // mdBook follows changes: what is written although it is the same would be built again for ever.
        if fs::read(&place).map_or(true, |known| known != module) {
            fs::write(place, module)?;
        }
    }
    Ok(true)
}

/// The compiler of the modules: the usual one, or what `LIVE_RUSTC` names where that one lacks the target.
fn rustc() -> OsString {
    env::var_os("LIVE_RUSTC").unwrap_or_else(|| "rustc".into())
}

fn has_target() -> bool {
    let asked = Command::new(rustc())
        .args(["--print", "target-libdir", "--target", TARGET])
        .output();
    let Ok(answer) = asked else { return false };
    let folder = String::from_utf8_lossy(&answer.stdout);
    answer.status.success() && Path::new(folder.trim()).is_dir()
}
