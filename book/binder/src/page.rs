//! One page: what each directive becomes.

use std::collections::VecDeque;
use std::ops::Range;
use std::path::Path;

use crate::Workspace;
use crate::claim::{Claim, FILE as CLAIMS_FILE};
use crate::exercise::{self, Exercise};
use crate::figure;
use crate::glossary::FILE as GLOSSARY_FILE;
use crate::html::{escape, is_blank, unindexed};
use crate::listing;
use crate::live;
use crate::map;
use crate::math::mathml;
use crate::number;
use crate::pins::{self, Address};
use crate::quote::{self, quoted, spoken};
use crate::report::{Fault, Problem, Report};
use crate::scan::{Directive, Formula, Piece, Scan, directives, line_of};
use crate::shared::Shared;
use crate::sound;
use crate::table;
use crate::typed;

/// Every directive that a page may use, as it is written.
const DIRECTIVES: [&str; 18] = [
    "answer",
    "aside",
    "builds_on",
    "claim",
    "claims",
    "exercise",
    "figure",
    "fold",
    "glossary",
    "investigations",
    "listing",
    "live",
    "nan",
    "output",
    "published",
    "question",
    "sections",
    "value",
];

/// What a page shows, for the checks that look at the book as a whole.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Uses {
    /// The claims on this page.
    pub claims: Vec<String>,
    /// The exercises on this page.
    pub exercises: Vec<Exercise>,
    /// The figures on this page: `ch05_sgd/stuck/paths`.
    pub figures: Vec<String>,
    /// The pages that this one says it builds on: `ch01_neuron/gates`.
    pub builds_on: Vec<String>,
    /// The terms that lead from this page to the glossary.
    pub terms: Vec<String>,
    /// The numbers typed by hand into what this page shows.
    pub typed: Vec<Problem>,
}

/// A text that may hold directives and formulas, and the place that its faults are told at.
pub struct Page<'a> {
    shared: Shared<'a>,
    /// The file, as seen from the repository's root.
    file: &'a str,
    /// The page that the text will stand on, as seen from the book's folder.
    path: &'a Path,
    /// The chapter that goes without saying.
    home: Option<&'a str>,
    scan: Scan<'a>,
    /// The line of the file on which the text begins.
    first_line: usize,
    uses: Uses,
    /// The live figure whose caption is being written.
    live: Option<Address>,
}

type Pieces<'a> = VecDeque<Piece<'a>>;

impl<'a> Page<'a> {
    /// The page at `path` within the book; `file` is the same as seen from the root.
    pub fn new(shared: Shared<'a>, file: &'a str, path: &'a Path, text: &'a str) -> Self {
        let folder = path.parent().and_then(Path::to_str);
        let home = folder.filter(|folder| !folder.is_empty());
        let scan = Scan::new(text);
        Page {
            shared,
            file,
            path,
            home,
            scan,
            first_line: 1,
            uses: Uses::default(),
            live: None,
        }
    }

    /// Writes the whole page; faults go to `report`.
    pub fn write(mut self, report: &mut Report) -> (String, Uses) {
        for at in self.scan.rust_fences() {
            let fault = Fault::new(
                "A Rust code block in a page is a copy that nobody compiles.",
                "Show the item itself: `{{#listing crate::module::item}}`.",
            );
            self.fault(at, fault, report);
        }
        let all = 0..self.scan.source().len();
        let title_end = self.scan.title().map_or(0, |title| title.end);
        let (above, below) = (0..title_end, title_end..all.end);
        let text = match map::head(&self.shared, self.home, self.path) {
            Some(head) => self.range(above, report) + &head + &self.range(below, report),
            None => self.range(all, report),
        };
        (text, self.uses)
    }

    fn fault(&self, at: usize, fault: Fault, report: &mut Report) {
        report.add(self.file, self.line(at), fault);
    }

    /// The line of the file on which the byte `at` of the text stands.
    fn line(&self, at: usize) -> usize {
        self.first_line + line_of(self.scan.source(), at) - 1
    }

    /// Looks at the whole text as somebody wrote it, and returns the numbers typed by hand.
    pub fn look(&self, report: &mut Report) -> Vec<Problem> {
        for (at, fault) in sound::faults(&self.scan) {
            self.fault(at, fault, report);
        }
        let typed = typed::faults(&self.scan).into_iter();
        typed
            .map(|(at, fault)| Problem {
                file: self.file.to_owned(),
                line: self.line(at),
                fault,
            })
            .collect()
    }

    /// Writes a stretch of the page.
    fn range(&mut self, range: Range<usize>, report: &mut Report) -> String {
        self.pieces(self.scan.pieces(range).into(), report)
    }

    fn pieces(&mut self, mut pieces: Pieces<'a>, report: &mut Report) -> String {
        let mut text = String::new();
        while let Some(piece) = pieces.pop_front() {
            let (at, written) = match piece {
                Piece::Markdown(markdown) => {
                    text.push_str(markdown);
                    continue;
                }
                Piece::Formula(formula) => (formula.at.start, self.formula(&formula)),
                Piece::Directive(directive) => {
                    let at = directive.at.start;
                    (at, self.directive(&directive, &mut pieces, report))
                }
            };
            match written {
                Ok(written) => text.push_str(&written),
                Err(fault) => self.fault(at, fault, report),
            }
        }
        text
    }

    fn directive(
        &mut self,
        directive: &Directive<'a>,
        rest: &mut Pieces<'a>,
        report: &mut Report,
    ) -> Result<String, Fault> {
        let argument = directive.argument;
        match (directive.name, directive.closes) {
            ("value", false) => self.value(argument, pins::value),
            ("nan", false) => self.value(argument, pins::nan),
            ("published", false) => published(argument),
            ("title", false) => Ok(self.scan.source()[directive.at.clone()].to_owned()),
            ("aside" | "exercise" | "fold" | "question", false) => {
                let inside = take_until(rest, directive.name);
                self.own_line(directive, true)?;
                let inside = inside.ok_or_else(|| unclosed(directive.name))?;
                let block = match directive.name {
                    "aside" => self.aside(inside, report)?,
                    "exercise" => self.exercise(argument, inside, report)?,
                    "question" => self.question(inside, report)?,
                    _ => self.fold(argument, inside, report)?,
                };
                Ok(format!("\n{block}\n"))
            }
            (name, false) if DIRECTIVES.contains(&name) && name != "answer" => {
                let indent = self.own_line(directive, false)?;
                let block = match name {
                    "builds_on" => self.builds_on(argument),
                    "claim" => self.claim(argument, report),
                    "claims" => self.claims(report),
                    "figure" => self.figure(directive, report),
                    "live" => self.live(directive, report),
                    "glossary" => self.glossary(report),
                    "investigations" => self.investigations(report),
                    "listing" => self.listing(argument),
                    "output" => self.output(argument),
                    _ => self.sections(argument, report),
                }?;
                Ok(indented(&block, indent))
            }
            (name, closes) => Err(stray(name, closes)),
        }
    }

    /// How deep the directive stands on its line, which must hold nothing else; text may follow it
    /// if it `opens` a block, which begins at the margin.
    fn own_line(&self, directive: &Directive<'_>, opens: bool) -> Result<&'a str, Fault> {
        let indent = match opens {
            true => Some(self.before(directive.at.start)).filter(|text| text.is_empty()),
            false => self.indent_if_alone(&(directive.at.start..directive.caption.end)),
        };
        let name = directive.name;
        indent.ok_or_else(|| {
            Fault::new(
                format!("`{{{{#{name} …}}}}` shares its line with other text."),
                "Give it a line of its own.",
            )
        })
    }

    /// How deep `range` stands, if nothing else stands on its first and its last line.
    fn indent_if_alone(&self, range: &Range<usize>) -> Option<&'a str> {
        let before = self.before(range.start);
        let after = self.scan.source()[range.end..].lines().next().unwrap_or_default();
        (before.trim().is_empty() && after.trim().is_empty()).then_some(before)
    }

    /// What stands before `at` on its line.
    fn before(&self, at: usize) -> &'a str {
        let source = self.scan.source();
        let start = source[..at].rfind('\n').map_or(0, |end| end + 1);
        &source[start..at]
    }

    fn value(
        &self,
        argument: &str,
        read: impl Fn(&Workspace, &Address) -> Result<String, Fault>,
    ) -> Result<String, Fault> {
        let address = Address::parse(self.shared.workspace, self.home, argument)?;
        let text = read(self.shared.workspace, &address)?;
        let follows = self.live.as_ref().is_some_and(|live| {
            (&live.chapter, &live.section) == (&address.chapter, &address.section)
        });
        let follows = match (&address.name, follows) {
            (Some(name), true) => format!(" data-value=\"{}\"", escape(name)),
            _ => String::new(),
        };
        Ok(format!(
            "<span class=\"value\"{follows} title=\"{}, pinned by a test\">{}</span>",
            escape(&address.to_string()),
            number::html(&text)
        ))
    }

    fn formula(&self, formula: &Formula<'_>) -> Result<String, Fault> {
        let (mut latex, mut from) = (String::new(), 0);
        for directive in directives(&formula.latex) {
            let quoted = quoted(self.shared.workspace, self.home, &directive)
                .ok_or_else(|| stray(directive.name, directive.closes))?;
            latex.push_str(&formula.latex[from..directive.at.start]);
            latex.push_str(&number::latex(&quoted?));
            from = directive.at.end;
        }
        latex.push_str(&formula.latex[from..]);
        let markup = mathml(&latex, formula.display)?;
        Ok(match (formula.display, self.indent_if_alone(&formula.at)) {
            (false, _) => markup,
            (true, None) => format!("<span class=\"formula\">{markup}</span>"),
            (true, Some(indent)) => {
                let block = unindexed(&markup);
                indented(&format!("<div class=\"formula\">\n{block}\n</div>"), indent)
            }
        })
    }

    fn listing(&self, argument: &str) -> Result<String, Fault> {
        let listing = listing::find(self.shared.workspace, argument)?;
        let (first, last) = listing.lines;
        let place = self.shared.source_link(&listing.file, &format!("#L{first}-L{last}"));
        let caption = format!(
            "<code>{}</code> in <span class=\"path\">{place}</span>",
            escape(argument)
        );
        Ok(code_figure("listing", &caption, "rust,ignore", &listing.code))
    }

    fn output(&self, argument: &str) -> Result<String, Fault> {
        let (address, marked) = match argument.split_once(" | ") {
            Some((address, marked)) => (address, Some(marked.trim())),
            None => (argument, None),
        };
        let workspace = self.shared.workspace;
        let address = Address::parse(workspace, self.home, address.trim())?;
        let text = pins::output(workspace, &address)?;
        let command =
            format!("cargo run -p {} -- --section {}", address.chapter, address.section);
        let caption = format!("<code>{}</code> prints", escape(&command));
        match pins::table(workspace, &address) {
            Some(table) => {
                let table = table::html(&table, marked)?;
                Ok(format!(
                    "<figure class=\"output table\">\n<figcaption>{caption}</figcaption>\n{table}\n</figure>"
                ))
            }
            None if marked.is_some() => Err(Fault::new(
                format!("`{address}` is no table, so that no cell of it can be marked."),
                "Leave the mark out.",
            )),
            None => Ok(code_figure("output", &caption, "text", &text)),
        }
    }

    fn figure(
        &mut self,
        directive: &Directive<'a>,
        report: &mut Report,
    ) -> Result<String, Fault> {
        let address =
            Address::parse(self.shared.workspace, self.home, directive.argument)?;
        let svg = pins::figure(self.shared.workspace, &address)?;
        let (workspace, caption) = (self.shared.workspace, directive.caption.clone());
        let name = spoken(workspace, self.home, &self.scan, caption);
        let caption = self.range(directive.caption.clone(), report);
        let svg = unindexed(&figure::dress(&svg, &name));
        self.uses.figures.push(address.to_string());
        let caption = match caption.trim() {
            "" => String::new(),
            caption => format!("<figcaption>\n\n{caption}\n\n</figcaption>\n"),
        };
        Ok(format!("<figure class=\"figure\">\n{svg}\n{caption}</figure>"))
    }

    /// A figure with its knobs; in its caption, the numbers say to which of its values they belong.
    fn live(
        &mut self,
        directive: &Directive<'a>,
        report: &mut Report,
    ) -> Result<String, Fault> {
        let address =
            Address::parse(self.shared.workspace, self.home, directive.argument)?;
        let knobs = live::knobs(self.shared.workspace, &address)?;
        self.live = Some(address.clone());
        let figure = self.figure(directive, report);
        self.live = None;
        let figure = figure?;
        let (svg, caption) = figure
            .strip_prefix("<figure class=\"figure\">\n")
            .and_then(|rest| rest.split_once("</svg>\n"))
            .expect("a figure is an SVG and its caption");
        let turned = match self.shared.turns {
            true => live::form(&knobs),
            false => live::STILL.to_owned(),
        };
        Ok(format!(
            "<figure class=\"figure live\" id=\"{0}\" data-live=\"{0}\">\n<div class=\"drawing\">\n{svg}</svg>\n</div>\n\
             {turned}\n<p class=\"said\" role=\"status\"></p>\n{caption}",
            escape(&address.to_string())
        ))
    }

    fn claim(&mut self, id: &str, report: &mut Report) -> Result<String, Fault> {
        let claim = self.shared.claims.get(id)?;
        self.uses.claims.push(id.to_owned());
        self.typed_into_claim(claim);
        if !claim.is_judged_on(self.path) {
            return Ok(claim.mention(self.shared.workspace, self.path));
        }
        let ruling = self.elsewhere(CLAIMS_FILE, claim.line, None, &claim.ruling, report);
        Ok(claim.panel(self.shared.workspace, self.path, &ruling))
    }

    /// Notes the numbers typed into our own words; the notes' words are theirs.
    fn typed_into_claim(&mut self, claim: &Claim) {
        let translation = claim.translation.as_deref().unwrap_or_default();
        self.typed_words(CLAIMS_FILE, claim.line, translation);
        self.typed_words(CLAIMS_FILE, claim.line, &claim.sentence);
    }

    /// Notes the numbers typed into words of another file that are no Markdown.
    fn typed_words(&mut self, file: &str, line: usize, words: &str) {
        let faults = typed::in_words(words);
        let problems = faults.map(|fault| Problem { file: file.to_owned(), line, fault });
        self.uses.typed.extend(problems);
    }

    fn claims(&mut self, report: &mut Report) -> Result<String, Fault> {
        let mut table = String::from(
            "<div class=\"claims\">\n\n\
             | The notes say | Verdict | What we measured | Evidence |\n|---|---|---|---|\n",
        );
        for claim in self.shared.claims.all()? {
            self.typed_into_claim(claim);
            let ruling =
                self.elsewhere(CLAIMS_FILE, claim.line, None, &claim.ruling, report);
            table.push_str(&claim.row(self.shared.workspace, self.path, &ruling));
            table.push('\n');
        }
        Ok(table + "\n</div>")
    }

    fn glossary(&mut self, report: &mut Report) -> Result<String, Fault> {
        let terms = self.shared.glossary.all()?.iter();
        let entries: Vec<String> = terms
            .map(|term| {
                for words in [&term.term, &term.zh] {
                    self.typed_words(GLOSSARY_FILE, term.line, words);
                }
                let meaning =
                    self.elsewhere(GLOSSARY_FILE, term.line, None, &term.meaning, report);
                term.entry(self.path, &meaning)
            })
            .collect();
        Ok(format!("<div class=\"glossary\">\n\n{}\n\n</div>", entries.join("\n\n")))
    }

    /// Writes a text that comes from another file but stands on this page.
    fn elsewhere(
        &mut self,
        file: &str,
        first_line: usize,
        home: Option<&str>,
        text: &str,
        report: &mut Report,
    ) -> String {
        let scan = Scan::new(text);
        let uses = Uses::default();
        let (shared, path) = (self.shared, self.path);
        let mut page =
            Page { shared, file, path, home, scan, first_line, uses, live: None };
        self.uses.typed.extend(page.look(report));
        page.range(0..text.len(), report)
    }

    fn exercise(
        &mut self,
        argument: &str,
        inside: Pieces<'a>,
        report: &mut Report,
    ) -> Result<String, Fault> {
        let workspace = self.shared.workspace;
        let exercise = Exercise::find(workspace, self.home, argument)?;
        let stub = crate::workspace::display(&exercise.file("exercises"));
        let statement = exercise.statement(workspace)?;
        let statement =
            self.elsewhere(&stub, 1, Some(&exercise.chapter), &statement, report);
        let hints = exercise::unfold(&exercise::hints(&self.pieces(inside, report))?);
        let solution = fenced("rust,ignore", &exercise.solution(workspace)?);
        let command = fenced("text", &exercise.command());
        let block = format!(
            "<section class=\"exercise\" id=\"exercise-{}\">\n\n\
             {statement}\n\n\
             <p class=\"exercise-task\">Fill in <code>{}</code>, then check it:</p>\n\n\
             {command}\n\n{hints}\
             <details class=\"solution\"><summary>Solution</summary>\n\n{solution}\n\n</details>\n\
             </section>",
            escape(&exercise.name),
            escape(&stub),
        );
        self.uses.exercises.push(exercise);
        Ok(block)
    }

    fn question(
        &mut self,
        mut inside: Pieces<'a>,
        report: &mut Report,
    ) -> Result<String, Fault> {
        let is_answer = |piece: &Piece<'_>| {
            matches!(piece, Piece::Directive(directive)
                if directive.name == "answer" && !directive.closes)
        };
        let Some(middle) = inside.iter().position(is_answer) else {
            let cause = "This question has no answer.";
            return Err(Fault::new(
                cause,
                "Put `{{#answer}}` and the answer before `{{/question}}`.",
            ));
        };
        let answer = inside.split_off(middle + 1);
        inside.pop_back();
        let question = said("question", self.pieces(inside, report))?;
        let answer = said("answer", self.pieces(answer, report))?;
        Ok(format!(
            "<div class=\"question\">\n\n{}\n\n\
             <details class=\"answer\"><summary>Answer</summary>\n\n{}\n\n</details>\n</div>",
            question.trim(),
            answer.trim()
        ))
    }

    /// A word beside the text: in the margin, where the screen has one.
    fn aside(
        &mut self,
        inside: Pieces<'a>,
        report: &mut Report,
    ) -> Result<String, Fault> {
        let inside = said("aside", self.pieces(inside, report))?;
        Ok(format!("<aside>\n\n{}\n\n</aside>", inside.trim()))
    }

    /// What not every reader wants to see, folded under a title.
    fn fold(
        &mut self,
        title: &str,
        inside: Pieces<'a>,
        report: &mut Report,
    ) -> Result<String, Fault> {
        if is_blank(title) {
            return Err(Fault::new(
                "This fold has no title.",
                "Say what it holds: `{{#fold How sure are we?}}`.",
            ));
        }
        let (title, inside) = (escape(title), said("fold", self.pieces(inside, report))?);
        let inside = inside.trim();
        Ok(format!(
            "<details class=\"answer\"><summary>{title}</summary>\n\n{inside}\n\n</details>"
        ))
    }

    fn builds_on(&mut self, argument: &str) -> Result<String, Fault> {
        let addresses = argument.split(',').map(|address| address.trim().to_owned());
        self.uses.builds_on = addresses.collect();
        map::builds_on(&self.shared, self.path, &self.uses.builds_on)
    }

    fn investigations(&mut self, report: &mut Report) -> Result<String, Fault> {
        let (shared, path) = (self.shared, self.path);
        map::investigations(&shared, path, |file, sentence| {
            self.elsewhere(file, 1, None, sentence, report)
        })
    }

    fn sections(&mut self, argument: &str, report: &mut Report) -> Result<String, Fault> {
        let named = Some(argument).filter(|argument| !argument.is_empty());
        match named.or(self.home) {
            Some(chapter) => {
                let (shared, path) = (self.shared, self.path);
                map::map(&shared, chapter, path, |file, sentence| {
                    self.elsewhere(file, 1, Some(chapter), sentence, report)
                })
            }
            None => Err(Fault::new(
                "This page belongs to no chapter, so it has no sections.",
                "Move `{{#sections}}` to a chapter's index.md.",
            )),
        }
    }
}

/// Everything up to the directive that closes `name`; `None` if nothing does.
fn take_until<'a>(pieces: &mut Pieces<'a>, name: &str) -> Option<Pieces<'a>> {
    let end = pieces.iter().position(|piece| {
        matches!(piece, Piece::Directive(directive) if directive.closes && directive.name == name)
    })?;
    let rest = pieces.split_off(end + 1);
    let mut inside = std::mem::replace(pieces, rest);
    inside.pop_back();
    Some(inside)
}

/// A published number, marked with its source.
fn published(argument: &str) -> Result<String, Fault> {
    let (text, source) = quote::published(argument)?;
    Ok(format!(
        "<span class=\"published\" title=\"published: {}\">{}</span>",
        escape(source),
        number::html(text)
    ))
}

/// A captioned block of code or output.
fn code_figure(class: &str, caption: &str, language: &str, code: &str) -> String {
    format!(
        "<figure class=\"{class}\">\n<figcaption>{caption}</figcaption>\n\n{}\n\n</figure>",
        fenced(language, code)
    )
}

/// A code block whose fence is longer than any within it.
fn fenced(language: &str, code: &str) -> String {
    let mut fence = String::from("```");
    while code.contains(&fence) {
        fence.push('`');
    }
    format!("{fence}{language}\n{code}\n{fence}")
}

/// A block between blank lines, every line as deep as the directive stood.
fn indented(block: &str, indent: &str) -> String {
    let mut text = String::from("\n");
    for line in block.lines() {
        if !line.is_empty() {
            text.push_str(indent);
            text.push_str(line);
        }
        text.push('\n');
    }
    text
}

/// The text of a block, which must say something.
fn said(name: &str, text: String) -> Result<String, Fault> {
    match is_blank(&text) {
        true => Err(Fault::new(
            format!("`{{{{#{name}}}}}` holds nothing."),
            "Write what belongs there, or remove the block.",
        )),
        false => Ok(text),
    }
}

fn unclosed(name: &str) -> Fault {
    Fault::new(
        format!("`{{{{#{name}}}}}` is not closed."),
        format!("End the block with `{{{{/{name}}}}}`."),
    )
}

fn stray(name: &str, closes: bool) -> Fault {
    match (name, closes) {
        ("include" | "rustdoc_include" | "playground", false) => Fault::new(
            format!("`{{{{#{name}}}}}` copies a file by its lines."),
            "Show an item by its name: `{{#listing crate::module::item}}`.",
        ),
        ("answer", false) => Fault::new(
            "This answer has no question.",
            "Put it between `{{#question}}` and `{{/question}}`.",
        ),
        (_, true) if DIRECTIVES.contains(&name) => Fault::new(
            format!("`{{{{/{name}}}}}` closes nothing."),
            "Remove it, or open the block above.",
        ),
        _ => Fault::new(
            format!("There is no directive `{name}`."),
            "Correct its name; to show braces as they are, write them as code.",
        )
        .near(name, DIRECTIVES.map(str::to_owned)),
    }
}
