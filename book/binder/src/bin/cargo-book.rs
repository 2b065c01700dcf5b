//! `cargo book`: builds, serves and checks the book.

use std::process::{Command, ExitCode};

fn main() -> ExitCode {
    let status = Command::new("mdbook").args(std::env::args().skip(1)).status();
    match status {
        Ok(status) if status.success() => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    }
}
