//! `cargo book`: builds, serves and checks the book.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use binder::Workspace;
use binder::check;
use clap::{Parser, Subcommand};
use mdbook::Mdbook;

mod mdbook;

/// Builds, serves and checks the book.
#[derive(Debug, Parser)]
#[command(name = "cargo book", bin_name = "cargo book")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Write the book's pages
    Build {
        /// Where to write them, instead of target/book
        #[arg(long, value_name = "FOLDER")]
        dest_dir: Option<PathBuf>,
    },
    /// Show the book in your browser, and follow changes
    Serve {
        /// Open the browser
        #[arg(long)]
        open: bool,
        /// The port to serve on
        #[arg(long, default_value_t = 3000)]
        port: u16,
    },
    /// Follow every link, and see that pages, sections and numbers agree
    Check,
}

fn main() -> ExitCode {
    match run(Arguments::parse().task) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("cargo book: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(task: Task) -> Result<()> {
    let here = std::env::current_dir().context("cannot tell the current folder")?;
    let workspace = Workspace::find(&here)
        .context("no book.toml here or above; run this inside the repository")?;
    let mdbook = Mdbook::find_or_install(workspace.root())?;
    match task {
        Task::Build { dest_dir: None } => mdbook.run(["build"]),
        Task::Build { dest_dir: Some(folder) } => build(&mdbook, &here.join(folder)),
        Task::Serve { open, port } => {
            let port = port.to_string();
            let open = open.then_some("--open");
            mdbook.run(["serve", "--port", &port].into_iter().chain(open))
        }
        Task::Check => check(&workspace, &mdbook),
    }
}

fn build(mdbook: &Mdbook, folder: &Path) -> Result<()> {
    mdbook.run(["build".as_ref(), "--dest-dir".as_ref(), folder.as_os_str()])
}

fn check(workspace: &Workspace, mdbook: &Mdbook) -> Result<()> {
    let folder = tempfile::tempdir().context("cannot make a temporary folder")?;
    let mut found = check::written(workspace).context("cannot read the pages")?;
    if found.report.is_empty() {
        build(mdbook, folder.path())?;
        check::built(workspace, folder.path(), &mut found)
            .context("cannot read the built book")?;
    }
    for note in &found.notes {
        println!("note: {note}");
    }
    if !found.report.is_empty() {
        println!("\n{}", found.report);
        bail!("the book needs mending");
    }
    let (pages, links) = found.counts;
    println!(
        "The book is sound: {pages} pages, {links} links followed, nothing typed by hand."
    );
    Ok(())
}
