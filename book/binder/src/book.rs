//! The whole book: claims and terms, then every page.

use std::path::Path;

use mdbook_preprocessor::book::{Book, BookItem};
use mdbook_preprocessor::errors::{Error, Result};
use mdbook_preprocessor::{Preprocessor, PreprocessorContext};

use crate::claim::Claims;
use crate::glossary::Glossary;
use crate::module;
use crate::page::{Page, Uses};
use crate::report::{Fault, Report};
use crate::scan::line_of;
use crate::shared::Shared;
use crate::sound;
use crate::source::Source;
use crate::workspace::{Workspace, display};

/// The book with everything in its place.
#[derive(Debug)]
pub struct Bound {
    /// The text of each page, in the order of the sources.
    pub pages: Vec<String>,
    /// What each page shows.
    pub uses: Vec<Uses>,
    /// What could not be resolved.
    pub report: Report,
}

/// Binds the pages of the book whose folder is `folder`, as seen from the workspace's root; its live figures get knobs if it
/// `turns`.
pub fn bind(
    workspace: &Workspace,
    folder: &Path,
    repository: Option<&str>,
    sources: &[Source],
    turns: bool,
) -> Bound {
    let mut report = Report::default();
    let claims = Claims::read(workspace, &mut report);
    let glossary = Glossary::read(workspace, sources, &mut report);
    let (claims, glossary) = (&claims, &glossary);
    let shared = Shared { workspace, claims, glossary, sources, repository, turns };
    let mut bound = Bound { pages: Vec::new(), uses: Vec::new(), report };
    for source in sources {
        let file = display(&folder.join(&source.path));
        let written = Page::new(shared, &file, &source.path, &source.text);
        let mut typed = written.look(&mut bound.report);
        let linked = glossary.link(&source.path, &source.text);
        let page = Page::new(shared, &file, &source.path, &linked.text);
        let (text, uses) = page.write(&mut bound.report);
        typed.extend(uses.typed);
        for directive in sound::left_to_mdbook(&text) {
            let line =
                source.text.find(directive).map_or(0, |at| line_of(&source.text, at));
            let cause = format!(
                "mdBook reads `{directive} …}}}}` even in code, and puts a file there."
            );
            let advice = "Describe it in words, or write a backslash before it.";
            bound.report.add(&file, line, Fault::new(cause, advice));
        }
        let uses = Uses { terms: linked.terms, typed, ..uses };
        bound.pages.push(text);
        bound.uses.push(uses);
    }
    let shown: Vec<_> = sources
        .iter()
        .zip(&bound.uses)
        .map(|(source, uses)| {
            (display(&source.path.with_extension("")), uses.claims.clone())
        })
        .collect();
    claims.check_evidence(&shown, &mut bound.report);
    bound
}

/// The preprocessor that mdBook runs.
#[derive(Debug, Default)]
pub struct Binder;

impl Preprocessor for Binder {
    fn name(&self) -> &str {
        "binder"
    }

    fn run(&self, context: &PreprocessorContext, mut book: Book) -> Result<Book> {
        let workspace = Workspace::new(&context.root);
        let repository: Option<String> =
            context.config.get("output.html.git-repository-url")?;
        let sources: Vec<Source> = book
            .chapters()
            .filter_map(|chapter| {
                let path = chapter.source_path.clone()?;
                Some(Source { path, text: chapter.content.clone() })
            })
            .collect();
        let is_live = |source: &&Source| source.text.contains("{{#live ");
        let chapter = |source: &Source| display(source.path.parent()?).into();
        let mut live: Vec<String> =
            sources.iter().filter(is_live).filter_map(chapter).collect();
        live.dedup();
        let turns = module::build(&context.root, &live)?;
        let folder = &context.config.book.src;
        let bound = bind(&workspace, folder, repository.as_deref(), &sources, turns);
        if !bound.report.is_empty() {
            eprintln!("\n{}\n", bound.report);
            return Err(Error::msg("the book was not built"));
        }
        let mut pages = sources.into_iter().map(|source| source.path).zip(bound.pages);
        for_each_page(&mut book.items, &mut |content| {
            if let Some((_, text)) = pages.next() {
                *content = text;
            }
        });
        Ok(book)
    }
}

/// Visits the content of every page in the order of [`Book::chapters`].
fn for_each_page(items: &mut [BookItem], visit: &mut impl FnMut(&mut String)) {
    for item in items {
        if let BookItem::Chapter(chapter) = item {
            if chapter.source_path.is_some() {
                visit(&mut chapter.content);
            }
            for_each_page(&mut chapter.sub_items, visit);
        }
    }
}
