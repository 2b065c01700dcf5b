//! The live figures as a WebAssembly module, built when there is what it takes and put beside the pages.

use std::fs;
use std::io;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::source::PAGES;

const TARGET: &str = "wasm32-unknown-unknown";

/// Where the module lies within the book. mdBook copies it, as it copies all that is no page.
const MODULE: &str = "live/figures.wasm";

/// Builds the module into a folder of its own, so that nothing else waits for it, and puts it beside the pages if it has
/// changed. Says whether there is one: not without the target, which the reader may add, and not while the code does not
/// compile, which the compiler has said by then.
///
/// # Errors
/// If the module cannot be written.
pub fn build(root: &Path) -> io::Result<bool> {
    if !has_target() {
        return Ok(false);
    }
    let folder = root.join("target/live");
    let built = Command::new("cargo")
        .args(["build", "--quiet", "--package", "live", "--profile", "live"])
        .args(["--target", TARGET, "--target-dir"])
        .arg(&folder)
        .current_dir(root)
        // What the book is built with may not suit the module.
        .env_remove("RUSTFLAGS")
        .stdout(Stdio::null())
        .status();
    if !built.is_ok_and(|status| status.success()) {
        eprintln!("binder: the live figures stand still, as their code does not compile");
        return Ok(false);
    }
    let module = fs::read(folder.join(TARGET).join("live/live.wasm"))?;
    let place = root.join(PAGES).join(MODULE);
    // mdBook follows changes: what is written although it is the same would be built again for ever.
    if fs::read(&place).is_ok_and(|known| known == module) {
        return Ok(true);
    }
    fs::write(place, module).map(|()| true)
}

fn has_target() -> bool {
    let asked = Command::new("rustc")
        .args(["--print", "target-libdir", "--target", TARGET])
        .output();
    let Ok(answer) = asked else { return false };
    let folder = String::from_utf8_lossy(&answer.stdout);
    answer.status.success() && Path::new(folder.trim()).is_dir()
}
