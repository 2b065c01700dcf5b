//! The mdBook preprocessor: reads the book from standard input and writes it back, bound.

use std::io;
use std::process::ExitCode;

use anyhow::Context;
use binder::book::Binder;
use mdbook_preprocessor::Preprocessor;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments.first().is_some_and(|argument| argument == "supports") {
        let is_html = arguments.get(1).is_some_and(|renderer| renderer == "html");
        return if is_html { ExitCode::SUCCESS } else { ExitCode::FAILURE };
    }
    match bind() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("binder: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn bind() -> anyhow::Result<()> {
    let (context, book) = mdbook_preprocessor::parse_input(io::stdin()).context(
        "this program is run by mdBook; to build the book, type `cargo book build`",
    )?;
    let bound = Binder.run(&context, book)?;
    serde_json::to_writer(io::stdout(), &bound).context("mdBook stopped listening")
}
