//! Finds mdBook or installs it, and runs it.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

/// The version that is installed if the reader has none.
const PINNED: &str = "0.5.4";
/// Versions that write the same pages.
const SERIES: &str = "0.5.";

/// A working mdBook.
#[derive(Debug)]
pub struct Mdbook {
    program: PathBuf,
    root: PathBuf,
}

impl Mdbook {
    /// mdBook from the reader's PATH or from `target/mdbook`; if neither has it, it is installed.
    ///
    /// # Errors
    ///
    /// If it has to be installed and that fails.
    pub fn find_or_install(root: &Path) -> Result<Self> {
        let home = root.join("target").join("mdbook");
        let own =
            home.join("bin").join(format!("mdbook{}", std::env::consts::EXE_SUFFIX));
        let known = [PathBuf::from("mdbook"), own.clone()];
        let program = match known.into_iter().find(|program| fits(program)) {
            Some(program) => program,
            None => {
                install(root, &home)?;
                own
            }
        };
        Ok(Mdbook { program, root: root.to_owned() })
    }

    /// Runs mdBook in the repository's root.
    ///
    /// # Errors
    ///
    /// If it cannot be started or does not succeed.
    pub fn run<A: AsRef<OsStr>>(
        &self,
        arguments: impl IntoIterator<Item = A>,
    ) -> Result<()> {
        let status = Command::new(&self.program)
            .args(arguments)
            .current_dir(&self.root)
            .status()
            .with_context(|| format!("cannot start {}", self.program.display()))?;
        match status.success() {
            true => Ok(()),
            false => bail!("mdBook stopped; what it needs is written above"),
        }
    }
}

/// Whether `program` is an mdBook of the right series.
fn fits(program: &Path) -> bool {
    let output = Command::new(program).arg("--version").output();
    output.is_ok_and(|output| is_right_version(&String::from_utf8_lossy(&output.stdout)))
}

fn is_right_version(text: &str) -> bool {
    let version = text.trim().trim_start_matches("mdbook").trim().trim_start_matches('v');
    version.starts_with(SERIES)
}

fn install(root: &Path, home: &Path) -> Result<()> {
    eprintln!(
        "mdBook {SERIES}x is not on your PATH. Compiling mdBook {PINNED} into {}; this takes a minute or \
         two and happens once.",
        home.strip_prefix(root).unwrap_or(home).display()
    );
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    // Optimised, it would write the book a second faster and take three times as long to compile.
    let status = Command::new(cargo)
        .args(["install", "--locked", "mdbook", "--version", PINNED, "--root"])
        .arg(home)
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0")
        .current_dir(root)
        .status()
        .context("cannot start cargo")?;
    match status.success() {
        true => Ok(()),
        false => bail!(
            "mdBook could not be installed; if you are offline, try again later, or put mdBook \
             {SERIES}x on your PATH"
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_right_series_fits() {
        assert!(is_right_version("mdbook v0.5.4\n"));
        assert!(is_right_version("mdbook v0.5.10\n"));
        assert!(!is_right_version("mdbook v0.4.52\n"));
        assert!(!is_right_version("mdbook v0.50.0\n"));
    }

    #[test]
    fn a_program_that_is_not_there_does_not_fit() {
        assert!(!fits(Path::new("no-such-program-anywhere")));
    }
}
